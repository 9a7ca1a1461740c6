//! What the arguments of citations mean, by their names in the languages of the larger wikis.

use crate::read::wikitext::expand::arguments::{Argument, Arguments};
use crate::read::wikitext::expand::flat::Flat;
use std::collections::HashMap;
use std::sync::OnceLock;

/// What an argument says of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    Author,
    Last,
    First,
    AuthorLink,
    Editor,
    EditorLast,
    EditorFirst,
    EditorLink,
    Translator,
    OtherAuthors,
    Others,
    Date,
    Year,
    Title,
    ScriptTitle,
    Translated,
    Chapter,
    TranslatedChapter,
    Work,
    Encyclopedia,
    BookTitle,
    Series,
    Volume,
    Issue,
    Edition,
    Page,
    Pages,
    At,
    Publisher,
    Agency,
    Place,
    Conference,
    Degree,
    Type,
    Format,
    Language,
    Via,
    Url,
    ChapterUrl,
    ArchiveUrl,
    ArchiveDate,
    UrlStatus,
    Accessed,
    Quote,
    Season,
    Episode,
    Network,
    Scale,
    Original,
    Interviewer,
    Id,
}

use Key::*;

#[rustfmt::skip]
static NAMES: &[(Key, &[&str])] = &[
    (Author, &[
        "author", "authors", "vauthors", "autor", "auteur", "автор", "مؤلف", "المؤلف", "著者", "作者", "저자", "저자명", "tác giả", "συγγραφέας", "forfatter", "szerző", "auteurs",
        "people", "host", "credits", "last name", "autorzy", "ავტორი", "subject", "autore", "inventor",
    ]),
    (Last, &[
        "last", "surname", "author-last", "nazwisko", "nom", "apellidos", "apellido", "cognome", "الأخير", "姓", "成", "họ", "nachname", "achternaam", "επώνυμο", "último", "sobrenome",
        "nazwisko r",
    ]),
    (First, &[
        "first", "given", "author-first", "imię", "prénom", "nombre", "nome", "الأول", "名", "tên", "vorname", "voornaam", "όνομα", "primeiro", "이름",
    ]),
    (AuthorLink, &["author-link", "authorlink", "lien auteur", "enlaceautor", "autorlink", "autorlink2"]),
    (Editor, &["editor", "editors", "herausgeber", "hrsg", "ответственный", "redakcja", "편집자"]),
    (EditorLast, &["editor-last", "editor-surname"]),
    (EditorFirst, &["editor-first", "editor-given"]),
    (EditorLink, &["editor-link"]),
    (Translator, &["translator", "traducteur", "übersetzer"]),
    (OtherAuthors, &["coauthors", "coauthor", "co-auteurs", "autor r"]),
    (Others, &["others", "illustrator"]),
    (Date, &[
        "date", "datum", "fecha", "data", "дата", "تاريخ", "التاريخ", "日期", "날짜", "ngày", "ημερομηνία", "date publication", "publication-date", "air-date", "airdate", "tag", "en ligne le",
    ]),
    (Year, &["year", "jahr", "année", "año", "rok", "год", "سنة", "年", "연도", "năm", "έτος", "anno", "ano"]),
    (Title, &[
        "title", "titel", "titre", "título", "titolo", "tytuł", "заглавие", "название", "عنوان", "العنوان", "标题", "標題", "題名", "제목", "tiêu đề", "nhan đề", "τίτλος", "cím",
        "titulo", "статья", "სათაური", "titre ouvrage",
    ]),
    (ScriptTitle, &["script-title"]),
    (Translated, &["trans-title", "trans_title", "übersetzung", "tytuł przetłumaczony", "traduction titre"]),
    (Chapter, &[
        "chapter", "contribution", "entry", "article", "section", "kapitel", "rozdział", "часть", "章", "장", "titre chapitre", "chapitre", "capítulo", "konferencja",
    ]),
    (TranslatedChapter, &["trans-chapter", "trans_chapter"]),
    (Work, &[
        "journal", "work", "newspaper", "magazine", "website", "periodical", "sammelwerk", "werk", "périodique", "site", "obra", "czasopismo", "opublikowany", "издание", "журнал", "عمل", "العمل",
        "صحيفة", "雑誌", "作品", "网站", "網站", "报纸", "신문", "저널", "웹사이트", "작품명", "tạp chí", "báo", "công trình", "έργο", "rivista", "в", "revista", "periódico", "dziennik", "mailinglist", "program", "sito",
    ]),
    (Encyclopedia, &["encyclopedia", "encyclopaedia", "dictionary"]),
    (BookTitle, &["book-title", "booktitle"]),
    (Series, &["series", "serie", "reihe", "seria", "collection", "серия", "version", "الإصدار"]),
    (Volume, &["volume", "band", "tom", "tome", "том", "المجلد", "권", "tập", "卷", "jahrgang", "wolumin", "volumen"]),
    (Issue, &["issue", "number", "nummer", "nr", "numéro", "numer", "номер", "العدد", "호", "期", "số", "número"]),
    (Edition, &["edition", "auflage", "wydanie", "numéro d'édition", "edición", "edição", "الطبعة", "판", "版", "lần xuất bản", "edizione"]),
    (Page, &["page", "p", "seite", "página", "s", "صفحة", "쪽", "trang", "頁", "页", "passage"]),
    (Pages, &["pages", "pp", "seiten", "páginas", "strony", "страницы", "страниц", "الصفحات", "ページ", "các trang", "pagine"]),
    (At, &["at", "fundstelle"]),
    (Publisher, &[
        "publisher", "verlag", "éditeur", "editorial", "editora", "editore", "wydawca", "издательство", "ناشر", "الناشر", "出版社", "出版者", "출판사", "nhà xuất bản", "εκδότης", "uitgever",
        "institution", "organisation", "გამომცემელი", "distributor", "university", "school",
    ]),
    (Agency, &["agency", "通讯社"]),
    (Place, &["location", "place", "ort", "lieu", "ubicación", "lugar", "local", "miejsce", "место", "مكان", "nơi", "地点", "위치", "plaats", "publication-place", "città"]),
    (Conference, &["conference", "event"]),
    (Degree, &["degree"]),
    (Type, &["type", "medium", "typ"]),
    (Format, &["format"]),
    (Language, &["language", "lang", "sprache", "langue", "język", "язык", "idioma", "لغة", "语言", "語言", "언어", "ngôn ngữ", "lingua", "in"]),
    (Via, &["via", "vía"]),
    (Url, &[
        "url", "online", "lire en ligne", "ссылка", "مسار", "المسار", "網址", "网址", "onlin", "adres", "ссылка часть", "url texte",
    ]),
    (ChapterUrl, &["chapter-url", "contribution-url", "entry-url", "article-url", "section-url", "chapterurl"]),
    (ArchiveUrl, &["archive-url", "archiveurl", "archiv-url", "archiwum", "url archivo", "urlarchivo", "archive url", "مسار أرشيف", "archivebot"]),
    (ArchiveDate, &["archive-date", "archivedate", "archiv-datum", "zarchiwizowano", "fechaarchivo", "archive date", "تاريخ أرشيف"]),
    (UrlStatus, &["url-status", "dead-url", "deadurl", "deadlink", "brisé le"]),
    (Accessed, &[
        "access-date", "accessdate", "abruf", "zugriff", "consulté le", "fechaacceso", "acessodata", "data dostępu", "дата обращения", "تاريخ الوصول", "تاريخ-الوصول", "访问日期", "訪問日期",
        "accessdaymonth", "확인날짜", "확인일자", "ngày truy cập", "urlaccesso", "accesso", "consulta", "accessed",
    ]),
    (Quote, &["quote", "zitat", "citation", "cytat", "quotation", "cita", "extrait", "인용문"]),
    (Season, &["season"]),
    (Episode, &["episode"]),
    (Network, &["network", "station"]),
    (Scale, &["scale"]),
    (Original, &["orig-year", "orig-date", "origyear", "origdate"]),
    (Interviewer, &["interviewer"]),
    (Id, &["id"]),
];

fn keys() -> &'static HashMap<&'static str, Key> {
    static KEYS: OnceLock<HashMap<&str, Key>> = OnceLock::new();
    KEYS.get_or_init(|| {
        NAMES.iter().flat_map(|(key, names)| names.iter().map(|name| (*name, *key))).collect()
    })
}

/// The arguments of a citation by what they mean.
pub struct Fields<'a> {
    /// By key and number; of `last2`, the number is 2, without one 1. What stands first counts.
    list: Vec<(Key, u32, &'a Argument)>,
    arguments: &'a Arguments,
}

impl<'a> Fields<'a> {
    pub fn read(arguments: &'a Arguments) -> Self {
        let keys = keys();
        let mut list: Vec<(Key, u32, &Argument)> = Vec::with_capacity(arguments.list.len());
        for argument in arguments.list.iter().filter(|a| !a.value.text.trim().is_empty()) {
            let name = argument.name.to_lowercase().replace('_', " ");
            let (key, number) = match keys.get(name.as_str()) {
                Some(key) => (*key, 1),
                None => {
                    let digits: String = name.chars().filter(char::is_ascii_digit).collect();
                    let plain: String = name.chars().filter(|c| !c.is_ascii_digit()).collect();
                    match keys.get(plain.trim()) {
                        Some(key) if !digits.is_empty() => (*key, digits.parse().unwrap_or(u32::MAX)),
                        _ => continue,
                    }
                }
            };
            // The last one of a name counts, the first one of different names.
            match list.iter_mut().find(|f| (f.0, f.1) == (key, number)) {
                Some(found) if found.2.name == argument.name => found.2 = argument,
                Some(_) => {}
                None => list.push((key, number, argument)),
            }
        }
        Fields { list, arguments }
    }

    pub fn get(&self, key: Key) -> Option<&'a Flat> {
        self.numbered(key, 1)
    }

    pub fn numbered(&self, key: Key, number: u32) -> Option<&'a Flat> {
        self.list.iter().find(|f| (f.0, f.1) == (key, number)).map(|f| &f.2.value)
    }

    pub fn has(&self, key: Key) -> bool {
        self.get(key).is_some()
    }

    /// The value of one of these names, trimmed; empty without one.
    pub fn text(&self, key: Key) -> &'a str {
        self.get(key).map_or("", |flat| flat.text.trim())
    }

    /// An argument that every language calls the same.
    pub fn named(&self, names: &[&str]) -> Option<&'a Flat> {
        let arguments = &self.arguments.list;
        let fits = |a: &&Argument| {
            names.iter().any(|n| a.name.eq_ignore_ascii_case(n)) && !a.value.text.trim().is_empty()
        };
        arguments.iter().rfind(fits).map(|a| &a.value)
    }

    /// How many people the numbers of these keys tell of.
    pub fn people(&self, keys: &[Key]) -> Vec<u32> {
        let mut numbers: Vec<u32> = self.list.iter().filter(|f| keys.contains(&f.0)).map(|f| f.1).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }
}

/// Whether an argument is an address.
pub fn is_address(name: &str) -> bool {
    let name = name.to_lowercase();
    matches!(keys().get(name.as_str()), Some(Url | ChapterUrl | ArchiveUrl))
}

/// Identifiers: their arguments, label, and the address that the value goes after.
#[rustfmt::skip]
pub static IDENTIFIERS: &[(&[&str], &str, &str)] = &[
    (&["arxiv", "eprint"], "arXiv:", "https://arxiv.org/abs/"),
    (&["asin"], "ASIN ", "https://www.amazon.com/dp/"),
    (&["bibcode"], "Bibcode:", "https://ui.adsabs.harvard.edu/abs/"),
    (&["biorxiv"], "bioRxiv ", "https://doi.org/"),
    (&["citeseerx"], "CiteSeerX ", "https://citeseerx.ist.psu.edu/viewdoc/summary?doi="),
    (&["doi"], "doi:", "https://doi.org/"),
    (&["hdl"], "hdl:", "https://hdl.handle.net/"),
    (&["isbn"], "ISBN ", "https://en.wikipedia.org/wiki/Special:BookSources/"),
    (&["ismn"], "ISMN ", "https://en.wikipedia.org/wiki/Special:BookSources/"),
    (&["issn"], "ISSN ", "https://search.worldcat.org/issn/"),
    (&["eissn"], "eISSN ", "https://search.worldcat.org/issn/"),
    (&["jfm"], "JFM ", "https://zbmath.org/?format=complete&q=an:"),
    (&["jstor"], "JSTOR ", "https://www.jstor.org/stable/"),
    (&["lccn"], "LCCN ", "https://lccn.loc.gov/"),
    (&["mr"], "MR ", "https://mathscinet.ams.org/mathscinet-getitem?mr="),
    (&["oclc"], "OCLC ", "https://search.worldcat.org/oclc/"),
    (&["ol"], "OL ", "https://openlibrary.org/OL"),
    (&["osti"], "OSTI ", "https://www.osti.gov/biblio/"),
    (&["pmc"], "PMC ", "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC"),
    (&["pmid"], "PMID ", "https://pubmed.ncbi.nlm.nih.gov/"),
    (&["rfc"], "RFC ", "https://datatracker.ietf.org/doc/html/rfc"),
    (&["s2cid"], "S2CID ", "https://api.semanticscholar.org/CorpusID:"),
    (&["ssrn"], "SSRN ", "https://ssrn.com/abstract="),
    (&["zbl"], "Zbl ", "https://zbmath.org/?format=complete&q=an:"),
];

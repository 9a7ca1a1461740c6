//! Citations: a template's arguments as the line that a reader expects, and kept as data.

use super::arguments::{Argument, Arguments};
use super::claims::Subject;
use super::expander::Expander;
use super::flat::Flat;
use crate::model::{Citation, Fields, Span};

/// The names of an argument in the languages of the larger wikis.
struct Field(&'static [&'static str]);

static AUTHOR: Field = Field(&[
    "author",
    "authors",
    "author1",
    "vauthors",
    "autor",
    "autor1",
    "auteur",
    "auteur1",
    "автор",
    "автор1",
    "مؤلف",
    "المؤلف",
    "著者",
    "作者",
    "저자",
    "tác giả",
    "συγγραφέας",
    "forfatter",
    "szerző",
    "auteurs",
    "people",
    "last name",
    "autorzy",
    "ავტორი",
]);
static LAST: Field = Field(&[
    "last",
    "last1",
    "surname",
    "nazwisko",
    "nom",
    "nom1",
    "apellidos",
    "apellido",
    "cognome",
    "الأخير",
    "الأخير1",
    "姓",
    "姓1",
    "成",
    "họ",
    "nachname",
    "achternaam",
    "επώνυμο",
]);
static FIRST: Field = Field(&[
    "first",
    "first1",
    "given",
    "imię",
    "prénom",
    "prénom1",
    "nombre",
    "nome",
    "الأول",
    "الأول1",
    "名",
    "名1",
    "tên",
    "vorname",
    "voornaam",
    "όνομα",
]);
static COAUTHORS: Field = Field(&["coauthors", "coauthor", "last2", "author2", "autor2", "auteur2", "nom2"]);
static EDITOR: Field = Field(&[
    "editor",
    "editors",
    "hrsg",
    "herausgeber",
    "ответственный",
    "editor1-last",
    "editor-last",
    "éditeur scientifique",
    "redakcja",
]);
static DATE: Field = Field(&[
    "date",
    "year",
    "datum",
    "jahr",
    "année",
    "fecha",
    "año",
    "data",
    "rok",
    "дата",
    "год",
    "تاريخ",
    "التاريخ",
    "سنة",
    "日期",
    "年",
    "날짜",
    "연도",
    "ngày",
    "năm",
    "ημερομηνία",
    "έτος",
    "anno",
    "ano",
    "date publication",
]);
static TITLE: Field = Field(&[
    "title",
    "script-title",
    "titel",
    "titre",
    "título",
    "titolo",
    "tytuł",
    "заглавие",
    "название",
    "عنوان",
    "العنوان",
    "标题",
    "標題",
    "題名",
    "제목",
    "tiêu đề",
    "nhan đề",
    "τίτλος",
    "cím",
    "titulo",
    "статья",
    "სათაური",
]);
static CHAPTER: Field =
    Field(&["chapter", "contribution", "kapitel", "rozdział", "entry", "article", "часть", "章"]);
static WORK: Field = Field(&[
    "journal",
    "work",
    "newspaper",
    "magazine",
    "website",
    "periodical",
    "sammelwerk",
    "werk",
    "périodique",
    "site",
    "obra",
    "czasopismo",
    "opublikowany",
    "издание",
    "журнал",
    "عمل",
    "العمل",
    "صحيفة",
    "雑誌",
    "作品",
    "报纸",
    "신문",
    "tạp chí",
    "báo",
    "công trình",
    "έργο",
    "rivista",
    "serie",
    "series",
    "encyclopedia",
    "booktitle",
    "в",
    "revista",
]);
static VOLUME: Field =
    Field(&["volume", "band", "tom", "том", "المجلد", "권", "tập", "卷", "jahrgang", "wolumin"]);
static ISSUE: Field =
    Field(&["issue", "number", "nummer", "numéro", "numer", "номер", "العدد", "호", "期", "số"]);
static PAGES: Field = Field(&[
    "pages",
    "page",
    "p",
    "pp",
    "seiten",
    "seite",
    "páginas",
    "página",
    "strony",
    "s",
    "страницы",
    "страниц",
    "صفحة",
    "الصفحات",
    "ページ",
    "쪽",
    "trang",
    "頁",
    "页",
    "pages totales",
    "passage",
    "at",
    "pagine",
]);
static PUBLISHER: Field = Field(&[
    "publisher",
    "verlag",
    "hrsg",
    "éditeur",
    "editorial",
    "editora",
    "editore",
    "wydawca",
    "издательство",
    "ناشر",
    "الناشر",
    "出版社",
    "出版者",
    "출판사",
    "nhà xuất bản",
    "εκδότης",
    "uitgever",
    "agency",
    "institution",
    "organisation",
    "გამომცემელი",
]);
static PLACE: Field = Field(&[
    "location",
    "place",
    "ort",
    "lieu",
    "ubicación",
    "local",
    "miejsce",
    "место",
    "مكان",
    "nơi",
    "地点",
    "plaats",
]);
static URL: Field = Field(&[
    "url",
    "online",
    "chapter-url",
    "lire en ligne",
    "ссылка",
    "مسار",
    "المسار",
    "網址",
    "网址",
    "archiveurl",
    "archive-url",
    "contribution-url",
    "onlin",
    "1",
]);
static TRANSLATED: Field = Field(&["trans-title", "trans_title", "übersetzung", "tytuł przetłumaczony"]);
static QUOTE: Field = Field(&["quote", "zitat", "citation", "cytat", "quotation", "cita"]);
static ACCESSED: Field = Field(&[
    "accessdate",
    "access-date",
    "abruf",
    "zugriff",
    "consulté le",
    "fechaacceso",
    "acessodata",
    "data dostępu",
    "дата обращения",
    "تاريخ الوصول",
    "تاريخ-الوصول",
    "访问日期",
    "accessdaymonth",
    "확인날짜",
    "ngày truy cập",
    "urlaccesso",
    "accesso",
]);

/// Writes a citation and keeps its arguments.
pub fn expand(x: &mut Expander<'_>, name: &str, arguments: &Arguments, span: Span, out: &mut Flat) {
    x.findings.citations.push(Citation {
        template: name.to_owned(),
        arguments: arguments
            .list
            .iter()
            .filter(|a| !a.value.text.trim().is_empty())
            .map(|a| (a.name.clone(), a.value.text.trim().replace('\0', "")))
            .collect(),
        span,
        unknown: Fields::default(),
    });
    // An address that holds what can't be shown in one is lost.
    let lost = |a: &&Argument| a.value.text.contains('\0') && URL.0.contains(&a.name.as_str());
    for argument in arguments.list.iter().filter(lost) {
        x.findings.claims.lose(Subject::Arguments(name.to_owned()), &argument.name, argument.span);
    }
    let names = arguments.list.iter().map(|a| a.name.to_lowercase()).collect();
    let mut line = Line { arguments, names, span, out, started: false };
    line.write();
}

struct Line<'l> {
    arguments: &'l Arguments,
    /// The arguments' names in lower case: hundreds of names are looked for in each citation.
    names: Vec<String>,
    span: Span,
    out: &'l mut Flat,
    started: bool,
}

impl<'l> Line<'l> {
    fn get(&self, field: &Field) -> Option<&'l Flat> {
        field.0.iter().find_map(|name| {
            let found = self.names.iter().rposition(|n| n == name)?;
            Some(&self.arguments.list[found].value).filter(|v| !v.text.trim().is_empty())
        })
    }

    fn made(&mut self, text: &str) {
        self.out.push_made(text, self.span);
    }

    fn value(&mut self, flat: &Flat) {
        let text = flat.text.trim();
        let start = text.as_ptr() as usize - flat.text.as_ptr() as usize;
        self.out.push_slice(flat, start..start + text.len());
    }

    /// Writes a field with what goes around it.
    fn field(&mut self, separator: &str, before: &str, field: &Field, after: &str) -> bool {
        let Some(value) = self.get(field) else { return false };
        if self.started {
            self.made(separator);
        }
        self.started = true;
        self.made(before);
        self.value(value);
        self.made(after);
        true
    }

    fn write(&mut self) {
        self.made("<cite>");
        if self.field("", "", &LAST, "") {
            self.field(", ", "", &FIRST, "");
        } else {
            self.field("", "", &AUTHOR, "");
        }
        self.field(", ", "", &COAUTHORS, "");
        if !self.started {
            self.field("", "", &EDITOR, "");
        }
        let dated = self.started && self.field(" ", "(", &DATE, ")");
        self.field(". ", "“", &CHAPTER, "”");
        self.title();
        self.field(" ", "[", &TRANSLATED, "]");
        self.field(". ", "<i>", &WORK, "</i>");
        self.field(" ", "<b>", &VOLUME, "</b>");
        self.field(" ", "(", &ISSUE, ")");
        self.field(". ", "", &PLACE, "");
        self.field(". ", "", &PUBLISHER, "");
        if !dated {
            self.field(". ", "", &DATE, "");
        }
        self.field(": ", "", &PAGES, "");
        for (name, label) in
            [("isbn", "ISBN "), ("ISBN", "ISBN "), ("issn", "ISSN "), ("pmid", "PMID "), ("arxiv", "arXiv:")]
        {
            if let Some(value) = self.arguments.get(name).filter(|v| !v.text.trim().is_empty()) {
                self.made(if self.started { ". " } else { "" });
                self.made(label);
                self.value(value);
                self.started = true;
            }
        }
        if let Some(doi) = self.arguments.first(&["doi", "DOI"]) {
            self.made(&format!(
                "{}[https://doi.org/{} doi:{doi}]",
                if self.started { ". " } else { "" },
                doi.replace(' ', "")
            ));
            self.started = true;
        }
        self.field(". ", "“", &QUOTE, "”");
        self.field(" (", "", &ACCESSED, ")");
        self.made("</cite>");
    }

    fn title(&mut self) {
        let url = self.get(&URL).map(|v| v.text.trim()).filter(|u| is_url(u));
        let title = self.get(&TITLE);
        if title.is_none() && url.is_none() {
            return;
        }
        self.made(if self.started { ". " } else { "" });
        self.started = true;
        let Some(title) = title else { return self.made(url.unwrap_or_default()) };
        // A link can't hold another one.
        let linked = url.filter(|_| {
            !title.text.contains("[[")
                && !title.text.contains("[http")
                && !title.text.contains('\n')
                && !title.text.contains(']')
        });
        let quoted = self.get(&WORK).is_some();
        self.made(if quoted { "“" } else { "<i>" });
        match linked {
            Some(url) => {
                self.made(&format!("[{url} "));
                self.value(title);
                self.made("]");
            }
            None => self.value(title),
        }
        self.made(if quoted { "”" } else { "</i>" });
    }
}

fn is_url(text: &str) -> bool {
    (text.starts_with("http://") || text.starts_with("https://") || text.starts_with("//"))
        && !text.contains([' ', '\n', '[', ']', '\0'])
}

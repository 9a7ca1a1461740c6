//! Citations as the English Wikipedia prints them (Citation Style 1), and the wikis that took it over.

use super::fields::Key;
use super::line::{As, Line, Order, is_url};

/// The words of a language that stand in citations.
struct Words {
    retrieved: (&'static str, &'static str),
    archived: (&'static str, &'static str),
    original: &'static str,
    page: &'static str,
    pages: &'static str,
    edition: &'static str,
    within: &'static str,
}

/// Those of a citation whose parts are set off by commas.
const SMALL: Words =
    Words { retrieved: ("retrieved ", ""), archived: ("archived from ", " on "), within: "in ", ..ENGLISH };

const ENGLISH: Words = Words {
    retrieved: ("Retrieved ", ""),
    archived: ("Archived from ", " on "),
    original: "the original",
    page: "p. ",
    pages: "pp. ",
    edition: " ed.",
    within: "In ",
};

fn words(template: &str) -> Words {
    let starts = |names: &[&str]| names.iter().any(|name| template.starts_with(name));
    match () {
        () if starts(&["cita web", "cita libro", "cita noticia", "cita publicación"]) => Words {
            retrieved: ("Consultado el ", ""),
            archived: ("Archivado desde ", " el "),
            original: "el original",
            edition: "ª edición",
            within: "En ",
            ..ENGLISH
        },
        () if starts(&["citar"]) => Words {
            retrieved: ("Consultado em ", ""),
            archived: ("Arquivado d", " em "),
            original: "o original",
            edition: "ª ed.",
            within: "In: ",
            ..ENGLISH
        },
        () if starts(&["cytuj"]) => Words {
            retrieved: ("[dostęp ", "]"),
            archived: ("Zarchiwizowane z ", " "),
            original: "oryginału",
            page: "s. ",
            pages: "s. ",
            edition: " wyd.",
            within: "W: ",
        },
        () if starts(&["chú thích"]) => Words {
            retrieved: ("Truy cập ngày ", ""),
            archived: ("", " lưu trữ ngày "),
            original: "Bản gốc",
            page: "tr. ",
            pages: "tr. ",
            edition: "",
            within: "Trong ",
        },
        () if starts(&["웹 인용", "서적 인용", "저널 인용", "뉴스 인용"]) => Words {
            retrieved: ("", "에 확인함"),
            archived: ("", "에서 보존된 문서. "),
            original: "원본",
            page: "",
            pages: "",
            edition: "판",
            within: "",
        },
        () if starts(&["استشهاد"]) => Words {
            retrieved: ("اطلع عليه بتاريخ ", ""),
            archived: ("مؤرشف من ", " في "),
            original: "الأصل",
            page: "ص. ",
            pages: "ص. ",
            edition: "",
            within: "في ",
        },
        () if starts(&["книга", "статья", "публикация", "вебцитация"]) => {
            Words {
                retrieved: ("Дата обращения: ", ""),
                archived: ("Архивировано из ", " "),
                original: "оригинала",
                page: "С. ",
                pages: "С. ",
                edition: " изд.",
                within: "В: ",
            }
        }
        () if starts(&["citeer"]) => Words {
            retrieved: ("Geraadpleegd op ", ""),
            archived: ("Gearchiveerd van ", " op "),
            original: "het origineel",
            page: "p. ",
            pages: "pp. ",
            edition: "e ed.",
            within: "In ",
        },
        () if template == "citation" || template == "harvard citation" => SMALL,
        () => ENGLISH,
    }
}

/// What kind of source is cited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Book,
    Journal,
    Magazine,
    News,
    Web,
    Encyclopedia,
    Conference,
    /// A title in italics by itself: films, maps, theses, reports.
    Whole,
    /// A title in quotation marks by itself: episodes, interviews, speeches.
    Single,
}

fn class(template: &str, line: &Line<'_>) -> Class {
    let has = |key| line.fields.has(key);
    let any = |words: &[&str]| words.iter().any(|word| template.contains(word));
    match () {
        () if any(&["journal", "저널", "tạp chí", "publicación", "periódico"]) => Class::Journal,
        () if any(&["magazine"]) => Class::Magazine,
        () if any(&["news", "뉴스", "báo", "noticia"]) && !any(&["newsgroup"]) => Class::News,
        () if any(&["encyclop", "dictionary"]) => Class::Encyclopedia,
        () if any(&["conference"]) => Class::Conference,
        () if any(&[
            "thesis",
            "av media",
            "video",
            "map",
            "report",
            "techreport",
            "dvd",
            "album",
            "sign",
        ]) =>
        {
            Class::Whole
        }
        () if any(&[
            "episode",
            "interview",
            "speech",
            "press",
            "podcast",
            "mailing",
            "newsgroup",
            "arxiv",
            "biorxiv",
            "ssrn",
            "serial",
            "tweet",
        ]) =>
        {
            Class::Single
        }
        () if any(&["book", "libro", "livro", "książk", "sách", "서적", "كتاب", "книга"]) => {
            Class::Book
        }
        () if any(&["web", "stronę", "ويب"]) => Class::Web,
        () if has(Key::Work) => Class::Journal,
        () if has(Key::Encyclopedia) => Class::Encyclopedia,
        () => Class::Book,
    }
}

const PEOPLE: Order = Order { first_name_first: false, between: "; " };

/// Writes a citation.
pub fn write(line: &mut Line<'_>, template: &str) {
    let words = words(template);
    let class = class(template, line);
    let comma = template == "citation" || template == "harvard citation";
    let sep = if comma { ", " } else { ". " };
    let has = |line: &Line<'_>, key| line.fields.has(key);
    let authors = line.people(Key::Author, Key::Last, Key::First, Key::AuthorLink, PEOPLE);
    line.field("; ", "", Key::OtherAuthors, "");
    let chapter = line.fields.get(Key::Chapter).filter(|_| class != Class::Journal);
    let entry = matches!(class, Class::Encyclopedia | Class::Conference)
        && (has(line, Key::Encyclopedia) || has(line, Key::BookTitle) || has(line, Key::Work));
    let parted = chapter.is_some() || entry;
    let editors = !line.fields.people(&[Key::Editor, Key::EditorLast]).is_empty();
    let edited_first = line.is_empty() && editors;
    if edited_first {
        edit(line);
    }
    let dated = (authors > 0 || edited_first) && date(line, " (", ")");
    let (url, status) = (address(line, Key::Url), line.fields.text(Key::UrlStatus).to_lowercase());
    let archive = address(line, Key::ArchiveUrl);
    let lives = matches!(status.as_str(), "live" | "no");
    let leads = |own: Option<String>| if lives { own } else { archive.clone().or(own) };
    // What is read, and what it is in.
    if let Some(chapter) = chapter {
        line.part(sep);
        let own = address(line, Key::ChapterUrl);
        let leads_to = own.or_else(|| leads(url.clone()).filter(|_| !has(line, Key::Title)));
        line.title(chapter, leads_to.as_deref(), As::Quoted);
        line.field(" ", "[", Key::TranslatedChapter, "]");
    }
    let title_form = match class {
        _ if entry => As::Quoted,
        Class::Book | Class::Whole => As::Italic,
        Class::Encyclopedia | Class::Conference => As::Italic,
        _ => As::Quoted,
    };
    let within = |line: &mut Line<'_>| {
        if editors && !edited_first {
            line.part(sep);
            line.made(if parted { words.within } else { "" });
            edit(line);
        }
    };
    if !entry {
        within(line);
    }
    let title = line.fields.get(Key::Title).or(line.fields.get(Key::ScriptTitle));
    let url = leads(url);
    match title {
        Some(title) => {
            line.part(sep);
            line.title(title, url.as_deref(), title_form);
        }
        None if chapter.is_none() => {
            if let Some(url) = &url {
                line.part(sep);
                line.made(url);
            }
        }
        None => {}
    }
    line.field(" ", "[", Key::Translated, "]");
    line.field(" ", "(", Key::Format, ")");
    kind(line, template);
    if entry {
        within(line);
    }
    let episode = template.contains("episode");
    if episode {
        line.field(sep, "<i>", Key::Series, "</i>");
    }
    if line.field(sep, "Season ", Key::Season, "") || episode {
        let number = if has(line, Key::Episode) { Key::Episode } else { Key::Issue };
        line.field(sep, "Episode ", number, "");
    }
    for key in [Key::Work, Key::Encyclopedia, Key::BookTitle] {
        line.field(sep, "<i>", key, "</i>");
    }
    line.field(sep, "", Key::Conference, "");
    if !episode {
        line.field(sep, "", Key::Series, "");
    }
    language(line);
    line.field(sep, "", Key::Scale, "");
    let journal = class == Class::Journal && has(line, Key::Work);
    if !journal {
        volume(line, class, sep);
    }
    line.field(sep, "", Key::Others, "");
    if line.fields.people(&[Key::Translator]).len() == 1 {
        line.field(sep, "Translated by ", Key::Translator, "");
    }
    line.field(sep, "Interviewed by ", Key::Interviewer, "");
    let edition = line.fields.text(Key::Edition);
    if !edition.is_empty() {
        let done = ["ed.", "ed", "edition", "Edition", "Auflage"].iter().any(|end| edition.ends_with(end));
        line.field(" ", "(", Key::Edition, if done { "" } else { words.edition });
        line.made(")");
    }
    if line.field(sep, "", Key::Place, "") {
        line.field(": ", "", Key::Publisher, "");
    } else {
        line.field(sep, "", Key::Publisher, "");
    }
    line.field(sep, "", Key::Agency, "");
    if journal {
        let before = line.length();
        volume(line, class, sep);
        pages(line, &words, sep, line.length() > before);
        if !dated {
            date(line, sep, "");
        }
    } else {
        if !dated {
            date(line, sep, "");
        }
        pages(line, &words, sep, false);
    }
    line.identifiers(sep);
    if template.contains("arxiv")
        && let Some(subject) = line.fields.named(&["class"])
    {
        line.made(" [");
        line.value(subject);
        line.made("]");
    }
    line.field(sep, "", Key::Id, "");
    line.field(sep, "", Key::Network, "");
    if let Some(archive) = &archive {
        archived(line, &words, sep, archive, lives);
    }
    let accessible =
        address(line, Key::Url).is_some() || address(line, Key::ChapterUrl).is_some() || archive.is_some();
    if accessible || template.contains("web") {
        line.field(sep, words.retrieved.0, Key::Accessed, words.retrieved.1);
    }
    line.field(" – via ", "", Key::Via, "");
    line.field(sep, "“", Key::Quote, "”");
    if !comma {
        line.part(".");
    }
}

fn address(line: &Line<'_>, key: Key) -> Option<String> {
    let text = line.fields.text(key);
    is_url(text).then(|| text.to_owned())
}

fn edit(line: &mut Line<'_>) {
    let count = line.people(Key::Editor, Key::EditorLast, Key::EditorFirst, Key::EditorLink, PEOPLE);
    line.made(if count > 1 { " (eds.)" } else { " (ed.)" });
}

fn date(line: &mut Line<'_>, before: &str, after: &str) -> bool {
    let key = if line.fields.has(Key::Date) { Key::Date } else { Key::Year };
    let dated =
        if after.is_empty() { line.field(before, "", key, "") } else { line.field("", before, key, after) };
    if dated {
        line.field(" ", "[", Key::Original, "]");
    }
    dated
}

/// What kind of thing it is, in brackets.
fn kind(line: &mut Line<'_>, template: &str) {
    let named = [
        ("thesis", "Thesis"),
        ("press", "Press release"),
        ("report", "Report"),
        ("interview", "Interview"),
        ("speech", "Speech"),
        ("podcast", "Podcast"),
        ("map", "Map"),
    ];
    let own = named.iter().find(|(word, _)| template.contains(word)).map(|n| n.1);
    if line.fields.has(Key::Degree) {
        line.field(" ", "(", Key::Degree, " thesis)");
    } else if !line.field(" ", "(", Key::Type, ")")
        && let Some(own) = own
    {
        line.made(&format!(" ({own})"));
    }
}

fn language(line: &mut Line<'_>) {
    let code = line.fields.text(Key::Language);
    let name = match code.to_lowercase().as_str() {
        "" | "en" | "english" | "en-us" | "en-gb" => return,
        "de" => "German",
        "fr" => "French",
        "es" => "Spanish",
        "it" => "Italian",
        "pt" => "Portuguese",
        "ru" => "Russian",
        "pl" => "Polish",
        "nl" => "Dutch",
        "sv" => "Swedish",
        "da" => "Danish",
        "no" | "nb" => "Norwegian",
        "fi" => "Finnish",
        "cs" => "Czech",
        "uk" => "Ukrainian",
        "el" => "Greek",
        "tr" => "Turkish",
        "ar" => "Arabic",
        "he" => "Hebrew",
        "ja" => "Japanese",
        "zh" => "Chinese",
        "ko" => "Korean",
        "vi" => "Vietnamese",
        "la" => "Latin",
        "hu" => "Hungarian",
        "ro" => "Romanian",
        _ => "",
    };
    if name.is_empty() {
        line.field(" ", "(in ", Key::Language, ")");
    } else {
        line.made(&format!(" (in {name})"));
    }
}

/// Volume and issue: **12** (3) of a journal, Vol. 12, no. 3 elsewhere.
fn volume(line: &mut Line<'_>, class: Class, sep: &str) {
    let volume = line.fields.text(Key::Volume);
    if class == Class::Journal && line.fields.has(Key::Work) {
        let short = volume.chars().count() <= 4
            || volume.chars().all(|c| c.is_ascii_digit() || "IVXLCDM".contains(c));
        let (open, close) = if short { ("<b>", "</b>") } else { ("", "") };
        let sep = if sep == ", " { ", " } else { ". " };
        line.field(sep, open, Key::Volume, close);
        line.field(" ", "(", Key::Issue, ")");
        return;
    }
    let has = line.field(sep, "Vol. ", Key::Volume, "");
    if matches!(class, Class::Magazine | Class::News | Class::Web | Class::Journal) {
        line.field(if has { ", " } else { sep }, if has { "no. " } else { "No. " }, Key::Issue, "");
    }
}

fn pages(line: &mut Line<'_>, words: &Words, sep: &str, after_volume: bool) {
    let in_journal = after_volume;
    for (key, label) in [(Key::Page, words.page), (Key::Pages, words.pages)] {
        let Some(value) = line.fields.get(key) else { continue };
        line.part(if in_journal { ": " } else { sep });
        let text = value.text.trim();
        let labelled = text.starts_with(['p', 's', 'S']) && text.contains('.');
        if !in_journal && !labelled {
            // One page may be given as several, and the other way round.
            let several = text.contains(['–', ',', '-', '—']);
            line.made(if several && key == Key::Pages {
                words.pages
            } else if several || key == Key::Page {
                label
            } else {
                words.page
            });
        }
        return line.numbers(value);
    }
    line.field(sep, "", Key::At, "");
}

fn archived(line: &mut Line<'_>, words: &Words, sep: &str, archive: &str, lives: bool) {
    let original = line.fields.text(Key::Url).to_owned();
    line.part(sep);
    match is_url(&original) {
        true if lives && words.original == ENGLISH.original => {
            line.made(&format!("[{archive} Archived] from the original"))
        }
        true => line.made(&format!("{}[{original} {}]", words.archived.0, words.original)),
        false => line.made(&format!("{}{}", words.archived.0, words.original)),
    }
    line.field(words.archived.1, "", Key::ArchiveDate, "");
}

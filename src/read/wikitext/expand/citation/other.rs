//! Citations as the wikis in German and French print them.

use super::fields::Key;
use super::line::{As, Line, Order, is_url};
use crate::read::wikitext::expand::time;

fn url(line: &Line<'_>) -> Option<String> {
    let text = line.fields.text(Key::Url);
    let text = if is_url(text) { text } else { line.fields.text(Key::ArchiveUrl) };
    is_url(text).then(|| text.to_owned())
}

/// `Autor: Titel. In: Werk. Band, Nr. 2, Verlag, Ort 1990, ISBN …, S. 5.`
pub fn german(line: &mut Line<'_>) {
    let order = Order { first_name_first: true, between: ", " };
    if line.people(Key::Author, Key::Last, Key::First, Key::AuthorLink, order) > 0 {
        line.made(": ");
    }
    let url = url(line);
    let title = line.fields.get(Key::Title).or(line.fields.get(Key::Chapter));
    if let Some(title) = title {
        line.title(title, url.as_deref(), As::Italic);
    } else if let Some(url) = &url {
        line.made(url);
    }
    if line.fields.has(Key::Work) {
        line.field(". ", "In: ", Key::Editor, " (Hrsg.)");
        let edited = line.fields.has(Key::Editor);
        line.field(
            if edited { ": " } else { ". " },
            if edited { "<i>" } else { "In: <i>" },
            Key::Work,
            "</i>",
        );
    }
    let mut first = true;
    let mut sep = || if std::mem::take(&mut first) { ". " } else { ", " };
    for (key, label, after) in [
        (Key::Edition, "", ". Auflage"),
        (Key::Volume, "Band ", ""),
        (Key::Issue, "Nr. ", ""),
        (Key::Publisher, "", ""),
    ] {
        let done = key == Key::Edition && line.fields.text(key).contains("Auflage");
        if line.fields.has(key) {
            line.field(sep(), label, key, if done { "" } else { after });
        }
    }
    if !line.fields.has(Key::Publisher) && !line.fields.has(Key::Work) && line.fields.has(Key::Editor) {
        line.field(sep(), "", Key::Editor, "");
    }
    let placed = line.fields.has(Key::Place) && line.field(sep(), "", Key::Place, "");
    let when = if line.fields.has(Key::Date) { Key::Date } else { Key::Year };
    if line.fields.has(when) {
        line.part(if placed { " " } else { sep() });
        day(line, when, german_date);
    }
    line.identifiers(", ");
    for key in [Key::Page, Key::Pages] {
        if let Some(value) = line.fields.get(key) {
            line.part(", S. ");
            line.numbers(value);
            break;
        }
    }
    line.field(", ", "", Key::At, "");
    if line.fields.has(Key::ArchiveDate) {
        line.part(", archiviert am ");
        day(line, Key::ArchiveDate, german_date);
    }
    if line.fields.has(Key::Accessed) {
        line.part(", abgerufen am ");
        day(line, Key::Accessed, german_date);
    }
    let language = line.fields.text(Key::Language).to_lowercase();
    match language.as_str() {
        "" | "de" | "deutsch" => {}
        "en" => line.made(" (englisch)"),
        "fr" => line.made(" (französisch)"),
        _ => drop(line.field(" ", "(", Key::Language, ")")),
    }
    line.field(". ", "„", Key::Quote, "“");
    line.part(".");
}

/// `Auteur, « Titre », sur site, éditeur, date (consulté le …).`
pub fn french(line: &mut Line<'_>, template: &str) {
    let order = Order { first_name_first: true, between: ", " };
    line.people(Key::Author, Key::Last, Key::First, Key::AuthorLink, order);
    line.field(", ", "", Key::OtherAuthors, "");
    let url = url(line);
    let form = if template == "ouvrage" { As::Italic } else { As::Guillemets };
    if let Some(chapter) = line.fields.get(Key::Chapter) {
        line.part(", ");
        line.title(chapter, None, As::Guillemets);
        line.made(", dans");
        line.made(" ");
        if let Some(title) = line.fields.get(Key::Title) {
            line.title(title, url.as_deref(), As::Italic);
        }
    } else if let Some(title) = line.fields.get(Key::Title) {
        line.part(", ");
        line.title(title, url.as_deref(), form);
    } else if let Some(url) = &url {
        line.part(", ");
        line.made(url);
    }
    let within = if template == "lien web" { "sur <i>" } else { "<i>" };
    line.field(", ", within, Key::Work, "</i>");
    line.field(", ", "", Key::Place, "");
    line.field(", ", "", Key::Publisher, "");
    line.field(", ", "coll. « ", Key::Series, " »");
    line.field(", ", "vol. ", Key::Volume, "");
    line.field(", ", "n<sup>o</sup> ", Key::Issue, "");
    let when = if line.fields.has(Key::Date) { Key::Date } else { Key::Year };
    if line.fields.has(when) {
        line.part(", ");
        day(line, when, french_date);
    }
    for key in [Key::Page, Key::Pages, Key::At] {
        if let Some(value) = line.fields.get(key) {
            line.part(", ");
            line.made("p. ");
            line.numbers(value);
            break;
        }
    }
    line.identifiers(", ");
    if line.fields.has(Key::Accessed) {
        line.part(" (consulté le ");
        day(line, Key::Accessed, french_date);
        line.made(")");
    }
    line.field(" : ", "« ", Key::Quote, " »");
    line.part(".");
}

/// A day as the language writes it, where it is given by numbers.
fn day(line: &mut Line<'_>, key: Key, write: fn(&str) -> Option<String>) {
    match write(line.fields.text(key)) {
        Some(text) => line.made(&text),
        None => drop(line.field("", "", key, "")),
    }
}

fn german_date(text: &str) -> Option<String> {
    let (year, month, day) = iso(text)?;
    Some(format!("{day}. {} {year}", time::GERMAN[month - 1]))
}

fn french_date(text: &str) -> Option<String> {
    let (year, month, day) = iso(text)?;
    let day = if day == 1 { "1<sup>er</sup>".to_owned() } else { day.to_string() };
    Some(format!("{day} {} {year}", time::FRENCH[month - 1]))
}

/// `2012-01-31`
fn iso(text: &str) -> Option<(&str, usize, u32)> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let is_year = year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit());
    let (month, day) = (month.parse().ok()?, day.parse().ok()?);
    (is_year && parts.next().is_none() && (1..=12).contains(&month) && (1..=31).contains(&day))
        .then_some((year, month, day))
}

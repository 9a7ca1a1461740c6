//! The package document (<https://www.w3.org/TR/epub-33/#sec-package-doc>).

use super::accessibility;
use super::book::Book;
use super::options::Pages;
use super::resource::page_path;
use super::xml::Xml;
use crate::model::{Creator, Direction};
use crate::text::date;
use crate::write::html::escape::clean;
use chrono::{Datelike, Timelike};
use uuid::Uuid;

/// The namespace of identifiers made from content (RFC 9562, 6.6), itself made from the project's name.
const NAMESPACE: Uuid = Uuid::from_u128(0x8c0d_6b4e_51f2_5d0a_9a37_1f6e_2b90_44c1);

/// The publication's identifier: the one given, or one made from the content, so that the same
/// document always has the same.
pub(super) fn identifier(book: &Book<'_>) -> String {
    let given = book.field(|m| m.identifier.as_deref()).map(|i| clean(i).trim().to_owned());
    if let Some(given) = given.filter(|i| !i.is_empty()) {
        return given;
    }
    let mut bytes = Vec::new();
    bytes.extend_from_slice(book.title.as_bytes());
    for resource in book.resources {
        bytes.push(0);
        bytes.extend_from_slice(resource.path.as_bytes());
        bytes.push(0);
        bytes.extend_from_slice(&(resource.data.len() as u64).to_le_bytes());
        bytes.extend_from_slice(&resource.data);
    }
    Uuid::new_v5(&NAMESPACE, &bytes).urn().to_string()
}

/// The package document.
pub(super) fn document(book: &Book<'_>, identifier: &str) -> String {
    let language = book.document.language().map_or("und", |l| l.tag.as_str());
    let direction = book.document.language().map(|l| l.tag.direction());
    let mut xml = Xml { out: "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n".to_owned() };
    let package = [
        ("xmlns", "http://www.idpf.org/2007/opf"),
        ("version", "3.0"),
        ("unique-identifier", "id"),
        ("xml:lang", language),
        ("dir", if direction == Some(Direction::Rtl) { "rtl" } else { "" }),
    ];
    xml.element("package", &package, |xml| {
        xml.element("metadata", &[("xmlns:dc", "http://purl.org/dc/elements/1.1/")], |xml| {
            metadata(book, identifier, language, xml);
        });
        xml.element("manifest", &[], |xml| manifest(book, xml));
        let progression = match direction {
            Some(Direction::Rtl) => "rtl",
            _ => "",
        };
        xml.element("spine", &[("toc", "ncx"), ("page-progression-direction", progression)], |xml| {
            for (index, resource) in book.resources.iter().enumerate() {
                if resource.media_type == "application/xhtml+xml" {
                    xml.empty("itemref", &[("idref", &item_id(index))]);
                }
            }
        });
    });
    xml.out
}

fn metadata(book: &Book<'_>, identifier: &str, language: &str, xml: &mut Xml) {
    xml.text("dc:identifier", &[("id", "id")], identifier);
    xml.text("dc:title", &[("id", "title")], book.title);
    xml.text("dc:language", &[], language);
    let mut languages = vec![language];
    for other in book.metas().filter_map(|m| m.language.as_ref()).map(|l| l.tag.as_str()) {
        if !languages.contains(&other) && languages.len() < 20 {
            languages.push(other);
            xml.text("dc:language", &[], other);
        }
    }
    let mut creators: Vec<&Creator> = Vec::new();
    for creator in book.metas().flat_map(|m| &m.creators) {
        if !creators.contains(&creator) && !clean(&creator.name).trim().is_empty() {
            creators.push(creator);
        }
    }
    for (index, creator) in creators.into_iter().enumerate() {
        self::creator(index + 1, creator, xml);
    }
    let date = book.field(|m| m.date.as_deref()).and_then(date::iso).filter(|d| is_date(d));
    let date = date.as_deref();
    if let Some(date) = date {
        xml.text("dc:date", &[], date);
    }
    let mut one = |element: &str, value: Option<&str>| {
        if let Some(value) = value.filter(|v| !clean(v).trim().is_empty()) {
            xml.text(element, &[], value);
        }
    };
    one("dc:publisher", book.field(|m| m.publisher.as_deref()));
    one("dc:description", book.field(|m| m.description.as_deref()));
    one("dc:rights", book.field(|m| m.rights.as_deref()));
    for source in distinct(book.metas().filter_map(|m| m.source_url.as_deref())) {
        one("dc:source", Some(source));
    }
    for subject in distinct(book.metas().flat_map(|m| &m.subjects).map(String::as_str)) {
        one("dc:subject", Some(subject));
    }
    xml.text("meta", &[("property", "dcterms:modified")], &modified(book.options.modified, date));
    let page_source = match &book.options.pages {
        _ if book.content.page_breaks.is_empty() => None,
        Pages::None => None,
        Pages::Given { source, .. } => Some(source.clone()),
        #[cfg(feature = "pdf")]
        Pages::Typeset { .. } => Some(format!("{}, PDF", book.title)),
    };
    if let Some(source) = page_source {
        xml.text("meta", &[("property", "pageBreakSource")], &source);
    }
    if let Some(series) = &book.options.series {
        xml.text("meta", &[("property", "belongs-to-collection"), ("id", "series")], &series.name);
        xml.text("meta", &[("refines", "#series"), ("property", "collection-type")], "series");
        if let Some(position) = &series.position {
            xml.text("meta", &[("refines", "#series"), ("property", "group-position")], position);
        }
    }
    accessibility::metadata(book, xml);
}

/// Values in order, each once, none twice; more than this many say nothing more.
fn distinct<'a>(values: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut seen = std::collections::BTreeSet::new();
    values.filter(|v| seen.insert(*v)).take(200).collect()
}

fn creator(number: usize, creator: &Creator, xml: &mut Xml) {
    let role = creator.role.as_deref().filter(|r| r.len() == 3 && r.bytes().all(|b| b.is_ascii_lowercase()));
    let role = role.unwrap_or("aut");
    // Who only helped is a contributor.
    let element = if matches!(role, "aut" | "cre" | "edt" | "com") { "dc:creator" } else { "dc:contributor" };
    let id = format!("creator-{number}");
    xml.text(element, &[("id", &id)], &creator.name);
    let refines = format!("#{id}");
    xml.text("meta", &[("refines", &refines), ("property", "role"), ("scheme", "marc:relators")], role);
}

/// When the publication was last changed, to the second, as it must say.
fn modified(given: Option<i64>, date: Option<&str>) -> String {
    let given = given.and_then(|seconds| chrono::DateTime::from_timestamp(seconds, 0));
    match (given.map(|moment| moment.naive_utc()), date) {
        (Some(moment), _) if (1..10_000).contains(&moment.year()) => {
            let (date, time) = (moment.date(), moment.time());
            format!("{date:?}T{:02}:{:02}:{:02}Z", time.hour(), time.minute(), time.second())
        }
        (_, Some(date)) if date.len() == 20 => date.to_owned(),
        // As exactly as is known, the earliest moment of it.
        (_, Some(date)) => format!("{}T00:00:00Z", date.to_owned() + &"-01-01"[date.len() - 4..]),
        _ => "1970-01-01T00:00:00Z".to_owned(),
    }
}

/// Whether the date is one of ISO 8601 that EPUB takes: a year, a month, a day, or a moment in UTC.
fn is_date(date: &str) -> bool {
    let shape: String = date.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    let in_range = |range: std::ops::Range<usize>, low: u8, high: u8| {
        date.get(range).is_none_or(|n| n.parse::<u8>().is_ok_and(|n| (low..=high).contains(&n)))
    };
    matches!(shape.as_str(), "0000" | "0000-00" | "0000-00-00" | "0000-00-00T00:00:00Z")
        && in_range(5..7, 1, 12)
        && date.get(..10).is_none_or(|day| day.parse::<chrono::NaiveDate>().is_ok())
        && in_range(11..13, 0, 23)
        && in_range(14..16, 0, 59)
        && in_range(17..19, 0, 59)
}

fn manifest(book: &Book<'_>, xml: &mut Xml) {
    let item = |xml: &mut Xml, id: &str, href: &str, media_type: &str, properties: &str| {
        xml.empty(
            "item",
            &[("id", id), ("href", href), ("media-type", media_type), ("properties", properties)],
        );
    };
    item(xml, "nav", "nav.xhtml", "application/xhtml+xml", "nav");
    item(xml, "ncx", "toc.ncx", "application/x-dtbncx+xml", "");
    for (index, resource) in book.resources.iter().enumerate() {
        item(xml, &item_id(index), &resource.path, resource.media_type, resource.properties);
    }
}

fn item_id(index: usize) -> String {
    format!("i{index}")
}

/// The path of the content file where the text starts.
pub(super) fn start_path() -> String {
    page_path(0)
}

#[cfg(test)]
mod tests {
    use super::{is_date, modified};

    #[test]
    fn the_last_change_is_told_to_the_second() {
        for (given, date, told) in [
            (Some(1_700_000_000), Some("2022"), "2023-11-14T22:13:20Z"),
            (Some(i64::MAX), Some("2022"), "2022-01-01T00:00:00Z"),
            (None, Some("2022-05"), "2022-05-01T00:00:00Z"),
            (None, Some("2022-05-23"), "2022-05-23T00:00:00Z"),
            (None, Some("2022-05-23T12:00:00Z"), "2022-05-23T12:00:00Z"),
            (None, None, "1970-01-01T00:00:00Z"),
        ] {
            assert_eq!(modified(given, date), told);
        }
    }

    #[test]
    fn dates_are_checked() {
        for good in ["2022", "2022-05", "2022-05-23", "2022-05-23T12:00:00Z"] {
            assert!(is_date(good), "{good}");
        }
        for bad in [
            "",
            "May 2022",
            "2022-13",
            "2022-05-32",
            "2023-02-30",
            "2023-02-29T12:00:00Z",
            "2022-05-23T25:00:00Z",
            "2022-5-3",
            "22",
        ] {
            assert!(!is_date(bad), "{bad}");
        }
    }
}

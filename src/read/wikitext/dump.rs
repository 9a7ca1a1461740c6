//! Exports of a wiki in MediaWiki's XML: one page after another, never the whole file at once.

use quick_xml::Reader;
use quick_xml::events::Event;
use std::io::BufRead;

/// The namespace of templates.
pub(super) const TEMPLATES: i32 = 10;

/// A page of an export.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Page {
    pub title: String,
    pub namespace: i32,
    /// The text of its last revision.
    pub text: String,
}

/// Which element's characters are being read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    None,
    Title,
    Namespace,
    Text,
}

/// Hands on each page of an export.
pub(super) fn pages(input: impl BufRead, mut each: impl FnMut(Page)) -> Result<(), String> {
    let mut reader = Reader::from_reader(input);
    let mut buffer = Vec::new();
    let mut page = Page::default();
    let mut field = Field::None;
    let (mut namespace, mut is_export) = (String::new(), false);
    loop {
        let event = reader.read_event_into(&mut buffer);
        let event = event.map_err(|e| format!("at byte {}: {e}", reader.error_position()))?;
        let mut add = |text: &str| match field {
            Field::None => {}
            Field::Title => page.title.push_str(text),
            Field::Namespace => namespace.push_str(text),
            Field::Text => page.text.push_str(text),
        };
        match event {
            Event::Start(start) => {
                let name = start.local_name();
                is_export |= name.as_ref() == "mediawiki";
                field = match name.as_ref() {
                    "page" => {
                        page = Page::default();
                        namespace.clear();
                        Field::None
                    }
                    "title" => Field::Title,
                    "ns" => Field::Namespace,
                    "text" => {
                        page.text.clear();
                        Field::Text
                    }
                    _ => Field::None,
                };
            }
            Event::Text(text) => add(&text.xml10_content()),
            Event::CData(text) => add(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                let number = reference.resolve_char_ref().ok().flatten();
                let c = number.or(match &*reference {
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "amp" => Some('&'),
                    "quot" => Some('"'),
                    "apos" => Some('\''),
                    _ => None,
                });
                add(c.unwrap_or('\u{FFFD}').encode_utf8(&mut [0; 4]));
            }
            Event::End(end) => {
                field = Field::None;
                if end.local_name().as_ref() == "page" {
                    page.namespace = namespace.trim().parse().unwrap_or(0);
                    each(std::mem::take(&mut page));
                }
            }
            Event::Eof => break,
            _ => {}
        }
        buffer.clear();
    }
    if is_export { Ok(()) } else { Err("this is no export of a wiki: it has no element 'mediawiki'".into()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_have_titles_namespaces_and_their_last_text() {
        let xml = "<mediawiki xml:lang='de'><siteinfo><sitename>W</sitename></siteinfo>\
            <page><title>Vorlage:A&amp;B</title><ns>10</ns><revision><text>old</text></revision>\
            <revision><contributor><username>U</username></contributor><text bytes='3'>&lt;b&gt;{{{1}}}&#x21;</text></revision></page>\
            <page><title>C</title><ns>0</ns><revision><text/></revision></page></mediawiki>";
        let mut found = Vec::new();
        pages(xml.as_bytes(), |page| found.push(page)).unwrap();
        let page =
            |title: &str, namespace, text: &str| Page { title: title.into(), namespace, text: text.into() };
        assert_eq!(found, [page("Vorlage:A&B", 10, "<b>{{{1}}}!"), page("C", 0, "")]);
    }

    #[test]
    fn what_is_no_export_is_said_to_be_none() {
        assert!(pages("<html></html>".as_bytes(), |_| {}).unwrap_err().contains("no export"));
        assert!(pages("<mediawiki><page></title>".as_bytes(), |_| {}).unwrap_err().contains("at byte"));
        assert!(pages("== A ==".as_bytes(), |_| {}).is_err());
    }
}

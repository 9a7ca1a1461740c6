//! An infobox says the same in every format: the same keys, in the same order.
#![cfg(all(feature = "wikitext", feature = "html", feature = "epub", feature = "pdf"))]

use fanfold::Converter;
use fanfold::diagnostic::Ignore;
use fanfold::format::{Limits, ReadContext, WriteContext};
use fanfold::model::{BlockKind, plain_text};
use std::io::Read;

const PAGE: &str = "{{Infobox settlement\n| name = Lakeside\n| population = 1,204<ref>Census.</ref>\n\
    | area_km2 = {{convert|3.2|km2|sqmi}}\n| leader = [[Ada Hill]]\n| founded = {{start date|1871|4|2}}\n\
    | elevation = 12\n| twin towns = {{ubl|A|B}}\n}}\nA town.\n";

const LABELS: [&str; 6] = ["Population", "Area", "Leader", "Founded", "Elevation", "Twin towns"];

/// The places at which the labels are found, each after the one before.
fn in_order(text: &str) -> Vec<Option<usize>> {
    let mut from = 0;
    LABELS
        .iter()
        .map(|label| {
            let at = text[from..].find(label).map(|at| from + at)?;
            from = at + label.len();
            Some(at)
        })
        .collect()
}

#[test]
fn the_same_keys_in_the_same_order_in_all_formats() {
    let converter = Converter::default();
    let (limits, mut sink) = (Limits::default(), Ignore);
    let mut cx = ReadContext::new("Lakeside.wiki", &limits, &mut sink);
    let document = converter.read(PAGE.as_bytes(), None, &mut cx).expect("wikitext is never refused");
    let BlockKind::Infobox(infobox) = &document.articles[0].blocks[0].kind else {
        panic!("an infobox comes first")
    };
    let labels: Vec<String> = infobox.rows.iter().map(|row| plain_text(&row.label)).collect();
    assert_eq!(labels, LABELS);
    let mut cx = WriteContext::new("Lakeside.wiki", &limits, &mut sink);
    let mut write = |format: &str| {
        let mut bytes = Vec::new();
        converter.write(&document, format, &mut bytes, &mut cx).expect("it can be written");
        bytes
    };
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    let outputs = [
        ("json", text(write("json"))),
        ("text", text(write("text"))),
        ("html", text(write("html"))),
        ("epub", chapters(write("epub"))),
        // What the PDF is drawn from.
        ("layout", text(write("layout"))),
    ];
    for (format, output) in outputs {
        let found = in_order(&output);
        assert!(found.iter().all(Option::is_some), "{format}: {found:?}");
    }
}

/// The text members of a book.
fn chapters(epub: Vec<u8>) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(epub)).expect("a zip archive");
    let mut out = String::new();
    for i in 0..archive.len() {
        let mut member = archive.by_index(i).expect("a readable member");
        if member.name().ends_with(".xhtml") {
            member.read_to_string(&mut out).expect("text");
        }
    }
    out
}

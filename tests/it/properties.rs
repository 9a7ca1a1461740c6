//! What holds of any document and of any input. The inputs are the same at every run; `SEED=n` tries
//! others, and `PROPTEST_CASES=n` as many. Behind longer runs stand the fuzz targets of `tests/fuzz`,
//! whose checks these are.
#![cfg(all(feature = "cli", feature = "markdown", feature = "pandoc", feature = "wikitext"))]
#![cfg(all(feature = "epub", feature = "html", feature = "pdf"))]

use crate::{common, document, targets};
use fanfold::Converter;
use fanfold::diagnostic::Remedy;
use fanfold::format::{Error, Limits};
use fanfold::model::Document;
use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde_json::Value;
use std::path::Path;

pub fn config(cases: u32) -> ProptestConfig {
    let number = |name| std::env::var(name).ok().and_then(|value| value.parse().ok());
    ProptestConfig {
        cases: number("PROPTEST_CASES").unwrap_or(cases),
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(number("SEED").unwrap_or(1).into()),
        ..Default::default()
    }
}

/// Bytes that documents are made of.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    proptest::collection::vec(any::<u8>(), 0..1200)
}

/// A text of a format with a part of it taken out, doubled, moved, or replaced by something else.
fn spoilt(extension: &'static str) -> impl Strategy<Value = Vec<u8>> {
    let named = |name: &str| match extension {
        "json" => name == "expected.json",
        _ => name == format!("input.{extension}"),
    };
    let found = common::cases().into_iter().flat_map(|case| common::files(&case.folder));
    let files: Vec<Vec<u8>> = found
        .filter(|path| named(&common::file_name(path)))
        .map(|path| std::fs::read(path).expect("readable"))
        .filter(|text| text.len() < 8000)
        .collect();
    assert!(!files.is_empty(), "{extension}");
    let strange = proptest::collection::vec(any::<u8>(), 0..6);
    (proptest::sample::select(files), any::<[proptest::sample::Index; 3]>(), strange, 0..4).prop_map(
        |(text, [from, to, at], strange, how)| {
            let (from, to) = (from.index(text.len() + 1), to.index(text.len() + 1));
            let part = from.min(to)..from.max(to);
            let at = at.index(text.len() + 1);
            match how {
                0 => [&text[..part.start], &text[part.end..]].concat(),
                1 => [&text[..at], &text[part], &text[at..]].concat(),
                2 => [&text[..at], &strange, &text[at..]].concat(),
                _ => text[part].to_vec(),
            }
        },
    )
}

proptest! {
    #![proptest_config(config(48))]

    #[test]
    fn any_document_is_written_by_every_quick_writer_and_read_back(bytes in bytes()) {
        targets::writers(&bytes);
    }

    #[test]
    fn any_document_is_an_e_book(bytes in bytes()) {
        targets::epub(&bytes);
    }

    #[test]
    fn any_document_is_laid_out(bytes in bytes()) {
        targets::layout(&bytes);
    }

    #[test]
    fn the_structure_of_the_pages_is_that_of_the_document(bytes in bytes()) {
        targets::structure(&bytes);
    }

    #[test]
    fn any_bytes_are_a_document_or_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        for format in ["article", "html", "json", "markdown", "pandoc", "wikitext"] {
            targets::read(&bytes, format);
        }
        targets::templates(&bytes);
    }

    #[test]
    fn a_spoilt_article_is_a_document(text in spoilt("txt")) {
        targets::article(&text);
    }

    #[test]
    fn spoilt_markdown_is_a_document(text in spoilt("md")) {
        targets::markdown(&text);
    }

    #[test]
    fn spoilt_wikitext_is_a_document(text in spoilt("wiki")) {
        targets::wikitext(&text);
    }

    #[test]
    fn a_spoilt_page_is_a_document(text in spoilt("html")) {
        targets::html(&text);
    }

    #[test]
    fn spoilt_json_is_a_document_or_an_error(text in spoilt("json")) {
        targets::json(&text);
    }
}

/// What limits count, found in a document's JSON.
#[derive(Default)]
struct Size {
    nodes: usize,
    /// Of the table with the most.
    cells: usize,
    /// Blocks and inlines in each other.
    depth: usize,
}

impl Size {
    fn of(document: &Document) -> Size {
        let mut size = Size::default();
        size.add("", &serde_json::to_value(document).expect("a model has JSON"), 0);
        size
    }

    /// Adds what a field holds.
    fn add(&mut self, field: &str, value: &Value, depth: usize) {
        match value {
            Value::Array(values) => values.iter().for_each(|value| self.add(field, value, depth)),
            Value::Object(fields) => {
                let is_node =
                    fields.contains_key("span") && !matches!(field, "articles" | "notes" | "citations");
                self.nodes += usize::from(is_node);
                let depth = depth + usize::from(is_node && fields.contains_key("type"));
                self.depth = self.depth.max(depth);
                let rows = ["head", "body", "foot"].iter().filter_map(|part| fields.get(*part)?.as_array());
                let cells = rows.flatten().filter_map(|row| row.get("cells")?.as_array()).map(Vec::len);
                self.cells = self.cells.max(cells.sum());
                // Shown by no writer at that place.
                let fields = fields.iter().filter(|(name, _)| *name != "subtitle");
                fields.for_each(|(name, value)| self.add(name, value, depth));
            }
            _ => {}
        }
    }
}

/// A text of any format, and its extension.
fn any_spoilt() -> impl Strategy<Value = (Vec<u8>, &'static str)> {
    let of = |extension| spoilt(extension).prop_map(move |text| (text, extension));
    prop_oneof![of("txt"), of("html"), of("md"), of("wiki"), of("json")]
}

/// What lies in itself when it stands behind itself.
const NESTED: &[&str] =
    &["> ", "- ", "<div>", "*a _b ", "''a '''b ", "[[a|", "{|\n|\n", ":", "<b><i>", "{{a|", "1. ", "**a *b "];

proptest! {
    #![proptest_config(config(96))]

    #[test]
    fn limits_of_a_document_hold(input in any_spoilt(), nodes in 0..80usize, cells in 0..12usize) {
        let (text, extension) = input;
        let limits = Limits::default().with(|limits| { limits.nodes = nodes; limits.table_cells = cells; });
        let converter = Converter::builder().limits(limits).build();
        let (name, mut said) = (format!("a.{extension}"), Vec::new());
        match converter.read(&text, None, &mut converter.read_context(&name, &mut said)) {
            Ok(document) => {
                let size = Size::of(&document);
                prop_assert!(size.nodes <= nodes, "{} nodes of {}", size.nodes, nodes);
                prop_assert!(size.cells <= cells, "{} cells of {}", size.cells, cells);
            }
            Err(Error::Limit { remedy, .. }) => {
                let own = [Remedy::Nodes, Remedy::TableCells, Remedy::Nesting];
                prop_assert!(own.contains(&remedy), "{}", remedy);
            }
            Err(Error::Malformed { .. }) => prop_assert_eq!(extension, "json"),
            Err(error) => prop_assert!(false, "{}", error),
        }
    }

    #[test]
    fn nesting_is_no_deeper_than_its_limit(input in any_spoilt(), nesting in 8..64usize, unit in 0..NESTED.len()) {
        let (text, extension) = input;
        let limits = Limits::default().with(|limits| limits.nesting = nesting);
        let converter = Converter::builder().limits(limits).build();
        let text = [NESTED[unit].repeat(80).as_bytes(), &text].concat();
        let (name, mut said) = (format!("a.{extension}"), Vec::new());
        if let Ok(document) = converter.read(&text, None, &mut converter.read_context(&name, &mut said)) {
            let size = Size::of(&document);
            prop_assert!(size.depth <= nesting, "{} deep, of {}", size.depth, nesting);
        }
    }

    #[test]
    fn no_more_pages_are_set_than_their_limit(bytes in bytes(), pages in 0..4usize) {
        let converter = Converter::builder().limits(Limits::default().with(|limits| limits.pages = pages)).build();
        let (mut layout, mut said) = (Vec::new(), Vec::new());
        let mut cx = converter.write_context("input", &mut said);
        match converter.write(&document::document(&bytes), "layout", &mut layout, &mut cx) {
            Ok(()) => {
                let layout = String::from_utf8(layout).expect("UTF-8");
                let set = layout.lines().filter(|line| line.starts_with("page ")).count();
                prop_assert!(set <= pages, "{} pages of {}", set, pages);
            }
            Err(Error::Limit { remedy, .. }) => prop_assert_eq!(remedy, Remedy::Pages),
            Err(error) => prop_assert!(false, "{}", error),
        }
    }
}

proptest! {
    #![proptest_config(config(16))]

    #[test]
    fn any_document_meets_both_standards_as_pdf(bytes in bytes()) {
        let document = document::document(&bytes);
        let (pdf, _) = common::write(&Converter::default(), &document, "pdf");
        for profile in ["ua1", "2a"] {
            let known: ValidationProfile = profile.parse().expect("a profile of the checker");
            let report = validate_pdf_bytes(&pdf, &ValidationOptions::default().profile(known));
            let report = report.expect("the checker reads it");
            prop_assert!(report.failures.is_empty(), "{}: {:?}", profile, report.failures);
        }
    }
}

#[test]
fn what_once_failed_does_not_fail_again() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz");
    for folder in common::files(&root.join("cases")) {
        let name = common::file_name(&folder);
        let known = targets::ALL.iter().find(|(target, _)| *target == name);
        let (_, run) = known.unwrap_or_else(|| panic!("no target '{name}'"));
        for case in common::files(&folder) {
            println!("{}", case.display());
            run(&std::fs::read(&case).expect("readable"));
        }
    }
    for program in common::files(&root.join("fuzz_targets")) {
        let name = common::file_name(&program);
        let known = |(target, _): &targets::Target| name.strip_suffix(".rs") == Some(*target);
        assert!(targets::ALL.iter().any(known), "{name}");
    }
}

/// Run by tests/conformance, which holds what is written against validators.
#[test]
#[ignore = "wants a folder in FANFOLD_DOCUMENTS"]
fn documents_for_the_validators() {
    let folder = std::env::var("FANFOLD_DOCUMENTS").expect("FANFOLD_DOCUMENTS names a folder");
    let converter = Converter::default();
    let mut runner = proptest::test_runner::TestRunner::new(config(200));
    let count = std::cell::Cell::new(0);
    runner
        .run(&bytes(), |bytes| {
            let document = document::document(&bytes);
            for format in ["json", "epub", "html"] {
                let (written, _) = common::write(&converter, &document, format);
                std::fs::write(format!("{folder}/{:03}.{format}", count.get()), written)?;
            }
            count.set(count.get() + 1);
            Ok(())
        })
        .expect("documents are written");
}

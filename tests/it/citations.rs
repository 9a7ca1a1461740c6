//! Citations set from lists of works.

use fanfold::diagnostic::Diagnostic;
use fanfold::model::{InlineKind, Target, visit};
use fanfold::{Converter, Works};
use std::collections::BTreeMap;

const LIST: &str = include_str!("../fixtures/works.bib");

fn works(style: Option<&str>) -> Works {
    let mut works = Works::default();
    let faults = works.add("works.bib", LIST);
    let faults: Vec<_> = faults.into_iter().map(|fault| fault.message).collect();
    assert_eq!(faults.len(), 1, "one entry is a second of its key: {faults:?}");
    if let Some(style) = style {
        works.set_style(style).expect("a style");
    }
    works
}

fn converted(style: Option<&str>, source: &str, to: &str) -> (String, Vec<Diagnostic>) {
    let converter = Converter::builder().works(works(style)).build();
    let mut said = Vec::new();
    let mut cx = converter.read_context("a.md", &mut said);
    let document = converter.read(source.as_bytes(), Some("markdown"), &mut cx).expect("read");
    let mut out = Vec::new();
    let mut cx = converter.write_context("a.md", &mut said);
    converter.write(&document, to, &mut out, &mut cx).expect("written");
    said.retain(|said| !matches!(said.code.name, "no-title" | "language-guessed"));
    (String::from_utf8(out).expect("UTF-8"), said)
}

/// The text in front of the list of works, as one line.
fn text(style: Option<&str>, source: &str) -> String {
    let (text, said) = converted(style, source, "text");
    assert!(said.is_empty(), "{said:?}");
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.split("References").next().unwrap_or_default().trim().to_owned()
}

#[test]
fn citations_are_set_by_author_and_date() {
    for (source, is) in [
        ("A [@knuth1984].", "A (Knuth 1984)."),
        ("A [see @knuth1984, pp. 33-35, and on].", "A (see Knuth 1984, 33–35, and on)."),
        ("A [@knuth1984; also @lamport94, chap. 1].", "A (Knuth 1984; also Lamport 1994, chap. 1)."),
        ("Knuth says [-@knuth1984, p. 3].", "Knuth says (1984, 3)."),
        ("@knuth1984 says.", "Knuth (1984) says."),
        ("@clark2010 [p. 3] says.", "Clark and Murata (2010, 3) says."),
        ("To a@b.org, `[@knuth1984]`.", "To a@b.org, [@knuth1984]."),
    ] {
        assert_eq!(text(None, source), is, "{source}");
    }
}

#[test]
fn citations_are_set_by_number() {
    assert_eq!(text(Some("ieee"), "A [@lamport94] b [@knuth1984; @lamport94]."), "A [1] b [1], [2].");
}

#[test]
fn styles_with_notes_make_notes() {
    let (text, _) = converted(
        Some("chicago-notes-bibliography"),
        "A [@knuth1984, p. 3]. B.[^1]\n\n[^1]: See [@lamport94].",
        "text",
    );
    assert!(text.contains("A.[1] B.[2]"), "{text}");
    assert!(text.contains("Donald E. Knuth, “Literate Programming,”"), "{text}");
}

#[test]
fn what_no_list_has_stays_and_is_told() {
    let (text, said) = converted(None, "A [@Knuth1984] and [@lamport94].", "text");
    assert!(text.contains("A [@Knuth1984] and (Lamport 1994)."), "{text}");
    assert_eq!(said.len(), 1);
    assert_eq!(said[0].code.name, "citation-unknown");
    assert_eq!(said[0].help.as_deref(), Some("did you mean 'knuth1984'?"));
}

#[test]
fn works_are_listed_where_the_text_says() {
    let (text, _) =
        converted(None, "# A\n\n[@lamport94]\n\n# Works\n\n::: {#refs}\n:::\n\n# After\n", "text");
    let places = ["Works", "Lamport, Leslie", "After"].map(|words| text.find(words).expect(words));
    assert!(places.is_sorted(), "{text}");
    let (text, _) = converted(None, "# A\n\n[@lamport94]\n\n# Works cited\n", "text");
    assert!(!text.contains("References"), "{text}");
}

#[test]
fn every_kind_of_work_is_listed_and_led_to() {
    let keys: Vec<&str> =
        LIST.lines().filter_map(|line| line.split_once('{')?.1.split_once(',')).map(|(key, _)| key).collect();
    let mut keys = keys;
    keys.retain(|key| !key.contains('='));
    let source: String = keys.iter().map(|key| format!("[@{key}]\n\n")).collect();
    let converter = Converter::builder().works(works(None)).build();
    let mut said = Vec::new();
    let mut cx = converter.read_context("a.md", &mut said);
    let document = converter.read(source.as_bytes(), Some("markdown"), &mut cx).expect("read");
    let blocks = &document.articles[0].blocks;
    let ids: Vec<&str> = blocks.iter().filter_map(|block| block.attr.as_ref()?.id.as_deref()).collect();
    for block in blocks {
        for link in visit::links(block) {
            if let Target::Anchor(anchor) = &link.target {
                assert!(ids.contains(&&**anchor), "{anchor} in {ids:?}");
            }
        }
    }
    let works = ids.iter().filter(|id| id.starts_with("ref-")).count();
    assert!(works >= 20, "{works} of {}: {said:?}", keys.len());
    assert_eq!(document.articles[0].citations.len(), keys.len());
    let emphasis = |block: &fanfold::model::Block| format!("{block:?}").contains("Emphasis");
    assert!(blocks.iter().any(emphasis) && !format!("{blocks:?}").contains("\\emph"));
    assert!(format!("{blocks:?}").contains("Math"), "a formula in a title is one");
    let _ = InlineKind::SoftBreak;
}

#[test]
fn front_matter_names_lists_and_style() {
    let files = BTreeMap::from([
        ("a.bib".to_owned(), LIST.as_bytes().to_vec()),
        ("b.json".to_owned(), br#"[{"id": "z", "type": "book", "title": "Z", "author": [{"family": "Zed", "given": "A"}], "issued": {"date-parts": [[2001]]}}]"#.to_vec()),
    ]);
    let converter = Converter::default();
    let read = |matter: &str, body: &str| {
        let mut said = Vec::new();
        let source = format!("---\nlang: en\n{matter}\n---\n\n{body}\n");
        let mut cx = converter.read_context("a.md", &mut said).with_loader(&files);
        let document = converter.read(source.as_bytes(), Some("markdown"), &mut cx).expect("read");
        let words: Vec<_> = document.articles[0].blocks.iter().map(fanfold::model::plain_text).collect();
        said.retain(|said| said.code.name != "no-title");
        (words.join("\n"), said.into_iter().map(|said| said.message).collect::<Vec<_>>())
    };
    let (words, said) = read("bibliography: a.bib\ncsl: ieee\nnocite: '@misc'", "A [@lamport94].");
    assert!(words.starts_with("A [1].") && words.contains("Anon"), "{words}");
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].starts_with("a.bib:"), "{said:?}");
    let (words, said) = read("bibliography: [b.json]\nreference-section-title: Works", "A @z says.");
    assert!(words.starts_with("A Zed (2001) says.\nWorks\n"), "{words}");
    assert_eq!(said, [""; 0]);
    let (words, said) = read("bibliography: c.bib", "A [@z].");
    assert!(words.starts_with("A [@z]."), "{words}");
    assert_eq!(said.len(), 2, "{said:?}");
}

#[test]
fn hostile_lists_are_refused_or_read() {
    let deep = "{".repeat(50_000);
    for (name, text) in [
        ("a.bib", format!("@article{{a, title = {deep}")),
        ("a.bib", "@article{a, crossref={a}, title={A}}".to_owned()),
        ("a.bib", "@".repeat(10_000)),
        ("a.bib", "@string{a = b # a}@misc{k, title = a}".to_owned()),
        ("a.json", "[".repeat(100_000)),
        ("a.json", "[{\"id\": {}}, 3, null]".to_owned()),
        ("a.yaml", "a: &a [*a, *a]".to_owned()),
        ("a.yaml", "- ".repeat(100_000)),
        ("a.yaml", "a:\n  type: article\n  date: 99999999999999-99".to_owned()),
    ] {
        let mut works = Works::default();
        let _ = works.add(name, &text);
        let converter = Converter::builder().works(works).build();
        let mut said = Vec::new();
        let mut cx = converter.read_context("a.md", &mut said);
        converter.read(b"A [@a] [@k, p. 99999999999].", Some("markdown"), &mut cx).expect("read");
    }
}

//! Pandoc's JSON out and in again: what the model and pandoc's have in common survives the way.

use crate::common::{cases, write};
use fanfold::Converter;
use fanfold::account::Ledger;
use fanfold::diagnostic::Diagnostic;
use fanfold::format::{Error, Limits, ReadContext};
use fanfold::model::Document;
use std::collections::BTreeSet;

fn read(json: &[u8]) -> (Result<Document, Error>, Vec<Diagnostic>) {
    let (limits, mut sink) = (Limits::default(), Vec::new());
    let mut cx = ReadContext::new("input", &limits, &mut sink);
    let document = Converter::default().read(json, Some("pandoc"), &mut cx);
    (document, sink)
}

fn document(json: &[u8]) -> Document {
    read(json).0.expect("pandoc's JSON is read")
}

#[test]
fn what_was_written_is_read_and_written_the_same() {
    let converter = Converter::default();
    for case in cases() {
        let (of, _) = case.read(&converter);
        let (once, _) = write(&converter, &of, "pandoc");
        let again = document(&once);
        let (twice, _) = write(&converter, &again, "pandoc");
        let (once, twice) = (String::from_utf8_lossy(&once), String::from_utf8_lossy(&twice));
        let differs = once.bytes().zip(twice.bytes()).position(|(a, b)| a != b);
        let around = |s: &str, at: usize| {
            s[s.floor_char_boundary(at.saturating_sub(200))..s.ceil_char_boundary((at + 80).min(s.len()))]
                .to_owned()
        };
        if let Some(at) = differs {
            panic!("{}:\n{}\n--\n{}", case.name, around(&once, at), around(&twice, at));
        }
        assert_eq!(once.len(), twice.len(), "{}", case.name);
    }
}

#[test]
fn the_text_of_both_documents_has_the_same_words() {
    let converter = Converter::default();
    for case in cases() {
        let (of, _) = case.read(&converter);
        let again = document(&write(&converter, &of, "pandoc").0);
        let words = |document: &Document| -> BTreeSet<String> {
            let (text, _) = write(&converter, document, "text");
            let text = String::from_utf8(text).expect("text");
            // Notes that are called twice are two notes on the other side, with other numbers.
            let words: BTreeSet<_> = text.split(|c: char| !c.is_alphabetic()).map(str::to_owned).collect();
            words
        };
        assert_eq!(words(&of), words(&again), "{}", case.name);
    }
}

fn body(blocks: &str) -> Vec<u8> {
    format!("{{\"pandoc-api-version\":[1,23,1],\"meta\":{{}},\"blocks\":{blocks}}}").into_bytes()
}

#[test]
fn typed_facts_survive() {
    use fanfold::model::BlockKind;
    let converter = Converter::default();
    let case = cases().into_iter().find(|c| c.name == "bondarev").expect("the article is a case");
    let (of, _) = case.read(&converter);
    let again = document(&write(&converter, &of, "pandoc").0);
    let facts = |document: &Document| {
        let boxes = document.articles[0].blocks.iter().find_map(|b| match &b.kind {
            BlockKind::Infobox(infobox) => Some(infobox.clone()),
            _ => None,
        });
        let rows = boxes.expect("an infobox").rows;
        rows.iter().map(|r| fanfold::model::plain_text(&r.label)).collect::<Vec<_>>()
    };
    assert_eq!(facts(&of), facts(&again));
    assert!(!facts(&of).is_empty());
}

#[test]
fn raw_mark_up_is_dropped_and_said() {
    let json = body(
        r#"[{"t":"Para","c":[{"t":"Str","c":"a"},{"t":"RawInline","c":["html","<b>"]}]},{"t":"RawBlock","c":["latex","\\vfill"]}]"#,
    );
    let (document, said) = read(&json);
    assert_eq!(document.expect("a document").articles[0].blocks.len(), 1);
    let lost: Vec<_> = said.iter().filter(|d| d.code.name == "raw-dropped").collect();
    let text = std::str::from_utf8(&json).expect("text");
    let places: Vec<_> = lost.iter().map(|d| &text[d.span.expect("a place").range()]).collect();
    assert_eq!(places, ["<b>", r"\\vfill"]);
}

#[test]
fn a_string_has_its_place_in_the_json() {
    use fanfold::model::{BlockKind, InlineKind};
    let json = body(r#"[{"t":"Para","c":[{"t":"Str","c":"one"},{"t":"Space"},{"t":"Str","c":"two"}]}]"#);
    let document = document(&json);
    let BlockKind::Paragraph { content } = &document.articles[0].blocks[0].kind else {
        panic!("a paragraph")
    };
    assert_eq!(content.len(), 1);
    assert_eq!(content[0].kind, InlineKind::Text { text: "one two".into() });
    let place = &json[content[0].span.range()];
    assert!(place.starts_with(b"one") && place.ends_with(b"two"));
}

#[test]
fn bad_json_is_told_with_its_place() {
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    let cases = [
        ("".as_bytes().to_vec(), "empty"),
        (b"{\"pandoc-api-version\":[1,23,1],\"blocks\":[],}".to_vec(), "not readable as JSON"),
        (b"[]".to_vec(), "an object"),
        (
            b"{\"pandoc-api-version\":[1,22],\"meta\":{},\"blocks\":[]}".to_vec(),
            "pandoc-types 1.22 is not known",
        ),
        (b"{\"blocks\":[]}".to_vec(), "pandoc-api-version"),
        (body(r#"[{"t":"Para"}]"#), "content 'c'"),
        (body(r#"[{"t":"Para","c":"x"}]"#), "an array"),
        (body(r#"[{"t":"Para","c":[{"t":"Str","c":1}]}]"#), "a string"),
        (body(r#"[{"t":"Strange","c":[]}]"#), "a block of pandoc-types 1.23"),
        (body(r#"[{"t":"Header","c":[1,["",[],[]]]}]"#), "an array of 3"),
        (body(r#"[{"t":"Para","c":[{"t":"Str","c":"\ud800"}]}]"#), "not readable as JSON"),
        (body(&deep), "the nesting of arrays"),
    ];
    for (json, want) in cases {
        match read(&json).0 {
            Err(error @ (Error::Malformed { span: Some(_), .. } | Error::Limit { span: Some(_), .. })) => {
                let message = error.to_string();
                assert!(message.contains(want), "{message:?} should say {want:?}");
            }
            other => panic!("{want}: {other:?}"),
        }
    }
}

#[test]
fn a_note_that_calls_itself_ends() {
    use fanfold::model::{Article, Block, BlockKind, Inline, InlineKind, Note, NoteId, Span};
    let call = || Inline::new(InlineKind::Note { note: NoteId(0) }, Span::default());
    let paragraph = || Block::new(BlockKind::Paragraph { content: vec![call()] }, Span::default());
    let note = Note::new(vec![paragraph()], Span::default());
    let article = Article { blocks: vec![paragraph()], notes: vec![note], ..Article::default() };
    let of = Document { articles: vec![article], ..Document::default() };
    let (json, _) = write(&Converter::default(), &of, "pandoc");
    assert_eq!(String::from_utf8_lossy(&json).matches("\"Note\"").count(), 1);
}

#[test]
fn a_note_inside_a_note_is_text_after_it() {
    use fanfold::model::{Article, Block, BlockKind, Inline, InlineKind, Note, NoteId, Span};
    let inline = |kind| Inline::new(kind, Span::default());
    let paragraph = |content| Block::new(BlockKind::Paragraph { content }, Span::default());
    let note = |content| Note::new(vec![paragraph(content)], Span::default());
    let text = |text: &str| inline(InlineKind::Text { text: text.into() });
    let call = |n| inline(InlineKind::Note { note: NoteId(n) });
    let article = Article {
        blocks: vec![paragraph(vec![call(0)])],
        notes: vec![note(vec![text("outer"), call(1)]), note(vec![text("inner"), call(0)])],
        ..Article::default()
    };
    let of = Document { articles: vec![article], ..Document::default() };
    let (json, said) = write(&Converter::default(), &of, "pandoc");
    let json = String::from_utf8(json).expect("text");
    let outer = r#"{"t":"Para","c":[{"t":"Str","c":"outer"}]},{"t":"Para","c":[{"t":"Str","c":"inner"}]}"#;
    assert!(json.contains(&format!(r#"{{"t":"Note","c":[{outer}]}}"#)), "{json}");
    assert_eq!(said.iter().map(|d| d.code.name).collect::<Vec<_>>(), ["structure-flattened"]);
}

#[test]
fn a_note_that_nothing_calls_stands_at_the_end() {
    use fanfold::model::{Article, Block, BlockKind, Inline, InlineKind, Note, Span};
    let text = Inline::new(InlineKind::Text { text: "uncalled".into() }, Span::default());
    let paragraph = Block::new(BlockKind::Paragraph { content: vec![text] }, Span::default());
    let note = Note::new(vec![paragraph], Span::default());
    let article = Article { notes: vec![note], ..Article::default() };
    let of = Document { articles: vec![article], ..Document::default() };
    let (json, _) = write(&Converter::default(), &of, "pandoc");
    assert!(String::from_utf8_lossy(&json).contains("uncalled"));
}

#[test]
fn several_articles_stay_several() {
    let converter = Converter::default();
    let (limits, mut sink) = (Limits::default(), Vec::new());
    let mut cx = ReadContext::new("two.txt", &limits, &mut sink);
    let of =
        converter.read(b"= One =\n\nFirst.\n\n= Two =\n\nSecond.\n", None, &mut cx).expect("two articles");
    let again = document(&write(&converter, &of, "pandoc").0);
    let titles: Vec<_> = again.articles.iter().map(|a| fanfold::model::plain_text(&a.meta.title)).collect();
    assert_eq!(titles, ["One", "Two"]);
}

#[test]
fn a_link_that_could_run_code_leaves_its_words() {
    let json = body(
        r#"[{"t":"Para","c":[{"t":"Link","c":[["",[],[]],[{"t":"Str","c":"go"}],["javascript:alert(1)",""]]}]}]"#,
    );
    let (out, said) = write(&Converter::default(), &document(&json), "pandoc");
    let out = String::from_utf8(out).expect("text");
    assert!(out.contains("go") && !out.contains("javascript"), "{out}");
    assert!(said.iter().any(|d| d.code.name == "unsafe-link"));
}

#[test]
fn every_byte_is_accounted_for() {
    let converter = Converter::default();
    let mut sources: Vec<Vec<u8>> =
        cases().iter().map(|case| write(&converter, &case.read(&converter).0, "pandoc").0).collect();
    sources.push(body(
        r#"[{"t":"Para","c":[{"t":"Cite","c":[[{"citationId":"doe99","citationPrefix":[],"citationSuffix":[],"citationMode":{"t":"NormalCitation"},"citationNoteNum":1,"citationHash":0}],[{"t":"Str","c":"[@doe99]"}]]},{"t":"RawInline","c":["tex","\\emph{x}"]},{"t":"Span","c":[["i",["unknown"],[["k","v"]]],[{"t":"Quoted","c":[{"t":"SingleQuote"},[{"t":"Str","c":"q\"q"}]]}]]}]},{"t":"Table","c":[["",[],[]],[[{"t":"Str","c":"short"}],[]],[[{"t":"AlignLeft"},{"t":"ColWidth","c":0.5}]],[["",[],[]],[]],[[["",[],[]],0,[],[[["row",[],[]],[[["",[],[]],{"t":"AlignDefault"},1,1,[{"t":"Plain","c":[{"t":"Str","c":"cell"}]}]]]]]]],[["",[],[]],[]]]}]"#,
    ));
    for source in sources {
        let (limits, mut sink, mut ledger) = (Limits::default(), Vec::new(), Ledger::default());
        let mut cx = ReadContext::new("input", &limits, &mut sink).with_ledger(&mut ledger);
        converter.read(&source, Some("pandoc"), &mut cx).expect("pandoc's JSON is read");
        let totals = ledger.account().expect("the reader keeps account").totals();
        assert_eq!(
            (totals.unaccounted, totals.all()),
            (0, source.len()),
            "{}",
            String::from_utf8_lossy(&source)
        );
    }
}

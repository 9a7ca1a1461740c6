//! Hostile wikitext: whatever is not closed, however much of it, is read in linear time.
#![cfg(feature = "wikitext")]

use fanfold::format::{Limits, ReadContext, Reader};
use fanfold::model::{Block, Document, Inline, visit};
use fanfold::read::Wikitext;

fn read(text: &str) -> Document {
    let limits = Limits::default();
    let mut sink = Vec::new();
    let mut cx = ReadContext::new("page.wiki", &limits, &mut sink);
    Wikitext::default().read(text.as_bytes(), &mut cx).expect("wikitext is never refused")
}

#[derive(Default)]
struct Count {
    nodes: usize,
    depth: usize,
    deepest: usize,
}

impl visit::Visit<'_> for Count {
    fn block(&mut self, block: &Block) {
        self.nodes += 1;
        self.depth += 1;
        self.deepest = self.deepest.max(self.depth);
        visit::walk_block(self, block);
        self.depth -= 1;
    }
    fn inline(&mut self, inline: &Inline) {
        self.nodes += 1;
        self.depth += 1;
        self.deepest = self.deepest.max(self.depth);
        visit::walk_inline(self, inline);
        self.depth -= 1;
    }
}

fn count(document: &Document) -> Count {
    let mut count = Count::default();
    for article in &document.articles {
        visit::walk_article(&mut count, article);
    }
    count
}

/// What is written on and on. `benches/hostile.py` has more, and counts instructions.
#[rustfmt::skip]
const UNITS: &[&str] = &[
    "[[", "]]", "{{", "}}", "{{{", "'''", "''", "'''''", "<", "<b>", "<div>", "</div>", "<ref>", "<ref ",
    "<!--", "{|\n", "{|\n|\n", "|}\n", "|-\n", "*", "*\n", ":;", ";a:b\n", "=", "==\n", "== a\n",
    "[http://a ", "[[a|", "[[File:a|", "{{a|", "{{#if:", "{{#if:a|", "{{lang|de|", "{{{a|", "<nowiki>",
    "&", "&amp", "__", "__TOC__", "http://", "http://a", "ISBN 1", "\0", " a\n", " \n", "a\n\n",
    "<table><tr><td>", "<ul><li>", "<span>a\n\n", "<b><i>", "<ref>a</ref>", "<ref name=a>", "||", "!!",
    "|a||", "{{cite web|title=", "{{convert|1|", "{{x}}", "{{x}} ", "<br", "<b x=\"", "-", "----\n",
    "{|\n|a||b\n!c!!d\n", "[[a]]b", "''[[a|'' ", ":{|\n", "<references>", "<gallery>", "<poem>",
    "<math>", "#REDIRECT [[", "{{!}}", "&#x41;", "-{", "[[[[", "'''a ''b", "<!-- a -->", "#", ";", ":",
    "#\n", "*#:;", "== a ==\n", "{|", "|", "|\n", "!\n", "[http://a b]", "mailto:", "RFC 1",
    "[[File:a|thumb|b]]", "[[Category:a]]", "{{a|b={{c|", "{{a|[[b|", "{{Infobox a|b=", "{{lang|de|a}}",
    "{{#switch:a|", "{{#expr:(", "{{#tag:ref|a}}", "{{PAGENAME}}",
    "<ref name=\"a\">x</ref><ref name=\"a\"/>", "<ref>{{cite web|title=a}}</ref>", "<nowiki",
    "<small><sub><sup>", "<i><b></i>", "<td>", "日本",
];

/// What opens, and what closes it as often.
const NESTED: &[(&str, &str)] = &[
    ("{{a|", "}}"),
    ("{{lang|de|", "}}"),
    ("{{#if:a|", "}}"),
    ("{{{a|", "}}}"),
    ("[[a|", "]]"),
    ("<div>", "</div>"),
    ("<b>", "</b>"),
    ("{|\n|\n", "\n|}\n"),
];

/// All that reading makes: nodes, words, diagnostics.
fn made(text: &str) -> (Count, usize) {
    let limits = Limits::default();
    let mut said = Vec::new();
    let mut cx = ReadContext::new("page.wiki", &limits, &mut said);
    let document = Wikitext::default().read(text.as_bytes(), &mut cx).expect("wikitext is never refused");
    let count = count(&document);
    let words: usize = document.articles.iter().flat_map(|a| &a.blocks).map(|b| b.span.range().len()).sum();
    let size = count.nodes + words + said.iter().map(|d| d.message.len()).sum::<usize>();
    (count, size)
}

/// Twice as much makes twice as much: nodes stay within the bytes, nesting within the limit, and
/// neither blocks nor diagnostics repeat what was said.
#[test]
fn a_picture_is_named_without_its_namespace() {
    for text in ["[[File:A b.jpg|thumb|C]]", "{{Panorama simple|image=Image:A b.jpg|caption=C}}"] {
        let json = serde_json::to_string(&read(text)).expect("a model has JSON");
        assert!(json.contains(r#""source":"A b.jpg""#), "{json}");
    }
}

#[test]
fn hostile_input_makes_no_more_than_its_length() {
    let unclosed = UNITS.iter().map(|&unit| (unit, ""));
    for (open, close) in unclosed.chain(NESTED.iter().copied()) {
        let text = |length: usize| {
            let times = length / (open.len() + close.len());
            open.repeat(times) + &close.repeat(times)
        };
        let (once, twice) = (text(30_000), text(60_000));
        let ((_, small), (found, large)) = (made(&once), made(&twice));
        assert!(found.nodes <= 4 * twice.len() + 10, "{open:?}: {} nodes", found.nodes);
        assert!(found.deepest <= 2 * Limits::default().nesting + 8, "{open:?}: {} deep", found.deepest);
        assert!(large * 10 <= small * 23 + 10_000, "{open:?}: {small}, then {large}");
    }
}

#[test]
fn every_span_lies_in_the_source() {
    struct Spans(usize);
    impl visit::Visit<'_> for Spans {
        fn block(&mut self, block: &Block) {
            assert!(block.span.start <= block.span.end && block.span.end as usize <= self.0, "{block:?}");
            visit::walk_block(self, block);
        }
        fn inline(&mut self, inline: &Inline) {
            assert!(inline.span.start <= inline.span.end && inline.span.end as usize <= self.0, "{inline:?}");
            visit::walk_inline(self, inline);
        }
    }
    let text = "{{Infobox a|name=B|x=[[c]]}}\n'''D'''<ref>{{cite web|title=e|url=http://f}}</ref>\n\n{| \n! g\n|-\n| h || {{lang|de|i}}\n|}\n* j\n** k";
    for article in &read(text).articles {
        visit::walk_article(&mut Spans(text.len()), article);
    }
}

#[test]
fn boxes_galleries_and_categories_of_any_length_are_read_whole() {
    use fanfold::model::BlockKind;
    let many = |count: usize, line: &dyn Fn(usize) -> String| (0..count).map(line).collect::<String>();
    let rows = many(5000, &|n| format!("|row {n} x=value {n}\n|leader_title{n}=t\n|leader_name{n}=n\n"));
    let document = read(&format!("{{{{Infobox thing\n{rows}}}}}"));
    let BlockKind::Infobox(infobox) = &document.articles[0].blocks[0].kind else { panic!("a box") };
    assert!(infobox.rows.len() > 5000, "{}", infobox.rows.len());
    let pictures = many(5000, &|n| format!("{n}.jpg|Picture {n}\n"));
    let document = read(&format!("<gallery>\n{pictures}</gallery>"));
    let BlockKind::Figure { body, .. } = &document.articles[0].blocks[0].kind else { panic!("a gallery") };
    assert_eq!(body.len(), 5000);
    let document = read(&many(40_000, &|n| format!("[[Category:{n}]]\n")));
    assert_eq!(document.articles[0].meta.subjects.len(), 40_000);
    let calls = "b<ref name=\"a\"/> ".repeat(10_000);
    let document = read(&format!("A<ref name=\"a\">Note</ref>{calls}\n\n<references/>"));
    assert_eq!(document.articles[0].notes.len(), 1);
    assert!(count(&document).nodes >= 20_000);
}

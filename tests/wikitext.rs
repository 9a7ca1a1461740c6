//! Hostile wikitext: whatever is not closed, however much of it, is read in linear time.
#![cfg(feature = "wikitext")]

use fanfold::format::{Context, Limits, Reader};
use fanfold::model::{Block, Document, Inline, visit};
use fanfold::read::Wikitext;

fn read(text: &str) -> Document {
    let limits = Limits::default();
    let mut sink = Vec::new();
    let mut cx = Context::new("page.wiki", &limits, &mut sink);
    Wikitext::default().read(text.as_bytes(), &mut cx).expect("wikitext is never refused")
}

#[derive(Default)]
struct Count {
    nodes: usize,
    depth: usize,
    deepest: usize,
}

impl visit::Visit for Count {
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

/// The nodes made and the nesting of `unit` repeated to about `length` bytes stay in bounds.
#[test]
fn hostile_input_makes_no_more_nodes_than_bytes() {
    let length = 200_000;
    let units = [
        "[[",
        "]]",
        "{{",
        "}}",
        "{{{",
        "'''",
        "''",
        "'''''",
        "<",
        "<b>",
        "<div>",
        "</div>",
        "<ref>",
        "<ref ",
        "<!--",
        "{|\n",
        "{|\n|\n",
        "|}\n",
        "|-\n",
        "*",
        "*\n",
        ":;",
        ";a:b\n",
        "=",
        "==\n",
        "== a\n",
        "[http://a ",
        "[[a|",
        "[[File:a|",
        "{{a|",
        "{{#if:",
        "{{#if:a|",
        "{{lang|de|",
        "{{{a|",
        "<nowiki>",
        "&",
        "&amp",
        "__",
        "__TOC__",
        "http://",
        "http://a",
        "ISBN 1",
        "\0",
        " a\n",
        " \n",
        "a\n\n",
        "<table><tr><td>",
        "<ul><li>",
        "<span>a\n\n",
        "<b><i>",
        "<ref>a</ref>",
        "<ref name=a>",
        "||",
        "!!",
        "|a||",
        "{{cite web|title=",
        "{{convert|1|",
        "{{x}}",
        "{{x}} ",
        "<br",
        "<b x=\"",
        "-",
        "----\n",
        "{|\n|a||b\n!c!!d\n",
        "[[a]]b",
        "''[[a|'' ",
        ":{|\n",
        "<references>",
        "<gallery>",
        "<poem>",
        "<math>",
        "#REDIRECT [[",
        "{{!}}",
        "&#x41;",
    ];
    for unit in units {
        let text = unit.repeat(length / unit.len());
        let found = count(&read(&text));
        assert!(found.nodes <= 4 * text.len() + 10, "{unit:?}: {} nodes", found.nodes);
        assert!(found.deepest <= 2 * Limits::default().nesting + 8, "{unit:?}: {} deep", found.deepest);
    }
}

#[test]
fn every_span_lies_in_the_source() {
    struct Spans(usize);
    impl visit::Visit for Spans {
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

//! Markdown that is written is read back as what it was made of.

use crate::common;
use fanfold::Converter;
use fanfold::model::visit::{Visit, walk_block, walk_inline};
use fanfold::model::{Block, BlockKind, Document, Inline, InlineKind};
use proptest::prelude::*;

const DIALECTS: [&str; 4] = ["markdown", "gfm", "commonmark", "pandoc-markdown"];

fn written(converter: &Converter, document: &Document, dialect: &str) -> String {
    String::from_utf8(common::write(converter, document, dialect).0).expect("UTF-8")
}

/// The kinds of a document's nodes in order, each with its own words.
#[derive(Default)]
struct Nodes(Vec<String>);

impl Nodes {
    fn of(document: &Document) -> Vec<String> {
        let mut nodes = Nodes::default();
        for article in &document.articles {
            article.meta.title.iter().for_each(|inline| nodes.inline(inline));
            article.blocks.iter().for_each(|block| nodes.block(block));
            article.notes.iter().flat_map(|note| &note.blocks).for_each(|block| nodes.block(block));
        }
        nodes.0
    }

    fn words(&mut self, text: &str) {
        match self.0.last_mut() {
            Some(last) if last.starts_with('\'') => last.push_str(text),
            _ => self.0.push(format!("'{text}")),
        }
    }
}

impl Visit<'_> for Nodes {
    fn block(&mut self, block: &Block) {
        let kind = match &block.kind {
            BlockKind::Heading { level, .. } => format!("h{}", level.get()),
            BlockKind::List { marker, items, .. } => format!("{marker:?} of {}", items.len()),
            BlockKind::Code { language, text, .. } => format!("{language:?} {text}"),
            kind => format!("{:?}", std::mem::discriminant(kind)),
        };
        self.0.push(kind);
        walk_block(self, block);
        self.0.push("end".to_owned());
    }

    fn inline(&mut self, inline: &Inline) {
        match &inline.kind {
            InlineKind::Text { text } => return self.words(text),
            InlineKind::SoftBreak => return self.words(" "),
            InlineKind::Styled { style, .. } => self.0.push(format!("{style:?}")),
            InlineKind::Link(link) => self.0.push(format!("{:?}", link.target)),
            InlineKind::Image(image) => self.0.push(format!("{image:?}")),
            InlineKind::Code { text } => self.0.push(format!("`{text}")),
            kind => self.0.push(format!("{:?}", std::mem::discriminant(kind))),
        }
        walk_inline(self, inline);
        self.0.push("end".to_owned());
    }
}

/// Shows the first nodes that differ.
fn same(want: &[String], got: &[String], what: &str) {
    let at = want.iter().zip(got).take_while(|(a, b)| a == b).count();
    let near =
        |nodes: &[String]| nodes[at.saturating_sub(2).min(nodes.len())..nodes.len().min(at + 4)].to_vec();
    assert_eq!(near(want), near(got), "{what}");
    assert_eq!(want.len(), got.len(), "{what}");
}

fn comes_back(converter: &Converter, document: &Document, dialect: &str, what: &str) {
    let text = written(converter, document, dialect);
    let (again, _) = common::read(converter, dialect, &text).expect("Markdown");
    same(&Nodes::of(document), &Nodes::of(&again), &format!("{what} in {dialect}:\n{text}"));
    let twice = written(converter, &again, dialect);
    assert_eq!(text, twice, "{what} in {dialect}");
}

/// Every input of a suite: what stands between the name of a case and its first output.
fn inputs(suite: &str) -> Vec<String> {
    let mut inputs: Vec<String> = Vec::new();
    let mut reading = false;
    for line in suite.lines() {
        reading = line.starts_with("@@ ") || reading && !line.starts_with("@= ");
        match inputs.last_mut().filter(|_| !line.starts_with("@@ ")) {
            Some(input) if reading => *input += &format!("{line}\n"),
            None => inputs.push(String::new()),
            _ => {}
        }
    }
    inputs
}

#[test]
fn markdown_comes_back_as_it_was() {
    let converter = Converter::default();
    let goldens =
        common::cases().into_iter().filter(|case| case.input.extension().is_some_and(|e| e == "md"));
    for case in goldens {
        comes_back(&converter, &case.read(&converter).0, "markdown", &case.name);
    }
    for suite in ["pandoc", "obsidian", "others", "github", "anchors"] {
        let path = format!("{}/tests/suite/markdown/{suite}.txt", env!("CARGO_MANIFEST_DIR"));
        for input in inputs(&std::fs::read_to_string(path).expect("a suite")) {
            let (document, _) = common::read(&converter, "markdown", &input).expect("Markdown");
            comes_back(&converter, &document, "markdown", &input);
        }
    }
}

#[test]
fn every_dialect_is_written_so_that_its_reader_reads_it() {
    let converter = Converter::default();
    for case in common::cases() {
        let (document, _) = case.read(&converter);
        for dialect in DIALECTS {
            // Bare addresses of other formats become links on the way, so it is asked of the second text.
            let (first, _) = common::read(&converter, dialect, &written(&converter, &document, dialect))
                .expect("Markdown");
            let text = written(&converter, &first, dialect);
            let (again, _) = common::read(&converter, dialect, &text).expect("Markdown");
            let twice = written(&converter, &again, dialect);
            let (thrice, _) = common::read(&converter, dialect, &twice).expect("Markdown");
            same(&Nodes::of(&again), &Nodes::of(&thrice), &format!("{} in {dialect}", case.name));
        }
    }
}

proptest! {
    #![proptest_config(crate::properties::config(300))]

    /// Words with every sign in them, which a paragraph of text holds: none of them is mark-up.
    #[test]
    fn signs_in_text_are_text(words in "[a-c0-9 *_`\\[\\]<>&;#+\\-.=|~^$:{}!%()@\\\\'\"/?]{1,40}") {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let text = fanfold::model::Node::new(InlineKind::Text { text: words.clone() }, Default::default());
        let block = Block::new(BlockKind::Paragraph { content: vec![text] }, Default::default());
        let article = fanfold::model::Article { blocks: vec![block], ..Default::default() };
        let document = Document { articles: vec![article], ..Default::default() };
        let converter = Converter::default();
        for dialect in DIALECTS {
            let text = written(&converter, &document, dialect);
            let (again, _) = common::read(&converter, dialect, &text).expect("Markdown");
            let shown = again.articles[0].blocks.iter().map(fanfold::model::plain_text).collect::<Vec<_>>().join("\n");
            prop_assert_eq!(&shown, &words, "{}: {}", dialect, text);
        }
    }
}

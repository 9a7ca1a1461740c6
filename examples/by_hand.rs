//! A document that no reader made: built from its nodes, then written.
//!
//! `cargo run --example by_hand`

use fanfold::Converter;
use fanfold::model::{
    Article, Block, BlockKind, Document, Infobox, InfoboxRow, Inline, InlineKind, Language, LanguageTag,
    Meta, Note, NoteId, Span, Style,
};
use std::io;

/// Nodes made by hand stand in no source, so their spans are empty.
const NOWHERE: Span = Span { source: fanfold::model::SourceId(0), start: 0, end: 0 };

fn text(text: &str) -> Inline {
    Inline::text(text, NOWHERE)
}

fn paragraph(content: Vec<Inline>) -> Block {
    Block::paragraph(content, NOWHERE)
}

fn fact(label: &str, value: &str) -> InfoboxRow {
    InfoboxRow {
        label: vec![text(label)],
        value: vec![paragraph(vec![text(value)])],
        key: None,
        span: NOWHERE,
    }
}

fn main() -> Result<(), fanfold::format::Error> {
    let facts = Infobox {
        title: vec![text("Cat")],
        rows: vec![fact("Kingdom", "Animals"), fact("Food", "Mice")],
        ..Infobox::default()
    };
    let mice =
        Inline::new(InlineKind::Styled { style: Style::Emphasis, content: vec![text("mice")] }, NOWHERE);
    let call = Inline::new(InlineKind::Note { note: NoteId(0) }, NOWHERE);
    let language = LanguageTag::new("en").map(Language::given);
    let article = Article {
        meta: Meta { title: vec![text("Cat")], language, ..Meta::default() },
        blocks: vec![
            Block::new(BlockKind::Infobox(Box::new(facts)), NOWHERE),
            paragraph(vec![text("A small animal that eats "), mice, text("."), call]),
            Block::heading(2, vec![text("Its houses")], NOWHERE),
            paragraph(vec![text("It lives with people.")]),
        ],
        notes: vec![Note::new(vec![paragraph(vec![text("And much else.")])], NOWHERE)],
        ..Article::default()
    };
    let document = Document { articles: vec![article], ..Document::default() };

    let (converter, mut diagnostics) = (Converter::default(), Vec::new());
    let mut cx = converter.write_context("by hand", &mut diagnostics);
    converter.write(&document, "text", &mut io::stdout().lock(), &mut cx)
}

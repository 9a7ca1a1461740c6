//! Pandoc's JSON, so that every format pandoc writes is one pipe away:
//! `fanfold convert a.txt -t pandoc | pandoc -f json -o a.docx`.
//!
//! What pandoc's model has no node for becomes a `Div` or `Span` with a class that says what it is
//! (`infobox`, `hatnote`, `kbd` …); [`read::Pandoc`](crate::read::Pandoc) knows these classes again.

mod ast;
mod block;
mod inline;
mod meta;

use crate::format::{Error, Format, WriteContext, Writer};
use crate::json::compact;
use crate::model::{Article, Document, Note, NoteId, Unresolved};
use ast::{Attr, Block, Inline, Pandoc as Whole};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::{self, BufWriter, Write};

/// Writes pandoc's JSON, pandoc-types 1.23.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pandoc;

impl Writer for Pandoc {
    fn format(&self) -> Format {
        crate::json::pandoc::FORMAT
    }

    fn write(
        &self,
        document: &Document,
        out: &mut dyn io::Write,
        cx: &mut WriteContext<'_>,
    ) -> Result<(), Error> {
        let mut out = BufWriter::with_capacity(1 << 16, out);
        let whole = whole(document, cx);
        cx.go_on()?;
        compact::to_writer(&mut out, &whole).map_err(io::Error::from)?;
        out.write_all(b"\n")?;
        out.flush()?;
        Ok(())
    }
}

fn whole<'d>(document: &'d Document, cx: &mut WriteContext<'_>) -> Whole<'d> {
    let meta = meta::of(document, cx);
    let blocks = match document.articles.as_slice() {
        [only] => Translator::new(document, &only.notes, cx).body(only),
        many => many.iter().map(|article| chapter(document, article, cx)).collect(),
    };
    Whole { pandoc_api_version: crate::json::pandoc::API_VERSION, meta, blocks }
}

/// An article of many: a division that starts with its title.
fn chapter<'d>(document: &'d Document, article: &'d Article, cx: &mut WriteContext<'_>) -> Block<'d> {
    let mut translator = Translator::new(document, &article.notes, cx);
    let mut blocks = Vec::with_capacity(article.blocks.len() + 1);
    if !article.meta.title.is_empty() {
        let title = translator.inlines(&article.meta.title);
        blocks.push(Block::Header(1, Attr::default(), title));
    }
    blocks.extend(translator.body(article));
    let mut attr = Attr::class("article");
    if let Some(language) = &article.meta.language {
        attr.set("lang", language.tag.as_str());
    }
    Block::Div(attr, blocks)
}

/// Translates one article's nodes.
struct Translator<'d, 'c, 'x> {
    document: &'d Document,
    notes: &'d [Note],
    cx: &'c mut WriteContext<'x>,
    /// The note being translated, and after it those that are called inside it.
    open: Option<Vec<NoteId>>,
    /// The notes that something called.
    called: BTreeSet<NoteId>,
}

impl<'d, 'c, 'x> Translator<'d, 'c, 'x> {
    fn new(document: &'d Document, notes: &'d [Note], cx: &'c mut WriteContext<'x>) -> Self {
        Translator { document, notes, cx, open: None, called: BTreeSet::new() }
    }

    /// The blocks of an article, and after them the notes that nothing calls.
    fn body(&mut self, article: &'d Article) -> Vec<Block<'d>> {
        let mut blocks = self.blocks(&article.blocks);
        for (number, note) in (0..).zip(self.notes) {
            if !self.called.contains(&NoteId(number)) {
                let note = self.blocks(&note.blocks);
                blocks.push(Block::Div(Attr::class("footnote"), note));
            }
        }
        blocks
    }
}

/// What a node carries, as pandoc has it.
fn attr(attr: Option<&crate::model::Attr>) -> Attr<'_> {
    let mut out = Attr::default();
    let Some(attr) = attr else { return out };
    out.id = attr.id.as_deref().unwrap_or_default().into();
    out.classes = attr.classes.iter().map(|c| Cow::Borrowed(c.as_str())).collect();
    if let Some(lang) = &attr.lang {
        out.set("lang", lang.as_str());
    }
    if let Some(dir) = attr.dir {
        out.set(
            "dir",
            match dir {
                crate::model::Direction::Ltr => "ltr",
                crate::model::Direction::Rtl => "rtl",
            },
        );
    }
    if let Some(title) = &attr.title {
        out.set("title", title.as_str());
    }
    out
}

/// A template that no rule could expand, in attributes of what carries it.
fn of_template<'d>(own: Attr<'d>, unresolved: &'d Unresolved) -> Attr<'d> {
    let mut own = own.with_class(crate::json::pandoc::class::UNRESOLVED);
    own.set("name", unresolved.name.as_str());
    own.set("source", unresolved.source.as_str());
    own
}

/// Inlines as the content of a block.
fn plain(content: Vec<Inline<'_>>) -> Vec<Block<'_>> {
    if content.is_empty() { Vec::new() } else { vec![Block::Plain(content)] }
}

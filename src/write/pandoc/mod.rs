//! Pandoc's JSON, so that every format pandoc writes is one pipe away:
//! `fanfold convert a.txt -t pandoc | pandoc -f json -o a.docx`.
//!
//! What pandoc's model has no node for becomes a `Div` or `Span` with a class that says what it is
//! (`infobox`, `hatnote`, `kbd` …); [`read::Pandoc`](crate::read::Pandoc) knows these classes again.

mod ast;
mod block;
mod inline;
mod meta;
mod translator;

use crate::format::{Error, Format, WriteContext, Writer};
use crate::json::compact;
use crate::model::{Article, Document};
use ast::{Attr, Block, Pandoc as Whole};
use std::io::{self, BufWriter, Write};
use translator::Translator;

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

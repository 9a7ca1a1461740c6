//! Newline-delimited JSON: a block a line ([`Flat`]), or passages of a bounded size ([`Chunks`]).
//!
//! Both are lines of one shape, a [`Passage`]. Identifiers are made from the words and their place in the
//! outline, so that an edit elsewhere in the article changes none of them, and each line says where it stands in
//! the document's text and in its source.

mod cut;
#[cfg(feature = "markdown")]
mod marked;
mod measure;
mod options;
mod page;
mod passage;
mod plain;
mod records;
mod sentence;
mod table;
#[cfg(feature = "tokens")]
mod tokens;

pub use options::{ChunkPages, ChunkTables, ChunkText, Chunks, Tokenizer, Unit};
pub use passage::Passage;
#[cfg(feature = "tokens")]
pub use tokens::TokenizerJson;

use crate::format::{Error, Format, WriteContext, Writer};
use crate::json::compact;
use crate::model::Document;
use measure::{Before, Cut, Measured};
use page::Page;
use records::{Records, Take};
use std::io::{self, BufWriter, Write};

/// Writes one block a line, with the headings above it.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Flat {
    /// Whether blocks say which pages of the PDF they are on; a note, which it is called on.
    pub pages: ChunkPages,
}

crate::format::options!(Flat);

impl Flat {
    /// The blocks of a document, each as a passage.
    ///
    /// # Errors
    /// When it is [stopped](WriteContext::with_stop).
    pub fn passages(&self, document: &Document, cx: &mut WriteContext<'_>) -> Result<Vec<Passage>, Error> {
        gathered(|take| self.each(document, cx, take))
    }

    fn each(&self, document: &Document, cx: &mut WriteContext<'_>, take: Take<'_>) -> Result<(), Error> {
        let chunks = Chunks::default().with(|chunks| chunks.pages = self.pages.clone());
        each(document, &chunks, cx, take, |text| {
            let whole = |&(start, end): &_| Cut { start, end, before: Before::Nothing };
            Ok(text.pieces.iter().map(whole).collect())
        })
    }
}

impl Chunks {
    /// The passages of a document.
    ///
    /// # Errors
    /// When it is [stopped](WriteContext::with_stop), and those of typesetting where pages are asked for.
    pub fn passages(&self, document: &Document, cx: &mut WriteContext<'_>) -> Result<Vec<Passage>, Error> {
        gathered(|take| self.each(document, cx, take))
    }

    fn each(&self, document: &Document, cx: &mut WriteContext<'_>, take: Take<'_>) -> Result<(), Error> {
        each(document, self, cx, take, |text| cut::cuts(text, self.bounds()))
    }
}

fn each(
    document: &Document,
    chunks: &Chunks,
    cx: &mut WriteContext<'_>,
    take: Take<'_>,
    cuts: impl Fn(&Measured<'_>) -> Result<Vec<Cut>, Error>,
) -> Result<(), Error> {
    let mut records = Records::of(document, chunks, cx)?;
    for article in &document.articles {
        let page = Page::of(article, chunks, cx)?;
        let text = Measured::of(&page, &chunks.unit, cx)?;
        records.article(article, &text, &cuts(&text)?, take)?;
    }
    Ok(())
}

impl Writer for Flat {
    fn format(&self) -> Format {
        Format {
            name: "flat",
            aliases: &[],
            extensions: &["ndjson"],
            media_type: "application/x-ndjson",
            text: true,
            description: "a JSON object a line for each block, with its heading path",
        }
    }

    fn write(
        &self,
        document: &Document,
        out: &mut dyn io::Write,
        cx: &mut WriteContext<'_>,
    ) -> Result<(), Error> {
        written(out, |take| self.each(document, cx, take))
    }
}

impl Writer for Chunks {
    fn format(&self) -> Format {
        Format {
            name: "chunks",
            aliases: &[],
            extensions: &["jsonl"],
            media_type: "application/x-ndjson",
            text: true,
            description: "a JSON object a line for each passage of bounded size",
        }
    }

    fn write(
        &self,
        document: &Document,
        out: &mut dyn io::Write,
        cx: &mut WriteContext<'_>,
    ) -> Result<(), Error> {
        written(out, |take| self.each(document, cx, take))
    }
}

/// Passages as they are taken, in a list.
fn gathered(each: impl FnOnce(Take<'_>) -> Result<(), Error>) -> Result<Vec<Passage>, Error> {
    let mut all = Vec::new();
    each(&mut |passage| {
        all.push(passage);
        Ok(())
    })?;
    Ok(all)
}

/// Passages as they are taken, a line each.
fn written(out: &mut dyn io::Write, each: impl FnOnce(Take<'_>) -> Result<(), Error>) -> Result<(), Error> {
    let mut out = BufWriter::new(out);
    each(&mut |passage| {
        compact::to_writer(&mut out, &passage).map_err(io::Error::from)?;
        Ok(out.write_all(b"\n")?)
    })?;
    Ok(out.flush()?)
}

#[cfg(test)]
mod tests;

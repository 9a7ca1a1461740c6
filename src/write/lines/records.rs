//! Passages with all that is known of them.

use super::measure::{Cut, Measured};
use super::options::{ChunkPages, Chunks};
use super::page::{Spot, attribution, brief};
use super::passage::Passage;
use crate::format::{Error, WriteContext};
use crate::model::{Article, Document, plain_text};
use std::collections::HashMap;
use uuid::Uuid;

/// What identifiers of documents are named in, by UUID version 5.
const NAMESPACE: Uuid = Uuid::from_bytes(*b"fanfold passages");

/// What takes passages, one after another.
pub(super) type Take<'t> = &'t mut dyn FnMut(Passage) -> Result<(), Error>;

/// Makes the passages of a document's articles.
pub(super) struct Records<'d, 's> {
    document: &'d Document,
    /// What the document is called.
    name: String,
    /// How often each identifier of an article is given.
    documents: HashMap<String, usize>,
    letters: Option<Letters<'s>>,
    /// Where the pages of the PDF start that start in none of the articles so far.
    starts: Vec<Spot>,
    /// How many pages start in those.
    pages: usize,
}

impl<'d, 's> Records<'d, 's> {
    pub fn of(document: &'d Document, chunks: &Chunks, cx: &WriteContext<'s>) -> Result<Self, Error> {
        let name = cx.source_name().to_owned();
        let letters = Letters::of(document, cx);
        let starts = page_starts(document, chunks, cx)?;
        Ok(Records { document, name, documents: HashMap::new(), letters, starts, pages: 0 })
    }

    /// Makes the passages of an article.
    pub fn article(
        &mut self,
        article: &Article,
        text: &Measured<'_>,
        cuts: &[Cut],
        take: Take<'_>,
    ) -> Result<(), Error> {
        let of = self.known(article);
        let document = Uuid::new_v5(&NAMESPACE, of.document_id.as_bytes());
        let mut given: HashMap<Uuid, u32> = HashMap::with_capacity(cuts.len());
        let mut before: Option<Passage> = None;
        let starts = text.page.starts(&self.starts[self.pages..]);
        let before_article = self.pages;
        self.pages += starts.len();
        let paged = !self.starts.is_empty();
        // What comes before the first page's first words is on it.
        let on = |byte: usize| before_article + starts.partition_point(|start| *start <= byte);
        let on = |byte: usize| paged.then(|| on(byte).max(1) as u32);
        for cut in cuts {
            let mut passage = self.passage(&of, text, cut);
            (passage.page_start, passage.page_end) = (on(cut.start.byte), on(cut.end.byte - 1));
            let mut name = Vec::new();
            for part in passage.headings.iter().chain([&passage.text]) {
                name.extend_from_slice(part.as_bytes());
                // In no UTF-8, so that parts can't run into each other.
                name.push(0xFF);
            }
            let id = Uuid::new_v5(&document, &name);
            let times = given.entry(id).and_modify(|times| *times += 1).or_insert(1);
            // The same words in the same place again.
            let id = if *times == 1 { id } else { Uuid::new_v5(&id, &times.to_be_bytes()) };
            passage.id = id.to_string();
            if let Some(mut before) = before.take() {
                before.next_id = Some(passage.id.clone());
                passage.previous_id = Some(before.id.clone());
                take(before)?;
            }
            before = Some(passage);
        }
        before.map_or(Ok(()), take)
    }

    /// What all passages of an article have.
    fn known(&mut self, article: &Article) -> Passage {
        let (own, all) = (&article.meta, &self.document.meta);
        let title = if own.title.is_empty() { &all.title } else { &own.title };
        let title = Some(brief(&plain_text(title), 500)).filter(|title| !title.is_empty());
        let mut id = self.name.clone();
        if self.document.articles.len() > 1 || id == "-" {
            id.push('#');
            id.push_str(title.as_deref().unwrap_or_default());
        }
        let times = self.documents.entry(id.clone()).and_modify(|times| *times += 1).or_insert(1);
        if *times > 1 {
            id.push_str(&format!("#{times}"));
        }
        let or = |own: &Option<String>, all: &Option<String>| {
            own.as_ref().or(all.as_ref()).map(|words| brief(words, 2000))
        };
        let source = self.document.sources.get(usize::from(article.span.source.0));
        Passage {
            document_id: id,
            title,
            url: or(&own.source_url, &all.source_url),
            revision: or(&own.revision, &all.revision),
            language: own.language.as_ref().or(all.language.as_ref()).map(|l| l.tag.as_str().to_owned()),
            license: or(&own.rights, &all.rights),
            attribution: attribution(article).1,
            source: source.map(|source| source.name.clone()),
            ..Passage::default()
        }
    }

    fn passage(&self, of: &Passage, text: &Measured<'_>, cut: &Cut) -> Passage {
        let page = text.page;
        let first = page.pieces.partition_point(|piece| piece.end <= cut.start.byte);
        let pieces = page.pieces[first..].iter().take_while(|piece| piece.start < cut.end.byte);
        let mut types: Vec<&'static str> = Vec::new();
        let mut path = None;
        for piece in pieces {
            if !types.contains(&piece.kind) {
                types.push(piece.kind);
            }
            // That of its first words; of headings alone, that of the last one.
            if path.is_none_or(|(_, heading)| heading) {
                path = Some((piece.path, piece.level.is_some()));
            }
        }
        let own = &page.text[cut.start.byte..cut.end.byte];
        let repeated = text.repeated(cut);
        let span = page.source(cut.start.byte, cut.end.byte);
        let letter = |byte: u32| self.letters.as_ref()?.at(byte as usize);
        Passage {
            types,
            headings: path.map(|(path, _)| page.paths[path].clone()).unwrap_or_default(),
            byte_start: cut.start.byte,
            byte_end: cut.end.byte,
            char_start: cut.start.char,
            char_end: cut.end.char,
            repeated_bytes: repeated.len(),
            repeated_chars: repeated.chars().count(),
            source_byte_start: span.map(|span| span.start as usize),
            source_byte_end: span.map(|span| span.end as usize),
            source_char_start: span.and_then(|span| letter(span.start)),
            source_char_end: span.and_then(|span| letter(span.end)),
            text: repeated + own,
            ..of.clone()
        }
    }
}

/// Where the pages of the PDF start, in order; none where they are not asked for.
fn page_starts(document: &Document, chunks: &Chunks, cx: &WriteContext<'_>) -> Result<Vec<Spot>, Error> {
    #[cfg(not(feature = "pdf"))]
    let _ = (document, cx);
    match &chunks.pages {
        ChunkPages::None => Ok(Vec::new()),
        #[cfg(feature = "pdf")]
        ChunkPages::Typeset { fonts, style } => {
            let starts = crate::layout::page_starts(document, fonts, style, cx)?;
            // Pages after the last words have none of them.
            let spots = starts.into_iter().map_while(|start| start.at);
            Ok(spots.map(|at| (at.node.source, at.node.start, at.letters as usize)).collect())
        }
    }
}

/// The source's text, in which characters are counted.
struct Letters<'s> {
    text: &'s [u8],
    /// How many characters come before each so many bytes.
    before: Vec<usize>,
}

/// So many bytes are counted at once.
const STEP: usize = 1024;

impl<'s> Letters<'s> {
    /// None when spans point elsewhere than into the bytes at hand.
    fn of(document: &Document, cx: &WriteContext<'s>) -> Option<Self> {
        let [source] = document.sources.as_slice() else { return None };
        let text = cx.source()?;
        std::str::from_utf8(text).ok()?;
        if source.name != cx.source_name() || source.length as usize != text.len() {
            return None;
        }
        let mut before = vec![0];
        let mut chars = 0;
        for bytes in text.chunks(STEP) {
            chars += bytes.iter().filter(|byte| starts_char(**byte)).count();
            before.push(chars);
        }
        Some(Letters { text, before })
    }

    fn at(&self, byte: usize) -> Option<usize> {
        let from = byte / STEP;
        let rest = self.text.get(from * STEP..byte)?;
        Some(self.before.get(from)? + rest.iter().filter(|byte| starts_char(**byte)).count())
    }
}

fn starts_char(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

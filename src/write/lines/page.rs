//! An article as one text, with what stands where in it.

use super::options::{ChunkText, Chunks};
use crate::format::{Error, WriteContext};
use crate::model::{Article, Block, BlockKind, Note, SourceId, Span, Table, plain_text};

/// What stands between two blocks.
pub(super) const GAP: &str = "\n\n";

/// An article's text and its blocks in it.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// The blocks, a blank line between them.
    pub text: String,
    pub pieces: Vec<Piece>,
    /// Where what is where in the source, in the order of the text.
    pub places: Vec<Place>,
    /// The paths of headings that occur.
    pub paths: Vec<Vec<String>>,
}

/// A block of the text.
#[derive(Debug)]
pub(super) struct Piece {
    /// The kind of block, as in the full JSON; `note` for a note.
    pub kind: &'static str,
    /// A heading's level.
    pub level: Option<u8>,
    /// The number of the path of headings above it, a heading itself included.
    pub path: usize,
    pub start: usize,
    pub end: usize,
    /// Where its rows, items or lines start in the text, but for the first.
    pub lines: Vec<usize>,
    /// What is repeated when it is cut after that: a table's header.
    pub head: Option<usize>,
    /// Not to be cut.
    pub whole: bool,
}

/// A part of the text and its place in the source.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub start: usize,
    pub end: usize,
    pub span: Span,
    /// The part is the source's own words, byte for byte.
    pub own: bool,
}

/// A place in the text of a node: its source and first byte there, and how many letters and digits come before.
pub(super) type Spot = (SourceId, u32, usize);

/// What is known while an article is written.
pub(super) struct Writing<'d, 'c, 'x> {
    pub page: Page,
    notes: &'d [Note],
    listed: Vec<bool>,
    /// The headings that are open, with their levels.
    open: Vec<(u8, String)>,
    pub chunks: &'c Chunks,
    pub cx: &'c mut WriteContext<'x>,
    /// In what has to stay on one line.
    pub one_line: bool,
    /// Spaces before the lines of an item.
    pub indent: usize,
}

impl Page {
    /// An article's blocks in order, its notes where the source lists them, else after them. Blocks without words
    /// are left out.
    pub fn of(article: &Article, chunks: &Chunks, cx: &mut WriteContext<'_>) -> Result<Page, Error> {
        let mut writing = Writing {
            page: Page { paths: vec![Vec::new()], ..Page::default() },
            notes: &article.notes,
            listed: vec![false; article.notes.len()],
            open: Vec::new(),
            chunks,
            cx,
            one_line: false,
            indent: 0,
        };
        let (body, _) = attribution(article);
        for block in body {
            writing.cx.go_on()?;
            writing.top(block);
        }
        if writing.listed.contains(&false) {
            writing.open.clear();
            writing.path();
            (0..article.notes.len()).for_each(|number| writing.note(number));
        }
        Ok(writing.page)
    }

    /// Where in the text pages start that start at these places of the source, which are in order: as many as start
    /// in this article or before it.
    pub fn starts(&self, pages: &[Spot]) -> Vec<usize> {
        let mut found = Vec::new();
        for place in &self.places {
            let node = (place.span.source, place.span.start);
            // Of what is no running text all is in one place.
            let within = if place.own { node } else { (node.0, place.span.end.saturating_sub(1)) };
            let mut letters = (0, place.start);
            while let Some(&(source, start, before)) = pages.get(found.len()) {
                if (source, start) > within {
                    break;
                }
                if (source, start) == node && place.own && before > letters.0 {
                    let rest = &self.text[letters.1..place.end];
                    let mut alphanumeric = rest.char_indices().filter(|(_, c)| c.is_alphanumeric());
                    let Some((at, c)) = alphanumeric.nth(before - letters.0 - 1) else { break };
                    letters = (before, letters.1 + at + c.len_utf8());
                }
                found.push(letters.1);
            }
        }
        found
    }

    /// Where a part of the text stands in the source.
    pub fn source(&self, start: usize, end: usize) -> Option<Span> {
        let first = self.places.partition_point(|place| place.end <= start);
        let places = self.places[first..].iter().take_while(|place| place.start < end);
        places.map(|place| place.within(start, end)).reduce(Span::to)
    }
}

impl Place {
    fn within(&self, start: usize, end: usize) -> Span {
        if !self.own {
            return self.span;
        }
        let base = self.span.start as usize;
        let (start, end) = (start.max(self.start) - self.start, end.min(self.end) - self.start);
        Span { source: self.span.source, ..Span::new(base + start, base + end) }
    }
}

impl<'d> Writing<'d, '_, '_> {
    /// A block of the body.
    fn top(&mut self, block: &'d Block) {
        let mut heading = None;
        match &block.kind {
            BlockKind::Notes { notes, .. } => {
                return notes.iter().for_each(|id| self.note(id.0 as usize));
            }
            BlockKind::Heading { level, content } => {
                let words = plain_text(content);
                if words.trim().is_empty() {
                    return;
                }
                let level = level.get();
                self.open.retain(|(above, _)| *above < level);
                self.open.push((level, brief(words.trim(), 500)));
                self.path();
                heading = Some(level);
            }
            BlockKind::Table(table) if lays_out(table) => return self.laid_out(table),
            _ => {}
        }
        self.piece(kind_name(block), heading, std::slice::from_ref(block));
    }

    /// The blocks in the cells of a table that lays them out, each a block of its own.
    fn laid_out(&mut self, table: &Table) {
        let caption = Block::new(BlockKind::Paragraph { content: table.caption.clone() }, Span::default());
        self.piece("table", None, std::slice::from_ref(&caption));
        let rows = table.head.iter().chain(&table.body).chain(&table.foot);
        for block in rows.flat_map(|row| &row.cells).flat_map(|cell| &cell.blocks) {
            match &block.kind {
                BlockKind::Table(table) if lays_out(table) => self.laid_out(table),
                _ => self.piece("table", None, std::slice::from_ref(block)),
            }
        }
    }

    /// Keeps the path of the headings that are open.
    fn path(&mut self) {
        self.page.paths.push(self.open.iter().map(|(_, words)| words.clone()).collect());
    }

    /// A note, unless it is listed already.
    fn note(&mut self, number: usize) {
        let Some(note) = self.notes.get(number) else { return };
        if !std::mem::replace(&mut self.listed[number], true) {
            self.piece("note", None, &note.blocks);
        }
    }

    fn piece(&mut self, kind: &'static str, level: Option<u8>, blocks: &[Block]) {
        let before = self.page.text.len();
        if before > 0 {
            self.page.text.push_str(GAP);
        }
        let start = self.page.text.len();
        let path = self.page.paths.len() - 1;
        let piece =
            Piece { kind, level, path, start, end: start, lines: Vec::new(), head: None, whole: false };
        self.page.pieces.push(piece);
        match self.chunks.text {
            ChunkText::Plain => self.blocks(blocks),
            #[cfg(feature = "markdown")]
            ChunkText::Markdown => self.marked(blocks),
        }
        let Page { text, pieces, places, .. } = &mut self.page;
        text.truncate(text.trim_end().len());
        if text.len() <= start {
            text.truncate(before);
            pieces.pop();
        }
        let end = text.len();
        while places.pop_if(|place| place.start >= end).is_some() {}
        if let Some(place) = places.last_mut() {
            place.end = place.end.min(end);
        }
        if let Some(piece) = pieces.last_mut().filter(|piece| piece.start == start) {
            piece.end = end;
            piece.lines.retain(|&line| line > start && line < end);
        }
    }

    /// The block that is being written.
    pub fn current(&mut self) -> Option<&mut Piece> {
        self.page.pieces.last_mut()
    }

    /// Adds words as they stand, with their place in the source.
    pub fn push(&mut self, words: &str, span: Span) {
        let text = &mut self.page.text;
        let start = text.len();
        text.push_str(words);
        let own = span.range().len() == words.len();
        // What was made of a template's words has no place.
        if !words.is_empty() && !span.is_empty() {
            self.page.places.push(Place { start, end: text.len(), span, own });
        }
    }

    /// Adds what a node is written as; its parts have no places of their own.
    pub fn push_whole(&mut self, words: &str, span: Span) {
        let start = self.page.text.len();
        self.page.text.push_str(words);
        if !words.is_empty() && !span.is_empty() {
            self.page.places.push(Place { start, end: self.page.text.len(), span, own: false });
        }
    }

    /// What a write adds to the text, taken off it again.
    pub fn taken(&mut self, write: impl FnOnce(&mut Self)) -> String {
        let (start, places) = (self.page.text.len(), self.page.places.len());
        write(self);
        self.page.places.truncate(places);
        self.page.text.split_off(start).trim().to_owned()
    }
}

/// An article's body, and the words of the paragraph at its end that says where it is from.
pub(super) fn attribution(article: &Article) -> (&[Block], Option<String>) {
    match article.blocks.split_last() {
        Some((last, body))
            if last.attr.as_ref().is_some_and(|a| a.classes.iter().any(|c| c == "attribution")) =>
        {
            (body, Some(brief(&plain_text(last), 5000)))
        }
        _ => (&article.blocks, None),
    }
}

/// Whether a table lays out others, so that its rows are no lines.
fn lays_out(table: &Table) -> bool {
    let rows = table.head.iter().chain(&table.body).chain(&table.foot);
    let mut blocks = rows.flat_map(|row| &row.cells).flat_map(|cell| &cell.blocks);
    blocks.any(|block| matches!(&block.kind, BlockKind::Table(_)))
}

/// What is said in every passage, cut where it would make up more of them than their text.
pub(super) fn brief(words: &str, most: usize) -> String {
    match words.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", &words[..at]),
        None => words.to_owned(),
    }
}

fn kind_name(block: &Block) -> &'static str {
    match block.kind {
        BlockKind::Heading { .. } => "heading",
        BlockKind::Paragraph { .. } => "paragraph",
        BlockKind::Quote { .. } => "quote",
        BlockKind::List { .. } => "list",
        BlockKind::Definitions { .. } => "definitions",
        BlockKind::Code { .. } => "code",
        BlockKind::Math { .. } => "math",
        BlockKind::Table(_) => "table",
        BlockKind::Infobox(_) => "infobox",
        BlockKind::Figure { .. } => "figure",
        BlockKind::Aside { .. } => "aside",
        BlockKind::Notes { .. } => "notes",
        BlockKind::Rule => "rule",
        BlockKind::Unresolved(_) => "unresolved",
        BlockKind::Unknown(_) => "unknown",
    }
}

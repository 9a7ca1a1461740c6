//! From events to the model.

use super::cjk_strong::{self, ASTERISK};
use super::definition::Definitions;
use super::frame::{DISPLAY, Frame, FrameKind};
use super::mask::{self, unmasked};
use super::metadata::{self, Asked};
use super::place::Place;
use super::region::{NOTHING, Region};
use super::{Dialect, heading_links};
use crate::account::Fate;
use crate::diagnostic::{Diagnostic, Remedy, code};
use crate::format::{Error, ReadContext};
use crate::model::{Asset, Block, BlockKind, Formula, Inline, InlineKind, Meta, Note, NoteId, Span};
use crate::read::html::fragment::Gathered;
use pulldown_cmark::{Event, Parser, TagEnd};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// What was read.
pub(super) struct Body {
    pub meta: Meta,
    pub blocks: Vec<Block>,
    pub notes: Vec<Note>,
    pub assets: BTreeMap<String, Asset>,
    pub asked: Asked,
}

/// Reads a source from the byte `start` on.
///
/// # Errors
/// When there is more HTML than the limits allow.
pub(super) fn read(
    text: &str,
    mut start: usize,
    dialect: Dialect,
    cx: &mut ReadContext<'_>,
) -> Result<Body, Error> {
    let (mut meta, mut asked) = (Meta::default(), Asked::default());
    let block = Some(dialect).filter(|dialect| *dialect != Dialect::CommonMark);
    if let Some(block) = block.and_then(|_| metadata::block(text, start)) {
        meta = metadata::read(text, block, &mut asked, cx);
        start = block.end as usize;
    } else if dialect.pandoc() {
        start = metadata::percent_lines(text, start, &mut meta, cx);
    }
    let masked = mask::masked(&text[start..], start, dialect, true);
    let mut reader = Reader {
        text,
        place: Place::new(start),
        stack: vec![Frame::new(FrameKind::Flat, Span::new(start, text.len()))],
        depth: 0,
        flattened: false,
        meta,
        notes: Vec::new(),
        note_ids: BTreeMap::new(),
        definitions: Definitions::default(),
        dialect,
        regions: masked.regions,
        strong: BTreeSet::new(),
        examples: masked.examples,
        raw: None,
        cells: 0,
        as_pandoc: false,
        gathered: Gathered::default(),
        fault: None,
        citing: dialect.pandoc() && (asked.citing.is_some() || cx.cites()),
        cx,
    };
    reader.said_masked(masked.comments, masked.kept, &Place::new(0));
    let length = masked.text.len();
    let mut given = masked.text;
    let cells = [".qmd", ".Rmd", ".rmd"].iter().any(|extension| reader.cx.source_name().ends_with(extension));
    reader.as_pandoc = dialect == Dialect::Pandoc || (dialect == Dialect::Any && cells);
    if reader.as_pandoc && given.contains('[') || dialect == Dialect::Any && given.contains("][") {
        let links = heading_links::definitions(&given, dialect.options(), reader.as_pandoc);
        given.to_mut().push_str(&links);
    }
    let parser = Parser::new_ext(&given, dialect.options());
    let found = parser.reference_definitions().iter().map(|(label, link)| (label, link.span.clone()));
    reader.definitions = Definitions::new(text, start, found);
    for (event, range) in parser.into_offset_iter() {
        // The caller ends with the reason.
        if reader.cx.go_on().is_err() {
            break;
        }
        // What was added after the text is none of it.
        if range.start < length {
            reader.event(event, range.start..range.end.min(length));
        }
    }
    std::mem::take(&mut reader.definitions).settle(text, start, reader.cx);
    Ok(Body { asked, ..reader.finish()? })
}

pub(super) struct Reader<'a, 'c, 'd> {
    pub text: &'a str,
    /// Where what is parsed stands in the source: the text after a byte order mark and metadata, or a
    /// part of it.
    pub place: Place,
    pub dialect: Dialect,
    /// Whether what pandoc reads and nobody else is read: in its dialect, and in files that are for it.
    pub as_pandoc: bool,
    /// What stands at places that the parser knows as something else.
    pub regions: BTreeMap<u32, Region>,
    /// Where asterisks stand that the parser did not pair.
    pub strong: BTreeSet<usize>,
    /// The numbers of examples by their labels.
    pub examples: BTreeMap<String, u32>,
    /// In a block of raw mark-up: whether it is HTML.
    pub raw: Option<bool>,
    /// How many cells of drawn tables are open.
    pub cells: usize,
    pub stack: Vec<Frame>,
    /// How many frames of the stack become nodes around their content.
    pub depth: usize,
    /// Whether too deep nesting was reported.
    flattened: bool,
    meta: Meta,
    pub notes: Vec<Option<Note>>,
    note_ids: BTreeMap<String, NoteId>,
    pub definitions: Definitions,
    /// What its HTML leaves beside the blocks.
    pub gathered: Gathered,
    /// The limit that some HTML passed.
    pub fault: Option<Error>,
    /// Whether a key without brackets cites a work.
    pub citing: bool,
    pub cx: &'c mut ReadContext<'d>,
}

impl<'a> Reader<'a, '_, '_> {
    fn finish(mut self) -> Result<Body, Error> {
        while self.stack.len() > 1 {
            self.close();
        }
        let last = self.stack.pop();
        let blocks = last.map(|frame| self.blocks_of(frame)).unwrap_or_default();
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        let empty = |i| Note::new(Vec::new(), Span::new(i, i));
        let notes =
            self.notes.into_iter().map(|note| note.unwrap_or_else(|| empty(self.place.start()))).collect();
        let assets = self.gathered.told(self.cx);
        Ok(Body { meta: self.meta, blocks, notes, assets, asked: Asked::default() })
    }

    pub fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        let span = self.place.span(&range);
        if !matches!(event, Event::Start(_) | Event::End(_)) {
            self.definitions.leaf(span);
        }
        match event {
            Event::Start(tag) => self.start_tag(tag, span),
            Event::End(end) => self.end_tag(end),
            Event::Text(text) if self.raw == Some(true) => {
                self.top().html.get_or_insert_default().html(&text, span.start);
            }
            Event::Text(_) if self.raw.is_some() => {}
            Event::Text(text) => match &mut self.top().kind {
                _ if text.contains(ASTERISK) => {
                    self.strong.extend(cjk_strong::signs(&text).map(|at| span.start as usize + at));
                    self.push_text(&unmasked(&text), span);
                }
                FrameKind::Code { text: code, .. } => code.push_str(&unmasked(&text)),
                _ if text.contains(NOTHING) => self.push_parts(&text, span),
                _ => self.push_text(&unmasked(&text), span),
            },
            Event::Code(code) => {
                self.push(InlineKind::Code { text: unmasked(&code).into_owned() }, span);
            }
            // No dollar ends a formula before a digit.
            Event::InlineMath(_)
                if self.text[span.range()].starts_with('$') && self.ends_before_digit(span) =>
            {
                let text = self.text;
                self.push_text(&text[span.range()], span);
            }
            Event::InlineMath(tex) => {
                let tex = unmasked(&tex);
                // GitHub's fences, which keep other mark-up from meaning anything in the formula.
                let fenced = tex.strip_prefix('`').and_then(|tex| tex.strip_suffix('`'));
                self.push(InlineKind::Math(Formula::tex(fenced.unwrap_or(&tex))), span);
            }
            Event::DisplayMath(tex) if self.text[span.range()].starts_with("\\(") => {
                self.push(InlineKind::Math(Formula::tex(tex.trim())), span);
            }
            Event::DisplayMath(tex) => {
                let mut math = Inline::new(InlineKind::Math(Formula::tex(tex.trim())), span);
                math.attr_mut().classes.push(DISPLAY.to_owned());
                self.top().inlines.push(math);
            }
            Event::Html(html) => self.html(&html, span),
            Event::InlineHtml(html) => {
                let top = self.top();
                let before = std::mem::take(&mut top.inlines);
                let before = self.marked(before);
                let top = self.top();
                let running = top.running_html.get_or_insert_default();
                running.inlines(before);
                running.html(&unmasked(&html), span.start);
            }
            Event::FootnoteReference(name) => {
                let note = self.note_id(&name);
                self.push(InlineKind::Note { note }, span);
            }
            Event::SoftBreak => self.push(InlineKind::SoftBreak, span),
            Event::HardBreak => self.push(InlineKind::HardBreak, span),
            Event::Rule => self.push_block(Block::new(BlockKind::Rule, span)),
            Event::TaskListMarker(done) => {
                self.cx.claim(span, Fate::Syntax);
                let item = self.stack.iter_mut().rev().find_map(|frame| match &mut frame.kind {
                    FrameKind::Item { checked } => Some(checked),
                    _ => None,
                });
                if let Some(checked) = item {
                    *checked = Some(done);
                }
            }
        }
    }

    /// Tells what was found while a text was masked.
    pub fn said_masked(&mut self, comments: Vec<Span>, kept: Vec<(Span, &'static str)>, place: &Place) {
        for comment in comments {
            let message = "a comment was left out";
            self.cx.report(Diagnostic::new(&code::COMMENT_DROPPED, place.moved(comment), message));
        }
        for (span, message) in kept {
            self.said_kept(place.moved(span), message);
        }
    }

    /// Reads lines of HTML; in some there may be what stands for something else.
    fn html(&mut self, html: &str, span: Span) {
        if self.regions.range(span.start..span.end.max(span.start + 1)).next().is_none() {
            self.begin_html();
            return self.top().html.get_or_insert_default().html(html, span.start);
        }
        let mut at = span.start as usize;
        for line in html.split_inclusive('\n') {
            let place = Span::new(at, at + line.len());
            if !self.region(place) {
                self.begin_html();
                self.top().html.get_or_insert_default().html(line, place.start);
            }
            at += line.len();
        }
    }

    fn ends_before_digit(&self, span: Span) -> bool {
        self.text[span.end as usize..].starts_with(|c: char| c.is_ascii_digit())
    }

    /// Begins HTML between blocks: what stands before it goes into its tree.
    pub fn begin_html(&mut self) {
        self.end_paragraph();
        let mut before = std::mem::take(&mut self.top().blocks);
        self.captions(&mut before);
        self.top().html.get_or_insert_default().blocks(before);
    }

    fn end_tag(&mut self, end: TagEnd) {
        if end == TagEnd::HtmlBlock || (end == TagEnd::CodeBlock && self.raw.take().is_some()) {
            return;
        }
        let running = matches!(
            end,
            TagEnd::Emphasis
                | TagEnd::Strong
                | TagEnd::Strikethrough
                | TagEnd::Superscript
                | TagEnd::Subscript
                | TagEnd::Link
        );
        if running && self.top().flat > 0 {
            self.top().flat -= 1;
            return;
        }
        while matches!(self.top().kind, FrameKind::Division(_)) {
            self.close();
        }
        if matches!(end, TagEnd::Paragraph) {
            // A paragraph right in an item makes its list loose.
            let list = self.stack.len().checked_sub(3).map(|at| &mut self.stack[at..]);
            if let Some(
                [
                    Frame { kind: FrameKind::List { loose, .. }, .. },
                    Frame { kind: FrameKind::Item { .. }, .. },
                    _,
                ],
            ) = list
            {
                *loose = true;
            }
        }
        self.close();
    }

    /// Ends the paragraph that the running text at hand is.
    pub fn end_paragraph(&mut self) {
        let top = self.top();
        let (inlines, html) = (std::mem::take(&mut top.inlines), top.running_html.take());
        let blocks = self.paragraphs(inlines, html);
        self.top().blocks.extend(blocks);
    }

    pub fn top(&mut self) -> &mut Frame {
        // The document's own frame is taken off only at the end.
        self.stack.last_mut().expect("the document's frame is open")
    }

    /// Opens a frame; a container deeper than the limit is opened as one that leaves no node.
    pub fn open(&mut self, mut kind: FrameKind, span: Span) {
        if is_node(&kind) {
            // Two levels are kept for the paragraph and the text inside.
            if self.depth + 2 >= self.cx.limits().depth() {
                if !self.flattened {
                    self.flattened = true;
                    let message =
                        format!("nested more than {} deep; what is deeper is made flat", self.depth);
                    let said = Diagnostic::new(&code::NESTING_FLATTENED, span, message);
                    self.cx.report(said.remedy(Remedy::Nesting));
                }
                if matches!(kind, FrameKind::Styled(_) | FrameKind::Link(_)) {
                    // Its words join those around it right away: handed on from frame to frame, they would
                    // be moved as often as they are deep.
                    self.top().flat += 1;
                    return;
                }
                kind = FrameKind::Flat;
            } else {
                self.depth += 1;
            }
        }
        self.stack.push(Frame::new(kind, span));
    }

    pub fn push_block(&mut self, block: Block) {
        self.end_paragraph();
        self.top().blocks.push(block);
    }

    pub fn push(&mut self, kind: InlineKind, span: Span) {
        self.top().inlines.push(Inline::new(kind, span));
    }

    /// Adds text. What follows other text without a gap joins it, so that a word is one node.
    pub fn push_text(&mut self, text: &str, span: Span) {
        if let Some(Inline { kind: InlineKind::Text { text: before }, span: before_span, .. }) =
            self.top().inlines.last_mut()
            && before_span.end >= span.start
        {
            before.push_str(text);
            before_span.end = span.end;
            return;
        }
        self.push(InlineKind::Text { text: text.to_owned() }, span);
    }

    /// The note of a name; names differ neither by case nor by white space.
    pub fn note_id(&mut self, name: &str) -> NoteId {
        let key = name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        let next = NoteId(self.notes.len() as u32);
        let id = *self.note_ids.entry(key).or_insert(next);
        if id == next {
            self.notes.push(None);
        }
        id
    }
}

/// Whether a frame becomes a node around its content, and so deepens the tree.
pub(super) fn is_node(kind: &FrameKind) -> bool {
    matches!(
        kind,
        FrameKind::Quote
            | FrameKind::Aside(_)
            | FrameKind::List { .. }
            | FrameKind::Definitions(_)
            | FrameKind::Table { .. }
            | FrameKind::Note { .. }
            | FrameKind::Division(_)
            | FrameKind::Styled(_)
            | FrameKind::Link(_)
    )
}

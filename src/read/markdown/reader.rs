//! From events to the model.

use super::definition::Definitions;
use super::frame::{DISPLAY, Frame, FrameKind};
use super::mask::{self, unmasked};
use super::region::{NOTHING, Region};
use super::{Dialect, attributes, metadata};
use crate::account::Fate;
use crate::diagnostic::{Diagnostic, Remedy, code};
use crate::format::{Error, ReadContext};
use crate::markup::address;
use crate::model::{
    Align, Aside, Asset, Attr, Block, BlockKind, Column, Formula, Inline, InlineKind, Level, Marker, Meta,
    Note, NoteId, NumberStyle, Span, Style,
};
use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, Event, LinkType, Parser, Tag, TagEnd};
use std::collections::BTreeMap;
use std::ops::Range;

/// What was read.
pub(super) struct Body {
    pub meta: Meta,
    pub blocks: Vec<Block>,
    pub notes: Vec<Note>,
    pub assets: BTreeMap<String, Asset>,
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
    let mut meta = Meta::default();
    let block = Some(dialect).filter(|dialect| *dialect != Dialect::CommonMark);
    if let Some(block) = block.and_then(|_| metadata::block(text, start)) {
        meta = metadata::read(text, block, cx);
        start = block.end as usize;
    } else if dialect.pandoc() {
        start = metadata::percent_lines(text, start, &mut meta, cx);
    }
    let masked = mask::masked(&text[start..], start, dialect);
    let mut reader = Reader {
        text,
        start,
        stack: vec![Frame::new(FrameKind::Flat, Span::new(start, text.len()))],
        depth: 0,
        flattened: false,
        meta,
        notes: Vec::new(),
        note_ids: BTreeMap::new(),
        definitions: Definitions::default(),
        dialect,
        regions: masked.regions,
        examples: masked.examples,
        raw: None,
        assets: BTreeMap::new(),
        fault: None,
        cx,
    };
    for comment in masked.comments {
        let message = "a comment was left out";
        reader.cx.report(Diagnostic::new(&code::COMMENT_DROPPED, comment, message));
    }
    for (span, message) in masked.kept {
        reader.said_kept(span, message);
    }
    let parser = Parser::new_ext(&masked.text, dialect.options());
    let found = parser.reference_definitions().iter().map(|(label, link)| (label, link.span.clone()));
    reader.definitions = Definitions::new(&text[start..], found);
    for (event, range) in parser.into_offset_iter() {
        // The caller ends with the reason.
        if reader.cx.go_on().is_err() {
            break;
        }
        reader.event(event, range);
    }
    std::mem::take(&mut reader.definitions).settle(&text[start..], start, reader.cx);
    reader.finish()
}

pub(super) struct Reader<'a, 'c, 'd> {
    pub text: &'a str,
    /// Where the parsed text begins in the source: after a byte order mark and metadata.
    pub start: usize,
    pub dialect: Dialect,
    /// What stands at places that the parser knows as something else.
    regions: BTreeMap<u32, Region>,
    /// The numbers of examples by their labels.
    pub examples: BTreeMap<String, u32>,
    /// In a block of raw mark-up: whether it is HTML.
    raw: Option<bool>,
    pub stack: Vec<Frame>,
    /// How many frames of the stack become nodes around their content.
    pub depth: usize,
    /// Whether too deep nesting was reported.
    flattened: bool,
    meta: Meta,
    pub notes: Vec<Option<Note>>,
    note_ids: BTreeMap<String, NoteId>,
    definitions: Definitions,
    /// Images that addresses in HTML hold.
    pub assets: BTreeMap<String, Asset>,
    /// The limit that some HTML passed.
    pub fault: Option<Error>,
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
        let notes = self.notes.into_iter().map(|note| note.unwrap_or_else(|| empty(self.start))).collect();
        Ok(Body { meta: self.meta, blocks, notes, assets: self.assets })
    }

    pub fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        let span = Span::new(self.start + range.start, self.start + range.end);
        if !matches!(event, Event::Start(_) | Event::End(_)) {
            self.definitions.leaf(range);
        }
        match event {
            Event::Start(tag) => self.start_tag(tag, span),
            Event::End(end) => self.end_tag(end),
            Event::Text(text) if self.raw == Some(true) => {
                self.top().html.get_or_insert_default().html(&text, span.start);
            }
            Event::Text(_) if self.raw.is_some() => {}
            Event::Text(text) => match &mut self.top().kind {
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
            Event::Html(_) if self.region(span) => {}
            Event::Html(html) => {
                self.begin_html();
                self.top().html.get_or_insert_default().html(&html, span.start);
            }
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

    fn ends_before_digit(&self, span: Span) -> bool {
        self.text[span.end as usize..].starts_with(|c: char| c.is_ascii_digit())
    }

    fn start_tag(&mut self, tag: Tag<'_>, span: Span) {
        let kind = match tag {
            Tag::Paragraph => FrameKind::Paragraph,
            Tag::Heading { level, .. } => FrameKind::Heading(Level::clamped(level as usize)),
            Tag::BlockQuote(None) => FrameKind::Quote,
            Tag::BlockQuote(Some(kind)) => {
                let start = span.start as usize;
                if let Some((open, length)) = self.text[start..]
                    .find("[!")
                    .and_then(|open| Some((start + open, self.text[start + open..].find(']')? + 1)))
                {
                    self.cx.claim(Span::new(open, open + length), Fate::Syntax);
                }
                FrameKind::Aside(match kind {
                    BlockQuoteKind::Note => Aside::Note,
                    BlockQuoteKind::Tip => Aside::Tip,
                    BlockQuoteKind::Important => Aside::Important,
                    BlockQuoteKind::Warning => Aside::Warning,
                    BlockQuoteKind::Caution => Aside::Caution,
                })
            }
            Tag::CodeBlock(kind) => {
                let CodeBlockKind::Fenced(info) = &kind else {
                    return self.open(FrameKind::Code { language: None, text: String::new() }, span);
                };
                if self.raw_block(info, span) {
                    return;
                }
                let mut attr = None;
                let language = self.code_language(info, span, &mut attr);
                self.open(FrameKind::Code { language, text: String::new() }, span);
                self.top().attr = attr;
                return;
            }
            Tag::HtmlBlock => return,
            Tag::List(_) if self.is_admonition(span) => FrameKind::Flat,
            Tag::Item if self.is_admonition(span) => {
                self.open(FrameKind::Flat, span);
                self.region(span);
                return;
            }
            Tag::List(first) => {
                let marker = match first {
                    None => Marker::Bullet,
                    Some(n) => {
                        let (start, style) = match self.region_at(span) {
                            Some(Region::Item(start, style)) => (*start, *style),
                            _ => (u32::try_from(n).unwrap_or(u32::MAX), NumberStyle::Decimal),
                        };
                        Marker::Ordered { start, style }
                    }
                };
                FrameKind::List { marker, loose: false, items: Vec::new() }
            }
            Tag::Item => FrameKind::Item { checked: None },
            Tag::FootnoteDefinition(name) => FrameKind::Note { name: name.into_string() },
            Tag::DefinitionList => FrameKind::Definitions(Vec::new()),
            Tag::DefinitionListTitle => FrameKind::Term,
            Tag::DefinitionListDefinition => FrameKind::Detail,
            Tag::Table(alignments) => FrameKind::Table {
                columns: alignments.into_iter().map(column).collect(),
                head: Vec::new(),
                body: Vec::new(),
            },
            Tag::TableHead => FrameKind::Row { head: true, cells: Vec::new() },
            Tag::TableRow => FrameKind::Row { head: false, cells: Vec::new() },
            Tag::TableCell => FrameKind::Cell,
            Tag::Emphasis => FrameKind::Styled(Style::Emphasis),
            Tag::Strong => FrameKind::Styled(Style::Strong),
            Tag::Strikethrough => FrameKind::Styled(Style::Strikeout),
            Tag::Superscript => FrameKind::Styled(Style::Superscript),
            Tag::Subscript => FrameKind::Styled(Style::Subscript),
            Tag::Link { link_type, dest_url, title, id } => {
                self.label(link_type, &id, span);
                let address = match link_type {
                    LinkType::Email => format!("mailto:{dest_url}"),
                    _ => unmasked(&dest_url).into_owned(),
                };
                let kind = self.link(address, span);
                self.open(kind, span);
                self.set_title(&title);
                return;
            }
            Tag::Image { link_type, dest_url, title, id } => {
                self.label(link_type, &id, span);
                self.open(FrameKind::Image { source: unmasked(&dest_url).into_owned() }, span);
                self.set_title(&title);
                return;
            }
            // Not asked for: the block at the start is read before, elsewhere there is none.
            Tag::MetadataBlock(_) => FrameKind::Flat,
        };
        self.open(kind, span);
    }

    /// The language of a code block: the first word after its fence. What follows it is not kept.
    fn code_language(&mut self, info: &str, span: Span, attr: &mut Option<Box<Attr>>) -> Option<String> {
        let braced = Some(info.trim_start()).filter(|info| self.dialect.pandoc() && info.starts_with('{'));
        if let Some(mut found) = braced.and_then(attributes::parse) {
            let language = (!found.classes.is_empty()).then(|| found.classes.remove(0));
            self.give(attr, None, found, self.info(info, span));
            *attr = attr.take().filter(|attr| !attr.is_empty());
            return language;
        }
        // Cells of notebooks have the language in braces.
        let info = braced.map_or(info, |info| info[1..].trim_end().trim_end_matches('}'));
        let language = info.split([' ', '\t', ',']).find(|word| !word.is_empty())?;
        let start = span.start as usize;
        let line = self.text[start..span.end as usize].lines().next().unwrap_or_default();
        let rest = line.find(language).map_or(line.len(), |at| at + language.len());
        if let Some((open, found)) = attributes::at_end(line).filter(|_| self.dialect.pandoc())
            && line[rest..open].trim().is_empty()
        {
            self.give(attr, None, found, Span::new(start + open, start + line.trim_end().len()));
            *attr = attr.take().filter(|attr| !attr.is_empty());
            return Some(language.to_owned());
        }
        if line[rest..].contains(char::is_alphanumeric) {
            let message = "what follows the language of the code is not kept";
            let span = Span::new(start + rest, start + line.trim_end().len());
            self.cx.report(Diagnostic::new(&code::ATTRIBUTE_DROPPED, span, message));
        }
        Some(language.to_owned())
    }

    /// Where what follows a fence stands.
    fn info(&self, info: &str, span: Span) -> Span {
        let start = span.start as usize;
        let line = self.text[start..span.end as usize].lines().next().unwrap_or_default();
        let at = line.find(info.trim()).unwrap_or(line.len());
        Span::new(start + at, start + line.trim_end().len())
    }

    /// Begins a block of raw mark-up, where the fence says that it is one.
    fn raw_block(&mut self, info: &str, span: Span) -> bool {
        if !self.dialect.pandoc() {
            return false;
        }
        let Some(format) = attributes::parse(info.trim()).and_then(|found| found.raw) else { return false };
        self.cx.claim(self.info(info, span), Fate::Syntax);
        self.raw = Some(attributes::is_html(&format));
        if self.raw == Some(true) {
            self.begin_html();
        } else {
            self.raw_dropped(&format, span);
        }
        true
    }

    /// Begins HTML between blocks: what stands before it goes into its tree.
    fn begin_html(&mut self) {
        self.end_paragraph();
        let mut before = std::mem::take(&mut self.top().blocks);
        self.captions(&mut before);
        self.top().html.get_or_insert_default().blocks(before);
    }

    fn region_at(&self, span: Span) -> Option<&Region> {
        self.regions.range(span.start..span.start + 4).next().map(|(_, region)| region)
    }

    fn is_admonition(&self, span: Span) -> bool {
        matches!(self.regions.get(&span.start), Some(Region::Open(..)))
    }

    /// Does what the mark-up of a place says that stands there for the parser; whether there is any.
    fn region(&mut self, span: Span) -> bool {
        let Some((&at, _)) = self.regions.range(span.start..span.end.max(span.start + 1)).next() else {
            return false;
        };
        match self.regions.remove(&at) {
            Some(Region::Open(span, division)) => {
                self.cx.claim(span, Fate::Syntax);
                if let Some(title) = division.title {
                    self.cx.claim(title, Fate::Rendered);
                }
                self.end_paragraph();
                self.open(FrameKind::Division(Box::new(division)), span);
            }
            Some(Region::Close(span)) => {
                self.cx.claim(span, Fate::Syntax);
                if matches!(self.top().kind, FrameKind::Division(_)) {
                    self.close();
                }
            }
            _ => {}
        }
        true
    }

    /// Adds the parts of a text between what was left out of it.
    fn push_parts(&mut self, text: &str, span: Span) {
        let (mut at, mut spaced) = (span.start as usize, false);
        for mut part in text.split(NOTHING) {
            // Of the spaces around it one is left.
            if spaced && part.starts_with(' ') {
                part = &part[1..];
                at += 1;
            }
            spaced = if part.is_empty() { spaced } else { part.ends_with(' ') };
            if !part.is_empty() {
                self.push_text(&unmasked(part), Span::new(at, at + part.len()));
            }
            at += part.len() + 1;
        }
    }

    /// Notes which definition a link takes its address from.
    fn label(&mut self, link_type: LinkType, label: &str, span: Span) {
        match link_type {
            LinkType::Reference => {
                self.definitions.uses(label);
                let link = &self.text[span.range()];
                let open = link.rfind(&format!("[{label}]")).or_else(|| link.rfind('[')).unwrap_or_default();
                self.cx.claim(Span::new(span.start as usize + open, span.end as usize), Fate::Syntax);
            }
            LinkType::Collapsed | LinkType::Shortcut => self.definitions.uses(label),
            _ => {}
        }
    }

    fn set_title(&mut self, title: &str) {
        let top = self.top();
        if !title.is_empty() && top.flat == 0 && !matches!(top.kind, FrameKind::Flat) {
            self.top().attr.get_or_insert_default().title = Some(title.to_owned());
        }
    }

    /// What a link becomes: its words alone when its address could run code or read files.
    pub fn link(&mut self, address: String, span: Span) -> FrameKind {
        match address::target(&address) {
            Ok(target) => FrameKind::Link(target),
            Err(unsafe_scheme) => {
                self.cx.report(Diagnostic::new(&code::UNSAFE_LINK, span, unsafe_scheme));
                FrameKind::Flat
            }
        }
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

fn column(alignment: Alignment) -> Column {
    let align = match alignment {
        Alignment::None => None,
        Alignment::Left => Some(Align::Start),
        Alignment::Center => Some(Align::Center),
        Alignment::Right => Some(Align::End),
    };
    Column { align }
}

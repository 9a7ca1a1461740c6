//! The table of contents: a title and a page number a line, with leaders between them.

use super::flow::{Flow, Frame};
use super::inline::{Line, LineShape, TextAlign, TextStyle};
use super::length::Length;
use super::page::{Color, Item, ItemKind, Link, LinkArea, Path, Segment, Tag};
use super::section::Sections;
use super::structure::{Numbering, Role, StructId};
use super::tree::{Tree, listed};
use super::vertical::{Break, Galley, Glue, Piece, Setting, baseline};
use crate::format::Error;
use crate::model::{Block, BlockKind, Document, Inline, InlineKind, Span, Target, plain_text};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// The table, set but for the numbers of pages.
pub(super) struct Contents {
    pieces: Vec<Piece>,
    entries: Vec<Entry>,
}

/// An entry, and what its line wants when the page of its heading is known.
struct Entry {
    /// The heading's element.
    heading: StructId,
    title: String,
    bold: bool,
    /// The element of its link.
    owner: StructId,
    /// Its pieces, and where the words are in the last of them.
    pieces: Range<usize>,
    x: Length,
    width: Length,
}

/// Where a heading came to stand.
pub(super) struct Found<'f> {
    /// The page's number as it stands on it.
    pub folio: String,
    /// The anchor that leads to the heading.
    pub anchor: Option<&'f str>,
}

/// Sets the table for what stands in the document; how many pages it takes does not depend on where that
/// will stand.
pub(super) fn set(flow: &mut Flow<'_, '_, '_>, frame: &Frame) -> Result<Option<Contents>, Error> {
    let (tree, document) = (flow.tree, flow.document);
    let Some(contents) = &tree.contents else { return Ok(None) };
    let mut galley = Galley::default();
    let title_node = tree.child(tree.child(contents.node, &Role::Caption), &Role::Paragraph);
    let mut inner = frame.clone();
    (inner.text.size, inner.text.leading) = (frame.text.size.scale(160, 100), frame.text.leading * 2);
    (inner.text.bold, inner.text.align) = (true, TextAlign::Start);
    (inner.text.family, inner.text.color) = (flow.typesetter.heading_family(), flow.style.colors.headings);
    let title = flow.shape(&text(word(frame)), &inner.text, title_node);
    flow.set(&title, &inner, Glue::default(), &mut galley)?;
    if let Some(first) = galley.pieces.first_mut() {
        first.keep = Break::Always;
    }
    galley.space(Glue { natural: frame.text.leading, ..Glue::default() });
    galley.keep_with_next();
    let numbers = if flow.style.headings.numbered { numbers(document, tree) } else { HashMap::new() };
    let top = listed(document, tree).map(|heading| heading.level).min().unwrap_or(0);
    let mut entries = Vec::with_capacity(contents.items.len());
    for (listed, &item) in listed(document, tree).zip(&contents.items) {
        let heading = match listed.block {
            Some(block) => tree.block(block).map(|block| block.node),
            None => tree.article(listed.article).map(|article| article.title),
        };
        let Some(heading) = heading else { continue };
        let number = listed.block.and_then(|block| numbers.get(&std::ptr::from_ref(block)));
        let title = number.cloned().unwrap_or_default() + &plain_text(listed.words);
        let owner = tree.child(item, &Role::Link);
        let depth = i64::from(listed.level - top).min(2);
        let (x, width) = (Length::ZERO, Length::ZERO);
        let (title, bold) = (title.trim().to_owned(), depth == 0);
        let mut entry = Entry { heading, title, bold, owner, pieces: 0..0, x, width };
        entry.set(depth, flow, frame, &mut galley);
        entries.push(entry);
    }
    Ok(Some(Contents { pieces: galley.take(), entries }))
}

/// What stands before the words of each heading.
fn numbers(document: &Document, tree: &Tree) -> HashMap<*const Block, String> {
    let mut numbers = HashMap::new();
    for article in &document.articles {
        let mut sections = Sections::default();
        for block in &article.blocks {
            if let BlockKind::Heading { level, .. } = &block.kind
                && !tree.is_left_out(block)
            {
                sections.open(level.get());
                numbers.insert(std::ptr::from_ref(block), sections.prefix());
            }
        }
    }
    numbers
}

fn text(text: &str) -> [Inline; 1] {
    [Inline::new(InlineKind::Text { text: text.to_owned() }, Span::default())]
}

impl Entry {
    fn style(&self, frame: &Frame) -> TextStyle {
        let mut style = frame.text.clone();
        (style.align, style.hyphenate, style.bold) = (TextAlign::Start, false, self.bold);
        style
    }

    /// Sets its words.
    fn set(&mut self, depth: i64, flow: &mut Flow<'_, '_, '_>, frame: &Frame, galley: &mut Galley) {
        let style = self.style(frame);
        let (rtl, em) = (style.rtl, style.size);
        let (indent, folio) = (em.scale(14, 10) * depth, folio_width(em));
        let words = flow.shape(&text(&self.title), &style, self.owner);
        let width = (frame.width - indent - folio).max(em * 4);
        let x = if rtl { folio } else { indent };
        let lines = words.lines(&LineShape { first: Vec::new(), rest: (x, width) }, 0);
        if self.bold {
            galley.space(frame.white(3));
        }
        let last = lines.iter().rev().find(|line| !line.items.is_empty());
        // At the start of their place.
        let start = |line: &Line| if rtl { line.x + line.width - line.set } else { line.x };
        (self.x, self.width) = last.map(|line| (start(line), line.set)).unwrap_or_default();
        let first = galley.pieces.len();
        for piece in (Setting { leading: style.leading, together: true }).pieces(lines) {
            galley.push(piece);
        }
        self.pieces = first..galley.pieces.len();
    }

    /// The dots and the number of the page.
    fn number(&self, folio: &str, flow: &mut Flow<'_, '_, '_>, frame: &Frame) -> Vec<Item> {
        let mut style = self.style(frame);
        let (rtl, em, leading) = (style.rtl, style.size, style.leading);
        style.align = TextAlign::End;
        // The second leaf of the link.
        let second = Numbering::from(StructId(self.owner.0 + 2));
        let set = flow.shape_part(&text(folio), &style, self.owner, second);
        let x = if rtl { Length::ZERO } else { frame.width - folio_width(em) };
        let shape = LineShape { first: Vec::new(), rest: (x, folio_width(em)) };
        let line = set.lines(&shape, 0).into_iter().next();
        let (edge, gap) = (flow.width_of(folio, &style), em.scale(5, 10));
        let (from, to) = if rtl {
            (edge + gap, self.x - gap)
        } else {
            (self.x + self.width + gap, frame.width - edge - gap)
        };
        let mut items: Vec<Item> = leader(from, to, baseline(leading), em, style.color).into_iter().collect();
        let setting = Setting { leading, together: true };
        items.extend(line.into_iter().flat_map(|line| setting.piece(line, Break::Never).items));
        items
    }
}

/// The width that a number may have.
fn folio_width(em: Length) -> Length {
    em * 3
}

impl Contents {
    /// Its pieces, without the numbers.
    pub fn pieces(&self) -> impl Iterator<Item = Piece> {
        self.pieces.iter().cloned()
    }

    /// Its pieces, with the numbers of the pages that the headings are found on, dots that lead to them, and
    /// links.
    pub fn filled<'f>(
        mut self,
        flow: &mut Flow<'_, '_, '_>,
        frame: &Frame,
        find: impl Fn(StructId) -> Option<Found<'f>>,
    ) -> Vec<Piece> {
        for entry in &self.entries {
            let Some(found) = find(entry.heading) else { continue };
            let lines = &mut self.pieces[entry.pieces.clone()];
            if let Some(last) = lines.iter_mut().rev().find(|piece| !piece.items.is_empty()) {
                last.items.extend(entry.number(&found.folio, flow, frame));
            }
            let Some(anchor) = found.anchor else { continue };
            let target = Target::Anchor(anchor.to_owned());
            let link = Arc::new(Link { target, contents: entry.title.clone(), owner: entry.owner });
            for piece in lines {
                piece.links.push(LinkArea {
                    x: Length::ZERO,
                    y: Length::ZERO,
                    width: frame.width,
                    height: piece.height,
                    link: link.clone(),
                });
            }
        }
        self.pieces
    }
}

/// Dots from one place to another. They stand under each other on all lines, and are drawn rather
/// than set, so that nobody has to hear or copy them.
fn leader(from: Length, to: Length, baseline: Length, em: Length, color: Color) -> Option<Item> {
    let (step, side) = (em.scale(6, 10), em.scale(8, 100));
    let mut segments = Vec::new();
    let mut x = step * ((from.0 + step.0 - 1) / step.0.max(1));
    while x + side <= to {
        segments.extend([
            Segment::Move(x, baseline),
            Segment::Line(x + side, baseline),
            Segment::Line(x + side, baseline - side),
            Segment::Line(x, baseline - side),
            Segment::Close,
        ]);
        x += step;
    }
    let path = Path { segments, fill: Some(color), stroke: None };
    (!path.segments.is_empty()).then(|| Item { tag: Tag::Layout, kind: ItemKind::Path(Box::new(path)) })
}

/// The title of the table in the text's language.
fn word(frame: &Frame) -> &'static str {
    match frame.text.language.as_ref().map_or("", |l| l.primary()) {
        "de" => "Inhalt",
        "fr" => "Table des matières",
        "es" => "Índice",
        "it" => "Indice",
        "pt" => "Sumário",
        "nl" => "Inhoud",
        "pl" => "Spis treści",
        "cs" | "sk" => "Obsah",
        "ru" => "Содержание",
        "uk" => "Зміст",
        "el" => "Περιεχόμενα",
        "sv" => "Innehåll",
        "tr" => "İçindekiler",
        "he" => "תוכן העניינים",
        "ar" => "المحتويات",
        _ => "Contents",
    }
}

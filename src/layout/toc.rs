//! The table of contents: a title and a page number a line, with leaders between them.

use super::flow::{Flow, Frame};
use super::inline::{LineShape, TextAlign};
use super::length::Length;
use super::page::{Color, Item, ItemKind, Link, LinkArea, Path, Segment, Tag};
use super::structure::{Numbering, Place, Role, StructId};
use super::vertical::{Break, Galley, Glue, Setting, baseline};
use crate::format::Error;
use crate::model::{Inline, InlineKind, Span, Target};
use std::sync::Arc;

/// Headings that are entries: the title and two levels of sections.
const DEEPEST: u8 = 3;

/// A heading where it was set.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// 0 for the title of an article, else the heading's level.
    pub level: u8,
    pub title: String,
    /// The anchor that leads to it.
    pub anchor: Option<String>,
    pub place: Place,
}

/// An entry as it is to be read.
pub(super) struct Line<'e> {
    pub entry: &'e Entry,
    pub depth: i64,
    /// The page's label.
    pub folio: String,
}

/// The lines of the table, from what a first setting found. `front` pages stand before the text.
pub(super) fn lines(entries: &[Entry], book: bool, front: usize) -> Vec<Line<'_>> {
    let wanted = |e: &&Entry| e.level <= DEEPEST && (book || e.level > 0) && !e.title.is_empty();
    let top = entries.iter().filter(wanted).map(|e| e.level).min().unwrap_or(0);
    let line = |entry: &'_ Entry| (i64::from(entry.level - top), (entry.place.page + 1 - front).to_string());
    entries
        .iter()
        .filter(wanted)
        .map(|entry| {
            let (depth, folio) = line(entry);
            Line { entry, depth: depth.min(2), folio }
        })
        .collect()
}

pub(super) fn set(
    flow: &mut Flow<'_, '_, '_>,
    lines: &[Line<'_>],
    frame: &Frame,
    galley: &mut Galley,
) -> Result<(), Error> {
    let Some(contents) = &flow.tree.contents else { return Ok(()) };
    let heading = Inline::new(InlineKind::Text { text: word(frame).into() }, Span::default());
    let title_node = flow.tree.child(contents.node, &Role::Paragraph);
    let mut style = frame.text.clone();
    (style.size, style.leading) = (style.size.scale(160, 100), style.leading * 2);
    (style.bold, style.align) = (true, TextAlign::Start);
    let title = flow.shape(&[heading], &style, title_node);
    let mut inner = frame.clone();
    inner.text = style.clone();
    flow.set(&title, &inner, Glue::default(), galley)?;
    if let Some(first) = galley.pieces.first_mut() {
        first.keep = Break::Always;
    }
    galley.space(Glue { natural: frame.text.leading, ..Glue::default() });
    galley.keep_with_next();
    for (line, &item) in lines.iter().zip(&contents.items) {
        entry(flow, line, item, frame, galley);
    }
    Ok(())
}

fn entry(flow: &mut Flow<'_, '_, '_>, line: &Line<'_>, item: StructId, frame: &Frame, galley: &mut Galley) {
    let owner = flow.tree.child(item, &Role::Link);
    let mut style = frame.text.clone();
    (style.align, style.hyphenate, style.bold) = (TextAlign::Start, false, line.depth == 0);
    let text = |text: &str| [Inline::new(InlineKind::Text { text: text.to_owned() }, Span::default())];
    let rtl = style.rtl;
    let em = style.size;
    let indent = em.scale(14, 10) * line.depth;
    let folio_width = em * 3;
    let title = flow.shape(&text(&line.entry.title), &style, owner);
    let shape_of = |x: Length, width: Length| LineShape { first: Vec::new(), rest: (x, width) };
    let title_width = (frame.width - indent - folio_width).max(em * 4);
    let title_x = if rtl { folio_width } else { indent };
    let title_lines = title.lines(&shape_of(title_x, title_width), 0);
    let mut folio_style = style.clone();
    folio_style.align = TextAlign::End;
    // The second leaf of the link.
    let second = Numbering::from(StructId(owner.0 + 2));
    let folio = flow.shape_part(&text(&line.folio), &folio_style, owner, second);
    let folio_x = if rtl { Length::ZERO } else { frame.width - folio_width };
    let folio_line = folio.lines(&shape_of(folio_x, folio_width), 0).into_iter().next();
    let folio_edge = flow.width_of(&line.folio, &folio_style);
    if line.depth == 0 {
        galley.space(frame.white(3));
    }
    let last = title_lines.iter().rposition(|l| !l.items.is_empty());
    // Where the words of each line are: at the start of its place.
    let start = |line: &super::inline::Line| if rtl { line.x + line.width - line.set } else { line.x };
    let ends: Vec<(Length, Length)> = title_lines.iter().map(|l| (start(l), l.set)).collect();
    let setting = Setting { leading: style.leading, together: true };
    let mut folio_piece = folio_line.map(|l| setting.piece(l, Break::Never));
    for (index, mut piece) in setting.pieces(title_lines).into_iter().enumerate() {
        if Some(index) == last {
            let (x, width) = ends[index];
            let gap = em.scale(5, 10);
            let (from, to) = if rtl {
                (folio_edge + gap, x - gap)
            } else {
                (x + width + gap, frame.width - folio_edge - gap)
            };
            piece.items.extend(leader(from, to, baseline(style.leading), em));
            if let Some(folio) = folio_piece.take() {
                piece.items.extend(folio.items);
            }
        }
        if let Some(anchor) = &line.entry.anchor {
            piece.links.push(LinkArea {
                x: Length::ZERO,
                y: Length::ZERO,
                width: frame.width,
                height: piece.height,
                link: Arc::new(Link {
                    target: Target::Anchor(anchor.clone()),
                    contents: line.entry.title.clone(),
                    owner,
                }),
            });
        }
        galley.push(piece);
    }
}

/// Dots from one place to another. They stand under each other on all lines, and are drawn rather
/// than set, so that nobody has to hear or copy them.
fn leader(from: Length, to: Length, baseline: Length, em: Length) -> Option<Item> {
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
    let path = Path { segments, fill: Some(Color::BLACK), stroke: None };
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

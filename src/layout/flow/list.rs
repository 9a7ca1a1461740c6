use super::galley::{Galley, Setting, baseline, shift};
use super::{Flow, Frame};
use crate::layout::Length;
use crate::layout::inline::{LineShape, TextAlign, TextStyle};
use crate::layout::page::{Color, Item, ItemKind, Path, Segment, Tag};
use crate::layout::paginate::{Break, Piece};
use crate::layout::structure::{ListNumbering, Role, StructId};
use crate::model::{Inline, InlineKind, ListItem, Marker, NumberStyle, Span};

impl<'a> Flow<'a, '_, '_> {
    pub(super) fn list(
        &mut self,
        marker: Marker,
        tight: bool,
        items: &'a [ListItem],
        frame: &Frame,
        galley: &mut Galley,
    ) {
        let node = self.structure.add(Some(frame.parent), Role::List(numbering(marker)));
        // Numbers end at the same place, so the widest of them says how far the text is set in.
        let style = label_style(&frame.text);
        let widest = match marker {
            Marker::Bullet => Length::ZERO,
            Marker::Ordered { start, style: numbers } => {
                let last = start.saturating_add(items.len().saturating_sub(1) as u32);
                let texts =
                    [start, last.max(start), last.max(start) - 1].map(|n| format!("{}.", number(n, numbers)));
                texts.iter().map(|text| self.width_of(text, &style)).max().unwrap_or_default()
            }
        };
        let hang = self.scale.hang.max(widest + frame.text.size.scale(6, 10));
        let nested = frame.depth > 0 && tight;
        if !nested {
            galley.space(frame.white(4));
        }
        for (index, item) in items.iter().enumerate() {
            let item_node = self.structure.add(Some(node), Role::ListItem);
            let label_node = self.structure.add(Some(item_node), Role::Label);
            let label = match (item.checked, marker) {
                (Some(checked), _) => Label::Task(checked),
                (None, Marker::Bullet) => Label::Text(BULLETS[frame.depth % BULLETS.len()].into()),
                (None, Marker::Ordered { start, style }) => {
                    Label::Text(format!("{}.", number(start.saturating_add(index as u32), style)))
                }
            };
            if index > 0 && !tight {
                galley.space(frame.white(4));
            }
            let label = self.label(label, &style, label_node);
            let body = self.structure.add(Some(item_node), Role::ListBody);
            let mut inner = frame.indented(hang);
            inner.parent = body;
            self.hanging(label, frame, &inner, galley, |flow, galley| {
                flow.blocks(&item.blocks, &inner, galley)
            });
        }
        if !nested {
            galley.space(frame.white(4));
        }
    }

    /// Sets blocks with a label before their first line.
    pub(super) fn hanging(
        &mut self,
        mut label: Piece,
        outer: &Frame,
        inner: &Frame,
        galley: &mut Galley,
        body: impl FnOnce(&mut Self, &mut Galley),
    ) {
        let at = galley.pieces.len();
        // The label ends a little before the text starts.
        let narrow = galley.shape(inner.x, inner.width, Length::ZERO, inner.text.leading);
        let (x, width) = narrow.first.first().copied().unwrap_or(narrow.rest);
        let gap = outer.text.size.scale(45, 100);
        let label_width = extent(&label);
        let dx = if outer.text.rtl { x + width + gap } else { (x - gap - label_width).max(outer.x) };
        body(self, galley);
        match galley.pieces.get_mut(at) {
            Some(first) => {
                shift(&mut label, dx, Length::ZERO);
                label.items.append(&mut first.items);
                first.items = label.items;
                label.links.append(&mut first.links);
                first.links = label.links;
                label.anchors.append(&mut first.anchors);
                first.anchors = label.anchors;
            }
            None => {
                shift(&mut label, dx, Length::ZERO);
                label.keep = Break::At(0);
                galley.push(label);
            }
        }
    }

    /// A label on one line, from x = 0.
    pub(super) fn label(&mut self, label: Label, style: &TextStyle, node: StructId) -> Piece {
        match label {
            Label::Text(text) => {
                let content = [Inline::new(InlineKind::Text { text }, Span::default())];
                let paragraph = self.shape(&content, style, node);
                // As wide as its words: a right-to-left line starts at the far end of its width.
                let shape = LineShape { first: Vec::new(), rest: (Length::ZERO, paragraph.max_content()) };
                let setting = Setting { leading: style.leading, together: true };
                let line = paragraph.lines(&shape, 0).into_iter().next();
                line.map_or_else(Piece::default, |line| setting.piece(line, Break::At(0)))
            }
            Label::Task(checked) => {
                let leaf = self.structure.add(Some(node), Role::Content);
                task_box(checked, style, leaf)
            }
        }
    }

    /// The width of a short text on one line.
    pub fn width_of(&mut self, text: &str, style: &TextStyle) -> Length {
        let mut scratch = crate::layout::structure::Structure::default();
        let node = scratch.add(None, Role::Paragraph);
        std::mem::swap(&mut scratch, &mut self.structure);
        let content = [Inline::new(InlineKind::Text { text: text.to_owned() }, Span::default())];
        let width = self.shape(&content, style, node).max_content();
        std::mem::swap(&mut scratch, &mut self.structure);
        width
    }
}

/// What stands before an item.
pub(super) enum Label {
    /// A bullet or number.
    Text(String),
    /// A box to tick, ticked or not.
    Task(bool),
}

const BULLETS: [&str; 2] = ["•", "–"];

/// Labels are set like the text, on one line of their own.
pub(super) fn label_style(text: &TextStyle) -> TextStyle {
    TextStyle { align: TextAlign::Start, hyphenate: false, indent: Length::ZERO, ..text.clone() }
}

/// The width from the label's left edge at 0 to its right edge.
fn extent(label: &Piece) -> Length {
    label.items.iter().map(|item| right_edge(&item.kind)).max().unwrap_or_default()
}

fn right_edge(kind: &ItemKind) -> Length {
    match kind {
        // Labels are short: the last glyph's origin and half an em come near enough to its end.
        ItemKind::Glyphs(run) => run.glyphs.last().map_or(run.x, |g| run.x + g.x + run.size.scale(28, 100)),
        ItemKind::Rectangle { x, width, .. }
        | ItemKind::Frame { x, width, .. }
        | ItemKind::Image { x, width, .. } => *x + *width,
        ItemKind::Path(path) => path
            .segments
            .iter()
            .filter_map(|s| match s {
                Segment::Move(x, _) | Segment::Line(x, _) => Some(*x),
                Segment::Curve([_, _, (x, _)]) => Some(*x),
                Segment::Close => None,
            })
            .max()
            .unwrap_or_default(),
    }
}

/// A box of the height of a small letter, with a tick when it is checked; drawn, for few faces have
/// it. Its words for who cannot see it are in the frame.
fn task_box(checked: bool, style: &TextStyle, leaf: StructId) -> Piece {
    let side = style.size.scale(64, 100);
    let base = baseline(style.leading);
    let (x, y) = (Length::ZERO, base - side);
    let tag = Tag::Content(leaf);
    let stroke = style.size.scale(6, 100);
    let words = if checked { "☑" } else { "☐" };
    let mut items = vec![Item {
        tag,
        kind: ItemKind::Frame {
            x,
            y,
            width: side,
            height: side,
            stroke,
            color: Color::BLACK,
            actual_text: Some(words.into()),
        },
    }];
    if checked {
        let at = |dx: i64, dy: i64| (x + side.scale(dx, 100), y + side.scale(dy, 100));
        let (a, b, c) = (at(20, 52), at(42, 74), at(82, 24));
        let segments = vec![Segment::Move(a.0, a.1), Segment::Line(b.0, b.1), Segment::Line(c.0, c.1)];
        let path = Path { segments, fill: None, stroke: Some((Color::BLACK, stroke.scale(3, 2))) };
        items.push(Item { tag: Tag::Layout, kind: ItemKind::Path(Box::new(path)) });
    }
    Piece { height: style.leading, items, ..Piece::default() }
}

fn numbering(marker: Marker) -> ListNumbering {
    match marker {
        Marker::Bullet => ListNumbering::Disc,
        Marker::Ordered { style, .. } => match style {
            NumberStyle::Decimal => ListNumbering::Decimal,
            NumberStyle::LowerAlpha => ListNumbering::LowerAlpha,
            NumberStyle::UpperAlpha => ListNumbering::UpperAlpha,
            NumberStyle::LowerRoman => ListNumbering::LowerRoman,
            NumberStyle::UpperRoman => ListNumbering::UpperRoman,
        },
    }
}

/// A number as a list writes it. Letters go on with aa after z; roman numerals above 3999, and 0,
/// which neither has, are decimal.
pub(in crate::layout) fn number(n: u32, style: NumberStyle) -> String {
    match style {
        NumberStyle::LowerAlpha if n > 0 => letters(n),
        NumberStyle::UpperAlpha if n > 0 => letters(n).to_uppercase(),
        NumberStyle::LowerRoman if (1..4000).contains(&n) => roman(n),
        NumberStyle::UpperRoman if (1..4000).contains(&n) => roman(n).to_uppercase(),
        _ => n.to_string(),
    }
}

fn letters(mut n: u32) -> String {
    let mut out = Vec::new();
    while n > 0 {
        n -= 1;
        out.push(char::from(b'a' + (n % 26) as u8));
        n /= 26;
    }
    out.iter().rev().collect()
}

fn roman(mut n: u32) -> String {
    const NUMERALS: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut out = String::new();
    for (value, numeral) in NUMERALS {
        while n >= value {
            out.push_str(numeral);
            n -= value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_in_every_style() {
        assert_eq!(number(1994, NumberStyle::LowerRoman), "mcmxciv");
        assert_eq!(number(27, NumberStyle::UpperAlpha), "AA");
        assert_eq!(number(703, NumberStyle::LowerAlpha), "aaa");
        assert_eq!(number(0, NumberStyle::LowerAlpha), "0");
        assert_eq!(number(4000, NumberStyle::UpperRoman), "4000");
    }
}

use super::{Flow, Frame};
use crate::format::Error;
use crate::layout::inline::{LineShape, TextAlign, TextStyle};
use crate::layout::length::Length;
use crate::layout::page::{Item, ItemKind, Path, Segment, Tag};
use crate::layout::structure::{Role, StructId};
use crate::layout::tree::BlockNode;
use crate::layout::vertical::{Break, Galley, Glue, Piece, Setting, baseline};
use crate::model::{Block, BlockKind, Inline, InlineKind, ListItem, Marker, Span};

/// A list whose items are set one after another.
pub(in crate::layout) struct OpenList<'a> {
    /// Items with their numbers and elements.
    items: Box<dyn Iterator<Item = (usize, (&'a ListItem, StructId))> + 'a>,
    marker: Marker,
    tight: bool,
    frame: Frame,
    /// How labels are set.
    style: TextStyle,
    /// How far the text is set in.
    hang: Length,
    /// The white above and below.
    white: Glue,
}

impl<'a> Flow<'a, '_, '_> {
    pub(super) fn list(
        &mut self,
        node: StructId,
        block: &'a Block,
        frame: &Frame,
        galley: &mut Galley,
    ) -> Result<(), Error> {
        if let Some(mut list) = self.open_list(node, block, frame, galley) {
            while self.item(&mut list, galley)? {}
        }
        Ok(())
    }

    /// Starts a list of the body, so that its items can go to the pages one after another; `None` of
    /// another block.
    pub fn list_of_body(
        &mut self,
        block: &'a Block,
        frame: &Frame,
        galley: &mut Galley,
    ) -> Option<OpenList<'a>> {
        let BlockKind::List { .. } = block.kind else { return None };
        let BlockNode { node, flat: false } = self.tree.block(block)? else { return None };
        let own = Self::own_frame(block.attr.as_deref(), frame);
        galley.anchors.extend(block.id().map(str::to_owned));
        self.open_list(node, block, own.as_ref().unwrap_or(frame), galley)
    }

    /// Starts a list; `None` where a block is none.
    fn open_list(
        &mut self,
        node: StructId,
        block: &'a Block,
        frame: &Frame,
        galley: &mut Galley,
    ) -> Option<OpenList<'a>> {
        let BlockKind::List { marker, tight, items } = &block.kind else { return None };
        // Numbers end at the same place, so the longest of them says how far the text is set in.
        let style = label_style(&frame.text);
        let widest = match *marker {
            Marker::Bullet => Length::ZERO,
            Marker::Ordered { start, style: numbers } => {
                let texts = (0..items.len() as u64).map(|n| numbers.write(u64::from(start) + n));
                // Of roman numerals the longest is seldom the last.
                let longest = texts.max_by_key(String::len).unwrap_or_default();
                self.width_of(&format!("{longest}."), &style)
            }
        };
        let hang = self.scale.hang.max(widest + frame.text.size.scale(6, 10));
        let nested = frame.depth > 0 && *tight;
        let white = if nested { Glue::default() } else { frame.white(4) };
        galley.space(white);
        let nodes = self.tree.children_of_role(node, |role| *role == Role::ListItem);
        let items = Box::new(items.iter().zip(nodes).enumerate());
        Some(OpenList { items, marker: *marker, tight: *tight, frame: frame.clone(), style, hang, white })
    }

    /// Sets the next item of a list, or what ends it. Whether there was one.
    pub fn item(&mut self, list: &mut OpenList<'a>, galley: &mut Galley) -> Result<bool, Error> {
        let Some((index, (item, node))) = list.items.next() else {
            galley.space(list.white);
            return Ok(false);
        };
        let frame = &list.frame;
        let label_node = self.tree.child(node, &Role::Label);
        let label = match (item.checked, list.marker) {
            (Some(checked), _) => Label::Task(checked),
            (None, Marker::Bullet) => Label::Text(self.bullet(frame.depth).to_owned()),
            (None, Marker::Ordered { start, style }) => {
                Label::Text(format!("{}.", style.write(u64::from(start) + index as u64)))
            }
        };
        if index > 0 && !list.tight {
            galley.space(frame.white(4));
        }
        let label = self.label(label, &list.style, label_node);
        let inner = frame.indented(list.hang);
        self.hanging(label, frame, &inner, galley, |flow, galley| flow.blocks(&item.blocks, &inner, galley))?;
        Ok(true)
    }

    /// What stands before the items of a list that is not numbered, in so many others.
    fn bullet(&self, depth: usize) -> &'a str {
        let marks = &self.style.lists.bullets;
        let count = marks.split_whitespace().count().max(1);
        marks.split_whitespace().nth(depth % count).unwrap_or_default()
    }

    /// Sets blocks with a label before their first line.
    pub(super) fn hanging(
        &mut self,
        label: SetLabel,
        outer: &Frame,
        inner: &Frame,
        galley: &mut Galley,
        body: impl FnOnce(&mut Self, &mut Galley) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let at = galley.pieces.len();
        // The label ends a little before the text starts.
        let narrow = galley.shape(inner.x, inner.width, Length::ZERO, inner.text.leading);
        let (x, width) = narrow.first.first().copied().unwrap_or(narrow.rest);
        let gap = outer.text.size.scale(45, 100);
        let dx = if outer.text.rtl { x + width + gap } else { (x - gap - label.width).max(outer.x) };
        let mut label = label.piece;
        body(self, galley)?;
        match galley.pieces.get_mut(at) {
            Some(first) => {
                label.shift(dx, Length::ZERO);
                label.items.append(&mut first.items);
                first.items = label.items;
                label.links.append(&mut first.links);
                first.links = label.links;
                label.anchors.append(&mut first.anchors);
                first.anchors = label.anchors;
            }
            None => {
                label.shift(dx, Length::ZERO);
                label.keep = Break::At(0);
                galley.push(label);
            }
        }
        Ok(())
    }

    /// A label on one line, from x = 0.
    pub(super) fn label(&mut self, label: Label, style: &TextStyle, node: StructId) -> SetLabel {
        match label {
            Label::Text(text) => {
                let content = [Inline::new(InlineKind::Text { text }, Span::default())];
                let paragraph = self.shape(&content, style, node);
                // As wide as its words: a right-to-left line starts at the far end of its width.
                let width = paragraph.max_content();
                let shape = LineShape { first: Vec::new(), rest: (Length::ZERO, width) };
                let setting = Setting { leading: style.leading, together: true };
                let line = paragraph.lines(&shape, 0).into_iter().next();
                let piece = line.map_or_else(Piece::default, |line| setting.piece(line, Break::At(0)));
                SetLabel { piece, width }
            }
            Label::Task(checked) => {
                let leaf = self.tree.child(node, &Role::Content);
                SetLabel { piece: task_box(checked, style, leaf), width: task_side(style) }
            }
        }
    }

    /// The width of a short text on one line.
    pub fn width_of(&mut self, text: &str, style: &TextStyle) -> Length {
        let content = [Inline::new(InlineKind::Text { text: text.to_owned() }, Span::default())];
        self.shape(&content, style, StructId(0)).max_content()
    }
}

/// What stands before an item.
pub(super) enum Label {
    /// A bullet or number.
    Text(String),
    /// A box to tick, ticked or not.
    Task(bool),
}

/// A label from x = 0.
pub(super) struct SetLabel {
    pub piece: Piece,
    /// How far it reaches.
    pub width: Length,
}

/// Labels are set like the text, on one line of their own.
pub(super) fn label_style(text: &TextStyle) -> TextStyle {
    TextStyle { align: TextAlign::Start, hyphenate: false, indent: Length::ZERO, ..text.clone() }
}

/// The side of the box of a task.
fn task_side(style: &TextStyle) -> Length {
    style.size.scale(64, 100)
}

/// A box of the height of a small letter, with a tick when it is checked; drawn, for few faces have
/// it. Its words for who cannot see it are in the frame.
fn task_box(checked: bool, style: &TextStyle, leaf: StructId) -> Piece {
    let side = task_side(style);
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
            color: style.color,
            actual_text: Some(words.into()),
        },
    }];
    if checked {
        let at = |dx: i64, dy: i64| (x + side.scale(dx, 100), y + side.scale(dy, 100));
        let (a, b, c) = (at(20, 52), at(42, 74), at(82, 24));
        let segments = vec![Segment::Move(a.0, a.1), Segment::Line(b.0, b.1), Segment::Line(c.0, c.1)];
        let path = Path { segments, fill: None, stroke: Some((style.color, stroke.scale(3, 2))) };
        items.push(Item { tag: Tag::Layout, kind: ItemKind::Path(Box::new(path)) });
    }
    Piece { height: style.leading, items, ..Piece::default() }
}

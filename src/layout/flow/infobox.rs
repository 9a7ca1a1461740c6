use super::{BlockNode, Flow, Frame};
use crate::format::Error;
use crate::layout::inline::{TextAlign, TextStyle};
use crate::layout::length::Length;
use crate::layout::page::{Item, ItemKind, Tag};
use crate::layout::picture::Side;
use crate::layout::structure::{Role, StructId};
use crate::layout::vertical::{Galley, Glue, Ground, Halves, Kind, Piece, heights};
use crate::model::{Block, Infobox, InfoboxRow, Inline};

/// A column of a box's rows is no narrower, in sizes of the running text.
const NARROWEST: i64 = 12;

impl<'a> Flow<'a, '_, '_> {
    /// The infobox: a box beside the text where the column is wide enough and the box has room in
    /// it, else a block of its own, its rows in two columns, that may go on over pages.
    pub(super) fn infobox(
        &mut self,
        node: StructId,
        infobox: &'a Infobox,
        frame: &Frame,
        galley: &mut Galley,
    ) -> Result<(), Error> {
        galley.clear();
        let gap = self.scale.size.scale(14, 10);
        if let Some(beside) = self.width_beside(frame) {
            let mut rows = self.infobox_title(infobox, node, beside, frame)?;
            rows.append(&mut self.infobox_parts(infobox, node, beside, frame)?);
            self.ground(&mut rows, beside);
            let height = heights(&rows);
            if self.has_room_beside(height) {
                let left = frame.text.rtl;
                let x = if left { frame.x } else { frame.x + frame.width - beside };
                let mut piece = Piece { kind: Kind::Beside(height), ..Piece::default() };
                piece.join(rows, x, Length::ZERO);
                galley.push(piece);
                galley.keep_with_next();
                galley.set_beside(height + self.scale.leading.scale(4, 10), beside + gap, left);
                return Ok(());
            }
        }
        galley.space(frame.white(5));
        let mut title = self.infobox_title(infobox, node, frame.width, frame)?;
        let half = frame.width / 2;
        if half >= self.scale.size * NARROWEST {
            self.ground(&mut title, frame.width);
            let titled = !title.is_empty();
            for mut piece in title {
                piece.shift(frame.x, Length::ZERO);
                galley.push(piece);
                galley.keep_with_next();
            }
            let parts = self.infobox_parts(infobox, node, half, frame)?;
            let shift = if frame.text.rtl { -half } else { half };
            let pad = self.pad();
            let ground = Some(Ground { x: frame.x, width: frame.width, pad, color: self.style.colors.boxes });
            for (index, mut piece) in parts.into_iter().enumerate() {
                if index == 0 && titled {
                    // The ground has no gap.
                    piece.before = Glue::default();
                }
                piece.shift(if frame.text.rtl { frame.x + half } else { frame.x }, Length::ZERO);
                piece.kind = Kind::Half(Halves { shift, ground });
                galley.push(piece);
            }
        } else {
            title.append(&mut self.infobox_parts(infobox, node, frame.width, frame)?);
            self.ground(&mut title, frame.width);
            for mut piece in title {
                piece.shift(frame.x, Length::ZERO);
                galley.push(piece);
            }
        }
        galley.space(frame.white(10));
        Ok(())
    }

    /// How wide a box beside the text is; `None` where the text has no room for it.
    fn width_beside(&self, frame: &Frame) -> Option<Length> {
        let beside = frame.width.scale(38, 100);
        // The text beside the box keeps some forty letters a line.
        let left = frame.width - beside - self.scale.size.scale(14, 10);
        (frame.top_level && left >= self.scale.size * 16).then_some(beside)
    }

    /// Whether a box of a height can stand beside what comes next. Below it some lines have room, so that
    /// none of the narrow ones comes on the next page.
    fn has_room_beside(&self, height: Length) -> bool {
        height + self.scale.leading * 3 <= self.room
    }

    /// Whether the box is a block of its own: the first paragraph goes before it.
    pub fn stands_alone(
        &mut self,
        block: &'a Block,
        infobox: &'a Infobox,
        frame: &Frame,
    ) -> Result<bool, Error> {
        let Some(BlockNode { node, .. }) = self.tree.block(block) else { return Ok(false) };
        let Some(beside) = self.width_beside(frame) else { return Ok(true) };
        let title = heights(&self.infobox_title(infobox, node, beside, frame)?);
        let parts = heights(&self.infobox_parts(infobox, node, beside, frame)?);
        Ok(!self.has_room_beside(title + parts + self.pad() * 2))
    }

    fn pad(&self) -> Length {
        self.scale.size.scale(7, 10)
    }

    fn infobox_frame(&self, width: Length, outer: &Frame) -> Frame {
        let mut frame = outer.inner();
        (frame.text.size, frame.text.leading) = self.scale.small;
        frame.text.align = TextAlign::Start;
        frame.text.hyphenate = self.style.text.hyphenate && self.knows_language();
        (frame.x, frame.width) = (self.pad(), width - self.pad() * 2);
        frame
    }

    fn infobox_title(
        &mut self,
        infobox: &'a Infobox,
        node: StructId,
        width: Length,
        outer: &Frame,
    ) -> Result<Vec<Piece>, Error> {
        let frame = self.infobox_frame(width, outer);
        let mut galley = Galley::default();
        if !infobox.title.is_empty() {
            let title = self.tree.child(node, &Role::Paragraph);
            self.infobox_line(title, &infobox.title, &frame, true, &mut galley)?;
        }
        Ok(galley.pieces)
    }

    /// The box's parts under its title, from x = 0.
    fn infobox_parts(
        &mut self,
        infobox: &'a Infobox,
        node: StructId,
        width: Length,
        outer: &Frame,
    ) -> Result<Vec<Piece>, Error> {
        let frame = self.infobox_frame(width, outer);
        let mut galley = Galley::default();
        if let Some(image) = &infobox.image {
            galley.space(frame.white(3));
            let figure = self.tree.child(node, &Role::Figure);
            // Of an image that isn't there the caption says enough.
            if image.caption.is_empty() || self.pictures.says_something(&image.image) {
                self.image(&image.image, Side::Middle, StructId(figure.0 + 1), None, &frame, &mut galley)?;
            }
            if !image.caption.is_empty() {
                galley.keep_with_next();
                let caption = self.tree.child(figure, &Role::Caption);
                let caption = self.tree.child(caption, &Role::Paragraph);
                self.infobox_line(caption, &image.caption, &frame, false, &mut galley)?;
            }
        }
        if !infobox.rows.is_empty() {
            let body = self.tree.child(self.tree.child(node, &Role::Table), &Role::TableBody);
            let labels = self.label_column(&infobox.rows, &frame);
            let rows = infobox.rows.iter().filter(|row| !self.pictures.is_bare_row(row));
            for (row, node) in rows.zip(self.tree.children(body)) {
                galley.space(frame.white(3));
                self.infobox_row(row, node, labels, &frame, &mut galley)?;
            }
        }
        Ok(galley.pieces)
    }

    fn infobox_line(
        &mut self,
        node: StructId,
        words: &'a [Inline],
        frame: &Frame,
        bold: bool,
        galley: &mut Galley,
    ) -> Result<(), Error> {
        let mut style = frame.text.clone();
        (style.align, style.bold) = (TextAlign::Center, bold);
        let paragraph = self.shape(words, &style, node);
        self.set(&paragraph, frame, Glue::default(), galley)
    }

    /// How wide the labels are: what they need, but somewhat less than half of the box, unless a
    /// single word needs more.
    fn label_column(&mut self, rows: &'a [InfoboxRow], frame: &Frame) -> Length {
        let style = label_style(&frame.text);
        let mut widest = (Length::ZERO, Length::ZERO);
        for row in rows.iter().filter(|row| !row.label.is_empty() && !row.value.is_empty()) {
            let (word, label) = self.measure_inlines(&row.label, &style);
            widest = (widest.0.max(word), widest.1.max(label));
        }
        let (word, label) = widest;
        label.min(frame.width.scale(46, 100)).max(word.min(frame.width.scale(60, 100)))
    }

    fn infobox_row(
        &mut self,
        row: &'a InfoboxRow,
        node: StructId,
        labels: Length,
        frame: &Frame,
        galley: &mut Galley,
    ) -> Result<(), Error> {
        let mut cells = self.tree.children(node);
        let Some(cell) = cells.next() else { return Ok(()) };
        let mut heads = frame.clone();
        heads.text = label_style(&frame.text);
        if row.value.is_empty() || row.label.is_empty() {
            if row.value.is_empty() {
                let label = self.tree.child(cell, &Role::Paragraph);
                self.infobox_line(label, &row.label, &heads, true, galley)?;
                galley.keep_with_next();
            } else {
                let mut inner = frame.inner();
                inner.text.align = TextAlign::Center;
                self.blocks(&row.value, &inner, galley)?;
            }
            return Ok(());
        }
        let gap = frame.text.size.scale(6, 10);
        let rtl = frame.text.rtl;
        heads.x = if rtl { frame.x + frame.width - labels } else { frame.x };
        heads.width = labels;
        let mut left = Galley::default();
        let label = self.shape(&row.label, &heads.text, self.tree.child(cell, &Role::Paragraph));
        self.set(&label, &heads, Glue::default(), &mut left)?;
        let mut inner = frame.inner();
        inner.x = if rtl { frame.x } else { frame.x + labels + gap };
        inner.width = frame.width - labels - gap;
        // In so narrow a column words are cut only where one does not fit whole.
        inner.text.hyphenate = self.style.text.hyphenate
            && self.measure_blocks(&row.value, &inner.text, inner.depth).0 > inner.width;
        let mut right = Galley::default();
        self.blocks(&row.value, &inner, &mut right)?;
        super::table::side_by_side(vec![left.pieces, right.pieces], self.column_height / 3, galley);
        Ok(())
    }

    /// Puts the box's parts on their ground, or between two rules where there is none. White between them is
    /// part of them, so that it has no gaps.
    fn ground(&self, parts: &mut [Piece], width: Length) {
        let (count, pad, colors) = (parts.len(), self.pad(), &self.style.colors);
        let x = Length::ZERO;
        for (index, piece) in parts.iter_mut().enumerate() {
            let (first, last) = (index == 0, index + 1 == count);
            let above = if first { pad } else { std::mem::take(&mut piece.before).natural };
            let below = if last { pad } else { Length::ZERO };
            piece.shift(Length::ZERO, above);
            piece.height += above + below;
            let mut draw = |y, height, color| {
                let kind = ItemKind::Rectangle { x, y, width, height, color };
                piece.items.insert(0, Item { tag: Tag::Layout, kind });
            };
            let (height, thickness) = (piece.height, Length::milli_pt(500));
            match colors.boxes {
                Some(color) => draw(Length::ZERO, height, color),
                None => {
                    if first {
                        draw(Length::ZERO, thickness, colors.rules);
                    }
                    if last {
                        draw(height - thickness, thickness, colors.rules);
                    }
                }
            }
        }
    }
}

/// Labels stand out, and as single words they are not hyphenated.
fn label_style(text: &TextStyle) -> TextStyle {
    TextStyle { bold: true, hyphenate: false, ..text.clone() }
}

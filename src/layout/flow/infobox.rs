use super::{Flow, Frame};
use crate::format::Error;
use crate::layout::inline::{TextAlign, TextStyle};
use crate::layout::length::Length;
use crate::layout::page::{Color, Item, ItemKind, Tag};
use crate::layout::structure::{Role, StructId};
use crate::layout::vertical::{Galley, Glue, Kind, Piece};
use crate::model::{Infobox, InfoboxRow, Inline};

/// Behind the box.
const GROUND: Color = Color(0xF3, 0xF3, 0xF0);

impl<'a> Flow<'a, '_, '_> {
    /// The infobox: a box beside the text where the column is wide enough and the box has room in
    /// it, else a block of its own that may go on over pages.
    pub(super) fn infobox(
        &mut self,
        node: StructId,
        infobox: &'a Infobox,
        frame: &Frame,
        galley: &mut Galley,
    ) -> Result<(), Error> {
        galley.clear();
        let gap = self.scale.size.scale(14, 10);
        let beside = frame.width.scale(36, 100);
        // The text beside the box keeps some forty letters a line.
        let wide_enough = frame.top_level && frame.width - beside - gap >= self.scale.size * 16;
        if wide_enough {
            let rows = self.infobox_rows(infobox, node, beside, frame)?;
            let height: Length = rows.iter().map(|p| p.before.natural + p.height).sum();
            if height <= self.room {
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
        let rows = self.infobox_rows(infobox, node, frame.width, frame)?;
        galley.space(frame.white(5));
        for mut piece in rows {
            piece.shift(frame.x, Length::ZERO);
            galley.push(piece);
        }
        galley.space(frame.white(10));
        Ok(())
    }

    /// The box's parts under each other on their ground, from x = 0.
    fn infobox_rows(
        &mut self,
        infobox: &'a Infobox,
        node: StructId,
        width: Length,
        outer: &Frame,
    ) -> Result<Vec<Piece>, Error> {
        let mut frame = outer.inner();
        (frame.text.size, frame.text.leading) = self.scale.small;
        frame.text.align = TextAlign::Start;
        frame.text.hyphenate = self.knows_language();
        let pad = self.scale.size.scale(7, 10);
        (frame.x, frame.width) = (pad, width - pad * 2);
        let mut galley = Galley::default();
        if !infobox.title.is_empty() {
            let title = self.tree.child(node, &Role::Paragraph);
            self.infobox_line(title, &infobox.title, &frame, true, &mut galley)?;
            galley.keep_with_next();
        }
        if let Some(image) = &infobox.image {
            galley.space(frame.white(3));
            let figure = self.tree.child(node, &Role::Figure);
            // Of an image that isn't there the caption says enough.
            if image.caption.is_empty() || self.pictures.says_something(&image.image) {
                self.image(&image.image, StructId(figure.0 + 1), None, &frame, &mut galley)?;
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
        let count = galley.pieces.len();
        for (index, piece) in galley.pieces.iter_mut().enumerate() {
            // White between the rows is part of them, so that the ground has no gaps.
            let above = if index == 0 { pad } else { std::mem::take(&mut piece.before).natural };
            let below = if index + 1 == count { pad } else { Length::ZERO };
            piece.shift(Length::ZERO, above);
            piece.height += above + below;
            let kind = ItemKind::Rectangle {
                x: Length::ZERO,
                y: Length::ZERO,
                width,
                height: piece.height,
                color: GROUND,
            };
            piece.items.insert(0, Item { tag: Tag::Layout, kind });
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
        inner.text.hyphenate = self.measure_blocks(&row.value, &inner.text, inner.depth).0 > inner.width;
        let mut right = Galley::default();
        self.blocks(&row.value, &inner, &mut right)?;
        super::table::side_by_side(vec![left.pieces, right.pieces], self.column_height / 3, galley);
        Ok(())
    }
}

/// Labels stand out, and as single words they are not hyphenated.
fn label_style(text: &TextStyle) -> TextStyle {
    TextStyle { bold: true, hyphenate: false, ..text.clone() }
}

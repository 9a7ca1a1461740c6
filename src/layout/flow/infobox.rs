use super::{Flow, Frame};
use crate::layout::inline::{TextAlign, TextStyle};
use crate::layout::length::Length;
use crate::layout::page::{Color, Item, ItemKind, Tag};
use crate::layout::structure::{Role, StructId};
use crate::layout::vertical::{Galley, Glue, Kind, Piece};
use crate::model::{Infobox, InfoboxRow, Inline, plain_text};

/// Behind the box.
const GROUND: Color = Color(0xF3, 0xF3, 0xF0);

impl<'a> Flow<'a, '_, '_> {
    /// The infobox: a box beside the text where the column is wide enough and the box has room in
    /// it, else a block of its own that may go on over pages.
    pub(super) fn infobox(&mut self, infobox: &'a Infobox, frame: &Frame, galley: &mut Galley) {
        galley.clear();
        let node = self.structure.add(Some(frame.parent), Role::Aside);
        let gap = self.scale.size.scale(14, 10);
        let beside = frame.width.scale(36, 100);
        // The text beside the box keeps some forty letters a line.
        let wide_enough = frame.top_level && frame.width - beside - gap >= self.scale.size * 16;
        let mark = (self.structure.nodes().len(), self.current.set_notes.clone());
        if wide_enough {
            let rows = self.infobox_rows(infobox, node, beside, frame);
            let height: Length = rows.iter().map(|p| p.before.natural + p.height).sum();
            if height <= self.room {
                let left = frame.text.rtl;
                let x = if left { frame.x } else { frame.x + frame.width - beside };
                let mut piece = Piece { kind: Kind::Beside(height), ..Piece::default() };
                piece.join(rows, x, Length::ZERO);
                galley.push(piece);
                galley.keep_with_next();
                galley.set_beside(height + self.scale.leading.scale(4, 10), beside + gap, left);
                return;
            }
            self.structure.truncate(mark.0);
            self.current.set_notes = mark.1;
        }
        let rows = self.infobox_rows(infobox, node, frame.width, frame);
        galley.space(frame.white(5));
        for mut piece in rows {
            piece.shift(frame.x, Length::ZERO);
            galley.push(piece);
        }
        galley.space(frame.white(10));
    }

    /// The box's parts under each other on their ground, from x = 0.
    fn infobox_rows(
        &mut self,
        infobox: &'a Infobox,
        node: StructId,
        width: Length,
        outer: &Frame,
    ) -> Vec<Piece> {
        let mut frame = outer.inner(node);
        (frame.text.size, frame.text.leading) = self.scale.small;
        frame.text.align = TextAlign::Start;
        frame.text.hyphenate = self.knows_language();
        let pad = self.scale.size.scale(7, 10);
        (frame.x, frame.width) = (pad, width - pad * 2);
        let mut galley = Galley::default();
        if !infobox.title.is_empty() {
            self.infobox_line(&infobox.title, &frame, true, &mut galley);
            galley.keep_with_next();
        }
        if let Some(image) = &infobox.image {
            galley.space(frame.white(3));
            let figure = self.structure.add(Some(node), Role::Figure);
            // Of an image that isn't there the caption says enough.
            let is_there = image.image.has_words() || self.pictures.natural_size(&image.image).is_some();
            if image.caption.is_empty() || is_there {
                self.image(&image.image, figure, None, &frame, &mut galley);
            } else {
                self.structure.node_mut(figure).alt = Some(plain_text(&image.caption));
            }
            if !image.caption.is_empty() {
                galley.keep_with_next();
                let mut caption = frame.clone();
                caption.parent = self.structure.add(Some(figure), Role::Caption);
                self.infobox_line(&image.caption, &caption, false, &mut galley);
            }
        }
        if !infobox.rows.is_empty() {
            let table = self.structure.add(Some(node), Role::Table);
            let body = self.structure.add(Some(table), Role::TableBody);
            let labels = self.label_column(&infobox.rows, &frame);
            for row in &infobox.rows {
                if !row.value.is_empty() && row.value.iter().all(|block| self.is_bare(block)) {
                    continue;
                }
                galley.space(frame.white(3));
                self.infobox_row(row, body, labels, &frame, &mut galley);
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
        galley.pieces
    }

    fn infobox_line(&mut self, words: &'a [Inline], frame: &Frame, bold: bool, galley: &mut Galley) {
        let node = self.structure.add(Some(frame.parent), Role::Paragraph);
        let mut style = frame.text.clone();
        (style.align, style.bold) = (TextAlign::Center, bold);
        let paragraph = self.shape(words, &style, node);
        self.set(&paragraph, frame, Glue::default(), galley);
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
        body: StructId,
        labels: Length,
        frame: &Frame,
        galley: &mut Galley,
    ) {
        let node = self.structure.add(Some(body), Role::TableRow);
        let mut heads = frame.clone();
        heads.text = label_style(&frame.text);
        if row.value.is_empty() || row.label.is_empty() {
            let role = if row.value.is_empty() {
                Role::TableHeader { scope: crate::model::Scope::Column, col_span: 2, row_span: 1 }
            } else {
                Role::TableData { col_span: 2, row_span: 1, headers: Vec::new() }
            };
            let cell = self.structure.add(Some(node), role);
            if row.value.is_empty() {
                heads.parent = self.structure.add(Some(cell), Role::Paragraph);
                self.infobox_line(&row.label, &heads, true, galley);
                galley.keep_with_next();
            } else {
                let mut inner = frame.inner(cell);
                inner.text.align = TextAlign::Center;
                self.blocks(&row.value, &inner, galley);
            }
            return;
        }
        let head_role = Role::TableHeader { scope: crate::model::Scope::Row, col_span: 1, row_span: 1 };
        let head = self.structure.add(Some(node), head_role);
        let gap = frame.text.size.scale(6, 10);
        let rtl = frame.text.rtl;
        heads.parent = self.structure.add(Some(head), Role::Paragraph);
        heads.x = if rtl { frame.x + frame.width - labels } else { frame.x };
        heads.width = labels;
        let mut left = Galley::default();
        let label = self.shape(&row.label, &heads.text, heads.parent);
        self.set(&label, &heads, Glue::default(), &mut left);
        let data = Role::TableData { col_span: 1, row_span: 1, headers: vec![head] };
        let mut inner = frame.inner(self.structure.add(Some(node), data));
        inner.x = if rtl { frame.x } else { frame.x + labels + gap };
        inner.width = frame.width - labels - gap;
        // In so narrow a column words are cut only where one does not fit whole.
        inner.text.hyphenate = self.measure_blocks(&row.value, &inner.text, inner.depth).0 > inner.width;
        let mut right = Galley::default();
        self.blocks(&row.value, &inner, &mut right);
        super::table::side_by_side(vec![left.pieces, right.pieces], self.column_height / 3, galley);
    }
}

/// Labels stand out, and as single words they are not hyphenated.
fn label_style(text: &TextStyle) -> TextStyle {
    TextStyle { bold: true, hyphenate: false, ..text.clone() }
}

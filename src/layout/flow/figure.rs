use super::{Flow, Frame};
use crate::format::Error;
use crate::layout::inline::{LineShape, TextAlign, TextStyle};
use crate::layout::length::Length;
use crate::layout::page::{Item, ItemKind, Tag};
use crate::layout::picture::{self, Side};
use crate::layout::structure::{Role, StructId};
use crate::layout::vertical::{Break, Galley, Glue, Kind, Piece, Setting};
use crate::model::{Block, BlockKind, Image, Inline, InlineKind, Span, is_gallery};

impl<'a> Flow<'a, '_, '_> {
    /// Adds a figure; one that floats may wait for the head of a later column rather than leave a
    /// hole in this one.
    fn push_figure(&mut self, set: Galley, floats: bool, galley: &mut Galley) {
        if floats && set.height() <= self.column_height {
            let mut piece = Piece { kind: Kind::Float, ..Piece::default() };
            piece.height = piece.join(set.pieces, Length::ZERO, Length::ZERO);
            galley.push(piece);
        } else {
            for piece in set.pieces {
                galley.push(piece);
            }
        }
    }

    /// A figure with its caption, kept together: beside the box that text runs round where there is
    /// room, else in the whole measure, where it may wait for the head of a later column.
    pub(super) fn figure(
        &mut self,
        node: StructId,
        body: &'a [Block],
        caption: &'a [Inline],
        frame: &Frame,
        galley: &mut Galley,
    ) -> Result<(), Error> {
        let white = frame.white(8);
        let beside = galley.beside(frame.x, frame.width, white, frame.text.leading);
        if let Some((x, width)) = beside {
            let narrow = Frame { x, width, ..frame.inner() };
            let (set, _) = self.figure_parts(node, body, caption, &narrow)?;
            if set.height() + white.natural <= self.room {
                galley.space(white);
                self.push_figure(set, false, galley);
                galley.space(white);
                return Ok(());
            }
        }
        galley.clear();
        let (set, floats) = self.figure_parts(node, body, caption, &frame.inner())?;
        galley.space(white);
        // What follows a figure that was cleared of the box must not move up beside it.
        self.push_figure(set, floats && frame.top_level && beside.is_none(), galley);
        galley.space(white);
        Ok(())
    }

    /// The images and the caption of a figure under each other, and whether they can float.
    fn figure_parts(
        &mut self,
        node: StructId,
        body: &'a [Block],
        caption: &'a [Inline],
        frame: &Frame,
    ) -> Result<(Galley, bool), Error> {
        let mut set = Galley::default();
        let mut floats = true;
        if is_gallery(body) {
            floats = false;
            self.gallery(body, frame, &mut set)?;
        }
        for block in body.iter().filter(|_| !is_gallery(body)) {
            let (image, side) = match &block.kind {
                BlockKind::Paragraph { content } => (picture::only(content), picture::side(content)),
                _ => (None, Side::Middle),
            };
            match (image, self.tree.block(block)) {
                (Some((span, image)), Some(of)) => {
                    floats &= self.pictures.natural_size(image).is_some();
                    set.space(frame.white(3));
                    self.image(image, side, of.node, Some(span), frame, &mut set)?;
                }
                // Of an image that isn't there the caption says enough.
                (Some(_), None) => floats = false,
                (None, _) => {
                    floats = false;
                    self.blocks(std::slice::from_ref(block), frame, &mut set)?;
                }
            }
        }
        if !caption.is_empty() {
            set.space(frame.white(4));
            set.keep_with_next();
            let centered = self.style.captions.centered;
            let align = if centered { TextAlign::Center } else { TextAlign::Start };
            self.caption(caption, node, frame, align, &mut set)?;
        }
        Ok((set, floats))
    }

    /// Figures beside each other, as many as the measure has room for.
    fn gallery(&mut self, figures: &'a [Block], frame: &Frame, set: &mut Galley) -> Result<(), Error> {
        let gap = self.scale.size;
        let room = (frame.width + gap).0 / (self.scale.size * 9 + gap).0.max(1);
        let most = usize::try_from(room).unwrap_or(1).clamp(1, 4);
        // Rows as even as can be: four are two and two, not three and one.
        let figures: Vec<&Block> = figures.iter().filter(|figure| !self.pictures.is_bare(figure)).collect();
        if figures.is_empty() {
            return Ok(());
        }
        let rows = figures.len().div_ceil(most);
        let columns = figures.len().div_ceil(rows).max(1);
        let width = (frame.width - gap * (columns as i64 - 1)) / columns as i64;
        for row in figures.chunks(columns) {
            let mut cells = Vec::with_capacity(row.len());
            for (index, figure) in row.iter().enumerate() {
                let (BlockKind::Figure { body, caption }, Some(of)) = (&figure.kind, self.tree.block(figure))
                else {
                    continue;
                };
                let column = if frame.text.rtl { columns - 1 - index } else { index };
                let mut cell = frame.inner();
                cell.x = frame.x + (width + gap) * column as i64;
                cell.width = width;
                cells.push(self.figure_parts(of.node, body, caption, &cell)?.0.pieces);
            }
            set.space(frame.white(6));
            super::table::side_by_side(cells, self.column_height / 2, set);
        }
        Ok(())
    }

    /// The caption of a figure or table, in small type.
    pub(super) fn caption(
        &mut self,
        words: &'a [Inline],
        of: StructId,
        frame: &Frame,
        align: TextAlign,
        galley: &mut Galley,
    ) -> Result<(), Error> {
        let node = self.tree.child(self.tree.child(of, &Role::Caption), &Role::Paragraph);
        let mut inner = frame.inner();
        (inner.text.size, inner.text.leading) = self.scale.small;
        inner.text.align = align;
        inner.text.hyphenate &= align != TextAlign::Center;
        inner.text.italic ^= self.style.captions.italic;
        let paragraph = self.shape(words, &inner.text, node);
        let at = galley.pieces.len();
        let shape = LineShape { first: Vec::new(), rest: (inner.x, inner.width) };
        let lines =
            if align == TextAlign::Center { paragraph.balanced(&shape) } else { paragraph.lines(&shape, 0) };
        let setting = Setting { leading: inner.text.leading, together: false };
        for piece in self.lines(lines, setting, &inner)? {
            galley.push(piece);
        }
        for piece in galley.pieces.iter_mut().skip(at + 1) {
            piece.keep = Break::Never;
        }
        Ok(())
    }

    /// Sets an image, whose leaf is `node`, in the middle of the measure or at a side of it, never larger than that or than two thirds of a
    /// column; its words in a frame when there is no image to show.
    pub(super) fn image(
        &mut self,
        image: &'a Image,
        side: Side,
        node: StructId,
        span: Option<Span>,
        frame: &Frame,
        galley: &mut Galley,
    ) -> Result<(), Error> {
        let Some((natural_width, natural_height)) = self.pictures.natural_size(image) else {
            return self.missing_image(image, span, node, frame, galley);
        };
        let most_height = self.column_height.scale(2, 3);
        let mut set_width = natural_width.min(frame.width);
        let mut set_height = natural_height.scale(set_width.0, natural_width.0);
        if set_height > most_height {
            set_width = set_width.scale(most_height.0, set_height.0);
            set_height = most_height;
        }
        let spare = frame.width - set_width;
        let kind = ItemKind::Image {
            asset: image.source.clone(),
            x: frame.x
                + match side {
                    Side::Left => Length::ZERO,
                    Side::Middle => spare / 2,
                    Side::Right => spare,
                },
            y: Length::ZERO,
            width: set_width.max(Length(1)),
            height: set_height.max(Length(1)),
        };
        let items = vec![Item { tag: Tag::Content(node), kind }];
        galley.push(Piece { height: set_height, items, ..Piece::default() });
        Ok(())
    }

    /// The words of an image that can't be shown; who found that has said so.
    fn missing_image(
        &mut self,
        image: &'a Image,
        span: Option<Span>,
        node: StructId,
        frame: &Frame,
        galley: &mut Galley,
    ) -> Result<(), Error> {
        let (content, style) = self.words_of_missing(image, span, &frame.text);
        let paragraph = self.shape(&content, &style, node);
        let mut inner = frame.clone();
        inner.text = style;
        self.set(&paragraph, &inner, Glue::default(), galley)
    }

    /// The words of an image that can't be shown, and how they are set in a text.
    pub(super) fn words_of_missing(
        &self,
        image: &Image,
        span: Option<Span>,
        text: &TextStyle,
    ) -> ([Inline; 1], TextStyle) {
        let words = picture::words(image);
        let mut style = TextStyle { italic: true, align: TextAlign::Center, ..text.clone() };
        // Text of a table may be smaller still.
        if style.size > self.scale.small.0 {
            (style.size, style.leading) = self.scale.small;
        }
        ([Inline::new(InlineKind::Text { text: words.to_owned() }, span.unwrap_or_default())], style)
    }
}

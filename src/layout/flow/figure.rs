use super::{Flow, Frame};
use crate::layout::inline::{TextAlign, TextStyle};
use crate::layout::length::Length;
use crate::layout::page::{Item, ItemKind, Tag};
use crate::layout::picture::Pictures;
use crate::layout::structure::{Role, StructId};
use crate::layout::vertical::{Break, Galley, Glue, Kind, Piece};
use crate::model::{
    Block, BlockKind, Image, Inline, InlineKind, Span, is_gallery, plain_text, wordless_image,
};

/// The image of a paragraph that holds nothing else.
pub(super) fn only_image(content: &[Inline]) -> Option<&Image> {
    match content {
        [Inline { kind: InlineKind::Image(image), .. }] => Some(image),
        _ => None,
    }
}

/// The size of an image in running text: as it is, but no larger than a few lines.
pub(super) fn inline_size(
    pictures: &Pictures<'_>,
    image: &Image,
    leading: Length,
    measure: Length,
) -> Option<(Length, Length)> {
    let (width, height) = pictures.natural_size(image)?;
    let fit = (leading * 4).0.min(height.0);
    let (width, height) = (width.scale(fit, height.0), Length(fit));
    let narrow = width.0.min(measure.0);
    Some((Length(narrow), height.scale(narrow, width.0.max(1)).max(Length(1))))
}

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
        body: &'a [Block],
        caption: &'a [Inline],
        frame: &Frame,
        galley: &mut Galley,
    ) {
        // A figure's alternative text hides what is in it, so one of several is no figure itself.
        let role = if is_gallery(body) { Role::Section } else { Role::Figure };
        let node = self.structure.add(Some(frame.parent), role);
        let white = frame.white(8);
        let beside = galley.beside(frame.x, frame.width, white, frame.text.leading);
        if let Some((x, width)) = beside {
            let narrow = Frame { x, width, ..frame.clone() };
            let mark = (self.structure.nodes().len(), self.current.set_notes.clone());
            let (set, _) = self.figure_parts(body, caption, &narrow.inner(node));
            if set.height() + white.natural <= self.room {
                galley.space(white);
                self.push_figure(set, false, galley);
                galley.space(white);
                return;
            }
            self.structure.truncate(mark.0);
            self.current.set_notes = mark.1;
        }
        galley.clear();
        let (set, floats) = self.figure_parts(body, caption, &frame.inner(node));
        galley.space(white);
        // What follows a figure that was cleared of the box must not move up beside it.
        self.push_figure(set, floats && frame.top_level && beside.is_none(), galley);
        galley.space(white);
    }

    /// The images and the caption of a figure under each other, and whether they can float.
    fn figure_parts(&mut self, body: &'a [Block], caption: &'a [Inline], frame: &Frame) -> (Galley, bool) {
        let mut set = Galley::default();
        let mut floats = true;
        if is_gallery(body) {
            floats = false;
            self.gallery(body, frame, &mut set);
        }
        for block in body.iter().filter(|_| !is_gallery(body)) {
            match &block.kind {
                // Of an image that isn't there the caption says enough.
                BlockKind::Paragraph { content }
                    if !caption.is_empty()
                        && only_image(content).is_some_and(|image| {
                            !image.has_words() && self.pictures.natural_size(image).is_none()
                        }) =>
                {
                    floats = false;
                    self.structure.node_mut(frame.parent).alt = Some(plain_text(caption));
                }
                BlockKind::Paragraph { content } if only_image(content).is_some() => {
                    for (inline, image) in content.iter().zip(only_image(content)) {
                        floats &= self.pictures.natural_size(image).is_some();
                        set.space(frame.white(3));
                        self.image(image, frame.parent, Some(inline.span), frame, &mut set);
                    }
                }
                _ => {
                    floats = false;
                    self.blocks(std::slice::from_ref(block), frame, &mut set);
                }
            }
        }
        if !caption.is_empty() {
            set.space(frame.white(4));
            set.keep_with_next();
            self.caption(caption, frame.parent, frame, TextAlign::Center, &mut set);
        }
        (set, floats)
    }

    /// Whether a figure is an image that was not loaded, and nothing else.
    pub(super) fn is_bare(&self, block: &Block) -> bool {
        wordless_image(block).is_some_and(|image| self.pictures.natural_size(image).is_none())
    }

    /// Figures beside each other, as many as the measure has room for.
    fn gallery(&mut self, figures: &'a [Block], frame: &Frame, set: &mut Galley) {
        let gap = self.scale.size;
        let room = (frame.width + gap).0 / (self.scale.size * 9 + gap).0.max(1);
        let most = usize::try_from(room).unwrap_or(1).clamp(1, 4);
        // Rows as even as can be: four are two and two, not three and one.
        let figures: Vec<&Block> = figures.iter().filter(|figure| !self.is_bare(figure)).collect();
        if figures.is_empty() {
            return;
        }
        let rows = figures.len().div_ceil(most);
        let columns = figures.len().div_ceil(rows).max(1);
        let width = (frame.width - gap * (columns as i64 - 1)) / columns as i64;
        for row in figures.chunks(columns) {
            let mut cells = Vec::with_capacity(row.len());
            for (index, figure) in row.iter().enumerate() {
                let BlockKind::Figure { body, caption } = &figure.kind else { continue };
                let column = if frame.text.rtl { columns - 1 - index } else { index };
                let mut cell = frame.inner(self.structure.add(Some(frame.parent), Role::Figure));
                cell.x = frame.x + (width + gap) * column as i64;
                cell.width = width;
                cells.push(self.figure_parts(body, caption, &cell).0.pieces);
            }
            set.space(frame.white(6));
            super::table::side_by_side(cells, self.column_height / 2, set);
        }
    }

    /// The caption of a figure or table, in small type. `short` says how a caption of one line is set.
    pub(super) fn caption(
        &mut self,
        words: &'a [Inline],
        parent: StructId,
        frame: &Frame,
        short: TextAlign,
        galley: &mut Galley,
    ) {
        let node = self.structure.add(Some(parent), Role::Caption);
        let mut inner = frame.inner(node);
        (inner.text.size, inner.text.leading) = self.scale.small;
        let is_short = self.measure_inlines(words, &inner.text).1 <= inner.width;
        inner.text.align = if is_short { short } else { TextAlign::Start };
        let paragraph_node = self.structure.add(Some(node), Role::Paragraph);
        let paragraph = self.shape(words, &inner.text.clone(), paragraph_node);
        let at = galley.pieces.len();
        self.set(&paragraph, &inner, Glue::default(), galley);
        for piece in galley.pieces.iter_mut().skip(at + 1) {
            piece.keep = Break::Never;
        }
    }

    /// Sets an image in the middle of the measure, never larger than that or than two thirds of a
    /// column; its words in a frame when there is no image to show.
    pub(super) fn image(
        &mut self,
        image: &'a Image,
        node: StructId,
        span: Option<Span>,
        frame: &Frame,
        galley: &mut Galley,
    ) {
        let alt = image.alt.clone().filter(|alt| !alt.trim().is_empty());
        let Some((natural_width, natural_height)) = self.pictures.natural_size(image) else {
            self.missing_image(image, span, node, frame, galley);
            return;
        };
        self.structure.node_mut(node).alt = Some(alt.unwrap_or_else(|| image.source.clone()));
        let most_height = self.column_height.scale(2, 3);
        let mut set_width = natural_width.min(frame.width);
        let mut set_height = natural_height.scale(set_width.0, natural_width.0);
        if set_height > most_height {
            set_width = set_width.scale(most_height.0, set_height.0);
            set_height = most_height;
        }
        let leaf = self.structure.add(Some(node), Role::Content);
        let kind = ItemKind::Image {
            asset: image.source.clone(),
            x: frame.x + (frame.width - set_width) / 2,
            y: Length::ZERO,
            width: set_width.max(Length(1)),
            height: set_height.max(Length(1)),
        };
        let items = vec![Item { tag: Tag::Content(leaf), kind }];
        galley.push(Piece { height: set_height, items, ..Piece::default() });
    }

    /// The words of an image that can't be shown; who found that has said so.
    fn missing_image(
        &mut self,
        image: &'a Image,
        span: Option<Span>,
        node: StructId,
        frame: &Frame,
        galley: &mut Galley,
    ) {
        let (content, style) = self.words_of_missing(image, span, &frame.text);
        self.structure.node_mut(node).alt = Some(plain_text(&content));
        let paragraph_node = self.structure.add(Some(node), Role::Paragraph);
        let paragraph = self.shape(&content, &style, paragraph_node);
        let mut inner = frame.clone();
        inner.text = style;
        self.set(&paragraph, &inner, Glue::default(), galley);
    }

    /// The words of an image that can't be shown, and how they are set in a text.
    pub(super) fn words_of_missing(
        &self,
        image: &Image,
        span: Option<Span>,
        text: &TextStyle,
    ) -> ([Inline; 1], TextStyle) {
        let words = image.alt.as_deref().filter(|alt| !alt.trim().is_empty()).unwrap_or(&image.source);
        let mut style = TextStyle { italic: true, align: TextAlign::Center, ..text.clone() };
        // Text of a table may be smaller still.
        if style.size > self.scale.small.0 {
            (style.size, style.leading) = self.scale.small;
        }
        ([Inline::new(InlineKind::Text { text: words.to_owned() }, span.unwrap_or_default())], style)
    }
}

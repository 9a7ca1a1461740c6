//! How wide content has to be, and would like to be: what the columns of a table go by.

use super::Flow;
use crate::layout::inline::{ArticleCx, TextStyle};
use crate::layout::length::Length;
use crate::layout::picture;
use crate::layout::structure::StructId;
use crate::model::{Block, BlockKind, Image, Inline};

/// Least width without breaking a word, and the width that needs no line break.
pub(super) type Extremes = (Length, Length);

impl<'a> Flow<'a, '_, '_> {
    /// The extremes of running text.
    pub(super) fn measure_inlines(&mut self, content: &[Inline], style: &TextStyle) -> Extremes {
        let size = |image: &Image| self.pictures.inline_size(image, self.scale.leading, self.measure);
        let note_labels = self.note_labels();
        let article = ArticleCx { note_labels, image_size: Some(&size), ..ArticleCx::default() };
        let paragraph = self.typesetter.paragraph(content, style, StructId(0), article);
        (paragraph.min_content(), paragraph.max_content())
    }

    /// The extremes of an image that stands alone: it would like to be as it is, and may be as small as
    /// a few letters. Of one that can't be shown, those of its words.
    fn measure_image(&mut self, image: &Image, style: &TextStyle) -> Extremes {
        match self.pictures.natural_size(image) {
            Some((width, _)) => (width.min(self.scale.size * 4), width),
            None => {
                let (words, style) = self.words_of_missing(image, None, style);
                // It is no reason to make a column wide.
                let (min, max) = self.measure_inlines(&words, &style);
                (min, max.min(min.max(self.scale.size * 8)))
            }
        }
    }

    /// The extremes of blocks under each other; of what is nested deeper than the limit, nothing.
    pub(super) fn measure_blocks(
        &mut self,
        blocks: &'a [Block],
        style: &TextStyle,
        depth: usize,
    ) -> Extremes {
        let mut widest = (Length::ZERO, Length::ZERO);
        if depth > self.cx.limits().depth() {
            return widest;
        }
        for block in blocks {
            let (min, max) = self.measure_block(block, style, depth);
            widest = (widest.0.max(min), widest.1.max(max));
        }
        widest
    }

    fn measure_block(&mut self, block: &'a Block, style: &TextStyle, depth: usize) -> Extremes {
        let hang = self.scale.hang * 2;
        match &block.kind {
            BlockKind::Paragraph { content } => match picture::only(content) {
                Some((_, image)) => self.measure_image(image, style),
                None => self.measure_inlines(content, style),
            },
            BlockKind::Heading { content, .. } => self.measure_inlines(content, style),
            BlockKind::Quote { body } | BlockKind::Aside { body, .. } => {
                let (min, max) = self.measure_blocks(body, style, depth + 1);
                (min + hang, max + hang)
            }
            BlockKind::List { items, .. } => {
                let mut widest = (Length::ZERO, Length::ZERO);
                for item in items {
                    let (min, max) = self.measure_blocks(&item.blocks, style, depth + 1);
                    widest = (widest.0.max(min), widest.1.max(max));
                }
                (widest.0 + hang, widest.1 + hang)
            }
            BlockKind::Definitions { items } => {
                let mut widest = (Length::ZERO, Length::ZERO);
                for detail in items.iter().flat_map(|i| &i.details) {
                    let (min, max) = self.measure_blocks(detail, style, depth + 1);
                    widest = (widest.0.max(min), widest.1.max(max));
                }
                (widest.0 + hang, widest.1 + hang)
            }
            BlockKind::Code { text, .. } => {
                // Code can be wrapped anywhere, but likes not to be.
                let letters = text.lines().map(|l| l.chars().count().min(200)).max().unwrap_or(0);
                let letter = style.size.scale(60, 100);
                (letter * letters.min(12) as i64, letter * letters as i64)
            }
            BlockKind::Math(formula) => {
                let set = crate::math::tree(formula, true).ok();
                let set = set.and_then(|tree| self.typesetter.formulas().set(&tree, style.size, true));
                let width = set.map_or(style.size * 12, |set| set.width);
                (width.scale(1, 2), width)
            }
            BlockKind::Table(table) => self.table_extremes(table, style, depth + 1),
            BlockKind::Figure { body, caption } => {
                let (min, max) = self.measure_blocks(body, style, depth + 1);
                (min.max(self.scale.size * 4), max.max(self.measure_inlines(caption, style).1))
            }
            BlockKind::Infobox(_) => (self.scale.size * 10, self.scale.size * 20),
            BlockKind::Unknown(unknown) => self.measure_inlines(&unknown.content, style),
            BlockKind::Notes { .. } | BlockKind::Rule | BlockKind::Unresolved(_) => {
                (Length::ZERO, Length::ZERO)
            }
        }
    }
}

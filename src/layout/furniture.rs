//! What stands outside the text on every page: the running head and the folio. It is no content:
//! assistive technology passes over it.

use super::flow::Flow;
use super::inline::{LineShape, TextAlign, TextStyle};
use super::length::Length;
use super::page::{Item, Tag};
use super::structure::StructId;
use super::style::Geometry;
use crate::model::{Inline, InlineKind, Span};

/// What a page says outside its text.
pub(super) struct Furniture<'t> {
    /// The title of the article or book; none on a page that shows the title itself.
    pub title: Option<&'t str>,
    /// The section at the head of the page.
    pub section: &'t str,
    /// The folio; none on a cover.
    pub folio: Option<&'t str>,
}

impl Flow<'_, '_, '_> {
    /// The items of a page's furniture.
    pub fn furniture(&mut self, furniture: &Furniture<'_>, geometry: &Geometry) -> Vec<Item> {
        let mut out = Vec::new();
        let mut style = self.text_style();
        (style.size, style.leading) = self.scale.small;
        style.hyphenate = false;
        let width = geometry.text_width();
        if let Some(title) = furniture.title {
            let y = (geometry.top - self.scale.leading.scale(13, 10)).max(style.size);
            let (mut start, mut end) = (TextAlign::Start, TextAlign::End);
            if style.rtl {
                std::mem::swap(&mut start, &mut end);
            }
            style.italic = true;
            let gap = style.size * 2;
            let section_width = if furniture.section.is_empty() { Length::ZERO } else { (width - gap) / 2 };
            let title_width = width - section_width - gap;
            style.align = TextAlign::Start;
            let (title_x, section_x) = if style.rtl {
                (geometry.left + section_width + gap, geometry.left)
            } else {
                (geometry.left, geometry.left + title_width + gap)
            };
            self.furniture_line(title, &style, (title_x, title_width), y, Tag::Header, &mut out);
            style.align = TextAlign::End;
            self.furniture_line(
                furniture.section,
                &style,
                (section_x, section_width),
                y,
                Tag::Header,
                &mut out,
            );
            style.italic = false;
        }
        if let Some(folio) = furniture.folio {
            let y = geometry.top + geometry.text_height + self.scale.leading.scale(22, 10);
            let y = y.min(geometry.height - style.size / 2);
            style.align = TextAlign::Center;
            self.furniture_line(folio, &style, (geometry.left, width), y, Tag::Footer, &mut out);
        }
        out
    }

    /// One line of furniture; words that don't fit end with an ellipsis.
    fn furniture_line(
        &mut self,
        text: &str,
        style: &TextStyle,
        (x, width): (Length, Length),
        y: Length,
        tag: Tag,
        out: &mut Vec<Item>,
    ) {
        // On every page, so no more of it is measured than a line of the narrowest letters holds.
        let most = (width.0 / (style.size.0 / 8).max(1)).max(1) as usize;
        let held = text.char_indices().nth(most).map_or(text, |(end, _)| &text[..end]);
        if held.is_empty() {
            return;
        }
        let natural = self.width_of(held, style);
        let text = if natural > width || held.len() < text.len() {
            let count = held.chars().count() as i64;
            let keep = (width.scale(count, natural.max(width).0.max(1)).0 * 9 / 10).max(1);
            let words: String = held.chars().take(keep as usize).collect();
            format!("{}…", words.trim_end())
        } else {
            held.to_owned()
        };
        let content = [Inline::new(InlineKind::Text { text }, Span::default())];
        let paragraph = self.shape(&content, style, StructId(0));
        let shape = LineShape { first: Vec::new(), rest: (Length::ZERO, width) };
        let Some(line) = paragraph.lines(&shape, 0).into_iter().next() else { return };
        for mut item in line.items {
            item.tag = tag;
            item.shift(x, y);
            out.push(item);
        }
    }
}

//! What stands outside the text on every page: its head, its foot, a logo. It is no content: assistive
//! technology passes over it.

use super::flow::Flow;
use super::inline::{LineShape, TextAlign, TextStyle};
use super::length::Length;
use super::page::{Item, ItemKind, Tag};
use super::picture::LOGO;
use super::structure::StructId;
use super::style::Geometry;
use super::tree::cover_meta;
use crate::diagnostic::{Diagnostic, code};
use crate::model::{Inline, InlineKind, Span};
use crate::style::{Field, LogoPlace, Part, Running, Template};

/// What a page says outside its text.
pub(super) struct Furniture<'t> {
    /// The title of the article or book.
    pub title: &'t str,
    /// The section at the head of the page.
    pub section: &'t str,
    /// The page's number as it stands on it.
    pub page: &'t str,
    /// How many pages there are, where it is asked for.
    pub pages: Option<usize>,
    /// Whether it has a head.
    pub header: bool,
    /// Whether it has a foot.
    pub footer: bool,
    /// Whether it may have a logo.
    pub logo: bool,
    /// Whether it is the first page of the text.
    pub first: bool,
    /// Whether left and right change sides.
    pub back: bool,
}

impl Flow<'_, '_, '_> {
    /// The items of a page's furniture.
    pub fn furniture(&mut self, furniture: &Furniture<'_>, geometry: &Geometry) -> Vec<Item> {
        let mut out = Vec::new();
        let style = self.style;
        let em = self.scale.small.0;
        let head = (geometry.top - self.scale.leading.scale(13, 10)).max(em);
        let foot = geometry.top + geometry.text_height + self.scale.leading.scale(22, 10);
        let foot = foot.min(geometry.height - em / 2);
        if furniture.header {
            let rule = style.header.rule.then(|| head + em.scale(45, 100));
            self.running(&style.header, furniture, geometry, (head, rule), Tag::Header, &mut out);
        }
        if furniture.footer {
            let rule = style.footer.rule.then(|| foot - em.scale(14, 10));
            self.running(&style.footer, furniture, geometry, (foot, rule), Tag::Footer, &mut out);
        }
        if furniture.logo {
            let over = if furniture.header { head - em } else { geometry.top };
            out.extend(self.logo(furniture.first, geometry, over - self.scale.leading / 2));
        }
        out
    }

    /// A line outside the text, on a baseline, and a rule.
    fn running(
        &mut self,
        running: &Running,
        furniture: &Furniture<'_>,
        geometry: &Geometry,
        (y, rule): (Length, Option<Length>),
        tag: Tag,
        out: &mut Vec<Item>,
    ) {
        let filled = |template: &Template| template.filled(|field| self.field(field, furniture));
        let [left, center, right] = [&running.left, &running.center, &running.right].map(filled);
        if [&left, &center, &right].iter().all(|words| words.is_empty()) {
            return;
        }
        let mut style = self.text_style();
        (style.size, style.leading) = self.scale.small;
        style.hyphenate = false;
        style.italic = running.italic;
        style.color = self.style.colors.running;
        let (x, width) = (geometry.left, geometry.text_width());
        let gap = style.size * 2;
        // Beside words in the middle each has a third; else two share the line: one that needs less than half of
        // it leaves the rest to the other.
        let half = (width - gap) / 2;
        let side = match (center.is_empty(), right.is_empty()) {
            (false, _) => (width - gap * 2) / 3,
            (true, true) => Length::ZERO,
            (true, false) => {
                let needs = self.natural(&right, &style, width);
                if needs <= half {
                    needs
                } else {
                    (width - gap - self.natural(&left, &style, width)).clamp(half, needs)
                }
            }
        };
        let alone = left.is_empty() && right.is_empty();
        let middle = if alone { (x, width) } else { (x + side + gap, width - (side + gap) * 2) };
        let start_width = if center.is_empty() { width - side - gap } else { side };
        let mirrored = style.rtl != furniture.back;
        let (start_x, end_x) = if mirrored { (x + width - start_width, x) } else { (x, x + width - side) };
        let (mut start, mut end) = (TextAlign::Start, TextAlign::End);
        if furniture.back {
            std::mem::swap(&mut start, &mut end);
        }
        let slots = [
            (&running.left, left, start, (start_x, start_width)),
            (&running.center, center, TextAlign::Center, middle),
            (&running.right, right, end, (end_x, side)),
        ];
        for (template, words, align, place) in slots {
            style.align = align;
            let cut = self.furniture_line(&words, &style, place, y, tag, out);
            if cut && template.0.iter().any(|part| matches!(part, Part::Words(_))) && !self.said_cut {
                self.said_cut = true;
                let message = format!("'{words}' is longer than the line at the head or foot of a page");
                self.cx.report(Diagnostic::new(&code::RUNNING_LINE_CUT, None, message));
            }
        }
        if let Some(y) = rule {
            let height = Length::milli_pt(500);
            let kind = ItemKind::Rectangle { x, y, width, height, color: self.style.colors.rules };
            out.push(Item { tag: Tag::Layout, kind });
        }
    }

    /// The width of words on one line, of which no more is measured than a line holds.
    fn natural(&mut self, words: &str, style: &TextStyle, width: Length) -> Length {
        let held = held(words, style, width);
        if held.len() < words.len() { width } else { self.width_of(held, style) }
    }

    /// What a field says on a page.
    fn field(&self, field: Field, furniture: &Furniture<'_>) -> String {
        let (of_all, first) = (&self.document.meta, cover_meta(self.document));
        match field {
            Field::Title => furniture.title.to_owned(),
            Field::Section => furniture.section.to_owned(),
            Field::Page => furniture.page.to_owned(),
            Field::Pages => furniture.pages.map(|pages| pages.to_string()).unwrap_or_default(),
            Field::Date => of_all.date.clone().or_else(|| first.date.clone()).unwrap_or_default(),
            Field::Author => {
                let creators = if of_all.creators.is_empty() { &first.creators } else { &of_all.creators };
                creators.iter().map(|creator| creator.name.as_str()).collect::<Vec<_>>().join(", ")
            }
        }
    }

    /// The logo, whose foot is no lower than `over`; smaller than asked for where it has no room.
    fn logo(&self, first: bool, geometry: &Geometry, over: Length) -> Option<Item> {
        let logo = Some(&self.style.logo).filter(|logo| first || logo.on == LogoPlace::Every)?;
        let (width, height) = self.pictures.size(LOGO)?;
        let (most_wide, most_high) = (geometry.text_width(), (over - self.scale.size / 2).max(Length(1)));
        let high = logo.height.min(most_high).min(height.scale(most_wide.0, width.0.max(1)));
        let wide = width.scale(high.0, height.0.max(1));
        let (asset, y) = (LOGO.to_owned(), over - high);
        let kind = ItemKind::Image { asset, x: geometry.left, y, width: wide, height: high };
        Some(Item { tag: Tag::Header, kind })
    }

    /// One line of furniture; words that don't fit end with an ellipsis. Whether they did.
    fn furniture_line(
        &mut self,
        text: &str,
        style: &TextStyle,
        (x, width): (Length, Length),
        y: Length,
        tag: Tag,
        out: &mut Vec<Item>,
    ) -> bool {
        let held = held(text, style, width);
        if held.is_empty() {
            return false;
        }
        let natural = self.width_of(held, style);
        let cut = natural > width || held.len() < text.len();
        let text = if cut {
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
        let Some(line) = paragraph.lines(&shape, 0).into_iter().next() else { return cut };
        for mut item in line.items {
            item.tag = tag;
            item.shift(x, y);
            out.push(item);
        }
        cut
    }
}

/// As much of a text as a line of the narrowest letters holds: it is measured on every page.
fn held<'t>(text: &'t str, style: &TextStyle, width: Length) -> &'t str {
    let most = (width.0 / (style.size.0 / 8).max(1)).max(1) as usize;
    text.char_indices().nth(most).map_or(text, |(end, _)| &text[..end])
}

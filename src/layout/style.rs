//! What a page looks like: paper, margins, type scale, colours, and what stands around the text.

use crate::model::Asset;
use crate::style::{Color, Length, Margins, Style};

/// How a document is set. [`PageStyle::default`] is the style `book`: A4 with one column of some 74 characters
/// a line.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct PageStyle {
    /// How it looks. Its faces are those of the [`FontLibrary`](crate::pdf::FontLibrary).
    pub look: Style,
    /// The image at the head of pages: the bytes of the look's logo.
    pub logo: Option<Asset>,
    /// The image that is all of the first page.
    pub cover: Option<Asset>,
    /// Quotation marks as the language has them; otherwise as they stand in the source.
    pub typographic_quotes: bool,
    /// Where notes stand.
    pub notes: Notes,
}

crate::format::options!(PageStyle);

impl Default for PageStyle {
    fn default() -> Self {
        let look = Style::default();
        PageStyle { look, logo: None, cover: None, typographic_quotes: true, notes: Notes::Auto }
    }
}

/// Where notes stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Notes {
    /// Where the source has its list of them, such as Wikipedia's references; what explains the text, and
    /// what is in no list, at the foot of the page that calls it.
    #[default]
    Auto,
    /// All at the foot of the page that calls them first.
    Foot,
    /// Where the source has its list of them, else under the article.
    End,
}

/// The sizes that follow from a [`Style`]: the page's frame and the type scale.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    /// Size of the running text.
    pub size: Length,
    /// Distance between its baselines: the unit of the baseline grid.
    pub leading: Length,
    /// Size and leading of notes, tables and the infobox.
    pub small: (Length, Length),
    /// Size and leading of the article's title.
    pub title: (Length, Length),
    /// Indent of a paragraph's first line.
    pub indent: Length,
    /// Indent of a list's items and a quotation.
    pub hang: Length,
}

/// The frame of the text on the page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Geometry {
    /// Width of the sheet.
    pub width: Length,
    /// Height of the sheet.
    pub height: Length,
    /// Left edge of the text.
    pub left: Length,
    /// Top edge of the text.
    pub top: Length,
    /// Width of a column: the measure.
    pub measure: Length,
    /// White between two columns.
    pub gutter: Length,
    /// Columns on a page.
    pub columns: usize,
    /// Height of the text.
    pub text_height: Length,
    /// Lines of running text in that height.
    pub lines: i64,
    /// Of the text, and of the rule over notes.
    pub ink: Color,
}

impl Style {
    pub(super) fn scale(&self) -> Scale {
        // Below 4 pt nothing can be read, above 72 pt a line is a word.
        let size = self.text.size.clamp(Length::pt(4), Length::pt(72));
        let (leading, small) = (i64::from(self.text.leading.0), i64::from(self.text.small.0));
        Scale {
            size,
            leading: size.scale(leading, 100),
            // Lines of small type stand closer: of its 132 hundredths the text's leading is book's.
            small: (size.scale(small, 100), size.scale(108 * small * leading, 84 * 132 * 100)),
            title: (size.scale(210, 100), size.scale(250, 100)),
            indent: size.scale(14, 10),
            hang: size.scale(17, 10),
        }
    }

    pub(super) fn geometry(&self) -> Geometry {
        let scale = self.scale();
        let paper = self.page.sheet();
        let (width, height) = (paper.width(), paper.height());
        let columns = usize::from(self.page.columns.clamp(1, 2));
        let gutter = scale.size * 2;
        let margins = self.page.margins.unwrap_or_else(|| {
            // A line of text is read with ease at 62 to 78 characters; 32 em are about 75 of them.
            let wanted = if columns == 1 { scale.size * 32 } else { scale.size * 42 + gutter };
            let text = wanted.min(width - width.scale(1, 5));
            let side = (width - text) / 2;
            Margins { top: height.scale(11, 100), right: side, bottom: height.scale(13, 100), left: side }
        });
        // Whatever the margins leave, a column keeps room for a few letters and a page for a few lines.
        let least_width = (scale.size * 6 * columns as i64 + gutter).min(width);
        let text_width = (width - margins.left - margins.right).max(least_width);
        let left = margins.left.clamp(Length::ZERO, width - text_width);
        let room = (height - margins.top - margins.bottom).max((scale.leading * 6).min(height));
        let top = margins.top.clamp(Length::ZERO, height - room);
        let lines = (room.0 / scale.leading.0).max(1);
        let measure = (text_width - gutter * (columns as i64 - 1)) / columns as i64;
        let text_height = scale.leading * lines;
        let ink = self.colors.text;
        Geometry { width, height, left, top, measure, gutter, columns, text_height, lines, ink }
    }
}

impl Geometry {
    /// Width of all columns with the white between them.
    pub(super) fn text_width(&self) -> Length {
        self.measure * self.columns as i64 + self.gutter * (self.columns as i64 - 1)
    }

    /// The same sheet with one column, as wide as all of them.
    pub(super) fn single(&self) -> Geometry {
        Geometry { measure: self.text_width(), gutter: Length::ZERO, columns: 1, ..*self }
    }

    /// The same sheet with its margins in a mirror.
    pub(super) fn mirrored(&self) -> Geometry {
        Geometry { left: self.width - self.left - self.text_width(), ..*self }
    }

    /// The same sheet turned by a quarter, for what is too wide for it: one column as wide as the
    /// margins allow.
    pub(super) fn turned(&self) -> Geometry {
        let (width, height) = (self.height, self.width);
        let upright = |margin: Length| margin.scale(height.0, self.height.0.max(1));
        let top = upright(self.top);
        let bottom = upright(self.height - self.top - self.text_height);
        let left = self.left.min(top);
        let leading = self.text_height / self.lines;
        let lines = ((height - top - bottom).0 / leading.0.max(1)).max(1);
        Geometry {
            width,
            height,
            left,
            top,
            measure: width - left * 2,
            gutter: Length::ZERO,
            columns: 1,
            text_height: leading * lines,
            lines,
            ink: self.ink,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style::Paper;

    #[test]
    fn no_margins_leave_a_page_without_room_for_text() {
        let all = Length::pt(1000);
        let style = Style::default().with(|style| {
            style.page.margins = Some(Margins { top: all, right: all, bottom: all, left: all });
            (style.page.size, style.page.columns) = (Paper::A5, 2);
            style.text.size = Length::pt(500);
        });
        let g = style.geometry();
        assert!(g.measure > Length::ZERO && g.text_height > Length::ZERO);
        assert!(g.left >= Length::ZERO && g.left + g.measure * 2 + g.gutter <= g.width);
        assert!(g.top >= Length::ZERO);
        let turned = g.turned();
        assert!(turned.measure > Length::ZERO && turned.text_height > Length::ZERO);
    }

    #[test]
    fn a_turned_sheet_is_wider_and_keeps_its_text_inside() {
        let g = Style::default().geometry();
        let turned = g.turned();
        assert_eq!((turned.width, turned.height), (g.height, g.width));
        assert!(turned.measure > g.measure * 2 - g.measure / 10);
        assert!(turned.top + turned.text_height < turned.height);
        assert!(turned.left + turned.measure < turned.width);
    }
}

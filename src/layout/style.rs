//! What a page looks like: paper, margins, type scale, colours, and what stands around the text.

use crate::model::Asset;
use crate::style::{
    Color, Colors, Columns, Field, Justification, Length, LogoPlace, Margins, Paper, Paragraphs, Ratio,
    Running, Style, Tables, Title,
};

/// How a document is set. [`PageStyle::default`] is that of the style `book`: A4 with one column of some 74
/// characters a line.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct PageStyle {
    /// The sheet.
    pub paper: Paper,
    /// The margins; chosen by the paper and the type when absent.
    pub margins: Option<Margins>,
    /// Even pages have the margins, heads and feet of odd ones in a mirror.
    pub mirrored: bool,
    /// Size of the running text; everything else is in proportion.
    pub base_size: Length,
    /// From baseline to baseline, in sizes.
    pub leading: Ratio,
    /// Size of notes, captions, tables, heads and feet, in sizes of the text's.
    pub small: Ratio,
    /// Size of code, in sizes of the text's.
    pub code_size: Ratio,
    /// Words of code have the colours of what they are.
    pub highlight: bool,
    /// Columns of text on a page.
    pub columns: Columns,
    /// A table of contents before the text.
    pub toc: bool,
    /// Numbers before the headings.
    pub numbered_headings: bool,
    /// White around headings, of what is usual.
    pub heading_space: Ratio,
    /// Lines of running text end at the same place; otherwise they end where they end.
    pub justify: bool,
    /// Words of justified text may be hyphenated.
    pub hyphenate: bool,
    /// Paragraphs are told apart by an indent rather than by white.
    pub indents: bool,
    /// A page of its own for the title.
    pub cover: bool,
    /// What stands under the title.
    pub title: Title,
    /// What stands above the text of each page.
    pub header: Running,
    /// What stands below it.
    pub footer: Running,
    /// An image at the head of pages.
    pub logo: Option<PageLogo>,
    /// Colours.
    pub colors: Colors,
    /// Tables.
    pub tables: Tables,
    /// Links are underlined.
    pub underlined_links: bool,
    /// The addresses of links out of the document stand in notes.
    pub link_notes: bool,
    /// Quotation marks as the language has them; otherwise as they stand in the source.
    pub typographic_quotes: bool,
    /// Where notes stand.
    pub notes: Notes,
}

crate::format::options!(PageStyle);

/// An image at the head of pages.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct PageLogo {
    /// The image.
    pub image: Asset,
    /// How high it is.
    pub height: Length,
    /// On which pages.
    pub on: LogoPlace,
}

impl PageStyle {
    /// The pages of a style. Its faces are those of the [`FontLibrary`](crate::pdf::FontLibrary), and its
    /// logo is the image that is given.
    pub fn new(style: &Style, logo: Option<Asset>) -> Self {
        let Style { page, text, headings, title, colors, header, footer, tables, .. } = style.clone();
        PageStyle {
            paper: if page.landscape { page.size.landscape() } else { page.size },
            margins: page.margins,
            mirrored: page.mirrored,
            base_size: text.size,
            leading: text.leading,
            small: text.small,
            code_size: style.code.size,
            highlight: style.code.highlight,
            columns: if page.columns == 2 { Columns::Two } else { Columns::One },
            toc: page.contents,
            numbered_headings: headings.numbered,
            heading_space: headings.space,
            justify: text.align == Justification::Justified,
            hyphenate: text.hyphenate,
            indents: text.paragraphs == Paragraphs::Indent,
            cover: title.page,
            title,
            header,
            footer,
            logo: logo.map(|image| PageLogo { image, height: style.logo.height.0, on: style.logo.on }),
            colors,
            tables,
            underlined_links: style.links.underline,
            link_notes: style.links.notes,
            typographic_quotes: true,
            notes: Notes::Auto,
        }
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

impl PageStyle {
    /// Whether a head or foot says how many pages there are.
    pub(super) fn says_pages(&self) -> bool {
        let says =
            |line: &Running| [&line.left, &line.center, &line.right].iter().any(|t| t.has(Field::Pages));
        says(&self.header) || says(&self.footer)
    }
}

impl Default for PageStyle {
    fn default() -> Self {
        PageStyle::new(&Style::default(), None)
    }
}

/// The sizes that follow from a [`PageStyle`]: the page's frame and the type scale.
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

impl PageStyle {
    pub(super) fn scale(&self) -> Scale {
        // Below 4 pt nothing can be read, above 72 pt a line is a word.
        let size = self.base_size.clamp(Length::pt(4), Length::pt(72));
        let (leading, small) = (i64::from(self.leading.0), i64::from(self.small.0));
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
        let (width, height) = (self.paper.width(), self.paper.height());
        let columns = match self.columns {
            Columns::One => 1,
            Columns::Two => 2,
        };
        let gutter = scale.size * 2;
        let margins = self.margins.unwrap_or_else(|| {
            // A line of text is read with ease at 62 to 78 characters; 32 em are about 75 of them.
            let wanted = match self.columns {
                Columns::One => scale.size * 32,
                Columns::Two => scale.size * 42 + gutter,
            };
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

    #[test]
    fn no_margins_leave_a_page_without_room_for_text() {
        let all = Length::pt(1000);
        let style = PageStyle {
            margins: Some(Margins { top: all, right: all, bottom: all, left: all }),
            base_size: Length::pt(500),
            columns: Columns::Two,
            paper: Paper::A5,
            ..PageStyle::default()
        };
        let g = style.geometry();
        assert!(g.measure > Length::ZERO && g.text_height > Length::ZERO);
        assert!(g.left >= Length::ZERO && g.left + g.measure * 2 + g.gutter <= g.width);
        assert!(g.top >= Length::ZERO);
        let turned = g.turned();
        assert!(turned.measure > Length::ZERO && turned.text_height > Length::ZERO);
    }

    #[test]
    fn a_turned_sheet_is_wider_and_keeps_its_text_inside() {
        let g = PageStyle::default().geometry();
        let turned = g.turned();
        assert_eq!((turned.width, turned.height), (g.height, g.width));
        assert!(turned.measure > g.measure * 2 - g.measure / 10);
        assert!(turned.top + turned.text_height < turned.height);
        assert!(turned.left + turned.measure < turned.width);
    }
}

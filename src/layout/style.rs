//! What a page looks like: paper, margins, type scale and the options a user may set.

use super::length::Length;
use crate::format::OptionError;

/// How a document is set. [`PageStyle::default`] is A4 with one column of some 74 characters a line.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PageStyle {
    /// The sheet.
    pub paper: Paper,
    /// The margins; chosen by the paper and the type when absent.
    pub margins: Option<Margins>,
    /// Size of the running text; everything else is in proportion.
    pub base_size: Length,
    /// Columns of text on a page.
    pub columns: Columns,
    /// A table of contents before the text.
    pub toc: bool,
    /// Numbers before the headings.
    pub numbered_headings: bool,
    /// Lines of running text end at the same place; otherwise they end where they end.
    pub justify: bool,
    /// A page of its own for the title.
    pub cover: bool,
    /// Quotation marks as the language has them; otherwise as they stand in the source.
    pub typographic_quotes: bool,
    /// Where notes stand.
    pub notes: Notes,
}

crate::format::options!(PageStyle);

impl Default for PageStyle {
    fn default() -> Self {
        PageStyle {
            paper: Paper::A4,
            margins: None,
            base_size: Length::pt(11),
            columns: Columns::One,
            toc: false,
            numbered_headings: false,
            justify: true,
            cover: false,
            typographic_quotes: true,
            notes: Notes::Auto,
        }
    }
}

/// Columns of text on a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Columns {
    /// One.
    One,
    /// Two.
    Two,
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

/// A sheet of paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paper {
    width: Length,
    height: Length,
}

impl Paper {
    /// ISO 216 A4, 210 by 297 mm.
    pub const A4: Paper = Paper { width: Length::micro_m(210_000), height: Length::micro_m(297_000) };
    /// ISO 216 A5, 148 by 210 mm.
    pub const A5: Paper = Paper { width: Length::micro_m(148_000), height: Length::micro_m(210_000) };
    /// US letter, 8.5 by 11 inches.
    pub const LETTER: Paper = Paper { width: Length::pt(612), height: Length::pt(792) };
    /// A trade book, 6 by 9 inches.
    pub const TRADE: Paper = Paper { width: Length::pt(432), height: Length::pt(648) };

    /// A sheet of any size from 60 mm to 5 m a side (PDF 32000-1, annex C, allows 14,400 units);
    /// `None` outside.
    pub fn new(width: Length, height: Length) -> Option<Self> {
        let fits = |side: Length| (Length::micro_m(60_000)..=Length::micro_m(5_000_000)).contains(&side);
        (fits(width) && fits(height)).then_some(Paper { width, height })
    }

    /// Width of the sheet.
    pub fn width(self) -> Length {
        self.width
    }

    /// Height of the sheet.
    pub fn height(self) -> Length {
        self.height
    }
}

/// The white around the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Margins {
    /// Above the text; the running head stands in it.
    pub top: Length,
    /// Right of the text.
    pub right: Length,
    /// Below the text; the folio stands in it.
    pub bottom: Length,
    /// Left of the text.
    pub left: Length,
}

/// Reads `a4`, `a5`, `letter`, `6x9in`, or `WIDTHxHEIGHT` with a unit of [`parse_length`].
impl std::str::FromStr for Paper {
    type Err = OptionError;
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        const HELP: &str = "a paper is a4, a5, letter, or WIDTHxHEIGHT such as 6x9in or 170x240mm";
        Ok(match s.to_ascii_lowercase().as_str() {
            "a4" => Paper::A4,
            "a5" => Paper::A5,
            "letter" => Paper::LETTER,
            other => {
                let (width, height) = other.split_once('x').ok_or(HELP)?;
                let height_length = parse_length(height).ok_or(HELP)?;
                let unit = height.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
                let width =
                    parse_length(width).or_else(|| parse_length(&format!("{width}{unit}"))).ok_or(HELP)?;
                Paper::new(width, height_length).ok_or("a side of the paper is from 60 mm to 5 m long")?
            }
        })
    }
}

/// Reads one length for all four sides, two for top and bottom, left and right, or four for top,
/// right, bottom and left, parted by commas.
impl std::str::FromStr for Margins {
    type Err = OptionError;
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let sides: Option<Vec<Length>> = s.split(',').map(|side| parse_length(side.trim())).collect();
        match sides.as_deref() {
            Some(&[all]) => Ok(Margins { top: all, right: all, bottom: all, left: all }),
            Some(&[y, x]) => Ok(Margins { top: y, right: x, bottom: y, left: x }),
            Some(&[top, right, bottom, left]) => Ok(Margins { top, right, bottom, left }),
            _ => Err("margins are one, two or four lengths parted by commas, such as 25mm,30mm".into()),
        }
    }
}

/// Reads a length: a number with up to three decimals and one of the units `pt`, `mm`, `cm`, `in`.
/// `None` for anything else and for lengths above 10 m.
///
/// ```
/// # use fanfold::pdf::{Length, parse_length};
/// assert_eq!(parse_length("10.5pt"), Some(Length::milli_pt(10_500)));
/// assert_eq!(parse_length("1in"), Some(Length::pt(72)));
/// assert_eq!(parse_length("1"), None);
/// ```
pub fn parse_length(s: &str) -> Option<Length> {
    let unit_at = s.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let (number, unit) = s.split_at(unit_at);
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    if whole.is_empty() || whole.len() > 6 || decimals.len() > 3 || decimals.contains('.') {
        return None;
    }
    let mut thousandths: i64 = whole.parse().ok()?;
    for i in 0..3 {
        let digit = decimals.as_bytes().get(i).map_or(0, |d| i64::from(d - b'0'));
        thousandths = thousandths * 10 + digit;
    }
    let length = match unit.trim_start() {
        "pt" => Length::milli_pt(thousandths),
        "mm" => Length::micro_m(thousandths),
        "cm" => Length::micro_m(thousandths * 10),
        "in" => Length::milli_pt(thousandths * 72),
        _ => return None,
    };
    (length <= Length::micro_m(10_000_000)).then_some(length)
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
}

impl PageStyle {
    pub(super) fn scale(&self) -> Scale {
        // Below 4 pt nothing can be read, above 72 pt a line is a word.
        let size = self.base_size.clamp(Length::pt(4), Length::pt(72));
        Scale {
            size,
            leading: size.scale(132, 100),
            small: (size.scale(84, 100), size.scale(108, 100)),
            title: (size.scale(210, 100), size.scale(250, 100)),
            indent: size.scale(14, 10),
            hang: size.scale(17, 10),
        }
    }

    pub(super) fn geometry(&self) -> Geometry {
        let scale = self.scale();
        let Paper { width, height } = self.paper;
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
        Geometry { width, height, left, top, measure, gutter, columns, text_height, lines }
    }
}

impl Geometry {
    /// Width of all columns with the white between them.
    pub(super) fn text_width(&self) -> Length {
        self.measure * self.columns as i64 + self.gutter * (self.columns as i64 - 1)
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
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn papers_are_read_by_name_and_by_size() {
        assert_eq!("A4".parse(), Ok(Paper::A4));
        assert_eq!("letter".parse(), Ok(Paper::LETTER));
        assert_eq!("6x9in".parse(), Ok(Paper::TRADE));
        assert_eq!("148mmx210mm".parse(), Ok(Paper::A5));
        for bad in ["", "a99", "6x9", "0x9in", "1e3x9in", "6x9in in", "999999x1mm", "x", "1.2345x9in"] {
            assert!(bad.parse::<Paper>().is_err(), "{bad}");
        }
    }

    #[test]
    fn margins_take_one_two_or_four_lengths() {
        let mm = |n: i64| Length::micro_m(n * 1000);
        let two = Margins { top: mm(20), right: mm(30), bottom: mm(20), left: mm(30) };
        assert_eq!("20mm, 30mm".parse(), Ok(two));
        assert!("1mm,2mm,3mm".parse::<Margins>().is_err());
    }

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

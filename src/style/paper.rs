//! Sheets of paper, and the white around the text.

use super::length::{Length, parse_length};
use crate::format::OptionError;

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

    /// The same sheet with its long side across.
    pub fn landscape(self) -> Self {
        Paper { width: self.width.max(self.height), height: self.width.min(self.height) }
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

/// The sheets that have a name: ISO 216 in thousandths of a millimetre, then those of ANSI.
const NAMED: [(&str, Paper); 10] = [
    ("a0", iso(841, 1189)),
    ("a1", iso(594, 841)),
    ("a2", iso(420, 594)),
    ("a3", iso(297, 420)),
    ("a4", Paper::A4),
    ("a5", Paper::A5),
    ("a6", iso(105, 148)),
    ("b5", iso(176, 250)),
    ("letter", Paper::LETTER),
    ("legal", Paper { width: Length::pt(612), height: Length::pt(1008) }),
];

const fn iso(width: i64, height: i64) -> Paper {
    Paper { width: Length::micro_m(width * 1000), height: Length::micro_m(height * 1000) }
}

/// Reads `a0` to `a6`, `b5`, `letter`, `legal`, `6x9in`, or `WIDTHxHEIGHT` with a unit of [`parse_length`].
impl std::str::FromStr for Paper {
    type Err = OptionError;
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        const HELP: &str =
            "a paper is a0 to a6, b5, letter, legal, or WIDTHxHEIGHT such as 6x9in or 170x240mm";
        let s = s.to_ascii_lowercase();
        if let Some((_, paper)) = NAMED.iter().find(|(name, _)| *name == s) {
            return Ok(*paper);
        }
        let (width, height) = s.split_once('x').ok_or(HELP)?;
        let height_length = parse_length(height).ok_or(HELP)?;
        let unit = height.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        let width = parse_length(width).or_else(|| parse_length(&format!("{width}{unit}"))).ok_or(HELP)?;
        Ok(Paper::new(width, height_length).ok_or("a side of the paper is from 60 mm to 5 m long")?)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn papers_are_read_by_name_and_by_size() {
        assert_eq!("A4".parse(), Ok(Paper::A4));
        assert_eq!("letter".parse(), Ok(Paper::LETTER));
        assert_eq!("6x9in".parse(), Ok(Paper::TRADE));
        assert_eq!("148mmx210mm".parse(), Ok(Paper::A5));
        assert_eq!("8.5x14in".parse::<Paper>(), "legal".parse());
        assert_eq!("841x1189mm".parse::<Paper>(), "A0".parse());
        assert_eq!("a5".parse::<Paper>().map(Paper::landscape), "210x148mm".parse());
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
}

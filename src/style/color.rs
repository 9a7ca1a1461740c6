//! Colours, and how well one can be told from another.

use crate::format::OptionError;
use serde::Deserialize;
use std::fmt;
use std::str::FromStr;

/// A colour in sRGB.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub struct Color(pub u8, pub u8, pub u8);

impl Color {
    /// Black.
    pub const BLACK: Color = Color(0, 0, 0);
    /// White.
    pub const WHITE: Color = Color(255, 255, 255);

    /// The contrast ratio of WCAG 2.2 between two colours, from 100 (1:1, the same) to 2100 (21:1, black on
    /// white), in hundredths.
    pub fn contrast(self, other: Color) -> u32 {
        let (a, b) = (self.luminance(), other.luminance());
        ((a.max(b) + 0.05) / (a.min(b) + 0.05) * 100.0 + 1e-6) as u32
    }

    /// Relative luminance (WCAG 2.2), from 0 to 1.
    fn luminance(self) -> f64 {
        let linear = |byte: u8| {
            let s = f64::from(byte) / 255.0;
            if s <= 0.04045 { s / 12.92 } else { ((s + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }
}

impl fmt::Display for Color {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

/// Reads `#1b4f9e` or `#fff`.
impl FromStr for Color {
    type Err = OptionError;
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        const HELP: &str = "a colour is # and six or three hexadecimal digits, such as #1b4f9e";
        let digits = s.strip_prefix('#').filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit())).ok_or(HELP)?;
        let number = u32::from_str_radix(digits, 16).map_err(|_| HELP)?;
        let [_, r, g, b] = number.to_be_bytes();
        match digits.len() {
            6 => Ok(Color(r, g, b)),
            3 => Ok(Color((g & 15) * 17, (b >> 4) * 17, (b & 15) * 17)),
            _ => Err(HELP.into()),
        }
    }
}

impl TryFrom<String> for Color {
    type Error = OptionError;
    fn try_from(s: String) -> Result<Self, Self::Error> {
        s.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read_and_written() {
        assert_eq!("#1B4f9e".parse(), Ok(Color(0x1B, 0x4F, 0x9E)));
        assert_eq!("#fa0".parse(), Ok(Color(0xFF, 0xAA, 0)));
        assert_eq!(Color(1, 2, 0xFF).to_string(), "#0102ff");
        for wrong in ["", "#", "red", "#12", "#12345", "#+12345", "#1234567", "#ggg", "123456"] {
            assert!(wrong.parse::<Color>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        assert_eq!(Color::BLACK.contrast(Color::WHITE), 2100);
        assert_eq!(Color::WHITE.contrast(Color::WHITE), 100);
        // The greys on both sides of 4.5:1 on white.
        assert_eq!(Color(0x76, 0x76, 0x76).contrast(Color::WHITE), 454);
        assert_eq!(Color(0x77, 0x77, 0x77).contrast(Color::WHITE), 447);
    }
}

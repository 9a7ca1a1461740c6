use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

/// A length in units of 1/65536 pt (TeX's scaled point; 1 pt here is the PDF unit, 1/72 inch).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Length(#[doc(hidden)] pub i64);

impl Length {
    /// No length.
    pub const ZERO: Length = Length(0);

    /// Whole points.
    pub const fn pt(points: i64) -> Self {
        Length(points << 16)
    }

    /// Thousandths of a point, for constants such as 10.5 pt.
    pub const fn milli_pt(thousandths: i64) -> Self {
        Length(thousandths * 65536 / 1000)
    }

    /// Thousandths of a millimetre.
    pub const fn micro_m(micrometres: i64) -> Self {
        Length(micrometres * 65536 * 72 / 25400)
    }

    /// This length times `num / den`, rounded towards zero; the product is taken in 128 bits.
    #[doc(hidden)]
    pub const fn scale(self, num: i64, den: i64) -> Self {
        Length((self.0 as i128 * num as i128 / den as i128) as i64)
    }

    /// The length in points, for output only: no decision may hang on it.
    #[allow(clippy::float_arithmetic, reason = "for what is written, after all is set")]
    pub fn to_pt(self) -> f64 {
        self.0 as f64 / 65536.0
    }
}

#[doc(hidden)]
impl Add for Length {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Length(self.0 + other.0)
    }
}
#[doc(hidden)]
impl Sub for Length {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Length(self.0 - other.0)
    }
}
#[doc(hidden)]
impl Neg for Length {
    type Output = Self;
    fn neg(self) -> Self {
        Length(-self.0)
    }
}
#[doc(hidden)]
impl Mul<i64> for Length {
    type Output = Self;
    fn mul(self, n: i64) -> Self {
        Length(self.0 * n)
    }
}
#[doc(hidden)]
impl Div<i64> for Length {
    type Output = Self;
    fn div(self, n: i64) -> Self {
        Length(self.0 / n)
    }
}
#[doc(hidden)]
impl AddAssign for Length {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}
#[doc(hidden)]
impl SubAssign for Length {
    fn sub_assign(&mut self, other: Self) {
        self.0 -= other.0;
    }
}
#[doc(hidden)]
impl Sum for Length {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        Length(iter.map(|l| l.0).sum())
    }
}

/// Reads a length: a number with up to three decimals and one of the units `pt`, `mm`, `cm`, `in`.
/// `None` for anything else and for lengths above 10 m.
///
/// ```
/// # use fanfold::style::{Length, parse_length};
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

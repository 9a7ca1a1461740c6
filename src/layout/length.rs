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

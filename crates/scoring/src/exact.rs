//! Numbers as fractions.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul, Neg, Sub};

/// A fraction, always in lowest terms. Written in JSON as text, `"7/8"` or `"0.875"`; read in either way.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Exact(BigRational);

/// Digits that a number written by a person may have.
const MOST_DIGITS: usize = 40;

impl Exact {
    pub fn zero() -> Self {
        Self(BigRational::zero())
    }

    pub fn one() -> Self {
        Self(BigRational::one())
    }

    /// `None` where `below` is 0.
    pub fn ratio(above: impl Into<BigInt>, below: impl Into<BigInt>) -> Option<Self> {
        let below = below.into();
        (!below.is_zero()).then(|| Self(BigRational::new(above.into(), below)))
    }

    /// `None` where `other` is 0.
    pub fn over(&self, other: &Self) -> Option<Self> {
        (!other.0.is_zero()).then(|| Self(&self.0 / &other.0))
    }

    /// Reads `12`, `-0.25`, `70%` (0.7), `７０％`. No exponents, no thousands separators, at most 40 digits.
    pub fn parse(text: &str) -> Option<Self> {
        let narrow: String = text.trim().chars().map(narrow).collect();
        let (digits, percent) = match narrow.strip_suffix('%') {
            Some(rest) => (rest.trim_end(), true),
            None => (narrow.as_str(), false),
        };
        let (digits, negative) = match digits.strip_prefix('-') {
            Some(rest) => (rest, true),
            None => (digits.strip_prefix('+').unwrap_or(digits), false),
        };
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let all = format!("{whole}{part}");
        if all.is_empty() || all.len() > MOST_DIGITS || !all.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let above: BigInt = all.parse().ok()?;
        let places = part.len() + if percent { 2 } else { 0 };
        let found = Self::ratio(above, power_of_ten(places))?;
        Some(if negative { -found } else { found })
    }

    /// Rounded to so many places; halves go away from zero (四舍五入).
    #[must_use]
    pub fn round(&self, places: usize) -> Self {
        let unit = BigRational::from_integer(power_of_ten(places));
        // `round` of a fraction takes halves away from zero
        Self((&self.0 * &unit).round() / unit)
    }

    /// The largest whole number that is not above.
    #[must_use]
    pub fn floor(&self) -> Self {
        Self(self.0.floor())
    }

    /// The smallest whole number that is not below.
    #[must_use]
    pub fn ceil(&self) -> Self {
        Self(self.0.ceil())
    }

    #[must_use]
    pub fn abs(&self) -> Self {
        Self(self.0.abs())
    }

    pub fn is_zero(&self) -> bool {
        self.0.is_zero()
    }

    pub fn is_negative(&self) -> bool {
        self.0.is_negative()
    }

    /// Bits of both parts together: how much room it takes.
    pub fn bits(&self) -> u64 {
        self.0.numer().bits() + self.0.denom().bits()
    }

    /// With exactly so many places, rounded: `84.13`.
    pub fn shown(&self, places: usize) -> String {
        let scaled = (self.round(places).0 * BigRational::from_integer(power_of_ten(places))).to_integer();
        let digits = format!("{:0>width$}", scaled.abs().to_string(), width = places + 1);
        let sign = if scaled.is_negative() { "-" } else { "" };
        let (whole, part) = digits.split_at(digits.len() - places);
        if part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
    }

    /// For drawing; never for adding up.
    pub fn to_f64(&self) -> f64 {
        self.0.to_f64().unwrap_or(f64::NAN)
    }

    /// `None` of nothing.
    pub fn mean<'a>(values: impl IntoIterator<Item = &'a Self>) -> Option<Self> {
        let (mut sum, mut count) = (Self::zero(), 0_u64);
        for value in values {
            sum += value;
            count += 1;
        }
        sum.over(&Self::from(count))
    }

    /// The middle one, or the mean of the two in the middle; `None` of nothing.
    pub fn median(mut values: Vec<Self>) -> Option<Self> {
        values.sort_unstable();
        let half = values.len() / 2;
        let upper = values.get(half)?;
        if values.len() % 2 == 1 {
            return Some(upper.clone());
        }
        Self::mean([values.get(half.checked_sub(1)?)?, upper])
    }
}

fn power_of_ten(places: usize) -> BigInt {
    let mut power = BigInt::one();
    for _ in 0..places {
        power *= 10;
    }
    power
}

/// What Chinese input methods write in place of ASCII.
pub(crate) fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        '−' => '-',
        '×' => '*',
        '÷' => '/',
        other => other,
    }
}

impl Default for Exact {
    fn default() -> Self {
        Self::zero()
    }
}

impl fmt::Display for Exact {
    /// In full: as a decimal where it has at most six places, otherwise as a fraction.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for places in 0..=6 {
            if self.round(places) == *self {
                return f.write_str(&self.shown(places));
            }
        }
        write!(f, "{}/{}", self.0.numer(), self.0.denom())
    }
}

impl fmt::Debug for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Exact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Exact {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let wrong = || serde::de::Error::custom(format!("{text:?} is no number"));
        match text.split_once('/') {
            None => Self::parse(&text).ok_or_else(wrong),
            Some((above, below)) => {
                let part = |text: &str| text.parse::<BigInt>().ok();
                part(above).zip(part(below)).and_then(|(a, b)| Self::ratio(a, b)).ok_or_else(wrong)
            }
        }
    }
}

macro_rules! whole_numbers {
    ($($kind:ty),+) => {$(
        impl From<$kind> for Exact {
            fn from(number: $kind) -> Self {
                Self(BigRational::from_integer(number.into()))
            }
        }
    )+};
}
whole_numbers!(i32, i64, i128, u32, u64, usize);

impl Add for Exact {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl<'a> Add<&'a Exact> for Exact {
    type Output = Self;
    fn add(self, other: &'a Self) -> Self {
        Self(self.0 + &other.0)
    }
}

impl AddAssign<&Exact> for Exact {
    fn add_assign(&mut self, other: &Self) {
        self.0 += &other.0;
    }
}

impl Sub for Exact {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Mul for Exact {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        Self(self.0 * other.0)
    }
}

impl Mul<&Exact> for &Exact {
    type Output = Exact;
    fn mul(self, other: &Exact) -> Exact {
        Exact(&self.0 * &other.0)
    }
}

impl Neg for Exact {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Sum for Exact {
    fn sum<I: Iterator<Item = Self>>(values: I) -> Self {
        values.fold(Self::zero(), |sum, value| sum + value)
    }
}

impl<'a> Sum<&'a Exact> for Exact {
    fn sum<I: Iterator<Item = &'a Self>>(values: I) -> Self {
        values.fold(Self::zero(), |sum, value| sum + value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn exact(text: &str) -> Exact {
        Exact::parse(text).unwrap()
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (text, shown) in [
            ("12", "12"),
            ("-0.25", "-0.25"),
            ("70%", "0.7"),
            (" ７０．５％ ", "0.705"),
            ("+1.50", "1.5"),
            (".5", "0.5"),
            ("5.", "5"),
        ] {
            assert_eq!(exact(text).to_string(), shown, "{text}");
        }
        for text in ["", ".", "-", "%", "1,000", "1e3", "一", "1.2.3", "--1", &"9".repeat(41)] {
            assert_eq!(Exact::parse(text), None, "{text}");
        }
    }

    #[test]
    fn halves_go_away_from_zero_and_no_binary_fraction_gets_in_between() {
        for (text, places, shown) in [
            ("2.675", 2, "2.68"),
            ("-2.675", 2, "-2.68"),
            ("1.005", 2, "1.01"),
            ("0.5", 0, "1"),
            ("-0.004", 2, "0.00"),
            ("99.995", 2, "100.00"),
        ] {
            assert_eq!(exact(text).shown(places), shown, "{text}");
        }
    }

    #[test]
    fn the_middle_of_even_and_odd() {
        let of = |texts: &[&str]| Exact::median(texts.iter().map(|t| exact(t)).collect());
        assert_eq!(of(&[]), None);
        assert_eq!(of(&["3", "1", "2"]), Some(exact("2")));
        assert_eq!(of(&["4", "1", "2", "3"]), Some(exact("2.5")));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(above in -10_000_000_000_i64..10_000_000_000, below in 1_i64..1_000_000) {
            let value = Exact::ratio(above, below).unwrap();
            let text = serde_json::to_string(&value).unwrap();
            prop_assert_eq!(serde_json::from_str::<Exact>(&text).unwrap(), value);
        }

        #[test]
        fn order_of_adding_does_not_matter(mut values in prop::collection::vec((-1000_i64..1000, 1_i64..60), 0..40)) {
            let sum = |values: &[(i64, i64)]| values.iter().filter_map(|(a, b)| Exact::ratio(*a, *b)).sum::<Exact>();
            let before = sum(&values);
            values.reverse();
            prop_assert_eq!(sum(&values), before);
        }

        #[test]
        fn rounding_moves_by_half_a_unit_at_most(above: i64, below in 1_i64..100_000, places in 0_usize..8) {
            let value = Exact::ratio(above, below).unwrap();
            let moved = (value.round(places) - value).abs();
            prop_assert!(moved <= Exact::ratio(1, power_of_ten(places) * 2).unwrap());
        }

        #[test]
        fn never_panics(text in "\\PC{0,60}") {
            let _ = Exact::parse(&text);
            let _ = serde_json::from_value::<Exact>(serde_json::Value::String(text));
        }
    }
}

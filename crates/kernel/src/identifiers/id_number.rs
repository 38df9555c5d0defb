use super::{IdentifierError, expect_digits, expect_length, tidy};
use crate::time::Date;
use serde::{Deserialize, Serialize};
use std::fmt;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sex {
    Female,
    Male,
}

/// Citizen identity number, GB 11643-1999: 18 digits, the last may be X. Sensitive; shown only through
/// [`crate::masking`].
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct IdNumber(String);

impl IdNumber {
    /// Reads a number; a lower-case x, spaces around it and full-width characters are accepted. The 15-digit numbers
    /// of before 1999 are not: they have been void since 2013.
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        const CHECKS: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];
        let number = tidy(text);
        expect_length(&number, 18)?;
        expect_digits(number.chars().take(17))?;
        let last = number.chars().last().unwrap_or(' ');
        if !(last.is_ascii_digit() || last == 'X') {
            return Err(IdentifierError::Letter { position: 18, found: last });
        }
        let sum: u32 = number.chars().zip(WEIGHTS).map(|(c, w)| c.to_digit(10).unwrap_or(0) * w).sum();
        let expected = CHECKS[sum as usize % 11];
        if last != expected {
            return Err(IdentifierError::CheckDigit { expected });
        }
        birth(&number).ok_or(IdentifierError::Date)?;
        Ok(Self(number))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn birth_date(&self) -> Date {
        birth(&self.0).unwrap_or_default()
    }

    /// Full years of life on `day`; 0 before birth. Someone born on 29 February has a birthday on 1 March.
    pub fn age_on(&self, day: Date) -> u16 {
        let born = self.birth_date();
        let had_birthday = (day.month(), day.day()) >= (born.month(), born.day());
        u16::try_from(day.year() - born.year() - i16::from(!had_birthday)).unwrap_or(0)
    }

    /// The 17th digit: odd for men.
    pub fn sex(&self) -> Sex {
        if self.0.as_bytes()[16] % 2 == 1 { Sex::Male } else { Sex::Female }
    }

    /// Six digits of GB/T 2260: where the first registration was, perhaps under a code since withdrawn.
    pub fn area_code(&self) -> &str {
        &self.0[..6]
    }
}

impl fmt::Debug for IdNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "IdNumber({}****************{})", &self.0[..1], &self.0[17..])
    }
}

/// The date at digits 7 to 14, in 1800 to 2199.
pub(crate) fn birth(number: &str) -> Option<Date> {
    let year = number.get(6..10)?.parse().ok().filter(|y| (1800..2200).contains(y))?;
    Date::new(year, number.get(10..12)?.parse().ok()?, number.get(12..14)?.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn reads_the_vectors_of_the_standard() {
        let woman = IdNumber::parse("11010519491231002x").unwrap();
        assert_eq!(woman.as_str(), "11010519491231002X");
        assert_eq!(
            (woman.birth_date(), woman.sex(), woman.area_code()),
            (date(1949, 12, 31), Sex::Female, "110105")
        );
        let man = IdNumber::parse("４４０５２４188001010014").unwrap();
        assert_eq!((man.birth_date(), man.sex()), (date(1880, 1, 1), Sex::Male));
    }

    #[test]
    fn age_changes_on_the_birthday() {
        let woman = IdNumber::parse("11010519491231002X").unwrap();
        assert_eq!(woman.age_on(date(1963, 12, 30)), 13);
        assert_eq!(woman.age_on(date(1963, 12, 31)), 14);
        assert_eq!(woman.age_on(date(1940, 1, 1)), 0);
    }

    #[test]
    fn says_which_check_failed() {
        let error = |text| IdNumber::parse(text).unwrap_err();
        assert_eq!(error("130503670401001"), IdentifierError::Length { found: 15 });
        assert_eq!(error("1101051949X231002X"), IdentifierError::Letter { position: 11, found: 'X' });
        assert_eq!(error("11010519491231002A"), IdentifierError::Letter { position: 18, found: 'A' });
        assert_eq!(error("110105194912310021"), IdentifierError::CheckDigit { expected: 'X' });
        assert_eq!(error(&with_check("11010519490230002")), IdentifierError::Date);
    }

    #[test]
    fn debug_is_masked() {
        let shown = format!("{:?}", IdNumber::parse("11010519491231002X").unwrap());
        assert_eq!(shown, "IdNumber(1****************X)");
    }

    #[test]
    fn json_is_checked_too() {
        assert!(serde_json::from_str::<IdNumber>("\"11010519491231002X\"").is_ok());
        assert!(serde_json::from_str::<IdNumber>("\"110105194912310021\"").is_err());
    }

    /// Adds the right last character to 17 digits.
    fn with_check(body: &str) -> String {
        let expected = ["0", "1"].iter().find_map(|end| match IdNumber::parse(&format!("{body}{end}")) {
            Err(IdentifierError::CheckDigit { expected }) => Some(expected),
            _ => None,
        });
        format!("{body}{}", expected.unwrap())
    }

    proptest! {
        // 11 is prime, no weight is a multiple of it, and digits differ by less than 11
        #[test]
        fn any_single_change_is_refused(
            area in "[1-6][0-9]{5}",
            day in 0..80_000_i32,
            serial in "[0-9]{3}",
            at in 0..18_usize,
            new in "[0-9X]",
        ) {
            let born = crate::time::date_from_epoch_days(i64::from(day) - 40_000);
            let good = with_check(&format!("{area}{}{serial}", born.strftime("%Y%m%d")));
            prop_assert_eq!(IdNumber::parse(&good).unwrap().birth_date(), born);
            let mut bad = good.clone();
            bad.replace_range(at..=at, &new);
            prop_assert!(bad == good || IdNumber::parse(&bad).is_err(), "{} became {}", good, bad);
        }

        #[test]
        fn never_panics(text in ".{0,20}") {
            let _ = IdNumber::parse(&text);
        }
    }
}

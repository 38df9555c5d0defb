use super::{IdentifierError, expect_digits, tidy};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A telephone number within China: mobile `13912345678` or landline `0937-6226666`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Phone(String);

impl Phone {
    /// Reads a number; spaces, hyphens, brackets and the prefixes +86, 86 and 0086 are accepted. A landline needs its
    /// area code.
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        let plain: String = tidy(text).chars().filter(|c| !" -()\u{a0}".contains(*c)).collect();
        let digits = ["+86", "0086"].iter().find_map(|prefix| plain.strip_prefix(prefix)).unwrap_or(&plain);
        let digits = digits.strip_prefix("86").filter(|rest| is_mobile(rest)).unwrap_or(digits);
        expect_digits(digits.chars())?;
        if is_mobile(digits) {
            return Ok(Self(digits.to_owned()));
        }
        if let Some(area) = landline_area(digits) {
            return Ok(Self(format!("{}-{}", &digits[..area], &digits[area..])));
        }
        let right_length =
            if digits.starts_with('0') { (10..=12).contains(&digits.len()) } else { digits.len() == 11 };
        if !right_length {
            return Err(IdentifierError::Length { found: digits.len() });
        }
        let position = if digits.starts_with('1') { 2 } else { 1 };
        Err(IdentifierError::Letter { position, found: digits.chars().nth(position - 1).unwrap_or(' ') })
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn is_mobile(&self) -> bool {
        is_mobile(&self.0)
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Phone({}****{})", &self.0[..3], &self.0[self.0.len() - 4..])
    }
}

/// Eleven digits from 13 to 19.
pub(crate) fn is_mobile(digits: &str) -> bool {
    digits.len() == 11 && digits.starts_with('1') && matches!(digits.as_bytes()[1], b'3'..=b'9')
}

/// Length of the area code, when these digits are an area code and a number: 010 and 02x with eight digits, four-digit
/// codes with seven or eight. Numbers of subscribers begin with 2 to 8.
pub(crate) fn landline_area(digits: &str) -> Option<usize> {
    let bytes = digits.as_bytes();
    if bytes.first() != Some(&b'0') {
        return None;
    }
    let (area, lengths) = match bytes.get(1)? {
        b'1' if bytes.get(2) == Some(&b'0') => (3, 11..=11),
        b'2' => (3, 11..=11),
        b'3'..=b'9' => (4, 11..=12),
        _ => return None,
    };
    (lengths.contains(&bytes.len()) && matches!(bytes[area], b'2'..=b'8')).then_some(area)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_what_people_write() {
        for (text, normal) in [
            ("13912345678", "13912345678"),
            (" 139 1234 5678 ", "13912345678"),
            ("+86 139-1234-5678", "13912345678"),
            ("008613912345678", "13912345678"),
            ("8613912345678", "13912345678"),
            ("１３９１２３４５６７８", "13912345678"),
            ("0937-6226666", "0937-6226666"),
            ("（0937）6226666", "0937-6226666"),
            ("01062345678", "010-62345678"),
            ("021-5234 5678", "021-52345678"),
            ("0512 65123456", "0512-65123456"),
        ] {
            assert_eq!(Phone::parse(text).unwrap().as_str(), normal, "{text}");
        }
        assert!(Phone::parse("13912345678").unwrap().is_mobile());
        assert!(!Phone::parse("0937-6226666").unwrap().is_mobile());
    }

    #[test]
    fn refuses_the_rest() {
        assert_eq!(Phone::parse("1391234567"), Err(IdentifierError::Length { found: 10 }));
        assert_eq!(Phone::parse(""), Err(IdentifierError::Length { found: 0 }));
        assert_eq!(Phone::parse("6226666"), Err(IdentifierError::Length { found: 7 }), "no area code");
        assert_eq!(Phone::parse("12912345678"), Err(IdentifierError::Letter { position: 2, found: '2' }));
        assert_eq!(Phone::parse("139123456x8"), Err(IdentifierError::Letter { position: 10, found: 'X' }));
        assert!(Phone::parse("0937-0226666").is_err(), "no subscriber's number begins with 0");
    }

    #[test]
    fn debug_is_masked() {
        assert_eq!(format!("{:?}", Phone::parse("13912345678").unwrap()), "Phone(139****5678)");
    }

    proptest! {
        #[test]
        fn the_normal_form_is_stable(text in "(1[3-9][0-9]{9})|(0[3-9][0-9]{2}-?[2-8][0-9]{6,7})|(02[0-9]-?[2-8][0-9]{7})") {
            let once = Phone::parse(&text).unwrap();
            prop_assert_eq!(Phone::parse(once.as_str()).unwrap(), once);
        }

        #[test]
        fn never_panics(text in ".{0,20}") {
            let _ = Phone::parse(&text);
        }
    }
}

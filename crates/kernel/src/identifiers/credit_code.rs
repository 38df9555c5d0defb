use super::{IdentifierError, expect_length, tidy};
use serde::{Deserialize, Serialize};

/// Unified social credit code, GB 32100-2015: 18 characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CreditCode(String);

/// Without I, O, S, V and Z, which look like digits.
const CREDIT_ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

impl CreditCode {
    /// Reads a code; spaces around it, lower case and full-width characters are accepted.
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        let code = tidy(text);
        expect_length(&code, 18)?;
        let mut values = [0_u32; 18];
        for (index, (slot, found)) in values.iter_mut().zip(code.chars()).enumerate() {
            let value =
                (0_u32..).zip(CREDIT_ALPHABET).find(|(_, c)| char::from(**c) == found).map(|(v, _)| v);
            let area = (2..8).contains(&index);
            match value {
                Some(value) if value < 10 || !area => *slot = value,
                _ => return Err(IdentifierError::Letter { position: index + 1, found }),
            }
        }
        let mut weight = 1;
        let mut sum = 0;
        for value in &values[..17] {
            sum += value * weight;
            weight = weight * 3 % 31;
        }
        let expected = char::from(CREDIT_ALPHABET[(31 - sum as usize % 31) % 31]);
        if !code.ends_with(expected) {
            return Err(IdentifierError::CheckDigit { expected });
        }
        check_organisation(&code[8..17])?;
        Ok(Self(code))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Which department registered it: `1` offices, `5` civil affairs, `9` market regulation …
    pub fn department(&self) -> &str {
        &self.0[..1]
    }

    /// Six digits of GB/T 2260: where it was registered.
    pub fn area_code(&self) -> &str {
        &self.0[2..8]
    }

    /// Nine characters of GB 11714, the check digit last, without its hyphen.
    pub fn organisation_code(&self) -> &str {
        &self.0[8..17]
    }
}

/// GB 11714: the organisation code's own check, weights over base 36, modulo 11, ten written X.
fn check_organisation(code: &str) -> Result<(), IdentifierError> {
    const WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = code.chars().zip(WEIGHTS).map(|(c, w)| c.to_digit(36).unwrap_or(0) * w).sum();
    let expected = match (11 - sum % 11) % 11 {
        10 => 'X',
        n => char::from_digit(n, 10).unwrap_or('0'),
    };
    if code.ends_with(expected) { Ok(()) } else { Err(IdentifierError::OrganisationCode { expected }) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_the_vector_of_the_standard() {
        let code = CreditCode::parse(" 91350100m000100y43 ").unwrap();
        assert_eq!(code.as_str(), "91350100M000100Y43");
        assert_eq!(
            (code.department(), code.area_code(), code.organisation_code()),
            ("9", "350100", "M000100Y4")
        );
    }

    #[test]
    fn says_which_check_failed() {
        let error = |text| CreditCode::parse(text).unwrap_err();
        assert_eq!(error("91350100M000100Y4"), IdentifierError::Length { found: 17 });
        assert_eq!(error("91350100M00O100Y43"), IdentifierError::Letter { position: 12, found: 'O' });
        assert_eq!(error("9135A100M000100Y43"), IdentifierError::Letter { position: 5, found: 'A' });
        assert_eq!(error("91350100M000100Y44"), IdentifierError::CheckDigit { expected: '3' });
        // its own check digit fits, the organisation code's does not
        let sound = organisations().find(|code| CreditCode::parse(code).is_err()).unwrap();
        assert_eq!(error(&sound), IdentifierError::OrganisationCode { expected: '4' });
    }

    /// The vector with each possible pair of last characters.
    fn organisations() -> impl Iterator<Item = String> {
        let letters = || CREDIT_ALPHABET.iter().map(|b| char::from(*b));
        letters()
            .flat_map(move |a| letters().map(move |b| format!("91350100M000100Y{a}{b}")))
            .filter(|code| !matches!(CreditCode::parse(code), Err(IdentifierError::CheckDigit { .. })))
    }

    /// A valid code from a registering department, an area and eight characters of an organisation code.
    fn build(prefix: &str, organisation: &str) -> String {
        let last = |text: &str, wanted: fn(IdentifierError) -> Option<char>| {
            CreditCode::parse(text).err().and_then(wanted)
        };
        let organisation = match check_organisation(&format!("{organisation}*")) {
            Err(IdentifierError::OrganisationCode { expected }) => format!("{organisation}{expected}"),
            other => panic!("{other:?}"),
        };
        // a wrong last character makes the parser name the right one; one of two must be wrong
        let body = format!("{prefix}{organisation}");
        let check = ["0", "1"].iter().find_map(|end| {
            last(&format!("{body}{end}"), |e| match e {
                IdentifierError::CheckDigit { expected } => Some(expected),
                _ => None,
            })
        });
        format!("{body}{}", check.unwrap())
    }

    proptest! {
        // 3 is a generator modulo the prime 31, so no weight is 0, and characters differ by less than 31
        #[test]
        fn any_single_change_is_refused(
            prefix in "[159][1239][0-9]{6}",
            organisation in "[0-9A-HJ-NPQRTUWXY]{8}",
            at in 0..18_usize,
            new in 0..31_usize,
        ) {
            let good = build(&prefix, &organisation);
            prop_assert!(CreditCode::parse(&good).is_ok(), "{good}");
            let mut bad = good.clone().into_bytes();
            bad[at] = CREDIT_ALPHABET[new];
            let bad = String::from_utf8(bad).unwrap();
            prop_assert!(bad == good || CreditCode::parse(&bad).is_err(), "{good} became {bad}");
        }

        #[test]
        fn never_panics(text in ".{0,20}") {
            let _ = CreditCode::parse(&text);
        }
    }
}

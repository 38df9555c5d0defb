/// The code of a grid cell: 15 digits, 6 of the county level, 3 of the street, 3 of the community, 3 in sequence
/// (GB/T 30428.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GridCode(String);

impl GridCode {
    /// 15 digits of which none of the four parts but the street and the community may be nought.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.len() == 15 && text.bytes().all(|b| b.is_ascii_digit());
        let sound = digits && !text.starts_with("000000") && !text.ends_with("000");
        sound.then(|| Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The code of the community it lies in: the first 12 digits.
    pub fn community(&self) -> &str {
        &self.0[..12]
    }

    /// The code of the street or town it lies in: the first 9 digits.
    pub fn street(&self) -> &str {
        &self.0[..9]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_six_and_three_times_three_digits() {
        let code = GridCode::parse("620201001001007").unwrap();
        assert_eq!((code.street(), code.community()), ("620201001", "620201001001"));
        for wrong in [
            "62020100100100",
            "6202010010010070",
            "62020100100100x",
            "000000001001001",
            "620201001001000",
            "",
        ] {
            assert!(GridCode::parse(wrong).is_none(), "{wrong}");
        }
    }
}

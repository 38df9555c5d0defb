//! How a sealed text is written: `s1.<number of the key>.<nonce, ciphertext and tag in base64url without padding>`.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// What every text of this version begins with.
pub(super) const VERSION: &str = "s1.";
/// Nonce and tag, the least there can be.
const SHORTEST: usize = 12 + 16;

/// A sealed text taken apart.
#[derive(Debug, PartialEq, Eq)]
pub struct Form {
    pub key: u32,
    pub bytes: Vec<u8>,
}

impl Form {
    /// Reads a text that [`write`](Self::write) wrote; `None` for any other.
    pub fn parse(text: &str) -> Option<Self> {
        let (number, body) = text.strip_prefix(VERSION)?.split_once('.')?;
        // one way to write each number
        let plain = number.bytes().all(|b| b.is_ascii_digit()) && !number.starts_with('0');
        let key = number.parse().ok().filter(|_| plain)?;
        let bytes = URL_SAFE_NO_PAD.decode(body).ok().filter(|b| b.len() >= SHORTEST)?;
        Some(Self { key, bytes })
    }

    pub fn write(&self) -> String {
        let mut out = start(self.key);
        URL_SAFE_NO_PAD.encode_string(&self.bytes, &mut out);
        out
    }
}

/// What all texts sealed with a key begin with.
pub(super) fn start(key: u32) -> String {
    format!("{VERSION}{key}.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_not_the_form_is_refused() {
        let good = Form { key: 12, bytes: vec![7; 28] }.write();
        assert!(Form::parse(&good).is_some());
        for bad in [
            "",
            "s1.",
            "s1..",
            "s1.1.",
            "13812341234",
            "s2.1.AAAA",
            &good.replace("s1", "s2"),
            &good.replace(".12.", ".012."),
            &good.replace(".12.", ".+12."),
            &good.replace(".12.", ".99999999999."),
            &good.replace(".12.", ".0."),
            &format!("{good}="),
            &good[..good.len() - 4],
            &format!(" {good}"),
        ] {
            assert_eq!(Form::parse(bad), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn there_and_back(key in 1_u32.., bytes in proptest::collection::vec(any::<u8>(), 28..200)) {
            let form = Form { key, bytes };
            prop_assert_eq!(Form::parse(&form.write()), Some(form));
        }

        #[test]
        fn what_is_read_is_written_the_same(text in "s1\\.[0-9]{0,12}\\.[A-Za-z0-9_-]{0,80}|.{0,60}") {
            if let Some(form) = Form::parse(&text) {
                prop_assert_eq!(form.write(), text);
            }
        }
    }
}

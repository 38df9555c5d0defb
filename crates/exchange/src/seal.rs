//! What lies sealed of the exchange, and keys between a partner and us.
//!
//! Ours for them (the key they show when they push) is not kept but worked out each time. What they gave us, and changes as they
//! came, are sealed like all personal data; before there were data keys they were sealed with a key worked out from
//! `secret.key`, which every backup holds, and are opened here once more when such a city is first opened.

use crate::model::Partner;
use ::store::sealed_columns;
use ::store::secrets::{Secrets, same};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};

sealed_columns! {
    /// A partner's credential; a backup must not hold it.
    pub PartnerToken = "xchg_partner"."token" of "id", before "id" by opened_before;
    /// A change as it came, which may name a reporter.
    pub InBody = "xchg_in"."body" of "id", before "partner_id" by opened_before;
    /// What is wrong with it, which may quote it.
    pub InDetail = "xchg_in"."detail" of "id";
    pub OutBody = "xchg_out"."body" of "id";
    pub OutAnswer = "xchg_out"."answer" of "id";
    /// Codes and times, or what the two say of a case.
    pub DifferenceOurs = "xchg_difference"."ours" of "id";
    pub DifferenceTheirs = "xchg_difference"."theirs" of "id";
    pub DifferenceReason = "xchg_difference"."reason" of "id";
}

/// What was sealed for a partner with AES-256-GCM under a key of `secret.key`: nonce, ciphertext and tag in base64. `None` for
/// anything else.
pub(crate) fn opened_before(secrets: &Secrets, partner: i64, sealed: &str) -> Option<String> {
    let bytes = STANDARD.decode(sealed).ok()?;
    let (nonce, body) = bytes.split_at_checked(NONCE_LEN)?;
    let key =
        UnboundKey::new(&AES_256_GCM, &secrets.sign("exchange-seal", &[&partner.to_be_bytes()])).ok()?;
    let (nonce, mut body) = (Nonce::try_assume_unique_for_key(nonce).ok()?, body.to_vec());
    let opened = LessSafeKey::new(key).open_in_place(nonce, Aad::empty(), &mut body).ok()?;
    String::from_utf8(opened.to_vec()).ok()
}

/// The key that the partner shows when it pushes: `xk_` and 64 hexadecimal digits.
pub(crate) fn key_for_them(secrets: &Secrets, partner: &Partner) -> String {
    let id = partner.id.raw().to_be_bytes();
    format!("xk_{}", hex::encode(secrets.sign("exchange-key", &[&id, partner.nonce.as_bytes()])))
}

/// Whether this is the partner's key.
pub(crate) fn is_theirs(secrets: &Secrets, partner: &Partner, shown: &str) -> bool {
    same(key_for_them(secrets, partner).as_bytes(), shown.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made by the program of then for the partner 7 of a city whose key is 32 times the byte 1.
    fn sealed_then(text: &str) -> String {
        let key = Secrets::fixed([1; 32]).sign("exchange-seal", &[&7_i64.to_be_bytes()]);
        let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &key).unwrap());
        let (nonce, mut bytes) = ([5; NONCE_LEN], text.as_bytes().to_vec());
        key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::empty(), &mut bytes).unwrap();
        STANDARD.encode([&nonce[..], &bytes].concat())
    }

    #[test]
    fn only_the_same_city_and_partner_open_what_was_sealed_before() {
        let (ours, other) = (Secrets::fixed([1; 32]), Secrets::fixed([2; 32]));
        let sealed = sealed_then("电话13893712345");
        assert_eq!(opened_before(&ours, 7, &sealed).as_deref(), Some("电话13893712345"));
        assert_eq!((opened_before(&ours, 8, &sealed), opened_before(&other, 7, &sealed)), (None, None));
        for broken in ["", "x", "AAAA", &sealed[..20], &sealed.replace(&sealed[30..32], "zz")] {
            assert_eq!(opened_before(&ours, 7, broken), None, "{broken}");
        }
    }
}

//! What must not lie readable in the database: the partner's credential, and changes as they came, which may name a reporter.
//!
//! AES-256-GCM under a key worked out from the city's key file for this purpose and partner; each sealing has its own random
//! nonce. Ours for them (the key they show when they push) is not kept at all but worked out each time.

use crate::model::Partner;
use ::store::secrets::{Secrets, random_bytes, same};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};

fn key(secrets: &Secrets, partner: Id<Partner>) -> Result<LessSafeKey> {
    let bytes = secrets.sign("exchange-seal", &[&partner.raw().to_be_bytes()]);
    UnboundKey::new(&AES_256_GCM, &bytes).map(LessSafeKey::new).map_err(|_| Problem::internal("sealing key"))
}

/// Seals a text; empty stays empty.
pub(crate) fn seal(secrets: &Secrets, partner: Id<Partner>, text: &str) -> Result<String> {
    if text.is_empty() {
        return Ok(String::new());
    }
    let nonce = random_bytes::<NONCE_LEN>();
    let mut bytes = text.as_bytes().to_vec();
    key(secrets, partner)?
        .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::empty(), &mut bytes)
        .map_err(|_| Problem::internal("sealing failed"))?;
    Ok(STANDARD.encode([&nonce[..], &bytes].concat()))
}

/// Opens what [`seal`] made. 500 when it was made with another key or changed.
pub(crate) fn open(secrets: &Secrets, partner: Id<Partner>, sealed: &str) -> Result<String> {
    if sealed.is_empty() {
        return Ok(String::new());
    }
    let fault =
        || Problem::internal("what was sealed for the exchange cannot be opened with this city's key");
    let bytes = STANDARD.decode(sealed).map_err(|_| fault())?;
    let (nonce, rest) = bytes.split_at_checked(NONCE_LEN).ok_or_else(fault)?;
    let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| fault())?;
    let mut rest = rest.to_vec();
    let opened = key(secrets, partner)?.open_in_place(nonce, Aad::empty(), &mut rest).map_err(|_| fault())?;
    String::from_utf8(opened.to_vec()).map_err(|_| fault())
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

    #[test]
    fn only_the_same_city_and_partner_open_it() {
        let (ours, other) = (Secrets::fixed([1; 32]), Secrets::fixed([2; 32]));
        let sealed = seal(&ours, Id::new(7), "电话13893712345").unwrap();
        assert!(!sealed.contains("138"));
        assert_ne!(sealed, seal(&ours, Id::new(7), "电话13893712345").unwrap());
        assert_eq!(open(&ours, Id::new(7), &sealed).unwrap(), "电话13893712345");
        assert!(open(&ours, Id::new(8), &sealed).is_err());
        assert!(open(&other, Id::new(7), &sealed).is_err());
        for broken in ["x", "AAAA", &sealed[..20], &sealed.replace(&sealed[30..32], "zz")] {
            assert!(open(&ours, Id::new(7), broken).is_err(), "{broken}");
        }
        assert_eq!(open(&ours, Id::new(7), &seal(&ours, Id::new(7), "").unwrap()).unwrap(), "");
    }
}

//! The second factor: six digits that an authenticator app works out anew every thirty seconds (RFC 6238, HMAC-SHA-1,
//! which is what all apps can do). The person's key is derived from the city's key and a nonce, so it is stored nowhere.

use crate::model::PersonId;
use hmac::{Hmac, KeyInit, Mac};
use kernel::time::{Instant, SECOND};
use sha1::Sha1;
use store::secrets::{Secrets, same};

const STEP: i64 = 30 * SECOND;

/// The key of a person's second factor.
pub fn key(secrets: &Secrets, person: PersonId, nonce: &str) -> [u8; 20] {
    let signed = secrets.sign("second-factor", &[&person.raw().to_be_bytes(), nonce.as_bytes()]);
    let mut key = [0; 20];
    key.copy_from_slice(&signed[..20]);
    key
}

/// How a recovery code is stored; only its letters and digits count.
pub fn recovery_hash(secrets: &Secrets, person: PersonId, code: &str) -> String {
    let plain: String = code.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
    hex::encode(secrets.sign("recovery-code", &[&person.raw().to_be_bytes(), plain.as_bytes()]))
}

/// The six digits of a step.
fn code(key: &[u8], step: i64) -> String {
    let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(key) else { return String::new() };
    mac.update(&step.to_be_bytes());
    let digest = mac.finalize().into_bytes();
    let at = usize::from(digest[19] & 0xf);
    let word =
        digest[at..at + 4].iter().fold(0_u32, |word, byte| (word << 8) | u32::from(*byte)) & 0x7fff_ffff;
    format!("{:06}", word % 1_000_000)
}

/// The step whose code was given, if it is newer than the last one used: one step early or late is borne.
pub fn step_of(key: &[u8], given: &str, now: Instant, last_used: i64) -> Option<i64> {
    let digits: String = given.chars().filter(|c| !c.is_whitespace()).collect();
    let step = now.0.div_euclid(STEP);
    [step, step - 1, step + 1]
        .into_iter()
        .filter(|s| *s > last_used)
        .find(|s| same(code(key, *s).as_bytes(), digits.as_bytes()))
}

/// The code an app would show now: for tests.
pub fn now(key: &[u8], now: Instant) -> String {
    code(key, now.0.div_euclid(STEP))
}

/// The key in the letters that apps take when it is typed in (RFC 4648, base 32).
pub fn base32(key: &[u8]) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let (mut out, mut held, mut bits) = (String::new(), 0_u32, 0_u32);
    for byte in key {
        held = (held << 8) | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            out.push(char::from(LETTERS[(held >> bits & 31) as usize]));
        }
    }
    out
}

/// What the QR code says, which apps read.
pub fn address(key: &[u8], city: &str, login: &str) -> String {
    let issuer = web::ui::encode(city);
    format!("otpauth://totp/{issuer}:{login}?secret={}&issuer={issuer}", base32(key))
}

/// A QR code as SVG for a page, without style attributes.
pub fn qr(text: &str) -> String {
    let Ok(code) = qrcode::QrCode::new(text) else { return String::new() };
    let svg = code.render::<qrcode::render::svg::Color<'_>>().min_dimensions(220, 220).build();
    svg.find("<svg").map_or_else(String::new, |at| svg[at..].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_the_standard() {
        // RFC 6238, appendix B, the last six of eight digits
        let key = b"12345678901234567890";
        for (seconds, expected) in [(59, "287082"), (1_111_111_109, "081804"), (2_000_000_000, "279037")] {
            assert_eq!(now(key, Instant(seconds * SECOND)), expected);
        }
        assert_eq!(base32(b"12345678901234567890"), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    }

    #[test]
    fn a_code_works_once_and_not_for_long() {
        let (key, at) = (b"12345678901234567890", Instant(1_111_111_109 * SECOND));
        let shown = now(key, at);
        let step = step_of(key, &shown, at.plus(20 * SECOND), 0).unwrap();
        assert_eq!(step_of(key, &shown, at, step), None);
        assert_eq!(step_of(key, &shown, at.plus(90 * SECOND), 0), None);
        assert_eq!(step_of(key, "081 804", at, 0), Some(step));
    }

    #[test]
    fn qr_codes_are_plain_svg() {
        let svg = qr("otpauth://totp/x");
        assert!(svg.starts_with("<svg") && !svg.contains("style="), "{}", &svg[..80]);
    }
}

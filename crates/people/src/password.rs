//! Passwords: which are good enough, and how they are kept (Argon2id, as OWASP advises: 19 MiB, two passes).
//!
//! Hashing takes some tens of milliseconds of one core on purpose, so it never runs in a transaction: hash first, then
//! write. [`off_thread`] does it beside the async threads, two at a time, so that a storm of sign-ins cannot take the
//! machine.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use kernel::problem::{FieldError, Problem, Result};
use std::sync::LazyLock;
use tokio::sync::Semaphore;

pub const SHORTEST: usize = 10;
pub const LONGEST: usize = 200;

/// Passwords that guessers try first and that are long enough to pass otherwise.
const COMMON: &str = include_str!("common_passwords.txt");

/// What is wrong with a password for this login; the error belongs to `field`.
pub fn check(field: &'static str, password: &str, login: &str, name: &str) -> Result<(), FieldError> {
    let letters = password.chars().count();
    if letters < SHORTEST {
        return Err(FieldError::new(field, "password-short").arg("min", SHORTEST));
    }
    if password.len() > LONGEST {
        return Err(FieldError::new(field, "too-long").arg("max", LONGEST));
    }
    let lower = password.to_lowercase();
    let contains = |part: &str| part.chars().count() > 2 && lower.contains(&part.to_lowercase());
    if contains(login) || contains(name) {
        return Err(FieldError::new(field, "password-names-you"));
    }
    let mut distinct: Vec<char> = lower.chars().collect();
    distinct.sort_unstable();
    distinct.dedup();
    if distinct.len() < 5 || is_run(&lower) || COMMON.lines().any(|common| common == lower) {
        return Err(FieldError::new(field, "password-common"));
    }
    Ok(())
}

/// Letters or digits in a row, but for one slip: `abcdefghij`, `1234567890`, `9876543210`.
fn is_run(text: &str) -> bool {
    let codes: Vec<u32> = text.chars().map(u32::from).collect();
    codes.windows(2).filter(|w| w[0].abs_diff(w[1]) != 1).count() <= 1
}

/// The hash to be stored. Slow: never inside a transaction.
pub fn hash(password: &str) -> Result<String> {
    let salt: [u8; 16] = store::secrets::random_bytes();
    let hash =
        Argon2::default().hash_password_with_salt(password.as_bytes(), &salt).map_err(Problem::internal)?;
    Ok(hash.to_string())
}

/// Whether the password belongs to the hash. Slow: never inside a transaction.
pub fn verify(password: &str, stored: &str) -> bool {
    PasswordHash::new(stored)
        .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

/// Checked against when there is no such account, so that the answer takes as long.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash("nobody has this password").unwrap_or_default());

/// [`verify`], with `None` for an account that does not exist.
pub fn verify_or_nobody(password: &str, stored: Option<&str>) -> bool {
    let known = stored.is_some();
    verify(password, stored.unwrap_or(&NOBODY)) && known
}

static SLOTS: Semaphore = Semaphore::const_new(2);

/// Runs slow work beside the async threads, two at a time.
pub async fn off_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let _slot = SLOTS.acquire().await.map_err(Problem::internal)?;
    tokio::task::spawn_blocking(work).await.map_err(Problem::internal)
}

/// A password to be told once and changed at once: four groups of four letters and digits without look-alikes.
pub fn one_time() -> String {
    let word = store::secrets::random_word();
    let groups: Vec<&str> = (0..4).map(|i| &word[i * 4..i * 4 + 4]).collect();
    groups.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn good_passwords_pass_and_bad_ones_are_told_why() {
        let code = |p: &str| check("password", p, "wang.xm", "王晓梅").err().map(|e| e.code);
        assert_eq!(code("bicycle 47 lantern"), None);
        assert_eq!(code("骑自行车去看长城的那一天"), None);
        assert_eq!(code(&one_time()), None);
        assert_eq!(code("short1"), Some("password-short"));
        assert_eq!(code("my-wang.xm-2026"), Some("password-names-you"));
        assert_eq!(code("我是王晓梅我是王晓梅"), Some("password-names-you"));
        for bad in
            ["1234567890", "aaaaaaaaaaaa", "abcdefghijkl", "Password123", "qwertyuiop", "1212121212121"]
        {
            assert_eq!(code(bad), Some("password-common"), "{bad}");
        }
        assert_eq!(code(&"长".repeat(100)), Some("too-long"));
    }

    #[test]
    fn hashes_open_with_their_password_only() {
        let stored = hash("bicycle 47 lantern").unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert!(verify("bicycle 47 lantern", &stored));
        assert!(!verify("bicycle 47 Lantern", &stored));
        assert!(!verify_or_nobody("nobody has this password", None));
    }
}

//! With what the links of the audit log are hashed: SHA-256, or SM3 (GB/T 32905) where Chinese algorithms are required.
//!
//! Each link says which; the first link of a lane that is made with another one than the link before is an event
//! `audit.hash-changed`, and [`verify`](super::verify) accepts a change nowhere else. What was written before stays as it is.

use crate::db::Db;
use crate::settings::Setting;
use crate::value::{Bind, Column, Value};
use kernel::ctx::Ctx;
use kernel::problem::Result;
use sha2::{Digest, Sha256};
use sm3::Sm3;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Hash {
    #[default]
    Sha256 = 0,
    Sm3 = 1,
}

/// The verb of the event with which a lane changes its hash.
pub(super) const CHANGED: &str = "audit.hash-changed";

/// Which one the city wants, by its code. Programs look at it when they open the city.
pub(crate) const WANTED: Setting<String> = Setting::new("audit-hash", || Hash::Sha256.code().to_owned());

impl Hash {
    pub fn code(self) -> &'static str {
        match self {
            Self::Sha256 => "sha-256",
            Self::Sm3 => "sm3",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        [Self::Sha256, Self::Sm3].into_iter().find(|h| h.code() == text)
    }

    pub(crate) fn of_number(number: u8) -> Self {
        if number == 1 { Self::Sm3 } else { Self::Sha256 }
    }

    pub(super) fn of(self, text: &str) -> [u8; 32] {
        self.of_all(|take| take(text.as_bytes()))
    }

    /// The hash of everything that `parts` hands over.
    pub(super) fn of_all(self, parts: impl FnOnce(&mut dyn FnMut(&[u8]))) -> [u8; 32] {
        match self {
            Self::Sha256 => {
                let mut hasher = Sha256::new();
                parts(&mut |bytes| hasher.update(bytes));
                hasher.finalize().into()
            }
            Self::Sm3 => {
                let mut hasher = Sm3::new();
                parts(&mut |bytes| hasher.update(bytes));
                hasher.finalize().into()
            }
        }
    }
}

impl Bind for Hash {
    fn bind(&self) -> Value<'_> {
        Value::Int(*self as i64)
    }
}

impl Column for Hash {
    fn read(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Int(0) => Some(Self::Sha256),
            Value::Int(1) => Some(Self::Sm3),
            _ => None,
        }
    }
}

/// Has the log hashed with another algorithm: in this program from now on, in others from when they open the city next.
pub fn hash_with(db: &Db, ctx: &Ctx, hash: Hash) -> Result<()> {
    // first, so that the setting's own event is the first to be hashed with it
    db.want_hash(hash);
    let by = ctx.clone();
    db.write_now(ctx, move |tx| {
        tx.housekeeping();
        WANTED.set(tx, &by, &hash.code().to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The two examples of GB/T 32905-2016, annex A.
    #[test]
    fn sm3_is_the_one_of_the_standard() {
        for (text, wanted) in [
            ("abc".to_owned(), "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
            ("abcd".repeat(16), "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
        ] {
            assert_eq!(hex::encode(Hash::Sm3.of(&text)), wanted);
        }
        let sha = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(hex::encode(Hash::Sha256.of("abc")), sha);
        for hash in [Hash::Sha256, Hash::Sm3] {
            assert_eq!((Hash::parse(hash.code()), Hash::of_number(hash as u8)), (Some(hash), hash));
            assert_eq!(Hash::read(hash.bind()), Some(hash));
        }
    }
}

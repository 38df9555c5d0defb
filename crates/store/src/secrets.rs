//! Chance and keys. One key per city lies in a file beside its data, readable by its owner only.

use crate::files::sync_folder;
use kernel::problem::{Problem, Result};
use rand::Rng;
use sha2::{Digest, Sha256};
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

/// Makes and checks what outsiders must not be able to guess.
#[derive(Clone)]
pub struct Secrets(Arc<[u8; 32]>);

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secrets")
    }
}

const ALPHABET: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz023456789";

impl Secrets {
    /// Reads the key file, or makes it.
    pub fn open(file: &Path) -> Result<Self> {
        let fault = |e: std::io::Error| Problem::internal(format!("key file {}: {e}", file.display()));
        match std::fs::read(file) {
            Ok(bytes) => bytes
                .try_into()
                .map(|key| Self(Arc::new(key)))
                .map_err(|_| Problem::internal(format!("key file {} is not 32 bytes", file.display()))),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                let key = random_bytes::<32>();
                // written whole under another name first: another process must never read half a key
                let fresh = file.with_extension(format!("{}.new", random_word()));
                let mut options = std::fs::OpenOptions::new();
                options.write(true).create_new(true);
                #[cfg(unix)]
                std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
                let mut out = options.open(&fresh).map_err(fault)?;
                out.write_all(&key).and_then(|()| out.sync_all()).map_err(fault)?;
                let linked = std::fs::hard_link(&fresh, file);
                std::fs::remove_file(&fresh).map_err(fault)?;
                match linked {
                    Ok(()) => {
                        file.parent().map_or(Ok(()), sync_folder)?;
                        Ok(Self(Arc::new(key)))
                    }
                    // another process was faster
                    Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => Self::open(file),
                    Err(e) => Err(fault(e)),
                }
            }
            Err(e) => Err(fault(e)),
        }
    }

    pub fn fixed(key: [u8; 32]) -> Self {
        Self(Arc::new(key))
    }

    /// A keyed fingerprint of `parts` for `purpose`: 32 bytes that only holders of the key can make (HMAC-SHA-256).
    pub fn sign(&self, purpose: &str, parts: &[&[u8]]) -> [u8; 32] {
        let pad = |x: u8| {
            let mut block = [x; 64];
            for (b, k) in block.iter_mut().zip(self.0.iter()) {
                *b ^= k;
            }
            block
        };
        let mut inner = Sha256::new_with_prefix(pad(0x36));
        inner.update((purpose.len() as u64).to_be_bytes());
        inner.update(purpose);
        for part in parts {
            inner.update((part.len() as u64).to_be_bytes());
            inner.update(part);
        }
        Sha256::new_with_prefix(pad(0x5c)).chain_update(inner.finalize()).finalize().into()
    }

    /// A link token for a thing: its id and a fingerprint, 26 letters and digits without look-alikes. Not stored.
    pub fn token(&self, purpose: &str, id: i64) -> String {
        let mut bytes = id.to_be_bytes().to_vec();
        bytes.extend_from_slice(&self.sign(purpose, &[&id.to_be_bytes()])[..9]);
        encode(&bytes)
    }

    /// The id inside a token, if the token is one of ours.
    pub fn open_token(&self, purpose: &str, token: &str) -> Option<i64> {
        let bytes = decode(token)?;
        let id = i64::from_be_bytes(bytes.get(..8)?.try_into().ok()?);
        let expected = self.token(purpose, id);
        same(expected.as_bytes(), token.as_bytes()).then_some(id)
    }
}

/// Whether two byte strings are equal, in a time that does not tell where they differ.
pub fn same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |acc, (x, y)| acc | (x ^ y)) == 0
}

#[expect(clippy::disallowed_methods, reason = "the one place where chance comes from")]
pub fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    rand::rng().fill_bytes(&mut bytes);
    bytes
}

/// A random word of 26 letters and digits (130 bits).
pub fn random_word() -> String {
    encode(&random_bytes::<17>())[..26].to_owned()
}

fn encode(bytes: &[u8]) -> String {
    let (mut out, mut bits, mut held) = (String::new(), 0_u32, 0_u32);
    for byte in bytes {
        held = (held << 8) | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            out.push(char::from(ALPHABET[(held >> bits & 31) as usize]));
        }
    }
    if bits > 0 {
        out.push(char::from(ALPHABET[(held << (5 - bits) & 31) as usize]));
    }
    out
}

fn decode(text: &str) -> Option<Vec<u8>> {
    let (mut out, mut bits, mut held) = (Vec::new(), 0_u32, 0_u32);
    for letter in text.bytes() {
        let value = ALPHABET.iter().position(|a| *a == letter)?;
        held = (held << 5) | u32::try_from(value).ok()?;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            out.push(u8::try_from(held >> bits & 255).ok()?);
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn processes_that_start_together_agree_on_the_key() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("secret.key");
        let made: Vec<_> = (0..16)
            .map(|_| {
                let file = file.clone();
                std::thread::spawn(move || Secrets::open(&file).unwrap().token("x", 1))
            })
            .collect();
        let tokens: std::collections::HashSet<String> = made.into_iter().map(|m| m.join().unwrap()).collect();
        assert_eq!(tokens.len(), 1);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn tokens_open_with_their_key_and_purpose_only() {
        let secrets = Secrets::fixed([7; 32]);
        let token = secrets.token("case", 123_456_789_012);
        assert_eq!(secrets.open_token("case", &token), Some(123_456_789_012));
        assert_eq!(secrets.open_token("other", &token), None);
        assert_eq!(Secrets::fixed([8; 32]).open_token("case", &token), None);
        assert_eq!(secrets.open_token("case", "zzz"), None);
        assert_eq!(secrets.open_token("case", "UPPER-CASE"), None);
        assert!(token.len() <= 28, "{token}");
    }
}

//! The key file `data-keys.json` beside a city's database, readable by its owner only.
//!
//! It is no part of a backup: who finds a backup must not read in it who reported what. Whoever loses it loses every text
//! that is sealed with its keys, so it is copied to a safe place of its own whenever a key is made.

use super::cipher::Algorithm;
use crate::files::{create_private, sync_folder};
use crate::secrets::random_bytes;
use kernel::problem::{Problem, Result};
use kernel::time::Instant;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::io::Write;
use std::path::{Path, PathBuf};

/// The name of the file.
pub const KEY_FILE: &str = "data-keys.json";
const FORMAT: u32 = 1;

#[derive(Clone, Serialize, Deserialize)]
pub(super) struct KeyFile {
    format: u32,
    /// Number of the key with which new texts are sealed.
    pub(super) current: u32,
    pub(super) keys: Vec<FileKey>,
    /// What exact look-ups are made with. It stays when keys rotate.
    pub(super) index: IndexKey,
}

#[derive(Clone, Serialize, Deserialize)]
pub(super) struct FileKey {
    pub(super) number: u32,
    pub(super) algorithm: Algorithm,
    /// RFC 3339, for people.
    pub(super) made_at: String,
    #[serde(with = "hex_key")]
    pub(super) key: [u8; 32],
}

#[derive(Clone, Serialize, Deserialize)]
pub(super) struct IndexKey {
    pub(super) algorithm: Algorithm,
    #[serde(with = "hex_key")]
    pub(super) key: [u8; 32],
}

mod hex_key {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(key: &[u8; 32], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&hex::encode(key))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<[u8; 32], D::Error> {
        let mut key = [0; 32];
        hex::decode_to_slice(String::deserialize(from)?, &mut key).map_err(D::Error::custom)?;
        Ok(key)
    }
}

impl FileKey {
    fn new(number: u32, algorithm: Algorithm, now: Instant) -> Self {
        Self { number, algorithm, made_at: now.rfc3339(), key: random_bytes() }
    }

    /// What tells this key from another of the same number, without telling anything of the key.
    pub(super) fn print(&self) -> String {
        let hash = Sha256::new_with_prefix(b"chuangcheng data key").chain_update(self.key).finalize();
        hex::encode(hash.get(..8).unwrap_or_default())
    }
}

/// Puts a copy of a key file into a city's folder, where there must be none yet. It is read first, so that nothing else is
/// taken for one.
pub fn bring(from: &Path, folder: &Path) -> Result<()> {
    let to = path(folder);
    let file = KeyFile::read(from)?
        .ok_or_else(|| Problem::not_found().detail(format!("there is no file {}", from.display())))?;
    if to.exists() {
        return Err(Problem::conflict("restore-target-not-empty").detail(to.display()));
    }
    file.write(&to)
}

pub(super) fn path(folder: &Path) -> PathBuf {
    folder.join(KEY_FILE)
}

impl KeyFile {
    pub(super) fn fresh(algorithm: Algorithm, now: Instant) -> Self {
        let index = IndexKey { algorithm, key: random_bytes() };
        Self { format: FORMAT, current: 1, keys: vec![FileKey::new(1, algorithm, now)], index }
    }

    /// `None` when there is no such file; 500 with its path when it cannot be read.
    pub(super) fn read(path: &Path) -> Result<Option<Self>> {
        let fault = |e: &dyn std::fmt::Display| Problem::internal(format!("{}: {e}", path.display()));
        let bytes = match std::fs::read(path) {
            Ok(bytes) => bytes,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(e) => return Err(fault(&e)),
        };
        // serde's words may quote what they stumble over, which here is a key
        let file: Self =
            serde_json::from_slice(&bytes).map_err(|_| fault(&"this is no file of data keys"))?;
        if file.format != FORMAT {
            return Err(fault(&format_args!("format {} is not this program's", file.format)));
        }
        if file.key(file.current).is_none() {
            return Err(fault(&format_args!("the current key {} is not in it", file.current)));
        }
        Ok(Some(file))
    }

    /// Puts the file in the place of the one that is there, whole or not at all.
    pub(super) fn write(&self, path: &Path) -> Result<()> {
        let fault = |e: std::io::Error| Problem::internal(format!("{}: {e}", path.display()));
        let text = serde_json::to_vec_pretty(self).map_err(Problem::internal)?;
        let partial = path.with_extension(format!("{}.new", crate::secrets::random_word()));
        let mut out = create_private(&partial)?;
        out.write_all(&text).and_then(|()| out.sync_all()).map_err(fault)?;
        std::fs::rename(&partial, path).map_err(fault)?;
        path.parent().map_or(Ok(()), sync_folder)
    }

    pub(super) fn key(&self, number: u32) -> Option<&FileKey> {
        self.keys.iter().find(|k| k.number == number)
    }

    /// Adds a key, which becomes the current one; its number.
    pub(super) fn add(&mut self, algorithm: Algorithm, now: Instant) -> u32 {
        let number = self.keys.iter().map(|k| k.number).max().unwrap_or(0) + 1;
        self.keys.push(FileKey::new(number, algorithm, now));
        self.current = number;
        number
    }
}

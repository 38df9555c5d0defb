//! The keys of a city as a running program holds them.

use super::At;
use super::cipher::{Algorithm, Cipher};
use super::file::{self, KeyFile};
use super::form::Form;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kernel::problem::{Problem, Result};
use kernel::time::Instant;
use parking_lot::RwLock;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

/// Bytes of a mark: enough that two values hardly ever share one, too few to be a fingerprint of its own.
const MARK: usize = 9;

/// A city's keys. Cheap to clone. Another program may rotate them: before a transaction seals, it looks whether the file
/// has changed.
#[derive(Clone)]
pub struct Keys(Arc<Inner>);

struct Inner {
    file: PathBuf,
    held: RwLock<Held>,
}

struct Held {
    stamp: Stamp,
    ring: Arc<Ring>,
}

/// What tells that a file was replaced, without reading it.
type Stamp = Option<(SystemTime, u64)>;

fn stamp(path: &Path) -> Stamp {
    let meta = std::fs::metadata(path).ok()?;
    Some((meta.modified().ok()?, meta.len()))
}

/// Number of the key, table, column.
type CipherName = (u32, &'static str, &'static str);

/// One state of the key file, made ready for use.
pub(crate) struct Ring {
    file: Option<KeyFile>,
    ready: RwLock<HashMap<CipherName, Arc<Cipher>>>,
}

/// What people may know of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyCard {
    pub number: u32,
    pub algorithm: Algorithm,
    pub made_at: String,
    /// Tells it from another key of the same number.
    pub print: String,
    pub current: bool,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Keys").field(&self.0.file).finish()
    }
}

impl Keys {
    /// The keys in a folder. Without a file there are none: nothing can be sealed then, nor anything sealed be opened.
    pub(crate) fn load(folder: &Path) -> Result<Self> {
        let file = file::path(folder);
        let before = stamp(&file);
        let ring = Arc::new(Ring::new(KeyFile::read(&file)?));
        Ok(Self(Arc::new(Inner { file, held: RwLock::new(Held { stamp: before, ring }) })))
    }

    pub(crate) fn exist(&self) -> bool {
        self.ring().file.is_some()
    }

    /// Makes the file with a first key.
    pub(crate) fn found(&self, algorithm: Algorithm, now: Instant) -> Result<()> {
        KeyFile::fresh(algorithm, now).write(&self.0.file)?;
        self.reload()
    }

    /// Adds a key that is used from now on; its number. The others stay until no text needs them.
    pub(crate) fn add(&self, algorithm: Algorithm, now: Instant) -> Result<u32> {
        let mut added = 0;
        self.change(|file| added = file.add(algorithm, now))?;
        Ok(added)
    }

    /// Takes keys out of the file; never the current one.
    pub(crate) fn remove(&self, numbers: &[u32]) -> Result<()> {
        self.change(|file| {
            let current = file.current;
            file.keys.retain(|k| k.number == current || !numbers.contains(&k.number));
        })
    }

    fn change(&self, change: impl FnOnce(&mut KeyFile)) -> Result<()> {
        let lock = self.0.file.with_extension("lock");
        let fault = |e: std::io::Error| Problem::internal(format!("{}: {e}", lock.display()));
        let held = std::fs::OpenOptions::new().create(true).truncate(false).write(true).open(&lock);
        let held = held.map_err(fault)?;
        held.lock().map_err(fault)?;
        let mut file = KeyFile::read(&self.0.file)?.ok_or_else(|| missing("all"))?;
        change(&mut file);
        file.write(&self.0.file)?;
        self.reload()
    }

    /// Every key in the file, oldest first.
    pub fn cards(&self) -> Vec<KeyCard> {
        let ring = self.fresh();
        let Some(file) = &ring.file else { return Vec::new() };
        let card = |k: &file::FileKey| KeyCard {
            number: k.number,
            algorithm: k.algorithm,
            made_at: k.made_at.clone(),
            print: k.print(),
            current: k.number == file.current,
        };
        file.keys.iter().map(card).collect()
    }

    pub(crate) fn ring(&self) -> Arc<Ring> {
        Arc::clone(&self.0.held.read().ring)
    }

    /// The keys as the file has them now.
    pub(crate) fn fresh(&self) -> Arc<Ring> {
        if stamp(&self.0.file) != self.0.held.read().stamp
            && let Err(problem) = self.reload()
        {
            tracing::error!(%problem, "the data keys were changed and cannot be read; the old ones are used on");
        }
        self.ring()
    }

    fn reload(&self) -> Result<()> {
        // the stamp first: a change in between is seen next time
        let stamp = stamp(&self.0.file);
        let file = KeyFile::read(&self.0.file)?;
        if file.is_none() && self.exist() {
            return Err(missing("all"));
        }
        let ring = Arc::new(Ring::new(file));
        *self.0.held.write() = Held { stamp, ring };
        Ok(())
    }

    /// What was sealed for this place and row. 500 when it was sealed for another one, with a key that is not there, or was
    /// changed. Nothing stays nothing.
    pub(crate) fn open(&self, at: &At, row: &str, stored: &str) -> Result<String> {
        if stored.is_empty() {
            return Ok(String::new());
        }
        #[cfg(feature = "null-cipher")]
        if super::null::is_on() {
            return Ok(stored.to_owned());
        }
        let form = Form::parse(stored).ok_or_else(|| unreadable(at, row, "it is not in the sealed form"))?;
        let ring = self.ring();
        if ring.has(form.key) {
            return ring.open(at, row, &form);
        }
        // another program may have made the key just now
        self.fresh().open(at, row, &form)
    }
}

pub(crate) fn missing(numbers: &str) -> Problem {
    Problem::new(422, "data-keys-missing").arg("keys", numbers).detail(format!(
        "{} is missing, or lacks key {numbers}: personal data in this city are sealed with it. Put back the copy of the \
         file that was kept beside the backups",
        file::KEY_FILE
    ))
}

fn unreadable(at: &At, row: &str, why: &str) -> Problem {
    Problem::internal(format!("{}.{} of row {row} cannot be opened: {why}", at.table, at.column))
}

impl Ring {
    fn new(file: Option<KeyFile>) -> Self {
        Self { file, ready: RwLock::default() }
    }

    fn has(&self, number: u32) -> bool {
        self.file.as_ref().is_some_and(|f| f.key(number).is_some())
    }

    /// What marks and keyed hashes are made with.
    pub(super) fn index(&self) -> Option<&file::IndexKey> {
        self.file.as_ref().map(|f| &f.index)
    }

    pub(crate) fn current(&self) -> u32 {
        self.file.as_ref().map_or(0, |f| f.current)
    }

    fn cipher(&self, number: u32, at: &At) -> Result<Option<Arc<Cipher>>> {
        let name = (number, at.table, at.column);
        if let Some(cipher) = self.ready.read().get(&name) {
            return Ok(Some(Arc::clone(cipher)));
        }
        let Some(key) = self.file.as_ref().and_then(|f| f.key(number)) else { return Ok(None) };
        let parts = [b"seal".as_slice(), at.table.as_bytes(), at.column.as_bytes()];
        let derived = key.algorithm.derive(&key.key, &parts)?;
        let cipher = Arc::new(Cipher::new(key.algorithm, &derived)?);
        self.ready.write().insert(name, Arc::clone(&cipher));
        Ok(Some(cipher))
    }

    /// Seals a text for one row of a column. Nothing stays nothing: that a field was left empty is no secret.
    pub(crate) fn seal(&self, at: &At, row: &str, text: &str) -> Result<String> {
        if text.is_empty() {
            return Ok(String::new());
        }
        // what could not be stored in the clear is refused all the same, so that it can be unsealed one day
        if text.contains('\0') {
            return Err(Problem::new(422, "text-unreadable"));
        }
        #[cfg(feature = "null-cipher")]
        if super::null::is_on() {
            return Ok(text.to_owned());
        }
        let current = self.current();
        let cipher = self.cipher(current, at)?.ok_or_else(|| missing("all"))?;
        let bytes = cipher.seal(&at.bound_to(row), text.as_bytes())?;
        Ok(Form { key: current, bytes }.write())
    }

    fn open(&self, at: &At, row: &str, form: &Form) -> Result<String> {
        let cipher = self.cipher(form.key, at)?.ok_or_else(|| missing(&form.key.to_string()))?;
        let opened = cipher.open(&at.bound_to(row), &form.bytes);
        let opened =
            opened.ok_or_else(|| unreadable(at, row, "it was changed or moved, or the key is another"))?;
        String::from_utf8(opened).map_err(|_| unreadable(at, row, "it is no text"))
    }

    /// What a value is looked up by in a column: only holders of the key can work it out. `None` for what cannot be looked up.
    pub(crate) fn mark(&self, at: &At, value: &str) -> Result<Option<String>> {
        let Some(mark) = &at.mark else { return Ok(None) };
        let Some(normal) = (mark.normal)(value) else { return Ok(None) };
        #[cfg(feature = "null-cipher")]
        if super::null::is_on() {
            return Ok(Some(normal));
        }
        let index = self.index().ok_or_else(|| missing("all"))?;
        let parts = [b"mark".as_slice(), at.table.as_bytes(), at.column.as_bytes(), normal.as_bytes()];
        let whole = index.algorithm.derive(&index.key, &parts)?;
        Ok(Some(URL_SAFE_NO_PAD.encode(whole.get(..MARK).unwrap_or_default())))
    }
}

#[cfg(test)]
mod tests {
    use super::super::Mark;
    use super::*;
    use proptest::prelude::*;

    const PHONE: At =
        At { table: "t", column: "phone", row: "id", mark: Some(Mark::phone("phone_mark")), before: None };
    const OTHER: At = At { table: "t", column: "mail", row: "id", mark: None, before: None };

    fn keys(algorithm: Algorithm) -> (tempfile::TempDir, Keys) {
        let folder = tempfile::tempdir().unwrap();
        let keys = Keys::load(folder.path()).unwrap();
        assert!(!keys.exist() && keys.ring().seal(&PHONE, "1", "x").is_err());
        keys.found(algorithm, Instant(0)).unwrap();
        (folder, keys)
    }

    #[test]
    fn only_its_key_its_column_and_its_row_open_it() {
        for algorithm in Algorithm::ALL {
            let (_folder, ours) = keys(algorithm);
            let (_elsewhere, theirs) = keys(algorithm);
            let sealed = ours.ring().seal(&PHONE, "7", "13812341234").unwrap();
            assert!(sealed.starts_with("s1.1.") && !sealed.contains("1381"), "{sealed}");
            assert_ne!(sealed, ours.ring().seal(&PHONE, "7", "13812341234").unwrap());
            assert_eq!(ours.open(&PHONE, "7", &sealed).unwrap(), "13812341234");
            assert!(ours.open(&PHONE, "8", &sealed).is_err(), "another row");
            assert!(ours.open(&OTHER, "7", &sealed).is_err(), "another column");
            assert!(theirs.open(&PHONE, "7", &sealed).is_err(), "another key");
            assert_eq!(
                ours.open(&PHONE, "7", &sealed.replacen("s1.1.", "s1.2.", 1)).unwrap_err().code,
                "data-keys-missing"
            );
            assert!(ours.open(&PHONE, "7", "13812341234").is_err(), "plain text in a sealed column");
            for end in 0..sealed.len() {
                let opened = ours.open(&PHONE, "7", &sealed[..end]);
                assert!(opened.is_err() || end == 0, "cut off at {end}");
            }
            assert_eq!(ours.open(&PHONE, "7", "").unwrap(), "");
        }
    }

    #[test]
    fn old_keys_open_until_they_are_removed_and_other_programs_notice() {
        let (folder, first) = keys(Algorithm::Aes);
        let second = Keys::load(folder.path()).unwrap();
        let old = first.ring().seal(&PHONE, "1", "13812341234").unwrap();
        assert_eq!(first.add(Algorithm::Sm4, Instant(0)).unwrap(), 2);
        let new = first.fresh().seal(&PHONE, "1", "13812341234").unwrap();
        assert!(new.starts_with("s1.2."));
        // the other program has not looked since, and still opens it
        assert_eq!(second.open(&PHONE, "1", &new).unwrap(), "13812341234");
        assert!(second.fresh().seal(&PHONE, "1", "x").unwrap().starts_with("s1.2."));
        assert_eq!(second.open(&PHONE, "1", &old).unwrap(), "13812341234");
        // a file that was taken away by mistake stops nobody who has read it
        let kept = folder.path().join("kept.json");
        std::fs::rename(folder.path().join(file::KEY_FILE), &kept).unwrap();
        assert_eq!(second.open(&PHONE, "1", &second.fresh().seal(&PHONE, "1", "x").unwrap()).unwrap(), "x");
        std::fs::rename(&kept, folder.path().join(file::KEY_FILE)).unwrap();
        first.remove(&[1, 2]).unwrap();
        assert_eq!(first.cards().iter().map(|c| c.number).collect::<Vec<_>>(), [2], "the current one stays");
        assert_eq!(first.open(&PHONE, "1", &old).unwrap_err().code, "data-keys-missing");
        assert_eq!(first.add(Algorithm::Aes, Instant(0)).unwrap(), 3, "no number is used twice");
    }

    #[test]
    fn the_file_is_its_owner_s_alone_and_a_broken_one_is_named() {
        let (folder, _) = keys(Algorithm::Aes);
        let path = folder.path().join(file::KEY_FILE);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
        let text = std::fs::read_to_string(&path).unwrap();
        for broken in ["", "{}", &text[..text.len() / 2], &text.replace("\"current\": 1", "\"current\": 9")] {
            std::fs::write(&path, broken).unwrap();
            let problem = Keys::load(folder.path()).unwrap_err();
            assert!(problem.detail.unwrap().contains("data-keys.json"), "{broken}");
        }
    }

    #[test]
    fn marks_follow_the_number_and_not_how_it_is_written() {
        let (_folder, keys) = keys(Algorithm::Sm4);
        let mark = |text: &str| keys.ring().mark(&PHONE, text).unwrap();
        assert_eq!(mark("138 1234 1234"), mark("+86 13812341234"));
        assert!(mark("13812341234").is_some_and(|m| m.len() == 12));
        assert_ne!(mark("13812341234"), mark("13812341235"));
        assert_eq!((mark("nobody"), keys.ring().mark(&OTHER, "13812341234").unwrap()), (None, None));
    }

    proptest! {
        #[test]
        fn whatever_is_sealed_opens(text in "[^\\x00]{0,300}", row in any::<i64>(), sm in any::<bool>()) {
            let (_folder, keys) = keys(if sm { Algorithm::Sm4 } else { Algorithm::Aes });
            let sealed = keys.ring().seal(&PHONE, &row.to_string(), &text).unwrap();
            prop_assert_eq!(keys.open(&PHONE, &row.to_string(), &sealed).unwrap(), text);
        }

        #[test]
        fn what_was_moved_cut_or_altered_never_opens(
            text in "[^\\x00]{1,200}", row in 0_i64..1000, other in 1000_i64..2000, sm in any::<bool>(),
            at in any::<prop::sample::Index>(), with in "[A-Za-z0-9_.-]",
        ) {
            let (_folder, keys) = keys(if sm { Algorithm::Sm4 } else { Algorithm::Aes });
            let (row, other) = (row.to_string(), other.to_string());
            let sealed = keys.ring().seal(&PHONE, &row, &text).unwrap();
            prop_assert!(keys.open(&PHONE, &other, &sealed).is_err(), "another row");
            prop_assert!(keys.open(&OTHER, &row, &sealed).is_err(), "another column");
            let at = at.index(sealed.len());
            prop_assert!(at == 0 || keys.open(&PHONE, &row, &sealed[..at]).is_err(), "cut at {at}");
            prop_assert!(keys.open(&PHONE, &row, &sealed[at..]).is_err() || at == 0, "begun at {at}");
            let mut altered = sealed.clone();
            altered.replace_range(at..=at, &with);
            prop_assert!(altered == sealed || keys.open(&PHONE, &row, &altered).is_err(), "{altered} of {sealed}");
            altered.insert_str(at, &with);
            prop_assert!(keys.open(&PHONE, &row, &altered).is_err(), "something put in at {at}");
        }

        #[test]
        fn whatever_is_stored_is_refused_or_right(text in "s1\\.1\\.[A-Za-z0-9_-]{0,90}|.{0,60}") {
            let (_folder, keys) = keys(Algorithm::Aes);
            let opened = keys.open(&PHONE, "1", &text);
            prop_assert!(opened.is_err() || text.is_empty());
        }
    }
}

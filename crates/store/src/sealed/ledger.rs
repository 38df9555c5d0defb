//! What the database knows of the keys: enough to say which are missing.

use super::cipher::Algorithm;
use super::keys::{Keys, missing};
use crate::dialect::Engine;
use crate::value::Bind;
use kernel::problem::{Problem, Result};
use kernel::time::Instant;
use std::collections::BTreeMap;

/// Numbers and fingerprints of the keys that texts in the database may be sealed with.
pub(crate) fn prints(engine: &mut dyn Engine) -> Result<BTreeMap<i64, String>> {
    let mut known = BTreeMap::new();
    engine.query(
        "select number, print from data_key where removed_at is null order by number",
        &[],
        &mut |row| {
            known.insert(row.get::<i64>(0)?, row.get::<String>(1)?);
            Ok(())
        },
    )?;
    Ok(known)
}

impl Keys {
    /// Refuses with `data-keys-missing` what lacks one of these keys, and with `data-keys-foreign` what has another of the
    /// same number.
    pub(crate) fn hold(&self, wanted: &BTreeMap<i64, String>) -> Result<()> {
        let cards = self.cards();
        let held = |number: i64| cards.iter().find(|c| i64::from(c.number) == number);
        let lacking: Vec<String> =
            wanted.keys().filter(|n| held(**n).is_none()).map(ToString::to_string).collect();
        if !lacking.is_empty() {
            return Err(missing(&lacking.join(", ")));
        }
        match wanted.iter().find(|(n, print)| held(**n).is_some_and(|c| c.print != **print)) {
            Some((number, _)) => Err(Problem::new(422, "data-keys-foreign").arg("keys", number).detail(format!(
                "{} holds another key {number} than the one that personal data in this city are sealed with",
                super::KEY_FILE
            ))),
            None => Ok(()),
        }
    }
}

/// Makes the first key of a new city, and sees to it that file and database speak of the same keys.
pub(crate) fn agree(engine: &mut dyn Engine, keys: &Keys, algorithm: Algorithm, now: Instant) -> Result<()> {
    engine.lock_schema()?;
    let agreed = agree_alone(engine, keys, algorithm, now);
    engine.unlock_schema()?;
    agreed
}

fn agree_alone(engine: &mut dyn Engine, keys: &Keys, algorithm: Algorithm, now: Instant) -> Result<()> {
    let known = prints(engine)?;
    keys.hold(&known)?;
    if !keys.exist() {
        keys.found(algorithm, now)?;
    }
    for card in keys.cards().iter().filter(|c| !known.contains_key(&i64::from(c.number))) {
        let values: [&dyn Bind; 4] = [&card.number, &card.algorithm.code(), &card.print, &now];
        engine.exec(
            "insert into data_key (number, algorithm, print, made_at) values ($1, $2, $3, $4)
             on conflict (number) do update set print = excluded.print, removed_at = null",
            &values,
        )?;
    }
    Ok(())
}

//! Settings of the city that people edit: its name, duty hours, switches. Each is declared once, with its type and what
//! holds while nobody has set it.

use crate::tx::Tx;
use crate::{Event, sql};
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A setting: `const CITY_NAME: Setting<String> = Setting::new("city-name", String::new);`
#[derive(Debug)]
pub struct Setting<T> {
    pub name: &'static str,
    default: fn() -> T,
    secret: bool,
}

/// Longer values are recorded in the audit log only as changed.
const SHOWN: usize = 300;
/// What the log says instead of a value that is secret or too long.
const NOT_SHOWN: &str = "…";

impl<T: Serialize + DeserializeOwned> Setting<T> {
    pub const fn new(name: &'static str, default: fn() -> T) -> Self {
        Self { name, default, secret: false }
    }

    /// A password or a key: the audit log tells that it was changed, not to what.
    #[must_use]
    pub const fn secret(mut self) -> Self {
        self.secret = true;
        self
    }

    /// What was set, or the default.
    pub fn get(&self, tx: &mut Tx<'_>) -> Result<T> {
        match self.stored(tx)? {
            Some(text) => serde_json::from_str(&text)
                .map_err(|e| Problem::internal(format!("setting {}: {e}", self.name))),
            None => Ok((self.default)()),
        }
    }

    /// Sets it and records who did; setting it to what it is changes nothing.
    pub fn set(&self, tx: &mut Tx<'_>, ctx: &Ctx, value: &T) -> Result<()> {
        let text = serde_json::to_string(value).map_err(Problem::internal)?;
        let before = self.stored(tx)?;
        if before.as_ref() == Some(&text) {
            return Ok(());
        }
        tx.exec(
            sql!(
                "insert into setting (name, value, changed_at) values ($1, $2, $3)
                  on conflict (name) do update set value = excluded.value, changed_at = excluded.changed_at"
            ),
            &[&self.name, &text, &ctx.now],
        )?;
        let mut event = Event::city("setting.changed").with("name", self.name);
        let shown = |text: &str| !self.secret && text.len() <= SHOWN;
        if let Some(before) = before.filter(|t| shown(t)) {
            event = event.with("before", before);
        }
        tx.record(ctx, event.with("after", if shown(&text) { &text } else { NOT_SHOWN }))
    }

    fn stored(&self, tx: &mut Tx<'_>) -> Result<Option<String>> {
        let row = tx.one(sql!((String,): "select value from setting where name = $1"), &[&self.name])?;
        Ok(row.map(|(text,)| text))
    }
}

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
        if !self.secret {
            for (fact, text) in [("before", before.as_deref()), ("after", Some(text.as_str()))] {
                event = match text.filter(|t| t.len() <= SHOWN) {
                    Some(text) => event.with(fact, text),
                    None => event,
                };
            }
        }
        tx.record(ctx, event)
    }

    fn stored(&self, tx: &mut Tx<'_>) -> Result<Option<String>> {
        let row = tx.one(sql!((String,): "select value from setting where name = $1"), &[&self.name])?;
        Ok(row.map(|(text,)| text))
    }
}

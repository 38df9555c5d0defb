//! Switches that the law allows only with a reason: off by default, on until a date, listed by the self-check.
//!
//! A feature that could rank staff, count online time or let votes count declares a [`Switch`] in
//! [`Feature::switches`](crate::Feature::switches) and asks [`Switch::is_on`] before it does so. Its name is the text
//! `switch-<code>`, the rule it touches the attribute `.law`; `duty` is the line of the self-check that it stands under.

use kernel::ctx::Ctx;
use kernel::problem::Result;
use kernel::time::{Date, Instant};
use serde::{Deserialize, Serialize};
use store::Tx;
use store::settings::Setting;

/// How a switch stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turned {
    pub on: bool,
    /// The legal reason, cited.
    pub reason: String,
    /// The last day on which it is on.
    pub until: Option<Date>,
    /// Who turned it, and when.
    pub by: String,
    #[serde(default)]
    pub at: Option<Instant>,
}

/// `pub static UNIT_RANKING: Switch = Switch::new("unit-ranking", "switch-unit-ranking", "points");`
#[derive(Debug)]
pub struct Switch {
    pub code: &'static str,
    pub duty: &'static str,
    setting: Setting<Turned>,
}

impl Switch {
    pub const fn new(code: &'static str, setting: &'static str, duty: &'static str) -> Self {
        Self { code, duty, setting: Setting::new(setting, Turned::default) }
    }

    pub fn state(&self, tx: &mut Tx<'_>) -> Result<Turned> {
        self.setting.get(tx)
    }

    /// Whether it is on today.
    pub fn is_on(&self, tx: &mut Tx<'_>) -> Result<bool> {
        let today = tx.now().date();
        let state = self.state(tx)?;
        Ok(state.on && !state.reason.is_empty() && state.until.is_some_and(|last| today <= last))
    }

    /// The caller has asked its policy. The change is recorded by the setting.
    pub fn turn_on(&self, tx: &mut Tx<'_>, ctx: &Ctx, reason: &str, until: Date) -> Result<()> {
        let by = ctx.member().map(|m| m.name.clone()).unwrap_or_default();
        self.setting.set(
            tx,
            ctx,
            &Turned { on: true, reason: reason.to_owned(), until: Some(until), by, at: Some(ctx.now) },
        )
    }

    pub fn turn_off(&self, tx: &mut Tx<'_>, ctx: &Ctx) -> Result<()> {
        let before = self.state(tx)?;
        if !before.on {
            tx.housekeeping();
            return Ok(());
        }
        let by = ctx.member().map(|m| m.name.clone()).unwrap_or_default();
        self.setting.set(tx, ctx, &Turned { on: false, by, at: Some(ctx.now), ..before })
    }
}

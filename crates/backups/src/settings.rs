//! When backups are made, how long they stay, how often one is tried.

use kernel::problem::{Findings, Result};
use serde::{Deserialize, Serialize};
use store::settings::Setting;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Plan {
    /// Whether a backup is made every night.
    pub on: bool,
    /// The hour, Chinese time, from which it is made.
    pub hour: i64,
    /// Days for which every backup stays.
    pub days: i64,
    /// Months, the running one included, of each of which the newest backup stays.
    pub months: i64,
    /// Days after which a drill follows the night's backup by itself; 0 for never.
    pub drill_days: i64,
}

impl Default for Plan {
    fn default() -> Self {
        Self { on: true, hour: 3, days: 14, months: 12, drill_days: 30 }
    }
}

impl Plan {
    /// Every number within what makes sense; the names are those of the form's fields.
    pub fn check(&self) -> Result<()> {
        let mut findings = Findings::default();
        findings.within("hour", self.hour, 0, 23);
        findings.within("days", self.days, 2, 400);
        findings.within("months", self.months, 0, 120);
        findings.within("drill_days", self.drill_days, 0, 366);
        findings.done()
    }
}

pub const PLAN: Setting<Plan> = Setting::new("backup-plan", Plan::default);

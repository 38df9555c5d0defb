//! What a city sets: from when on advice is good enough to be shown.

use kernel::problem::{Findings, Result};
use serde::{Deserialize, Serialize};
use store::settings::Setting;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rules {
    pub on: bool,
    /// Closed cases that there must be.
    pub least_cases: i64,
    /// By how many points of a hundred the first choice must be right more often than always saying the commonest.
    pub margin: i64,
    /// Choices less likely than this, in hundredths, are not offered.
    pub least_share: i64,
}

impl Default for Rules {
    fn default() -> Self {
        Self { on: true, least_cases: 300, margin: 10, least_share: 5 }
    }
}

impl Rules {
    pub fn check(&self) -> Result<()> {
        let mut findings = Findings::default();
        findings.within("least_cases", self.least_cases, 50, 1_000_000);
        findings.within("margin", self.margin, 0, 90);
        findings.within("least_share", self.least_share, 1, 90);
        findings.done()
    }
}

pub const RULES: Setting<Rules> = Setting::new("dispatch-advice", Rules::default);

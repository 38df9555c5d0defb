//! What a city has printed on its forms.

use kernel::problem::{FieldError, Findings, Result};
use serde::{Deserialize, Serialize};
use store::settings::Setting;

/// Most kinds that a form offers, "something else" not counted: with it there are 24 boxes.
pub const MOST_KINDS: usize = 23;
/// Most forms of one batch.
pub const MOST_SHEETS: i64 = 500;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Design {
    /// Codes of catalogue items, in the order of the boxes; empty: what people see most.
    pub kinds: Vec<String>,
    /// Where forms are handed in, beside the place that they are given out at.
    pub returns: String,
    /// The number to call.
    pub phone: String,
}

impl Design {
    /// Lengths within what there is room for; the names are those of the form's fields.
    pub fn check(&self) -> Result<()> {
        let mut findings = Findings::default();
        if self.kinds.len() > MOST_KINDS {
            findings.add(FieldError::new("kinds", "too-many-kinds").arg("max", MOST_KINDS));
        }
        if self.returns.chars().count() > 120 {
            findings.add(FieldError::new("returns", "too-long").arg("max", 120));
        }
        if self.phone.chars().count() > 30 {
            findings.add(FieldError::new("paper_phone", "too-long").arg("max", 30));
        }
        findings.done()
    }
}

pub const DESIGN: Setting<Design> = Setting::new("paper-form", Design::default);

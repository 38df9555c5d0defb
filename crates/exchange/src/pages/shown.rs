//! How partners and differences are told to people.

use crate::model::{Aspect, Difference, PartnerState};
use crate::queries::{COUNTED, Line};
use ::store::Tx;
use cases::desk::Desk;
use kernel::problem::Result;
use kernel::time::Instant;
use kernel::workflow::Named;
use std::collections::HashMap;
use web::Ui;
use web::parts::Mood;

/// Colour and word for how a partner does.
pub(super) fn standing(ui: &Ui, line: &Line) -> (Mood, String) {
    let word = |key: &str| ui.t(format!("exchange-standing-{key}"));
    match line.partner.state {
        PartnerState::Paused => ("paused", word("paused")),
        PartnerState::Removed => ("paused", word("removed")),
        PartnerState::Active if line.health.last_error.is_some() => ("late", word("failing")),
        PartnerState::Active if line.health.last_success.is_none() => ("waiting", word("untried")),
        PartnerState::Active => ("active", word("well")),
    }
}

/// "5 minutes ago", or that it never was.
pub(super) fn ago(ui: &Ui, at: Option<Instant>) -> String {
    at.map_or_else(|| ui.t("exchange-never"), |at| ui.ago(&at))
}

/// A count that ends at [`COUNTED`].
pub(super) fn counted(ui: &Ui, count: i64) -> String {
    if count < COUNTED { ui.number(count) } else { format!("{}+", ui.number(COUNTED)) }
}

/// Names of what differences hold as codes.
#[derive(Debug, Default)]
pub(crate) struct Words {
    units: HashMap<String, String>,
    items: HashMap<String, String>,
}

impl Words {
    pub(crate) fn of(tx: &mut Tx<'_>, desk: &Desk, rows: &[Difference]) -> Result<Self> {
        let mut words = Self::default();
        for row in rows {
            for code in [row.ours.to_string(), row.theirs.to_string()].iter().filter(|c| !c.is_empty()) {
                match row.aspect {
                    Aspect::Unit if !words.units.contains_key(code) => {
                        let unit = people::queries::unit_by_code(tx, code)?;
                        words.units.insert(code.clone(), unit.map_or_else(|| code.clone(), |u| u.name));
                    }
                    Aspect::Category if !words.items.contains_key(code) => {
                        let name = desk.catalogue.name(crate::incoming::item(desk, code)).to_owned();
                        words.items.insert(code.clone(), if name.is_empty() { code.clone() } else { name });
                    }
                    _ => {}
                }
            }
        }
        Ok(words)
    }

    /// One side of a difference, for people.
    pub(crate) fn side(&self, ui: &Ui, aspect: Aspect, value: &str) -> String {
        let known = |map: &HashMap<String, String>| map.get(value).cloned();
        match aspect {
            _ if value.is_empty() => ui.t("exchange-not-said"),
            Aspect::State | Aspect::MissingThere => ui.named("exchange-stage", value),
            Aspect::Deadline => {
                crate::compare::deadline(value).map_or_else(|| value.to_owned(), |at| ui.time(&at))
            }
            Aspect::Unit => known(&self.units).unwrap_or_else(|| value.to_owned()),
            Aspect::Category => known(&self.items).unwrap_or_else(|| value.to_owned()),
            Aspect::Text | Aspect::MissingHere => value.to_owned(),
        }
    }
}

pub(super) fn options<T: Named>(ui: &Ui, prefix: &str) -> Vec<(String, String)> {
    T::ALL.iter().map(|v| (v.code().to_owned(), ui.named(prefix, v.code()))).collect()
}

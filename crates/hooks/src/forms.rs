//! What people and programs typed, before anything is believed.

use crate::commands::Draft;
use crate::guard;
use crate::model::PING;
use ::store::Tx;
use kernel::problem::{FieldError, Findings, Problem, Result};
use web::outgoing::{Catalogue, Outgoing};

/// An endpoint as it was typed: codes where the command wants ids.
#[derive(Clone, Debug, Default)]
pub(crate) struct Typed {
    pub name: String,
    pub url: String,
    pub kinds: Vec<String>,
    pub units: Vec<String>,
    pub divisions: Vec<String>,
}

impl Typed {
    pub(crate) fn read(self, tx: &mut Tx<'_>, outgoing: &Outgoing, catalogue: &Catalogue) -> Result<Draft> {
        let mut findings = Findings::default();
        findings.check(!self.name.is_empty(), "hook_name", "required");
        if self.name.chars().count() > 60 {
            findings.add(FieldError::new("hook_name", "too-long").arg("max", 60));
        }
        let mut url = String::new();
        match guard::address(outgoing, &self.url) {
            _ if self.url.is_empty() => findings.check(false, "hook_url", "required"),
            Ok(read) => url = read,
            Err(problem) => problem.fields.into_iter().for_each(|field| findings.add(field)),
        }
        let known = self.kinds.iter().all(|k| k != PING && catalogue.kind(k).is_some());
        findings.check(known, "hook_kinds", "not-a-choice");
        let mut units = Vec::new();
        for code in &self.units {
            match people::queries::unit_by_code(tx, code)? {
                Some(unit) => units.push(unit.id),
                None => findings.check(false, "hook_units", "not-a-choice"),
            }
        }
        let mut divisions = Vec::new();
        for code in &self.divisions {
            match places::queries::division_by_code(tx, code) {
                Ok(division) => divisions.push(division.id),
                Err(problem) if problem.status == 404 => {
                    findings.check(false, "hook_divisions", "not-a-choice");
                }
                Err(problem) => return Err(problem),
            }
        }
        findings.done()?;
        Ok(Draft { name: self.name, url, kinds: self.kinds, units, divisions })
    }
}

/// The version a form or a body says it has seen.
pub(crate) fn version(text: &str) -> Result<i64> {
    text.parse().map_err(|_| Problem::stale())
}

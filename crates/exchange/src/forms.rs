//! What people and programs typed, before anything is believed.

use crate::commands::Draft;
use crate::guard;
use crate::model::{Carrier, PartnerKind, Side, Wins};
use kernel::coords::Crs;
use kernel::problem::{FieldError, Findings, Problem, Result};
use kernel::workflow::Named;
use web::outgoing::Outgoing;

/// A partner as it was typed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Typed {
    pub name: String,
    pub kind: String,
    pub carrier: String,
    pub url: String,
    pub token: String,
    pub pulls: bool,
    pub takes: bool,
    pub sends: bool,
    pub every: String,
    pub crs: String,
}

impl Typed {
    pub(crate) fn read(self, open: &Outgoing) -> Result<Draft> {
        let mut findings = Findings::default();
        findings.check(!self.name.is_empty(), "xp_name", "required");
        if self.name.chars().count() > 60 {
            findings.add(FieldError::new("xp_name", "too-long").arg("max", 60));
        }
        let kind = PartnerKind::parse(&self.kind);
        findings.check(kind.is_some(), "xp_kind", "not-a-choice");
        let carrier = Carrier::parse(&self.carrier);
        findings.check(carrier.is_some(), "xp_carrier", "not-a-choice");
        let mut url = String::new();
        if carrier == Some(Carrier::Http) {
            match guard::address(open, &self.url) {
                _ if self.url.is_empty() => findings.check(false, "xp_url", "required"),
                Ok(read) => url = read,
                Err(problem) => problem.fields.into_iter().for_each(|field| findings.add(field)),
            }
        }
        let fits = self.token.len() <= 2000 && self.token.bytes().all(|b| (0x21..0x7f).contains(&b));
        findings.check(fits, "xp_token", "exchange-token-wrong");
        let every = self.every.parse::<i64>().ok().filter(|m| (1..=1440).contains(m));
        findings.check(every.is_some(), "xp_every", "exchange-every-wrong");
        findings.check(Crs::parse(&self.crs).is_some(), "xp_crs", "not-a-choice");
        let folder = carrier == Some(Carrier::Folder);
        findings.check(self.pulls || self.takes || self.sends, "xp_pulls", "exchange-no-direction");
        findings.done()?;
        let (Some(kind), Some(carrier)) = (kind, carrier) else {
            return Err(Problem::internal("a partner without kind or carrier"));
        };
        Ok(Draft {
            name: self.name,
            kind,
            carrier,
            url,
            token: (!self.token.is_empty()).then_some(self.token),
            pulls: self.pulls,
            // nobody pushes files at us
            takes: self.takes && !folder,
            sends: self.sends,
            every_minutes: every.unwrap_or(5),
            crs: self.crs,
        })
    }
}

/// Whose word holds, by the codes of a form.
pub(crate) fn wins(of: impl Fn(&'static str) -> String) -> Result<Wins> {
    let mut findings = Findings::default();
    let mut side = |name: &'static str| {
        let found = Side::parse(&of(name));
        findings.check(found.is_some(), name, "not-a-choice");
        found.unwrap_or(Side::Ours)
    };
    let wins = Wins {
        state: side("win_state"),
        deadline: side("win_deadline"),
        unit: side("win_unit"),
        category: side("win_category"),
        text: side("win_text"),
    };
    findings.done()?;
    Ok(wins)
}

/// The version a form or a body says it has seen.
pub(crate) fn version(text: &str) -> Result<i64> {
    text.parse().map_err(|_| Problem::stale())
}

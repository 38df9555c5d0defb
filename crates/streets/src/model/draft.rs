//! Adoptions as somebody wants them, checked in themselves; whether they fit into the register is for the commands.

use super::{SHORTEST_M, Section, Standard, TOLERANCE_M};
use kernel::ctx::Unit;
use kernel::id::Id;
use kernel::identifiers::Phone;
use kernel::problem::{FieldError, Findings, Result};
use kernel::time::Date;

/// Longest names, in characters.
const NAME: usize = 40;
const REASON: usize = 300;

/// Whom to ask for: what a unit keeps up to date itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    pub leader: String,
    pub phone: String,
    pub public_phone: bool,
}

/// The unit that takes a stretch over.
#[derive(Clone, Debug)]
pub struct Taker {
    pub unit: Id<Unit>,
    pub contact: Contact,
}

/// An adoption to be made.
#[derive(Clone, Debug)]
pub struct Draft {
    pub section: Id<Section>,
    pub from_m: f64,
    /// `None`: to the section's end.
    pub to_m: Option<f64>,
    pub unit: Id<Unit>,
    pub contact: Contact,
    pub standard: Id<Standard>,
    pub from: Date,
    /// The last day; `None` while it is open.
    pub until: Option<Date>,
    /// Why it lies over another's stretch; empty when it does not.
    pub shared: String,
}

pub fn leader_fits(findings: &mut Findings, leader: &str) {
    if leader.chars().count() > NAME {
        findings.add(FieldError::new("adoption_leader", "too-long").arg("max", NAME));
    }
}

pub fn phone_fits(findings: &mut Findings, phone: &str) {
    findings.check(phone.is_empty() || Phone::parse(phone).is_ok(), "adoption_phone", "adoption-phone");
}

impl Contact {
    pub fn check(&self) -> Result<()> {
        let mut findings = Findings::default();
        self.note(&mut findings);
        findings.done()
    }

    fn note(&self, findings: &mut Findings) {
        leader_fits(findings, &self.leader);
        phone_fits(findings, &self.phone);
        findings.check(!self.public_phone || !self.phone.is_empty(), "adoption_phone", "required");
    }
}

impl Draft {
    /// The metres it covers of `section`, or what is wrong with it. The ends are held to those of the section when they
    /// miss them by less than the tolerance, as rounded figures do.
    pub fn check(&self, section: &Section) -> Result<(f64, f64)> {
        let mut findings = Findings::default();
        let end = section.length_m;
        let to = self.to_m.unwrap_or(end);
        let inside = |m: f64| m.is_finite() && (-TOLERANCE_M..=end + TOLERANCE_M).contains(&m);
        let on_section = |field: &'static str| {
            FieldError::new(field, "adoption-off-section").arg("length", format!("{end:.1}"))
        };
        if !inside(self.from_m) {
            findings.add(on_section("adoption_from_m"));
        }
        if !inside(to) {
            findings.add(on_section("adoption_to_m"));
        }
        // a section shorter than the shortest stretch may still be adopted whole
        let shortest = SHORTEST_M.min(end - TOLERANCE_M);
        findings.check(
            findings.is_empty() && to - self.from_m >= shortest,
            "adoption_to_m",
            "adoption-too-short",
        );
        findings.check(
            self.until.is_none_or(|until| self.from <= until),
            "adoption_until",
            "adoption-ends-first",
        );
        findings.check(self.shared.chars().count() <= REASON, "adoption_shared", "too-long");
        self.contact.note(&mut findings);
        findings.done()?;
        let from = if self.from_m < TOLERANCE_M { 0.0 } else { self.from_m };
        Ok((from, if end - to < TOLERANCE_M { end } else { to }))
    }
}

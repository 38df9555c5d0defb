//! Sections and sites as somebody wants them, checked in themselves; whether they fit into the city is for the commands.

use super::{SectionClass, SourceCrs};
use crate::shape;
use kernel::coords::Point;
use kernel::ctx::Unit;
use kernel::geometry::Line;
use kernel::id::Id;
use kernel::problem::{FieldError, Findings, Result};
use kernel::time::Date;

/// A section to be made, or an existing one as it should be.
#[derive(Clone, Debug)]
pub struct SectionDraft {
    pub code: Option<String>,
    pub street: String,
    pub from_crossing: String,
    pub to_crossing: String,
    pub class: SectionClass,
    /// Already in CGCS2000.
    pub line: Line,
    /// What it was given in.
    pub crs: SourceCrs,
    pub accuracy_m: Option<f64>,
    /// `None`: from today, or unchanged.
    pub valid_from: Option<Date>,
}

/// A site to be made, or an existing one as it should be.
#[derive(Clone, Debug)]
pub struct SiteDraft {
    pub code: Option<String>,
    pub name: String,
    pub type_code: String,
    /// Already in CGCS2000.
    pub point: Point,
    pub crs: SourceCrs,
    pub accuracy_m: Option<f64>,
    pub address: Option<String>,
    pub unit_id: Option<Id<Unit>>,
}

/// Longest names, in characters.
pub(super) const NAME: usize = 80;
pub(super) const CODE: usize = 40;
pub(super) const ADDRESS: usize = 120;

fn text(findings: &mut Findings, field: &'static str, value: &str, max: usize) {
    findings.check(!value.trim().is_empty(), field, "required");
    at_most(findings, field, value, max);
}

fn at_most(findings: &mut Findings, field: &'static str, value: &str, max: usize) {
    if value.chars().count() > max {
        findings.add(FieldError::new(field, "too-long").arg("max", max));
    }
}

fn accuracy(findings: &mut Findings, metres: Option<f64>) {
    findings.check(
        metres.is_none_or(|m| (0.0..=10_000.0).contains(&m)),
        "place_accuracy",
        "place-accuracy-range",
    );
}

impl SectionDraft {
    pub fn check(&self) -> Result<()> {
        let mut findings = Findings::default();
        text(&mut findings, "street", &self.street, NAME);
        text(&mut findings, "from_crossing", &self.from_crossing, NAME);
        text(&mut findings, "to_crossing", &self.to_crossing, NAME);
        at_most(&mut findings, "place_code", self.code.as_deref().unwrap_or_default(), CODE);
        accuracy(&mut findings, self.accuracy_m);
        if let Some(fault) = shape::line_fault(&self.line) {
            findings.add(FieldError::new("geometry", fault.field_code()));
        }
        findings.done()
    }
}

impl SiteDraft {
    pub fn check(&self) -> Result<()> {
        let mut findings = Findings::default();
        text(&mut findings, "place_name", &self.name, NAME);
        text(&mut findings, "place_type", &self.type_code, CODE);
        at_most(&mut findings, "place_code", self.code.as_deref().unwrap_or_default(), CODE);
        at_most(&mut findings, "place_address", self.address.as_deref().unwrap_or_default(), ADDRESS);
        accuracy(&mut findings, self.accuracy_m);
        findings.check(
            Point::checked(self.point.lng, self.point.lat).is_some(),
            "place_lng",
            "place-no-position",
        );
        findings.done()
    }
}

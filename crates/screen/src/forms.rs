//! What people and programs typed, before anything is believed.

use crate::commands::{Arrangement, Registration};
use crate::model::{LONGEST, Panel};
use kernel::ctx::Ctx;
use kernel::problem::{FieldError, Findings, Problem, Result};
use kernel::time::{Date, days_since_epoch};
use kernel::workflow::Named;
use places::PlaceIndex;
use web::Form;

/// Longest texts, in characters.
pub(crate) const NAME: usize = 40;
pub(crate) const PLACE: usize = 80;
pub(crate) const TITLE: usize = 30;

/// Fields of the form for the places of the wall, in their order.
pub(crate) const PLACES: [&str; 7] =
    ["panel_1", "panel_2", "panel_3", "panel_4", "panel_5", "panel_6", "panel_7"];

/// A display as it was typed: codes where the commands want values.
#[derive(Clone, Debug, Default)]
pub(crate) struct Typed {
    pub name: String,
    pub place: String,
    pub title: String,
    /// Codes of panels, in their order; none: the usual ones.
    pub panels: Vec<String>,
    /// Code of a division; empty for the whole city.
    pub area: String,
    pub until: String,
}

impl Typed {
    pub(crate) fn of(form: &Form) -> Self {
        let text = |name: &str| form.text(name).to_owned();
        Self {
            name: text("display_name"),
            place: text("display_place"),
            title: text("display_title"),
            panels: PLACES.iter().map(|name| text(name)).filter(|code| !code.is_empty()).collect(),
            area: text("display_area"),
            until: text("display_until"),
        }
    }

    /// Where it hangs and until when.
    pub(crate) fn registration(&self, ctx: &Ctx) -> Result<Registration> {
        let mut findings = Findings::default();
        let registration = self.register(ctx, &mut findings);
        findings.done()?;
        registration.ok_or_else(|| Problem::field("display_until", "required"))
    }

    /// What it shows.
    pub(crate) fn arrangement(&self, index: &PlaceIndex) -> Result<Arrangement> {
        let mut findings = Findings::default();
        let arrangement = self.arrange(index, &mut findings);
        findings.done()?;
        Ok(arrangement)
    }

    /// Both, with everything that is wrong at once.
    pub(crate) fn whole(&self, ctx: &Ctx, index: &PlaceIndex) -> Result<(Registration, Arrangement)> {
        let mut findings = Findings::default();
        let registration = self.register(ctx, &mut findings);
        let arrangement = self.arrange(index, &mut findings);
        findings.done()?;
        let registration = registration.ok_or_else(|| Problem::field("display_until", "required"))?;
        Ok((registration, arrangement))
    }

    fn register(&self, ctx: &Ctx, findings: &mut Findings) -> Option<Registration> {
        let name = line(findings, "display_name", &self.name, NAME);
        let place = line(findings, "display_place", &self.place, PLACE);
        findings.check(!name.is_empty(), "display_name", "required");
        findings.check(!place.is_empty(), "display_place", "required");
        let until = match self.until.trim() {
            "" => Err("required"),
            text => text.parse::<Date>().map_err(|_| "not-a-date"),
        };
        let today = ctx.now.date();
        let until = until.and_then(|day| {
            let days = days_since_epoch(day) - days_since_epoch(today);
            if (0..=LONGEST).contains(&days) { Ok(day) } else { Err("display-until") }
        });
        let until = until.map_err(|code| FieldError::new("display_until", code).arg("days", LONGEST));
        Some(Registration { name, place, until: findings.take(until)? })
    }

    fn arrange(&self, index: &PlaceIndex, findings: &mut Findings) -> Arrangement {
        let title = line(findings, "display_title", &self.title, TITLE);
        let mut panels = Vec::new();
        for (code, field) in self.panels.iter().zip(PLACES.iter().cycle()) {
            match Panel::parse(code) {
                None => findings.check(false, field, "not-a-choice"),
                Some(panel) if panels.contains(&panel) => findings.check(false, field, "panel-twice"),
                Some(panel) => panels.push(panel),
            }
        }
        let node = index.by_code(&self.area);
        findings.check(self.area.is_empty() || node.is_some(), "display_area", "not-a-choice");
        if panels.is_empty() {
            panels = Panel::usual();
        }
        Arrangement { title, panels, division: node.map(|n| n.id) }
    }
}

/// A line of text that is not too long.
fn line(findings: &mut Findings, field: &'static str, text: &str, most: usize) -> String {
    let text = text.trim();
    if text.chars().count() > most {
        findings.add(FieldError::new(field, "too-long").arg("max", most));
    }
    text.to_owned()
}

/// The version a form or a body says it has seen.
pub(crate) fn version(text: &str) -> Result<i64> {
    text.parse().map_err(|_| Problem::stale())
}

//! What the pages share.

use crate::forms::Units;
use crate::model::{Adoption, Section, Standard};
use crate::policy::{Act, POLICY};
use ::store::Tx;
use ::store::audit::HistoryLine;
use cases::desk::Desk;
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use kernel::time::Date;
use people::queries::{UnitOption, all_units_options};
use places::PlaceIndex;
use std::sync::Arc;
use web::error::OrFail;
use web::form::Filled;
use web::list::Params;
use web::parts::Line;
use web::{Answer, Fail, Form, Req, Ui};

pub(crate) type Options = Vec<(String, String)>;

pub(crate) async fn index(req: &Req) -> Answer<Arc<PlaceIndex>> {
    places::kept::index(&req.city).await.or_fail(req)
}

pub(crate) async fn desk(req: &Req) -> Answer<Arc<Desk>> {
    Desk::of(&req.city).await.or_fail(req)
}

/// Runs a command on the city's places as they are now.
pub(crate) async fn command<T, F>(req: &Req, work: F) -> Result<T>
where
    T: Send + 'static,
    F: FnOnce(&Ctx, &mut Tx<'_>, &PlaceIndex) -> Result<T> + Send + 'static,
{
    let index = places::kept::refresh(&req.city).await?;
    req.write(move |ctx, tx| work(ctx, tx, &index)).await
}

/// The day that is looked at: `?date=2026-03-05`, today unless given.
pub(crate) fn day(req: &Req, params: &Params) -> Result<Date> {
    match params.get("date") {
        "" => Ok(req.ctx.now.date()),
        text => text.parse().map_err(|_| Problem::field("date", "not-a-date")),
    }
}

/// A day of the time machine, as pages show it.
#[derive(Clone, Copy)]
pub(crate) struct Day {
    pub date: Date,
    pub today: bool,
}

impl Day {
    pub(crate) fn of(req: &Req, params: &Params) -> Answer<Self> {
        let date = day(req, params).or_fail(req)?;
        Ok(Self { date, today: date == req.ctx.now.date() })
    }

    /// `date=2026-03-05&`, or nothing for today: to be written into addresses.
    pub(crate) fn query(self) -> String {
        if self.today { String::new() } else { format!("date={}&", self.date) }
    }
}

/// The units of a select, and what it sends.
pub(crate) fn units(tx: &mut Tx<'_>) -> Result<(Options, Units)> {
    let options = all_units_options(tx)?;
    let by_code = options.iter().map(|o| (o.code.clone(), o.id)).collect();
    Ok((options.iter().map(UnitOption::choice).collect(), by_code))
}

pub(crate) fn standards(ui: &Ui, standards: &[Standard]) -> Options {
    let active = standards.iter().filter(|s| s.active);
    active.map(|s| (s.code.clone(), s.name(ui.locale()).to_owned())).collect()
}

/// Whether this adoption's buttons are shown.
pub(crate) fn may(ctx: &Ctx, index: &PlaceIndex, act: Act, adoption: &Adoption, section: &Section) -> bool {
    POLICY.may(ctx, act, &adoption.standing(index.governing(section.division_id)))
}

/// A history, newest first.
pub(crate) fn history(ui: &Ui, lines: Vec<HistoryLine>) -> Vec<Line> {
    lines.into_iter().rev().map(|line| sentence(ui, line)).collect()
}

fn sentence(ui: &Ui, line: HistoryLine) -> Line {
    let (icon, mood) = match line.verb.rsplit('.').next() {
        Some("made" | "made-of") => ("plus", "brand"),
        Some("took-over" | "handed-over") => ("arrows-exchange", "brand"),
        Some("replaced" | "moved") => ("arrows-exchange", ""),
        Some("ended" | "taken-back") => ("archive", "late"),
        Some("split" | "joined") => ("git-fork", ""),
        Some("patrolled") => ("walk", "ok"),
        Some("found") => ("flag", ""),
        _ => ("pencil", ""),
    };
    Line {
        icon,
        mood,
        text: web::events::sentence(ui, &line),
        at: Some(line.at),
        meta: if line.actor_name.is_empty() { ui.t("places-by-system") } else { line.actor_name.clone() },
        note: line.words().unwrap_or_default(),
        photos: Vec::new(),
    }
}

/// A refusal that a form can show, or the problem's page.
pub(crate) fn refused(req: &Req, form: &Form, problem: Problem) -> Answer<Filled> {
    Filled::refused(form, &problem).ok_or_else(|| Fail::of(req, problem))
}

/// How an adoption stands on a day: mood and key of the word.
pub(crate) fn standing(adoption: &Adoption, day: Date) -> (&'static str, &'static str) {
    match adoption {
        a if !a.holds_ever() => ("paused", "adoption-state-void"),
        a if a.from_date > day => ("waiting", "adoption-state-later"),
        a if a.holds_on(day) => ("active", "adoption-state-now"),
        _ => ("done", "adoption-state-over"),
    }
}

//! What the pages share.

use crate::forms::Units;
use crate::model::{Adoption, Section, Standard};
use crate::policy::{Act, POLICY};
use ::store::Tx;
use ::store::audit::HistoryLine;
use cases::as_of::{self, AsOf, Asked};
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

/// The day that is looked at: `?on=2026-03-05` for one that is over, `?date=2026-03-05` for any, today unless given.
///
/// # Errors
/// 422: no date, or at `on` a day that has not come.
pub(crate) fn day(req: &Req, params: &Params) -> Result<Date> {
    let today = req.ctx.now.date();
    if !params.get("on").is_empty() {
        return Ok(cases::queries::past_day(&req.ctx, params)?.unwrap_or(today));
    }
    match params.get("date") {
        "" => Ok(today),
        text => text.parse().map_err(|_| Problem::field("date", "not-a-date")),
    }
}

/// A day of the time machine, as pages show it.
#[derive(Clone, Copy)]
pub(crate) struct Day {
    pub date: Date,
    pub today: bool,
    /// Over: the register is read there, not changed.
    pub past: bool,
}

impl Day {
    pub(crate) fn of(req: &Req, params: &Params) -> Answer<Self> {
        let date = day(req, params).or_fail(req)?;
        let today = req.ctx.now.date();
        Ok(Self { date, today: date == today, past: date < today })
    }

    /// `on=2026-03-05&`, `date=` for a day to come, or nothing for today: to be written into addresses.
    pub(crate) fn query(self) -> String {
        match self {
            Self { today: true, .. } => String::new(),
            Self { past: true, date, .. } => format!("on={date}&"),
            Self { date, .. } => format!("date={date}&"),
        }
    }

    /// The day, where it is over.
    pub(crate) fn over(self) -> Option<Date> {
        self.past.then_some(self.date)
    }
}

/// The bar above a page of a day that is over. `always`: on the present too.
///
/// # Errors
/// 422 at the field `on`: a day before anything was adopted or reported.
pub(crate) async fn as_of(req: &Req, params: &Params, day: Day, always: bool) -> Answer<AsOf> {
    let asked = params.clone();
    let read = req.read(move |ctx, tx| {
        let first = crate::queries::first_day(tx)?;
        let asked = as_of::asked(ctx, tx, &asked, first)?;
        // a day asked for with `date` may lie before everything: then the register is empty, as it has always been
        Ok(Asked { day: day.over(), ..asked })
    });
    let asked = read.await.or_fail(req)?;
    let params = Params::parse(&params.with("date", ""));
    Ok(if always { AsOf::always(req, &params, asked) } else { AsOf::new(req, &params, asked) })
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
pub(crate) fn history(ui: &Ui, lines: &[HistoryLine]) -> Vec<Line> {
    web::events::lines(ui, lines, look)
}

fn look(verb: &str) -> (&'static str, &'static str) {
    match verb.rsplit('.').next() {
        Some("made" | "made-of") => ("plus", "brand"),
        Some("took-over" | "handed-over") => ("arrows-exchange", "brand"),
        Some("replaced" | "moved") => ("arrows-exchange", ""),
        Some("ended" | "taken-back") => ("archive", "late"),
        Some("split" | "joined") => ("git-fork", ""),
        Some("patrolled") => ("walk", "ok"),
        Some("found") => ("flag", ""),
        _ => ("pencil", ""),
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

//! Periods: made, changed, closed and opened again.

use super::{name_of, needed};
use crate::model::{Kind, Limit, Limits, Period, PeriodState};
use crate::policy::{Act, require_city};
use crate::store as rows;
use crate::window::Window;
use ::store::value::Json;
use ::store::{Event, Tx};
use assessment::scheme::standards::standards;
use kernel::ctx::Ctx;
use kernel::problem::{FieldError, Findings, Problem, Result};
use kernel::time::Date;
use kernel::workflow::Named;

/// What can be changed of a period.
#[derive(Clone, Debug)]
pub struct PeriodEdit {
    pub name: String,
    pub opens: Option<Date>,
    pub closes: Option<Date>,
    pub limits: Limits,
}

/// What somebody enters.
#[derive(Clone, Debug)]
pub struct PeriodDraft {
    pub edit: PeriodEdit,
    /// Number of a published scheme.
    pub scheme: String,
    /// `2027-08`.
    pub test_month: String,
}

fn limit(findings: &mut Findings, kind: Kind, limit: Limit) {
    let bounds = [
        ("characters", limit.characters, 50, 5000),
        ("pictures", limit.pictures, 0, 50),
        ("edge", limit.short_edge, 100, 4000),
        ("megabytes", limit.megabytes, 1, 20),
    ];
    for (what, value, least, most) in bounds {
        if !(least..=most).contains(&value) {
            let field = format!("{}-{what}", kind.code());
            findings.add(FieldError::new(field, "not-within").arg("least", least).arg("most", most));
        }
    }
}

/// Name and days, checked.
fn checked(findings: &mut Findings, edit: &PeriodEdit) -> (String, Option<(Date, Date)>) {
    let name = needed(findings, "period_name", &edit.name, 60);
    for kind in Kind::ALL {
        limit(findings, *kind, edit.limits.of(*kind));
    }
    findings.check(edit.opens.is_some(), "opens", "required");
    findings.check(edit.closes.is_some(), "closes", "required");
    let days = edit.opens.zip(edit.closes);
    findings.check(days.is_none_or(|(opens, closes)| opens <= closes), "closes", "evidence-days-turned");
    (name, days)
}

/// Makes an open period. Records `evidence.period-made`.
///
/// # Errors
/// 422 at `period_name`, `scheme`, `test_month`, `opens`, `closes` and the limits.
pub fn make_period(ctx: &Ctx, tx: &mut Tx<'_>, draft: PeriodDraft) -> Result<Period> {
    require_city(ctx, Act::Plan)?;
    let mut findings = Findings::default();
    let (name, days) = checked(&mut findings, &draft.edit);
    let scheme = standards(tx, &draft.scheme)?.filter(|scheme| scheme.published);
    findings.check(scheme.is_some(), "scheme", "not-a-choice");
    findings.check(Window::before(&draft.test_month).is_some(), "test_month", "evidence-no-month");
    findings.done()?;
    let (Some(scheme), Some((opens, closes))) = (scheme, days) else {
        return Err(Problem::internal("checked, and yet missing"));
    };
    let period = Period {
        id: tx.new_id(),
        number: format!("EP-{:04}", tx.next_number("EP")?),
        name,
        scheme_number: scheme.number,
        scheme_name: scheme.name,
        test_month: draft.test_month,
        opens,
        closes,
        limits: Json(draft.edit.limits),
        state: PeriodState::Open,
        made_by: name_of(ctx),
        made_at: ctx.now,
        version: 1,
    };
    tx.insert(&period)?;
    let event = Event::new("evidence.period-made", period.id).with("number", period.number.as_str());
    tx.record(ctx, event.with("name", period.name.as_str()))?;
    Ok(period)
}

fn load(ctx: &Ctx, tx: &mut Tx<'_>, (number, version): (&str, i64)) -> Result<Period> {
    require_city(ctx, Act::Plan)?;
    let period = rows::period_by_number(tx, number)?.ok_or_else(Problem::not_found)?;
    if period.version == version { Ok(period) } else { Err(Problem::stale()) }
}

/// Changes name, days and limits; the scheme and the month of the test stay, for items were made for them. Records
/// `evidence.period-edited`.
pub fn edit_period(ctx: &Ctx, tx: &mut Tx<'_>, of: (&str, i64), edit: PeriodEdit) -> Result<Period> {
    let mut period = load(ctx, tx, of)?;
    let mut findings = Findings::default();
    let (name, days) = checked(&mut findings, &edit);
    findings.done()?;
    if let Some((opens, closes)) = days {
        (period.opens, period.closes) = (opens, closes);
    }
    period.name = name;
    period.limits = Json(edit.limits);
    tx.save(&period)?;
    period.version += 1;
    let event = Event::new("evidence.period-edited", period.id).with("number", period.number.as_str());
    tx.record(ctx, event.with("opens", period.opens.to_string()).with("closes", period.closes.to_string()))?;
    Ok(period)
}

/// Closes a period, or opens it again. Records `evidence.period-closed` or `evidence.period-opened`.
pub fn set_period_state(ctx: &Ctx, tx: &mut Tx<'_>, of: (&str, i64), to: PeriodState) -> Result<Period> {
    let mut period = load(ctx, tx, of)?;
    if period.state == to {
        return Ok(period);
    }
    period.state = to;
    tx.save(&period)?;
    period.version += 1;
    let event = match to {
        PeriodState::Open => Event::new("evidence.period-opened", period.id),
        PeriodState::Closed => Event::new("evidence.period-closed", period.id),
    };
    tx.record(ctx, event.with("number", period.number.as_str()))?;
    Ok(period)
}

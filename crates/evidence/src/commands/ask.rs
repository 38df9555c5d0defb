//! Asking units for evidence, once. What was asked before, or is there already, is not asked again: the program says where it is, keeps
//! that it stopped, and nobody can go past it.

use super::{name_of, needed, optional, reason, standards_of};
use crate::model::{Burden, Kind, Period, PeriodState, Pointer, Request, RequestState, Why};
use crate::policy::{Act, require_city};
use crate::settings::{MOST_QUOTA, QUOTA};
use crate::store::{self as rows, Sought};
use crate::window::month;
use ::store::value::Json;
use ::store::{Event, Tx};
use kernel::ctx::{Ctx, Unit};
use kernel::id::Id;
use kernel::policy::Role;
use kernel::problem::{Findings, Problem, Result};
use kernel::time::{Date, Instant, parse_date};
use kernel::workflow::Named;

/// Most units and standards that one asking names.
const MOST: usize = 100;

/// What the office asks for.
#[derive(Clone, Debug)]
pub struct Asking {
    /// Number of an open period.
    pub period: String,
    /// Codes of units, `U-0012`.
    pub units: Vec<String>,
    pub kind: Option<Kind>,
    /// Codes of standards.
    pub codes: Vec<String>,
    /// At most 100 characters.
    pub what: String,
    /// At most 1,000 characters.
    pub guidance: String,
    pub due_on: Option<Date>,
}

/// The same for each unit.
struct Checked {
    period: Period,
    kind: Kind,
    codes: Vec<String>,
    what: String,
    guidance: String,
    due_on: Date,
}

/// Units with their names.
type Units = Vec<(Id<Unit>, String)>;

fn checked(ctx: &Ctx, tx: &mut Tx<'_>, asking: &Asking) -> Result<(Checked, Units)> {
    let mut findings = Findings::default();
    let period = rows::period_by_number(tx, &asking.period)?.filter(|p| p.state == PeriodState::Open);
    findings.check(period.is_some(), "period", "not-a-choice");
    findings.check(asking.kind.is_some(), "evidence_kind", "required");
    let what = needed(&mut findings, "what", &asking.what, 100);
    let guidance = optional(&mut findings, "guidance", &asking.guidance, 1000);
    let due = asking.due_on;
    findings.check(due.is_some(), "due_on", "required");
    findings.check(due.is_none_or(|day| day >= ctx.now.date()), "due_on", "evidence-past");
    let mut units = Vec::new();
    for code in &asking.units {
        match people::queries::unit_by_code(tx, code)?.filter(people::UnitRow::is_active) {
            Some(unit) => units.push((unit.id, unit.name)),
            None => findings.check(false, "units", "not-a-choice"),
        }
    }
    findings.check(!asking.units.is_empty(), "units", "required");
    // whoever asks the same units at the same time passes their gates in the same order
    units.sort_unstable_by_key(|(id, _)| *id);
    units.dedup_by_key(|(id, _)| *id);
    let mut codes = asking.codes.clone();
    codes.sort_unstable();
    codes.dedup();
    findings.check(!codes.is_empty(), "codes", "required");
    findings.check(codes.len() <= MOST && units.len() <= MOST, "codes", "evidence-too-many");
    if let Some(period) = &period {
        let standards = standards_of(tx, period)?;
        findings.check(codes.iter().all(|code| standards.get(code).is_some()), "codes", "not-a-choice");
    }
    findings.done()?;
    let (Some(period), Some(kind), Some(due_on)) = (period, asking.kind, due) else {
        return Err(Problem::internal("checked, and yet missing"));
    };
    Ok((Checked { period, kind, codes, what, guidance, due_on }, units))
}

/// Why the unit is not asked, and what is there instead.
fn stopped(ctx: &Ctx, tx: &mut Tx<'_>, unit: Id<Unit>, of: &Checked) -> Result<Option<(Why, Vec<Pointer>)>> {
    let today = ctx.now.date();
    let sought = Sought { unit, kind: of.kind, scheme: &of.period.scheme_name, codes: &of.codes };
    let window = of.period.window().ok_or_else(|| Problem::internal("a period without a window"))?;
    let there = rows::there_already(tx, sought, window, today)?;
    let asked = rows::asked_before(tx, sought, today)?;
    if !there.is_empty() || !asked.is_empty() {
        let why = if there.is_empty() { Why::Asked } else { Why::There };
        return Ok(Some((why, there.into_iter().chain(asked).collect())));
    }
    let quota = QUOTA.get(tx)?;
    let first = parse_date(&format!("{}-01", month(today))).unwrap_or(today);
    if quota > 0 && rows::asked_since(tx, unit, Instant::start_of(first))? >= quota {
        return Ok(Some((Why::Quota, Vec::new())));
    }
    Ok(None)
}

/// Asks each unit, or keeps that it was stopped: one row a unit, whatever became of it. Records `evidence.asked` or
/// `evidence.stopped`.
///
/// # Errors
/// 422 at `period`, `units`, `evidence_kind`, `codes`, `what`, `guidance`, `due_on`.
pub fn ask(ctx: &Ctx, tx: &mut Tx<'_>, asking: &Asking) -> Result<Vec<Request>> {
    require_city(ctx, Act::Ask)?;
    let (of, units) = checked(ctx, tx, asking)?;
    let mut made = Vec::new();
    for (unit, name) in units {
        rows::pass_gate(tx, unit)?;
        let stop = stopped(ctx, tx, unit, &of)?;
        made.push(enter(ctx, tx, (unit, &name), &of, stop)?);
    }
    Ok(made)
}

fn enter(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    (unit, name): (Id<Unit>, &str),
    of: &Checked,
    stop: Option<(Why, Vec<Pointer>)>,
) -> Result<Request> {
    let year = ctx.now.date().year();
    let (why, pointers) = stop.map_or((None, Vec::new()), |(why, pointers)| (Some(why), pointers));
    let request = Request {
        id: tx.new_id(),
        number: format!("ER-{year}-{:04}", tx.next_number(&format!("ER-{year}"))?),
        period_id: of.period.id,
        unit_id: unit,
        kind: of.kind,
        codes: Json(of.codes.clone()),
        what: of.what.clone(),
        guidance: of.guidance.clone(),
        due_on: of.due_on,
        state: if why.is_some() { RequestState::Stopped } else { RequestState::Open },
        why,
        pointers: Json(pointers),
        reason: String::new(),
        answer_item: None,
        asked_by: name_of(ctx),
        asked_at: ctx.now,
        answered_at: None,
        version: 1,
    };
    tx.insert(&request)?;
    for code in &of.codes {
        rows::add_standard(tx, &request, &of.period.scheme_name, code)?;
    }
    let standards = i64::try_from(of.codes.len()).unwrap_or(i64::MAX);
    match why {
        Some(why) => {
            rows::lay((tx, ctx.now), unit, Burden::Stopped, (1, 0), &request.number)?;
            let event = Event::new("evidence.stopped", request.id).with("number", request.number.as_str());
            tx.record(ctx, event.with("unit", name).with("why", why.code()))?;
        }
        None => {
            rows::lay((tx, ctx.now), unit, Burden::Request, (1, 0), &request.number)?;
            rows::lay((tx, ctx.now), unit, Burden::Standard, (standards, 0), &request.number)?;
            let event = Event::new("evidence.asked", request.id).with("number", request.number.as_str());
            tx.record(ctx, event.with("unit", name).with("due", of.due_on.to_string()))?;
            tell(tx, &request)?;
        }
    }
    Ok(request)
}

fn tell(tx: &mut Tx<'_>, request: &Request) -> Result<()> {
    let roles = [Role::UnitHead, Role::UnitClerk];
    let people = people::queries::people_of_unit_with_role(tx, request.unit_id, &roles)?;
    let people: Vec<_> = people.into_iter().map(|person| person.id).collect();
    let args = [("number", request.number.clone()), ("what", request.what.clone())];
    web::notices::send(
        tx,
        &people,
        "evidence-asked",
        &args,
        &format!("/evidence/requests/{}", request.number),
    )
}

/// Takes back what was asked; it may be asked again. Records `evidence.request-withdrawn`.
///
/// # Errors
/// 409 `evidence-request-over` where it was answered, withdrawn or never made; 422 at `reason`.
pub fn withdraw_request(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    (number, version): (&str, i64),
    why: &str,
) -> Result<Request> {
    require_city(ctx, Act::Ask)?;
    let mut request = rows::request_by_number(tx, number)?.ok_or_else(Problem::not_found)?;
    if request.version != version {
        return Err(Problem::stale());
    }
    if request.state != RequestState::Open {
        return Err(Problem::conflict("evidence-request-over"));
    }
    let why = reason(why)?;
    request.state = RequestState::Withdrawn;
    request.reason.clone_from(&why);
    tx.save(&request)?;
    request.version += 1;
    let event = Event::new("evidence.request-withdrawn", request.id);
    tx.record(ctx, event.with("number", request.number.as_str()).text(&why))?;
    Ok(request)
}

/// How many requests a unit may get in a month from now on; 0: as many as there are.
pub fn set_quota(ctx: &Ctx, tx: &mut Tx<'_>, quota: i64) -> Result<()> {
    require_city(ctx, Act::Plan)?;
    let mut findings = Findings::default();
    findings.within("quota", quota, 0, MOST_QUOTA);
    findings.done()?;
    tx.housekeeping();
    QUOTA.set(tx, ctx, &quota)
}

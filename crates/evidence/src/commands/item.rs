//! An item: begun by a unit, and changed until it is handed in.

use super::{event, item_at, name_of, needed, optional, save, uses::put};
use crate::model::{Item, Kind, RequestState};
use crate::policy::{Act, POLICY};
use crate::store as rows;
use crate::workflow::State;
use ::store::Tx;
use kernel::ctx::{Ctx, Unit};
use kernel::id::Id;
use kernel::policy::{Standing, Tie};
use kernel::problem::{Findings, Problem, Result};
use kernel::time::Date;
use kernel::workflow::Named;

/// Longest statement that is kept at all; what may be handed in is the period's limit.
const LONGEST: usize = 10_000;

/// What somebody enters.
#[derive(Clone, Debug, Default)]
pub struct ItemDraft {
    /// Code of the unit, `U-0012`.
    pub unit: String,
    pub kind: Option<Kind>,
    pub title: String,
    pub statement: String,
    pub dated: Option<Date>,
    /// Number of the request that it answers; empty for none.
    pub request: String,
    /// Number of a period and code of a standard.
    pub uses: Vec<(String, String)>,
}

fn index(tx: &mut Tx<'_>, item: &Item) -> Result<()> {
    let words = ::store::words::index_tokens(&format!("{} {}", item.title, item.statement));
    tx.index_words(item.id, &words)
}

/// Begins an item of a unit. One that answers a request takes its unit, kind and standards. Records `evidence.made`.
///
/// # Errors
/// 422 at `unit`, `evidence_kind`, `title`, `statement`, `request`, `uses`.
pub fn make(ctx: &Ctx, tx: &mut Tx<'_>, draft: ItemDraft) -> Result<Item> {
    let request = match draft.request.trim() {
        "" => None,
        number => Some(super::load_request(ctx, tx, Act::HandIn, number)?),
    };
    let mut findings = Findings::default();
    if request.as_ref().is_some_and(|request| request.state != RequestState::Open) {
        return Err(Problem::conflict("evidence-request-over"));
    }
    let unit: Option<Id<Unit>> = match &request {
        Some(request) => Some(request.unit_id),
        None => {
            people::queries::unit_by_code(tx, &draft.unit)?.filter(people::UnitRow::is_active).map(|u| u.id)
        }
    };
    findings.check(unit.is_some(), "unit", "not-a-choice");
    if let Some(unit) = unit {
        POLICY.require(ctx, Act::HandIn, &Standing::of(Tie::Leads, unit), true)?;
    } else {
        crate::policy::require(ctx, Act::HandIn)?;
    }
    let kind = request.as_ref().map(|request| request.kind).or(draft.kind);
    findings.check(kind.is_some(), "evidence_kind", "required");
    let title = needed(&mut findings, "title", &draft.title, 100);
    let statement = optional(&mut findings, "statement", &draft.statement, LONGEST);
    findings.done()?;
    let (Some(unit), Some(kind)) = (unit, kind) else {
        return Err(Problem::internal("checked, and yet missing"));
    };
    let year = ctx.now.date().year();
    let item = Item {
        id: tx.new_id(),
        number: format!("EV-{year}-{:06}", tx.next_number(&format!("EV-{year}"))?),
        unit_id: unit,
        kind,
        title,
        statement,
        dated: draft.dated,
        state: State::Draft,
        request_id: request.as_ref().map(|request| request.id),
        reason: String::new(),
        made_by: name_of(ctx),
        made_id: ctx.person(),
        made_at: ctx.now,
        submitted_at: None,
        first_by: String::new(),
        first_id: None,
        first_at: None,
        second_by: String::new(),
        second_id: None,
        second_at: None,
        filed_by: String::new(),
        filed_at: None,
        version: 1,
    };
    tx.insert(&item)?;
    index(tx, &item)?;
    if let Some(request) = &request {
        let period = rows::period(tx, request.period_id)?.ok_or_else(Problem::not_found)?;
        for code in &request.codes.0 {
            put(tx, &item, &period, code)?;
        }
    }
    for (period, code) in &draft.uses {
        let period = rows::period_by_number(tx, period)?;
        let period = period.ok_or_else(|| Problem::field("uses", "not-a-choice"))?;
        put(tx, &item, &period, code)?;
    }
    tx.record(ctx, event("evidence.made", &item).with("kind", item.kind.code()))?;
    Ok(item)
}

/// Changes title, statement and day of what is not handed in. Records `evidence.edited`.
///
/// # Errors
/// 409 `evidence-frozen` once it is handed in; 422 as [`make`].
pub fn edit(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    of: (&str, i64),
    (title, statement, dated): (&str, &str, Option<Date>),
) -> Result<Item> {
    let (mut item, _) = item_at(ctx, tx, Act::HandIn, of)?;
    open(&item)?;
    let mut findings = Findings::default();
    item.title = needed(&mut findings, "title", title, 100);
    item.statement = optional(&mut findings, "statement", statement, LONGEST);
    item.dated = dated;
    findings.done()?;
    save(tx, &mut item)?;
    index(tx, &item)?;
    tx.record(ctx, event("evidence.edited", &item))?;
    Ok(item)
}

/// # Errors
/// 409 `evidence-frozen` once it is handed in.
pub(super) fn open(item: &Item) -> Result<()> {
    if item.state.is_open() { Ok(()) } else { Err(Problem::conflict("evidence-frozen")) }
}

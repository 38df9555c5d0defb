//! What falls short today and who is to act: the office's page, and a unit's own to-do list.

use super::filter::visible;
use super::list::CaseLine;
use crate::model::{Case, Request, RequestState};
use crate::workflow::State;
use kernel::ctx::{Ctx, Unit};
use kernel::id::Id;
use kernel::problem::Result;
use kernel::time::Instant;
use store::{Query, Tx, record};

record! {
    #[derive(Clone, Debug)]
    pub struct StateCount {
        pub state: State,
        pub cases: i64,
        pub overdue: i64,
    }
}

/// The office's morning.
#[derive(Clone, Debug)]
pub struct Today {
    /// Open cases by state.
    pub states: Vec<StateCount>,
    pub due_today: i64,
    pub reported_today: i64,
    pub closed_today: i64,
    /// What waits for the centre or the supervision, what is due next first.
    pub waiting: Vec<CaseLine>,
    /// Late at a unit, the latest first.
    pub late: Vec<CaseLine>,
    pub requests: Vec<(Request, CaseLine)>,
}

impl Today {
    pub fn open(&self) -> i64 {
        self.states.iter().map(|s| s.cases).sum()
    }

    pub fn overdue(&self) -> i64 {
        self.states.iter().map(|s| s.overdue).sum()
    }

    pub fn count(&self, state: State) -> i64 {
        self.states.iter().filter(|s| s.state == state).map(|s| s.cases).sum()
    }
}

const LINES: &str = "select {*} from case_file";

fn one(ctx: &Ctx, tx: &mut Tx<'_>, condition: &str, values: &[&dyn store::Bind]) -> Result<i64> {
    let mut q = Query::<(i64,)>::new("select count(*) from case_file");
    q.filter(condition, values);
    visible(ctx, &mut q);
    Ok(tx.query(&q)?.first().map_or(0, |(n,)| *n))
}

/// Counts only what is open or of today: the archive's size does not matter.
pub fn today(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Today> {
    let now = ctx.now;
    let midnight = Instant::start_of(now.date());
    let tomorrow = midnight.plus(kernel::time::DAY);
    let mut q = Query::<StateCount>::with(
        "select state, count(*) as cases, coalesce(sum(case when stage_due_at < ? then 1 else 0 end), 0) as overdue
         from case_file",
        &[&now],
    );
    q.one_of("state", &State::open());
    visible(ctx, &mut q);
    q.tail("group by state", &[]);
    let states = tx.query(&q)?;

    let mut q = Query::<CaseLine>::new(LINES);
    q.one_of(
        "state",
        &[State::Reported, State::Confirmed, State::Registered, State::Answered, State::Verified],
    )
    .filter("stage_due_at is not null", &[]);
    visible(ctx, &mut q);
    q.tail("order by stage_due_at, id limit 12", &[]);
    let waiting = tx.query(&q)?;

    let mut q = Query::<CaseLine>::new(LINES);
    q.one_of("state", &[State::Dispatched, State::Handling]).filter("stage_due_at < ?", &[&now]);
    visible(ctx, &mut q);
    q.tail("order by stage_due_at, id limit 12", &[]);
    let late = tx.query(&q)?;

    let due_today = {
        let mut q = Query::<(i64,)>::new("select count(*) from case_file");
        q.one_of("state", &State::open())
            .filter("stage_due_at >= ? and stage_due_at < ?", &[&now, &tomorrow]);
        visible(ctx, &mut q);
        tx.query(&q)?.first().map_or(0, |(n,)| *n)
    };
    Ok(Today {
        states,
        due_today,
        reported_today: one(ctx, tx, "reported_at >= ?", &[&midnight])?,
        closed_today: one(ctx, tx, "closed_at >= ? and state = 'closed'", &[&midnight])?,
        waiting,
        late,
        requests: open_requests(ctx, tx, None)?,
    })
}

/// Requests that nobody has decided, oldest first.
fn open_requests(ctx: &Ctx, tx: &mut Tx<'_>, units: Option<&[Id<Unit>]>) -> Result<Vec<(Request, CaseLine)>> {
    let mut q = Query::<Request>::new("select {*} from case_request");
    q.filter("state = ?", &[&RequestState::Asked]);
    q.tail("order by asked_at, id limit 50", &[]);
    let mut out = Vec::new();
    for request in tx.query(&q)? {
        if let Some(line) = line(ctx, tx, request.case_id)?
            && units.is_none_or(|u| line.lead_unit.is_some_and(|l| u.contains(&l)))
        {
            out.push((request, line));
        }
    }
    Ok(out)
}

fn line(ctx: &Ctx, tx: &mut Tx<'_>, id: Id<Case>) -> Result<Option<CaseLine>> {
    let mut q = Query::<CaseLine>::new(LINES);
    q.filter("id = ?", &[&id]);
    visible(ctx, &mut q);
    Ok(tx.query(&q)?.into_iter().next())
}

/// A unit's own list.
#[derive(Clone, Debug)]
pub struct UnitTodo {
    /// Of these, what the person was given themselves.
    pub mine: Vec<CaseLine>,
    /// To be handled by others or by nobody in particular yet, what is due next first.
    pub at_unit: Vec<CaseLine>,
    pub overdue: i64,
    pub total: i64,
    pub parked: Vec<CaseLine>,
    /// Being looked at by others.
    pub answered: Vec<CaseLine>,
    /// Asked for and not decided yet.
    pub requests: Vec<(Request, CaseLine)>,
    /// Reported on the unit's own stretches, not dispatched yet.
    pub coming: Vec<CaseLine>,
    /// Letters of the ladder that nobody has read or that want an answer.
    pub letters: Vec<ladder::queries::LetterLine>,
}

pub fn unit_todo(ctx: &Ctx, tx: &mut Tx<'_>, units: &[Id<Unit>]) -> Result<UnitTodo> {
    let lines = |tx: &mut Tx<'_>, column: &str, states: &[State], limit: i64| {
        let mut q = Query::<CaseLine>::new(LINES);
        q.one_of(column, units).one_of("state", states);
        q.tail(
            "order by (case when stage_due_at is null then 1 else 0 end), stage_due_at, id limit ?",
            &[&limit],
        );
        tx.query(&q)
    };
    let mut at_unit = lines(tx, "lead_unit", &[State::Dispatched, State::Handling], 200)?;
    let mut q = Query::<CaseLine>::new(LINES);
    q.filter("handler_id = ?", &[&ctx.person().map_or(0, Id::raw)]);
    q.one_of("lead_unit", units).one_of("state", &[State::Dispatched, State::Handling]);
    q.tail("order by (case when stage_due_at is null then 1 else 0 end), stage_due_at, id limit 200", &[]);
    let mine = tx.query(&q)?;
    at_unit.retain(|line| !mine.iter().any(|m| m.id == line.id));
    let overdue = mine.iter().chain(&at_unit).filter(|l| l.stage_due_at.is_some_and(|d| d < ctx.now)).count();
    Ok(UnitTodo {
        overdue: i64::try_from(overdue).unwrap_or(i64::MAX),
        total: i64::try_from(mine.len() + at_unit.len()).unwrap_or(i64::MAX),
        parked: lines(tx, "lead_unit", &[State::Parked, State::Inquired, State::Disputed], 20)?,
        answered: lines(tx, "lead_unit", &[State::Answered, State::Verified], 20)?,
        requests: open_requests(ctx, tx, Some(units))?,
        letters: ladder::queries::unit_letters(ctx, tx, units)?.lines,
        coming: lines(tx, "suggested_unit", &[State::Reported, State::Confirmed, State::Registered], 20)?,
        mine,
        at_unit,
    })
}

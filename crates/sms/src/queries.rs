//! What was sent, newest first, and how much of it.

use crate::model::{Message, State};
use crate::policy::{Act, require};
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use kernel::time::{DAY, Instant};
use kernel::workflow::Named;
use store::{Query, Tx};
use web::list::{Cursor, PAGE_SIZE, Page, Params};

/// What a list asks for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter {
    pub state: Option<State>,
}

impl Filter {
    pub fn read(params: &Params) -> Result<Self> {
        let state = match params.get("state") {
            "" => None,
            text => Some(State::parse(text).ok_or_else(|| Problem::field("state", "not-a-choice"))?),
        };
        Ok(Self { state })
    }

    fn apply<R>(self, q: &mut Query<R>) {
        if let Some(state) = self.state {
            q.filter("state = ?", &[&state]);
        }
    }
}

const START: &str = "select {*} from sms_message";

/// A page of the list.
pub fn list(ctx: &Ctx, tx: &mut Tx<'_>, filter: Filter, after: Option<Cursor>) -> Result<Page<Message>> {
    require(ctx, Act::See)?;
    let limit = i64::try_from(PAGE_SIZE).unwrap_or(50) + 1;
    let mut q = Query::<Message>::new(START);
    filter.apply(&mut q);
    if let Some(c) = after {
        q.filter("(made_at, id) < (?, ?)", &[&c.sort, &c.id]);
    }
    q.tail("order by made_at desc, id desc limit ?", &[&limit]);
    Ok(Page::from_rows(tx.query(&q)?, PAGE_SIZE, |m| Cursor { sort: m.made_at.0, id: m.id.raw() }))
}

/// What the list shows, for exports.
pub fn each(ctx: &Ctx, tx: &mut Tx<'_>, filter: Filter, limit: usize) -> Result<Vec<Message>> {
    require(ctx, Act::See)?;
    let mut q = Query::<Message>::new(START);
    filter.apply(&mut q);
    q.tail("order by made_at desc, id desc limit ?", &[&i64::try_from(limit).unwrap_or(i64::MAX)]);
    tx.query(&q)
}

/// How many messages of the last 24 hours stand where, in the order of [`State`].
pub fn of_a_day(tx: &mut Tx<'_>) -> Result<Vec<(State, i64)>> {
    let since = Instant(tx.now().0 - DAY);
    let mut q = Query::<(State, i64)>::new("select state, count(*) from sms_message");
    q.filter("made_at > ?", &[&since]);
    q.tail("group by state", &[]);
    let found = tx.query(&q)?;
    let count = |state| found.iter().find(|(s, _)| *s == state).map_or(0, |(_, n)| *n);
    Ok(<State as Named>::ALL.iter().map(|state| (*state, count(*state))).collect())
}

//! Compares everything at once: their list of open orders against ours, at night and when somebody asks. Finds what no
//! message told of: orders that one side does not know, and states that drifted apart.

use crate::adapter::{Adapter, Fault};
use crate::change::{self, Snapshot};
use crate::compare::{self, About};
use crate::model::{Aspect, Order, Partner};
use crate::{incoming, store as rows};
use ::store::{Db, Tx};
use cases::desk::Desk;
use kernel::ctx::Ctx;
use kernel::problem::Result;
use kernel::workflow::Named;
use serde_json::Value;
use std::collections::HashSet;
use std::sync::Arc;
use web::City;

/// Pages of their list that are read at most.
const PAGES: usize = 2000;
/// Orders of ours looked at in one read.
const STEP: i64 = 200;

/// What a comparison found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Found {
    pub compared: u64,
    pub missing_here: u64,
    pub missing_there: u64,
    pub unreadable: u64,
}

struct Round<'a> {
    db: &'a Db,
    ctx: &'a Ctx,
    desk: Arc<Desk>,
    partner: &'a Partner,
    found: Found,
}

/// Compares with a partner; what it found, or why it could not.
pub fn compare(
    city: &City,
    ctx: &Ctx,
    partner: &Partner,
    adapter: &dyn Adapter,
) -> Result<std::result::Result<Found, Fault>> {
    let desk = Desk::of_now(city)?;
    let mut round = Round { db: city.db(), ctx, desk, partner, found: Found::default() };
    let mut listed = HashSet::new();
    let mut after = String::new();
    for _ in 0..PAGES {
        let batch = match adapter.orders(&after) {
            Ok(batch) => batch,
            Err(fault) => return Ok(Err(fault)),
        };
        for item in &batch.items {
            match change::order(item) {
                Ok(snapshot) => {
                    listed.insert(snapshot.number.clone());
                    round.listed(snapshot)?;
                }
                Err(_) => round.found.unreadable += 1,
            }
        }
        if !batch.more {
            break;
        }
        after = batch.next;
    }
    round.ours(adapter, &listed)
}

impl Round<'_> {
    fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Ctx, &mut Tx<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let ctx = Ctx { now: self.db.now(), ..self.ctx.clone() };
        self.db.write_now(&ctx.clone(), move |tx| {
            tx.housekeeping();
            work(&ctx, tx)
        })
    }

    /// An order that they list.
    fn listed(&mut self, snapshot: Snapshot) -> Result<()> {
        let (partner, desk) = (self.partner.clone(), Arc::clone(&self.desk));
        let missing = self.write(move |ctx, tx| {
            let order = rows::order_by_no(tx, partner.id, &snapshot.number)?;
            match order.filter(|o| o.follows_id.is_some()) {
                Some(order) => {
                    compare::gone(tx, partner.id, &snapshot.number, Aspect::MissingThere)?;
                    stands(ctx, tx, &desk, &partner, order, &snapshot).map(|()| false)
                }
                // changes of it have come and wait, or lie on the repair list
                None if rows::anything_of(tx, partner.id, &snapshot.number)? => Ok(false),
                None => {
                    let about = About { id: None, no: &snapshot.number, case: None };
                    let theirs: String =
                        if snapshot.title.is_empty() { &snapshot.text } else { &snapshot.title }
                            .chars()
                            .take(100)
                            .collect();
                    compare::note(ctx, tx, &partner, &about, (Aspect::MissingHere, "", &theirs)).map(|_| true)
                }
            }
        })?;
        self.found.compared += u64::from(!missing);
        self.found.missing_here += u64::from(missing);
        Ok(())
    }

    /// Open orders of ours that they did not list are asked for one by one.
    fn ours(
        mut self,
        adapter: &dyn Adapter,
        listed: &HashSet<String>,
    ) -> Result<std::result::Result<Found, Fault>> {
        let mut after = 0;
        loop {
            let id = self.partner.id;
            let page = self.db.read_now(move |tx| {
                let orders = rows::orders_after(tx, id, after, STEP)?;
                let last = orders.last().map(|o| o.id.raw());
                let mut open = Vec::new();
                for order in orders {
                    let Some(case) = order.follows_id else { continue };
                    if cases::store::case(tx, case)?.is_some_and(|c| !c.state.is_over()) {
                        open.push(order);
                    }
                }
                Ok((open, last))
            })?;
            let (open, last) = page;
            for order in open.into_iter().filter(|o| !listed.contains(&o.order_no)) {
                match adapter.order(&order.order_no) {
                    Ok(answer) => self.asked(order, answer)?,
                    Err(fault) => return Ok(Err(fault)),
                }
            }
            match last {
                Some(last) => after = last,
                None => return Ok(Ok(self.found)),
            }
        }
    }

    fn asked(&mut self, order: Order, answer: Option<Value>) -> Result<()> {
        let snapshot = match answer.as_ref().map(change::order) {
            Some(Ok(snapshot)) => Some(snapshot),
            Some(Err(_)) => {
                self.found.unreadable += 1;
                return Ok(());
            }
            None => None,
        };
        let missing = snapshot.is_none();
        let (partner, desk) = (self.partner.clone(), Arc::clone(&self.desk));
        self.write(move |ctx, tx| match snapshot {
            Some(snapshot) => stands(ctx, tx, &desk, &partner, order, &snapshot),
            None => {
                let state = match order.follows_id {
                    Some(id) => cases::store::case(tx, id)?.map_or("", |c| crate::stage::of(c.state).code()),
                    None => "",
                };
                let about = About { id: Some(order.id), no: &order.order_no, case: order.follows_id };
                compare::note(ctx, tx, &partner, &about, (Aspect::MissingThere, state, "")).map(drop)
            }
        })?;
        self.found.compared += u64::from(!missing);
        self.found.missing_there += u64::from(missing);
        Ok(())
    }
}

/// Takes how an order stands over there, and looks at its differences. What we know to be newer is not overwritten.
fn stands(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    desk: &Desk,
    partner: &Partner,
    order: Order,
    snapshot: &Snapshot,
) -> Result<()> {
    // the row may have moved while their answer was on its way
    let Some(mut order) = rows::order(tx, order.id)? else { return Ok(()) };
    if snapshot.revision >= order.applied {
        incoming::take_listed(tx, desk, partner, &mut order, snapshot)?;
    }
    compare::refresh(ctx, tx, desk, partner, &mut order)?;
    tx.save(&order)
}

//! Carries changes out. Each in a transaction of its own that also takes the change, so that it is done once or not at all,
//! whatever dies and however many programs try.

use super::making;
use crate::change::{self, Sound};
use crate::model::{Aspect, GAP, Incoming, Kind, Order, Partner, Side};
use crate::stage::{self, Follow};
use crate::{compare, store as rows};
use ::store::{Db, Tx};
use cases::commands::{self as deeds, Heard, hear};
use cases::desk::Desk;
use cases::model::Case;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use places::PlaceIndex;
use std::sync::Arc;
use web::City;

/// Changes looked at in one step.
const STEP: i64 = 50;

/// Everything that carrying out needs besides the change.
#[derive(Clone)]
struct Bench {
    ctx: Ctx,
    desk: Arc<Desk>,
    index: Arc<PlaceIndex>,
    partner: Partner,
}

/// Carries out what may be carried out now; whether there may be more.
pub fn step(city: &City, ctx: &Ctx, partner: &Partner) -> Result<bool> {
    let (db, id) = (city.db(), partner.id);
    let ripe = db.read_now(move |tx| rows::ripe(tx, id, STEP))?;
    if ripe.is_empty() {
        let late = db.now().plus(-GAP);
        if db.read_now(move |tx| rows::oldest_waiting(tx, id))?.is_some_and(|oldest| oldest < late) {
            db.write_now(ctx, move |tx| {
                tx.housekeeping();
                rows::find_gaps(tx, id, late)
            })?;
        }
        return Ok(false);
    }
    let bench = Bench {
        ctx: ctx.clone(),
        desk: Desk::of_now(city)?,
        index: places::kept::refresh_now(city)?,
        partner: partner.clone(),
    };
    for row in ripe {
        carry_out(db, &bench, row)?;
    }
    Ok(true)
}

fn carry_out(db: &Db, bench: &Bench, row: Incoming) -> Result<()> {
    let bench = Bench { ctx: Ctx { now: db.now(), ..bench.ctx.clone() }, ..bench.clone() };
    let ctx = bench.ctx.clone();
    let said = match super::said(&row).and_then(|value| change::read(&value)) {
        Ok(said) => said,
        Err(problem) => return refuse(db, &ctx, &row, &problem),
    };
    // cutting Chinese text into words takes longer than saving it
    let words = said.change.snapshot.as_ref().filter(|_| said.kind == Kind::Created).map(|s| {
        ::store::words::index_tokens(&format!(
            "{} {} {} {}",
            s.title,
            s.description(),
            s.address,
            row.order_no
        ))
    });
    let taken = row.clone();
    let done = db.write_now(&ctx, move |tx| apply(tx, &bench, &taken, &said, &words.unwrap_or_default()));
    match done {
        Ok(()) => Ok(()),
        // somebody else is at it
        Err(problem) if problem.code == "stale" => Ok(()),
        Err(problem) => refuse(db, &ctx, &row, &problem),
    }
}

/// To the repair list with it; faults of ours are tried again with the job.
fn refuse(db: &Db, ctx: &Ctx, row: &Incoming, problem: &Problem) -> Result<()> {
    if problem.is_ours() {
        return Err(problem.clone());
    }
    let (row, code, detail) = (row.clone(), fault(problem), change::faults(problem));
    db.write_now(ctx, move |tx| {
        tx.housekeeping();
        rows::to_repair(tx, &row, code, &detail)
    })
}

fn fault(problem: &Problem) -> &'static str {
    match problem.status {
        422 => "not-a-case",
        409 => "not-now",
        404 => "no-order",
        _ => "refused",
    }
}

fn apply(tx: &mut Tx<'_>, bench: &Bench, row: &Incoming, said: &Sound, words: &str) -> Result<()> {
    tx.housekeeping();
    let partner = &bench.partner;
    let order = rows::order_by_no(tx, partner.id, &row.order_no)?;
    let mut order = order.ok_or_else(|| Problem::internal("a change without its order"))?;
    if row.revision > order.applied + 1 {
        return Err(Problem::stale());
    }
    if !rows::finish(tx, row)? {
        return Err(Problem::stale());
    }
    if row.revision <= order.applied {
        // told once more under another name: what it says was carried out before
        return Ok(());
    }
    order.applied = row.revision;
    order.heard_at = bench.ctx.now;
    let text = said.change.snapshot.as_ref().map(change::Snapshot::description).unwrap_or_default();
    if let Some(snapshot) = &said.change.snapshot {
        making::take(&mut order, snapshot);
    }
    let codes = making::codes(tx, &bench.desk, partner, (&order.state, &order.category, &order.unit))?;
    for (kind, theirs) in &codes.unknown {
        rows::meet(tx, partner.id, *kind, theirs)?;
    }
    order.stage = stage::said_by(said.kind).or(codes.stage).or(order.stage);
    match (order.follows_id, said.kind) {
        (None, Kind::Created) => create(tx, bench, &mut order, said, codes.item, words)?,
        // what came before it was dismissed: there is no case that it could be about
        (None, _) => return Err(Problem::new(404, "exchange-no-case")),
        // once more: what it says has been taken into the order above
        (Some(_), Kind::Created) => {}
        (Some(case), kind) => follow(tx, bench, &mut order, case, kind, &said.change.words)?,
    }
    adopt(tx, bench, &mut order, codes.item, &text)?;
    compare::refresh(&bench.ctx, tx, &bench.desk, partner, &mut order)?;
    tx.save(&order)
}

fn create(
    tx: &mut Tx<'_>,
    bench: &Bench,
    order: &mut Order,
    said: &Sound,
    item: Option<Id<cases::model::Item>>,
    words: &str,
) -> Result<()> {
    // a case that a file brought in before is that case
    let known = cases::store::case_by_outside(tx, &bench.partner.system(), &order.order_no)?;
    let case = match known {
        Some(case) => case,
        None => {
            let new = making::report(&bench.partner, &bench.index, &said.change, item)?;
            deeds::submit(&bench.ctx, tx, &bench.desk, &bench.index, words, new)?
        }
    };
    order.case_id = Some(case.id);
    order.follows_id = Some(case.id);
    order.taken_words.clone_from(&order.words);
    if !said.change.words.trim().is_empty() {
        heard(tx, bench, order, case.id, Heard::Supplemented, &said.change.words)?;
    }
    Ok(())
}

fn heard(
    tx: &mut Tx<'_>,
    bench: &Bench,
    order: &Order,
    case: Id<Case>,
    what: Heard,
    words: &str,
) -> Result<()> {
    hear(&bench.ctx, tx, case, what, (&order.order_no, None), words).map(drop)
}

/// The move that a step of theirs is, where our process and the rule allow it.
fn follow(
    tx: &mut Tx<'_>,
    bench: &Bench,
    order: &mut Order,
    id: Id<Case>,
    kind: Kind,
    words: &str,
) -> Result<()> {
    let (ctx, desk) = (&bench.ctx, &*bench.desk);
    let case = cases::store::case(tx, id)?.ok_or_else(Problem::not_found)?;
    let what = match kind {
        Kind::Urged => Heard::Urged,
        Kind::Supplemented | Kind::Created => Heard::Supplemented,
        Kind::Changed => Heard::Changed,
        Kind::Withdrawn => Heard::Withdrawn,
        Kind::Closed => Heard::Closed,
        Kind::Contested => Heard::Contested,
    };
    order.urged += i64::from(kind == Kind::Urged);
    let mut follow = stage::follow(case.state, kind, bench.partner.wins.0.state == Side::Theirs);
    // a case that others were merged into is not theirs alone
    if follow == Follow::Void && order.case_id != Some(id) {
        follow = Follow::Differ;
    }
    let said = |fallback: &str| {
        let words: String = words.trim().chars().take(500).collect();
        if words.is_empty() { fallback.to_owned() } else { words }
    };
    let short = |text: String| text.chars().take(500).collect::<String>();
    let done = match follow {
        Follow::Nothing => return Ok(()),
        Follow::Note | Follow::Differ => Ok(()),
        Follow::Reply => deeds::enter_reply(ctx, tx, desk, id, &said("（无内容）")).map(drop),
        Follow::Void => {
            deeds::void(ctx, tx, desk, id, &short(format!("对方撤单：{}", said("未说明原因")))).map(drop)
        }
        Follow::PassAndClose => deeds::pass(ctx, tx, desk, id, "对方核查结案", &[])
            .and_then(|_| deeds::close(ctx, tx, desk, id, &said("对方已结案")))
            .map(drop),
        Follow::Close => deeds::close(ctx, tx, desk, id, &said("对方已结案")).map(drop),
        Follow::Contest => deeds::contest(ctx, tx, desk, id, &said("对方回访不满意")).map(drop),
        Follow::Rework => deeds::rework(ctx, tx, desk, id, &said("对方回访不满意"), &[]).map(drop),
    };
    match done {
        // e.g. contested once before: what they say stands in the history, and the difference is for a person
        Err(problem) if matches!(problem.status, 403 | 409) => {}
        done => done?,
    }
    heard(tx, bench, order, id, what, words)
}

/// What their word makes of the case where it holds: the kind, while it may still be corrected, and the text.
fn adopt(
    tx: &mut Tx<'_>,
    bench: &Bench,
    order: &mut Order,
    item: Option<Id<cases::model::Item>>,
    text: &str,
) -> Result<()> {
    let Some(id) = order.follows_id else { return Ok(()) };
    let wins = bench.partner.wins.0;
    if order.words != order.taken_words && !text.is_empty() {
        if wins.text == Side::Theirs {
            heard(tx, bench, order, id, Heard::Changed, text)?;
            order.taken_words.clone_from(&order.words);
        } else {
            let short: String = text.chars().take(500).collect();
            compare::differ(&bench.ctx, tx, &bench.desk, &bench.partner, order, (Aspect::Text, "", &short))?;
        }
    }
    if let Some(item) = item.filter(|_| wins.category == Side::Theirs) {
        let case = cases::store::case(tx, id)?.ok_or_else(Problem::not_found)?;
        if case.item_id != Some(item) && compare::may_correct(case.state) {
            compare::correct(&bench.ctx, tx, &bench.desk, &case, item)?;
        }
    }
    Ok(())
}

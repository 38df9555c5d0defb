//! How long what came from partners and what went to them is kept. What became of cases stands in the log.

use kernel::ctx::Ctx;
use kernel::problem::Result;
use store::keep::{Days, Due, Goes, Keep, Stays, Way, stays};
use store::{Tx, sql};

/// What partners sent: it may name a reporter.
const INCOMING: Keep = Keep {
    key: "exchange-in",
    tables: &["xchg_in"],
    days: Days::new(90, 7, 365),
    goes: Goes::Row,
    laws: &["pipl-19"],
    way: Way::Daily { count: incoming_due, erase: forget_incoming },
};

const OUTGOING: Keep = Keep {
    key: "exchange-out",
    tables: &["xchg_out"],
    days: Days::new(90, 7, 365),
    goes: Goes::Row,
    laws: &["pipl-19"],
    way: Way::Daily { count: outgoing_due, erase: forget_outgoing },
};

pub(crate) const KEEPS: &[&Keep] = &[&INCOMING, &OUTGOING];

pub(crate) const STAYS: &[Stays] = &[
    stays("xchg_partner", "settings"),
    stays("xchg_health", "state"),
    stays("xchg_place", "state"),
    stays("xchg_value", "settings"),
    stays("xchg_order", "orders"),
    stays("xchg_difference", "orders"),
];

fn incoming_due(tx: &mut Tx<'_>, due: &Due<'_>) -> Result<i64> {
    let (from, until) = (due.from(), due.until);
    tx.value(
        sql!((i64,): "select count(*) from xchg_in where ended_at >= $1 and ended_at < $2"),
        &[&from, &until],
    )
}

fn forget_incoming(_: &Ctx, tx: &mut Tx<'_>, due: &Due<'_>, most: i64) -> Result<i64> {
    let (from, until) = (due.from(), due.until);
    tx.erase(
        sql!(
            "delete from xchg_in where id in
              (select id from xchg_in where ended_at >= $1 and ended_at < $2 order by ended_at, id limit $3)"
        ),
        &[&from, &until, &most],
    )
}

fn outgoing_due(tx: &mut Tx<'_>, due: &Due<'_>) -> Result<i64> {
    let (from, until) = (due.from(), due.until);
    tx.value(
        sql!((i64,): "select count(*) from xchg_out
              where ended_at >= $1 and ended_at < $2 and state in ('sent', 'skipped')"),
        &[&from, &until],
    )
}

fn forget_outgoing(_: &Ctx, tx: &mut Tx<'_>, due: &Due<'_>, most: i64) -> Result<i64> {
    let (from, until) = (due.from(), due.until);
    tx.erase(
        sql!(
            "delete from xchg_out where id in
              (select id from xchg_out where ended_at >= $1 and ended_at < $2 and state in ('sent', 'skipped')
               order by ended_at, id limit $3)"
        ),
        &[&from, &until, &most],
    )
}

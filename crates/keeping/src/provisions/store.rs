//! Rows of the register.

use super::model::Provision;
use ::store::keep::{Days, Due, Goes, Keep, Way};
use ::store::{Tx, sql};
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};

pub(crate) fn provision(tx: &mut Tx<'_>, number: &str) -> Result<Provision> {
    tx.one(sql!(Provision: "select {*} from keeping_provision where number = $1"), &[&number])?
        .ok_or_else(Problem::not_found)
}

/// Whom to call there, three years after the end (网络数据安全管理条例 art. 12); the entry itself stays.
pub(crate) const KEEP: Keep = Keep {
    key: "provisions",
    tables: &["keeping_provision"],
    days: Days::new(1096, 1096, 3653),
    goes: Goes::Personal,
    laws: &["pipl-56", "data-rules-12"],
    way: Way::Daily { count: due, erase: forget },
};

fn due(tx: &mut Tx<'_>, due: &Due<'_>) -> Result<i64> {
    let (from, until) = (due.from(), due.until);
    tx.value(
        sql!((i64,): "select count(*) from keeping_provision where ended_at >= $1 and ended_at < $2 and contact <> ''"),
        &[&from, &until],
    )
}

fn forget(_: &Ctx, tx: &mut Tx<'_>, due: &Due<'_>, most: i64) -> Result<i64> {
    let (from, until) = (due.from(), due.until);
    tx.erase(
        sql!(
            "update keeping_provision set contact = '', version = version + 1 where id in
              (select id from keeping_provision where ended_at >= $1 and ended_at < $2 and contact <> '' order by id limit $3)"
        ),
        &[&from, &until, &most],
    )
}

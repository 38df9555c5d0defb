//! Rows of requests.

use super::model::Request;
use ::store::keep::{Days, Due, Goes, Keep, Way};
use ::store::{Tx, sql};
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};

pub(crate) fn request(tx: &mut Tx<'_>, number: &str) -> Result<Request> {
    tx.one(sql!(Request: "select {*} from keeping_request where number = $1"), &[&number])?
        .ok_or_else(Problem::not_found)
}

/// Who asked, and what they were answered: three years, as long as records of handling personal data are kept (个人信息保护法 art. 56).
pub(crate) const KEEP: Keep = Keep {
    key: "requests",
    tables: &["keeping_request"],
    days: Days::new(1096, 1096, 1826),
    goes: Goes::Personal,
    laws: &["pipl-56"],
    way: Way::Daily { count: due, erase: forget },
};

fn due(tx: &mut Tx<'_>, due: &Due<'_>) -> Result<i64> {
    let (from, until) = (due.from(), due.until);
    tx.value(
        sql!((i64,): "select count(*) from keeping_request where ended_at >= $1 and ended_at < $2 and phone <> ''"),
        &[&from, &until],
    )
}

fn forget(_: &Ctx, tx: &mut Tx<'_>, due: &Due<'_>, most: i64) -> Result<i64> {
    let (from, until) = (due.from(), due.until);
    tx.erase(
        sql!(
            "update keeping_request set name = '', phone = '', phone_mark = null, identity = '', wish = '', answer = '',
               version = version + 1 where id in
              (select id from keeping_request where ended_at >= $1 and ended_at < $2 and phone <> '' order by id limit $3)"
        ),
        &[&from, &until, &most],
    )
}

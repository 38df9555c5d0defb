//! Rows that are written, and how long they are kept.

use crate::model::{Display, SEEN_AFTER};
use ::store::keep::{Days, Due, Goes, Keep, Way};
use ::store::{Tx, sql};
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::time::{Date, Instant};

pub(crate) fn by_number(tx: &mut Tx<'_>, number: &str) -> Result<Display> {
    let found = tx.one(sql!(Display: "select {*} from screen_display where number = $1"), &[&number])?;
    found.ok_or_else(Problem::not_found)
}

pub(crate) fn by_hash(tx: &mut Tx<'_>, hash: &str) -> Result<Option<Display>> {
    tx.one(sql!(Display: "select {*} from screen_display where word_hash = $1"), &[&hash])
}

/// How many have not ended.
pub(crate) fn count_used(tx: &mut Tx<'_>, today: Date) -> Result<i64> {
    tx.value(
        sql!((i64,): "select count(*) from screen_display where revoked_at is null and until_date >= $1"),
        &[&today],
    )
}

/// That it has just asked, unless that was written a moment ago; whether it was written.
pub(crate) fn seen(tx: &mut Tx<'_>, id: Id<Display>, now: Instant) -> Result<bool> {
    let before = now.plus(-SEEN_AFTER);
    let changed = tx.exec(
        sql!("update screen_display set seen_at = $1 where id = $2 and (seen_at is null or seen_at < $3)"),
        &[&now, &id, &before],
    )?;
    Ok(changed == 1)
}

/// What is told of a display that has ended: where it hung and what it showed. It holds nothing of anybody.
const DISPLAYS: Keep = Keep {
    key: "screen-displays",
    tables: &["screen_display"],
    days: Days::new(400, 184, 1095),
    goes: Goes::Row,
    laws: &["house"],
    way: Way::Daily { count: due, erase: forget },
};

pub(crate) const KEEPS: &[&Keep] = &[&DISPLAYS];

fn due(tx: &mut Tx<'_>, due: &Due<'_>) -> Result<i64> {
    let (from, until, day) = (due.from(), due.until, due.until.date());
    tx.value(
        sql!(
            (i64,): "select count(*) from screen_display
              where created_at >= $1 and (revoked_at < $2 or (revoked_at is null and until_date < $3))"
        ),
        &[&from, &until, &day],
    )
}

fn forget(_: &Ctx, tx: &mut Tx<'_>, due: &Due<'_>, most: i64) -> Result<i64> {
    let (from, until, day) = (due.from(), due.until, due.until.date());
    tx.erase(
        sql!(
            "delete from screen_display where id in
              (select id from screen_display
                where created_at >= $1 and (revoked_at < $2 or (revoked_at is null and until_date < $3))
                order by created_at, id limit $4)"
        ),
        &[&from, &until, &day, &most],
    )
}

//! Rows of messages.

use crate::model::{Message, MessagePhone, Sent, State};
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::Result;
use kernel::time::Instant;
use store::keep::{Days, Due, Goes, Keep, Way};
use store::{Tx, sql};

pub(crate) fn get(tx: &mut Tx<'_>, id: Id<Sent>) -> Result<Option<Message>> {
    tx.one(sql!(Message: "select {*} from sms_message where id = $1"), &[&id])
}

/// How many were not held since then: to one number, and in all.
pub(crate) fn counts(tx: &mut Tx<'_>, phone: &str, since: Instant) -> Result<(i64, i64)> {
    let mark = tx.mark::<MessagePhone>(phone)?;
    let one = tx.one(
        sql!((i64,): "select count(*) from sms_message where phone_mark = $1 and made_at > $2 and state <> $3"),
        &[&mark, &since, &State::Held],
    )?;
    let all = tx.one(
        sql!((i64,): "select count(*) from sms_message where made_at > $1 and state <> $2"),
        &[&since, &State::Held],
    )?;
    Ok((one.map_or(0, |(n,)| n), all.map_or(0, |(n,)| n)))
}

/// Says what became of a message that waits; false when it does not wait any more.
pub(crate) fn settle(tx: &mut Tx<'_>, message: &Message) -> Result<bool> {
    let changed = tx.exec(
        sql!(
            "update sms_message set state = $1, why = $2, gateway_id = $3, parts = $4, settled_at = $5
              where id = $6 and state = $7"
        ),
        &[
            &message.state,
            &message.why,
            &message.gateway_id,
            &message.parts,
            &message.settled_at,
            &message.id,
            &State::Waiting,
        ],
    )?;
    Ok(changed == 1)
}

/// Numbers are kept with what was sent for as long as somebody may be told why a message did not come.
const NUMBERS: Keep = Keep {
    key: "sms-numbers",
    tables: &["sms_message"],
    days: Days::new(30, 7, 184),
    goes: Goes::Personal,
    laws: &["pipl-19", "pipl-47"],
    way: Way::Daily { count: numbers_due, erase: strip },
};

/// Without numbers, for the bill.
const MESSAGES: Keep = Keep {
    key: "sms-messages",
    tables: &["sms_message"],
    days: Days::new(366, 184, 1095),
    goes: Goes::Row,
    laws: &["house"],
    way: Way::Daily { count: messages_due, erase: remove },
};

pub(crate) const KEEPS: &[&Keep] = &[&NUMBERS, &MESSAGES];

fn numbers_due(tx: &mut Tx<'_>, due: &Due<'_>) -> Result<i64> {
    let (from, until) = (due.from(), due.until);
    tx.value(
        sql!((i64,): "select count(*) from sms_message where settled_at >= $1 and settled_at < $2 and phone <> ''"),
        &[&from, &until],
    )
}

fn strip(_: &Ctx, tx: &mut Tx<'_>, due: &Due<'_>, most: i64) -> Result<i64> {
    let (from, until) = (due.from(), due.until);
    tx.erase(
        sql!(
            "update sms_message set phone = '', phone_mark = null, args = '', href = '' where id in
              (select id from sms_message where settled_at >= $1 and settled_at < $2 and phone <> '' order by id limit $3)"
        ),
        &[&from, &until, &most],
    )
}

fn messages_due(tx: &mut Tx<'_>, due: &Due<'_>) -> Result<i64> {
    let (from, until) = (due.from(), due.until);
    tx.value(
        sql!((i64,): "select count(*) from sms_message where settled_at >= $1 and settled_at < $2"),
        &[&from, &until],
    )
}

fn remove(_: &Ctx, tx: &mut Tx<'_>, due: &Due<'_>, most: i64) -> Result<i64> {
    let (from, until) = (due.from(), due.until);
    tx.erase(
        sql!(
            "delete from sms_message where id in
              (select id from sms_message where settled_at >= $1 and settled_at < $2 order by id limit $3)"
        ),
        &[&from, &until, &most],
    )
}

//! Rows of messages.

use crate::model::{Message, MessagePhone, Sent, State};
use kernel::id::Id;
use kernel::problem::Result;
use kernel::time::Instant;
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

/// Takes numbers, words and addresses off messages that were settled before then.
pub(crate) fn strip(tx: &mut Tx<'_>, before: Instant) -> Result<u64> {
    tx.exec(
        sql!(
            "update sms_message set phone = '', phone_mark = null, args = '', href = ''
              where settled_at < $1 and phone <> ''"
        ),
        &[&before],
    )
}

/// Removes what was made before then.
pub(crate) fn remove(tx: &mut Tx<'_>, before: Instant) -> Result<u64> {
    tx.exec(sql!("delete from sms_message where made_at < $1 and state <> $2"), &[&before, &State::Waiting])
}

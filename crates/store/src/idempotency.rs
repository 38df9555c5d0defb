//! Requests that may be sent twice but must work once: a client gives a key, and gets the first answer again.

use crate::jobs::{Periodic, Work};
use crate::keep::{Days, Goes, Keep, Way};
use crate::sealed::KeyedHash;
use crate::tx::Tx;
use crate::{hashed_columns, record, sealed_columns, sql};
use kernel::ctx::{Actor, Ctx};
use kernel::problem::{Problem, Result};
use kernel::time::{DAY, Instant};
use sha2::{Digest, Sha256};

sealed_columns! {
    /// What was answered, which may hold what was asked.
    pub(crate) KeptAnswer = "idempotency"."answer" of "key";
}

hashed_columns! {
    /// Whether the same was asked: with a fingerprint that anybody can make, what is missing in a known request could be tried.
    KeptRequest = "idempotency"."request_hash" of "key";
}

record! {
    /// What was answered.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Answer {
        pub status: u16,
        pub body: String,
    }
}

record! {
    struct Kept {
        request_hash: KeyedHash<KeptRequest>,
        status: u16,
        answer: String,
    }
}

/// How long a key is remembered.
pub const REMEMBERED: i64 = DAY;

/// Fingerprint of a request: method, path and body.
pub fn request_hash(parts: &[&[u8]]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part);
    }
    hex::encode(hasher.finalize())
}

/// Runs `work` unless this actor has sent `key` before: then the stored answer, or 409 `idempotency-key-reused` when the
/// request was another one. A refused request stores nothing, so its key may be used again.
///
/// The key's row is written first: on a database server a second caller waits at it until the first has committed, and
/// then reads the answer; the embedded engine has one writer anyway.
pub fn once(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    key: &str,
    request_hash: &str,
    work: impl FnOnce(&mut Tx<'_>) -> Result<Answer>,
) -> Result<Answer> {
    once_for(tx, ctx, key, request_hash, REMEMBERED, work)
}

/// [`once`] for clients that may come again much later: the key is remembered for `remembered` microseconds.
pub fn once_for(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    key: &str,
    request_hash: &str,
    remembered: i64,
    work: impl FnOnce(&mut Tx<'_>) -> Result<Answer>,
) -> Result<Answer> {
    let until = ctx.now.plus(remembered);
    let key = match &ctx.actor {
        Actor::Public => format!("public:{key}"),
        Actor::Member(member) => format!("person:{}:{key}", member.id),
        Actor::System(name) => format!("system:{name}:{key}"),
    };
    let request_hash = tx.keyed_hash::<KeptRequest>(request_hash)?;
    let fresh = tx.exec(
        sql!(
            "insert into idempotency (key, request_hash, status, answer, created_at, kept_until)
              values ($1, $2, 0, '', $3, $4) on conflict (key) do nothing"
        ),
        &[&key, &request_hash, &ctx.now, &until],
    )?;
    if fresh == 1 {
        let answer = work(tx)?;
        let body = tx.seal::<KeptAnswer>(&key, &answer.body)?;
        tx.exec(
            sql!("update idempotency set status = $1, answer = $2 where key = $3"),
            &[&answer.status, &body, &key],
        )?;
        return Ok(answer);
    }
    let kept = tx
        .one(sql!(Kept: "select {*} from idempotency where key = $1"), &[&key])?
        .ok_or_else(|| Problem::busy("the key has just expired"))?;
    if kept.request_hash != request_hash {
        return Err(Problem::conflict("idempotency-key-reused"));
    }
    tx.housekeeping();
    let body = tx.unseal::<KeptAnswer>(&key, &kept.answer)?;
    Ok(Answer { status: kept.status, body })
}

/// An answer may name whoever sent the form; it is of use only while the form may come again.
pub(crate) const KEEP: Keep = Keep {
    key: "idempotency",
    tables: &["idempotency"],
    days: Days::always(REMEMBERED / DAY),
    goes: Goes::Row,
    laws: &["pipl-19"],
    way: Way::Own { job: "idempotency-expire", days: None },
};

pub(crate) const PERIODIC: &[Periodic] = &[Periodic::new("idempotency-expire", 3600, expire)];

/// Rows deleted in one transaction: a burst's keys must not hold up the writer when they expire.
const AT_ONCE: i64 = 2000;

fn expire(work: &Work<'_>) -> Result<()> {
    let (now, before): (Instant, Instant) = (work.ctx.now, work.ctx.now.plus(-REMEMBERED));
    loop {
        let gone = work.db.write_now(&work.ctx, move |tx| {
            tx.housekeeping();
            tx.exec(
                sql!(
                    "delete from idempotency where key in
                        (select key from idempotency where created_at < $1 and kept_until < $3
                         order by created_at limit $2)"
                ),
                &[&before, &AT_ONCE, &now],
            )
        })?;
        if gone == 0 {
            return Ok(());
        }
    }
}

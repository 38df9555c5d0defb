//! Forms that may come twice, because an answer was lost or a telephone had no signal: the page's script gives each a key,
//! and what was done for a key is not done again.

use super::uploads::Received;
use ::store::Tx;
use ::store::idempotency::{Answer, once_for, request_hash};
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use kernel::time::DAY;
use web::Form;

/// Longer than a telephone goes on trying, which is thirty days.
const REMEMBERED: i64 = 60 * DAY;
/// Fields that may differ between one try and the next.
const PASSING: [&str; 5] = ["csrf", "sent_key", "sent_by", "sent_label", "sent_late"];

/// What was sent, as far as it must be the same the next time.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    key: String,
    hash: String,
}

impl Sent {
    /// `door`: the address it was sent to.
    pub(crate) fn new(form: &Form, door: &str, photos: &Received) -> Self {
        let key: String = form.text("sent_key").chars().take(64).collect();
        let mut parts: Vec<&[u8]> = vec![door.as_bytes()];
        for (name, value) in form.fields().filter(|(name, _)| !PASSING.contains(name)) {
            parts.extend([name.as_bytes(), value.as_bytes()]);
        }
        parts.extend(photos.iter().map(|(photo, _)| photo.sha256.as_bytes()));
        Self { key, hash: request_hash(&parts) }
    }

    /// Does `work` unless it was done for this key; either way the number that it answered. Without a key it is simply done.
    pub(crate) fn once(
        &self,
        ctx: &Ctx,
        tx: &mut Tx<'_>,
        work: impl FnOnce(&mut Tx<'_>) -> Result<i64>,
    ) -> Result<i64> {
        if self.key.is_empty() {
            return work(tx);
        }
        let answer = once_for(tx, ctx, &format!("form:{}", self.key), &self.hash, REMEMBERED, |tx| {
            Ok(Answer { status: 303, body: work(tx)?.to_string() })
        })?;
        answer.body.parse().map_err(Problem::internal)
    }
}

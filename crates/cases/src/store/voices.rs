//! Rows of what people say before somebody verifies.

use crate::model::{Case, Voice, VoiceDevice, VoiceOrigin, VoiceVoter};
use kernel::id::Id;
use kernel::problem::Result;
use kernel::time::Instant;
use store::{KeyedHash, Tx, sql};

/// What was said of an answer, the newest first.
pub fn voices(tx: &mut Tx<'_>, id: Id<Case>, round: Instant) -> Result<Vec<Voice>> {
    tx.all(
        sql!(Voice: "select {*} from case_voice where case_id = $1 and round = $2 order by said_at desc, id desc"),
        &[&id, &round],
    )
}

/// What the same person, or somebody with the same browser, said of it before.
pub fn voice_of(
    tx: &mut Tx<'_>,
    id: Id<Case>,
    round: Instant,
    voter: &KeyedHash<VoiceVoter>,
    device: &KeyedHash<VoiceDevice>,
) -> Result<Option<Voice>> {
    tx.one(
        sql!(Voice: "select {*} from case_voice where case_id = $1 and round = $2 and (voter = $3 or device = $4)
             order by id limit 1"),
        &[&id, &round, voter, device],
    )
}

/// How many of them came from one network address.
pub fn voices_from(
    tx: &mut Tx<'_>,
    id: Id<Case>,
    round: Instant,
    origin: &KeyedHash<VoiceOrigin>,
) -> Result<i64> {
    tx.value(
        sql!((i64,): "select count(*) from case_voice where case_id = $1 and round = $2 and origin = $3"),
        &[&id, &round, origin],
    )
}

//! Reading the log from where one stopped: for what must follow from events without the log knowing of it.
//!
//! A place in the log is one number for each lane: the last link seen. Lanes have no gaps and one writer each, so whoever
//! goes on from there misses nothing, whatever committed in between. One statement looks at all lanes, hence at one
//! moment: when an event is seen, so is everything that was on disk before it was made.

use crate::sql::Query;
use crate::tx::Tx;
use crate::{record, sql};
use kernel::problem::Result;
use kernel::time::Instant;
use std::collections::BTreeMap;

/// The last link seen of each lane; a lane that is missing is read from its beginning.
pub type Place = BTreeMap<i64, i64>;

record! {
    /// A link as a follower sees it: not who, and not what they wrote.
    #[derive(Clone, Debug)]
    pub struct Seen {
        pub id: i64,
        pub lane: i64,
        pub seq: i64,
        pub at: Instant,
        pub verb: String,
        pub entity: i64,
        pub detail: String,
    }
}

/// The end of the log.
pub fn end(tx: &mut Tx<'_>) -> Result<Place> {
    let heads = tx.all(sql!((i64, i64): "select lane, seq from audit_head order by lane"), &[])?;
    Ok(heads.into_iter().collect())
}

/// The next links behind `place`, at most `limit`, in the order of the log (by time, then lane).
pub fn after(tx: &mut Tx<'_>, place: &Place, limit: i64) -> Result<Vec<Seen>> {
    let mut lanes = Vec::new();
    for (lane, last) in end(tx)? {
        let seen = place.get(&lane).copied().unwrap_or(0);
        if last > seen {
            lanes.push((lane, seen, seen.saturating_add(limit)));
        }
    }
    if lanes.is_empty() {
        return Ok(Vec::new());
    }
    let each = vec!["(lane = ? and seq > ? and seq <= ?)"; lanes.len()].join(" or ");
    let mut values: Vec<&dyn crate::Bind> = Vec::new();
    for (lane, seen, reach) in &lanes {
        values.extend([lane as &dyn crate::Bind, seen, reach]);
    }
    let mut query = Query::<Seen>::new("select {*} from audit");
    // the first `limit` of all lanes are among the first `limit` of each
    query.filter(&each, &values).tail("order by id limit ?", &[&limit]);
    tx.query(&query)
}

/// Links with ids from `from` (not before it) up to, not including, `until`, in the order of the log.
pub fn span(tx: &mut Tx<'_>, from: i64, until: i64, limit: i64) -> Result<Vec<Seen>> {
    tx.all(
        sql!(Seen: "select {*} from audit where id >= $1 and id < $2 order by id limit $3"),
        &[&from, &until, &limit],
    )
}

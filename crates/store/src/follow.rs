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

/// The end of the log as it was before anything with an id of at least `id` was made: where a span of time begins. See
/// [`kernel::id::first_at`]. Looks at some twenty links of each lane, however long the log is.
pub fn before(tx: &mut Tx<'_>, id: i64) -> Result<Place> {
    let mut place = Place::new();
    for (lane, last) in end(tx)? {
        // ids grow along a lane: the last one below `id` lies in `low..high`
        let (mut low, mut high) = (0, last + 1);
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            let found =
                tx.one(sql!((i64,): "select id from audit where lane = $1 and seq = $2"), &[&lane, &middle])?;
            if found.is_some_and(|(of,)| of < id) {
                low = middle;
            } else {
                high = middle;
            }
        }
        place.insert(lane, low);
    }
    Ok(place)
}

/// A place as one word, for addresses: `0.1234-3.88`.
pub fn word(place: &Place) -> String {
    let parts: Vec<String> = place.iter().map(|(lane, seq)| format!("{lane}.{seq}")).collect();
    if parts.is_empty() { "0.0".to_owned() } else { parts.join("-") }
}

/// Reads what [`word`] has written; none for anything else.
pub fn place(word: &str) -> Option<Place> {
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let mut place = Place::new();
    for part in word.split('-') {
        let (lane, seq) = part.split_once('.').filter(|(lane, seq)| digits(lane) && digits(seq))?;
        let (lane, seq) = (lane.parse().ok().filter(|lane| *lane < LANES)?, seq.parse().ok()?);
        if place.insert(lane, seq).is_some() {
            return None;
        }
    }
    Some(place)
}

/// Lanes of a city: 0 to 63.
const LANES: i64 = 64;

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_written_and_read_again() {
        for known in [Place::from([(0, 0)]), Place::from([(0, 1234), (3, 88), (63, i64::MAX)])] {
            assert_eq!(place(&word(&known)), Some(known));
        }
        assert_eq!(word(&Place::new()), "0.0");
        for wrong in [
            "",
            "-",
            ".",
            "1",
            "x",
            "0.",
            ".0",
            "64.1",
            "0.-1",
            "0.1-0.2",
            "0.1-",
            "+0.1",
            "0.99999999999999999999",
        ] {
            assert_eq!(place(wrong), None, "{wrong}");
        }
    }
}

//! Finding pictures that were used before: the same bytes, or a look that is near.
//!
//! The 64 bits of a look are kept in four quarters. Two looks that differ in at most `d` bits differ in at most `d / 4`
//! in one of the quarters; so looking up every value within that many bits of each quarter finds all of them, and reads
//! only files that share a quarter.

use super::{File, FileState, StoredFile};
use crate::tx::Tx;
use crate::{Query, sql};
use kernel::id::Id;
use kernel::problem::Result;

/// Another file that looks like the one asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alike {
    pub id: Id<File>,
    /// Bits in which the looks differ, 0 to 64.
    pub distance: u32,
    pub same_bytes: bool,
}

/// Beyond this nearly anything looks like anything.
const FARTHEST: u32 = 11;
/// Very plain pictures (a black one) share quarters with thousands; only the newest are compared.
const COMPARED: i64 = 5000;

fn slot(quarter: i64, value: u16) -> i64 {
    quarter * 65_536 + i64::from(value)
}

fn quarters(look: i64) -> [u16; 4] {
    let look = look.cast_unsigned();
    [0, 16, 32, 48].map(|shift| u16::try_from((look >> shift) & 0xffff).unwrap_or_default())
}

pub(super) fn slots(look: i64) -> [i64; 4] {
    let mut quarter = 0..;
    quarters(look).map(|value| slot(quarter.next().unwrap_or_default(), value))
}

/// Every value that differs from `value` in at most `bits` bits (0, 1 or 2).
fn near(value: u16, bits: u32) -> Vec<u16> {
    let mut found = vec![value];
    for first in (0..16).filter(|_| bits >= 1) {
        found.push(value ^ (1 << first));
        for second in (0..first).filter(|_| bits >= 2) {
            found.push(value ^ (1 << first) ^ (1 << second));
        }
    }
    found
}

/// Other files with the same bytes, or whose look differs in at most `max_distance` bits (11 at most); nearest first,
/// then newest.
pub fn look_alikes(
    tx: &mut Tx<'_>,
    file: &StoredFile,
    max_distance: u32,
    limit: usize,
) -> Result<Vec<Alike>> {
    let same = tx.all(
        sql!((Id<File>,): "select id from file where sha256 = $1 and id <> $2 order by id desc limit 100"),
        &[&file.sha256, &file.id],
    )?;
    let mut found: Vec<Alike> =
        same.into_iter().map(|(id,)| Alike { id, distance: 0, same_bytes: true }).collect();
    if let Some(look) = file.look_hash {
        let max_distance = max_distance.min(FARTHEST);
        let wanted: Vec<i64> = (0..)
            .zip(quarters(look))
            .flat_map(|(quarter, value)| {
                near(value, max_distance / 4).into_iter().map(move |v| slot(quarter, v))
            })
            .collect();
        let mut query = Query::<(Id<File>, i64)>::new(
            "select distinct f.id, f.look_hash from file_band b join file f on f.id = b.file_id",
        );
        query.one_of("b.slot", &wanted).filter("f.id <> ? and f.sha256 <> ?", &[&file.id, &file.sha256]);
        query.filter("f.state = ? and f.look_hash is not null", &[&FileState::Ready]);
        query.tail("order by f.id desc limit ?", &[&COMPARED]);
        found.extend(tx.query(&query)?.into_iter().filter_map(|(id, other)| {
            let distance = (look ^ other).count_ones();
            (distance <= max_distance).then_some(Alike { id, distance, same_bytes: false })
        }));
    }
    found.sort_by_key(|a| (!a.same_bytes, a.distance, std::cmp::Reverse(a.id)));
    found.truncate(limit);
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn neighbours_are_counted() {
        assert_eq!([near(7, 0).len(), near(7, 1).len(), near(7, 2).len()], [1, 17, 137]);
    }

    proptest! {
        #[test]
        fn no_near_look_escapes_the_quarters(look: i64, flips in prop::collection::hash_set(0_u32..64, 0..=11)) {
            let other = flips.iter().fold(look, |l, bit| l ^ (1_i64 << bit));
            let distance = u32::try_from(flips.len()).unwrap();
            let stored = slots(other);
            let hit = (0..).zip(quarters(look)).any(|(quarter, value)| {
                near(value, distance / 4).into_iter().any(|v| stored.contains(&slot(quarter, v)))
            });
            prop_assert!(hit);
        }
    }
}

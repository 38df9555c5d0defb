//! Cases that one of a unit's people has.

use crate::model::Case;
use crate::workflow::State;
use kernel::problem::Result;
use kernel::workflow::Named;
use store::{Query, Tx};

/// Those that a unit has and somebody in it, a page at a time.
pub fn with_handler(tx: &mut Tx<'_>, after: i64, limit: i64) -> Result<Vec<Case>> {
    let mut q = Query::<Case>::new("select {*} from case_file");
    q.filter("handler_id is not null and id > ?", &[&after]);
    let at_unit = |s: &&State| s.position() == State::Handling.position();
    q.one_of("state", &State::ALL.iter().filter(at_unit).copied().collect::<Vec<_>>());
    q.tail("order by id limit ?", &[&limit]);
    tx.query(&q)
}

//! Which long work a person has started.

use kernel::ctx::Person;
use kernel::id::Id;
use kernel::problem::Result;
use store::tasks::Progress;
use store::{Tx, sql};

/// Newest first. Reads the table from its end; it holds ninety days of long work, which is a few hundred rows.
pub(super) fn started_by(tx: &mut Tx<'_>, person: Id<Person>) -> Result<Vec<Progress>> {
    let started_by = format!("person:{person}");
    tx.all(
        sql!(Progress: "select {*} from task_progress where started_by = $1 order by id desc limit 50"),
        &[&started_by],
    )
}

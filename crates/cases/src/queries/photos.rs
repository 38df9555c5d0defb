//! Pictures across cases: for who examines them all.

use crate::model::Photo;
use ::store::files::File;
use ::store::{Tx, sql};
use kernel::id::Id;
use kernel::problem::Result;

/// The pictures that show this file; none where it belongs to something else than a case.
pub fn photos_of_file(tx: &mut Tx<'_>, file: Id<File>) -> Result<Vec<Photo>> {
    tx.all(sql!(Photo: "select {*} from case_photo where file_id = $1 order by id"), &[&file])
}

/// All pictures in the order of their ids, a page at a time.
pub fn photos_after(tx: &mut Tx<'_>, after: Id<Photo>, limit: i64) -> Result<Vec<Photo>> {
    tx.all(sql!(Photo: "select {*} from case_photo where id > $1 order by id limit $2"), &[&after, &limit])
}

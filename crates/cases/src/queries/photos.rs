//! Pictures across cases: for who examines them all, and for who hands one on.

use crate::model::Photo;
use crate::store as rows;
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

/// The file that may leave the house for this picture: the picture as it came, or the one with parts taken out. None while
/// that is being made.
pub fn open_file(tx: &mut Tx<'_>, photo: &Photo) -> Result<Option<Id<File>>> {
    Ok(rows::cover_of(tx, photo.file_id)?.map_or(Some(photo.file_id), |cover| cover.covered_id))
}

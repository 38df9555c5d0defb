//! Pictures of which parts are taken out.

use crate::model::{Case, Cover};
use kernel::id::Id;
use kernel::problem::Result;
use std::collections::HashMap;
use store::files::File;
use store::{Query, Tx, record, sql};

/// What is taken out of a picture, by its file.
pub fn cover_of(tx: &mut Tx<'_>, file: Id<File>) -> Result<Option<Cover>> {
    tx.one(sql!(Cover: "select {*} from case_cover where file_id = $1"), &[&file])
}

pub fn cover(tx: &mut Tx<'_>, id: Id<Cover>) -> Result<Option<Cover>> {
    tx.one(sql!(Cover: "select {*} from case_cover where id = $1"), &[&id])
}

/// All of a case.
pub fn covers(tx: &mut Tx<'_>, case: Id<Case>) -> Result<Vec<Cover>> {
    tx.all(
        sql!(Cover: "select {*} from case_cover where file_id in (select file_id from case_photo where case_id = $1) order by id"),
        &[&case],
    )
}

record! {
    struct Covered {
        file_id: Id<File>,
        covered_id: Option<Id<File>>,
    }
}

/// What stands for each of these files where it is covered; none while it is being made.
pub fn covered(tx: &mut Tx<'_>, files: &[Id<File>]) -> Result<HashMap<Id<File>, Option<Id<File>>>> {
    let mut found = HashMap::new();
    for some in files.chunks(500) {
        let mut q = Query::<Covered>::new("select {*} from case_cover");
        q.one_of("file_id", some);
        found.extend(tx.query(&q)?.into_iter().map(|c| (c.file_id, c.covered_id)));
    }
    Ok(found)
}

pub fn remove_cover(tx: &mut Tx<'_>, id: Id<Cover>) -> Result<()> {
    tx.exec(sql!("delete from case_cover where id = $1"), &[&id]).map(drop)
}

/// Cases that show this file.
pub fn cases_showing(tx: &mut Tx<'_>, file: Id<File>) -> Result<Vec<Id<Case>>> {
    let rows = tx.all(
        sql!((Id<Case>,): "select distinct case_id from case_photo where file_id = $1 order by case_id"),
        &[&file],
    )?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

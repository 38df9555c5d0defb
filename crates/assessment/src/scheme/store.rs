//! Rows of cycles, schemes and nodes.

use super::model::{Cycle, Node, Scheme};
use ::store::{Query, Tx, sql};
use kernel::id::Id;
use kernel::problem::Result;

pub(crate) fn cycles(tx: &mut Tx<'_>) -> Result<Vec<Cycle>> {
    tx.all(sql!(Cycle: "select {*} from assessment_cycle order by first_year desc, id desc"), &[])
}

pub(crate) fn cycle(tx: &mut Tx<'_>, number: &str) -> Result<Option<Cycle>> {
    tx.one(sql!(Cycle: "select {*} from assessment_cycle where number = $1"), &[&number])
}

/// All editions, the newest first: a city has a dozen.
pub(crate) fn schemes(tx: &mut Tx<'_>) -> Result<Vec<Scheme>> {
    tx.all(sql!(Scheme: "select {*} from assessment_scheme order by id desc"), &[])
}

pub(crate) fn scheme(tx: &mut Tx<'_>, number: &str) -> Result<Option<Scheme>> {
    tx.one(sql!(Scheme: "select {*} from assessment_scheme where number = $1"), &[&number])
}

pub(crate) fn scheme_by_id(tx: &mut Tx<'_>, id: Id<Scheme>) -> Result<Option<Scheme>> {
    tx.one(sql!(Scheme: "select {*} from assessment_scheme where id = $1"), &[&id])
}

/// The highest edition of this name.
pub(crate) fn last_edition(tx: &mut Tx<'_>, name: &str) -> Result<i64> {
    tx.value(
        sql!((i64,): "select coalesce(max(edition), 0) from assessment_scheme where name = $1"),
        &[&name],
    )
}

/// The whole tree: it is shown and added up as a whole.
pub(crate) fn nodes(tx: &mut Tx<'_>, scheme: Id<Scheme>) -> Result<Vec<Node>> {
    tx.all(sql!(Node: "select {*} from assessment_node where scheme_id = $1 order by place, id"), &[&scheme])
}

pub(crate) fn node(tx: &mut Tx<'_>, scheme: Id<Scheme>, code: &str) -> Result<Option<Node>> {
    tx.one(
        sql!(Node: "select {*} from assessment_node where scheme_id = $1 and code = $2"),
        &[&scheme, &code],
    )
}

pub(crate) fn forget_node(tx: &mut Tx<'_>, node: Id<Node>) -> Result<()> {
    tx.exec(sql!("delete from assessment_node where id = $1"), &[&node]).map(|_| ())
}

pub(crate) fn forget_nodes(tx: &mut Tx<'_>, scheme: Id<Scheme>) -> Result<()> {
    tx.exec(sql!("delete from assessment_node where scheme_id = $1"), &[&scheme]).map(|_| ())
}

/// Numbers of those of these ids that are cycles or schemes.
pub(crate) fn numbers(tx: &mut Tx<'_>, ids: &[i64]) -> Result<Vec<(i64, String)>> {
    let mut all = Vec::new();
    for table in ["assessment_scheme", "assessment_cycle"] {
        let mut query = Query::<(i64, String)>::new(&format!("select id, number from {table}"));
        query.one_of("id", ids);
        all.extend(tx.query(&query)?);
    }
    Ok(all)
}

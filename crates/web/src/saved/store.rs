//! Rows of saved filters.

use super::Saved;
use kernel::ctx::Person;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use store::{Sealed, Tx, record, sealed_columns, sql};

sealed_columns! {
    /// It may look for a telephone number or an address.
    pub SavedQuery = "saved_filter"."query" of "id";
}

record! {
    #[derive(Clone, Debug)]
    pub struct SavedRow in "saved_filter" {
        pub id: Id<Saved>,
        pub person: Id<Person>,
        pub list: String,
        pub name: String,
        pub query: Sealed<SavedQuery>,
    }
}

pub(super) fn of(tx: &mut Tx<'_>, person: Id<Person>, list: &str) -> Result<Vec<SavedRow>> {
    tx.all(
        sql!(SavedRow: "select {*} from saved_filter where person = $1 and list = $2 order by id"),
        &[&person, &list],
    )
}

/// Puts one down, in the place of the one of that name. The text is sealed for its own row, so the row is looked up first.
pub(super) fn keep(tx: &mut Tx<'_>, row: &SavedRow) -> Result<()> {
    let known = tx.one(
        sql!((Id<Saved>,): "select id from saved_filter where person = $1 and list = $2 and name = $3"),
        &[&row.person, &row.list, &row.name],
    )?;
    let id = known.map_or(row.id, |(id,)| id);
    let query = tx.seal::<SavedQuery>(id, &row.query)?;
    // twice at once: the first one's id stands, and the second is told that it came too late
    let kept = tx.exec(
        sql!(
            "insert into saved_filter (id, person, list, name, query) values ($1, $2, $3, $4, $5)
              on conflict (person, list, name) do update set query = excluded.query
              where saved_filter.id = excluded.id"
        ),
        &[&id, &row.person, &row.list, &row.name, &query],
    )?;
    if kept == 1 { Ok(()) } else { Err(Problem::stale()) }
}

pub(super) fn forget(tx: &mut Tx<'_>, person: Id<Person>, id: Id<Saved>) -> Result<Option<String>> {
    let rows = tx.change(
        sql!((String,): "delete from saved_filter where id = $1 and person = $2 returning list"),
        &[&id, &person],
    )?;
    Ok(rows.into_iter().next().map(|(list,)| list))
}

//! Rows of saved filters.

use super::Saved;
use kernel::ctx::Person;
use kernel::id::Id;
use kernel::problem::Result;
use store::{Tx, record, sql};

record! {
    #[derive(Clone, Debug)]
    pub struct SavedRow in "saved_filter" {
        pub id: Id<Saved>,
        pub person: Id<Person>,
        pub list: String,
        pub name: String,
        pub query: String,
    }
}

pub(super) fn of(tx: &mut Tx<'_>, person: Id<Person>, list: &str) -> Result<Vec<SavedRow>> {
    tx.all(
        sql!(SavedRow: "select {*} from saved_filter where person = $1 and list = $2 order by id"),
        &[&person, &list],
    )
}

pub(super) fn keep(tx: &mut Tx<'_>, row: &SavedRow) -> Result<()> {
    tx.exec(
        sql!(
            "insert into saved_filter (id, person, list, name, query) values ($1, $2, $3, $4, $5)
              on conflict (person, list, name) do update set query = excluded.query"
        ),
        &[&row.id, &row.person, &row.list, &row.name, &row.query],
    )
    .map(drop)
}

pub(super) fn forget(tx: &mut Tx<'_>, person: Id<Person>, id: Id<Saved>) -> Result<Option<String>> {
    let rows = tx.change(
        sql!((String,): "delete from saved_filter where id = $1 and person = $2 returning list"),
        &[&id, &person],
    )?;
    Ok(rows.into_iter().next().map(|(list,)| list))
}

//! The identity provider, and who is who there.

use crate::model::{Identity, PersonId};
use crate::store::provider::{self as table, IdentityRow, IdentitySubject, ProviderRow};
use kernel::id::Id;
use kernel::problem::Result;
use kernel::time::Instant;
use store::{Query, Sealed, Tx, record};
use web::list::Cursor;

/// The provider as it is set, with its secret: for signing in, never for showing.
pub fn provider(tx: &mut Tx<'_>) -> Result<Option<ProviderRow>> {
    table::provider(tx)
}

/// Who a person is at providers.
pub fn identities(tx: &mut Tx<'_>, account: PersonId) -> Result<Vec<IdentityRow>> {
    table::identities(tx, account)
}

/// How many people can sign in through the provider as it is set.
pub fn linked_count(tx: &mut Tx<'_>, provider: &ProviderRow) -> Result<i64> {
    table::count(tx, &provider.issuer, &provider.claim)
}

record! {
    /// An identity in the list.
    #[derive(Clone, Debug)]
    pub struct IdentityLine {
        pub id: Id<Identity>,
        pub login: String,
        pub name: String,
        pub unit_name: String,
        pub issuer: String,
        pub claim: String,
        pub subject: Sealed<IdentitySubject>,
        pub linked_at: Instant,
        pub seen_at: Option<Instant>,
    }
}

const LIST: &str =
    "select i.id, a.login, a.name, u.name as unit_name, i.issuer, i.claim, i.subject, i.linked_at, i.seen_at
    from identity i join account a on a.id = i.account_id join unit u on u.id = a.unit_id";

/// By a part of the person's name or login, or by the whole of what the provider calls them, which is sealed.
fn narrow<R: store::Record>(tx: &Tx<'_>, query: &mut Query<R>, words: &str) -> Result<()> {
    let mark = tx.mark::<IdentitySubject>(words.trim())?;
    let words = words.trim().replace(['%', '_'], "");
    if !words.is_empty() {
        let part = format!("%{words}%");
        query.filter("a.name like ? or a.login like ? or i.subject_mark = ?", &[&part, &part, &mark]);
    }
    Ok(())
}

/// Every link, in the order in which they were made. Only the three administrators of the city see it.
pub fn identity_lines(
    tx: &mut Tx<'_>,
    words: &str,
    after: Option<Cursor>,
    limit: i64,
) -> Result<Vec<IdentityLine>> {
    let mut query = Query::<IdentityLine>::new(LIST);
    narrow(tx, &mut query, words)?;
    if let Some(cursor) = after {
        query.filter("i.id > ?", &[&cursor.id]);
    }
    query.tail("order by i.id limit ?", &[&limit]);
    tx.query(&query)
}

pub fn identity_count(tx: &mut Tx<'_>, words: &str) -> Result<i64> {
    let mut query =
        Query::<(i64,)>::new("select count(*) from identity i join account a on a.id = i.account_id");
    narrow(tx, &mut query, words)?;
    Ok(tx.query(&query)?.first().map_or(0, |(n,)| *n))
}

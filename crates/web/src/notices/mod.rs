//! What a person is told inside the program: one line at the bell, with a link to what it is about.
//!
//! A command calls [`send`] in its own transaction, so that nobody is told of something that was not saved. The line's
//! text is `notice-<kind>` with the arguments given; an argument that is itself the key of a text is translated, so
//! a state or a move can be passed by its key. Browsers that a person wants to be told by say that there is something; see
//! [`crate::push`]. Mail about the same is a matter of [`crate::mail`].

mod store;

use crate::push::{self, Owner};
use ::store::Tx;
use ::store::keep::{Days, Goes, Keep, Way};
use kernel::ctx::{Ctx, Person};
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::time::Instant;
pub use store::{AT_ONCE, NoticeRow, unread, unread_count};

/// Mark for ids of notices.
#[derive(Debug)]
pub enum Notice {}

/// Tells these people. Twice the same person is told once.
pub fn send(
    tx: &mut Tx<'_>,
    people: &[Id<Person>],
    kind: &'static str,
    args: &[(&str, String)],
    href: &str,
) -> Result<()> {
    let now = tx.now();
    send_of(tx, now, people, kind, args, href)
}

/// [`send`] of what happened at `at`, for jobs that tell of it later.
pub fn send_of(
    tx: &mut Tx<'_>,
    at: Instant,
    people: &[Id<Person>],
    kind: &'static str,
    args: &[(&str, String)],
    href: &str,
) -> Result<()> {
    let args = serde_json::to_string(args).map_err(Problem::internal)?;
    let mut people = people.to_vec();
    people.sort_unstable();
    people.dedup();
    for person in people {
        let row = NoticeRow {
            id: tx.new_id(),
            person,
            at,
            kind: kind.to_owned(),
            args: args.as_str().into(),
            href: href.to_owned(),
            read_at: None,
        };
        tx.insert(&row)?;
        push::ring(tx, Owner::Person(person), "/inbox")?;
    }
    Ok(())
}

/// What was read before, newest first, from before the notice `before`.
pub fn read(tx: &mut Tx<'_>, person: Id<Person>, before: Option<i64>, limit: i64) -> Result<Vec<NoticeRow>> {
    store::read(tx, person, before.unwrap_or(i64::MAX), limit)
}

/// Marks one as read and tells where it leads. Somebody else's is not found.
pub fn open(tx: &mut Tx<'_>, ctx: &Ctx, id: Id<Notice>) -> Result<String> {
    let person = ctx.person().ok_or_else(Problem::sign_in)?;
    tx.housekeeping();
    store::mark(tx, person, id)?.ok_or_else(Problem::not_found)
}

/// Marks everything up to now as read.
pub fn open_all(tx: &mut Tx<'_>, ctx: &Ctx) -> Result<()> {
    let person = ctx.person().ok_or_else(Problem::sign_in)?;
    tx.housekeeping();
    store::mark_all(tx, person)
}

/// What people were told.
pub(crate) const KEEP: Keep = Keep {
    key: "notices",
    tables: &["notice"],
    days: Days::new(180, 30, 730),
    goes: Goes::Row,
    laws: &["pipl-19"],
    way: Way::Daily { count: store::due, erase: store::forget },
};

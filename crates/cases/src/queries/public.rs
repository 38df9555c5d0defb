//! What everybody may see: no names, no telephone numbers, nothing before it was confirmed.

use crate::model::{Case, Division, Item, Strikes};
use crate::workflow::State;
use kernel::ctx::Unit;
use kernel::id::Id;
use kernel::problem::Result;
use kernel::time::Instant;
use store::{Query, Tx, record, sql};
use web::list::{Cursor, PAGE_SIZE, Page};

record! {
    #[derive(Clone, Debug)]
    pub struct PublicCase {
        pub id: Id<Case>,
        pub number: String,
        pub title: String,
        pub strikes: Strikes,
        pub state: State,
        pub item_id: Option<Id<Item>>,
        pub address: String,
        pub division_id: Option<Id<Division>>,
        pub lead_unit: Option<Id<Unit>>,
        pub reported_at: Instant,
        pub dispatched_at: Option<Instant>,
        pub answered_at: Option<Instant>,
        pub closed_at: Option<Instant>,
        pub due_at: Option<Instant>,
        pub on_time: Option<bool>,
        pub follower_count: i64,
    }
}

const NEWEST: &str = "order by reported_at desc, id desc limit ?";
/// A page's, and one more that says whether there is another.
#[expect(clippy::cast_possible_wrap, reason = "a few dozen")]
const ROWS: i64 = PAGE_SIZE as i64 + 1;

/// Confirmed cases, newest first, optionally open or closed ones only, or those of one section.
pub fn public_list(
    tx: &mut Tx<'_>,
    states: &[State],
    item: Option<Id<Item>>,
    words: &str,
    after: Option<Cursor>,
) -> Result<Page<PublicCase>> {
    let named = super::ByName::of(tx, words)?;
    let narrow = |of: &[State]| {
        let mut part = Query::<(i64,)>::new("select id from case_file");
        part.filter("is_public = 1", &[]);
        if !of.is_empty() {
            part.one_of("state", of);
        }
        if let Some(item) = item {
            part.filter("item_id = ?", &[&item]);
        }
        if let Some((condition, value)) = tx.words_condition("id", words) {
            part.filter(&format!("{condition}{}", named.or()), &[&value]);
        }
        if let Some(c) = after {
            part.filter("(reported_at, id) < (?, ?)", &[&c.sort, &c.id]);
        }
        part.tail(NEWEST, &[&ROWS]);
        part
    };
    // state by state: each has its first rows in an index
    let parts =
        if states.is_empty() { vec![narrow(&[])] } else { states.iter().map(|s| narrow(&[*s])).collect() };
    let mut q = Query::<PublicCase>::new("select {*} from case_file");
    q.any_of("id", parts).tail(NEWEST, &[&ROWS]);
    Ok(Page::from_rows(tx.query(&q)?, PAGE_SIZE, |c| Cursor { sort: c.reported_at.0, id: c.id.raw() }))
}

/// One confirmed case by its number.
pub fn public_case(tx: &mut Tx<'_>, number: &str) -> Result<Option<Case>> {
    Ok(crate::store::case_by_number(tx, number)?.filter(|c| c.is_public))
}

/// Closed lately, for the home page.
pub fn solved_lately(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<PublicCase>> {
    tx.all(
        sql!(PublicCase: "select {*} from case_file where closed_at is not null and state = 'closed' and is_public = 1
             order by closed_at desc, id desc limit $1"),
        &[&limit],
    )
}

record! {
    /// A case on the map.
    #[derive(Clone, Debug)]
    pub struct Dot {
        pub number: String,
        pub title: String,
        pub strikes: Strikes,
        pub address: String,
        pub state: State,
        pub lng: f64,
        pub lat: f64,
        pub stage_due_at: Option<Instant>,
    }
}

/// Open confirmed cases with a place, newest first. The map shows at most this many; the list shows all.
pub fn dots(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<Dot>> {
    let mut q = Query::<Dot>::new("select {*} from case_file");
    q.one_of("state", &State::open()).filter("is_public = 1 and lat is not null", &[]);
    q.tail("order by reported_at desc, id desc limit ?", &[&limit]);
    tx.query(&q)
}

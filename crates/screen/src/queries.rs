//! What pages and the API read of displays.

use crate::model::{Display, Panel, Standing, standing};
use ::store::value::Json;
use ::store::{Query, Tx, record, sql};
use kernel::id::Id;
use kernel::problem::Result;
use kernel::time::{Date, Instant};
use places::model::Division;

record! {
    /// A display in the list.
    #[derive(Clone, Debug)]
    pub struct DisplayLine {
        pub id: Id<Display>,
        pub number: String,
        pub name: String,
        pub place: String,
        pub title: String,
        pub panels: Json<Vec<Panel>>,
        pub division_id: Option<Id<Division>>,
        pub created_at: Instant,
        pub until_date: Date,
        pub revoked_at: Option<Instant>,
        /// When its page last asked, to the minute.
        pub seen_at: Option<Instant>,
        pub version: i64,
    }
}

impl DisplayLine {
    pub fn standing(&self, now: Instant) -> Standing {
        standing(self.revoked_at, self.until_date, now)
    }
}

/// Most displays that a list names: those of a city with all that ended in the last year.
const SHOWN: i64 = 1000;

/// All displays, the newest first. There are never so many that they would have to be paged: see
/// [`MOST_DISPLAYS`](crate::model::MOST_DISPLAYS).
pub fn displays(tx: &mut Tx<'_>) -> Result<Vec<DisplayLine>> {
    tx.all(
        sql!(DisplayLine: "select {*} from screen_display order by created_at desc, id desc limit $1"),
        &[&SHOWN],
    )
}

/// One display.
///
/// # Errors
/// 404 where there is none of this number.
pub fn display(tx: &mut Tx<'_>, number: &str) -> Result<Display> {
    crate::store::by_number(tx, number)
}

/// When its page last asked.
pub fn seen_at(tx: &mut Tx<'_>, id: Id<Display>) -> Result<Option<Instant>> {
    let row = tx.one(sql!((Option<Instant>,): "select seen_at from screen_display where id = $1"), &[&id])?;
    Ok(row.and_then(|(at,)| at))
}

/// Of these ids, the numbers of displays.
pub(crate) fn numbers(tx: &mut Tx<'_>, ids: &[i64]) -> Result<Vec<(i64, String)>> {
    let mut query = Query::<(i64, String)>::new("select id, number from screen_display");
    query.one_of("id", ids);
    tx.query(&query)
}

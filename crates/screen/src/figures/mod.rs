//! What a wall shows of now. Every count is asked of `cases::queries` with the conditions of the list that it opens, and the two
//! rates are those of the statistics page: nothing is counted here.

pub mod hours;
mod kept;
mod letters;
mod moves;

pub use hours::Hours;
pub use kept::of_display;
pub use letters::Letters;
pub use moves::Moved;

use crate::area::{self, Area};
use ::store::Tx;
use cases::desk::Desk;
use cases::queries::{self, Filter, Group, OpenBy, Rates};
use cases::workflow::State;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::Result;
use kernel::time::Instant;
use places::PlaceIndex;
use std::sync::Arc;

/// What the figures are read with: the catalogue and the places, as they are in memory.
#[derive(Clone)]
pub struct Known {
    pub desk: Arc<Desk>,
    pub index: Arc<PlaceIndex>,
}

/// A kind or a place with its open cases.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// The item or division; 0 for none.
    pub key: i64,
    /// Empty for none.
    pub name: String,
    pub open: i64,
    pub overdue: i64,
}

/// The figures of a moment.
#[derive(Clone, Debug)]
pub struct Figures {
    pub made_at: Instant,
    /// Reported, answered and closed since midnight.
    pub reported: i64,
    pub answered: i64,
    pub closed: i64,
    /// Open now; of these, late, and due within a day.
    pub open: i64,
    pub overdue: i64,
    pub soon: i64,
    /// The month up to today, as the statistics page counts it: 按期结案率 is `on_time` of `due`, 返工率 is `rework` of `handled`.
    pub month: Rates,
    pub hours: Hours,
    /// Open cases by kind, most first.
    pub kinds: Vec<Line>,
    /// Open cases by place, in the order of the places' codes; what belongs to none comes last.
    pub areas: Vec<Line>,
    /// The newest first.
    pub moves: Vec<Moved>,
    pub letters: Letters,
}

/// The filters behind the counts, which the wall's links and its numbers share.
pub(crate) fn filters(ctx: &Ctx, area: &Area) -> [(&'static str, Filter); 6] {
    let today = ctx.now.date();
    let only = |what: &str| vec![what.to_owned()];
    let base = || area.filter();
    [
        ("reported", Filter { reported_from: Some(today), ..base() }),
        ("answered", Filter { answered_from: Some(today), ..base() }),
        ("closed", Filter { only: only("closed"), closed_from: Some(today), ..base() }),
        ("open", Filter { states: State::open(), ..base() }),
        ("overdue", Filter { only: only("overdue"), ..base() }),
        ("soon", Filter { only: only("soon"), ..base() }),
    ]
}

/// Reads the figures that this person, or this display, may see of a part of the city. Reads today's reports, what is open, the
/// month's deadlines and four weekdays of the past: the archive's size does not matter.
pub fn read(ctx: &Ctx, tx: &mut Tx<'_>, known: &Known, area: &Area) -> Result<Figures> {
    let today = ctx.now.date();
    let mut counts = [0; 6];
    for (count, (_, filter)) in counts.iter_mut().zip(filters(ctx, area)) {
        *count = queries::count(ctx, tx, &filter)?;
    }
    let [reported, answered, closed, open, overdue, soon] = counts;
    let kinds = queries::open_by(ctx, tx, Group::Item, &area.divisions)?;
    let places = queries::open_by(ctx, tx, Group::Division, &area.divisions)?;
    let kind = |by: OpenBy| Line {
        name: known.desk.catalogue.name(Some(Id::new(by.key))).to_owned(),
        key: by.key,
        open: by.open,
        overdue: by.overdue,
    };
    Ok(Figures {
        made_at: ctx.now,
        reported,
        answered,
        closed,
        open,
        overdue,
        soon,
        month: queries::total_in(ctx, tx, (today.first_of_month(), today), &area.scope())?,
        hours: Hours::read(ctx, tx, &area.divisions)?,
        kinds: kinds.into_iter().map(kind).collect(),
        areas: by_place(&known.index, area, &places),
        moves: moves::read(tx, known, area)?,
        letters: Letters::read(ctx, tx, area)?,
    })
}

/// Counts of divisions, added up to the rows of this area. Rows with nothing stand there too: a place without open cases is news.
fn by_place(index: &PlaceIndex, area: &Area, places: &[OpenBy]) -> Vec<Line> {
    let rows = area::rows(index, area);
    let mut lines: Vec<Line> = rows
        .iter()
        .map(|id| Line {
            key: id.raw(),
            name: index.division(*id).map(|n| n.name.to_string()).unwrap_or_default(),
            ..Line::default()
        })
        .collect();
    let mut rest = Line::default();
    for place in places {
        let row = area::row_of(index, &rows, Id::new(place.key));
        let line = row.and_then(|id| lines.iter_mut().find(|l| l.key == id.raw())).unwrap_or(&mut rest);
        line.open += place.open;
        line.overdue += place.overdue;
    }
    if rest.open > 0 {
        lines.push(rest);
    }
    lines
}

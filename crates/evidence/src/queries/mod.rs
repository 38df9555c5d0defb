//! What lists and pages show.

mod bundle;
mod coverage;
mod items;
mod ledger;
mod requests;

pub use bundle::{Volume, volume};
pub use coverage::{Coverage, CoverageLine, Covered, Level, UnitGap, coverage};
pub use items::{Filter, ItemLine, Whole, answers, items, waiting, whole};
pub use ledger::{LedgerFilter, LedgerLine, ledger, weeks};
pub use requests::{Asked, RequestFilter, RequestLine, request, requests};

use crate::checks::{Finding, Look, Piece, Stage, check};
use crate::model::{Item, ItemFile, Limit, Period, Use};
use crate::store as rows;
use crate::workflow::State;
use ::store::files::{self, FileState, StoredFile};
use ::store::{Query, Tx, record, sql};
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::time::parse_date;

fn limit(size: usize) -> i64 {
    i64::try_from(size.saturating_add(1)).unwrap_or(i64::MAX)
}

/// All periods, the newest first.
pub fn periods(tx: &mut Tx<'_>) -> Result<Vec<Period>> {
    rows::periods(tx)
}

/// # Errors
/// 404 for a number that is no period's.
pub fn period(tx: &mut Tx<'_>, number: &str) -> Result<Period> {
    rows::period_by_number(tx, number)?.ok_or_else(Problem::not_found)
}

/// The strictest limits of the periods that an item is used for.
pub(crate) fn strictest(item: &Item, periods: &[Period]) -> Limit {
    let all = periods.iter().map(|period| period.limits.0.of(item.kind));
    let both = |a: Limit, b: Limit| Limit {
        characters: a.characters.min(b.characters),
        pictures: a.pictures.min(b.pictures),
        short_edge: a.short_edge.max(b.short_edge),
        megabytes: a.megabytes.min(b.megabytes),
    };
    all.reduce(both).unwrap_or_default()
}

fn piece(tx: &mut Tx<'_>, item: &Item, row: &ItemFile, file: &StoredFile) -> Result<Piece> {
    let short = i64::from(file.width.unwrap_or(0).min(file.height.unwrap_or(0)));
    let pixels = i64::from(file.width.unwrap_or(0)) * i64::from(file.height.unwrap_or(0));
    let stage = match file.state {
        FileState::Refused => Stage::Refused,
        FileState::Ready if file.width.is_none() || row.sharp.is_some() => Stage::Ready,
        FileState::Ready | FileState::Quarantined => Stage::Waiting,
    };
    Ok(Piece {
        name: file.name.to_string(),
        stage,
        picture: file.width.is_some(),
        edge: short,
        pixels,
        bytes: file.bytes,
        taken: file.taken_at.as_deref().and_then(|at| at.get(..10)).and_then(parse_date),
        sharp: row.sharp,
        caption: row.caption(),
        twin: rows::twin(tx, item.id, &row.sha256)?,
    })
}

/// What the checks say of an item as it is now.
pub(crate) fn looked(tx: &mut Tx<'_>, item: &Item, uses: &[Use]) -> Result<Vec<Finding>> {
    let (mut periods, mut windows, mut others) = (Vec::new(), Vec::new(), Vec::new());
    for of in uses {
        let period = rows::period(tx, of.period_id)?.ok_or_else(Problem::not_found)?;
        windows.extend(period.window());
        others.push((of.code.clone(), rows::pictures_for(tx, item, of)?));
        periods.push(period);
    }
    let mut pieces = Vec::new();
    for row in rows::files(tx, item.id)? {
        let file = files::get(tx, row.file_id)?;
        pieces.push(piece(tx, item, &row, &file)?);
    }
    Ok(check(&Look {
        kind: item.kind,
        statement: &item.statement,
        dated: item.dated,
        limit: strictest(item, &periods),
        windows: &windows,
        files: &pieces,
        others: &others,
    }))
}

record! {
    /// What an item came to for a standard: what a score is fed with.
    #[derive(Clone, Debug)]
    pub struct Graded {
        pub code: String,
        pub item: String,
        pub state: State,
        /// Ten-thousandths of what the standard is worth.
        pub grade: i64,
    }
}

/// Grades of a period by standard, of items that are final or filed. A period has some hundred standards.
pub fn grades(tx: &mut Tx<'_>, period: Id<Period>) -> Result<Vec<Graded>> {
    tx.all(
        sql!(Graded: "select u.code as code, i.number as item, i.state as state, u.grade as grade
              from evidence_use u join evidence_item i on i.id = u.item_id
              where u.period_id = $1 and u.grade is not null and i.state in ('final', 'filed')
              order by u.code, i.number"),
        &[&period],
    )
}

record! {
    struct NumberRow {
        id: i64,
        number: String,
    }
}

/// Of these ids, the numbers of those that are this crate's.
pub fn numbers(tx: &mut Tx<'_>, ids: &[i64]) -> Result<Vec<(i64, String)>> {
    let mut all = Vec::new();
    for table in ["evidence_period", "evidence_request", "evidence_item"] {
        for some in ids.chunks(500) {
            let mut q = Query::<NumberRow>::new(&format!("select id, number from {table}"));
            q.one_of("id", some);
            all.extend(tx.query(&q)?.into_iter().map(|row| (row.id, row.number)));
        }
    }
    Ok(all)
}

//! Reading rounds.

use super::account::Account;
use super::change::Change;
use super::matching::{Code, Warning, plain};
use super::model::{Round, RowRecord};
use super::store as rows;
use super::summary::{Line, Summary};
use super::worked::{CaseNumbers, Worked, cases, worked};
use super::workflow::State;
use crate::policy::{self, Act, POLICY};
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::policy::Standing;
use kernel::problem::{Problem, Result};
use kernel::workflow::Named;
use scoring::round::Point;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use web::City;
use web::list::{Cursor, PAGE_SIZE, Page};

/// Most rounds of a trend.
pub const TREND: usize = 60;

/// What of a round this person may know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sight {
    All,
    /// Points of these units only; names as [`plain`] writes them.
    Units(BTreeSet<String>),
}

impl Sight {
    pub fn sees(&self, point: &Point) -> bool {
        match self {
            Sight::All => true,
            Sight::Units(_) => point.units.iter().any(|unit| self.is_own(unit)),
        }
    }

    pub fn is_own(&self, unit: &str) -> bool {
        matches!(self, Sight::Units(own) if own.contains(&plain(unit)))
    }

    pub fn is_whole(&self) -> bool {
        matches!(self, Sight::All)
    }
}

/// What of rounds at all.
fn sight(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Sight> {
    if policy::may(ctx, Act::See) {
        return Ok(Sight::All);
    }
    let own = policy::own_units(ctx);
    let names = people::queries::unit_names(tx, &own)?;
    Ok(Sight::Units(names.values().map(|name| plain(name)).collect()))
}

/// A round by its number; the latest without one. For programs of the city as a whole.
pub fn round(ctx: &Ctx, tx: &mut Tx<'_>, number: Option<&str>) -> Result<Round> {
    POLICY.require(ctx, Act::See, &Standing::city(), false)?;
    let found = match number {
        Some(number) => rows::by_number(tx, number)?,
        None => rows::latest(tx)?,
    };
    found.ok_or_else(Problem::not_found)
}

/// What a round comes to. Reads all its rows: there is no figure without them.
pub fn account(ctx: &Ctx, tx: &mut Tx<'_>, number: Option<&str>) -> Result<Account> {
    let round = round(ctx, tx, number)?;
    let worked = Worked::load(tx, round.id)?;
    Ok(Account::new(round, &worked))
}

/// A round and how much of it this person may know. Who may know nothing of it is told that there is none.
pub fn see(ctx: &Ctx, tx: &mut Tx<'_>, number: &str) -> Result<(Round, Sight)> {
    let round = rows::by_number(tx, number)?.ok_or_else(Problem::not_found)?;
    let sight = sight(ctx, tx)?;
    let known = match &sight {
        Sight::All => true,
        Sight::Units(own) => round.state == State::Published && !own.is_empty(),
    };
    if known { Ok((round, sight)) } else { Err(Problem::not_found()) }
}

/// A round by its id, for whoever was let see something of it.
pub(crate) fn by_id(tx: &mut Tx<'_>, id: kernel::id::Id<Round>) -> Result<Option<Round>> {
    rows::by_id(tx, id)
}

/// [`see`] for pages and answers that tell of the whole city.
pub fn see_whole(ctx: &Ctx, tx: &mut Tx<'_>, number: &str) -> Result<Round> {
    match see(ctx, tx, number)? {
        (round, Sight::All) => Ok(round),
        _ => Err(Problem::not_found()),
    }
}

/// What the round came to; worked out where it was kept before that was kept with it.
pub fn summary(tx: &mut Tx<'_>, round: &Round) -> Result<Summary> {
    match &round.summary.0 {
        Some(summary) => Ok(summary.clone()),
        None => Ok(Summary::of(&Worked::load(tx, round.id)?)),
    }
}

/// A line of the list of rounds.
#[derive(Clone, Debug)]
pub struct Listed {
    pub round: Round,
    pub summary: Summary,
    /// For whoever sees their own units only: what those come to.
    pub own: Vec<Line>,
}

/// Which rounds.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub state: Option<State>,
    pub words: String,
}

fn states(sight: &Sight, filter: &Filter) -> Vec<State> {
    let visible = |state: &State| sight.is_whole() || *state == State::Published;
    State::ALL.iter().copied().filter(visible).filter(|s| filter.state.is_none_or(|w| w == *s)).collect()
}

/// The newest first.
///
/// # Errors
/// 403 for whoever may know nothing of any round.
pub fn list(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    filter: &Filter,
    after: Option<Cursor>,
    most: usize,
) -> Result<(Page<Listed>, i64, Sight)> {
    if !policy::may_list(ctx) {
        return Err(Problem::forbidden().arg("action", "assessment-see"));
    }
    let sight = sight(ctx, tx)?;
    let states = states(&sight, filter);
    let found = rows::list(tx, &states, &filter.words, after.map(|c| c.id), most + 1)?;
    let count = rows::count(tx, &states, &filter.words)?;
    let mut listed = Vec::with_capacity(found.len());
    for round in found {
        let summary = summary(tx, &round)?;
        let own = summary.units.iter().filter(|unit| sight.is_own(&unit.name)).cloned().collect();
        listed.push(Listed { round, summary, own });
    }
    let page = Page::from_rows(listed, most, |l| Cursor { sort: 0, id: l.round.id.raw() });
    Ok((page, count, sight))
}

/// Which rows of a round.
#[derive(Clone, Debug, Default)]
pub struct RowFilter {
    pub item: String,
    /// `-`: rows without a sub-item.
    pub part: String,
    pub street: String,
    pub unit: String,
    pub only: Option<Only>,
    pub words: String,
    /// Most taken off first.
    pub worst_first: bool,
}

kernel::named! {
    /// Kinds of rows that somebody looks for.
    pub enum Only {
        /// Something was taken off.
        Faults = "faults",
        /// Something in it should be looked at.
        Odd = "odd",
        Aside = "aside",
        NoUnit = "no-unit",
        NoStreet = "no-street",
        /// Something was taken off, and no case was made of it.
        NoCase = "no-case",
    }
}

/// A row with what it means.
#[derive(Clone, Debug)]
pub struct RowSeen {
    pub row: RowRecord,
    pub point: Point,
    /// Why it is set aside.
    pub aside: Option<String>,
    pub warnings: Vec<Warning>,
    pub case: Option<String>,
}

/// Rows by their numbers, with what belongs to each.
struct Reader<'a> {
    worked: &'a Worked,
    cases: CaseNumbers,
    warnings: HashMap<i64, Vec<&'a Warning>>,
}

impl<'a> Reader<'a> {
    fn new(worked: &'a Worked, cases: CaseNumbers) -> Self {
        let mut warnings: HashMap<i64, Vec<&Warning>> = HashMap::new();
        for warning in &worked.found.warnings {
            warnings.entry(warning.row).or_default().push(warning);
        }
        Self { worked, cases, warnings }
    }

    fn wants(&self, filter: &RowFilter, row: &RowRecord, point: &Point) -> bool {
        let number = row.row_number;
        let part = if point.sub_item.is_empty() { "-" } else { &point.sub_item };
        let only = filter.only.is_none_or(|only| match only {
            Only::Faults => point.lost > 0,
            Only::Odd => self.warnings.get(&number).is_some_and(|w| w.iter().any(|w| w.code != Code::NoUnit)),
            Only::Aside => self.worked.aside.contains_key(&number),
            Only::NoUnit => point.units.is_empty(),
            Only::NoStreet => point.street.is_none(),
            Only::NoCase => point.lost > 0 && !self.cases.contains_key(&number),
        });
        let is = |wanted: &str, found: &str| wanted.is_empty() || wanted == found;
        only && is(&filter.item, &point.item)
            && is(&filter.part, part)
            && is(&filter.street, point.street.as_deref().unwrap_or_default())
            && (filter.unit.is_empty() || point.units.contains(&filter.unit))
            && (filter.words.is_empty()
                || [&row.point, &row.item, &row.serial].iter().any(|text| text.contains(&filter.words)))
    }

    fn seen(&self, row: &RowRecord, point: &Point) -> RowSeen {
        let number = row.row_number;
        let warnings = self.warnings.get(&number).into_iter().flatten().map(|w| (*w).clone()).collect();
        RowSeen {
            row: row.clone(),
            point: point.clone(),
            aside: self.worked.aside.get(&number).map(|v| v.reason.clone()),
            warnings,
            case: self.cases.get(&number).cloned(),
        }
    }
}

/// Rows of a round that this person may see, in the file's order or the worst first; and how many there are.
pub fn rows_of(
    worked: &Worked,
    cases: CaseNumbers,
    sight: &Sight,
    filter: &RowFilter,
    after: Option<Cursor>,
    most: usize,
) -> (Page<RowSeen>, usize) {
    let reader = Reader::new(worked, cases);
    let key = |row: &RowRecord, point: &Point| Cursor {
        sort: if filter.worst_first { -point.lost } else { 0 },
        id: row.row_number,
    };
    let mut found: Vec<(Cursor, &RowRecord, &Point)> = worked
        .points()
        .filter(|(row, point)| sight.sees(point) && reader.wants(filter, row, point))
        .map(|(row, point)| (key(row, point), row, point))
        .collect();
    let count = found.len();
    found.sort_by_key(|(at, ..)| (at.sort, at.id));
    let from =
        after.map_or(0, |after| found.partition_point(|(at, ..)| (at.sort, at.id) <= (after.sort, after.id)));
    let rows =
        found.iter().skip(from).take(most + 1).map(|(_, row, point)| reader.seen(row, point)).collect();
    (Page::from_rows(rows, most, |seen: &RowSeen| key(&seen.row, &seen.point)), count)
}

/// One row, as far as this person may see it.
pub fn row_of(worked: &Worked, cases: CaseNumbers, sight: &Sight, number: i64) -> Result<RowSeen> {
    let found = worked.row(number).filter(|(_, point)| sight.sees(point));
    let (row, point) = found.ok_or_else(Problem::not_found)?;
    Ok(Reader::new(worked, cases).seen(row, point))
}

/// A round, what this person may know of it, its rows worked out, and its cases.
pub struct Full {
    pub round: Round,
    pub sight: Sight,
    pub worked: Arc<Worked>,
    pub cases: CaseNumbers,
}

pub fn full(ctx: &Ctx, tx: &mut Tx<'_>, city: &City, number: &str) -> Result<Full> {
    let (round, sight) = see(ctx, tx, number)?;
    let worked = worked(city, tx, &round)?;
    let cases = cases(tx, round.id)?;
    Ok(Full { round, sight, worked, cases })
}

/// Two rounds beside each other.
pub fn compare(ctx: &Ctx, tx: &mut Tx<'_>, one: &str, other: &str) -> Result<(Round, Round, Change)> {
    let (one, other) = (see_whole(ctx, tx, one)?, see_whole(ctx, tx, other)?);
    let change = Change::between(&summary(tx, &one)?, &summary(tx, &other)?);
    Ok((one, other, change))
}

/// Rounds that count, by their day, the latest last: at most [`TREND`].
pub fn trend(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Vec<(Round, Summary)>> {
    policy::require(ctx, Act::See)?;
    let counts = [State::Draft, State::Checked, State::Published];
    let mut all = Vec::new();
    for round in rows::list(tx, &counts, "", None, TREND)? {
        let summary = summary(tx, &round)?;
        all.push((round, summary));
    }
    all.sort_by_key(|(round, _)| (round.day(), round.id.raw()));
    Ok(all)
}

/// Published rounds, which count in their years.
pub fn published(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Vec<(Round, Summary)>> {
    policy::require(ctx, Act::See)?;
    let mut all = Vec::new();
    for round in rows::list(tx, &[State::Published], "", None, PAGE_SIZE * 10)? {
        let summary = summary(tx, &round)?;
        all.push((round, summary));
    }
    Ok(all)
}

/// Rounds to choose from: number and what people read.
pub fn choices(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Vec<(String, String)>> {
    let all = list(ctx, tx, &Filter::default(), None, PAGE_SIZE * 4)?.0.rows;
    Ok(all
        .into_iter()
        .map(|l| (l.round.number.clone(), format!("{} {}", l.round.number, l.round.name)))
        .collect())
}

/// Numbers of those of these ids that are rounds, schemes or cycles.
pub(crate) fn numbers(tx: &mut Tx<'_>, ids: &[i64]) -> Result<Vec<(i64, String)>> {
    let mut all = rows::numbers(tx, ids)?;
    all.extend(crate::scheme::queries::numbers(tx, ids)?);
    all.extend(crate::negative::numbers(tx, ids)?);
    all.extend(crate::appeals::numbers(tx, ids)?);
    Ok(all)
}

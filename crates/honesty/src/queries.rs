//! Read models: the list of warnings, one with its pictures, and what was confirmed by unit.

use crate::model::{Kind, State, Warning};
use crate::policy::{Act, POLICY, visible_to};
use crate::store as rows;
use ::store::audit::{self, HistoryLine};
use ::store::{Query, Tx, record};
use cases::model::{Case, Photo};
use kernel::ctx::{Ctx, Unit};
use kernel::id::Id;
use kernel::policy::Tie;
use kernel::problem::{Problem, Result};
use kernel::time::{DAY, Date, Instant};
use kernel::workflow::Named;
use web::list::{Cursor, PAGE_SIZE, Page, Params};

/// What a list asks for.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// A number: of a warning or of a case.
    pub number: String,
    pub state: Option<State>,
    pub kind: Option<Kind>,
    pub unit: Option<Id<Unit>>,
    pub from: Option<Date>,
    pub until: Option<Date>,
}

fn choice<T: Named>(params: &Params, name: &'static str) -> Result<Option<T>> {
    match params.get(name) {
        "" => Ok(None),
        text => T::parse(text).map(Some).ok_or_else(|| Problem::field(name, "not-a-choice")),
    }
}

fn date(params: &Params, name: &'static str) -> Result<Option<Date>> {
    match params.get(name) {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| Problem::field(name, "not-a-date")),
    }
}

impl Filter {
    pub fn read(params: &Params) -> Result<Self> {
        let unit = match params.get("unit") {
            "" => None,
            text => Some(Id::new(text.parse().map_err(|_| Problem::field("unit", "not-a-choice"))?)),
        };
        Ok(Self {
            number: params.get("q").trim().to_uppercase(),
            state: choice(params, "state")?,
            kind: choice(params, "kind")?,
            unit,
            from: date(params, "day_from")?,
            until: date(params, "day_until")?,
        })
    }

    fn apply<R>(&self, ctx: &Ctx, q: &mut Query<R>) {
        visible(ctx, Act::See, q);
        if !self.number.is_empty() {
            q.filter("number = ? or case_number = ?", &[&self.number, &self.number]);
        }
        if let Some(state) = self.state {
            q.filter("state = ?", &[&state]);
        }
        if let Some(kind) = self.kind {
            q.filter("kind = ?", &[&kind]);
        }
        if let Some(unit) = self.unit {
            q.filter("unit_id = ?", &[&unit]);
        }
        span("created_at", self.from, self.until, q);
    }
}

/// From the beginning of one day to the end of another.
fn span<R>(column: &str, from: Option<Date>, until: Option<Date>, q: &mut Query<R>) {
    if let Some(from) = from {
        q.filter(&format!("{column} >= ?"), &[&Instant::start_of(from)]);
    }
    if let Some(until) = until {
        q.filter(&format!("{column} < ?"), &[&Instant::start_of(until).plus(DAY)]);
    }
}

fn visible<R>(ctx: &Ctx, act: Act, q: &mut Query<R>) {
    let visible = visible_to(ctx, act);
    if visible.all {
        return;
    }
    let units: Vec<Id<Unit>> = visible
        .ties
        .into_iter()
        .filter(|(tie, _)| *tie == Tie::Governs)
        .flat_map(|(_, units)| units)
        .collect();
    q.one_of("governing_unit", &units);
}

const START: &str = "select {*} from honesty_warning";

/// A page of the list, newest first.
pub fn list(ctx: &Ctx, tx: &mut Tx<'_>, filter: &Filter, after: Option<Cursor>) -> Result<Page<Warning>> {
    let limit = i64::try_from(PAGE_SIZE).unwrap_or(50) + 1;
    let mut q = Query::<Warning>::new(START);
    filter.apply(ctx, &mut q);
    if let Some(c) = after {
        q.filter("(created_at, id) < (?, ?)", &[&c.sort, &c.id]);
    }
    q.tail("order by created_at desc, id desc limit ?", &[&limit]);
    Ok(Page::from_rows(tx.query(&q)?, PAGE_SIZE, |w| Cursor { sort: w.created_at.0, id: w.id.raw() }))
}

/// How many there are in all.
pub fn count(ctx: &Ctx, tx: &mut Tx<'_>, filter: &Filter) -> Result<i64> {
    let mut q = Query::<(i64,)>::new("select count(*) from honesty_warning");
    filter.apply(ctx, &mut q);
    Ok(tx.query(&q)?.first().map_or(0, |(n,)| *n))
}

/// What the list shows, for exports: as many rows as an export has.
pub fn each(ctx: &Ctx, tx: &mut Tx<'_>, filter: &Filter, limit: usize) -> Result<Vec<Warning>> {
    let mut q = Query::<Warning>::new(START);
    filter.apply(ctx, &mut q);
    q.tail("order by created_at desc, id desc limit ?", &[&i64::try_from(limit).unwrap_or(i64::MAX)]);
    tx.query(&q)
}

/// A picture of a warning, with its case as far as this person may see it.
#[derive(Clone, Debug)]
pub struct Side {
    pub photo: Photo,
    /// None where the case is not theirs to see; then neither is the picture.
    pub case: Option<Case>,
}

/// One warning with all that belongs to it.
#[derive(Clone, Debug)]
pub struct Full {
    pub warning: Warning,
    pub photo: Option<Side>,
    pub other: Option<Side>,
    pub unit: String,
    pub history: Vec<HistoryLine>,
    /// Whether this person may decide: not about their own work.
    pub may_decide: bool,
}

fn side(ctx: &Ctx, tx: &mut Tx<'_>, photo: Id<Photo>) -> Result<Option<Side>> {
    let Some(photo) = cases::store::photo(tx, photo)? else { return Ok(None) };
    let case = cases::commands::load_for(ctx, tx, cases::policy::Act::View, photo.case_id).ok();
    Ok(Some(Side { photo, case }))
}

/// The only door to a warning: loads it and checks that the actor may do `act` to it. Who may not even see it is told that
/// there is none.
pub(crate) fn load_for(ctx: &Ctx, tx: &mut Tx<'_>, act: Act, number: &str) -> Result<Warning> {
    let warning = rows::by_number(tx, number)?.ok_or_else(Problem::not_found)?;
    let standing = warning.standing();
    let known = POLICY.may(ctx, Act::See, &standing);
    POLICY.require(ctx, act, &standing, known)?;
    Ok(warning)
}

/// Nobody decides about their own work: not the person who answered, and nobody who works for the unit that did.
pub(crate) fn independent(ctx: &Ctx, tx: &mut Tx<'_>, warning: &Warning) -> Result<()> {
    let photo = cases::store::photo(tx, warning.photo_id)?;
    let own = ctx.person().is_some() && photo.is_some_and(|photo| photo.taken_by == ctx.person());
    if own || cases::policy::works_for(ctx, warning.unit_id.into_iter()) {
        return Err(Problem::new(403, "own-work"));
    }
    Ok(())
}

pub fn full(ctx: &Ctx, tx: &mut Tx<'_>, number: &str) -> Result<Full> {
    let warning = load_for(ctx, tx, Act::See, number)?;
    let may = POLICY.may(ctx, Act::Decide, &warning.standing());
    let unit = match warning.unit_id {
        Some(unit) => people::queries::unit(tx, unit)?.map_or_else(String::new, |unit| unit.name),
        None => String::new(),
    };
    Ok(Full {
        photo: side(ctx, tx, warning.photo_id)?,
        other: warning.other().map_or(Ok(None), |other| side(ctx, tx, other))?,
        unit,
        history: audit::history(tx, warning.id)?,
        may_decide: may && independent(ctx, tx, &warning).is_ok(),
        warning,
    })
}

record! {
    /// What was confirmed of one unit. Units are counted, people never.
    #[derive(Clone, Debug)]
    pub struct UnitFigures {
        pub unit_id: Option<Id<Unit>>,
        /// Warnings that a person confirmed.
        pub confirmed: i64,
        /// Cases that these are about.
        pub cases: i64,
    }
}

/// Confirmed warnings by unit, by the day on which they were confirmed.
pub fn by_unit(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    from: Option<Date>,
    until: Option<Date>,
) -> Result<Vec<UnitFigures>> {
    let mut q = Query::<UnitFigures>::new(
        "select unit_id, count(*) as confirmed, count(distinct case_id) as cases from honesty_warning",
    );
    visible(ctx, Act::Figures, &mut q);
    q.filter("state = ?", &[&State::Confirmed]);
    span("decided_at", from, until, &mut q);
    q.tail("group by unit_id order by count(*) desc, unit_id", &[]);
    tx.query(&q)
}

/// Numbers of those of these ids that are warnings.
pub(crate) fn numbers(tx: &mut Tx<'_>, ids: &[i64]) -> Result<Vec<(i64, String)>> {
    let mut query = Query::<(i64, String)>::new("select id, number from honesty_warning");
    query.one_of("id", ids);
    tx.query(&query)
}

//! Observations: in a list, and added up for scoring.

use super::{Sight, records::inspection, sight};
use crate::model::{Observed, Outcome, share};
use ::store::{Query, Tx, record};
use inspections::model::Inspection;
use kernel::ctx::{Ctx, Unit};
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::workflow::Named;
use scoring::Exact;
use std::collections::BTreeMap;
use web::list::{Cursor, Page, Params};

/// What a list asks for.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub inspection: Option<Id<Inspection>>,
    /// Code in the scheme.
    pub standard: String,
    /// Code of the type of point.
    pub kind: String,
    /// Code of the division.
    pub division: String,
    pub outcome: Option<Outcome>,
}

impl Filter {
    /// # Errors
    /// 422 for what is no inspection or outcome.
    pub fn read(tx: &mut Tx<'_>, params: &Params) -> Result<Self> {
        let outcome = match params.get("outcome") {
            "" => None,
            text => Some(Outcome::parse(text).ok_or_else(|| Problem::field("outcome", "not-a-choice"))?),
        };
        Ok(Self {
            inspection: inspection(tx, params.get("inspection"))?,
            standard: params.get("standard").to_owned(),
            kind: params.get("type").to_owned(),
            division: params.get("division").to_owned(),
            outcome,
        })
    }

    fn narrow<R>(&self, sight: &Sight, query: &mut Query<R>) {
        sight.narrow(query);
        if let Some(id) = self.inspection {
            query.filter("inspection_id = ?", &[&id]);
        }
        for (column, value) in
            [("standard", &self.standard), ("kind", &self.kind), ("division", &self.division)]
        {
            if !value.is_empty() {
                query.filter(&format!("{column} = ?"), &[value]);
            }
        }
        if let Some(outcome) = self.outcome {
            query.filter("outcome = ?", &[&outcome]);
        }
    }
}

/// An observation as it is stored.
pub type Line = Observed;

/// Observations of records that count and that somebody may see, newest first.
pub fn observations(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    filter: &Filter,
    after: Option<Cursor>,
    size: usize,
) -> Result<Page<Line>> {
    let sight = sight(ctx, tx)?;
    let mut query = Query::<Observed>::new("select {*} from field_observation");
    filter.narrow(&sight, &mut query);
    if let Some(cursor) = after {
        query.filter("(at, id) < (?, ?)", &[&cursor.sort, &cursor.id]);
    }
    let limit = i64::try_from(size).unwrap_or(i64::MAX - 1) + 1;
    query.tail("order by at desc, id desc limit ?", &[&limit]);
    let rows = tx.query(&query)?;
    Ok(Page::from_rows(rows, size, |o| Cursor { sort: o.at.0, id: o.id.raw() }))
}

/// More than this is said as "more than": counting all of them would read them all.
pub const COUNTED: i64 = 10_000;

/// How many that is, at most [`COUNTED`] and one.
pub fn observations_count(ctx: &Ctx, tx: &mut Tx<'_>, filter: &Filter) -> Result<i64> {
    let sight = sight(ctx, tx)?;
    let mut query = Query::<(i64,)>::new("select id from field_observation");
    filter.narrow(&sight, &mut query);
    query.tail("limit ?", &[&(COUNTED + 1)]);
    Ok(i64::try_from(tx.query(&query)?.len()).unwrap_or(i64::MAX))
}

record! {
    struct Grouped {
        standard: String,
        kind: String,
        division: String,
        unit_id: Option<Id<Unit>>,
        share: String,
        weight: i64,
        number: i64,
    }
}

/// What is added up together.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ByStandard {
    pub standard: String,
    /// Code of the type of point.
    pub kind: String,
    /// Code of the division.
    pub division: String,
    /// Who answers for the points.
    pub unit: Option<Id<Unit>>,
}

/// What observations come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// Shares added up, exactly.
    pub sum: Exact,
    /// How many were counted.
    pub counted: i64,
    /// How many were not: not applicable, or not answered.
    pub not_counted: i64,
}

impl Sums {
    /// 得分率; none where nothing was counted.
    pub fn rate(&self) -> Option<Exact> {
        self.sum.over(&Exact::from(self.counted))
    }
}

/// The seam for scoring: observations of these inspections added up per standard, type of point, division and unit. Second visits
/// count only where `second` says so: a point that is visited twice would weigh twice.
///
/// The caller has asked its own policy. Reads one row for each share that occurs in a group, not one for each observation.
pub fn by_standard(
    tx: &mut Tx<'_>,
    inspections: &[Id<Inspection>],
    second: bool,
) -> Result<BTreeMap<ByStandard, Sums>> {
    let mut query = Query::<Grouped>::new(
        "select standard, kind, division, unit_id, share, weight, count(*) as number from field_observation",
    );
    query.one_of("inspection_id", inspections);
    if !second {
        query.filter("second = ?", &[&false]);
    }
    query.tail("group by standard, kind, division, unit_id, share, weight", &[]);
    let mut all: BTreeMap<ByStandard, Sums> = BTreeMap::new();
    for row in tx.query(&query)? {
        let key =
            ByStandard { standard: row.standard, kind: row.kind, division: row.division, unit: row.unit_id };
        let sums = all.entry(key).or_default();
        if row.weight == 0 {
            sums.not_counted += row.number;
        } else {
            sums.counted += row.number;
            sums.sum += &(share(&row.share) * Exact::from(row.number));
        }
    }
    Ok(all)
}

/// What first visits of an inspection found, a row for each record, in the order in which they were handed in. The caller has asked its
/// own policy. Second visits measure inspectors; a point that is visited twice would weigh twice.
pub fn tallies(tx: &mut Tx<'_>, inspection: Id<Inspection>) -> Result<Vec<crate::tally::Tally>> {
    crate::store::tallies(tx, inspection)
}

//! 减负台账: what units were asked for and what they handed in, by month; of streets and communities by week.

use crate::model::Burden;
use crate::policy::{self, Act, POLICY};
use ::store::{Query, Tx, record};
use kernel::ctx::{Ctx, Unit};
use kernel::id::Id;
use kernel::policy::Tie;
use kernel::problem::Result;
use kernel::time::Date;
use std::collections::BTreeMap;
use web::list::Params;

/// Kinds of units that are counted by week: 国办函〔2026〕12号 forbids to burden them again and again.
const GRASSROOTS: [&str; 4] = ["street_office", "town", "community", "village"];

/// What the ledger is asked for.
#[derive(Clone, Debug, Default)]
pub struct LedgerFilter {
    /// First and last month, `2026-11`; empty: as far as there are.
    pub from: String,
    pub until: String,
    /// Code of a unit.
    pub unit: String,
}

impl LedgerFilter {
    pub fn read(params: &Params) -> Self {
        let get = |name: &str| params.get(name).to_owned();
        Self { from: get("from"), until: get("until"), unit: get("unit") }
    }
}

/// What a unit had in a month, or in a week.
#[derive(Clone, Debug, Default)]
pub struct LedgerLine {
    pub unit: String,
    /// `2026-11`, or the week's Monday.
    pub when: String,
    pub requests: i64,
    pub standards: i64,
    pub stopped: i64,
    pub items: i64,
    pub files: i64,
    pub returns: i64,
    pub answers: i64,
    /// Of all its answers together.
    pub days: i64,
}

impl LedgerLine {
    /// Days from asking to handing in, in tenths; none where nothing was answered.
    pub fn mean_days(&self) -> Option<i64> {
        (self.answers > 0).then(|| self.days * 10 / self.answers)
    }

    /// The same as people read it: `3.5`; empty for none.
    pub fn mean_text(&self) -> String {
        self.mean_days().map_or_else(String::new, |days| format!("{}.{}", days / 10, days % 10))
    }

    fn add(&mut self, what: Burden, amount: i64, days: i64) {
        match what {
            Burden::Request => self.requests += amount,
            Burden::Standard => self.standards += amount,
            Burden::Stopped => self.stopped += amount,
            Burden::Item => self.items += amount,
            Burden::File => self.files += amount,
            Burden::Return => self.returns += amount,
            Burden::Answer => {
                self.answers += amount;
                self.days += days;
            }
        }
    }
}

record! {
    struct SumRow {
        unit_id: Id<Unit>,
        span: String,
        what: Burden,
        amount: i64,
        days: i64,
    }
}

/// Units whose lines this person may see; none: all.
fn own(ctx: &Ctx) -> Result<Option<Vec<Id<Unit>>>> {
    policy::require(ctx, Act::Ledger)?;
    let seen = POLICY.visible(ctx, Act::Ledger);
    if seen.all {
        return Ok(None);
    }
    let leads = seen.ties.into_iter().filter(|(tie, _)| *tie == Tie::Leads);
    Ok(Some(leads.flat_map(|(_, units)| units).collect()))
}

/// Adds up what the filter lets through: the newest span first, units by name. Reads a sum a unit, span and kind.
fn summed(
    tx: &mut Tx<'_>,
    span: &str,
    own: Option<&[Id<Unit>]>,
    narrow: &dyn Fn(&mut Query<SumRow>),
    unit: &str,
) -> Result<Vec<LedgerLine>> {
    let mut q = Query::<SumRow>::new(&format!(
        "select unit_id, {span} as span, what, cast(sum(amount) as bigint) as amount, cast(sum(days) as bigint) as days
           from burden_entry"
    ));
    if let Some(units) = own {
        q.one_of("unit_id", units);
    }
    narrow(&mut q);
    super::items::of_unit(tx, &mut q, unit)?;
    q.tail(&format!("group by unit_id, {span}, what"), &[]);
    let sums = tx.query(&q)?;
    let units: Vec<Id<Unit>> = sums.iter().map(|row| row.unit_id).collect();
    let names = people::queries::unit_names(tx, &units)?;
    let mut lines: BTreeMap<(std::cmp::Reverse<String>, String, i64), LedgerLine> = BTreeMap::new();
    for row in sums {
        let name = names.get(&row.unit_id).cloned().unwrap_or_default();
        let key = (std::cmp::Reverse(row.span.clone()), name.clone(), row.unit_id.raw());
        let line = lines.entry(key).or_insert_with(|| LedgerLine {
            unit: name,
            when: row.span,
            ..LedgerLine::default()
        });
        line.add(row.what, row.amount, row.days);
    }
    Ok(lines.into_values().collect())
}

/// By month.
pub fn ledger(ctx: &Ctx, tx: &mut Tx<'_>, filter: &LedgerFilter) -> Result<Vec<LedgerLine>> {
    let own = own(ctx)?;
    let narrow = |q: &mut Query<SumRow>| {
        if !filter.from.is_empty() {
            q.filter("month >= ?", &[&filter.from]);
        }
        if !filter.until.is_empty() {
            q.filter("month <= ?", &[&filter.until]);
        }
    };
    summed(tx, "month", own.as_deref(), &narrow, &filter.unit)
}

/// By week, of streets, towns, communities and villages, since this day.
pub fn weeks(ctx: &Ctx, tx: &mut Tx<'_>, filter: &LedgerFilter, since: Date) -> Result<Vec<LedgerLine>> {
    let own = own(ctx)?;
    let grassroots = people::queries::units_of_kinds(tx, &GRASSROOTS)?;
    let narrow = |q: &mut Query<SumRow>| {
        q.filter("week >= ?", &[&since]).one_of("unit_id", &grassroots);
    };
    summed(tx, "week", own.as_deref(), &narrow, &filter.unit)
}

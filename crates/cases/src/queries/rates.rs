//! 结案率、按期结案率、返工率 … by unit, kind, place and source.
//!
//! 应结案 are the cases whose handling deadline (`due_at`) falls in the period, whenever they were reported; otherwise
//! the rates could not be worked out again later. Voided, merged and refused cases do not count, nor do those whose
//! clock stands (parked, in dispute, waiting for the reporter), nor parents of parts: their parts count. 结案 are those
//! of them closed by now, 按期结案 those whose accepted answer came by the deadline. Every number opens to its cases: the
//! list takes the same conditions (`only=counted` with `due_from` and `due_until`).

use super::filter::{end_of, visible};
use crate::model::{Section, Source};
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::Result;
use kernel::time::{Date, Instant};
use kernel::workflow::Named;
use store::{Query, Tx, record};

/// Which cases count.
pub(super) const COUNTED: &str = "due_at is not null and state not in ('voided', 'merged', 'refused', 'parked', 'unclear', 'inquired', 'disputed', 'split')";

const SUMS: &str = "count(*) as due,
    coalesce(sum(case when state = 'closed' then 1 else 0 end), 0) as closed,
    coalesce(sum(case when state = 'closed' and on_time = 1 then 1 else 0 end), 0) as on_time,
    coalesce(sum(case when answered_at is not null then 1 else 0 end), 0) as handled,
    coalesce(sum(case when rework_count > 0 then 1 else 0 end), 0) as rework,
    coalesce(sum(case when return_count > 0 then 1 else 0 end), 0) as returned,
    coalesce(sum(case when extension_count > 0 then 1 else 0 end), 0) as extended,
    coalesce(sum(case when contest_count > 0 then 1 else 0 end), 0) as contested,
    coalesce(sum(case when recurrence_count > 0 then 1 else 0 end), 0) as recurred,
    coalesce(sum(case when satisfaction is not null then 1 else 0 end), 0) as rated,
    coalesce(sum(case when satisfaction = 'good' then 1 else 0 end), 0) as satisfied";

record! {
    /// Counts of a period. Each rate is one of them over another.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct Rates {
        /// What the rates are of: a unit, an item, a division, a section, the digits of a grid cell, the place of a source in
        /// its list from 1 (0: none), or 0 for everything.
        pub key: i64,
        /// 应结案.
        pub due: i64,
        pub closed: i64,
        /// 按期结案.
        pub on_time: i64,
        /// Answered at least once.
        pub handled: i64,
        pub rework: i64,
        pub returned: i64,
        pub extended: i64,
        pub contested: i64,
        /// 反弹: came back after it was closed.
        pub recurred: i64,
        pub rated: i64,
        pub satisfied: i64,
    }
}

/// What to group by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    Unit,
    Item,
    Division,
    Section,
    /// The unit grid cell, by the fifteen digits of its code.
    Grid,
    Source,
}

impl Rates {
    /// The same of both together: counts add up, rates are worked out from the sums.
    pub fn add(&mut self, other: &Rates) {
        // every count is named, so that none that comes later is forgotten
        let Rates {
            key: _,
            due,
            closed,
            on_time,
            handled,
            rework,
            returned,
            extended,
            contested,
            recurred,
            rated,
            satisfied,
        } = other;
        self.due += due;
        self.closed += closed;
        self.on_time += on_time;
        self.handled += handled;
        self.rework += rework;
        self.returned += returned;
        self.extended += extended;
        self.contested += contested;
        self.recurred += recurred;
        self.rated += rated;
        self.satisfied += satisfied;
    }
}

/// A part of the city. Everything that is named must hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scope {
    /// One of these divisions; empty: anywhere.
    pub divisions: Vec<i64>,
    pub grid: String,
    pub section: Option<Id<Section>>,
    /// Metres along the section, from and to.
    pub along: Option<(f64, f64)>,
}

impl Group {
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "unit" => Some(Group::Unit),
            "item" => Some(Group::Item),
            "division" => Some(Group::Division),
            "section" => Some(Group::Section),
            "source" => Some(Group::Source),
            _ => None,
        }
    }

    pub(super) fn column(self) -> String {
        match self {
            Group::Unit => "lead_unit".to_owned(),
            Group::Item => "item_id".to_owned(),
            Group::Division => "division_id".to_owned(),
            Group::Section => "section_id".to_owned(),
            // fifteen digits, as `places` checks them
            Group::Grid => "case when length(grid) = 15 then cast(grid as BIGINT) end".to_owned(),
            Group::Source => {
                let places =
                    Source::ALL.iter().zip(1..).map(|(s, n)| format!("when '{}' then {n}", s.code()));
                format!("case source {} end", places.collect::<Vec<_>>().join(" "))
            }
        }
    }

    /// The source that a key of [`Group::Source`] stands for.
    pub fn source(key: i64) -> Option<Source> {
        Source::ALL.get(usize::try_from(key).ok()?.checked_sub(1)?).copied()
    }
}

fn period(ctx: &Ctx, q: &mut Query<Rates>, (from, until): (Date, Date), scope: &Scope) {
    q.filter("due_at >= ? and due_at < ?", &[&Instant::start_of(from), &end_of(until)]).filter(COUNTED, &[]);
    if !scope.divisions.is_empty() {
        q.one_of("division_id", &scope.divisions);
    }
    if !scope.grid.is_empty() {
        q.filter("grid = ?", &[&scope.grid]);
    }
    if let Some(section) = scope.section {
        q.filter("section_id = ?", &[&section]);
    }
    if let Some((from, to)) = scope.along {
        q.filter("along_m >= ? and along_m < ?", &[&from, &to]);
    }
    visible(ctx, q);
}

/// The whole: of what the person may see. Reads the period's cases: that is what is asked for.
pub fn total(ctx: &Ctx, tx: &mut Tx<'_>, from: Date, until: Date) -> Result<Rates> {
    total_in(ctx, tx, (from, until), &Scope::default())
}

/// The same of a part of the city.
pub fn total_in(ctx: &Ctx, tx: &mut Tx<'_>, days: (Date, Date), scope: &Scope) -> Result<Rates> {
    let mut q = Query::<Rates>::new(&format!("select 0 as key, {SUMS} from case_file"));
    period(ctx, &mut q, days, scope);
    Ok(tx.query(&q)?.into_iter().next().unwrap_or_default())
}

/// Rows that a table shows.
const SHOWN: i64 = 500;
/// Rows that are added up: more than any city has divisions or cells with cases.
const ALL: i64 = 100_000;

/// By unit, item, division, section or source, most cases first.
pub fn by_group(ctx: &Ctx, tx: &mut Tx<'_>, group: Group, from: Date, until: Date) -> Result<Vec<Rates>> {
    rows(ctx, tx, group, (from, until), &Scope::default(), SHOWN)
}

/// The same of a part of the city, all of it: for who adds it up.
pub fn by_group_in(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    group: Group,
    days: (Date, Date),
    scope: &Scope,
) -> Result<Vec<Rates>> {
    rows(ctx, tx, group, days, scope, ALL)
}

fn rows(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    group: Group,
    days: (Date, Date),
    scope: &Scope,
    limit: i64,
) -> Result<Vec<Rates>> {
    let column = group.column();
    let mut q = Query::<Rates>::new(&format!("select coalesce({column}, 0) as key, {SUMS} from case_file"));
    period(ctx, &mut q, days, scope);
    q.tail(&format!("group by coalesce({column}, 0) order by 2 desc, 1 limit ?"), &[&limit]);
    tx.query(&q)
}

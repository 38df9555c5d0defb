//! 结案率、按期结案率、返工率 … by unit, kind, place and source.
//!
//! 应结案 are the cases whose handling deadline (`due_at`) falls in the period, whenever they were reported; otherwise
//! the rates could not be worked out again later. Voided, merged and refused cases do not count, nor do those whose
//! clock stands (parked, in dispute, waiting for the reporter), nor parents of parts: their parts count. 结案 are those
//! of them closed by now, 按期结案 those whose accepted answer came by the deadline. Every number opens to its cases: the
//! list takes the same conditions (`only=counted` with `due_from` and `due_until`).

use super::filter::{end_of, visible};
use kernel::ctx::Ctx;
use kernel::problem::Result;
use kernel::time::{Date, Instant};
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
        /// What the rates are of: a unit, an item, a division, a section (0: none), or 0 for everything.
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
}

impl Group {
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "unit" => Some(Group::Unit),
            "item" => Some(Group::Item),
            "division" => Some(Group::Division),
            "section" => Some(Group::Section),
            _ => None,
        }
    }

    fn column(self) -> &'static str {
        match self {
            Group::Unit => "lead_unit",
            Group::Item => "item_id",
            Group::Division => "division_id",
            Group::Section => "section_id",
        }
    }
}

fn period(ctx: &Ctx, q: &mut Query<Rates>, from: Date, until: Date) {
    q.filter("due_at >= ? and due_at < ?", &[&Instant::start_of(from), &end_of(until)]).filter(COUNTED, &[]);
    visible(ctx, q);
}

/// The whole: of what the person may see. Reads the period's cases: that is what is asked for.
pub fn total(ctx: &Ctx, tx: &mut Tx<'_>, from: Date, until: Date) -> Result<Rates> {
    let mut q = Query::<Rates>::new(&format!("select 0 as key, {SUMS} from case_file"));
    period(ctx, &mut q, from, until);
    Ok(tx.query(&q)?.into_iter().next().unwrap_or_default())
}

/// By unit, item, division or section, most cases first.
pub fn by_group(ctx: &Ctx, tx: &mut Tx<'_>, group: Group, from: Date, until: Date) -> Result<Vec<Rates>> {
    let column = group.column();
    let mut q = Query::<Rates>::new(&format!("select coalesce({column}, 0) as key, {SUMS} from case_file"));
    period(ctx, &mut q, from, until);
    q.tail(&format!("group by coalesce({column}, 0) order by 2 desc, 1 limit ?"), &[&500_i64]);
    tx.query(&q)
}

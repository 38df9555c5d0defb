//! What pages, the API and scoring read.

mod compare;
mod day;
mod observations;
mod records;
mod sheets;
mod standards;

pub use compare::{Compared, Drift, LEAST, LEVEL, Pair, agreement};
pub use day::{Stopped, on, visits};
pub use observations::{
    ByStandard, COUNTED, Filter as ObservationFilter, Line, Sums, by_standard, observations,
    observations_count, tallies,
};
pub use records::{Filter, Full, Shot, full, listed, listed_count, photo};
pub(crate) use records::{inspectors, numbers};
pub use sheets::{Listed, editions, one, sheets, types};
pub use standards::{Strangers, strangers};

use crate::model::Record;
use crate::policy::{self, Act};
use ::store::{Query, Tx};
use inspections::model::{Drawn, Inspection};
use kernel::ctx::{Ctx, Person};
use kernel::id::Id;
use kernel::problem::Result;

/// Which records somebody may see.
#[derive(Clone, Debug, Default)]
pub struct Sight {
    me: Option<Id<Person>>,
    /// Everybody's, before an inspection has ended too.
    wide: bool,
    /// Points that they visit in inspections that are not over: nobody else's record of these.
    hidden: Vec<Id<Drawn>>,
    /// Inspections that have ended; not asked for where the sight is wide.
    ended: Vec<Id<Inspection>>,
}

/// # Errors
/// 401 and 403 for who may read no records at all.
pub fn sight(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Sight> {
    policy::somewhere(ctx, Act::Read)?;
    let (me, wide) = (ctx.person(), policy::may(ctx, Act::ReadAll));
    let hidden = match me {
        Some(me) => inspections::queries::points_not_over(tx, me)?,
        None => Vec::new(),
    };
    // of inspectors of the whole city; whoever inspects for a unit sees their own
    let ended =
        if wide || !policy::may(ctx, Act::Read) { Vec::new() } else { inspections::queries::ended(tx)? };
    Ok(Sight { me, wide, hidden, ended })
}

impl Sight {
    pub fn sees(&self, record: &Record) -> bool {
        if self.me == Some(record.person_id) {
            return true;
        }
        record.state != crate::workflow::State::Draft
            && !self.hidden.contains(&record.point_id)
            && (self.wide || self.ended.contains(&record.inspection_id))
    }

    /// The same as a condition of a list over columns `person_id`, `point_id` and `inspection_id`.
    fn narrow<R>(&self, query: &mut Query<R>) {
        let me = self.me.unwrap_or_else(|| Id::new(0));
        let marks = |n: usize| vec!["?"; n].join(", ");
        let mut values: Vec<&dyn ::store::Bind> = vec![&me];
        let mut others = Vec::new();
        if !self.hidden.is_empty() {
            others.push(format!("point_id not in ({})", marks(self.hidden.len())));
            values.extend(self.hidden.iter().map(|id| id as &dyn ::store::Bind));
        }
        if !self.wide {
            if self.ended.is_empty() {
                others.push("1 = 0".to_owned());
            } else {
                others.push(format!("inspection_id in ({})", marks(self.ended.len())));
                values.extend(self.ended.iter().map(|id| id as &dyn ::store::Bind));
            }
        }
        if !others.is_empty() {
            query.filter(&format!("person_id = ? or ({})", others.join(" and ")), &values);
        }
    }
}

/// Whether somebody may see a record, for doors that show less where they may not.
pub fn may_read(ctx: &Ctx, tx: &mut Tx<'_>, record: &Record) -> Result<bool> {
    Ok(policy::POLICY.somewhere(ctx, Act::Read) && sight(ctx, tx)?.sees(record))
}

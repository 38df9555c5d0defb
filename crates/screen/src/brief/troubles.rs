//! Three problems that want a leader's eye: what is late longest, what most people report, what came back after it was closed.
//! Each is one case, with its place and the unit that answers for it.

use ::store::Tx;
use cases::model::Item;
use cases::queries::{self, CaseLine, Filter, Sort};
use cases::workflow::State;
use kernel::ctx::{Ctx, Unit};
use kernel::id::Id;
use kernel::problem::Result;
use kernel::time::Instant;
use places::model::Division;

/// Why a case stands on the sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Late since then; nothing of what a unit has is late longer.
    Overdue(Instant),
    /// So many others have reported it too or follow it.
    Reported(i64),
    /// It is an earlier case again.
    Again,
}

impl Why {
    pub fn code(self) -> &'static str {
        match self {
            Why::Overdue(_) => "overdue",
            Why::Reported(_) => "reported",
            Why::Again => "again",
        }
    }

    /// The list that it is the first of.
    pub fn list(self) -> &'static str {
        match self {
            Why::Overdue(_) => "/cases?only=overdue&state=dispatched,handling&sort=due",
            Why::Reported(_) => "/cases?state=open",
            Why::Again => "/cases?state=open&only=recurrence",
        }
    }
}

/// A problem.
#[derive(Clone, Debug)]
pub struct Trouble {
    pub why: Why,
    pub number: String,
    pub title: String,
    pub address: String,
    pub division: Option<Id<Division>>,
    pub item: Option<Id<Item>>,
    /// The unit that answers for it; empty while none has it.
    pub unit: String,
    pub reported_at: Instant,
}

pub(super) fn read(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Vec<Trouble>> {
    let mut found: Vec<(Why, CaseLine)> = Vec::new();
    let late = Filter {
        only: vec!["overdue".to_owned()],
        states: vec![State::Dispatched, State::Handling],
        sort: Sort::Due,
        ..Filter::default()
    };
    let late = queries::list(ctx, tx, &late, None)?.rows.into_iter();
    let late = late.filter_map(|line| Some((Why::Overdue(line.stage_due_at?), line)));
    take_new(&mut found, late);
    let reported = queries::most_reported(ctx, tx, 3)?.into_iter();
    take_new(&mut found, reported.map(|(line, others)| (Why::Reported(others), line)));
    let again = Filter { only: vec!["recurrence".to_owned()], states: State::open(), ..Filter::default() };
    let again = queries::list(ctx, tx, &again, None)?.rows.into_iter();
    take_new(&mut found, again.map(|line| (Why::Again, line)));

    let units: Vec<Id<Unit>> = found.iter().filter_map(|(_, line)| line.lead_unit).collect();
    let units = people::queries::unit_names(tx, &units)?;
    let trouble = |(why, line): (Why, CaseLine)| Trouble {
        why,
        unit: line.lead_unit.and_then(|id| units.get(&id).cloned()).unwrap_or_default(),
        number: line.number,
        title: line.title,
        address: line.address,
        division: line.division_id,
        item: line.item_id,
        reported_at: line.reported_at,
    };
    Ok(found.into_iter().map(trouble).collect())
}

/// The first that does not stand on the sheet already.
fn take_new(found: &mut Vec<(Why, CaseLine)>, mut of: impl Iterator<Item = (Why, CaseLine)>) {
    let new = of.find(|(_, line)| found.iter().all(|(_, other)| other.id != line.id));
    found.extend(new);
}

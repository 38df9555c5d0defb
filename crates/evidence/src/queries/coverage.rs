//! How far a period is: of each standard, which kinds of evidence are asked for, in review, filed, missing.

use crate::commands::standards_of;
use crate::model::{Kind, Period};
use crate::policy::{self, Act};
use crate::store as rows;
use crate::workflow::State;
use ::store::{Tx, record, sql};
use assessment::scheme::standards::Standard;
use kernel::ctx::{Ctx, Unit};
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use std::collections::{BTreeMap, HashMap};

kernel::named! {
    /// How far a kind is for a standard; the least first.
    pub enum Level {
        Missing = "missing",
        Asked = "asked",
        /// Begun, handed in, or under review.
        Review = "review",
        Filed = "filed",
    }
}

/// A kind of evidence for a standard.
#[derive(Clone, Debug)]
pub struct Covered {
    pub kind: Kind,
    pub level: Level,
    /// Numbers of items and requests, those that are furthest first.
    pub numbers: Vec<String>,
}

/// A line of the tree.
#[derive(Clone, Debug)]
pub struct CoverageLine {
    pub standard: Standard,
    /// Kinds that the standard names, and those that are there all the same. Empty for a group.
    pub kinds: Vec<Covered>,
}

impl CoverageLine {
    /// The least of its kinds; none where no kind is named and nothing is there.
    pub fn level(&self) -> Option<Level> {
        self.kinds.iter().map(|covered| covered.level).min()
    }
}

/// What is owed by one lead unit.
#[derive(Clone, Debug, Default)]
pub struct UnitGap {
    pub unit: String,
    /// Kinds of its standards by level.
    pub counts: [i64; 4],
}

#[derive(Clone, Debug)]
pub struct Coverage {
    pub period: Period,
    pub lines: Vec<CoverageLine>,
    /// Kinds of all standards by level.
    pub counts: [i64; 4],
    /// By lead unit, the one with most missing first.
    pub units: Vec<UnitGap>,
}

record! {
    struct UseRow {
        code: String,
        kind: Kind,
        number: String,
        state: State,
        unit_id: Id<Unit>,
    }
}

record! {
    struct AskRow {
        code: String,
        kind: Kind,
        number: String,
        unit_id: Id<Unit>,
    }
}

fn level(state: State) -> Option<Level> {
    match state {
        State::Filed => Some(Level::Filed),
        State::First | State::Second | State::Final => Some(Level::Review),
        State::Draft | State::Returned => Some(Level::Asked),
        State::Withdrawn => None,
    }
}

/// The whole tree of a period with what is there: it is looked at as a whole. A unit's people see what their units are to do.
pub fn coverage(ctx: &Ctx, tx: &mut Tx<'_>, number: &str) -> Result<Coverage> {
    policy::require(ctx, Act::See)?;
    let period = rows::period_by_number(tx, number)?.ok_or_else(Problem::not_found)?;
    let whole = policy::everywhere(ctx, Act::See);
    let own: Vec<Id<Unit>> = ctx
        .grants()
        .iter()
        .filter_map(|grant| match &grant.reach {
            kernel::policy::Reach::Units(units) => Some(units.clone()),
            kernel::policy::Reach::WholeCity => None,
        })
        .flatten()
        .collect();
    let mine = |unit: Id<Unit>| whole || own.contains(&unit);
    let mut there: HashMap<(String, Kind), Vec<(Level, String)>> = HashMap::new();
    for row in uses(tx, period.id)? {
        if let Some(level) = level(row.state).filter(|_| mine(row.unit_id)) {
            there.entry((row.code, row.kind)).or_default().push((level, row.number));
        }
    }
    for row in asks(tx, period.id)? {
        if mine(row.unit_id) {
            there.entry((row.code, row.kind)).or_default().push((Level::Asked, row.number));
        }
    }
    let names = if whole { None } else { Some(unit_names(tx, &own)?) };
    let lines = lines(standards_of(tx, &period)?.lines, there, names.as_deref());
    let mut counts = [0; 4];
    let mut units: BTreeMap<String, UnitGap> = BTreeMap::new();
    for line in &lines {
        for covered in &line.kinds {
            let at = covered.level as usize;
            counts[at] += 1;
            let unit = units.entry(line.standard.lead_unit.clone()).or_default();
            unit.counts[at] += 1;
        }
    }
    let mut units: Vec<UnitGap> = units.into_iter().map(|(unit, gap)| UnitGap { unit, ..gap }).collect();
    units.sort_by_key(|gap| std::cmp::Reverse(gap.counts[0]));
    Ok(Coverage { period, lines, counts, units })
}

fn unit_names(tx: &mut Tx<'_>, own: &[Id<Unit>]) -> Result<Vec<String>> {
    Ok(people::queries::unit_names(tx, own)?.into_values().collect())
}

/// `only`: units whose standards are shown; groups without any are left out.
fn lines(
    standards: Vec<Standard>,
    mut there: HashMap<(String, Kind), Vec<(Level, String)>>,
    only: Option<&[String]>,
) -> Vec<CoverageLine> {
    let mut lines: Vec<CoverageLine> = Vec::new();
    for standard in standards {
        let mut kinds = Vec::new();
        if !standard.divided {
            let named: Vec<Kind> = standard.evidence.iter().filter_map(|word| Kind::of_word(word)).collect();
            for kind in <Kind as kernel::workflow::Named>::ALL {
                let mut found = there.remove(&(standard.code.clone(), *kind)).unwrap_or_default();
                if found.is_empty() && !named.contains(kind) {
                    continue;
                }
                found.sort_by(|a, b| b.cmp(a));
                let level = found.first().map_or(Level::Missing, |(level, _)| *level);
                let numbers = found.into_iter().map(|(_, number)| number).collect();
                kinds.push(Covered { kind: *kind, level, numbers });
            }
            let ours = |only: &[String]| {
                only.iter().any(|unit| *unit == standard.lead_unit || standard.units.contains(unit))
            };
            let touched = kinds.iter().any(|covered| !covered.numbers.is_empty());
            if !only.is_none_or(|only| ours(only) || touched) {
                continue;
            }
        }
        lines.push(CoverageLine { standard, kinds });
    }
    if only.is_some() {
        // a group stays where something stands below it
        let depths: Vec<(usize, bool)> =
            lines.iter().map(|line| (line.standard.depth, line.standard.divided)).collect();
        let mut at = 0;
        lines.retain(|line| {
            let below = depths.get(at + 1..).unwrap_or_default().iter();
            let under = below.take_while(|(depth, _)| *depth > line.standard.depth);
            at += 1;
            !line.standard.divided || under.into_iter().any(|(_, divided)| !divided)
        });
    }
    lines
}

fn uses(tx: &mut Tx<'_>, period: Id<Period>) -> Result<Vec<UseRow>> {
    tx.all(
        sql!(UseRow: "select u.code as code, i.kind as kind, i.number as number, i.state as state, i.unit_id as unit_id
              from evidence_use u join evidence_item i on i.id = u.item_id where u.period_id = $1"),
        &[&period],
    )
}

fn asks(tx: &mut Tx<'_>, period: Id<Period>) -> Result<Vec<AskRow>> {
    tx.all(
        sql!(AskRow: "select s.code as code, r.kind as kind, r.number as number, r.unit_id as unit_id
              from evidence_request r join evidence_request_standard s on s.request_id = r.id
              where r.period_id = $1 and r.state = 'open'"),
        &[&period],
    )
}

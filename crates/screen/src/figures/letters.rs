//! Reminders, supervision letters and summonses that have not ended: how many, never to whom.

use crate::area::Area;
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::problem::Result;
use kernel::workflow::Named;
use ladder::model::Rung;
use ladder::queries::{Filter, LetterLine, Show};
use std::collections::HashSet;

/// Counts of letters that have not ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Letters {
    /// By rung, in the order of the ladder.
    pub rungs: Vec<(Rung, i64)>,
    /// Of these, those whose answer is late.
    pub late: i64,
}

/// Letters that are looked at: more than any office has open.
const MOST: usize = 5000;

impl Letters {
    /// Of what the person may see. Of a part of the city, those about its cases.
    pub fn read(ctx: &Ctx, tx: &mut Tx<'_>, area: &Area) -> Result<Self> {
        let open = Filter { show: Some(Show::Open), ..Filter::default() };
        let mut lines = ladder::queries::each(ctx, tx, &open, MOST)?;
        if area.division.is_some() {
            let there = cases_of(ctx, tx, area, &lines)?;
            lines.retain(|line| there.contains(&line.subject_number));
        }
        Ok(Self::count(ctx, &lines))
    }

    fn count(ctx: &Ctx, lines: &[LetterLine]) -> Self {
        let of = |rung: Rung| lines.iter().filter(|l| l.rung == rung).count();
        let whole = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        Self {
            rungs: Rung::ALL.iter().map(|rung| (*rung, whole(of(*rung)))).collect(),
            late: whole(lines.iter().filter(|l| l.is_late(ctx.now)).count()),
        }
    }
}

/// Numbers of the cases of this area that the letters are about.
fn cases_of(ctx: &Ctx, tx: &mut Tx<'_>, area: &Area, lines: &[LetterLine]) -> Result<HashSet<String>> {
    let about = lines.iter().filter(|l| l.subject_kind == cases::letters::CASE);
    let mut numbers: Vec<String> = about.map(|l| l.subject_number.clone()).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let mut there = HashSet::new();
    for some in numbers.chunks(500) {
        let found = cases::queries::chosen(ctx, tx, some)?.into_iter();
        let inside = found.filter(|c| c.division_id.is_some_and(|d| area.divisions.contains(&d.raw())));
        there.extend(inside.map(|c| c.number));
    }
    Ok(there)
}

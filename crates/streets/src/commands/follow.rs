//! The register follows the city: sections that were split or joined, units that were merged.

use super::pass_on::pass_on;
use super::split::like;
use super::{close, event, insert};
use crate::model::{Adoption, Draft, EndReason, SHORTEST_M, Section};
use crate::queries::{carry, is_gone};
use crate::store as rows;
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use people::model::UnitState;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// What was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Followed {
    /// Adoptions that went over to the sections which took the place of theirs.
    pub sections: usize,
    /// Adoptions that went over to the unit into which theirs was merged.
    pub units: usize,
}

/// Looks at every open adoption. Done twice, it finds nothing the second time.
pub fn follow(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Followed> {
    let today = ctx.now.date();
    let open = rows::open_after(tx, today)?;
    let mut sections: HashMap<_, Section> = HashMap::new();
    let mut followed = Followed::default();
    for adoption in open.into_iter().filter(Adoption::holds_ever) {
        let section = match sections.entry(adoption.section_id) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(places::queries::section(tx, adoption.section_id)?),
        };
        if is_gone(section, today) {
            followed.sections += usize::from(follow_section(ctx, tx, adoption, section)?);
        } else if let Some(unit) =
            people::queries::unit(tx, adoption.unit_id)?.filter(|u| u.state == UnitState::Merged)
        {
            let taker = people::queries::successor(tx, unit.id)?;
            let taker = people::queries::unit(tx, taker)?.ok_or_else(Problem::not_found)?;
            pass_on(ctx, tx, adoption, section, &taker)?;
            followed.units += 1;
        }
    }
    if followed == Followed::default() {
        tx.housekeeping();
    } else {
        rows::touch(tx)?;
    }
    Ok(followed)
}

fn follow_section(ctx: &Ctx, tx: &mut Tx<'_>, adoption: Adoption, section: &Section) -> Result<bool> {
    let Some(gone) = section.valid_until else { return Ok(false) };
    let until = adoption.until_date;
    let unit = people::queries::unit(tx, adoption.unit_id)?.ok_or_else(Problem::not_found)?;
    let heirs = places::queries::successors(tx, section.id)?;
    let old = close(tx, adoption, gone, EndReason::Section)?;
    let mut into = Vec::new();
    for heir in &heirs {
        let Some((from_m, to_m)) = carry(heir, old.from_m, old.to_m).filter(|(a, b)| b - a >= SHORTEST_M)
        else {
            continue;
        };
        let target = places::queries::section(tx, heir.new_id)?;
        let from = old.from_date.max(gone);
        let draft = Draft { section: target.id, from, until, ..like(&old) };
        into.push(insert(ctx, tx, &draft, (from_m, to_m), &target, &unit, "adoption.made-of")?.number);
    }
    tx.record(ctx, event("adoption.moved", &old).with("into", into.join(", ")))?;
    Ok(true)
}

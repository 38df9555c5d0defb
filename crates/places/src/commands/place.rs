//! What the commands on sections and sites share: the door to each entity, and the checks against the rest of the city.

use crate::index::PlaceIndex;
use crate::jobs::RELOCATE;
use crate::model::{Division, Section, Site};
use crate::policy::{Act, POLICY, standing};
use crate::{naming, queries, store as rows};
use kernel::ctx::Ctx;
use kernel::geometry::{Line, distance_m};
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use store::{Tx, jobs, words};

/// The only door to a section that is to be changed.
pub(crate) fn load_section_for(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    index: &PlaceIndex,
    number: &str,
) -> Result<Section> {
    let section = queries::section_by_number(tx, number)?;
    may(ctx, index, section.division_id)?;
    if section.is_retired() {
        return Err(Problem::conflict("section-retired").arg("number", number));
    }
    Ok(section)
}

/// The only door to a site that is to be changed.
pub(crate) fn load_site_for(ctx: &Ctx, tx: &mut Tx<'_>, index: &PlaceIndex, number: &str) -> Result<Site> {
    let site = queries::site_by_number(tx, number)?;
    may(ctx, index, site.division_id)?;
    Ok(site)
}

/// Whether the person keeps the places of this division.
pub(crate) fn may(ctx: &Ctx, index: &PlaceIndex, division: Option<Id<Division>>) -> Result<()> {
    POLICY.require(ctx, Act::Edit, &standing(index.governing(division)), true)
}

/// The division a line belongs to: where its middle lies, else where one of its ends does. Refused when all three lie
/// outside the city.
pub(crate) fn division_of_line(index: &PlaceIndex, line: &Line) -> Result<Option<Id<Division>>> {
    let spots = [line.length_m() / 2.0, 0.0, line.length_m()].map(|along| line.point_at(along));
    if !spots.iter().any(|spot| index.inside_city(*spot)) {
        return Err(Problem::field("geometry", "place-outside-city"));
    }
    Ok(spots.iter().find_map(|spot| index.locate(*spot).division))
}

/// Refuses a section that is there already, by its code or between the same crossings.
pub(crate) fn refuse_twin_section(tx: &mut Tx<'_>, section: &Section) -> Result<()> {
    match rows::twin_section(tx, section)? {
        Some(twin) => {
            let field =
                if section.code.is_some() && twin.code == section.code { "place_code" } else { "street" };
            Err(taken(field, "section-exists", &twin.number))
        }
        None => Ok(()),
    }
}

/// Sites of one name and type may stand on both sides of a street, but not on the same spot.
const SAME_SPOT_M: f64 = 10.0;

pub(crate) fn refuse_twin_site(tx: &mut Tx<'_>, site: &Site) -> Result<()> {
    for twin in rows::twin_sites(tx, site)? {
        if site.code.is_some() && twin.code == site.code {
            return Err(taken("place_code", "site-exists", &twin.number));
        }
        if distance_m(twin.point(), site.point()) < SAME_SPOT_M {
            return Err(taken("place_name", "site-exists", &twin.number));
        }
    }
    Ok(())
}

fn taken(field: &'static str, code: &'static str, number: &str) -> Problem {
    Problem::invalid(vec![kernel::problem::FieldError::new(field, code).arg("number", number)])
}

pub(crate) fn index_section(tx: &mut Tx<'_>, s: &Section) -> Result<()> {
    let code = s.code.as_deref().unwrap_or_default();
    let text = format!("{} {code} {} {} {}", s.number, s.street, s.from_crossing, s.to_crossing);
    tx.index_words(s.id, &words::index_tokens(&text))?;
    naming::section(tx, s.id, &s.street)
}

pub(crate) fn index_site(tx: &mut Tx<'_>, s: &Site) -> Result<()> {
    let (code, address) = (s.code.as_deref().unwrap_or_default(), s.address.as_deref().unwrap_or_default());
    tx.index_words(s.id, &words::index_tokens(&format!("{} {code} {} {address}", s.number, s.name)))?;
    naming::site(tx, s.id, &s.name)
}

/// After any change of sections or divisions: memories are old, and sites may lie elsewhere now.
pub(crate) fn section_changed(tx: &mut Tx<'_>) -> Result<()> {
    rows::touch(tx, rows::Counter::Places)?;
    let now = tx.now();
    jobs::enqueue(tx, RELOCATE, &(), now, Some(RELOCATE))
}

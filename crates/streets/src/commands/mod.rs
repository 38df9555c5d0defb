//! What can be done with the register, one verb a file. All take the city's [`PlaceIndex`], which says who governs a place.

mod adopt;
mod change;
mod end;
mod follow;
mod hand_over;
mod insert;
mod join;
mod log_patrol;
mod pass_on;
mod print_signs;
mod replace;
mod report_finding;
mod save_settings;
mod split;

pub use adopt::adopt;
pub(crate) use adopt::adopt_quietly;
pub use change::change;
pub use end::end;
pub use follow::{Followed, follow};
pub use hand_over::{Handed, hand_over};
pub(crate) use insert::insert;
pub use join::{join, joinable};
pub use log_patrol::{Walk, log_patrol};
pub use print_signs::print_signs;
pub use replace::replace;
pub use report_finding::{Finding, report_finding};
pub use save_settings::{StandardDraft, save_standard, set_hotline, show_leader};
pub use split::split;

use crate::model::{Adoption, EndReason, Section, Standard};
use crate::policy::{Act, POLICY};
use crate::store as rows;
use ::store::{Event, Tx, words};
use kernel::ctx::{Ctx, Unit};
use kernel::id::Id;
use kernel::policy::{Role, Standing, Tie};
use kernel::problem::{FieldError, Problem, Result};
use kernel::time::Date;
use people::UnitRow;
use places::PlaceIndex;

/// The only door to an adoption: loads it with its section and checks that the actor may do `act` to it.
pub fn load_for(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    index: &PlaceIndex,
    act: Act,
    number: &str,
) -> Result<(Adoption, Section)> {
    let adoption = rows::by_number(tx, number)?.ok_or_else(Problem::not_found)?;
    let section = places::queries::section(tx, adoption.section_id)?;
    let standing = adoption.standing(index.governing(section.division_id));
    POLICY.require(ctx, act, &standing, POLICY.may(ctx, Act::View, &standing))?;
    Ok((adoption, section))
}

/// [`load_for`] for a change that rests on what somebody saw: who saw an older version is told so.
fn open_for(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    index: &PlaceIndex,
    (number, version): (&str, i64),
) -> Result<(Adoption, Section)> {
    rows::touch(tx)?;
    let (adoption, section) = load_for(ctx, tx, index, Act::Edit, number)?;
    if adoption.version != version {
        return Err(Problem::stale());
    }
    if !adoption.holds_ever() {
        return Err(Problem::conflict("adoption-void").arg("number", number));
    }
    Ok((adoption, section))
}

/// The right to adopt on a section.
fn may_adopt(ctx: &Ctx, index: &PlaceIndex, section: &Section) -> Result<()> {
    let governing = index.governing(section.division_id);
    let standing = governing.map_or_else(Standing::city, |unit| Standing::of(Tie::Governs, unit));
    POLICY.require(ctx, Act::Edit, &standing, true)
}

/// A unit that can be given a street.
fn active(tx: &mut Tx<'_>, id: Id<Unit>) -> Result<UnitRow> {
    let unit = people::queries::unit(tx, id)?.filter(UnitRow::is_active);
    unit.ok_or_else(|| Problem::field("adoption_unit", "not-a-choice"))
}

fn standard_in_use(tx: &mut Tx<'_>, id: Id<Standard>) -> Result<Standard> {
    let found = rows::standard(tx, id)?.filter(|s| s.active);
    found.ok_or_else(|| Problem::field("adoption_standard", "not-a-choice"))
}

/// A reason that somebody must give, in words.
fn reason(text: &str) -> Result<&str> {
    let text = text.trim();
    match text.chars().count() {
        0 => Err(Problem::field("adoption_reason", "required")),
        1..=300 => Ok(text),
        _ => Err(Problem::invalid(vec![FieldError::new("adoption_reason", "too-long").arg("max", 300)])),
    }
}

/// Ends an adoption on the day before `first`, from when something else holds. What would end before it began is ended as
/// never having held.
fn close(tx: &mut Tx<'_>, mut adoption: Adoption, first: Date, why: EndReason) -> Result<Adoption> {
    let last = first.yesterday().map_err(Problem::internal)?;
    let never = adoption.from_date.yesterday().map_err(Problem::internal)?;
    adoption.until_date = Some(last.max(never));
    adoption.end_reason = Some(why);
    save(tx, &mut adoption)?;
    Ok(adoption)
}

fn save(tx: &mut Tx<'_>, adoption: &mut Adoption) -> Result<()> {
    tx.save(adoption)?;
    adoption.version += 1;
    Ok(())
}

/// The day from which something new holds: within the life of what it changes.
fn first_day(adoption: &Adoption, first: Date) -> Result<()> {
    let early = first < adoption.from_date;
    let late = adoption.until_date.is_some_and(|until| first > until);
    if early || late { Err(Problem::field("adoption_first", "adoption-outside-its-days")) } else { Ok(()) }
}

/// Puts the words by which staff find an adoption into the index.
fn index_words(tx: &mut Tx<'_>, adoption: &Adoption, section: &Section, unit: &str) -> Result<()> {
    let text = format!(
        "{} {} {} {} {} {unit} {}",
        adoption.number,
        section.number,
        section.street,
        section.from_crossing,
        section.to_crossing,
        adoption.leader
    );
    tx.index_words(adoption.id, &words::index_tokens(&text))
}

/// Tells the unit's people that a stretch is theirs.
fn tell_unit(tx: &mut Tx<'_>, adoption: &Adoption, section: &Section) -> Result<()> {
    const ROLES: &[Role] = &[Role::UnitHead, Role::UnitClerk];
    let people = people::queries::people_of_unit_with_role(tx, adoption.unit_id, ROLES)?;
    let people: Vec<_> = people.into_iter().map(|p| p.id).collect();
    let args = [("number", adoption.number.clone()), ("section", section.name())];
    web::notices::send(tx, &people, "adoption-given", &args, &format!("/streets/{}", adoption.number))
}

/// Metres as histories tell them.
pub(crate) fn metres(from_m: f64, to_m: f64) -> String {
    format!("{from_m:.0}–{to_m:.0}")
}

fn event(verb: &'static str, adoption: &Adoption) -> Event {
    Event::new(verb, adoption.id).with("number", adoption.number.as_str())
}

//! Reconcilers without input: the register follows the city, and people are told of what ends soon or waits for them.

use crate::commands;
use crate::model::{Adoption, TOLERANCE_M};
use crate::queries;
use crate::store as rows;
use ::store::Tx;
use ::store::idempotency::{self, Answer};
use ::store::jobs::{Periodic, Work};
use kernel::ctx::{Ctx, Person, Unit};
use kernel::id::Id;
use kernel::policy::Role;
use kernel::problem::Result;
use kernel::time::{DAY, Date};
use places::PlaceIndex;
use web::City;

pub const PERIODIC: &[Periodic] = &[
    Periodic::new("street-follow", 60, follow).at_startup(),
    Periodic::new("street-remind", 86_400, remind).at_startup(),
];

/// Under which version of the city's places and units the register was last made to follow.
struct Followed(String);

/// Takes adoptions along when sections are split or joined and units merged. Looks at versions first: most of the time
/// nothing has changed, and an hour at the latest it looks all the same.
fn follow(work: &Work<'_>) -> Result<()> {
    let city = work.tools.get::<City>()?;
    places::kept::refresh_now(city)?;
    let hour = work.ctx.now.0.div_euclid(kernel::time::HOUR);
    let version = format!("{}-{hour}", places::kept::version(city));
    if city.kept::<Followed>().is_some_and(|f| f.0 == version) {
        return Ok(());
    }
    let ctx = work.ctx.clone();
    work.db.write_now(&work.ctx, move |tx| commands::follow(&ctx, tx))?;
    city.keep(Followed(version));
    Ok(())
}

/// Days before an end on which somebody is told.
const AHEAD: i64 = 14;

fn remind(work: &Work<'_>) -> Result<()> {
    let ctx = work.ctx.clone();
    work.db.write_now(&work.ctx, move |tx| {
        tx.housekeeping();
        let today = ctx.now.date();
        let index = PlaceIndex::load(tx, today)?;
        ends_soon(tx, &index, today, ctx.now.plus(AHEAD * DAY).date())?;
        handovers(&ctx, tx, &index, today)
    })
}

/// Tells the office of adoptions that end within two weeks and have nobody after them, once each.
fn ends_soon(tx: &mut Tx<'_>, index: &PlaceIndex, today: Date, last: Date) -> Result<()> {
    for mut adoption in rows::ending(tx, today, last)? {
        let Some(until) = adoption.until_date.filter(|_| adoption.holds_ever()) else { continue };
        if !has_next(tx, &adoption, until)? {
            let section = places::queries::section(tx, adoption.section_id)?;
            let people = office(tx, index.governing(section.division_id))?;
            let args = [
                ("number", adoption.number.clone()),
                ("section", section.name()),
                ("until", until.to_string()),
            ];
            web::notices::send(
                tx,
                &people,
                "adoption-ends-soon",
                &args,
                &format!("/streets/{}", adoption.number),
            )?;
        }
        adoption.warned = true;
        tx.save(&adoption)?;
    }
    Ok(())
}

/// Whether somebody answers for the stretch on the day after.
fn has_next(tx: &mut Tx<'_>, of: &Adoption, until: Date) -> Result<bool> {
    let Ok(next) = until.tomorrow() else { return Ok(true) };
    let here = rows::of_section(tx, of.section_id)?;
    Ok(here.iter().any(|a| a.holds_on(next) && a.common_m(of.from_m, of.to_m) > TOLERANCE_M))
}

/// Tells the office of open cases that wait to be handed over, once on the day on which a new unit begins.
fn handovers(ctx: &Ctx, tx: &mut Tx<'_>, index: &PlaceIndex, today: Date) -> Result<()> {
    for adoption in rows::beginning(tx, today)? {
        let section = places::queries::section(tx, adoption.section_id)?;
        let cases = queries::handover(ctx, tx, &section, &adoption)?;
        if cases.is_empty() {
            continue;
        }
        let people = office(tx, index.governing(section.division_id))?;
        let args = [
            ("number", adoption.number.clone()),
            ("section", section.name()),
            ("count", cases.len().to_string()),
        ];
        let to = format!("/streets/{}/handover", adoption.number);
        // the program may be started again on the same day
        idempotency::once(tx, ctx, &format!("handover:{}:{today}", adoption.id), "", |tx| {
            web::notices::send(tx, &people, "adoption-handover", &args, &to)?;
            Ok(Answer { status: 200, body: String::new() })
        })?;
    }
    Ok(())
}

/// The office that keeps the register of a place.
fn office(tx: &mut Tx<'_>, governing: Option<Id<Unit>>) -> Result<Vec<Id<Person>>> {
    let unit = match governing {
        Some(unit) => Some(unit),
        None => people::queries::root(tx)?.map(|root| root.id),
    };
    let Some(unit) = unit else { return Ok(Vec::new()) };
    let people = people::queries::people_of_unit_with_role(tx, unit, &[Role::Office])?;
    Ok(people.into_iter().map(|p| p.id).collect())
}

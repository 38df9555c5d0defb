//! One file a verb. Each loads and authorises, decides, saves, records, and enqueues what follows.

mod commit;
mod drawing;
mod plan;
mod reassign;
mod replace;
mod send;
mod step;

pub use commit::commit;
pub use drawing::draw;
pub use plan::{change, plan};
pub use reassign::{Move, reassign};
pub use replace::replace;
pub use send::{Wanted, send};
pub use step::{cancel, end, start};

use crate::model::{Draw, Inspection, WORDS, words};
use crate::policy::{self, Act};
use crate::store as rows;
use crate::workflow::{INSPECTION, Step};
use ::store::{Event, Tx};
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};

/// Which inspection, and the version that the person saw.
pub type Which<'a> = (&'a str, i64);

/// The only door to an inspection that is to be changed: 404 where there is none, 409 where somebody was faster.
fn load_for(ctx: &Ctx, tx: &mut Tx<'_>, (number, version): Which<'_>) -> Result<Inspection> {
    policy::require(ctx, Act::Plan)?;
    let found = rows::by_number(tx, number)?.ok_or_else(Problem::not_found)?;
    if found.version != version {
        return Err(Problem::stale());
    }
    Ok(found)
}

/// The inspection as it stands after this step, not saved yet.
fn stepped(inspection: &Inspection, step: Step) -> Result<Inspection> {
    let to = INSPECTION.step(inspection.state, step)?.to;
    Ok(Inspection { state: to, ..inspection.clone() })
}

fn save(tx: &mut Tx<'_>, mut inspection: Inspection) -> Result<Inspection> {
    tx.save(&inspection)?;
    inspection.version += 1;
    Ok(inspection)
}

/// What binds it; there once it is committed.
fn draw_of(tx: &mut Tx<'_>, inspection: &Inspection) -> Result<Draw> {
    rows::draw_of(tx, inspection.id)?.ok_or_else(Problem::not_found)
}

fn event(verb: &'static str, inspection: &Inspection) -> Event {
    Event::new(verb, inspection.id)
        .with("number", inspection.number.as_str())
        .with("name", inspection.name.as_str())
}

/// A reason that somebody must give.
fn reason(text: &str) -> Result<String> {
    words("inspection_reason", text, WORDS).map_err(|e| Problem::invalid(vec![e]))
}

/// The name of whoever does it; empty for the program itself.
fn name_of(ctx: &Ctx) -> String {
    ctx.member().map(|member| member.name.clone()).unwrap_or_default()
}

//! What can be done with displays, one verb a file.

mod add;
mod arrange;
mod change;
mod renew;
mod revoke;

pub use add::add;
pub use arrange::arrange;
pub use change::change;
pub use renew::renew;
pub use revoke::revoke;

use crate::model::{Display, Panel, Standing};
use crate::policy::{self, Act};
use crate::store as rows;
use ::store::{Event, Tx};
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::time::Date;
use places::model::Division;

/// Where a display hangs, and until when.
#[derive(Clone, Debug)]
pub struct Registration {
    pub name: String,
    pub place: String,
    /// Its last day.
    pub until: Date,
}

/// What a display shows.
#[derive(Clone, Debug)]
pub struct Arrangement {
    pub title: String,
    pub panels: Vec<Panel>,
    pub division: Option<Id<Division>>,
}

/// The only door to a display that is to be changed: the right is asked for, and that nobody has changed it meanwhile.
fn load_for(ctx: &Ctx, tx: &mut Tx<'_>, act: Act, (number, version): (&str, i64)) -> Result<Display> {
    policy::require(ctx, act)?;
    let display = rows::by_number(tx, number)?;
    if display.version != version {
        return Err(Problem::stale());
    }
    if display.standing(ctx.now) == Standing::Revoked {
        return Err(Problem::conflict("display-over").arg("number", display.number));
    }
    Ok(display)
}

/// The display with this word, for whoever shows it.
///
/// # Errors
/// 404 `display-unknown`, 410 `display-revoked`, 410 `display-expired`.
pub fn open(ctx: &Ctx, tx: &mut Tx<'_>, word: &str) -> Result<Display> {
    let display = rows::by_hash(tx, &people::recognise::fingerprint(word))?;
    let display = display.ok_or_else(|| Problem::new(404, "display-unknown"))?;
    match display.standing(ctx.now) {
        Standing::Used => Ok(display),
        Standing::Revoked => Err(Problem::new(410, "display-revoked")),
        Standing::Expired => Err(Problem::new(410, "display-expired")),
    }
}

/// Notes that a display has just asked; to the minute. Nobody did anything: there is no event of it.
pub fn note_seen(ctx: &Ctx, tx: &mut Tx<'_>, id: Id<Display>) -> Result<()> {
    tx.housekeeping();
    rows::seen(tx, id, ctx.now).map(drop)
}

fn event(verb: &'static str, display: &Display) -> Event {
    Event::new(verb, display.id)
        .with("number", display.number.as_str())
        .with("name", display.name.as_str())
        .with("place", display.place.as_str())
}

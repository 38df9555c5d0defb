//! Work that follows from changes of places.

use crate::commands;
use crate::index::PlaceIndex;
use kernel::problem::Result;
use store::jobs::{JobHandler, Work};

/// Looks up again where sections and sites lie, after divisions or sections have changed. Without input; see
/// [`commands::relocate`].
pub const RELOCATE: &str = "places-relocate";

pub(crate) const HANDLERS: &[JobHandler] = &[JobHandler::new(RELOCATE, relocate)];

fn relocate(work: &Work<'_>) -> Result<()> {
    let ctx = work.ctx.clone();
    work.db.write_now(&work.ctx, move |tx| {
        let index = PlaceIndex::load(tx, ctx.now.date())?;
        commands::relocate(&ctx, tx, &index).map(drop)
    })
}

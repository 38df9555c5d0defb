//! 催办、督办、约谈 by hand: a letter of the ladder about a case. What it asks for may have to be signed by somebody else first.

use super::load_for;
use crate::desk::Desk;
use crate::letters;
use crate::model::Case;
use crate::policy::Act;
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::Result;
use ladder::commands::{Proposal, propose};
use ladder::model::Letter;

pub fn supervise(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    desk: &Desk,
    id: Id<Case>,
    proposal: &Proposal,
) -> Result<Letter> {
    let case = load_for(ctx, tx, Act::Supervise, id)?;
    propose(ctx, tx, &desk.ladder, &letters::subject(&case), proposal)
}

//! 并案: two reports of one problem. The later one points to the earlier, whose reporter and followers grow by one.

use super::question::forget_question;
use super::{load_for, save, settle, take};
use crate::desk::Desk;
use crate::model::Case;
use crate::policy::Act;
use crate::store;
use crate::workflow::Step;
use ::store::{Event, Tx};
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{Problem, Result};

pub fn merge(ctx: &Ctx, tx: &mut Tx<'_>, desk: &Desk, id: Id<Case>, into: Id<Case>) -> Result<Case> {
    let mut case = load_for(ctx, tx, Act::Merge, id)?;
    let event = take(&mut case, Step::Merge)?;
    let mut main = load_for(ctx, tx, Act::Merge, into)?;
    // what was merged itself leads on to where it went, never in a circle
    if let Some(further) = main.merged_into {
        main = load_for(ctx, tx, Act::Merge, further)?;
    }
    if main.id == case.id || main.merged_into.is_some() {
        return Err(Problem::field("into", "same-case"));
    }
    if main.state.is_over() {
        return Err(Problem::field("into", "case-over"));
    }
    for below in store::merged(tx, case.id)? {
        let mut below = below;
        below.merged_into = Some(main.id);
        save(ctx, tx, &mut below)?;
    }
    main.follower_count += 1 + case.follower_count;
    save(ctx, tx, &mut main)?;
    tx.record(ctx, Event::new("case.took-in", main.id).with("number", case.number.as_str()))?;
    forget_question(tx, &mut case, ctx.now)?;
    case.merged_into = Some(main.id);
    case.is_public = false;
    settle(ctx, tx, desk, case, Step::Merge, event.with("number", main.number.as_str()))
}

/// It was another problem after all.
pub fn unmerge(ctx: &Ctx, tx: &mut Tx<'_>, desk: &Desk, id: Id<Case>) -> Result<Case> {
    let mut case = load_for(ctx, tx, Act::Merge, id)?;
    let event = take(&mut case, Step::Unmerge)?;
    if let Some(main) = case.merged_into.take()
        && let Some(mut main) = store::case(tx, main)?
    {
        main.follower_count = (main.follower_count - 1 - case.follower_count).max(0);
        save(ctx, tx, &mut main)?;
        tx.record(ctx, Event::new("case.gave-back", main.id).with("number", case.number.as_str()))?;
    }
    settle(ctx, tx, desk, case, Step::Unmerge, event)
}

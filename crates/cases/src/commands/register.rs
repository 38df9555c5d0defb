//! 立案: the report is a case, of this kind and condition.

use super::recurrence::look_back;
use super::{load_for, settle, take};
use crate::desk::Desk;
use crate::model::{Case, Item};
use crate::policy::Act;
use crate::workflow::Step;
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{Problem, Result};

pub fn register(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    desk: &Desk,
    id: Id<Case>,
    item: Option<Id<Item>>,
    condition: &str,
) -> Result<Case> {
    let mut case = load_for(ctx, tx, Act::Register, id)?;
    let event = take(&mut case, Step::Register)?;
    let item = item.or(case.item_id).ok_or_else(|| Problem::field("item", "required"))?;
    let info = desk.catalogue.item(item).ok_or_else(|| Problem::field("item", "not-a-choice"))?;
    if !condition.is_empty() && !desk.catalogue.conditions(item).iter().any(|(code, _)| code == condition) {
        return Err(Problem::field("condition", "not-a-choice"));
    }
    case.item_id = Some(item);
    condition.clone_into(&mut case.condition);
    case.suggested_unit = case.suggested_unit.or(info.default_unit);
    case.registered_at = Some(ctx.now);
    // the kind may only be known now
    look_back(ctx, tx, &mut case)?;
    let event = event.with("item", info.name.as_str()).with("condition", condition);
    settle(ctx, tx, desk, case, Step::Register, event)
}

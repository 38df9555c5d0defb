//! Changing the version in force: limits, what an item is for, names of other systems.

pub use super::publish::{Listed, NewItem, NewLimit, NewVersion, Published, publish, publish_version};

use super::publish::insert_limit;
use super::store::{self, AliasRow};
use crate::model::Item;
use crate::policy::{Act, POLICY, city};
use crate::workflow::Stage;
use ::store::{Event, Tx};
use kernel::calendar::Limit;
use kernel::ctx::{Ctx, Unit};
use kernel::id::Id;
use kernel::problem::{Problem, Result};

/// Sets the limit of a stage for an item (`None`: for everything) and condition; `limit` `None` removes it. What somebody
/// sets is confirmed.
pub fn set_limit(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    item: Option<Id<Item>>,
    condition: (&str, &str),
    stage: Stage,
    limit: Option<Limit>,
) -> Result<()> {
    POLICY.require(ctx, Act::EditCatalogue, &city(), true)?;
    let version = store::in_force(tx)?.ok_or_else(|| Problem::conflict("no-catalogue"))?;
    let item_raw = item.map_or(0, Id::raw);
    if item.is_none() && limit.is_none() {
        return Err(Problem::field("amount", "required"));
    }
    if limit.is_some_and(|l| l.value == 0 || l.value > 10_000) {
        return Err(Problem::field("amount", "out-of-range"));
    }
    store::delete_limit(tx, version.id, item_raw, condition.0, stage)?;
    let mut event =
        Event::new("catalogue.limit-set", version.id).with("item", item_raw).with("condition", condition.0);
    event = event.with("stage", kernel::workflow::Named::code(stage));
    if let Some(limit) = limit {
        insert_limit(tx, version.id, item_raw, condition, stage, limit, true)?;
        event = event.with("amount", limit.value).with("unit", limit.unit.as_str());
    }
    store::touch(tx)?;
    tx.record(ctx, event)
}

/// Says that limits hold which nobody had confirmed: those of an item (`None`: those for everything), or all of them. How
/// many there were.
pub fn confirm_limits(ctx: &Ctx, tx: &mut Tx<'_>, of: Confirmed) -> Result<u64> {
    POLICY.require(ctx, Act::EditCatalogue, &city(), true)?;
    let version = store::in_force(tx)?.ok_or_else(|| Problem::conflict("no-catalogue"))?;
    let count = match of {
        Confirmed::All => store::confirm_all(tx, version.id)?,
        Confirmed::Of(item) => store::confirm_of(tx, version.id, item.map_or(0, Id::raw))?,
    };
    store::touch(tx)?;
    tx.record(ctx, Event::new("catalogue.limits-confirmed", version.id).with("count", count))?;
    Ok(count)
}

/// What [`confirm_limits`] is about.
#[derive(Clone, Copy, Debug)]
pub enum Confirmed {
    All,
    Of(Option<Id<Item>>),
}

/// A person says which item a foreign or older name means.
pub fn map_alias(ctx: &Ctx, tx: &mut Tx<'_>, alias: Id<AliasRow>, item: Option<Id<Item>>) -> Result<()> {
    POLICY.require(ctx, Act::EditCatalogue, &city(), true)?;
    if store::map_alias(tx, alias, item, ctx.person())? == 0 {
        return Err(Problem::not_found());
    }
    tx.record(ctx, Event::new("catalogue.name-mapped", alias).with("item", item.map_or(0, Id::raw)))
}

/// Which unit an item goes to where no register names one, and whether the public page offers it.
pub fn edit_item(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    item: Id<Item>,
    unit: Option<Id<Unit>>,
    public: bool,
) -> Result<()> {
    POLICY.require(ctx, Act::EditCatalogue, &city(), true)?;
    let unit_name = match unit {
        Some(id) => {
            crate::units::active(tx, id)?.ok_or_else(|| Problem::field("default_unit", "not-a-choice"))?.name
        }
        None => String::new(),
    };
    if store::edit_item(tx, item, unit, public)? == 0 {
        return Err(Problem::not_found());
    }
    store::touch(tx)?;
    let event = Event::new("catalogue.item-edited", item).with("unit", unit_name).with("public", public);
    tx.record(ctx, event)
}

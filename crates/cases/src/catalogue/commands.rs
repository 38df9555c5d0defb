//! Changing the catalogue: a new version, bringing it into force, limits, names of other systems.

use super::store::{self, AliasRow, ItemRow, LimitRow, VersionRow};
use super::{DEFAULTS, ItemKind, VersionState};
use crate::model::Item;
use crate::policy::{Act, POLICY, city};
use crate::workflow::Stage;
use ::store::{Event, Tx};
use kernel::calendar::Limit;
use kernel::ctx::{Ctx, Unit};
use kernel::id::Id;
use kernel::problem::{Problem, Result};

/// An item of a catalogue file.
#[derive(Clone, Debug)]
pub struct NewItem {
    pub kind: ItemKind,
    pub code: String,
    pub major_code: String,
    pub major_name: String,
    pub name: String,
}

/// Brings a whole new version into force; the one before is retired. Cases keep the items they were given.
pub fn publish(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    name: &str,
    source: &str,
    items: &[NewItem],
) -> Result<Id<VersionRow>> {
    POLICY.require(ctx, Act::EditCatalogue, &city(), true)?;
    if items.is_empty() {
        return Err(Problem::field("file", "required"));
    }
    if let Some(mut before) = store::in_force(tx)? {
        before.state = VersionState::Retired;
        tx.save(&before)?;
    }
    let id = tx.new_id();
    let version = VersionRow {
        id,
        name: name.to_owned(),
        source: source.to_owned(),
        state: VersionState::InForce,
        created_at: ctx.now,
        version: 1,
    };
    tx.insert(&version)?;
    for item in items {
        let row = ItemRow {
            id: tx.new_id(),
            version_id: id,
            kind: item.kind,
            code: item.code.clone(),
            major_code: item.major_code.clone(),
            major_name: item.major_name.clone(),
            name: item.name.clone(),
            // people report what happens (events); broken components are found under the same doors by name
            public: true,
            default_unit: None,
        };
        tx.insert(&row)?;
    }
    for (stage, amount, unit) in DEFAULTS {
        insert_limit(tx, id, 0, ("", ""), *stage, Limit { value: *amount, unit: *unit })?;
    }
    tx.record(ctx, Event::new("catalogue.published", id).with("name", name).with("item-count", items.len()))?;
    Ok(id)
}

/// Sets the limit of a stage for an item (`None`: for everything) and condition; `limit` `None` removes it.
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
        insert_limit(tx, version.id, item_raw, condition, stage, limit)?;
        event = event.with("amount", limit.value).with("unit", limit.unit.as_str());
    }
    tx.record(ctx, event)
}

fn insert_limit(
    tx: &mut Tx<'_>,
    version: Id<VersionRow>,
    item: i64,
    (condition, text): (&str, &str),
    stage: Stage,
    limit: Limit,
) -> Result<()> {
    let id = tx.new_id();
    tx.insert(&LimitRow {
        id,
        version_id: version,
        item_id: item,
        condition: condition.to_owned(),
        condition_text: text.to_owned(),
        stage,
        amount: limit.value,
        unit: limit.unit.as_str().to_owned(),
        closing_text: String::new(),
    })
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
    let event = Event::new("catalogue.item-edited", item).with("unit", unit_name).with("public", public);
    tx.record(ctx, event)
}

//! A whole new version of the catalogue comes into force; the one before is retired.
//!
//! An item of the same kind, code and name goes on: it stays the same row, so that cases, names of other systems and the
//! city's own limits keep it. Everything else ends with its version and keeps its name for old cases only.

use super::edit_extras::take_over;
use super::extras::NewExtra;
use super::store::{self, ItemRow, LimitRow, VersionRow};
use super::{DEFAULTS, ItemKind, VersionState};
use crate::model::Item;
use crate::policy::{Act, POLICY, city};
use crate::workflow::Stage;
use ::store::{Event, Tx};
use kernel::calendar::Limit;
use kernel::ctx::{Ctx, Unit};
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use std::collections::{HashMap, HashSet};

/// An item of a catalogue file.
#[derive(Clone, Debug)]
pub struct NewItem {
    pub kind: ItemKind,
    pub code: String,
    pub major_code: String,
    pub major_name: String,
    pub name: String,
}

/// An item with what a city has decided about it. What a file does not tell stays as it is.
#[derive(Clone, Debug)]
pub struct Listed {
    pub item: NewItem,
    pub public: Option<bool>,
    /// `Some(None)`: the file says that there is none.
    pub default_unit: Option<Option<Id<Unit>>>,
    /// What whoever reports it is asked.
    pub extras: Option<Vec<NewExtra>>,
}

impl From<NewItem> for Listed {
    fn from(item: NewItem) -> Self {
        Self { item, public: None, default_unit: None, extras: None }
    }
}

/// A limit of a catalogue file.
#[derive(Clone, Debug)]
pub struct NewLimit {
    /// Kind and code of the item; none: for everything.
    pub item: Option<(ItemKind, String)>,
    pub condition: String,
    pub condition_text: String,
    pub stage: Stage,
    pub limit: Limit,
    pub confirmed: bool,
}

/// A version to be brought into force.
#[derive(Clone, Debug, Default)]
pub struct NewVersion {
    pub name: String,
    /// The standard or decision it rests on.
    pub source: String,
    pub items: Vec<Listed>,
    /// None: the file tells no limits. Then those that the city has set or confirmed hold on.
    pub limits: Option<Vec<NewLimit>>,
}

/// What became of the version before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// Items that go on, that are new, that have ended.
    pub kept: usize,
    pub new: usize,
    pub ended: usize,
    /// Items whose limits nobody had confirmed, and which have them no more: kind and code.
    pub dropped: Vec<(ItemKind, String)>,
}

/// [`publish_version`] of items alone.
pub fn publish(ctx: &Ctx, tx: &mut Tx<'_>, name: &str, source: &str, items: &[NewItem]) -> Result<Published> {
    let items = items.iter().cloned().map(Listed::from).collect();
    publish_version(
        ctx,
        tx,
        NewVersion { name: name.to_owned(), source: source.to_owned(), items, limits: None },
    )
}

/// Brings a whole new version into force.
pub fn publish_version(ctx: &Ctx, tx: &mut Tx<'_>, new: NewVersion) -> Result<Published> {
    POLICY.require(ctx, Act::EditCatalogue, &city(), true)?;
    if new.items.is_empty() {
        return Err(Problem::field("import_file", "required"));
    }
    let before = store::in_force(tx)?;
    let old = match &before {
        Some(version) => {
            Before { items: store::items(tx, version.id)?, limits: store::limits(tx, version.id)? }
        }
        None => Before::default(),
    };
    if let Some(mut version) = before {
        version.state = VersionState::Retired;
        tx.save(&version)?;
    }
    let version = VersionRow {
        id: tx.new_id(),
        name: new.name,
        source: new.source,
        state: VersionState::InForce,
        created_at: ctx.now,
        version: 1,
    };
    tx.insert(&version)?;
    let (ids, mut published) = enter_items(tx, version.id, &new.items, &old)?;
    enter_limits(tx, version.id, new.limits, &ids, &old, &mut published)?;
    let told = new.items.iter().filter_map(|listed| {
        let id = ids.get(&(listed.item.kind, listed.item.code.clone()))?;
        Some((*id, listed.extras.as_deref()?))
    });
    take_over(ctx, tx, told)?;
    let event = Event::new("catalogue.published", version.id)
        .with("name", version.name)
        .with("item-count", new.items.len())
        .with("kept-count", published.kept)
        .with("ended-count", published.ended);
    tx.record(ctx, event)?;
    Ok(published)
}

#[derive(Default)]
struct Before {
    items: Vec<ItemRow>,
    limits: Vec<LimitRow>,
}

type Ids = HashMap<(ItemKind, String), Id<Item>>;

fn enter_items(
    tx: &mut Tx<'_>,
    version: Id<VersionRow>,
    items: &[Listed],
    old: &Before,
) -> Result<(Ids, Published)> {
    let known: HashMap<(ItemKind, &str, &str), &ItemRow> =
        old.items.iter().map(|row| ((row.kind, row.code.as_str(), row.name.as_str()), row)).collect();
    let (mut ids, mut published) = (Ids::new(), Published::default());
    for Listed { item, public, default_unit, .. } in items {
        let before = known.get(&(item.kind, item.code.as_str(), item.name.as_str()));
        let row = ItemRow {
            id: before.map_or_else(|| tx.new_id(), |row| row.id),
            version_id: version,
            kind: item.kind,
            code: item.code.clone(),
            major_code: item.major_code.clone(),
            major_name: item.major_name.clone(),
            name: item.name.clone(),
            // people report what happens (events); broken components are found under the same doors by name
            public: public.or(before.map(|row| row.public)).unwrap_or(true),
            default_unit: default_unit.unwrap_or_else(|| before.and_then(|row| row.default_unit)),
        };
        ids.insert((row.kind, row.code.clone()), row.id);
        if before.is_some() {
            store::carry_item(tx, &row)?;
            published.kept += 1;
        } else {
            tx.insert(&row)?;
            published.new += 1;
        }
    }
    published.ended = old.items.len() - published.kept;
    Ok((ids, published))
}

fn enter_limits(
    tx: &mut Tx<'_>,
    version: Id<VersionRow>,
    told: Option<Vec<NewLimit>>,
    ids: &Ids,
    old: &Before,
    published: &mut Published,
) -> Result<()> {
    let mut usual: HashSet<Stage> = HashSet::new();
    let silent = told.is_none();
    for limit in told.into_iter().flatten() {
        let item = match &limit.item {
            None => 0,
            Some(item) => {
                ids.get(item).copied().ok_or_else(|| Problem::field("import_file", "not-a-choice"))?.raw()
            }
        };
        if item == 0 {
            usual.insert(limit.stage);
        }
        let texts = (limit.condition.as_str(), limit.condition_text.as_str());
        insert_limit(tx, version, item, texts, limit.stage, limit.limit, limit.confirmed)?;
    }
    let going_on: HashSet<i64> = ids.values().map(|id| id.raw()).collect();
    for row in &old.limits {
        let carried = if row.item_id == 0 {
            usual.insert(row.stage)
        } else {
            silent && row.confirmed && going_on.contains(&row.item_id)
        };
        if carried {
            let id = tx.new_id();
            tx.insert(&LimitRow { id, version_id: version, ..row.clone() })?;
        } else if silent && row.item_id != 0 && !row.confirmed {
            let item =
                old.items.iter().find(|i| i.id.raw() == row.item_id && going_on.contains(&row.item_id));
            published.dropped.extend(item.map(|i| (i.kind, i.code.clone())));
        }
    }
    for (stage, value, unit) in DEFAULTS {
        if usual.insert(*stage) {
            let limit = Limit { value: *value, unit: *unit };
            insert_limit(tx, version, 0, ("", ""), *stage, limit, false)?;
        }
    }
    published.dropped.dedup();
    Ok(())
}

pub(super) fn insert_limit(
    tx: &mut Tx<'_>,
    version: Id<VersionRow>,
    item: i64,
    (condition, text): (&str, &str),
    stage: Stage,
    limit: Limit,
    confirmed: bool,
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
        confirmed,
    })
}

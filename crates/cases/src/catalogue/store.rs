//! Rows of the catalogue.

mod extras;

pub use extras::{ExtraSet, drop_draft, extra_set, extras, extras_in_force, extras_of, write_extras};

use super::{Catalogue, ItemInfo, ItemKind, LimitInfo, VersionState};
use crate::model::Item;
use crate::workflow::Stage;
use kernel::calendar::{Limit, TimeUnit};
use kernel::ctx::{Person, Unit};
use kernel::id::Id;
use kernel::problem::Result;
use kernel::time::Instant;
use store::{Tx, record, sql};

record! {
    #[derive(Clone, Debug)]
    pub struct VersionRow in "catalogue_version" {
        pub id: Id<VersionRow>,
        pub name: String,
        pub source: String,
        pub state: VersionState,
        pub created_at: Instant,
        pub version: i64,
    }
}

record! {
    #[derive(Clone, Debug)]
    pub struct ItemRow in "catalogue_item" {
        pub id: Id<Item>,
        pub version_id: Id<VersionRow>,
        pub kind: ItemKind,
        pub code: String,
        pub major_code: String,
        pub major_name: String,
        pub name: String,
        pub public: bool,
        pub default_unit: Option<Id<Unit>>,
    }
}

record! {
    #[derive(Clone, Debug)]
    pub struct LimitRow in "catalogue_limit" {
        pub id: Id<LimitRow>,
        pub version_id: Id<VersionRow>,
        pub item_id: i64,
        pub condition: String,
        pub condition_text: String,
        pub stage: Stage,
        pub amount: u32,
        pub unit: String,
        pub closing_text: String,
        pub confirmed: bool,
    }
}

record! {
    #[derive(Clone, Debug)]
    pub struct AliasRow in "catalogue_alias" {
        pub id: Id<AliasRow>,
        pub system: String,
        pub name: String,
        pub item_id: Option<Id<Item>>,
        pub mapped_by: Option<Id<Person>>,
        pub mapped_at: Option<Instant>,
        pub seen: i64,
    }
}

pub fn load(tx: &mut Tx<'_>) -> Result<Catalogue> {
    let Some(version) = in_force(tx)? else { return Ok(Catalogue::default()) };
    let items = items(tx, version.id)?.into_iter().map(info).collect();
    let former = former(tx, version.id)?.into_iter().map(info).collect();
    let limits = limits(tx, version.id)?
        .into_iter()
        .filter_map(|r| {
            let limit = Limit { value: r.amount, unit: TimeUnit::parse(&r.unit)? };
            let key = (r.item_id, r.condition, r.stage);
            Some(LimitInfo { key, limit, condition_text: r.condition_text, confirmed: r.confirmed })
        })
        .collect();
    Ok(Catalogue::new(items, former, limits).with_extras(extras_in_force(tx)?))
}

fn info(r: ItemRow) -> ItemInfo {
    ItemInfo {
        id: r.id,
        kind: r.kind,
        code: r.code,
        major_code: r.major_code,
        major_name: r.major_name,
        name: r.name,
        public: r.public,
        default_unit: r.default_unit,
    }
}

pub fn in_force(tx: &mut Tx<'_>) -> Result<Option<VersionRow>> {
    tx.one(sql!(VersionRow: "select {*} from catalogue_version where state = 'in-force' order by id desc limit 1"), &[])
}

/// Names what the catalogue says now: whoever keeps it in memory looks whether this is still the same.
pub fn mark(tx: &mut Tx<'_>) -> Result<(i64, i64)> {
    Ok(in_force(tx)?.map_or((0, 0), |version| (version.id.raw(), version.version)))
}

/// Says that the version in force says something else now.
pub fn touch(tx: &mut Tx<'_>) -> Result<()> {
    tx.exec(sql!("update catalogue_version set version = version + 1 where state = 'in-force'"), &[])
        .map(drop)
}

pub fn versions(tx: &mut Tx<'_>) -> Result<Vec<VersionRow>> {
    tx.all(sql!(VersionRow: "select {*} from catalogue_version order by id desc"), &[])
}

pub fn version(tx: &mut Tx<'_>, id: Id<VersionRow>) -> Result<Option<VersionRow>> {
    tx.one(sql!(VersionRow: "select {*} from catalogue_version where id = $1"), &[&id])
}

/// All items of a version: some hundreds.
pub fn items(tx: &mut Tx<'_>, version: Id<VersionRow>) -> Result<Vec<ItemRow>> {
    tx.all(
        sql!(ItemRow: "select {*} from catalogue_item where version_id = $1 order by kind desc, code"),
        &[&version],
    )
}

/// Items that ended with an older version: a few hundred in the life of a city.
fn former(tx: &mut Tx<'_>, in_force: Id<VersionRow>) -> Result<Vec<ItemRow>> {
    tx.all(sql!(ItemRow: "select {*} from catalogue_item where version_id <> $1 order by id"), &[&in_force])
}

/// Takes an item over into the version that its row names.
pub fn carry_item(tx: &mut Tx<'_>, row: &ItemRow) -> Result<()> {
    tx.exec(
        sql!(
            "update catalogue_item set version_id = $2, major_code = $3, major_name = $4, public = $5, default_unit = $6
              where id = $1"
        ),
        &[&row.id, &row.version_id, &row.major_code, &row.major_name, &row.public, &row.default_unit],
    )
    .map(drop)
}

pub fn confirm_all(tx: &mut Tx<'_>, version: Id<VersionRow>) -> Result<u64> {
    tx.exec(
        sql!("update catalogue_limit set confirmed = 1 where version_id = $1 and confirmed = 0"),
        &[&version],
    )
}

pub fn confirm_of(tx: &mut Tx<'_>, version: Id<VersionRow>, item: i64) -> Result<u64> {
    tx.exec(
        sql!("update catalogue_limit set confirmed = 1 where version_id = $1 and item_id = $2 and confirmed = 0"),
        &[&version, &item],
    )
}

pub fn limits(tx: &mut Tx<'_>, version: Id<VersionRow>) -> Result<Vec<LimitRow>> {
    tx.all(
        sql!(LimitRow: "select {*} from catalogue_limit where version_id = $1 order by item_id, condition, stage"),
        &[&version],
    )
}

pub fn delete_limit(
    tx: &mut Tx<'_>,
    version: Id<VersionRow>,
    item: i64,
    condition: &str,
    stage: Stage,
) -> Result<u64> {
    tx.exec(
        sql!("delete from catalogue_limit where version_id = $1 and item_id = $2 and condition = $3 and stage = $4"),
        &[&version, &item, &condition, &stage],
    )
}

/// Notes a foreign name, so that a person can map it; the item it is mapped to, if any.
pub fn meet_alias(tx: &mut Tx<'_>, system: &str, name: &str) -> Result<Option<Id<Item>>> {
    let id: Id<AliasRow> = tx.new_id();
    let rows = tx.change(
        sql!((Option<Id<Item>>,): "insert into catalogue_alias (id, system, name, seen) values ($1, $2, $3, 1)
             on conflict (system, name) do update set seen = catalogue_alias.seen + 1 returning item_id"),
        &[&id, &system, &name],
    )?;
    Ok(rows.into_iter().next().and_then(|(item,)| item))
}

/// Foreign names, those nobody has mapped first.
pub fn aliases(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<AliasRow>> {
    tx.all(
        sql!(AliasRow: "select {*} from catalogue_alias order by (case when item_id is null then 0 else 1 end), seen desc, id
             limit $1"),
        &[&limit],
    )
}

pub fn map_alias(
    tx: &mut Tx<'_>,
    id: Id<AliasRow>,
    item: Option<Id<Item>>,
    by: Option<Id<Person>>,
) -> Result<u64> {
    let now = tx.now();
    tx.exec(
        sql!("update catalogue_alias set item_id = $2, mapped_by = $3, mapped_at = $4 where id = $1"),
        &[&id, &item, &by, &now],
    )
}

pub fn item(tx: &mut Tx<'_>, id: Id<Item>) -> Result<Option<ItemRow>> {
    tx.one(sql!(ItemRow: "select {*} from catalogue_item where id = $1"), &[&id])
}

pub fn edit_item(tx: &mut Tx<'_>, id: Id<Item>, unit: Option<Id<Unit>>, public: bool) -> Result<u64> {
    tx.exec(
        sql!("update catalogue_item set default_unit = $2, public = $3 where id = $1"),
        &[&id, &unit, &public],
    )
}

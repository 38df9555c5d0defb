//! The register of units.

use crate::model::{Path, UnitId, UnitState};
use crate::store::units::{self as table, UnitContactName, UnitContactPhone, UnitRow};
use kernel::ctx::Locale;
use kernel::problem::{Problem, Result};
use names::Kind;
use std::collections::HashMap;
use store::{Query, Sealed, Tx, record, sql};

pub fn unit(tx: &mut Tx<'_>, id: UnitId) -> Result<Option<UnitRow>> {
    table::find(tx, id)
}

/// The unit that people call `U-0012`.
pub fn unit_by_code(tx: &mut Tx<'_>, code: &str) -> Result<Option<UnitRow>> {
    table::find_code(tx, code)
}

/// The unit above all others; there is one as soon as the city has been made.
pub fn root(tx: &mut Tx<'_>) -> Result<Option<UnitRow>> {
    table::root(tx)
}

/// Its name, empty when there is no such unit.
pub fn unit_name(tx: &mut Tx<'_>, id: UnitId) -> Result<String> {
    let found = tx.one(sql!((String,): "select name from unit where id = $1"), &[&id])?;
    Ok(found.map(|(name,)| name).unwrap_or_default())
}

/// The names of many units in one statement.
pub fn unit_names(tx: &mut Tx<'_>, ids: &[UnitId]) -> Result<HashMap<UnitId, String>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let mut wanted = ids.to_vec();
    wanted.sort_unstable();
    wanted.dedup();
    let mut query = Query::<(UnitId, String)>::new("select id, name from unit");
    query.one_of("id", &wanted);
    Ok(tx.query(&query)?.into_iter().collect())
}

/// The unit and all below it, sorted.
pub fn units_under(tx: &mut Tx<'_>, id: UnitId) -> Result<Vec<UnitId>> {
    let unit = table::find(tx, id)?.ok_or_else(Problem::not_found)?;
    let mut ids: Vec<UnitId> =
        crate::store::grants::units_below(tx, &unit.path)?.into_iter().map(|(id,)| id).collect();
    ids.sort_unstable();
    Ok(ids)
}

/// The units above it, from the root down.
pub fn above(tx: &mut Tx<'_>, unit: &UnitRow) -> Result<Vec<UnitRow>> {
    let mut query = Query::<UnitRow>::new("select {*} from unit");
    query.one_of("path", &unit.path.above()).tail("order by path", &[]);
    tx.query(&query)
}

/// Who has taken over what this unit had: itself, unless it was merged.
pub fn successor(tx: &mut Tx<'_>, id: UnitId) -> Result<UnitId> {
    let mut at = id;
    // a chain of mergers is short; the bound keeps a damaged one from running for ever
    for _ in 0..32 {
        match table::find(tx, at)?.and_then(|u| u.merged_into) {
            Some(next) => at = next,
            None => break,
        }
    }
    Ok(at)
}

record! {
    /// A unit as a choice in a form.
    #[derive(Clone, Debug)]
    pub struct UnitOption {
        pub id: UnitId,
        pub code: String,
        pub name: String,
        pub path: Path,
    }
}

impl UnitOption {
    /// Value and text of an `<option>`, the text set in by its depth.
    pub fn choice(&self) -> (String, String) {
        (self.code.clone(), format!("{}{}", "\u{3000}".repeat(self.path.depth()), self.name))
    }
}

/// The active units of these kinds.
pub fn units_of_kinds(tx: &mut Tx<'_>, kinds: &[&str]) -> Result<Vec<UnitId>> {
    let mut query = Query::<(UnitId,)>::new("select id from unit");
    query.filter("state = 'active'", &[]).one_of("kind", kinds).tail("order by id", &[]);
    Ok(tx.query(&query)?.into_iter().map(|(id,)| id).collect())
}

/// Every active unit in the order of the tree, for `<select>`s: `options.iter().map(UnitOption::choice)`.
pub fn all_units_options(tx: &mut Tx<'_>) -> Result<Vec<UnitOption>> {
    tx.all(sql!(UnitOption: "select {*} from unit where state = 'active' order by path"), &[])
}

record! {
    /// A kind of unit.
    #[derive(Clone, Debug)]
    pub struct KindRow {
        pub code: String,
        pub name_zh: String,
        pub name_en: String,
    }
}

impl KindRow {
    pub fn name(&self, locale: Locale) -> &str {
        match locale {
            Locale::ZhCn => &self.name_zh,
            Locale::En => &self.name_en,
        }
    }
}

pub fn kinds(tx: &mut Tx<'_>) -> Result<Vec<KindRow>> {
    tx.all(sql!(KindRow: "select {*} from unit_kind order by position, code"), &[])
}

/// Names of the kinds by code, in the reader's language.
pub fn kind_names(tx: &mut Tx<'_>, locale: Locale) -> Result<HashMap<String, String>> {
    Ok(kinds(tx)?.into_iter().map(|k| (k.code.clone(), k.name(locale).to_owned())).collect())
}

/// What the list of units is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct UnitFilter {
    pub words: String,
    pub kind: String,
    pub state: Option<UnitState>,
    /// Only what is below.
    pub below: Option<Path>,
}

record! {
    /// A unit in the list.
    #[derive(Clone, Debug)]
    pub struct UnitLine {
        pub id: UnitId,
        pub code: String,
        pub name: String,
        pub short_name: String,
        pub kind: String,
        pub path: Path,
        pub state: UnitState,
        pub credit_code: Option<String>,
        pub contact_name: Sealed<UnitContactName>,
        pub contact_phone: Sealed<UnitContactPhone>,
        /// Code and name of the unit above.
        pub above: Option<String>,
        pub above_name: Option<String>,
        /// Code of the unit into which it was merged.
        pub successor: Option<String>,
    }
}

const LIST: &str =
    "select u.id, u.code, u.name, u.short_name, u.kind, u.path, u.state, u.credit_code, u.contact_name,
    u.contact_phone, p.code as above, p.name as above_name, m.code as successor
    from unit u left join unit p on p.id = u.parent_id left join unit m on m.id = u.merged_into";

fn narrow<R: store::Record>(tx: &mut Tx<'_>, query: &mut Query<R>, filter: &UnitFilter) -> Result<()> {
    if let Some((condition, value)) = tx.words_condition("u.id", &filter.words) {
        // what is typed may also be a part of a name, which an index of words does not find
        let part = format!("%{}%", filter.words.replace(['%', '_'], ""));
        let meant = store::naming::meant(tx, &[Kind::Unit], &filter.words)?;
        let ids: Vec<String> = meant.iter().map(i64::to_string).collect();
        let named = if ids.is_empty() { String::new() } else { format!(" or u.id in ({})", ids.join(", ")) };
        query.filter(
            &format!("{condition} or u.name like ? or u.code like ?{named}"),
            &[&value, &part, &part],
        );
    }
    if !filter.kind.is_empty() {
        query.filter("u.kind = ?", &[&filter.kind]);
    }
    if let Some(state) = &filter.state {
        query.filter("u.state = ?", &[state]);
    }
    if let Some(below) = &filter.below {
        query.filter("u.path >= ? and u.path < ?", &[below, &below.end()]);
    }
    Ok(())
}

/// The active units among these things.
pub fn active_units(tx: &mut Tx<'_>, ids: &[i64]) -> Result<Vec<UnitLine>> {
    let mut query = Query::<UnitLine>::new(LIST);
    query.filter("u.state = 'active'", &[]).one_of("u.id", ids).tail("order by u.path", &[]);
    tx.query(&query)
}

/// Units in the order of the tree, after the one with the path `after`.
pub fn units(tx: &mut Tx<'_>, filter: &UnitFilter, after: &str, limit: i64) -> Result<Vec<UnitLine>> {
    let mut query = Query::<UnitLine>::new(LIST);
    narrow(tx, &mut query, filter)?;
    if !after.is_empty() {
        query.filter("u.path > ?", &[&after]);
    }
    query.tail("order by u.path limit ?", &[&limit]);
    tx.query(&query)
}

pub fn units_count(tx: &mut Tx<'_>, filter: &UnitFilter) -> Result<i64> {
    let mut query = Query::<(i64,)>::new("select count(*) from unit u");
    narrow(tx, &mut query, filter)?;
    Ok(tx.query(&query)?.first().map_or(0, |(n,)| *n))
}

//! Rows of what items ask.

use super::super::VersionState;
use super::super::extras::{Extra, ExtraId, ExtraKind, NewExtra, Words};
use crate::model::Item;
use kernel::ctx::Person;
use kernel::id::Id;
use kernel::problem::Result;
use kernel::time::Instant;
use store::value::Json;
use store::{Query, Tx, record, sql};

record! {
    /// What an item asks at a time.
    #[derive(Clone, Debug)]
    pub struct ExtraSet in "catalogue_extra_set" {
        pub id: Id<ExtraSet>,
        pub item_id: Id<Item>,
        pub state: VersionState,
        pub made_by: Option<Id<Person>>,
        pub made_at: Instant,
        pub version: i64,
    }
}

record! {
    #[derive(Clone, Debug)]
    struct ExtraRow in "catalogue_extra" {
        id: Id<ExtraId>,
        set_id: Id<ExtraSet>,
        code: String,
        wording: String,
        kind: ExtraKind,
        unit: String,
        choices: Json<Vec<String>>,
        required: bool,
        personal: bool,
        after_code: String,
        after_value: String,
        position: i64,
    }
}

impl ExtraRow {
    fn asked(self) -> (Id<ExtraId>, NewExtra) {
        let asked = NewExtra {
            code: self.code,
            wording: Words::read(&self.wording),
            kind: self.kind,
            unit: Words::read(&self.unit),
            choices: self.choices.0.iter().map(|choice| Words::read(choice)).collect(),
            required: self.required,
            personal: self.personal,
            after: Some((self.after_code, self.after_value)).filter(|(code, _)| !code.is_empty()),
        };
        (self.id, asked)
    }
}

/// Every question in force: a few dozen.
pub fn extras_in_force(tx: &mut Tx<'_>) -> Result<Vec<Extra>> {
    let sets = tx.all(
        sql!(ExtraSet: "select {*} from catalogue_extra_set where state = 'in-force' order by id"),
        &[],
    )?;
    let ids: Vec<Id<ExtraSet>> = sets.iter().map(|set| set.id).collect();
    let mut found = Vec::new();
    for some in ids.chunks(500) {
        let mut q = Query::<ExtraRow>::new("select {*} from catalogue_extra");
        q.one_of("set_id", some).tail("order by set_id, position, id", &[]);
        for row in tx.query(&q)? {
            let Some(set) = sets.iter().find(|set| set.id == row.set_id) else { continue };
            let (id, asked) = row.asked();
            found.push(Extra { id, item: set.item_id, asked });
        }
    }
    Ok(found)
}

/// Questions by their ids, of whatever set.
pub fn extras(tx: &mut Tx<'_>, ids: &[Id<ExtraId>]) -> Result<Vec<(Id<ExtraId>, NewExtra)>> {
    let mut found = Vec::with_capacity(ids.len());
    for some in ids.chunks(500) {
        let mut q = Query::<ExtraRow>::new("select {*} from catalogue_extra");
        q.one_of("id", some);
        found.extend(tx.query(&q)?.into_iter().map(ExtraRow::asked));
    }
    Ok(found)
}

/// The questions of a set, in order.
pub fn extras_of(tx: &mut Tx<'_>, set: Id<ExtraSet>) -> Result<Vec<NewExtra>> {
    let rows = tx.all(
        sql!(ExtraRow: "select {*} from catalogue_extra where set_id = $1 order by position, id"),
        &[&set],
    )?;
    Ok(rows.into_iter().map(|row| row.asked().1).collect())
}

/// An item's set in this state.
pub fn extra_set(tx: &mut Tx<'_>, item: Id<Item>, state: VersionState) -> Result<Option<ExtraSet>> {
    tx.one(
        sql!(ExtraSet: "select {*} from catalogue_extra_set where item_id = $1 and state = $2 order by id desc limit 1"),
        &[&item, &state],
    )
}

/// Writes the questions of a draft anew.
pub fn write_extras(tx: &mut Tx<'_>, set: Id<ExtraSet>, extras: &[NewExtra]) -> Result<()> {
    tx.exec(sql!("delete from catalogue_extra where set_id = $1"), &[&set])?;
    for (position, extra) in (0..).zip(extras) {
        let (after_code, after_value) = extra.after.clone().unwrap_or_default();
        let row = ExtraRow {
            id: tx.new_id(),
            set_id: set,
            code: extra.code.clone(),
            wording: extra.wording.write(),
            kind: extra.kind,
            unit: extra.unit.write(),
            choices: Json(extra.choices.iter().map(Words::write).collect()),
            required: extra.required,
            personal: extra.personal,
            after_code,
            after_value,
            position,
        };
        tx.insert(&row)?;
    }
    Ok(())
}

pub fn drop_draft(tx: &mut Tx<'_>, set: Id<ExtraSet>) -> Result<()> {
    tx.exec(sql!("delete from catalogue_extra where set_id = $1"), &[&set])?;
    tx.exec(sql!("delete from catalogue_extra_set where id = $1 and state = 'draft'"), &[&set]).map(drop)
}

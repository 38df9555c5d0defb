//! Which unit of ours a row speaks of, if any, and what becomes of it.

use super::Outcome;
use super::rows::{CITY, OTHER, Wanted};
use super::tree::{Above, Tree};
use crate::columns::{CODE, KIND, NAME, STATE};
use crate::commands::{self, Enlisted};
use crate::model::{Contact, UnitFacts, UnitId, UnitState, unit_number};
use crate::queries::UnitBook;
use crate::store::units::{self, UnitRow};
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use sheets::Remark;
use std::collections::{HashMap, HashSet};
use store::Tx;
use web::import::Causes;

/// The register as it was before, and what the file has made of it so far.
pub(super) struct Register {
    root: UnitRow,
    book: UnitBook,
    /// Units that were here before, of any state, by name.
    names: HashMap<String, Vec<UnitRow>>,
    numbers: HashSet<i64>,
    /// Units that rows of the file have been found to speak of.
    spoken_of: HashSet<UnitId>,
    /// Numbers that rows of the file have: nobody else is given one of them.
    claimed: HashSet<i64>,
    tree: Tree,
}

impl Register {
    pub(super) fn load(tx: &mut Tx<'_>, wanted: &[Wanted]) -> Result<Self> {
        let root = units::root(tx)?.ok_or_else(Problem::not_found)?;
        let all = units::all(tx)?;
        let numbers = all.iter().map(|unit| unit.number).collect();
        let mut names: HashMap<String, Vec<UnitRow>> = HashMap::new();
        for unit in all {
            names.entry(unit.name.clone()).or_default().push(unit);
        }
        let claimed = wanted.iter().filter_map(|w| unit_number(&w.code)).collect();
        let book = UnitBook::load(tx)?;
        Ok(Self { root, book, names, numbers, spoken_of: HashSet::new(), claimed, tree: Tree::of(wanted) })
    }

    /// The unit above, once that into which this one was merged is there too.
    pub(super) fn above(&self, wanted: &Wanted) -> Above {
        match self.successor(wanted) {
            Above::Found(_) => self.tree.above((&wanted.above.0, &wanted.above.1), &self.book),
            other => other,
        }
    }

    fn successor(&self, wanted: &Wanted) -> Above {
        match wanted.state {
            UnitState::Merged => self.tree.above((&wanted.into, ""), &self.book),
            _ => Above::Found(None),
        }
    }

    pub(super) fn refuse(&mut self, wanted: &Wanted, causes: Causes) -> Outcome {
        self.tree.refused(wanted.row);
        Err(causes)
    }

    pub(super) fn save(
        &mut self,
        ctx: &Ctx,
        tx: &mut Tx<'_>,
        wanted: &Wanted,
        above: Option<UnitId>,
    ) -> Result<Outcome> {
        let done = if self.is_root(wanted) {
            self.root(ctx, tx, wanted)
        } else {
            match self.known(wanted, above) {
                Some(unit) => Self::keep(ctx, tx, wanted, &unit, above),
                None => self.create(ctx, tx, wanted, above),
            }
        };
        match done {
            Ok((unit, remarks)) => {
                self.tree.saved(wanted.row, unit);
                self.spoken_of.insert(unit);
                Ok(Ok(remarks))
            }
            Err(problem) => Ok(self.refuse(wanted, Causes::of(problem)?)),
        }
    }

    /// The file's own city, whatever it is called: what stood below it stands below ours.
    fn is_root(&self, wanted: &Wanted) -> bool {
        let alone = wanted.above.0.is_empty() && wanted.above.1.is_empty();
        alone && (wanted.facts.kind == CITY || wanted.facts.name == self.root.name)
    }

    fn root(&self, ctx: &Ctx, tx: &mut Tx<'_>, wanted: &Wanted) -> Result<(UnitId, Vec<Remark>)> {
        if self.spoken_of.contains(&self.root.id) {
            return Err(Problem::field(NAME.name, "unit-second-root"));
        }
        let mut remarks = Vec::new();
        if wanted.facts.name != self.root.name {
            remarks.push(Remark::new(wanted.row, NAME.name, "unit_root_name_kept"));
        }
        let facts = UnitFacts { name: self.root.name.clone(), kind: CITY.to_owned(), ..wanted.facts.clone() };
        remarks.extend(changed(ctx, tx, wanted.row, &self.root, facts)?);
        Ok((self.root.id, remarks))
    }

    /// The unit that was here before: of the same name, and the same code or the only one or below the same unit.
    fn known(&self, wanted: &Wanted, above: Option<UnitId>) -> Option<UnitRow> {
        let bearers = self.names.get(&wanted.facts.name)?;
        let free: Vec<&UnitRow> = bearers.iter().filter(|u| !self.spoken_of.contains(&u.id)).collect();
        let by_code = || free.iter().find(|u| u.code == wanted.code);
        let active: Vec<&&UnitRow> = free.iter().filter(|u| u.is_active()).collect();
        let alone = wanted.state == UnitState::Active && self.tree.bearers(&wanted.facts.name) == 1;
        let by_name = || active.first().filter(|_| alone && active.len() == 1).copied();
        let by_place = || active.iter().find(|u| above.is_some() && u.parent_id == above).copied();
        by_code().or_else(by_name).or_else(by_place).map(|unit| (**unit).clone())
    }

    /// A unit that is here gets what the row has; cells that are blank change nothing.
    fn keep(
        ctx: &Ctx,
        tx: &mut Tx<'_>,
        wanted: &Wanted,
        unit: &UnitRow,
        above: Option<UnitId>,
    ) -> Result<(UnitId, Vec<Remark>)> {
        if unit.state != wanted.state {
            return Err(Problem::field(STATE.name, "unit-state-differs"));
        }
        let mut remarks: Vec<Remark> =
            changed(ctx, tx, wanted.row, unit, wanted.facts.clone())?.into_iter().collect();
        if let Some(above) = above.filter(|above| unit.parent_id != Some(*above) && unit.is_active()) {
            commands::move_unit(tx, ctx, unit.id, above)?;
            remarks.push(Remark::new(wanted.row, "unit_parent", "unit_moved"));
        }
        Ok((unit.id, remarks))
    }

    fn create(
        &mut self,
        ctx: &Ctx,
        tx: &mut Tx<'_>,
        wanted: &Wanted,
        above: Option<UnitId>,
    ) -> Result<(UnitId, Vec<Remark>)> {
        let mut remarks = Vec::new();
        let mut facts = wanted.facts.clone();
        if facts.kind.is_empty() {
            OTHER.clone_into(&mut facts.kind);
            remarks.push(Remark::new(wanted.row, KIND.name, "unit_kind_other"));
        }
        let number = unit_number(&wanted.code).filter(|number| !self.numbers.contains(number));
        if number.is_none() && !wanted.code.is_empty() {
            let foreign = unit_number(&wanted.code).is_none();
            let reason = if foreign { "unit_code_foreign" } else { "unit_code_taken" };
            remarks.push(Remark::new(wanted.row, CODE.name, reason));
        }
        let merged_into = match self.successor(wanted) {
            Above::Found(into) => into,
            Above::Wait | Above::Unfound(_) => None,
        };
        let parent = above.unwrap_or(self.root.id);
        let new = Enlisted { parent, facts, number, state: wanted.state, merged_into };
        let unit = commands::enlist_unit(tx, ctx, new, &self.claimed)?;
        self.numbers.insert(unit.number);
        Ok((unit.id, remarks))
    }
}

/// Saves what a row says of a unit, if it differs.
fn changed(ctx: &Ctx, tx: &mut Tx<'_>, row: u64, unit: &UnitRow, told: UnitFacts) -> Result<Option<Remark>> {
    let or = |told: String, known: &str| if told.is_empty() { known.to_owned() } else { told };
    let facts = UnitFacts {
        name: told.name,
        short_name: or(told.short_name, &unit.short_name),
        kind: or(told.kind, &unit.kind),
        credit_code: told.credit_code.or_else(|| unit.credit_code.clone()),
        contact: Contact {
            name: or(told.contact.name, &unit.contact_name),
            phone: or(told.contact.phone, &unit.contact_phone),
        },
    };
    let facts = facts.checked()?;
    let same = facts.short_name == unit.short_name
        && facts.kind == unit.kind
        && facts.credit_code == unit.credit_code
        && facts.contact.name == unit.contact_name
        && facts.contact.phone == unit.contact_phone;
    if same {
        return Ok(None);
    }
    commands::edit_unit(tx, ctx, unit.id, unit.version, facts)?;
    Ok(Some(Remark::new(row, NAME.name, "unit_updated")))
}

//! What is offered for a case, from what was learnt last.

use crate::features::{self, Known};
use crate::model::{Target, Trained};
use crate::settings::RULES;
use crate::store as rows;
use crate::train::unpacked;
use ::store::Tx;
use cases::model::{Case, Item};
use classifier::{Choice, Figures, Model};
use kernel::ctx::Unit;
use kernel::id::Id;
use kernel::problem::Result;
use parking_lot::Mutex;
use std::collections::HashMap;
use std::sync::Arc;

/// Choices offered for a field.
pub const CHOICES: usize = 3;

/// A version in memory.
#[derive(Debug)]
pub struct Loaded {
    pub id: Id<Trained>,
    pub number: i64,
    pub figures: Figures,
    pub model: Model,
}

/// A value that is offered.
#[derive(Clone, Debug)]
pub struct Advice {
    /// What was learnt: the id of an item or a unit.
    pub label: String,
    /// What the form's field takes: `event-06010`, or the id of a unit.
    pub value: String,
    pub name: String,
    /// In hundredths.
    pub share: i64,
    pub words: Vec<String>,
}

/// What is offered for one target, and by which version.
#[derive(Clone, Debug)]
pub struct Advised {
    pub target: Target,
    pub by: Arc<Loaded>,
    pub choices: Vec<Advice>,
}

/// The versions in force, read again when there is a newer one: another process may have learnt it.
#[derive(Debug, Default)]
pub struct Advisor(Mutex<HashMap<&'static str, Arc<Loaded>>>);

impl Advisor {
    fn loaded(&self, tx: &mut Tx<'_>, target: Target) -> Result<Option<Arc<Loaded>>> {
        use kernel::workflow::Named;
        let Some(id) = rows::in_force_id(tx, target)? else { return Ok(None) };
        if let Some(known) = self.0.lock().get(target.code()).filter(|known| known.id == id) {
            return Ok(Some(Arc::clone(known)));
        }
        let Some(row) = rows::in_force(tx, target)? else { return Ok(None) };
        let loaded = Arc::new(Loaded {
            id: row.id,
            number: row.number,
            figures: row.figures.0,
            model: unpacked(&row.model)?,
        });
        self.0.lock().insert(target.code(), Arc::clone(&loaded));
        Ok(Some(loaded))
    }

    /// What is offered for a case as it is now; empty where nothing is in force or nothing is likely enough.
    pub fn advise(&self, tx: &mut Tx<'_>, case: &Case, targets: &[Target]) -> Result<Vec<Advised>> {
        let rules = RULES.get(tx)?;
        if !rules.on {
            return Ok(Vec::new());
        }
        let mut all = Vec::new();
        let mut likely = case.item_id;
        for target in [Target::Item, Target::Unit] {
            let Some(by) = self.loaded(tx, target)? else { continue };
            let known = Known {
                title: &case.title,
                description: &case.description,
                section: case.section_id,
                division: case.division_id,
                item: likely,
            };
            let words = features::of(target, &known);
            let names = names(tx, target, &by.model)?;
            let found = by.model.choices(&words, CHOICES, &|label| names.contains_key(label));
            if target == Target::Item && likely.is_none() {
                // the unit depends on the kind; while nobody has said it, the likeliest stands in
                likely = found.first().and_then(|first| first.label.parse().ok().map(Id::<Item>::new));
            }
            if !targets.contains(&target) {
                continue;
            }
            let choices: Vec<Advice> = found
                .into_iter()
                .filter_map(|choice| advice(&names, choice))
                .filter(|choice| choice.share >= rules.least_share)
                .collect();
            if !choices.is_empty() {
                all.push(Advised { target, by, choices });
            }
        }
        Ok(all)
    }
}

fn advice(names: &HashMap<String, (String, String)>, choice: Choice) -> Option<Advice> {
    let (value, name) = names.get(&choice.label)?.clone();
    #[expect(clippy::cast_possible_truncation, reason = "hundredths")]
    let share = (choice.share * 100.0).round() as i64;
    Some(Advice { label: choice.label, value, name, share, words: choice.words })
}

/// Value and name of those labels that can still be chosen: items in force, units that are active.
fn names(tx: &mut Tx<'_>, target: Target, model: &Model) -> Result<HashMap<String, (String, String)>> {
    let ids = model.labels().iter().filter_map(|label| label.parse::<i64>().ok());
    Ok(match target {
        Target::Item => {
            let ids: Vec<Id<Item>> = ids.map(Id::new).collect();
            let found = cases::queries::items_in_force(tx, &ids)?;
            found.into_iter().map(|(id, named)| (id.to_string(), named)).collect()
        }
        Target::Unit => {
            let wanted: Vec<Id<Unit>> = ids.map(Id::new).collect();
            let units = people::queries::all_units_options(tx)?.into_iter();
            units
                .filter(|unit| wanted.contains(&unit.id))
                .map(|unit| (unit.id.to_string(), (unit.id.to_string(), unit.name.clone())))
                .collect()
        }
    })
}

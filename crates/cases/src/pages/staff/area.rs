//! From the city down to the stretch: divisions, unit grid cells, street sections, adopted stretches. Each level adds up the
//! same counts; each number opens to its cases.

use crate::desk::{Desk, Stretch};
use crate::model::{Division, Section};
use crate::queries::{Group, Rates, Scope, by_group_in, total_in};
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::time::Date;
use places::PlaceIndex;
use places::queries::SectionLabel;
use std::collections::HashMap;
use std::fmt::Write as _;
use web::Ui;
use web::list::Params;

/// Where somebody stands, as the address says it.
#[derive(Clone, Debug, Default)]
pub(super) struct Place {
    within: Option<Id<Division>>,
    grid: String,
    section: Option<Id<Section>>,
}

/// A row: its part of the counts, what it is called, where its cases are, and where one goes further down.
pub(crate) struct Row {
    pub key: i64,
    pub name: String,
    /// Conditions of its list, to be written behind those of the period.
    pub cases: String,
    /// Query of the level below; empty at the bottom.
    pub below: String,
}

/// What stands in the rows.
#[derive(Clone, Debug)]
enum Level {
    /// Divisions right below this one; below none: the topmost. Those above it that have no other child are passed over, and
    /// what is known to lie in them only is its own.
    Divisions(Option<Id<Division>>, Vec<Id<Division>>),
    Grids,
    Sections,
    Stretches(Vec<Stretch>),
}

/// A level with everything that its rows need.
pub(super) struct Area {
    level: Level,
    pub scope: Scope,
    /// Conditions of the list of all that is counted here.
    pub cases: String,
    labels: HashMap<Id<Section>, SectionLabel>,
}

pub(super) fn place(params: &Params, index: &PlaceIndex) -> Result<Place> {
    let bad = |name: &'static str| Problem::field(name, "not-a-choice");
    let id = |name: &'static str| match params.get(name) {
        "" => Ok(None),
        text => text.parse::<i64>().map(Some).map_err(|_| bad(name)),
    };
    let within = id("within")?.map(Id::new);
    if within.is_some_and(|d| index.division(d).is_none()) {
        return Err(bad("within"));
    }
    let grid = params.get("grid");
    if !grid.is_empty() && (grid.len() != 15 || !grid.bytes().all(|b| b.is_ascii_digit())) {
        return Err(bad("grid"));
    }
    Ok(Place { within, grid: grid.to_owned(), section: id("section")?.map(Id::new) })
}

/// A division and all below it, itself first.
fn with_below(index: &PlaceIndex, id: Id<Division>) -> Vec<i64> {
    index.divisions().iter().filter(|n| n.path.contains(&id)).map(|n| n.id.raw()).collect()
}

/// Where the first divisions below are between which one can choose: a city that is its own only county is passed over. The
/// division that they are below, those passed over on the way, and whether there are any at all.
fn choice(index: &PlaceIndex, of: Option<Id<Division>>) -> (Option<Id<Division>>, Vec<Id<Division>>, bool) {
    let below = |of: Option<Id<Division>>| -> Vec<Id<Division>> {
        index.divisions().iter().filter(|n| n.parent == of).map(|n| n.id).collect()
    };
    let (mut at, mut passed, mut children) = (of, Vec::new(), below(of));
    while let [only] = *children.as_slice() {
        let further = below(Some(only));
        if further.is_empty() {
            break;
        }
        passed.extend(at);
        (at, children) = (Some(only), further);
    }
    (at, passed, !children.is_empty())
}

impl Area {
    /// Looks where somebody stands. `day`: of whose register the stretches are.
    pub(super) fn read(
        ctx: &Ctx,
        tx: &mut Tx<'_>,
        desk: &Desk,
        index: &PlaceIndex,
        place: &Place,
        days: (Date, Date),
    ) -> Result<Self> {
        let mut scope = Scope { grid: place.grid.clone(), section: place.section, ..Scope::default() };
        let mut cases = String::new();
        if let Some(within) = place.within {
            scope.divisions = with_below(index, within);
            let _ = write!(cases, "&area={within}");
        }
        if !place.grid.is_empty() {
            let _ = write!(cases, "&grid={}", place.grid);
        }
        let mut labels = HashMap::new();
        let level = if let Some(section) = place.section {
            let _ = write!(cases, "&section={section}");
            labels = places::queries::section_names(tx, &[section])?;
            Level::Stretches(desk.register.stretches(tx, section, days.1)?)
        } else if !place.grid.is_empty() {
            Level::Sections
        } else {
            let (parent, passed, any) = choice(index, place.within);
            if any {
                Level::Divisions(parent, passed)
            } else if by_group_in(ctx, tx, Group::Grid, days, &scope)?.iter().any(|r| r.key != 0) {
                Level::Grids
            } else {
                Level::Sections
            }
        };
        Ok(Self { level, scope, cases, labels })
    }

    /// The counts of a period, by the key of their row.
    pub(super) fn sums(
        &self,
        ctx: &Ctx,
        tx: &mut Tx<'_>,
        index: &PlaceIndex,
        days: (Date, Date),
    ) -> Result<HashMap<i64, Rates>> {
        let mut sums: HashMap<i64, Rates> = HashMap::new();
        match &self.level {
            Level::Divisions(parent, passed) => {
                for rates in by_group_in(ctx, tx, Group::Division, days, &self.scope)? {
                    let key = child_of(index, *parent, passed, rates.key);
                    sums.entry(key).or_insert_with(|| Rates { key, ..Rates::default() }).add(&rates);
                }
            }
            Level::Grids | Level::Sections => {
                let group = if matches!(self.level, Level::Grids) { Group::Grid } else { Group::Section };
                let rows = by_group_in(ctx, tx, group, days, &self.scope)?;
                sums.extend(rows.into_iter().map(|r| (r.key, r)));
            }
            Level::Stretches(stretches) => {
                for (stretch, key) in stretches.iter().zip(1_i64..) {
                    let along = Some((stretch.from_m, stretch.to_m));
                    let rates = total_in(ctx, tx, days, &Scope { along, ..self.scope.clone() })?;
                    sums.insert(key, Rates { key, ..rates });
                }
            }
        }
        Ok(sums)
    }

    /// Reads the names of the sections that these rows are of.
    pub(super) fn name(&mut self, tx: &mut Tx<'_>, keys: impl Iterator<Item = i64>) -> Result<()> {
        if matches!(self.level, Level::Sections) {
            let ids: Vec<Id<Section>> = keys.filter(|k| *k != 0).map(Id::new).collect();
            self.labels = places::queries::section_names(tx, &ids)?;
        }
        Ok(())
    }

    /// A row. `here`: the query of this level.
    pub(super) fn row(&self, ui: &Ui, index: &PlaceIndex, here: &Params, key: i64) -> Row {
        let none = || ui.t("statistics-none");
        let below = |name: &str, value: &str| here.with(name, value);
        let beside = |condition: String| format!("{}{condition}", self.cases);
        let (name, cases, below) = match &self.level {
            Level::Divisions(parent, passed) => match index.division(Id::new(key)) {
                None => (none(), "&divisions=0".to_owned(), String::new()),
                // cases of which nobody knows more than the division itself
                Some(node) if Some(node.id) == *parent => {
                    let own = [key].into_iter().chain(passed.iter().map(|d| d.raw())).collect::<Vec<_>>();
                    (ui.t("statistics-no-finer"), format!("&divisions={}", joined(&own)), String::new())
                }
                Some(node) => {
                    (node.name.to_string(), format!("&area={key}"), below("within", &key.to_string()))
                }
            },
            Level::Grids if key == 0 => (none(), beside("&grid=0".to_owned()), String::new()),
            Level::Grids => {
                let code = format!("{key:015}");
                (code.clone(), beside(format!("&grid={code}")), below("grid", &code))
            }
            Level::Sections => {
                let label = self.labels.get(&Id::new(key)).map(SectionLabel::name);
                let down = if key == 0 { String::new() } else { below("section", &key.to_string()) };
                (label.unwrap_or_else(none), beside(format!("&section={key}")), down)
            }
            Level::Stretches(stretches) => {
                let at = usize::try_from(key - 1).unwrap_or_default();
                let stretch = stretches.get(at);
                let name = stretch.map(|s| format!("{} {}", s.number, s.unit)).unwrap_or_default();
                let along = stretch.map(|s| format!("&along={}-{}", s.from_m, s.to_m)).unwrap_or_default();
                (name, beside(along), String::new())
            }
        };
        Row { key, name, cases, below }
    }

    /// From the city down to here.
    pub(super) fn crumbs(
        &self,
        ui: &Ui,
        index: &PlaceIndex,
        here: &Params,
        place: &Place,
    ) -> Vec<(String, String)> {
        let without = |names: &[&str]| {
            names.iter().fold(here.to_query(), |query, name| Params::parse(&query).with(name, ""))
        };
        let top = without(&["within", "grid", "section"]);
        let mut crumbs = vec![(ui.city.clone(), top.clone())];
        let node = place.within.and_then(|id| index.division(id));
        for id in node.map(|n| n.path.as_slice()).unwrap_or_default() {
            let Some(node) = index.division(*id).filter(|n| n.parent.is_some()) else { continue };
            crumbs.push((node.name.to_string(), Params::parse(&top).with("within", &id.to_string())));
        }
        if !place.grid.is_empty() {
            let text = ui.ta("statistics-grid", [("code", place.grid.clone())]);
            crumbs.push((text, without(&["section"])));
        }
        if let Some(section) = place.section {
            let name = self.labels.get(&section).map(SectionLabel::name).unwrap_or_default();
            crumbs.push((name, here.to_query()));
        }
        crumbs
    }

    /// What the rows are, for the head of the first column.
    pub(super) fn word(&self) -> &'static str {
        match self.level {
            Level::Divisions(..) => "division",
            Level::Grids => "grid",
            Level::Sections => "section",
            Level::Stretches(_) => "stretch",
        }
    }
}

/// The row of a division's cases: the child of `parent` that it lies in, `parent` itself (also for those passed over on the
/// way to it), or 0.
fn child_of(index: &PlaceIndex, parent: Option<Id<Division>>, passed: &[Id<Division>], key: i64) -> i64 {
    let Some(node) = index.division(Id::new(key)) else { return 0 };
    if let Some(parent) = parent
        && passed.contains(&node.id)
    {
        return parent.raw();
    }
    match parent {
        None => node.path.first().map_or(0, |id| id.raw()),
        Some(parent) => match node.path.iter().position(|id| *id == parent) {
            Some(at) => node.path.get(at + 1).unwrap_or(&parent).raw(),
            None => 0,
        },
    }
}

fn joined(ids: &[i64]) -> String {
    ids.iter().map(i64::to_string).collect::<Vec<_>>().join(",")
}

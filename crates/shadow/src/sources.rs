//! Gathers what is known of a scheme's standards: what inspectors found, what rounds came to, grades of papers, what people said.

use crate::model::{Origin, Plan, Source};
use crate::outlook::{Given, Seen};
use ::store::Tx;
use assessment::scheme::notation::Rule;
use assessment::scheme::seam::{self, Tree};
use kernel::problem::Result;
use scoring::{Exact, Observation, Outcome, Value, fold};
use std::collections::{BTreeSet, HashMap};
use web::City;

/// A place that was looked at: a point of an inspection, a row of a round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub name: String,
    pub unit: String,
    /// Where it is shown; empty for nowhere.
    pub href: String,
}

/// One way of judging a standard, with what was found.
#[derive(Clone, Debug)]
pub struct Part {
    pub code: String,
    pub way: String,
    pub rule: Rule,
    /// `point` is a place in [`Gathered::points`].
    pub observations: Vec<Observation>,
}

/// What was not sampled at points.
#[derive(Clone, Debug)]
pub struct GivenPart {
    pub code: String,
    pub way: String,
    pub share: Exact,
    pub error: f64,
}

/// Something that the plan names and that is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Absent {
    pub way: String,
    pub what: String,
}

#[derive(Clone, Debug, Default)]
pub struct Gathered {
    pub parts: Vec<Part>,
    pub others: Vec<GivenPart>,
    pub points: Vec<Place>,
    pub absent: Vec<Absent>,
    /// Standards that were observed and that the scheme does not have.
    pub strangers: Vec<String>,
}

impl Gathered {
    pub fn seen(&self) -> Vec<Seen<'_>> {
        let mut all = Vec::with_capacity(self.parts.len());
        for Part { code, way, rule, observations } in &self.parts {
            all.push(Seen { code, way, method: &rule.method, across: &rule.across, observations });
        }
        all
    }

    pub fn given(&self) -> Vec<Given<'_>> {
        let mut all = Vec::with_capacity(self.others.len());
        for GivenPart { code, way, share, error } in &self.others {
            all.push(Given { code, way, share: share.clone(), error: *error });
        }
        all
    }

    pub fn observations(&self) -> usize {
        self.parts.iter().map(|part| part.observations.len()).sum()
    }

    /// Observations, or figures from elsewhere, of one way of judging.
    pub fn observations_of(&self, way: &str) -> usize {
        let seen: usize = self.parts.iter().filter(|p| p.way == way).map(|p| p.observations.len()).sum();
        seen + self.others.iter().filter(|p| p.way == way).count()
    }
}

/// Where a way of judging likely comes from, by its name.
pub fn likely(tree: &Tree, way: &str) -> Origin {
    let has = |words: &[&str]| words.iter().any(|word| way.contains(word));
    if has(&["问卷", "调查", "满意"]) {
        Origin::Survey
    } else if has(&["材料", "申报"]) {
        Origin::Papers
    } else if tree.scheme.observed_way == way || has(&["实地", "考察", "检查"]) {
        Origin::Inspections
    } else {
        Origin::None
    }
}

/// Gathers everything that the plan names.
pub(crate) fn gather(
    tx: &mut Tx<'_>,
    city: Option<&City>,
    tree: &Tree,
    plan: Option<&Plan>,
) -> Result<Gathered> {
    let mut all = Gathered::default();
    for source in plan.iter().flat_map(|plan| &plan.sources.0) {
        match source.origin() {
            Origin::Rounds => rounds(tx, city, tree, source, &mut all)?,
            Origin::Inspections => inspections(tx, tree, source, &mut all)?,
            Origin::Papers => papers(tx, tree, source, &mut all)?,
            Origin::Survey => survey(tx, tree, source, &mut all)?,
            Origin::None => {}
        }
    }
    Ok(all)
}

fn rounds(
    tx: &mut Tx<'_>,
    city: Option<&City>,
    tree: &Tree,
    source: &Source,
    all: &mut Gathered,
) -> Result<()> {
    let found = seam::found(tx, city, tree, &source.way, &source.from)?;
    let first = u64::try_from(all.points.len()).unwrap_or_default();
    let place = |row: seam::Row| Place { name: row.name, unit: row.unit, href: row.href };
    all.points.extend(found.rows.into_iter().map(place));
    all.absent.extend(found.absent.into_iter().map(|what| Absent { way: source.way.clone(), what }));
    let mut by_code = found.observations;
    // in the order of the tree, so that places in the list stay what they are
    for of in &tree.placed {
        let Some(mut observations) = by_code.remove(&of.node.code) else { continue };
        for seen in &mut observations {
            seen.point += first;
        }
        push(tree, &of.node.code, &source.way, observations, all);
    }
    Ok(())
}

fn push(tree: &Tree, code: &str, way: &str, observations: Vec<Observation>, all: &mut Gathered) {
    if let Some(rule) = tree.rule(code, way) {
        all.parts.push(Part { code: code.to_owned(), way: way.to_owned(), rule: rule.clone(), observations });
    }
}

/// Grades of papers: several items of one standard count as their mean by the standard's own rule.
fn papers(tx: &mut Tx<'_>, tree: &Tree, source: &Source, all: &mut Gathered) -> Result<()> {
    let mut grades: HashMap<String, Vec<Observation>> = HashMap::new();
    for number in &source.from {
        let period = evidence::queries::periods(tx)?.into_iter().find(|period| period.number == *number);
        let Some(period) = period else {
            all.absent.push(Absent { way: source.way.clone(), what: number.clone() });
            continue;
        };
        for (point, graded) in (0..).zip(evidence::queries::grades(tx, period.id)?) {
            let value = Value::Points(graded.grade);
            let seen = Observation { value, point, scorer: 0, occasion: 0, period: 0, again: false };
            grades.entry(graded.code).or_default().push(seen);
        }
    }
    for of in &tree.placed {
        let (Some(seen), Some(_)) = (grades.remove(&of.node.code), tree.rule(&of.node.code, &source.way))
        else {
            continue;
        };
        // a grade is a share already: the mean of its items, whatever the rule makes of places
        let method = scoring::Method::Mean { full: Exact::one() };
        let all_seen: Vec<&Observation> = seen.iter().collect();
        if let Outcome::Share(share) = fold(&method, &[], &all_seen) {
            let (code, way) = (of.node.code.clone(), source.way.clone());
            all.others.push(GivenPart { code, way, share, error: 0.0 });
        }
    }
    let mut unknown: BTreeSet<String> = all.strangers.drain(..).collect();
    unknown.extend(grades.into_keys());
    all.strangers = unknown.into_iter().collect();
    Ok(())
}

/// Observations by the standard's code. Lines are alike more often than not: what each says is read once.
#[derive(Default)]
struct Lines {
    by_code: Vec<(String, Vec<Observation>)>,
    /// Place of the standard, and the value, by the line; none for what is no line.
    known: HashMap<String, Option<(usize, Value)>>,
}

impl Lines {
    fn add(&mut self, line: &str, seen: impl Fn(Value) -> Observation) {
        let said = match self.known.get(line) {
            Some(said) => *said,
            None => {
                let said = fieldwork::tally::said(line).map(|(code, value)| (self.place(code), value));
                self.known.insert(line.to_owned(), said);
                said
            }
        };
        if let Some((place, value)) = said
            && let Some((_, all)) = self.by_code.get_mut(place)
        {
            all.push(seen(value));
        }
    }

    fn place(&mut self, code: &str) -> usize {
        if let Some(place) = self.by_code.iter().position(|(known, _)| known == code) {
            return place;
        }
        self.by_code.push((code.to_owned(), Vec::new()));
        self.by_code.len() - 1
    }
}

/// What inspectors found at points: first visits only, as a point that is visited twice would weigh twice.
fn inspections(tx: &mut Tx<'_>, tree: &Tree, source: &Source, all: &mut Gathered) -> Result<()> {
    let mut found = Lines::default();
    let mut places: HashMap<i64, u64> = HashMap::new();
    let units = people::queries::all_units_options(tx)?;
    let units: HashMap<_, String> = units.into_iter().map(|unit| (unit.id, unit.name)).collect();
    for (occasion, number) in (1..).zip(&source.from) {
        let Some(inspection) = inspections::queries::by_number(tx, number)? else {
            all.absent.push(Absent { way: source.way.clone(), what: number.clone() });
            continue;
        };
        for record in fieldwork::queries::tallies(tx, inspection.id)? {
            let point = *places.entry(record.point_id.raw()).or_insert_with(|| {
                let place = u64::try_from(all.points.len()).unwrap_or_default();
                all.points.push(Place {
                    name: record.point_name.clone(),
                    unit: record.unit_id.and_then(|unit| units.get(&unit)).cloned().unwrap_or_default(),
                    href: format!("/fieldwork/records/{}", record.number),
                });
                place
            });
            let period = u32::try_from(record.at.date().month()).unwrap_or_default();
            let scorer = record.person_id.raw().unsigned_abs();
            for line in record.said() {
                found.add(line, |value| Observation { value, point, scorer, occasion, period, again: false });
            }
        }
    }
    let by_code = found.by_code;
    // a checklist names standards by their codes, or by what a scheme says it observes
    let judged: Vec<(&str, Vec<String>)> = tree
        .placed
        .iter()
        .filter(|of| tree.rule(&of.node.code, &source.way).is_some())
        .map(|of| (of.node.code.as_str(), seam::names(of)))
        .collect();
    let plain: Vec<String> = by_code.iter().map(|(said, _)| seam::plain_name(said)).collect();
    let mut used = vec![false; by_code.len()];
    for (code, names) in judged {
        let mut observations = Vec::new();
        for (((said, seen), plain), used) in by_code.iter().zip(&plain).zip(&mut used) {
            if said == code || names.contains(plain) {
                observations.extend_from_slice(seen);
                *used = true;
            }
        }
        if !observations.is_empty() {
            observations.sort_unstable_by_key(|seen| (seen.occasion, seen.point));
            push(tree, code, &source.way, observations, all);
        }
    }
    let mut unknown: BTreeSet<String> = all.strangers.drain(..).collect();
    unknown.extend(by_code.into_iter().zip(used).filter(|(_, used)| !used).map(|((said, _), _)| said));
    all.strangers = unknown.into_iter().collect();
    Ok(())
}

/// What people said of standards, each with its own standard error.
fn survey(tx: &mut Tx<'_>, tree: &Tree, source: &Source, all: &mut Gathered) -> Result<()> {
    let mut unknown: BTreeSet<String> = all.strangers.drain(..).collect();
    for number in &source.from {
        // one that is not there, or that people still answer
        let found = match surveys::queries::estimates_by_standard(tx, number) {
            Ok(found) => found,
            Err(problem) if matches!(problem.status, 404 | 409) => {
                all.absent.push(Absent { way: source.way.clone(), what: number.clone() });
                continue;
            }
            Err(problem) => return Err(problem),
        };
        for estimate in found {
            if tree.rule(&estimate.code, &source.way).is_none() {
                unknown.insert(estimate.code);
                continue;
            }
            // a later survey of the same standard holds instead
            all.others.retain(|given| given.code != estimate.code || given.way != source.way);
            // whole per cent: what is shown beside the survey's own page must not tell more than that does
            let Some(share) = Exact::parse(&format!("{:.2}", estimate.value.clamp(0.0, 1.0))) else {
                continue;
            };
            let (code, way) = (estimate.code, source.way.clone());
            all.others.push(GivenPart { code, way, share, error: estimate.error });
        }
    }
    all.strangers = unknown.into_iter().collect();
    Ok(())
}

/// Where figures come from, with the numbers and names that may be named.
pub(crate) type Known = Vec<(Origin, Vec<(String, String)>)>;

/// What a plan may name.
pub(crate) fn known(tx: &mut Tx<'_>) -> Result<Known> {
    let rounds = seam::rounds(tx)?;
    let inspections = inspections::queries::names(tx)?;
    let surveys = surveys::queries::names(tx)?;
    let periods = evidence::queries::periods(tx)?.into_iter().map(|p| (p.number, p.name)).collect();
    Ok(vec![
        (Origin::Rounds, rounds),
        (Origin::Inspections, inspections),
        (Origin::Papers, periods),
        (Origin::Survey, surveys),
    ])
}

//! The sample: segments, traits and quotas, figures of the plan, who goes where, codes for slips.

use super::{event, load, load_draft, needed, optional, save};
use crate::model::{Pass, PassHash, PassKind, Plan, Segment, Survey, Trait, combinations};
use crate::store as rows;
use crate::workflow::State;
use ::store::Tx;
use ::store::secrets::{random_bytes, random_word};
use kernel::ctx::{Ctx, Person};
use kernel::id::Id;
use kernel::policy::Role;
use kernel::problem::{FieldError, Findings, Problem, Result};
use std::collections::{BTreeMap, HashSet};

/// Most segments of a survey, and most households of a segment.
const MOST_SEGMENTS: usize = 500;
const MOST_HOUSEHOLDS: i64 = 100_000;
/// Most codes that are made at once.
const MOST_CODES: i64 = 2_000;

/// A segment as it is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SegmentDraft {
    pub name: String,
    pub division: String,
    pub division_name: String,
    pub households: i64,
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// Puts these segments in place of those that are there; nobody is assigned to them yet. Records `survey.segments`.
///
/// # Errors
/// 409 unless it is a draft; 422 at `segments`.
pub fn set_segments(ctx: &Ctx, tx: &mut Tx<'_>, of: (&str, i64), drafts: &[SegmentDraft]) -> Result<Survey> {
    let survey = load_draft(ctx, tx, of)?;
    let mut findings = Findings::default();
    findings.check(!drafts.is_empty(), "segments", "required");
    findings.check(drafts.len() <= MOST_SEGMENTS, "segments", "too-many");
    let mut seen = HashSet::new();
    for (draft, line) in drafts.iter().zip(1..) {
        let name = needed(&mut findings, "segments", &draft.name, 60);
        if !(1..=MOST_HOUSEHOLDS).contains(&draft.households) {
            findings.add(FieldError::new("segments", "survey-households").arg("line", line));
        }
        if !seen.insert((draft.division.as_str(), name)) {
            findings.add(FieldError::new("segments", "survey-segment-twice").arg("line", line));
        }
    }
    findings.done()?;
    rows::forget_segments(tx, survey.id)?;
    for (draft, place) in drafts.iter().zip(1..) {
        let segment = Segment {
            id: tx.new_id(),
            survey_id: survey.id,
            place,
            name: draft.name.trim().to_owned(),
            division: draft.division.clone(),
            division_name: draft.division_name.clone(),
            households: draft.households,
            target: survey.plan.0.each.min(draft.households),
            token: random_word(),
            interviewer_id: None,
            interviewer: String::new(),
            version: 1,
        };
        tx.insert(&segment)?;
    }
    let event = event("survey.segments", &survey).with("count", count(drafts.len()));
    save(ctx, tx, survey, event)
}

/// Sets traits and where the population's numbers are from; quotas of other traits go. Records `survey.traits`.
///
/// # Errors
/// 409 unless it is a draft; 422 at `traits`, `traits_source`.
pub fn set_traits(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    of: (&str, i64),
    traits: Vec<Trait>,
    source: &str,
) -> Result<Survey> {
    let mut survey = load_draft(ctx, tx, of)?;
    let mut findings = Findings::default();
    findings.check(traits.len() <= 4, "traits", "too-many");
    for of in &traits {
        needed(&mut findings, "traits", &of.name, 20);
        findings.check((2..=12).contains(&of.categories.len()), "traits", "survey-categories");
        let mut seen = HashSet::new();
        for category in &of.categories {
            let name = needed(&mut findings, "traits", &category.name, 20);
            findings.check(seen.insert(name), "traits", "used-already");
            findings.check(category.people.is_none_or(|n| n > 0), "traits", "survey-people");
        }
    }
    findings.check(combinations(&traits).len() <= 100, "traits", "too-many");
    let counted = traits.iter().flat_map(|t| &t.categories).any(|c| c.people.is_some());
    let source = optional(&mut findings, "traits_source", source, 200);
    findings.check(!counted || !source.is_empty(), "traits_source", "required");
    findings.done()?;
    let names = |of: &[Trait]| -> Vec<Vec<String>> {
        of.iter().map(|t| t.categories.iter().map(|c| c.name.clone()).collect()).collect()
    };
    if names(&survey.traits.0) != names(&traits) {
        survey.quotas.0 = BTreeMap::new();
    }
    survey.traits.0 = traits;
    survey.traits_source = source;
    let event = event("survey.traits", &survey).with("count", count(survey.traits.0.len()));
    save(ctx, tx, survey, event)
}

/// Sets quotas of combinations; those that are not named are not bounded. Records `survey.quotas`.
///
/// # Errors
/// 409 unless it is a draft; 422 at `quotas`.
pub fn set_quotas(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    of: (&str, i64),
    quotas: BTreeMap<String, i64>,
) -> Result<Survey> {
    let mut survey = load_draft(ctx, tx, of)?;
    let known: HashSet<String> = combinations(&survey.traits.0).into_iter().map(|(key, _)| key).collect();
    let mut findings = Findings::default();
    findings.check(quotas.keys().all(|key| known.contains(key)), "quotas", "not-a-choice");
    if !quotas.values().all(|n| (0..=100_000).contains(n)) {
        findings.add(FieldError::new("quotas", "not-within").arg("least", 0).arg("most", 100_000));
    }
    findings.done()?;
    survey.quotas.0 = quotas;
    let wanted: i64 = survey.quotas.0.values().sum();
    let event = event("survey.quotas", &survey).with("count", wanted);
    save(ctx, tx, survey, event)
}

/// Sets the figures of the plan; segments want what it says. Records `survey.planned`.
///
/// # Errors
/// 409 unless it is a draft; 422 at `plan_margin`, `plan_effect`, `plan_response`, `plan_each`, `plan_tries`, `plan_per_day`.
pub fn set_plan(ctx: &Ctx, tx: &mut Tx<'_>, of: (&str, i64), plan: Plan) -> Result<Survey> {
    let mut survey = load_draft(ctx, tx, of)?;
    let mut findings = Findings::default();
    findings.within("plan_margin", plan.margin, 5, 200);
    findings.within("plan_effect", plan.effect, 100, 1_000);
    findings.within("plan_response", plan.response, 5, 100);
    findings.within("plan_each", plan.each, 1, 1_000);
    findings.within("plan_tries", plan.tries, 1, 10);
    findings.within("plan_per_day", plan.per_day, 1, 200);
    findings.done()?;
    for mut segment in rows::segments(tx, survey.id)? {
        segment.target = plan.each.min(segment.households);
        tx.save(&segment)?;
    }
    let event = event("survey.planned", &survey).with("margin", plan.margin).with("each", plan.each);
    survey.plan.0 = plan;
    save(ctx, tx, survey, event)
}

/// Gives segments to an inspector, or to nobody. Records `survey.assigned`.
///
/// # Errors
/// 409 for a closed survey; 422 at `segments` and `interviewer`.
pub fn assign(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    of: (&str, i64),
    places: &[i64],
    person: Option<Id<Person>>,
) -> Result<Survey> {
    let survey = load(ctx, tx, of)?;
    if survey.state == State::Closed {
        return Err(Problem::conflict("survey-frozen"));
    }
    let name = match person {
        None => String::new(),
        Some(id) => {
            let holders = people::queries::holders_of(tx, Role::Inspector)?;
            let found = holders.into_iter().find(|h| h.id.raw() == id.raw());
            found.ok_or_else(|| Problem::field("interviewer", "not-a-choice"))?.name
        }
    };
    if places.is_empty() {
        return Err(Problem::field("segments", "required"));
    }
    for place in places {
        let segment = rows::segment_at(tx, survey.id, *place)?;
        let mut segment = segment.ok_or_else(|| Problem::field("segments", "not-a-choice"))?;
        segment.interviewer_id = person;
        segment.interviewer.clone_from(&name);
        tx.save(&segment)?;
    }
    let event = event("survey.assigned", &survey).with("name", name).with("count", count(places.len()));
    save(ctx, tx, survey, event)
}

/// Letters and digits that are not taken for each other.
const LETTERS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/// A code as it is compared: capitals, without spaces and dashes.
pub(super) fn plain_code(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}

fn code() -> String {
    let letter = |byte: u8| char::from(LETTERS[usize::from(byte % 32)]);
    let letters: String = random_bytes::<8>().into_iter().map(letter).collect();
    format!("{}-{}", &letters[..4], &letters[4..])
}

/// Makes codes for slips. They are told once; what is kept is a keyed hash that goes when the code is used. Records `survey.codes`.
///
/// # Errors
/// 409 for a closed survey, `survey-no-codes` for one that wants none; 422 at `code_count`.
pub fn make_codes(ctx: &Ctx, tx: &mut Tx<'_>, of: (&str, i64), wanted: i64) -> Result<Vec<String>> {
    let survey = load(ctx, tx, of)?;
    if survey.state == State::Closed {
        return Err(Problem::conflict("survey-frozen"));
    }
    if !survey.codes {
        return Err(Problem::conflict("survey-no-codes"));
    }
    let mut findings = Findings::default();
    findings.within("code_count", wanted, 1, MOST_CODES);
    findings.done()?;
    let mut codes = Vec::new();
    while count(codes.len()) < wanted {
        let code = code();
        let hash = tx.keyed_hash::<PassHash>(&plain_code(&code))?;
        if rows::has_pass(tx, survey.id, PassKind::Code, &hash)? {
            continue;
        }
        tx.insert(&Pass { id: rows::chance(), survey_id: survey.id, kind: PassKind::Code, hash })?;
        codes.push(code);
    }
    let event = event("survey.codes", &survey).with("count", wanted);
    save(ctx, tx, survey, event)?;
    Ok(codes)
}

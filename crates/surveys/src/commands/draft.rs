//! Surveys: made, renamed, copied into the next edition; the city's list of groups.

use super::{event, load, name_of, needed, optional, save};
use crate::model::{Plan, Survey};
use crate::policy::{Act, require};
use crate::settings::{AUDIENCES, MOST_AUDIENCES};
use crate::store as rows;
use crate::workflow::State;
use ::store::Tx;
use ::store::value::Json;
use assessment::scheme::standards::standards;
use kernel::ctx::Ctx;
use kernel::problem::{FieldError, Findings, Problem, Result};
use kernel::time::Date;
use std::collections::BTreeMap;

/// What somebody enters.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    pub name: String,
    pub audience: String,
    pub lead: String,
    /// Number of a scheme; empty for none.
    pub scheme: String,
    pub closes: Option<Date>,
    pub codes: bool,
}

const NAME: usize = 60;
const LEAD: usize = 500;

struct Checked {
    name: String,
    audience: String,
    lead: String,
    scheme: String,
}

fn check(ctx: &Ctx, tx: &mut Tx<'_>, draft: &Draft, had: Option<&Survey>) -> Result<Checked> {
    let mut findings = Findings::default();
    let name = needed(&mut findings, "survey_name", &draft.name, NAME);
    let lead = optional(&mut findings, "survey_lead", &draft.lead, LEAD);
    let audiences = AUDIENCES.get(tx)?;
    let audience = draft.audience.trim();
    let known = audiences.iter().any(|a| a == audience) || had.is_some_and(|s| s.audience == audience);
    findings.check(known, "survey_audience", "not-a-choice");
    let scheme = draft.scheme.trim();
    let found = scheme.is_empty() || standards(tx, scheme)?.is_some();
    findings.check(found, "survey_scheme", "not-a-choice");
    findings.check(draft.closes.is_none_or(|day| day >= ctx.now.date()), "survey_closes", "survey-day-over");
    findings.done()?;
    Ok(Checked { name, lead, audience: audience.to_owned(), scheme: scheme.to_owned() })
}

fn seed() -> String {
    hex::encode(::store::secrets::random_bytes::<32>())
}

/// Makes a draft. Records `survey.made`.
///
/// # Errors
/// 422 at `survey_name`, `survey_audience`, `survey_lead`, `survey_scheme`, `survey_closes`.
pub fn make(ctx: &Ctx, tx: &mut Tx<'_>, draft: &Draft) -> Result<Survey> {
    require(ctx, Act::Plan)?;
    let checked = check(ctx, tx, draft, None)?;
    let survey = Survey {
        id: tx.new_id(),
        number: format!("SV-{:04}", tx.next_number("SV")?),
        name: checked.name,
        audience: checked.audience,
        lead: checked.lead,
        scheme_number: checked.scheme,
        questions: Json(Vec::new()),
        traits: Json(Vec::new()),
        traits_source: String::new(),
        quotas: Json(BTreeMap::new()),
        plan: Json(Plan::default()),
        seed: seed(),
        closes: draft.closes,
        codes: draft.codes,
        state: State::Draft,
        edition: 1,
        before_id: None,
        made_by: name_of(ctx),
        made_at: ctx.now,
        closed_at: None,
        version: 1,
    };
    tx.insert(&survey)?;
    tx.record(ctx, event("survey.made", &survey).with("name", survey.name.as_str()))?;
    Ok(survey)
}

/// Changes name, group, scheme, days. Of a published survey only the last day can be changed: what was asked stands. Records `survey.edited`.
///
/// # Errors
/// As [`make`]; 409 for a closed one.
pub fn edit(ctx: &Ctx, tx: &mut Tx<'_>, of: (&str, i64), draft: &Draft) -> Result<Survey> {
    let mut survey = load(ctx, tx, of)?;
    match survey.state {
        State::Closed => return Err(Problem::conflict("survey-frozen")),
        State::Published => {
            let over = draft.closes.is_some_and(|day| day < ctx.now.date());
            if over {
                return Err(Problem::field("survey_closes", "survey-day-over"));
            }
        }
        State::Draft => {
            let checked = check(ctx, tx, draft, Some(&survey))?;
            survey.name = checked.name;
            survey.audience = checked.audience;
            survey.lead = checked.lead;
            survey.scheme_number = checked.scheme;
            survey.codes = draft.codes;
        }
    }
    survey.closes = draft.closes;
    let event = event("survey.edited", &survey);
    save(ctx, tx, survey, event)
}

/// The next edition: questions, traits, quotas and figures of the plan, with a new seed and without segments. Records `survey.copied`.
///
/// # Errors
/// 404.
pub fn copy(ctx: &Ctx, tx: &mut Tx<'_>, number: &str) -> Result<Survey> {
    require(ctx, Act::Plan)?;
    let before = rows::by_number(tx, number)?.ok_or_else(Problem::not_found)?;
    let survey = Survey {
        id: tx.new_id(),
        number: format!("SV-{:04}", tx.next_number("SV")?),
        seed: seed(),
        closes: None,
        state: State::Draft,
        edition: before.edition + 1,
        before_id: Some(before.id),
        made_by: name_of(ctx),
        made_at: ctx.now,
        closed_at: None,
        version: 1,
        ..before.clone()
    };
    tx.insert(&survey)?;
    let event = event("survey.copied", &survey).with("from", before.number.as_str());
    tx.record(ctx, event)?;
    Ok(survey)
}

/// Sets the groups that may be asked. What was made for a group that is no longer in the list keeps it.
///
/// # Errors
/// 422 at `audiences`.
pub fn set_audiences(ctx: &Ctx, tx: &mut Tx<'_>, names: &[String]) -> Result<()> {
    require(ctx, Act::Plan)?;
    let mut kept: Vec<String> = Vec::new();
    for name in names.iter().map(|n| n.trim()).filter(|n| !n.is_empty()) {
        if name.chars().count() > 20 {
            return Err(Problem::invalid(vec![FieldError::new("audiences", "too-long").arg("max", 20)]));
        }
        if !kept.iter().any(|k| k == name) {
            kept.push(name.to_owned());
        }
    }
    if kept.is_empty() || kept.len() > MOST_AUDIENCES {
        return Err(Problem::invalid(vec![
            FieldError::new("audiences", "not-within").arg("least", 1).arg("most", MOST_AUDIENCES),
        ]));
    }
    AUDIENCES.set(tx, ctx, &kept)?;
    // setting it to what it is changes nothing, and records nothing
    tx.housekeeping();
    Ok(())
}

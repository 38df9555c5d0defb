//! The city's own numbers for questions, neighbours, recurrence and second looks.

use crate::commands;
use crate::pages::shared;
use crate::policy::{Act, POLICY, city};
use crate::rules::{BOUNDS, Bound, RULES, Rules};
use axum::http::StatusCode;
use kernel::problem::{Findings, Result};
use web::error::{OrFail, page_with, redirect};
use web::form::Filled;
use web::{Answer, Form, Req, Ui};

#[derive(askama::Template)]
#[template(path = "cases/rules.html")]
struct RulesPage {
    ui: Ui,
    form: Filled,
    groups: Vec<(&'static str, Vec<&'static Bound>)>,
}

/// How the page is divided: the text of each part's title, and its fields.
const GROUPS: &[(&str, &[&str])] = &[
    ("rules-questions", &["reply_days"]),
    ("rules-citizens", &["voice_m", "rating_days", "contest_days"]),
    ("rules-duplicates", &["alike_percent"]),
    ("rules-recurrence", &["recurrence_m", "recurrence_days"]),
    ("rules-looks", &["look_percent", "look_days"]),
    ("rules-recordings", &["recording_seconds", "recording_mb"]),
    ("rules-offline", &["offline_hours"]),
];

fn stored(rules: &Rules) -> Filled {
    let mut copy = rules.clone();
    let form = Filled::new().set("drop_unanswered", if rules.drop_unanswered { "1" } else { "" });
    BOUNDS.iter().fold(form, |form, bound| form.set(bound.field, *(bound.of)(&mut copy)))
}

fn given(form: &Form, before: Rules) -> Result<Rules> {
    let (mut rules, mut findings) = (before, Findings::default());
    for bound in BOUNDS {
        let number = findings.take(form.number::<u32>(bound.field)).flatten();
        findings.check(number.is_some(), bound.field, "required");
        if let Some(number) = number {
            *(bound.of)(&mut rules) = number;
        }
    }
    rules.drop_unanswered = form.ticked("drop_unanswered");
    findings.done()?;
    Ok(rules)
}

async fn show(req: &Req, filled: Option<Filled>) -> Answer {
    let read = req.read(|ctx, tx| {
        POLICY.require(ctx, Act::EditRules, &city(), true)?;
        RULES.get(tx)
    });
    let rules = read.await.or_fail(req)?;
    let status = if filled.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let bounds = |fields: &[&str]| BOUNDS.iter().filter(|b| fields.contains(&b.field)).collect();
    let groups = GROUPS.iter().map(|(title, fields)| (*title, bounds(fields))).collect();
    let form = filled.unwrap_or_else(|| stored(&rules));
    page_with(req, status, &RulesPage { ui: req.ui(), form, groups })
}

pub(crate) async fn page_of(req: Req) -> Answer {
    show(&req, None).await
}

pub(crate) async fn save(req: Req, form: Form) -> Answer {
    let sent = form.clone();
    let done = req.write(move |ctx, tx| {
        let rules = given(&sent, RULES.get(tx)?)?;
        commands::edit_rules(ctx, tx, &rules)
    });
    match done.await {
        Ok(()) => Ok(redirect(&req, "/cases/rules", "case-rules-saved", "")),
        Err(problem) => show(&req, Some(shared::refused(&req, &form, problem)?)).await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_stands_in_one_group() {
        for bound in BOUNDS {
            assert_eq!(GROUPS.iter().filter(|(_, fields)| fields.contains(&bound.field)).count(), 1);
        }
    }
}

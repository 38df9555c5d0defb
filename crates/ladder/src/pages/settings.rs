//! The city's ladder: the switch, the steps with their conditions, who issues, the number prefixes.

use super::shared;
use crate::model::Rung;
use crate::policy::{Act, POLICY, city};
use crate::rules::{Condition, LADDER, Ladder, Manner, Scope};
use crate::{commands, forms, store as rows};
use axum::http::StatusCode;
use kernel::calendar::TimeUnit;
use kernel::problem::Problem;
use kernel::workflow::Named;
use web::error::{OrFail, page_with, redirect};
use web::form::Filled;
use web::{Answer, Form, Req, Ui};

#[derive(askama::Template)]
#[template(path = "ladder/settings.html")]
struct SettingsPage {
    ui: Ui,
    form: Filled,
    rules: Vec<RuleLine>,
    rungs: Vec<RungLine>,
}

struct RuleLine {
    code: String,
    rung: String,
    name: String,
    conditions: Vec<ConditionLine>,
}

struct ConditionLine {
    /// Ending of the field's names: `<rule>_<n>`.
    field: String,
    /// `left`, `late`, `reminders`, `letters`.
    kind: &'static str,
}

struct RungLine {
    code: &'static str,
    name: String,
    /// The last number of this year.
    last: i64,
}

fn kind(condition: Condition) -> &'static str {
    match condition {
        Condition::Left { .. } => "left",
        Condition::Late { .. } => "late",
        Condition::Reminders { .. } => "reminders",
        Condition::Letters { .. } => "letters",
    }
}

/// The form as the stored ladder fills it.
fn stored(ladder: &Ladder) -> Filled {
    let tick = |on: bool| if on { "1" } else { "" };
    let mut form = Filled::new().set("on", tick(ladder.on)).set("organ", &ladder.organ);
    for rung in Rung::ALL {
        let (code, of) = (rung.code(), ladder.form(*rung));
        let days = of.answer_within.filter(|l| l.unit == TimeUnit::WorkingDay).map(|l| l.value.to_string());
        form = form
            .set(&format!("prefix_{code}"), &of.prefix)
            .set(&format!("manner_{code}"), if of.manner == Manner::Itself { "itself" } else { "signed" })
            .set(&format!("answer_{code}"), days.unwrap_or_default());
    }
    for rule in &ladder.rules {
        form = form.set(&format!("on_{}", rule.code), tick(rule.on));
        for (n, condition) in rule.when.iter().enumerate() {
            let field = format!("{}_{n}", rule.code);
            form = match condition {
                Condition::Left { percent } | Condition::Late { percent } => {
                    form.set(&format!("value_{field}"), percent)
                }
                Condition::Reminders { count } => form.set(&format!("value_{field}"), count),
                Condition::Letters { count, days, of } => form
                    .set(&format!("value_{field}"), count)
                    .set(&format!("days_{field}"), days)
                    .set(&format!("of_{field}"), if *of == Scope::Unit { "unit" } else { "subject" }),
            };
        }
    }
    form
}

async fn show(req: &Req, filled: Option<Filled>) -> Answer {
    let year = req.ctx.now.date().year();
    let read = req.read(move |ctx, tx| {
        POLICY.require(ctx, Act::Edit, &city(), true)?;
        let mut last = Vec::new();
        for rung in Rung::ALL {
            last.push(rows::last_in_series(tx, &format!("{}-{year}", rung.code()))?);
        }
        Ok((LADDER.get(tx)?, last))
    });
    let (ladder, last) = read.await.or_fail(req)?;
    let ui = req.ui();
    let status = if filled.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let rules = ladder.rules.iter().map(|rule| RuleLine {
        code: rule.code.clone(),
        rung: shared::rung(&ui, rule.rung),
        name: ui.maybe(format!("ladder-step-{}", rule.code)).unwrap_or_else(|| rule.code.clone()),
        conditions: rule
            .when
            .iter()
            .enumerate()
            .map(|(n, c)| ConditionLine { field: format!("{}_{n}", rule.code), kind: kind(*c) })
            .collect(),
    });
    let rungs = Rung::ALL.iter().zip(last).map(|(rung, last)| RungLine {
        code: rung.code(),
        name: shared::rung(&ui, *rung),
        last,
    });
    let form = filled.unwrap_or_else(|| stored(&ladder));
    let (rules, rungs) = (rules.collect(), rungs.collect());
    page_with(req, status, &SettingsPage { ui, form, rules, rungs })
}

pub(super) async fn page_of(req: Req) -> Answer {
    show(&req, None).await
}

pub(super) async fn save(req: Req, form: Form) -> Answer {
    let sent = form.clone();
    let done = req.write(move |ctx, tx| {
        let ladder = forms::ladder(&sent, LADDER.get(tx)?)?;
        commands::edit(ctx, tx, &ladder)
    });
    match done.await {
        Ok(()) => Ok(redirect(&req, "/ladder/settings", "ladder-saved", "")),
        Err(problem) => show(&req, Some(shared::refused(&req, &form, problem)?)).await,
    }
}

/// `POST /ladder/numbers`: numbers that were given out on paper this year.
pub(super) async fn raise(req: Req, form: Form) -> Answer {
    let rung = form.choice::<Rung>("rung").map_err(|e| Problem::invalid(vec![e])).or_fail(&req)?;
    let last = form.number::<i64>("last").map_err(|e| Problem::invalid(vec![e])).or_fail(&req)?;
    let (rung, last) = (rung.unwrap_or(Rung::Letter), last.unwrap_or(0));
    match req.write(move |ctx, tx| commands::raise(ctx, tx, rung, last)).await {
        Ok(()) => Ok(redirect(&req, "/ladder/settings", "ladder-saved", "")),
        Err(problem) => Err(web::Fail::of(&req, problem)),
    }
}

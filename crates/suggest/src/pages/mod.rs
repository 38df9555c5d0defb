//! How good the advice is, version by version; the settings.

use crate::jobs;
use crate::model::{Target, Version};
use crate::policy::{Act, POLICY, city};
use crate::queries::{self, Taken};
use crate::settings::{RULES, Rules};
use crate::train::percent;
use axum::http::StatusCode;
use kernel::problem::{FieldError, Problem, Result};
use kernel::workflow::Named;
use sheets::{Cell, Column, Kind};
use web::error::{OrFail, page_with, redirect};
use web::form::Filled;
use web::list::Params;
use web::{Access, Answer, Fail, Form, Req, Routes, Ui, export};

pub(crate) fn routes() -> Routes {
    let (see, edit) = (Access::Action("suggest-see"), Access::Action("suggest-edit"));
    Routes::new().get("/admin/dispatch-advice", see, page_of).post("/admin/dispatch-advice", edit, save).post(
        "/admin/dispatch-advice/trainings",
        edit,
        train,
    )
}

/// Versions that the page shows.
const SHOWN: i64 = 24;

#[derive(askama::Template)]
#[template(path = "suggest/advice.html")]
struct AdvicePage {
    ui: Ui,
    params: Params,
    form: Filled,
    targets: Vec<TargetLine>,
    versions: Vec<VersionLine>,
    may_edit: bool,
}

/// What is shown now, and how often people took it.
struct TargetLine {
    name: String,
    state: String,
    mood: &'static str,
    taken: Taken,
    first: String,
    third: String,
}

struct VersionLine {
    name: String,
    state: String,
    version: Version,
    first: String,
    third: String,
    baseline: String,
    f1: String,
}

fn version(ui: &Ui, v: &Version) -> VersionLine {
    let figures = &v.figures.0;
    VersionLine {
        name: ui.named("suggest-target", v.target.code()),
        state: ui.named("suggest-state", v.state.code()),
        first: percent(figures.first_share()),
        third: percent(figures.third_share()),
        baseline: percent(figures.baseline_share()),
        f1: percent(figures.macro_f1),
        version: v.clone(),
    }
}

fn target(ui: &Ui, rules: &Rules, target: Target, versions: &[Version], taken: Taken) -> TargetLine {
    let last = versions.iter().find(|v| v.target == target);
    let (state, mood) = match last {
        _ if !rules.on => (ui.t("suggest-off"), "paused"),
        Some(last) => (ui.named("suggest-state", last.state.code()), last.state.mood()),
        None => (ui.t("suggest-too-few"), "paused"),
    };
    TargetLine {
        name: ui.named("suggest-target", target.code()),
        state,
        mood,
        first: ui.percent(taken.first, taken.offers),
        third: ui.percent(taken.third, taken.offers),
        taken,
    }
}

fn filled(rules: &Rules) -> Filled {
    Filled::new()
        .set("on", if rules.on { "1" } else { "" })
        .set("least_cases", rules.least_cases)
        .set("margin", rules.margin)
        .set("least_share", rules.least_share)
}

async fn show(req: &Req, again: Option<Filled>) -> Answer {
    let read = req.read(|ctx, tx| {
        let versions = queries::versions(ctx, tx, SHOWN)?;
        let mut taken = Vec::new();
        for target in Target::ALL {
            taken.push((*target, queries::taken(ctx, tx, *target)?));
        }
        Ok((versions, taken, RULES.get(tx)?))
    });
    let (versions, taken, rules) = read.await.or_fail(req)?;
    let ui = req.ui();
    let params = Params::parse(&req.query);
    let lines: Vec<VersionLine> = versions.iter().map(|v| version(&ui, v)).collect();
    if let Some(kind) = export::kind(params.get("format")) {
        return exported(req, kind, &lines);
    }
    let status = if again.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let view = AdvicePage {
        targets: taken.into_iter().map(|(t, taken)| target(&ui, &rules, t, &versions, taken)).collect(),
        versions: lines,
        form: again.unwrap_or_else(|| filled(&rules)),
        may_edit: POLICY.may(&req.ctx, Act::Edit, &city()),
        params,
        ui,
    };
    page_with(req, status, &view)
}

fn exported(req: &Req, kind: sheets::FileKind, lines: &[VersionLine]) -> Answer {
    let ui = req.ui();
    let column = |key: &str, of: Kind| Column::new(ui.named("suggest-column", key), of);
    let heads = [
        column("target", Kind::Text),
        column("number", Kind::Int),
        column("state", Kind::Text),
        column("trained", Kind::DateTime),
        column("examples", Kind::Int),
        column("tried", Kind::Int),
        column("first", Kind::Text),
        column("third", Kind::Text),
        column("baseline", Kind::Text),
        column("f1", Kind::Text),
    ];
    let cells = lines.iter().map(|line| {
        vec![
            Cell::from(line.name.as_str()),
            Cell::Int(line.version.number),
            Cell::from(line.state.as_str()),
            Cell::DateTime(line.version.trained_at.to_civil()),
            Cell::Int(line.version.examples),
            Cell::Int(i64::try_from(line.version.figures.0.tried).unwrap_or(0)),
            Cell::from(line.first.as_str()),
            Cell::from(line.third.as_str()),
            Cell::from(line.baseline.as_str()),
            Cell::from(line.f1.as_str()),
        ]
    });
    export::answer(req, kind, &ui.t("suggest-versions"), &heads, cells)
}

async fn page_of(req: Req) -> Answer {
    show(&req, None).await
}

fn rules(form: &Form) -> Result<Rules> {
    let mut errors = Vec::new();
    let mut number = |name: &'static str| match form.number::<i64>(name) {
        Ok(Some(n)) => n,
        Ok(None) => {
            errors.push(FieldError::new(name, "required"));
            0
        }
        Err(error) => {
            errors.push(error);
            0
        }
    };
    let (least_cases, margin, least_share) = (number("least_cases"), number("margin"), number("least_share"));
    let rules = Rules { on: form.ticked("on"), least_cases, margin, least_share };
    if errors.is_empty() { Ok(rules) } else { Err(Problem::invalid(errors)) }
}

async fn save(req: Req, form: Form) -> Answer {
    POLICY.require(&req.ctx, Act::Edit, &city(), true).or_fail(&req)?;
    let sent = form.clone();
    match req.write(move |ctx, tx| crate::commands::set_rules(ctx, tx, &rules(&sent)?)).await {
        Ok(()) => Ok(redirect(&req, "/admin/dispatch-advice", "suggest-saved", "")),
        Err(problem) => match Filled::refused(&form, &problem) {
            Some(filled) => show(&req, Some(filled)).await,
            None => Err(Fail::of(&req, problem)),
        },
    }
}

/// `POST /admin/dispatch-advice/trainings`: leads to the page where its progress can be watched.
async fn train(req: Req, _: Form) -> Answer {
    let task = req.write(jobs::ask).await.or_fail(&req)?;
    Ok(redirect(&req, &format!("/tasks/{task}"), "suggest-asked", ""))
}

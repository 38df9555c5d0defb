//! Bringing cases in from another system: a file, a mapping, first as a trial; then the report of every row.

use crate::import::MAPPINGS;
use crate::import_job::{self, Asked, Outcome};
use crate::pages::shared;
use crate::policy::{Act, POLICY};
use ::store::tasks::{self, Task};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use kernel::id::Id;
use kernel::problem::{FieldError, Findings, Problem, Result};
use sheets::Remark;
use web::error::{OrFail, page, page_with};
use web::form::Filled;
use web::{Answer, Fail, Form, Path, Req, Ui};

#[derive(askama::Template)]
#[template(path = "cases/import.html")]
struct ImportPage {
    ui: Ui,
    form: Filled,
    mappings: Vec<(&'static str, String)>,
    recent: Vec<(Id<Task>, kernel::time::Instant, String)>,
}

/// The choice of an own mapping.
const OWN: &str = "own";

async fn shown(req: &Req, form: Filled, status: StatusCode) -> Answer {
    if !POLICY.somewhere(&req.ctx, Act::Import) {
        return Err(Fail::of(req, Problem::forbidden()));
    }
    let recent = req.read(|_, tx| tasks::recent(tx, import_job::IMPORT, 10)).await.or_fail(req)?;
    let ui = req.ui();
    let shipped = MAPPINGS.iter().map(|(name, source)| {
        let title = source.parse::<sheets::Mapping>().ok().and_then(|m| m.name().map(str::to_owned));
        (*name, title.unwrap_or_else(|| (*name).to_owned()))
    });
    let own = (OWN, ui.t("import-own-mapping"));
    let state = |task: &tasks::Progress| match task.state {
        tasks::TaskState::Running => "task-state-running",
        tasks::TaskState::Done => "task-state-done",
        tasks::TaskState::Failed => "task-state-failed",
    };
    let recent = recent.iter().map(|t| (t.id, t.created_at, ui.t(state(t)))).collect();
    page_with(req, status, &ImportPage { mappings: shipped.chain([own]).collect(), form, recent, ui })
}

pub(crate) async fn form(req: Req) -> Answer {
    shown(&req, Filled::new().set("dry_run", "1"), StatusCode::OK).await
}

fn asked(form: &Form) -> Result<(Asked, axum::body::Bytes)> {
    let mut findings = Findings::default();
    let system = findings.take(form.required("system", 60)).unwrap_or_default();
    let chosen = findings.take(form.required("mapping", 60)).unwrap_or_default();
    let own = form.text("mapping_text").to_owned();
    findings.check(chosen != OWN || !own.is_empty(), "mapping_text", "required");
    let upload = form.files.iter().find(|u| u.field == "import_file");
    let bytes = findings
        .take(upload.map(|u| u.bytes.clone()).ok_or_else(|| FieldError::new("import_file", "required")));
    findings.done()?;
    let mapping = if chosen == OWN { own } else { chosen };
    import_job::mapping(&mapping)?;
    let asked = Asked { file: String::new(), mapping, system, dry_run: form.ticked("dry_run") };
    Ok((asked, bytes.unwrap_or_default()))
}

pub(crate) async fn start(req: Req, form: Form) -> Answer {
    if !POLICY.somewhere(&req.ctx, Act::Import) {
        return Err(Fail::of(&req, Problem::forbidden()));
    }
    let (asked, bytes) = match asked(&form) {
        Ok(asked) => asked,
        Err(problem) => {
            let filled = shared::refused(&req, &form, problem)?;
            return shown(&req, filled, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
    };
    let db = req.db().clone();
    let put = tokio::task::spawn_blocking(move || import_job::put_aside(&db, &bytes)).await;
    let file = put.map_err(Problem::internal).and_then(|f| f).or_fail(&req)?;
    let asked = Asked { file, ..asked };
    let task = req.write(move |ctx, tx| import_job::start(ctx, tx, asked)).await.or_fail(&req)?;
    Ok(Redirect::to(&format!("/tasks/{task}")).into_response())
}

#[derive(askama::Template)]
#[template(path = "cases/import_report.html")]
struct ReportPage {
    ui: Ui,
    outcome: Outcome,
    lists: Vec<(&'static str, Vec<[String; 3]>)>,
}

fn remarks(ui: &Ui, remarks: &[Remark]) -> Vec<[String; 3]> {
    let line = |r: &Remark| {
        let reason =
            ui.maybe(format!("reason-{}", r.reason.replace('_', "-"))).unwrap_or_else(|| r.reason.clone());
        let field = ui
            .maybe(format!("import-field-{}", r.field.replace('_', "-")))
            .unwrap_or_else(|| r.field.clone());
        [r.row.to_string(), field, reason]
    };
    remarks.iter().map(line).collect()
}

/// `GET /cases/imports/{task}`: what became of every row.
pub(crate) async fn report(req: Req, Path(task): Path<Id<Task>>) -> Answer {
    if !POLICY.somewhere(&req.ctx, Act::Import) {
        return Err(Fail::of(&req, Problem::forbidden()));
    }
    let progress = req.read(move |_, tx| tasks::get(tx, task)).await.or_fail(&req)?;
    if progress.kind != import_job::IMPORT || progress.state != tasks::TaskState::Done {
        return Err(Fail::of(&req, Problem::not_found()));
    }
    let outcome: Outcome = progress.report().or_fail(&req)?;
    let ui = req.ui();
    let lists = vec![
        ("task-refusals", remarks(&ui, &outcome.report.refused)),
        ("import-repaired", remarks(&ui, &outcome.report.repaired)),
    ];
    page(&req, &ReportPage { ui, outcome, lists })
}

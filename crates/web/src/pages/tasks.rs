//! Long work: how far it has come, what came out, and everything this person has started.

mod queries;

use crate::error::{Answer, OrFail, page};
use crate::parts::Fact;
use crate::request::Req;
use crate::routes::Path;
use crate::ui::Ui;
use kernel::id::Id;
use kernel::problem::Problem;
use serde_json::Value;
use sheets::{Cell, Column, FileKind, Kind};
use store::tasks::{Progress, Task, TaskState};

/// Most refused rows that a page shows; the file has them all.
const SHOWN: usize = 200;

#[derive(askama::Template)]
#[template(path = "tasks.html")]
struct TasksPage {
    ui: Ui,
    tasks: Vec<TaskView>,
}

#[derive(askama::Template)]
#[template(path = "task.html")]
struct TaskPage {
    ui: Ui,
    task: TaskView,
}

/// The part of the page that asks for itself while the work runs.
#[derive(askama::Template)]
#[template(path = "task_progress.html")]
struct TaskPart {
    ui: Ui,
    task: TaskView,
}

struct TaskView {
    id: Id<Task>,
    title: String,
    state: TaskState,
    message: String,
    done: i64,
    total: i64,
    started: kernel::time::Instant,
    facts: Vec<Fact>,
    /// Where the result can be seen.
    href: String,
    refused: Vec<[String; 3]>,
    more_refused: bool,
}

impl TaskView {
    fn of(ui: &Ui, task: &Progress) -> Self {
        let report: Value = serde_json::from_str(&task.report).unwrap_or_default();
        let refused = refusals(ui, &report);
        let facts = report.as_object().into_iter().flatten().filter_map(|(name, value)| {
            let text = match value {
                Value::Number(n) => n.as_i64().map_or_else(|| n.to_string(), |n| ui.number(n)),
                Value::String(s) if name != "href" => s.clone(),
                _ => return None,
            };
            // a trial has brought nothing in: it says what could be
            let tried = ui.maybe(format!("task-trial-{name}")).filter(|_| report["dry_run"] == true);
            let label = tried.or_else(|| ui.maybe(format!("task-fact-{name}")));
            Some(Fact::new(label.unwrap_or_else(|| name.clone()), text))
        });
        Self {
            id: task.id,
            title: ui.maybe(format!("task-{}", task.kind)).unwrap_or_else(|| task.kind.clone()),
            state: task.state,
            message: ui.maybe(&task.message).unwrap_or_else(|| task.message.clone()),
            done: task.done,
            total: task.total,
            started: task.created_at,
            facts: facts.collect(),
            href: report["href"].as_str().map(crate::security::local).unwrap_or_default().to_owned(),
            more_refused: refused.len() > SHOWN,
            refused: refused.into_iter().take(SHOWN).collect(),
        }
    }

    fn running(&self) -> bool {
        self.state == TaskState::Running
    }

    fn failed(&self) -> bool {
        self.state == TaskState::Failed
    }

    fn mood(&self) -> &'static str {
        match self.state {
            TaskState::Running => "active",
            TaskState::Done => "done",
            TaskState::Failed => "late",
        }
    }

    fn state_key(&self) -> &'static str {
        match self.state {
            TaskState::Running => "task-state-running",
            TaskState::Done => "task-state-done",
            TaskState::Failed => "task-state-failed",
        }
    }
}

/// Rows that an import refused: row, field, reason, as `sheets::Report` writes them.
fn refusals(ui: &Ui, report: &Value) -> Vec<[String; 3]> {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let rows = report["refused"].as_array().into_iter().flatten();
    rows.map(|row| {
        let reason = text(&row["reason"]);
        let words = ui.maybe(format!("reason-{}", reason.replace('_', "-"))).unwrap_or(reason);
        let field = text(&row["field"]);
        let named = ui.maybe(format!("import-field-{}", field.replace('_', "-"))).unwrap_or(field);
        [text(&row["row"]), named, words]
    })
    .collect()
}

async fn own(req: &Req, id: Id<Task>) -> Answer<Progress> {
    let task = req.read(move |ctx, tx| {
        let task = store::tasks::get(tx, id)?;
        let mine = ctx.person().is_some_and(|p| task.started_by == format!("person:{p}"));
        if mine { Ok(task) } else { Err(Problem::not_found()) }
    });
    task.await.or_fail(req)
}

pub(crate) async fn list(req: Req) -> Answer {
    let tasks = req
        .read(|ctx, tx| queries::started_by(tx, ctx.person().ok_or_else(Problem::sign_in)?))
        .await
        .or_fail(&req)?;
    let ui = req.ui();
    let tasks = tasks.iter().map(|t| TaskView::of(&ui, t)).collect();
    page(&req, &TasksPage { ui, tasks })
}

pub(crate) async fn page_of(req: Req, Path(id): Path<Id<Task>>) -> Answer {
    let progress = own(&req, id).await?;
    let ui = req.ui();
    let task = TaskView::of(&ui, &progress);
    if req.partial { page(&req, &TaskPart { ui, task }) } else { page(&req, &TaskPage { ui, task }) }
}

/// All refused rows as a table that can be worked through beside the original.
pub(crate) async fn refusals_file(req: Req, Path(id): Path<Id<Task>>) -> Answer {
    let progress = own(&req, id).await?;
    let ui = req.ui();
    let report: Value = serde_json::from_str(&progress.report).unwrap_or_default();
    let rows = refusals(&ui, &report);
    let columns: Vec<Column> = ["task-row", "task-field", "task-reason"]
        .into_iter()
        .map(|key| Column::new(ui.t(key), Kind::Text))
        .collect();
    let cells = rows.iter().map(|row| row.iter().map(|text| Cell::Text(text.into())).collect());
    crate::export::answer(&req, FileKind::Xlsx, &ui.t("task-refusals"), &columns, cells)
}

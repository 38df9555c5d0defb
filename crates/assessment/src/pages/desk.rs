//! The matching desk: texts that mean nothing certain, with the nearest names; a person decides, and may take it back.

use super::head::Head;
use crate::policy::{self, Act};
use crate::rounds::change::Change;
use crate::rounds::commands;
use crate::rounds::matching::Code;
use crate::rounds::model::NameKind;
use crate::rounds::queries::{self, Full};
use crate::show;
use axum::http::StatusCode;
use kernel::problem::Problem;
use kernel::workflow::Named;
use web::error::{OrFail, page_with, redirect};
use web::form::Filled;
use web::{Answer, Fail, Form, Path, Req, Ui};

#[derive(askama::Template)]
#[template(path = "assessment/desk.html")]
struct DeskPage {
    ui: Ui,
    head: Head,
    form: Filled,
    open: Vec<Open>,
    said: Vec<Said>,
    /// Rows with a number that came before.
    repeated: Vec<Repeated>,
    may: bool,
    /// Names to choose from, by kind: the lists stand once in the page.
    lists: Vec<(String, Vec<String>)>,
}

struct Open {
    kind: &'static str,
    kind_text: String,
    text: String,
    rows: i64,
    href: String,
    nearest: Vec<String>,
    /// Makes ids that differ.
    at: usize,
}

struct Said {
    kind: &'static str,
    kind_text: String,
    text: String,
    /// Empty: it stands for itself.
    name: String,
}

struct Repeated {
    row: i64,
    serial: String,
    point: String,
    href: String,
}

/// What a decision changed, in a sentence.
pub(crate) fn told(ui: &Ui, change: &Change) -> String {
    if change.before.score == change.after.score && change.before.quota == change.after.quota {
        return ui.t("round-change-none");
    }
    let whole = |of: &crate::rounds::summary::Summary| {
        format!("{} / {} ({})", show::points(&of.score), of.quota, show::percent(&of.rate))
    };
    let names: Vec<&str> = change.items.iter().take(3).map(|moved| moved.name.as_str()).collect();
    ui.ta(
        "round-change",
        [
            ("before", whole(&change.before)),
            ("after", whole(&change.after)),
            ("items", names.join(&ui.t("round-and"))),
        ],
    )
}

fn view(ui: Ui, full: &Full, form: Filled) -> DeskPage {
    let head = Head::new(&ui, &full.round, &full.sight, "desk");
    let worked = &full.worked;
    let kind_text = |kind: NameKind| ui.named("round-kind", kind.code());
    let filter = |kind: NameKind| match kind {
        NameKind::Item => "item",
        NameKind::Street => "street",
        NameKind::Unit => "unit",
    };
    let open = worked.found.open.iter().enumerate().map(|(at, open)| Open {
        kind: open.kind.code(),
        kind_text: kind_text(open.kind),
        href: format!("{}/rows?{}={}", head.base, filter(open.kind), web::ui::encode(&open.text)),
        text: open.text.clone(),
        rows: open.rows,
        nearest: open.nearest.clone(),
        at,
    });
    let name = |said: &crate::rounds::model::Match| {
        worked.names.iter().find(|name| name.id == said.name_id).map_or_else(String::new, |n| n.name.clone())
    };
    let said = worked.said.iter().rev().map(|said| Said {
        kind: said.kind.code(),
        kind_text: kind_text(said.kind),
        text: said.text.clone(),
        name: if said.own { String::new() } else { name(said) },
    });
    let repeated =
        worked.found.warnings.iter().filter(|w| w.code == Code::RepeatedSerial).map(|w| Repeated {
            row: w.row,
            serial: w.text.clone(),
            point: worked.row(w.row).map_or_else(String::new, |(row, _)| row.point.clone()),
            href: format!("{}/rows/{}", head.base, w.row),
        });
    let lists = NameKind::ALL.iter().map(|kind| {
        let names = worked.names.iter().filter(|name| name.kind == *kind).map(|n| n.name.clone());
        (kind.code().to_owned(), names.collect())
    });
    DeskPage {
        open: open.collect(),
        said: said.collect(),
        repeated: repeated.collect(),
        may: Head::may_match(&ui, &full.round),
        lists: lists.collect(),
        form,
        head,
        ui,
    }
}

async fn show_with(req: &Req, number: String, filled: Option<Filled>) -> Answer {
    let city = req.city.clone();
    let full = req.read(move |ctx, tx| queries::full(ctx, tx, &city, &number)).await.or_fail(req)?;
    if !full.sight.is_whole() {
        return Err(Fail::of(req, Problem::not_found()));
    }
    let status = if filled.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    page_with(req, status, &view(req.ui(), &full, filled.unwrap_or_default()))
}

pub(super) async fn page_of(req: Req, Path(number): Path<String>) -> Answer {
    show_with(&req, number, None).await
}

/// `act`: `leave` for a text that stands for itself, `undo` to take back; otherwise the text means `proposed`, or the name that was
/// typed.
pub(super) async fn say(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    policy::require(&req.ctx, Act::Match).or_fail(&req)?;
    let (sent, of) = (form.clone(), number.clone());
    let done = req.write(move |ctx, tx| {
        let kind = sent.choice::<NameKind>("kind").map_err(|e| Problem::invalid(vec![e]))?;
        let kind = kind.ok_or_else(|| Problem::field("kind", "required"))?;
        let text = sent.text("text");
        match sent.text("act") {
            "leave" => commands::leave(ctx, tx, &of, kind, text),
            "undo" => commands::take_back(ctx, tx, &of, kind, text),
            _ => {
                let proposed = sent.text("proposed");
                let name = if proposed.is_empty() { sent.text("name") } else { proposed };
                commands::say(ctx, tx, &of, kind, text, name)
            }
        }
    });
    match done.await {
        Ok(change) => {
            let told = told(&req.ui(), &change);
            Ok(redirect(&req, &format!("/assessment/rounds/{number}/desk"), "round-decided", &told))
        }
        Err(problem) => match Filled::refused(&form, &problem) {
            Some(filled) => show_with(&req, number, Some(filled)).await,
            None => Err(Fail::of(&req, problem)),
        },
    }
}

//! One row: what stood in the file, what it means, whether it counts, and the case that was made of it.

use super::head::Head;
use super::round::part_name;
use crate::appeals::queries as appeals;
use crate::policy::{self, Act};
use crate::rounds::commands;
use crate::rounds::matching::Warning;
use crate::rounds::queries::{self, Full, RowSeen};
use crate::rounds::workflow::State;
use crate::show;
use ::store::words::index_tokens;
use axum::http::StatusCode;
use cases::desk::Desk;
use kernel::problem::Problem;
use kernel::workflow::Named;
use web::error::{OrFail, page_with, redirect};
use web::form::Filled;
use web::parts::Fact;
use web::{Answer, Fail, Form, Path, Req, Ui};

#[derive(askama::Template)]
#[template(path = "assessment/row.html")]
struct RowPage {
    ui: Ui,
    head: Head,
    form: Filled,
    number: i64,
    title: String,
    means: Vec<Fact>,
    read: Vec<Fact>,
    warnings: Vec<String>,
    /// Why it is set aside.
    aside: Option<String>,
    /// Somebody has said whether it counts.
    judged: bool,
    case: String,
    may_judge: bool,
    may_raise: bool,
    /// Number, unit and state of each appeal.
    appeals: Vec<(String, String, &'static str, String)>,
    may_appeal: bool,
    /// What stood in the file, where an appeal put it right.
    was: Option<String>,
}

/// What is odd, in words.
pub(super) fn warning(ui: &Ui, warning: &Warning) -> String {
    let reason = ui.t(format!("reason-{}", warning.code.code().replace('_', "-")));
    let field = ui.t(format!("label-round_{}", warning.field));
    if warning.text.is_empty() {
        ui.ta("round-warning", [("field", field), ("reason", reason)])
    } else {
        ui.ta("round-warning-of", [("field", field), ("text", warning.text.clone()), ("reason", reason)])
    }
}

fn facts(ui: &Ui, head: &Head, seen: &RowSeen) -> (Vec<Fact>, Vec<Fact>) {
    let label = |name: &str| ui.t(format!("label-round_{name}"));
    let rows = format!("{}/rows", head.base);
    let link = |filter: &str, name: &str| format!("{rows}?{filter}={}", web::ui::encode(name));
    let point = &seen.point;
    let mut means = vec![
        Fact::new(label("item"), format!("{} · {}", point.item, part_name(ui, &point.sub_item)))
            .link(link("item", &point.item)),
        Fact::new(label("lost"), show::lost(point.lost)),
    ];
    match &point.street {
        Some(street) => means.push(Fact::new(label("street"), street.clone()).link(link("street", street))),
        None => means.push(Fact::new(label("street"), ui.t("round-none"))),
    }
    for unit in &point.units {
        means.push(Fact::new(label("unit"), unit.clone()).link(link("unit", unit)));
    }
    if point.units.is_empty() {
        means.push(Fact::new(label("unit"), ui.t("round-no-unit")));
    }
    let row = &seen.row;
    let mut read = vec![
        Fact::new(label("row"), row.row_number.to_string()),
        Fact::new(label("serial"), row.serial.clone()),
        Fact::new(label("item"), format!("{}{}", row.item, row.sub_item)),
        Fact::new(label("point"), row.point.clone()),
        Fact::new(label("lost"), row.lost.clone()),
        Fact::new(label("given"), row.given.clone()),
        Fact::new(label("street"), row.street.clone()),
        Fact::new(label("unit"), row.units.0.join(&ui.t("round-and"))),
    ];
    read.extend(row.rest.0.iter().map(|(title, cell)| Fact::new(title.clone(), cell.clone())));
    for fact in &mut read {
        if fact.value.is_empty() {
            fact.value = ui.t("round-blank");
        }
    }
    (means, read)
}

async fn show_with(req: &Req, number: String, row: i64, filled: Option<Filled>) -> Answer {
    let city = req.city.clone();
    let read = req.read(move |ctx, tx| {
        let full = queries::full(ctx, tx, &city, &number)?;
        let appeals = appeals::of_row(ctx, tx, full.round.id, row)?;
        let mine = match full.worked.row(row) {
            Some((_, point)) => appeals::may_file(ctx, tx, &full.round, row, point)?,
            None => None,
        };
        Ok((full, appeals, mine.is_some()))
    });
    let (Full { round, sight, worked, cases }, appeals, may_appeal) = read.await.or_fail(req)?;
    let judged = worked.kept.contains_key(&row) || worked.aside.contains_key(&row);
    let seen = queries::row_of(&worked, cases, &sight, row).or_fail(req)?;
    let ui = req.ui();
    let head = Head::new(&ui, &round, &sight, "rows");
    let (means, read) = facts(&ui, &head, &seen);
    let status = if filled.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let view = RowPage {
        number: row,
        title: if seen.row.point.is_empty() { ui.t("round-no-point") } else { seen.row.point.clone() },
        warnings: seen.warnings.iter().map(|w| warning(&ui, w)).collect(),
        may_judge: Head::may_match(&ui, &round),
        may_raise: seen.point.lost > 0
            && seen.case.is_none()
            && round.state != State::Withdrawn
            && policy::may(&ui.ctx, Act::Raise),
        appeals: appeals
            .into_iter()
            .map(|a| (a.number, a.unit_name, a.state.mood(), ui.named("appeal-state", a.state.code())))
            .collect(),
        may_appeal,
        was: worked.corrections.get(&row).map(|c| c.was_lost.clone()),
        aside: seen.aside,
        judged,
        case: seen.case.unwrap_or_default(),
        form: filled.unwrap_or_default(),
        means,
        read,
        head,
        ui,
    };
    page_with(req, status, &view)
}

pub(super) async fn page_of(req: Req, Path((number, row)): Path<(String, i64)>) -> Answer {
    show_with(&req, number, row, None).await
}

/// `verdict=counts | aside | open`.
pub(super) async fn judge(req: Req, Path((number, row)): Path<(String, i64)>, form: Form) -> Answer {
    policy::require(&req.ctx, Act::Match).or_fail(&req)?;
    let (sent, of) = (form.clone(), number.clone());
    let done = req.write(move |ctx, tx| match sent.text("row_verdict") {
        "counts" => commands::judge(ctx, tx, &of, row, true, sent.text("row_reason")),
        "aside" => commands::judge(ctx, tx, &of, row, false, sent.text("row_reason")),
        "open" => commands::unjudge(ctx, tx, &of, row),
        _ => Err(Problem::field("row_verdict", "not-a-choice")),
    });
    match done.await {
        Ok(change) => {
            let told = super::desk::told(&req.ui(), &change);
            Ok(redirect(&req, &format!("/assessment/rounds/{number}/rows/{row}"), "round-decided", &told))
        }
        Err(problem) => match Filled::refused(&form, &problem) {
            Some(filled) => show_with(&req, number, row, Some(filled)).await,
            None => Err(Fail::of(&req, problem)),
        },
    }
}

/// The point becomes a case.
pub(super) async fn raise(req: Req, Path((number, row)): Path<(String, i64)>, _: Form) -> Answer {
    policy::require(&req.ctx, Act::Raise).or_fail(&req)?;
    let case = made(&req, &number, row).await.or_fail(&req)?;
    Ok(redirect(&req, &format!("/assessment/rounds/{number}/rows/{row}"), "round-raised", &case))
}

/// Makes the case of a row; its number.
pub(crate) async fn made(req: &Req, number: &str, row: i64) -> kernel::problem::Result<String> {
    let desk = Desk::of(&req.city).await?;
    let index = places::kept::refresh(&req.city).await?;
    let (city, of) = (req.city.clone(), number.to_owned());
    // cutting text into words takes longer than saving it, and is done before the transaction
    let words = req.read(move |ctx, tx| {
        let full = queries::full(ctx, tx, &city, &of)?;
        commands::words(&full.worked, row)
    });
    let tokens = index_tokens(&words.await?.0);
    let of = number.to_owned();
    let case = req.write(move |ctx, tx| commands::raise(ctx, tx, &desk, &index, (&of, row, &tokens))).await?;
    Ok(case.number)
}

//! 意见建议 for the office: what waits, oldest first, and what was answered.

use crate::model::{ANSWER_MAX, Sent, Suggestion};
use crate::policy::{Act, POLICY, load_for, require};
use axum::http::StatusCode;
use kernel::id::Id;
use kernel::policy::Standing;
use kernel::problem::Findings;
use kernel::workflow::Named;
use web::error::{Answer, Fail, OrFail, page, page_with, redirect};
use web::form::Filled;
use web::list::Params;
use web::{Form, Path, Req, Ui};

const PAGE: usize = 50;

#[derive(askama::Template)]
#[template(path = "suggestions.html")]
struct ListPage {
    ui: Ui,
    params: Params,
    rows: Vec<Suggestion>,
    next: Option<Id<Sent>>,
    waiting: i64,
}

#[derive(askama::Template)]
#[template(path = "suggestion.html")]
struct RecordPage {
    ui: Ui,
    form: Filled,
    suggestion: Suggestion,
    /// How it begins: the heading.
    opening: String,
    may_answer: bool,
}

pub(crate) async fn list(req: Req) -> Answer {
    let params = Params::parse(&req.query);
    let answered = params.has("state", "answered");
    let after: Option<i64> = params.get("after").parse().ok();
    let (mut rows, tally) = req
        .read(move |ctx, tx| {
            require(ctx, Act::See)?;
            let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
            let rows = if answered {
                crate::store::answered(tx, after.unwrap_or(i64::MAX), limit)?
            } else {
                crate::store::waiting(tx, after.unwrap_or(0), limit)?
            };
            Ok((rows, crate::store::tally(tx)?))
        })
        .await
        .or_fail(&req)?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let next = if more { rows.last().map(|r| r.id) } else { None };
    page(&req, &ListPage { ui: req.ui(), params, rows, next, waiting: tally.waiting })
}

async fn load(req: &Req, id: Id<Sent>) -> Answer<Suggestion> {
    req.read(move |ctx, tx| load_for(ctx, tx, Act::See, id)).await.or_fail(req)
}

fn record_page(req: &Req, suggestion: Suggestion, form: Option<Filled>) -> RecordPage {
    let form = form.unwrap_or_else(|| {
        let answer = suggestion.answer.as_deref().unwrap_or_default();
        Filled::new().set("answer", answer).set("version", suggestion.version)
    });
    let may_answer = POLICY.may(&req.ctx, Act::Answer, &Standing::city());
    RecordPage { ui: req.ui(), form, opening: opening(&suggestion.body), suggestion, may_answer }
}

/// So much of the first line as a heading holds.
fn opening(body: &str) -> String {
    const HEADING: usize = 30;
    let line = body.trim().lines().next().unwrap_or_default();
    if line.chars().count() <= HEADING {
        return line.to_owned();
    }
    format!("{}…", line.chars().take(HEADING).collect::<String>())
}

pub(crate) async fn record(req: Req, Path(id): Path<Id<Sent>>) -> Answer {
    let suggestion = load(&req, id).await?;
    page(&req, &record_page(&req, suggestion, None))
}

pub(crate) async fn answer(req: Req, Path(id): Path<Id<Sent>>, form: Form) -> Answer {
    let mut findings = Findings::default();
    let text = findings.take(form.required("answer", ANSWER_MAX)).unwrap_or_default();
    let version = findings.take(form.number("version")).flatten().unwrap_or(0);
    let outcome = match findings.done() {
        Ok(()) => req.write(move |ctx, tx| crate::answer(tx, ctx, id, version, text)).await,
        Err(problem) => Err(problem),
    };
    match outcome {
        Ok(saved) => Ok(redirect(&req, "/admin/suggestions", "suggestion-answered", &saved.number)),
        Err(problem) => match Filled::refused(&form, &problem) {
            Some(filled) => {
                let suggestion = load(&req, id).await?;
                page_with(
                    &req,
                    StatusCode::UNPROCESSABLE_ENTITY,
                    &record_page(&req, suggestion, Some(filled)),
                )
            }
            None => Err(Fail::of(&req, problem)),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_is_the_beginning_of_the_first_line() {
        assert_eq!(opening(" 路灯不亮\n已经三天了"), "路灯不亮");
        assert_eq!(opening(&"灯".repeat(30)), "灯".repeat(30));
        assert_eq!(opening(&"灯".repeat(31)), format!("{}…", "灯".repeat(30)));
        assert_eq!(opening(""), "");
    }
}

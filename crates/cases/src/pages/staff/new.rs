//! What staff enter for somebody else, or have seen themselves.

use crate::model::Source;
use crate::pages::kept_photos::{self, Kept};
use crate::pages::public::report::submitted;
use crate::pages::recordings;
use crate::pages::report_form::{Fields, only_asks};
use crate::pages::shared;
use crate::pages::shown::called;
use crate::policy::{Act, POLICY};
use axum::http::StatusCode;
use kernel::policy::Role;
use kernel::problem::Problem;
use kernel::workflow::Named;
use web::error::{OrFail, page, page_with, redirect};
use web::form::Filled;
use web::{Answer, Form, Req, Ui};

#[derive(askama::Template)]
#[template(path = "cases/new.html")]
struct NewPage {
    ui: Ui,
    form: Filled,
    fields: Fields,
    sources: Vec<(&'static str, String)>,
    /// Inspectors photograph on the street: the short form.
    short: bool,
    /// Who mostly reports what they see themselves names another only when there is one.
    folded: bool,
    /// Whether the telephone number is looked for while it is entered.
    may_look_up: bool,
}

/// The doors that this person may enter reports by.
fn sources(req: &Req, ui: &Ui) -> Vec<(&'static str, String)> {
    let office = req
        .ctx
        .grants()
        .iter()
        .any(|g| matches!(g.role, Role::Office | Role::Leader | Role::Dispatcher | Role::Verifier));
    let offered: &[Source] = match (office, req.ctx.holds(Role::Inspector)) {
        // who walks the streets reports what they see there, most of the time
        (true, true) => &[Source::Inspection, Source::Phone, Source::Counter, Source::Staff],
        (true, false) => &[
            Source::Phone,
            Source::Counter,
            Source::Mail,
            Source::Web,
            Source::Social,
            Source::Staff,
            Source::Instruction,
            Source::Transfer,
            Source::Inspection,
        ],
        (false, true) => &[Source::Inspection],
        (false, false) => &[Source::Patrol, Source::Staff],
    };
    offered.iter().map(|s| (s.code(), ui.named("source", s.code()))).collect()
}

async fn shown(req: &Req, form: Filled, kept: Kept, status: StatusCode) -> Answer {
    let (desk, index) = (shared::desk(req).await?, shared::index(req).await?);
    let ui = req.ui();
    let form = called(&ui, &desk.catalogue, form);
    let sources = sources(req, &ui);
    let limits = recordings::limits(req).await?;
    let fields = Fields::new(req, &desk, &index, None, &form).keeping(kept).hearing(limits.as_ref());
    let named =
        ["reporter", "phone", "mail"].iter().any(|f| !form.value(f).is_empty() || !form.wrong(f).is_empty());
    let folded = !named && sources.first().is_some_and(|(code, _)| *code == Source::Inspection.code());
    let may_look_up = crate::queries::may_look_up(&req.ctx);
    page_with(
        req,
        status,
        &NewPage { short: sources.len() < 3, folded, may_look_up, form, fields, sources, ui },
    )
}

pub(crate) async fn form(req: Req) -> Answer {
    if !POLICY.somewhere(&req.ctx, Act::Enter) {
        return Err(web::Fail::of(&req, Problem::forbidden()));
    }
    let ui = req.ui();
    let first = sources(&req, &ui).first().map_or("", |(code, _)| *code);
    shown(&req, Filled::new().set("source", first), Kept::default(), StatusCode::OK).await
}

/// The form again, with what was typed and chosen.
async fn again(req: &Req, form: &Form, filled: Filled, status: StatusCode) -> Answer {
    let kept = kept_photos::keep(req, form).await?;
    shown(req, filled, kept, status).await
}

pub(crate) async fn create(req: Req, mut form: Form) -> Answer {
    let gone = kept_photos::bring_back(&req, &mut form).await?;
    if only_asks(&form) && POLICY.somewhere(&req.ctx, Act::Enter) {
        return again(&req, &form, Filled::typed(&form), StatusCode::OK).await;
    }
    let source = form.choice::<Source>("source").ok().flatten();
    let allowed = source.filter(|s| sources(&req, &req.ui()).iter().any(|(code, _)| *code == s.code()));
    let Some(source) = allowed else {
        let filled = shared::refused(&req, &form, Problem::field("source", "not-a-choice"))?;
        return again(&req, &form, filled, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    match submitted(&req, &form, gone, source).await? {
        Ok(case) => {
            // whoever may not see it after all goes back to what they reported
            let number = case.number.clone();
            let seen = req.read(move |ctx, tx| crate::commands::load_for(ctx, tx, Act::View, case.id)).await;
            let to = if seen.is_ok() { format!("/cases/{number}") } else { "/cases?mine=1".to_owned() };
            Ok(redirect(&req, &to, "case-entered", &number))
        }
        Err(problem) => {
            let filled = shared::refused(&req, &form, problem)?;
            again(&req, &form, filled, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

#[derive(askama::Template)]
#[template(path = "cases/near_staff.html")]
pub(super) struct NearStaff {
    pub(super) title: String,
    pub(super) lines: Vec<(String, String, String)>,
}

/// Open cases with words like these: so that a telephone clerk sees that it is known.
pub(crate) async fn alike(req: Req) -> Answer {
    let words = web::list::Params::parse(&req.query).get("address").to_owned();
    let found = req
        .read(move |ctx, tx| {
            let filter = crate::queries::Filter {
                words,
                states: crate::workflow::State::open(),
                ..Default::default()
            };
            if filter.words.chars().count() < 2 {
                return Ok(Vec::new());
            }
            Ok(crate::queries::list(ctx, tx, &filter, None)?.rows)
        })
        .await
        .or_fail(&req)?;
    let ui = req.ui();
    let lines = found
        .into_iter()
        .take(5)
        .map(|l| (l.number, l.title, ui.named("case-state", l.state.code())))
        .collect();
    page(&req, &NearStaff { title: ui.t("cases-alike"), lines })
}

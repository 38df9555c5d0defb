//! `/me/programs`: what one has let other programs learn, and taking it back.

use super::learns;
use crate::model::scopes;
use crate::{commands, queries};
use kernel::problem::Problem;
use kernel::time::Instant;
use web::error::{OrFail, page, redirect};
use web::{Answer, Form, Path, Req, Ui};

struct Row {
    number: String,
    name: String,
    purpose: String,
    learns: String,
    since: Instant,
}

#[derive(askama::Template)]
#[template(path = "signon/mine.html")]
struct MinePage {
    ui: Ui,
    rows: Vec<Row>,
}

pub(super) async fn page_of(req: Req) -> Answer {
    let person = req.ctx.person().ok_or_else(Problem::sign_in).or_fail(&req)?;
    let found = req.read(move |_, tx| queries::consents(tx, person)).await.or_fail(&req)?;
    let ui = req.ui();
    let between = ui.t("signon-between");
    let rows = found.into_iter().map(|(program, consent)| Row {
        learns: learns(&ui, &scopes(&consent.scopes.0)).join(&between),
        number: program.number,
        name: program.name,
        purpose: program.purpose,
        since: consent.given_at,
    });
    page(&req, &MinePage { rows: rows.collect(), ui })
}

pub(super) async fn withdraw(req: Req, Path(number): Path<String>, _form: Form) -> Answer {
    req.write(move |ctx, tx| commands::withdraw(ctx, tx, &number)).await.or_fail(&req)?;
    Ok(redirect(&req, "/me/programs", "signon-withdrawn", ""))
}

//! For the unit's own people: log a patrol, report what was found. Nothing here asks where they are.

use super::shared::{self, Options};
use crate::commands;
use crate::forms;
use crate::model::{Adoption, Patrol};
use crate::policy::Act;
use crate::{queries, show};
use ::store::files::{Files, Quarantined};
use ::store::words::index_tokens;
use axum::http::StatusCode;
use cases::desk::Desk;
use web::error::{OrFail, page_with, redirect};
use web::form::{FILE_LIMIT, Filled};
use web::{Answer, Form, Path, Req, Ui};

#[derive(askama::Template)]
#[template(path = "streets/patrols.html")]
struct PatrolPage {
    ui: Ui,
    form: Filled,
    adoption: Adoption,
    section: String,
    stretch: String,
    items: Vec<String>,
    kinds: Options,
    patrols: Vec<Patrol>,
}

/// Most pictures of a finding.
const PHOTOS: usize = 6;

pub(super) async fn page(req: Req, Path(number): Path<String>) -> Answer {
    show_with(&req, &number, None).await
}

async fn show_with(req: &Req, number: &str, filled: Option<Filled>) -> Answer {
    let (index, desk) = (shared::index(req).await?, shared::desk(req).await?);
    let asked = number.to_owned();
    let read = req.read(move |ctx, tx| {
        let (adoption, section) = commands::load_for(ctx, tx, &index, Act::Patrol, &asked)?;
        let (names, patrols) = (queries::names(tx, [&adoption])?, queries::patrols(tx, adoption.id, 30)?);
        Ok((adoption, section, names, patrols))
    });
    let (adoption, section, names, patrols) = read.await.or_fail(req)?;
    let ui = req.ui();
    let status = if filled.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let standard = names.standard(adoption.standard_id);
    let middle = show::whole(f64::midpoint(adoption.from_m, adoption.to_m));
    let page = PatrolPage {
        form: filled.unwrap_or_else(|| {
            Filled::new().set("patrol_day", req.ctx.now.date()).set("patrol_along", middle)
        }),
        section: section.name(),
        stretch: show::stretch(&ui, adoption.from_m, adoption.to_m),
        items: standard
            .map(|s| s.items(ui.locale()).into_iter().map(str::to_owned).collect())
            .unwrap_or_default(),
        kinds: kinds(&desk),
        patrols,
        adoption,
        ui,
    };
    page_with(req, status, &page)
}

fn kinds(desk: &Desk) -> Options {
    let text = |i: &cases::catalogue::ItemInfo| (i.id.to_string(), format!("{} · {}", i.major_name, i.name));
    desk.catalogue.items().iter().map(text).collect()
}

pub(super) async fn log(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    let (asked, which) = (form.clone(), number.clone());
    let done = shared::command(&req, move |ctx, tx, index| {
        commands::log_patrol(ctx, tx, index, &which, &forms::walk(&asked)?)
    });
    match done.await {
        Ok(_) => Ok(redirect(&req, &format!("/streets/{number}/patrols"), "adoption-patrolled", &number)),
        Err(problem) => show_with(&req, &number, Some(shared::refused(&req, &form, problem)?)).await,
    }
}

pub(super) async fn report(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    let (desk, index) = (shared::desk(&req).await?, places::kept::refresh(&req.city).await.or_fail(&req)?);
    let finding = match forms::finding(&form) {
        Ok(finding) => finding,
        Err(problem) => return show_with(&req, &number, Some(shared::refused(&req, &form, problem)?)).await,
    };
    let photos = receive(&req, &form).await?;
    let words = index_tokens(&format!("{} {}", finding.description, desk.catalogue.name(finding.item)));
    let finding = commands::Finding { photos, ..finding };
    let which = number.clone();
    let done =
        req.write(move |ctx, tx| commands::report_finding(ctx, tx, &desk, &index, (&which, &words), finding));
    match done.await {
        Ok(case) => Ok(redirect(&req, &format!("/streets/{number}/patrols"), "adoption-found", &case.number)),
        Err(problem) => show_with(&req, &number, Some(shared::refused(&req, &form, problem)?)).await,
    }
}

/// The pictures of the form, put into quarantine before the transaction that they belong to.
async fn receive(req: &Req, form: &Form) -> Answer<Vec<(Quarantined, String)>> {
    let files = Files::of(req.db());
    let mut received = Vec::new();
    for upload in form.files.iter().filter(|u| u.field == "patrol_photos").take(PHOTOS) {
        let whole = futures::stream::iter([Ok::<_, std::convert::Infallible>(upload.bytes.clone())]);
        let file = files.receive(whole, FILE_LIMIT as u64).await.or_fail(req)?;
        received.push((file, upload.name.clone()));
    }
    Ok(received)
}

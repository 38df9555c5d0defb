//! Pages: surveys and their questions, the sample, doors, results; and the page behind a link.

mod app;
mod edit;
mod list;
mod preview;
mod public;
mod question;
mod results;
mod sample;
mod view;
mod walk;
mod words;

pub(crate) use results::{document, read as read_results};

use crate::policy::{self, Act};
use crate::queries;
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::problem::Result;
use web::{Access, Hit, HitGroup, Routes};

pub(crate) fn routes() -> Routes {
    let (see, plan) = (Access::Action("surveys-see"), Access::Action("surveys-plan"));
    let (results, visit) = (Access::Action("surveys-results"), Access::Action("surveys-visit"));
    Routes::new()
        .get("/surveys", see, list::page_of)
        .post("/surveys", plan, list::create)
        .post("/surveys/audiences", plan, list::audiences)
        .get("/surveys/mine", visit, walk::mine)
        .get("/surveys/app", visit, app::page_of)
        .get("/surveys/app.webmanifest", visit, app::manifest)
        .no_page()
        .get("/surveys/{number}", see, view::page_of)
        .post("/surveys/{number}", plan, edit::save)
        .post("/surveys/{number}/publication", plan, edit::publish)
        .post("/surveys/{number}/closure", plan, edit::close)
        .post("/surveys/{number}/copies", plan, edit::copy)
        .post("/surveys/{number}/import", plan, edit::import)
        .get("/surveys/{number}/preview", see, preview::page_of)
        .get("/surveys/{number}/questions/new", plan, question::new)
        .post("/surveys/{number}/questions", plan, question::create)
        .get("/surveys/{number}/questions/{place}", plan, question::page_of)
        .post("/surveys/{number}/questions/{place}", plan, question::save)
        .post("/surveys/{number}/questions/{place}/move", plan, question::shift)
        .post("/surveys/{number}/questions/{place}/removal", plan, question::remove)
        .get("/surveys/{number}/sample", see, sample::page_of)
        .post("/surveys/{number}/segments", plan, sample::segments)
        .post("/surveys/{number}/traits", plan, sample::traits)
        .post("/surveys/{number}/quotas", plan, sample::quotas)
        .post("/surveys/{number}/plan", plan, sample::plan)
        .post("/surveys/{number}/assignments", plan, sample::assign)
        .post("/surveys/{number}/codes", plan, sample::codes)
        .get("/surveys/{number}/segments/{place}", Access::SignedIn, walk::page_of)
        .get("/surveys/{number}/segments/{place}/sheet", Access::SignedIn, walk::sheet)
        .get("/surveys/{number}/segments/{place}/households/{household}", visit, walk::door)
        .post("/surveys/{number}/segments/{place}/households/{household}", visit, walk::note)
        .get("/surveys/{number}/results", results, results::page_of)
        .get("/surveys/{number}/words", Access::Action("surveys-words"), words::page_of)
        .get("/survey/{token}", Access::Public, public::page_of)
        .post("/survey/{token}", Access::Public, public::answer)
        .get("/survey/{token}/thanks", Access::Public, public::thanks)
}

/// What the search box finds: a survey by its number.
pub(crate) fn search(ctx: &Ctx, tx: &mut Tx<'_>, words: &str) -> Result<Vec<HitGroup>> {
    let number = words.trim().to_uppercase();
    if !policy::may(ctx, Act::See) || !number.starts_with("SV-") {
        return Ok(Vec::new());
    }
    match queries::survey(ctx, tx, &number) {
        Ok(survey) => {
            let href = format!("/surveys/{number}");
            let hits = vec![Hit::by_words(survey.name, number, href)];
            Ok(vec![HitGroup { key: "search-surveys", hits, all: "/surveys".to_owned() }])
        }
        Err(problem) if problem.status == 404 => Ok(Vec::new()),
        Err(problem) => Err(problem),
    }
}

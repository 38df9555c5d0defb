//! Pages: inspections and their plans, the draw, its points, the certificate; checking a draw; what everybody may see.

mod certificate;
mod check;
mod edit;
mod list;
mod mine;
mod moves;
mod points;
mod public;
mod send;
mod view;

use crate::policy::{self, Act};
use crate::queries;
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::problem::Result;
use web::{Access, Hit, HitGroup, Routes};

pub(crate) fn routes() -> Routes {
    let (see, plan) = (Access::Action("inspections-see"), Access::Action("inspections-plan"));
    let prove = Access::Action("inspections-prove");
    let visit = Access::Action("inspections-visit");
    Routes::new()
        .get("/inspections", see, list::page_of)
        .get("/inspections/new", plan, edit::new)
        .post("/inspections", plan, edit::create)
        .get("/inspections/check", Access::SignedIn, check::page_of)
        .post("/inspections/check", Access::SignedIn, check::run)
        .get("/inspections/mine", visit, mine::page_of)
        .get("/inspections/mine.json", visit, mine::map)
        .no_page()
        .get("/inspections/{number}", see, view::page_of)
        .get("/inspections/{number}/edit", plan, edit::edit)
        .post("/inspections/{number}", plan, edit::update)
        .post("/inspections/{number}/commitment", plan, moves::commit)
        .post("/inspections/{number}/draw", plan, moves::draw)
        .post("/inspections/{number}/start", plan, moves::start)
        .post("/inspections/{number}/end", plan, moves::end)
        .post("/inspections/{number}/cancellation", plan, moves::cancel)
        .get("/inspections/{number}/points", see, points::page_of)
        .get("/inspections/{number}/points.json", see, points::map)
        .no_page()
        .post("/inspections/{number}/replacements", plan, points::replace)
        .get("/inspections/{number}/inspectors", plan, send::page_of)
        .post("/inspections/{number}/inspectors", plan, send::send)
        .get("/inspections/{number}/routes", plan, send::routes)
        .get("/inspections/{number}/routes.json", plan, send::map)
        .no_page()
        .post("/inspections/{number}/moves", plan, send::reassign)
        .get("/inspections/{number}/certificate", prove, certificate::page_of)
        .get("/inspections/{number}/certificate.pdf", prove, certificate::pdf)
        .no_page()
        .get("/inspections/{number}/draw.json", prove, certificate::json)
        .no_page()
        .get("/public/draws", Access::Public, public::list)
        .get("/public/draws/{number}", Access::Public, public::show)
        .get("/public/draws/{number}/draw.json", Access::Public, public::json)
        .no_page()
}

/// What the search box finds: an inspection by its number.
pub(crate) fn search(ctx: &Ctx, tx: &mut Tx<'_>, words: &str) -> Result<Vec<HitGroup>> {
    let number = words.trim().to_uppercase();
    if !policy::may(ctx, Act::See) || !number.starts_with("IN-") {
        return Ok(Vec::new());
    }
    let hits: Vec<Hit> = queries::named(tx, &number)?
        .into_iter()
        .map(|(number, name)| Hit::by_words(name, number.clone(), format!("/inspections/{number}")))
        .collect();
    if hits.is_empty() {
        return Ok(Vec::new());
    }
    Ok(vec![HitGroup { key: "search-inspections", hits, all: "/inspections".to_owned() }])
}

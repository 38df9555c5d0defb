//! Pages: periods with their coverage, requests, items, the review desk, the ledger.

mod acts;
mod ask;
pub(crate) mod bundle;
mod desk;
mod item;
mod items;
mod ledger;
mod new_item;
mod period;
mod periods;
pub(crate) mod pictures;
mod request;
mod requests;

use crate::model::Kind;
use crate::policy::{self, Act};
use crate::queries::{self, Filter};
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::problem::Result;
use web::{Access, Hit, HitGroup, Routes, Ui};

pub(crate) fn routes() -> Routes {
    let (see, plan) = (Access::Action("evidence-see"), Access::Action("evidence-plan"));
    let (ask, hand) = (Access::Action("evidence-ask"), Access::Action("evidence-hand-in"));
    let (desk, second) = (Access::Action("evidence-desk"), Access::Action("evidence-review-second"));
    let book = Access::Action("evidence-ledger");
    Routes::new()
        .get("/evidence/periods", see, periods::list)
        .post("/evidence/periods", plan, periods::create)
        .get("/evidence/periods/{number}", see, period::page_of)
        .post("/evidence/periods/{number}", plan, period::save)
        .post("/evidence/periods/{number}/state", plan, period::state)
        .post("/evidence/periods/{number}/bundle", Access::Action("evidence-bundle"), bundle::fetch)
        .get("/evidence/requests", see, requests::list)
        .get("/evidence/requests/new", ask, ask::page_of)
        .post("/evidence/requests", ask, ask::create)
        .get("/evidence/requests/{number}", see, request::page_of)
        .post("/evidence/requests/{number}/withdrawal", ask, request::withdraw)
        .post("/evidence/requests/{number}/answer", hand, request::answer)
        .get("/evidence/items", see, items::list)
        .get("/evidence/items/new", hand, new_item::page_of)
        .post("/evidence/items", hand, new_item::create)
        .get("/evidence/items/{number}", see, item::page_of)
        .post("/evidence/items/{number}", hand, acts::save)
        .post("/evidence/items/{number}/files", hand, acts::attach)
        .post("/evidence/items/{number}/files/{id}/caption", hand, acts::caption)
        .post("/evidence/items/{number}/files/{id}/removal", hand, acts::detach)
        .get("/evidence/items/{number}/files/{id}/{size}", see, pictures::picture)
        .no_page()
        .post("/evidence/items/{number}/files/{id}/original", see, pictures::original)
        .post("/evidence/items/{number}/uses", hand, acts::add_use)
        .post("/evidence/items/{number}/uses/{id}/removal", hand, acts::remove_use)
        .post("/evidence/items/{number}/uses/{id}/grade", second, acts::grade)
        .post("/evidence/items/{number}/submission", hand, acts::submit)
        .post("/evidence/items/{number}/withdrawal", hand, acts::withdraw)
        .post("/evidence/items/{number}/pass", desk, acts::pass)
        .post("/evidence/items/{number}/return", desk, acts::send_back)
        .post("/evidence/items/{number}/filing", second, acts::file)
        .get("/evidence/desk", desk, desk::first)
        .get("/evidence/desk/{number}", desk, desk::page_of)
        .get("/evidence/ledger", book, ledger::page_of)
        .post("/evidence/ledger/quota", plan, ledger::quota)
}

fn kinds(ui: &Ui) -> Vec<(String, String)> {
    crate::show::options::<Kind>(ui, "evidence-kind")
}

/// What the search box finds: items and requests by their numbers, items by their words.
pub(crate) fn search(ctx: &Ctx, tx: &mut Tx<'_>, words: &str) -> Result<Vec<HitGroup>> {
    if !policy::somewhere(ctx, Act::See) {
        return Ok(Vec::new());
    }
    let number = words.trim().to_uppercase();
    let mut hits = Vec::new();
    if number.starts_with("ER-") {
        match queries::request(ctx, tx, &number) {
            Ok(of) => {
                let href = format!("/evidence/requests/{}", of.request.number);
                hits.push(Hit::by_words(
                    of.request.what,
                    format!("{} · {}", of.request.number, of.unit),
                    href,
                ));
            }
            Err(problem) if problem.status == 404 => {}
            Err(problem) => return Err(problem),
        }
    } else if number.starts_with("EV-") {
        match queries::whole(ctx, tx, &number) {
            Ok(of) => hits.push(hit(&of.item.title, &of.item.number, &of.unit)),
            Err(problem) if problem.status == 404 => {}
            Err(problem) => return Err(problem),
        }
    } else if !words.trim().is_empty() {
        let filter = Filter { words: words.to_owned(), ..Filter::default() };
        let found = queries::items(ctx, tx, &filter, None, 6)?;
        hits.extend(found.rows.iter().map(|row| hit(&row.item.title, &row.item.number, &row.unit)));
    }
    if hits.is_empty() {
        return Ok(Vec::new());
    }
    let all = format!("/evidence/items?q={}", web::ui::encode(words.trim()));
    Ok(vec![HitGroup { key: "search-evidence", hits, all }])
}

fn hit(title: &str, number: &str, unit: &str) -> Hit {
    Hit::by_words(title.to_owned(), format!("{number} · {unit}"), format!("/evidence/items/{number}"))
}

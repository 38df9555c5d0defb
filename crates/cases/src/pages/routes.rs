//! Every address of this crate, and who may come.

use super::photos;
use super::public::{
    case, done, forward, geo, list as public_list, map, nearby, offline, report, status, track,
};
use super::staff::{
    bulk, callers, catalogue, catalogue_extras, catalogue_file, catalogue_item, clusters, heat, import, list,
    looks, new, record, recordings, recurrences, redaction, rules, statistics, today, todo, verbs,
};
use crate::api;
use crate::moves::{Row, VERBS};
use web::{Access, Form, Path, Req, Routes};

/// One verb's form and deed.
fn verb(routes: Routes, row: &'static Row) -> Routes {
    let access = Access::Action(row.access);
    routes
        .get(row.path, access, move |req: Req, Path(number): Path<String>| verbs::form(row, req, number))
        .post(row.path, access, move |req: Req, Path(number): Path<String>, form: Form| {
            verbs::act(row, req, number, form)
        })
}

fn public() -> Routes {
    let all = Access::Public;
    Routes::new()
        .get("/report", all, report::new)
        .post("/report", all, report::create)
        .get("/report/kinds", all, report::kinds)
        .post("/report/questions", all, report::questions)
        .get("/report/nearby", all, nearby::page_of)
        .get("/report/done", all, done::page_of)
        .get("/offline", all, offline::page_of)
        .get("/outbox", all, offline::outbox)
        .get(web::security::TOKEN_DOOR, all, offline::state)
        .no_page()
        .get("/track", all, track::form)
        .post("/track", all, track::search)
        .get("/r/{token}", all, status::page_of)
        .post("/r/{token}/satisfaction", all, status::rate)
        .post("/r/{token}/reply", all, status::reply)
        .post("/r/{token}/voice", all, status::say)
        .post("/r/{token}/contest", all, status::contest)
        .post("/r/{token}/contact", all, status::contact)
        .post("/r/{token}/push", all, status::push_begin)
        .post("/r/{token}/push/{browser}/removal", all, status::push_end)
        .get("/public/cases", all, public_list::page_of)
        .same_for_strangers()
        .get("/public/map", all, map::page_of)
        .get("/public/cases/{number}", all, case::page_of)
        .same_for_strangers()
        .post("/public/cases/{number}/followers", all, case::follow)
        .post("/public/cases/{number}/voices", all, case::say)
        .get("/geo/cases.json", all, geo::cases)
        .get("/geo/cases/{number}", all, geo::one)
        .get("/f/{word}", all, forward::page_of)
        .post("/f/{word}", all, forward::answer)
        .get("/photos/{id}/{size}", all, photos::serve)
}

fn staff() -> Routes {
    let (view, enter) = (Access::Action("cases-view"), Access::Action("cases-enter"));
    let (edit, import) = (Access::Action("cases-edit-catalogue"), Access::Action("cases-import"));
    let statistics = Access::Action("cases-statistics");
    let reporter = Access::Action("cases-view-reporter");
    let hear = Access::Action("cases-hear-recording");
    Routes::new()
        .get("/today", Access::SignedIn, today::page_of)
        .get("/todo", Access::Action("cases-handle"), todo::page_of)
        .get("/cases", view, list::page_of)
        .get("/cases/count", view, list::count)
        .get("/cases/conditions", Access::SignedIn, verbs::conditions)
        .get("/cases/alike", view, new::alike)
        .get("/cases/callers", reporter, callers::form)
        .post("/cases/callers", reporter, callers::find)
        .post("/cases/callers/known", reporter, callers::known)
        .get("/cases/new", enter, new::form)
        .post("/cases", enter, new::create)
        .post("/cases/bulk-previews", view, bulk::preview)
        .post("/cases/bulk", view, bulk::run)
        .get("/cases/import", import, import::form)
        .post("/cases/import", import, import::start)
        .get("/cases/imports/{task}", import, import::report)
        .get("/cases/clusters", Access::Action("cases-merge"), clusters::page_of)
        .get("/geo/clusters.json", Access::Action("cases-merge"), clusters::geo)
        .get("/cases/rules", Access::Action("cases-edit-rules"), rules::page_of)
        .post("/cases/rules", Access::Action("cases-edit-rules"), rules::save)
        .get("/recurrences", statistics, recurrences::page_of)
        .get("/second-looks", Access::Action("cases-verify"), looks::page_of)
        .get("/cases/{number}", view, record::page_of)
        .get("/cases/{number}/recordings/{id}", hear, recordings::serve)
        .post("/cases/{number}/recordings/{id}/transcript", hear, recordings::type_words)
        .get("/cases/{number}/public-view", Access::Action("cases-redact"), redaction::page_of)
        .post("/cases/{number}/public-view", Access::Action("cases-redact"), redaction::strike)
        .get("/cases/{number}/photos/{id}/cover", Access::Action("cases-redact"), redaction::cover_form)
        .post("/cases/{number}/photos/{id}/cover", Access::Action("cases-redact"), redaction::cover)
        .post("/cases/{number}/photos/{id}/cover/removal", Access::Action("cases-redact"), redaction::uncover)
        .get("/statistics", statistics, statistics::page_of)
        .get("/statistics/heat", statistics, heat::page_of)
        .get("/geo/heat.json", statistics, heat::geo)
        .get("/admin/catalogue", statistics, catalogue::page_of)
        .post("/admin/catalogue/versions", edit, catalogue_file::import)
        .post("/admin/catalogue/limits", edit, catalogue::limit)
        .post("/admin/catalogue/limits/confirmation", edit, catalogue::confirm)
        .post("/admin/catalogue/names/{id}", edit, catalogue::name)
        .get("/admin/catalogue/items/{code}", statistics, catalogue_item::item)
        .post("/admin/catalogue/items/{code}", edit, catalogue_item::update)
        .post("/admin/catalogue/items/{code}/limits", edit, catalogue_item::item_limit)
        .get("/admin/catalogue/items/{code}/questions", statistics, catalogue_extras::page_of)
        .post("/admin/catalogue/items/{code}/questions", edit, catalogue_extras::draft)
        .post("/admin/catalogue/items/{code}/questions/publication", edit, catalogue_extras::publish)
        .post("/admin/catalogue/items/{code}/questions/discard", edit, catalogue_extras::discard)
        .post("/admin/catalogue/items/{code}/questions/{question}/removal", edit, catalogue_extras::remove)
        .post("/admin/catalogue/items/{code}/questions/{question}/rise", edit, catalogue_extras::raise)
}

pub(crate) fn routes() -> Routes {
    VERBS.iter().fold(public().merge(staff()), verb).merge(api::routes())
}

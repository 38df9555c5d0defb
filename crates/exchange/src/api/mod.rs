//! JSON: twins of the pages, the same commands and the same problems; and the door at which partners push.

mod bodies;
mod inbox;
mod listed;
mod lists;
mod partners;

use utoipa::OpenApi;
use web::{Access, Routes};

#[derive(OpenApi)]
#[openapi(
    paths(
        partners::list,
        partners::create,
        partners::one,
        partners::change,
        partners::remove,
        partners::renew,
        partners::pause,
        partners::resume,
        partners::pull,
        partners::compare,
        partners::trial,
        partners::mapping,
        partners::map,
        partners::forget,
        partners::rules,
        lists::changes,
        lists::mend,
        lists::messages,
        lists::resend,
        lists::differences,
        lists::difference,
        lists::resolve,
        inbox::push,
        inbox::order
    ),
    tags((name = "exchange", description = "Exchange with partner systems: the hotline 12345, 数字城管. See docs/exchange.md."))
)]
struct Description;

pub(crate) fn description() -> utoipa::openapi::OpenApi {
    Description::openapi()
}

pub(crate) fn routes() -> Routes {
    const SEE: Access = Access::Action("exchange-see");
    const CONFIGURE: Access = Access::Action("exchange-configure");
    const MAP: Access = Access::Action("exchange-map");
    const RUN: Access = Access::Action("exchange-run");
    const REPAIR: Access = Access::Action("exchange-repair");
    const RESOLVE: Access = Access::Action("exchange-resolve");
    Routes::new()
        .get("/api/v1/exchange/partners", SEE, partners::list)
        .post("/api/v1/exchange/partners", CONFIGURE, partners::create)
        .get("/api/v1/exchange/partners/{number}", SEE, partners::one)
        .put("/api/v1/exchange/partners/{number}", CONFIGURE, partners::change)
        .delete("/api/v1/exchange/partners/{number}", CONFIGURE, partners::remove)
        .post("/api/v1/exchange/partners/{number}/key", CONFIGURE, partners::renew)
        .post("/api/v1/exchange/partners/{number}/pause", CONFIGURE, partners::pause)
        .post("/api/v1/exchange/partners/{number}/resumption", CONFIGURE, partners::resume)
        .post("/api/v1/exchange/partners/{number}/pull", RUN, partners::pull)
        .post("/api/v1/exchange/partners/{number}/comparison", RUN, partners::compare)
        .post("/api/v1/exchange/partners/{number}/trial", RUN, partners::trial)
        .get("/api/v1/exchange/partners/{number}/mapping", SEE, partners::mapping)
        .put("/api/v1/exchange/partners/{number}/mapping", MAP, partners::map)
        .delete("/api/v1/exchange/partners/{number}/mapping", MAP, partners::forget)
        .put("/api/v1/exchange/partners/{number}/rules", MAP, partners::rules)
        .get("/api/v1/exchange/repairs/changes", REPAIR, lists::changes)
        .post("/api/v1/exchange/repairs/changes/{number}", REPAIR, lists::mend)
        .get("/api/v1/exchange/repairs/messages", REPAIR, lists::messages)
        .post("/api/v1/exchange/repairs/messages/{message}", REPAIR, lists::resend)
        .get("/api/v1/exchange/differences", RESOLVE, lists::differences)
        .get("/api/v1/exchange/differences/{number}", RESOLVE, lists::difference)
        .post("/api/v1/exchange/differences/{number}", RESOLVE, lists::resolve)
        .post("/api/v1/exchange/inbox/{partner}/changes", Access::Public, inbox::push)
        .get("/api/v1/exchange/inbox/{partner}/orders/{order}", Access::Public, inbox::order)
}

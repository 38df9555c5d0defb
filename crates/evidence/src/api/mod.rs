//! JSON twins of the pages.

mod bodies;
mod items;
mod moves;
mod periods;
mod requests;

use utoipa::OpenApi;
use web::{Access, Routes};

pub(crate) fn routes() -> Routes {
    let (see, plan) = (Access::Action("evidence-see"), Access::Action("evidence-plan"));
    let (ask, hand) = (Access::Action("evidence-ask"), Access::Action("evidence-hand-in"));
    let (desk, second) = (Access::Action("evidence-desk"), Access::Action("evidence-review-second"));
    let book = Access::Action("evidence-ledger");
    Routes::new()
        .get("/api/v1/evidence/periods", see, periods::list)
        .post("/api/v1/evidence/periods", plan, periods::create)
        .get("/api/v1/evidence/periods/{number}", see, periods::one)
        .put("/api/v1/evidence/periods/{number}", plan, periods::change)
        .get("/api/v1/evidence/periods/{number}/coverage", see, periods::covered)
        .get("/api/v1/evidence/periods/{number}/grades", second, periods::graded)
        .post("/api/v1/evidence/periods/{number}/bundle", Access::Action("evidence-bundle"), periods::bundle)
        .get("/api/v1/evidence/requests", see, requests::list)
        .post("/api/v1/evidence/requests", ask, requests::create)
        .get("/api/v1/evidence/requests/{number}", see, requests::one)
        .post("/api/v1/evidence/requests/{number}/withdrawal", ask, requests::withdraw)
        .post("/api/v1/evidence/requests/{number}/answer", hand, requests::answer)
        .get("/api/v1/evidence/items", see, items::list)
        .post("/api/v1/evidence/items", hand, items::create)
        .get("/api/v1/evidence/items/{number}", see, items::one)
        .put("/api/v1/evidence/items/{number}", hand, items::change)
        .post("/api/v1/evidence/items/{number}/files", hand, items::attach)
        .put("/api/v1/evidence/items/{number}/files/{id}/caption", hand, items::caption)
        .delete("/api/v1/evidence/items/{number}/files/{id}", hand, items::detach)
        .post("/api/v1/evidence/items/{number}/files/{id}/original", see, items::original)
        .post("/api/v1/evidence/items/{number}/uses", hand, items::add_use)
        .delete("/api/v1/evidence/items/{number}/uses/{id}", hand, items::remove_use)
        .put("/api/v1/evidence/items/{number}/uses/{id}/grade", second, moves::grade)
        .post("/api/v1/evidence/items/{number}/submission", hand, moves::submit)
        .post("/api/v1/evidence/items/{number}/withdrawal", hand, moves::withdraw)
        .post("/api/v1/evidence/items/{number}/pass", desk, moves::pass)
        .post("/api/v1/evidence/items/{number}/return", desk, moves::send_back)
        .post("/api/v1/evidence/items/{number}/filing", second, moves::file)
        .get("/api/v1/evidence/desk", desk, items::waiting)
        .get("/api/v1/evidence/ledger", book, periods::ledger)
        .put("/api/v1/evidence/quota", plan, periods::quota)
}

#[derive(OpenApi)]
#[openapi(
    paths(
        periods::list, periods::create, periods::one, periods::change, periods::covered, periods::graded, periods::ledger,
        periods::quota, periods::bundle, requests::list, requests::create, requests::one, requests::withdraw, requests::answer,
        items::list, items::create, items::one, items::change, items::attach, items::caption, items::detach,
        items::original, items::add_use, items::remove_use, items::waiting, moves::grade, moves::submit,
        moves::withdraw, moves::pass, moves::send_back, moves::file
    ),
    components(schemas(
        bodies::EvidencePeriod, bodies::EvidencePeriods, bodies::EvidencePeriodDraft, bodies::EvidencePeriodEdit, bodies::EvidenceLimit,
        bodies::EvidenceCoverage, bodies::EvidenceCoverageLine, bodies::EvidenceCovered, bodies::EvidenceGrades, bodies::EvidenceGrade,
        bodies::EvidenceRequest, bodies::EvidenceRequests, bodies::EvidenceAsking, bodies::EvidenceAsked, bodies::EvidencePointer,
        bodies::EvidenceReason, bodies::EvidenceReuse, bodies::EvidenceItem, bodies::EvidenceItems, bodies::EvidenceWhole,
        bodies::EvidenceUse, bodies::EvidenceFile, bodies::EvidenceCaption, bodies::EvidenceCaptionDraft, bodies::EvidenceFinding,
        bodies::EvidenceItemDraft, bodies::EvidenceItemEdit, bodies::EvidenceUseDraft, bodies::EvidenceMove, bodies::EvidenceGradeDraft,
        bodies::BurdenLine, bodies::BurdenLedger, bodies::BurdenQuota
    )),
    tags((name = "evidence", description = "材料: what units are asked for, once, and hand in for the document review; two reviews, \
        coverage of a scheme's standards, and the ledger of what units were burdened with."))
)]
struct Description;

pub(crate) fn description() -> utoipa::openapi::OpenApi {
    Description::openapi()
}

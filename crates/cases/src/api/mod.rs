//! JSON twins of the pages: the same commands, the same problems (RFC 9457).

mod after;
mod answers;
mod cases;
mod extras;
mod forwards;
mod moves;
mod recordings;
mod redaction;
mod reports;
mod said;
mod statistics;

use utoipa::OpenApi;
use web::{Access, Routes};

pub(crate) fn routes() -> Routes {
    let view = Access::Action("cases-view");
    let hear = Access::Action("cases-hear-recording");
    Routes::new()
        .post("/api/v1/reports", Access::Public, reports::create)
        .takes_reports()
        .get("/api/v1/reports/{token}", Access::Public, reports::status)
        .post("/api/v1/reports/{token}/recording", Access::Public, recordings::add)
        .takes_reports()
        .post("/api/v1/reports/{token}/reply", Access::Public, said::reply)
        .post("/api/v1/reports/{token}/voice", Access::Public, said::voice)
        .get("/api/v1/forwards/{word}", Access::Public, forwards::one)
        .post("/api/v1/forwards/{word}/reply", Access::Public, forwards::reply)
        .get("/api/v1/recurrences", Access::Action("cases-statistics"), after::recurrences)
        .get("/api/v1/second-looks", Access::Action("cases-verify"), after::looks)
        .get("/api/v1/clusters", Access::Action("cases-merge"), after::clusters)
        .get("/api/v1/statistics", Access::Action("cases-statistics"), statistics::rates)
        .get("/api/v1/statistics/heat", Access::Action("cases-statistics"), statistics::heat)
        .get("/api/v1/cases", view, cases::list)
        .post("/api/v1/cases/callers", Access::Action("cases-view-reporter"), cases::caller)
        .get("/api/v1/cases/{number}", view, cases::one)
        .post("/api/v1/cases/{number}/moves", view, moves::create)
        .get("/api/v1/cases/{number}/recordings/{id}", hear, recordings::fetch)
        .put("/api/v1/cases/{number}/recordings/{id}/transcript", hear, recordings::transcript)
        .get("/api/v1/cases/{number}/public-view", Access::Action("cases-redact"), redaction::public_view)
        .put("/api/v1/cases/{number}/strikes", Access::Action("cases-redact"), redaction::strike)
        .put("/api/v1/cases/{number}/photos/{id}/cover", Access::Action("cases-redact"), redaction::cover)
        .post(
            "/api/v1/cases/{number}/photos/{id}/cover/removal",
            Access::Action("cases-redact"),
            redaction::uncover,
        )
        .get("/api/v1/catalogue", Access::Public, cases::catalogue)
        .get("/api/v1/admin/catalogue/{code}/extras", Access::Action("cases-statistics"), extras::list)
        .put("/api/v1/admin/catalogue/{code}/extras", Access::Action("cases-edit-catalogue"), extras::set)
}

#[derive(OpenApi)]
#[openapi(
    paths(forwards::one, forwards::reply, redaction::public_view, redaction::strike, redaction::cover, redaction::uncover, recordings::add, recordings::fetch, recordings::transcript, reports::create, reports::status, cases::list, cases::caller, cases::one, cases::catalogue, extras::list, extras::set, moves::create, said::reply,
        said::voice, after::recurrences, after::looks, after::clusters, statistics::rates, statistics::heat),
    components(schemas(
        reports::ReportBody,
        forwards::ForwardBody,
        forwards::AskedBody,
        forwards::PartyReplyBody,
        recordings::RecordingBody,
        recordings::RecordingReceipt,
        recordings::TranscriptBody,
        redaction::PublicViewBody,
        redaction::StruckBody,
        redaction::OutsideBody,
        redaction::AreaBody,
        redaction::StrikesBody,
        redaction::CoverBody,
        redaction::UncoverBody,
        answers::Receipt,
        answers::ReportStatus,
        answers::CaseBody,
        answers::CaseRecord,
        answers::CasePage,
        cases::CallerDraft,
        cases::CallerBody,
        answers::ItemBody,
        extras::WordsBody,
        extras::AfterBody,
        extras::ExtraBody,
        extras::ExtrasBody,
        extras::AnswerBody,
        extras::AnsweredBody,
        answers::QuestionBody,
        answers::VoiceCount,
        said::ReplyBody,
        said::VoiceBody,
        after::PairBody,
        after::PairPage,
        after::LookBody,
        after::LookPage,
        after::ClusterBody,
        after::ClusterList,
        after::MemberBody,
        statistics::RatesBody,
        statistics::RateRow,
        statistics::StatisticsBody,
        statistics::SquareBody,
        statistics::HeatBody,
        moves::MoveBody
    )),
    tags((name = "cases", description = "Reports and cases: from what somebody saw to what was done about it."))
)]
struct Description;

pub(crate) fn description() -> utoipa::openapi::OpenApi {
    Description::openapi()
}

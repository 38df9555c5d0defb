//! JSON twins: divisions, sections, sites and the working calendar, open to everybody.

mod answers;

use crate::index::PlaceIndex;
use crate::pages::shared;
use crate::queries;
use answers::{
    CalendarAnswer, DivisionJson, DivisionList, SectionJson, SectionList, SiteJson, SiteList, SiteTypeDraft,
    SiteTypeJson, SiteTypeList,
};
use kernel::problem::{Problem, Result};
use utoipa::OpenApi;
use web::api::json;
use web::error::OrFail;
use web::list::{Cursor, Params};
use web::{Answer, Fail, Path, Req};

#[derive(OpenApi)]
#[openapi(paths(divisions, sections, sites, site_types, save_site_type, calendar),
    tags((name = "places", description = "Where things are, and when the city works.")))]
struct Description;

pub(crate) fn openapi() -> utoipa::openapi::OpenApi {
    Description::openapi()
}

/// Rows of one answer: 100 unless asked otherwise, at most 500.
fn size(params: &Params) -> Result<usize> {
    match params.get("limit") {
        "" => Ok(100),
        text => text
            .parse()
            .ok()
            .filter(|n| (1..=500).contains(n))
            .ok_or_else(|| Problem::field("limit", "not-a-number")),
    }
}

fn cursor(params: &Params) -> Result<Option<Cursor>> {
    Cursor::parse(params.get("after"))
}

/// All divisions, parents before children.
#[utoipa::path(get, path = "/api/v1/divisions", tag = "places", operation_id = "listDivisions",
    responses((status = 200, body = DivisionList, description = "the whole tree")))]
pub(crate) async fn divisions(req: Req) -> Answer {
    let index: std::sync::Arc<PlaceIndex> = shared::index(&req).await?;
    let items = index.divisions().iter().map(|node| DivisionJson::of(&index, node)).collect();
    json(&req, &DivisionList { items })
}

/// Street sections, in order of their numbers.
#[utoipa::path(get, path = "/api/v1/sections", tag = "places", operation_id = "listSections",
    params(
        ("q" = Option<String>, Query, description = "words"),
        ("street" = Option<String>, Query, description = "name of a street"),
        ("class" = Option<String>, Query, description = "trunk, secondary, branch or back_street"),
        ("division" = Option<String>, Query, description = "code of a division; those below it count too"),
        ("standing" = Option<String>, Query, description = "retired or all; in use otherwise"),
        ("after" = Option<String>, Query, description = "`next` of the answer before"),
        ("limit" = Option<i64>, Query, description = "1 to 500, 100 unless given"),
    ),
    responses((status = 200, body = SectionList, description = "a page of the list")))]
pub(crate) async fn sections(req: Req) -> Answer {
    let index = shared::index(&req).await?;
    let params = Params::parse(&req.query);
    let (after, size) = (cursor(&params).or_fail(&req)?, size(&params).or_fail(&req)?);
    let wanted = crate::pages::sections::filter(&params, &index);
    let page = req.read(move |_, tx| queries::sections(tx, &wanted, after, size)).await.or_fail(&req)?;
    let items = page.rows.iter().map(|s| SectionJson::of(&index, s)).collect();
    json(&req, &SectionList { items, next: page.next.map(|c| c.to_string()) })
}

/// Sites, in order of their numbers.
#[utoipa::path(get, path = "/api/v1/sites", tag = "places", operation_id = "listSites",
    params(
        ("q" = Option<String>, Query, description = "words"),
        ("type" = Option<String>, Query, description = "code of a type of site"),
        ("division" = Option<String>, Query, description = "code of a division; those below it count too"),
        ("standing" = Option<String>, Query, description = "retired or all; in use otherwise"),
        ("after" = Option<String>, Query, description = "`next` of the answer before"),
        ("limit" = Option<i64>, Query, description = "1 to 500, 100 unless given"),
    ),
    responses((status = 200, body = SiteList, description = "a page of the list")))]
pub(crate) async fn sites(req: Req) -> Answer {
    let index = shared::index(&req).await?;
    let params = Params::parse(&req.query);
    let (after, size) = (cursor(&params).or_fail(&req)?, size(&params).or_fail(&req)?);
    let wanted = crate::pages::sites::filter(&params, &index);
    let read = req.read(move |_, tx| {
        let page = queries::sites(tx, &wanted, after, size)?;
        let ids: Vec<_> = page.rows.iter().filter_map(|s| s.section_id).collect();
        Ok((queries::section_names(tx, &ids)?, page))
    });
    let (names, page) = read.await.or_fail(&req)?;
    let items = page.rows.iter().map(|s| SiteJson::of(&index, &names, s)).collect();
    json(&req, &SiteList { items, next: page.next.map(|c| c.to_string()) })
}

/// Types of site in their order, retired ones too.
#[utoipa::path(get, path = "/api/v1/site-types", tag = "places", operation_id = "listSiteTypes",
    responses((status = 200, body = SiteTypeList, description = "all types")))]
pub(crate) async fn site_types(req: Req) -> Answer {
    let types = req.read(|_, tx| queries::all_site_types(tx)).await.or_fail(&req)?;
    json(&req, &SiteTypeList { items: types.iter().map(SiteTypeJson::of).collect() })
}

/// Adds a type of site, or changes the one with this code.
#[utoipa::path(put, path = "/api/v1/site-types/{code}", tag = "places", operation_id = "saveSiteType",
    params(("code" = String, Path, description = "small letters, digits and underscores")), request_body = SiteTypeDraft,
    responses((status = 200, body = SiteTypeJson, description = "the type as it is now"),
        (status = 409, description = "somebody has changed it meanwhile"),
        (status = 422, description = "a name is missing, the code has other characters, or it exists and no version was given")))]
pub(crate) async fn save_site_type(req: Req, Path(code): Path<String>, given: axum::body::Body) -> Answer {
    if !crate::policy::may_shape(&req.ctx) {
        return Err(Fail::of(&req, Problem::forbidden()));
    }
    let (draft, version) = web::api::body::<SiteTypeDraft>(&req, given).await?.draft(code);
    let write = req.write(move |ctx, tx| match version {
        Some(version) => crate::commands::change_site_type(ctx, tx, version, draft),
        None => crate::commands::add_site_type(ctx, tx, draft),
    });
    let mut saved = write.await.or_fail(&req)?;
    if version.is_some() {
        saved.version += 1;
    }
    crate::kept::refresh(&req.city).await.or_fail(&req)?;
    json(&req, &SiteTypeJson::of(&saved))
}

/// Special days of a year, hours of duty, and whether the year's arrangement has been published.
#[utoipa::path(get, path = "/api/v1/calendar", tag = "places", operation_id = "getCalendar",
    params(("year" = Option<i16>, Query, description = "2000 to 2099; this year unless given")),
    responses((status = 200, body = CalendarAnswer, description = "every day that is not an ordinary weekday or weekend")))]
pub(crate) async fn calendar(req: Req) -> Answer {
    // the look at the index also brings the calendar up to date
    shared::index(&req).await?;
    let params = Params::parse(&req.query);
    let year = match params.get("year") {
        "" => req.ctx.now.date().year(),
        text => {
            let year = text.parse().ok().filter(|y| (2000..=2099).contains(y));
            year.ok_or_else(|| Problem::field("year", "not-a-number")).or_fail(&req)?
        }
    };
    json(&req, &CalendarAnswer::of(&req.city.calendar(), year))
}

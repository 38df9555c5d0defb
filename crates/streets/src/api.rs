//! JSON twins: the register of a day and its check, open to everybody. Names and telephone numbers are shown as on the public
//! pages.

pub(crate) mod past;

use crate::kept;
use crate::model::Adoption;
use crate::pages::shared;
use crate::queries::{self, Filter, Names, SectionState};
use crate::settings::{LEADER_SHOWN, LeaderShown};
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};
use web::api::json;
use web::error::OrFail;
use web::list::{Cursor, Params};
use web::{Answer, Req};

#[derive(OpenApi)]
#[openapi(paths(streets, coverage, past::past),
    tags((name = "streets", description = "Who answers for which stretch of street, by date.")))]
struct Description;

pub(crate) fn openapi() -> utoipa::openapi::OpenApi {
    Description::openapi()
}

/// An adoption.
#[derive(Debug, Serialize, ToSchema)]
struct AdoptionJson {
    number: String,
    section: String,
    street: String,
    from_m: f64,
    to_m: f64,
    unit_code: String,
    unit: String,
    leader: String,
    /// Only where it may be shown.
    phone: Option<String>,
    standard: String,
    from: String,
    /// The last day; null while it is open.
    until: Option<String>,
    shared: bool,
}

impl AdoptionJson {
    fn of(a: &Adoption, names: &Names, shown: LeaderShown) -> Self {
        let decimetres = |m: f64| (m * 10.0).round() / 10.0;
        Self {
            number: a.number.clone(),
            section: names.sections.get(&a.section_id).map(|s| s.number.clone()).unwrap_or_default(),
            street: names.street(a.section_id).to_owned(),
            from_m: decimetres(a.from_m),
            to_m: decimetres(a.to_m),
            unit_code: names.unit_code(a.unit_id).to_owned(),
            unit: names.unit(a.unit_id).to_owned(),
            leader: shown.apply(&a.leader),
            phone: a.public_phone.then(|| a.phone.as_str().to_owned()),
            standard: names.standard(a.standard_id).map(|s| s.code.clone()).unwrap_or_default(),
            from: a.from_date.to_string(),
            until: a.until_date.map(|d| d.to_string()),
            shared: !a.shared.is_empty(),
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
struct RegisterJson {
    date: String,
    items: Vec<AdoptionJson>,
    next: Option<String>,
}

/// The register of a day, section by section.
#[utoipa::path(get, path = "/api/v1/streets", tag = "streets", operation_id = "listAdoptions",
    params(
        ("date" = Option<String>, Query, description = "a day in the past or the future; today unless given"),
        ("on" = Option<String>, Query, description = "a day that is over; refused for one to come"),
        ("street" = Option<String>, Query, description = "name of a street"),
        ("unit" = Option<String>, Query, description = "code of a unit"),
        ("after" = Option<String>, Query, description = "`next` of the answer before"),
        ("limit" = Option<i64>, Query, description = "1 to 500, 100 unless given"),
    ),
    responses((status = 200, body = RegisterJson, description = "a page of the register")))]
pub(crate) async fn streets(req: Req) -> Answer {
    let params = Params::parse(&req.query);
    let day = shared::day(&req, &params).or_fail(&req)?;
    let (after, size) = (Cursor::parse(params.get("after")).or_fail(&req)?, size(&params).or_fail(&req)?);
    let read = req.read(move |ctx, tx| {
        let street = params.get("street");
        let unit = match params.get("unit") {
            "" => None,
            code => Some(people::queries::unit_by_code(tx, code)?.map_or(Id::new(-1), |unit| unit.id)),
        };
        let sections = match street {
            "" => None,
            street => Some(crate::pages::sections_of(tx, street)?),
        };
        let wanted = Filter { sections, unit, on: Some(day), ..Filter::default() };
        let page = queries::list(ctx, tx, &wanted, after, size)?;
        let names = queries::names(tx, &page.rows)?;
        Ok((page, names, LEADER_SHOWN.get(tx)?))
    });
    let (page, names, shown) = read.await.or_fail(&req)?;
    let items = page.rows.iter().map(|a| AdoptionJson::of(a, &names, shown)).collect();
    json(&req, &RegisterJson { date: day.to_string(), items, next: page.next.map(|c| c.to_string()) })
}

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

/// Metres from the section's beginning.
#[derive(Debug, Serialize, ToSchema)]
struct SpanJson {
    from_m: f64,
    to_m: f64,
    /// `gap`, `different`, `same-unit` or `shared`.
    kind: &'static str,
    /// Numbers of the adoptions that overlap.
    adoptions: Vec<String>,
}

#[derive(Debug, Serialize, ToSchema)]
struct CoveredSection {
    section: String,
    street: String,
    length_m: f64,
    covered_m: f64,
    faults: Vec<SpanJson>,
}

impl CoveredSection {
    fn of(state: &SectionState) -> Self {
        let gap = |(from_m, to_m): &(f64, f64)| SpanJson {
            from_m: *from_m,
            to_m: *to_m,
            kind: "gap",
            adoptions: Vec::new(),
        };
        let overlap = |o: &crate::model::Overlap| SpanJson {
            from_m: o.from_m,
            to_m: o.to_m,
            kind: o.kind.code(),
            adoptions: o.numbers.clone(),
        };
        Self {
            section: state.section.number.clone(),
            street: state.section.street.clone(),
            length_m: state.section.length_m,
            covered_m: state.check.covered_m,
            faults: state
                .check
                .gaps
                .iter()
                .map(gap)
                .chain(state.check.overlaps.iter().map(overlap))
                .collect(),
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
struct CoverageJson {
    date: String,
    length_m: f64,
    covered_m: f64,
    gaps: usize,
    overlaps: usize,
    /// Only the sections with gaps or overlaps.
    sections: Vec<CoveredSection>,
}

/// Where nobody answers, and where two do.
#[utoipa::path(get, path = "/api/v1/streets/coverage", tag = "streets", operation_id = "getCoverage",
    params(("date" = Option<String>, Query, description = "a day in the past or the future; today unless given"),
        ("on" = Option<String>, Query, description = "a day that is over; refused for one to come")),
    responses((status = 200, body = CoverageJson, description = "totals, and the sections with gaps or overlaps")))]
pub(crate) async fn coverage(req: Req) -> Answer {
    let params = Params::parse(&req.query);
    let day = shared::day(&req, &params).or_fail(&req)?;
    let report = kept::coverage(&req.city, day).await.or_fail(&req)?;
    let faulty = report.sections.iter().filter(|s| !s.check.gaps.is_empty() || !s.check.overlaps.is_empty());
    json(
        &req,
        &CoverageJson {
            date: day.to_string(),
            length_m: report.totals.length_m,
            covered_m: report.totals.covered_m,
            gaps: report.totals.gaps,
            overlaps: report.totals.different,
            sections: faulty.map(CoveredSection::of).collect(),
        },
    )
}

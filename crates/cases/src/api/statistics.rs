//! Rates and the heat map for programs: the same numbers as the pages, each with the query of its cases.

use crate::pages::shared;
use crate::pages::staff::compare::points;
use crate::pages::staff::{heat as map, statistics as page};
use crate::queries::Rates;
use kernel::workflow::Named;
use serde::Serialize;
use utoipa::ToSchema;
use web::api::json;
use web::list::Params;
use web::{Answer, Req};

/// Counts of a period, and the rates made of them. A rate is in per cent with two places; null where there is nothing to
/// divide by.
#[derive(Serialize, ToSchema)]
pub(crate) struct RatesBody {
    /// 应结案: the handling deadline falls in the period.
    pub due: i64,
    pub closed: i64,
    pub on_time: i64,
    /// Answered at least once.
    pub handled: i64,
    pub rework: i64,
    pub returned: i64,
    pub extended: i64,
    pub contested: i64,
    /// Came back after closing.
    pub recurred: i64,
    pub rated: i64,
    pub satisfied: i64,
    /// closed ÷ due, and its difference in points from the period before (环比) and from a year ago (同比).
    pub closing_rate: Option<f64>,
    pub closing_previous: Option<f64>,
    pub closing_year: Option<f64>,
    /// on_time ÷ due, likewise.
    pub on_time_rate: Option<f64>,
    pub on_time_previous: Option<f64>,
    pub on_time_year: Option<f64>,
    /// rework ÷ handled.
    pub rework_rate: Option<f64>,
    /// recurred ÷ closed.
    pub recurrence_rate: Option<f64>,
    /// satisfied ÷ rated.
    pub satisfied_rate: Option<f64>,
    /// Query of `/api/v1/cases` for what is counted as due.
    pub cases: String,
}

/// A row of the table.
#[derive(Serialize, ToSchema)]
pub(crate) struct RateRow {
    pub name: String,
    #[serde(flatten)]
    pub rates: RatesBody,
    /// Query of this address for the level below; null at the bottom and where there are no levels.
    pub below: Option<String>,
}

/// A table of rates.
#[derive(Serialize, ToSchema)]
pub(crate) struct StatisticsBody {
    pub from: String,
    pub until: String,
    pub by: &'static str,
    /// What the rows are of: the same as `by`, and by `area` one of division, grid, section, stretch.
    pub of: &'static str,
    pub total: RatesBody,
    pub rows: Vec<RateRow>,
}

/// Per cent with two places.
#[expect(clippy::cast_precision_loss, reason = "counts of cases stay far below 2^53")]
fn share(part: i64, whole: i64) -> Option<f64> {
    (whole != 0).then(|| (part as f64 * 10_000.0 / whole as f64).round() / 100.0)
}

fn body(r: &Rates, previous: &Rates, year: &Rates, cases: String) -> RatesBody {
    let since = |of: fn(&Rates) -> (i64, i64), before: &Rates| points(of(r), of(before)).parse().ok();
    let closing = |r: &Rates| (r.closed, r.due);
    let on_time = |r: &Rates| (r.on_time, r.due);
    RatesBody {
        due: r.due,
        closed: r.closed,
        on_time: r.on_time,
        handled: r.handled,
        rework: r.rework,
        returned: r.returned,
        extended: r.extended,
        contested: r.contested,
        recurred: r.recurred,
        rated: r.rated,
        satisfied: r.satisfied,
        closing_rate: share(r.closed, r.due),
        closing_previous: since(closing, previous),
        closing_year: since(closing, year),
        on_time_rate: share(r.on_time, r.due),
        on_time_previous: since(on_time, previous),
        on_time_year: since(on_time, year),
        rework_rate: share(r.rework, r.handled),
        recurrence_rate: share(r.recurred, r.closed),
        satisfied_rate: share(r.satisfied, r.rated),
        cases,
    }
}

/// Rates by unit, kind, place or source, with what they were in the period before and a year ago.
#[utoipa::path(get, path = "/api/v1/statistics", tag = "cases", operation_id = "getStatistics",
    params(
        ("by" = Option<String>, Query, description = "unit (default), item, source, division, section, or area: from the city \
            down to the stretch"),
        ("from" = Option<String>, Query, description = "due on or after this day; the first of this month unless given"),
        ("until" = Option<String>, Query, description = "due up to and including this day; today unless given"),
        ("within" = Option<i64>, Query, description = "by area: below this division, as `below` of a row names it"),
        ("grid" = Option<String>, Query, description = "by area: in this unit grid cell"),
        ("section" = Option<i64>, Query, description = "by area: the stretches of this street section"),
    ),
    responses((status = 200, body = StatisticsBody, description = "the whole and its rows, of what the key may see")))]
pub(crate) async fn rates(req: Req) -> Answer {
    let params = Params::parse(&req.query);
    let (span, by, found) = page::read(&req, &params).await?;
    let base = span.counted();
    let (previous, year) = &found.before;
    let total = body(&found.all, &previous.all, &year.all, format!("{base}{}", found.base));
    let rows = found.rows.iter().map(|(row, rates)| RateRow {
        name: row.name.clone(),
        rates: body(rates, &previous.of(row.key), &year.of(row.key), format!("{base}{}", row.cases)),
        below: Some(row.below.clone()).filter(|below| !below.is_empty()),
    });
    let rows = rows.collect();
    json(
        &req,
        &StatisticsBody {
            from: span.from.to_string(),
            until: span.until.to_string(),
            by,
            of: found.of,
            total,
            rows,
        },
    )
}

/// A square with cases in it. Degrees, CGCS2000.
#[derive(Serialize, ToSchema)]
pub(crate) struct SquareBody {
    pub west: f64,
    pub south: f64,
    pub east: f64,
    pub north: f64,
    pub count: usize,
    /// What lies in its middle.
    pub place: String,
    /// Query of `/api/v1/cases` for its cases.
    pub cases: String,
}

/// Where problems were reported.
#[derive(Serialize, ToSchema)]
pub(crate) struct HeatBody {
    pub from: String,
    pub until: String,
    /// About how many metres a side of a square is long.
    pub side: u32,
    /// Code of the source, where one was asked for.
    pub source: Option<&'static str>,
    pub cases: usize,
    /// The most cases first.
    pub squares: Vec<SquareBody>,
}

/// Reports counted in squares, without those that were refused, merged or voided.
#[utoipa::path(get, path = "/api/v1/statistics/heat", tag = "cases", operation_id = "getHeat",
    params(
        ("from" = Option<String>, Query, description = "reported on or after this day; 90 days ago unless given"),
        ("until" = Option<String>, Query, description = "reported on or before this day; today unless given"),
        ("item" = Option<String>, Query, description = "code of a kind, `event-06010`"),
        ("source" = Option<String>, Query, description = "code of the door they came by"),
        ("side" = Option<i64>, Query, description = "100, 250 (default), 500 or 1000 metres"),
    ),
    responses((status = 200, body = HeatBody, description = "squares with cases that the key may see")))]
pub(crate) async fn heat(req: Req) -> Answer {
    let params = Params::parse(&req.query);
    let (asked, squares, cases) = map::read(&req, &params).await?;
    let index = shared::index(&req).await?;
    let ui = req.ui();
    let square = |s: &map::Square| SquareBody {
        west: s.west,
        south: s.south,
        east: s.east,
        north: s.north,
        count: s.count,
        place: map::name(&ui, &index, s),
        cases: map::href(&asked, s, &params).trim_start_matches("/cases?").to_owned(),
    };
    let squares = squares.iter().map(square).collect();
    let filter = &asked.filter;
    json(
        &req,
        &HeatBody {
            from: filter.from.to_string(),
            until: filter.until.to_string(),
            side: asked.side,
            source: filter.source.map(Named::code),
            cases,
            squares,
        },
    )
}

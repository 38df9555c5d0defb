//! 往日 for programs: a day in figures, and what is different on another.

use crate::pages::past::{between, of_day, other};
use crate::pages::shared::{self, Day};
use crate::queries::{self, Change};
use kernel::ctx::Unit;
use kernel::id::Id;
use serde::Serialize;
use std::collections::HashMap;
use utoipa::ToSchema;
use web::api::json;
use web::error::OrFail;
use web::list::Params;
use web::{Answer, Req};

/// What a unit had at the end of the day.
#[derive(Debug, Serialize, ToSchema)]
struct UnitDay {
    /// The unit's id, as filters of lists name it; null for cases that no unit had been told of.
    unit: Option<i64>,
    name: String,
    open: i64,
    overdue: i64,
}

/// A day in figures: of cases, those that the key may see now.
#[derive(Debug, Serialize, ToSchema)]
struct DayJson {
    date: String,
    /// At the end of the day.
    open: i64,
    overdue: i64,
    /// On that day.
    reported: i64,
    closed: i64,
    /// Stretches of street that nobody answered for, and their metres.
    gaps: usize,
    gap_m: f64,
    units: Vec<UnitDay>,
}

/// Metres for which another unit answers.
#[derive(Debug, Serialize, ToSchema)]
struct ChangeJson {
    section: String,
    from_m: f64,
    to_m: f64,
    /// Names of units; empty where nobody answered, null where the section was not there.
    before: Option<Vec<String>>,
    after: Option<Vec<String>>,
}

/// What is different between two days.
#[derive(Debug, Serialize, ToSchema)]
struct Difference {
    from: String,
    until: String,
    /// After the earlier day, up to the end of the later one.
    reported: i64,
    closed: i64,
    streets: Vec<ChangeJson>,
}

#[derive(Debug, Serialize, ToSchema)]
struct PastJson {
    day: DayJson,
    /// The day of `with`, if one was given.
    with: Option<DayJson>,
    difference: Option<Difference>,
}

/// A day that is over, or today: open, overdue, reported and closed cases, and streets without a unit.
#[utoipa::path(get, path = "/api/v1/past", tag = "streets", operation_id = "getPast",
    params(
        ("on" = Option<String>, Query, description = "a day that is over; today unless given"),
        ("with" = Option<String>, Query, description = "another day to compare it with"),
    ),
    responses((status = 200, body = PastJson, description = "the day, and what is different on the other")))]
pub(crate) async fn past(req: Req) -> Answer {
    let params = Params::parse(&req.query);
    let day = Day::of(&req, &params)?;
    let with = other(&req, &params).or_fail(&req)?.filter(|with| with.date != day.date);
    // refuses a day before there was anything
    shared::as_of(&req, &params, day, true).await?;
    let of = of_day(&req, day).await?;
    let compared = match with {
        Some(with) => Some((with, of_day(&req, with).await?, between(&req, day, with).await?)),
        None => None,
    };
    let found = match &compared {
        Some((with, other, _)) if with.date < day.date => queries::changes(&other.report, &of.report),
        Some((_, other, _)) => queries::changes(&of.report, &other.report),
        None => Vec::new(),
    };
    let both = of.units.iter().chain(compared.iter().flat_map(|(_, other, _)| &other.units));
    let held = found.iter().flat_map(|c| c.before.iter().chain(&c.after)).flatten().copied();
    let ids: Vec<Id<Unit>> = both.filter_map(|u| u.lead_unit).chain(held).collect();
    let names = req.read(move |_, tx| people::queries::unit_names(tx, &ids)).await.or_fail(&req)?;
    let day_json = |day: Day, of: &crate::pages::past::OfDay| DayJson {
        date: day.date.to_string(),
        open: of.figures.open,
        overdue: of.figures.overdue,
        reported: of.figures.reported,
        closed: of.figures.closed,
        gaps: of.report.totals.gaps,
        gap_m: of.report.totals.gap_m.round(),
        units: of
            .units
            .iter()
            .map(|u| UnitDay {
                unit: u.lead_unit.map(Id::raw),
                name: u.lead_unit.and_then(|id| names.get(&id).cloned()).unwrap_or_default(),
                open: u.open,
                overdue: u.overdue,
            })
            .collect(),
    };
    let difference = compared.as_ref().map(|(_, _, between)| Difference {
        from: between.from.date.to_string(),
        until: between.until.date.to_string(),
        reported: between.reported,
        closed: between.closed,
        streets: found.iter().map(|c| change(c, &names)).collect(),
    });
    let with = compared.as_ref().map(|(with, other, _)| day_json(*with, other));
    json(&req, &PastJson { day: day_json(day, &of), with, difference })
}

fn change(c: &Change, names: &HashMap<Id<Unit>, String>) -> ChangeJson {
    let named = |held: &Option<Vec<Id<Unit>>>| {
        held.as_ref().map(|units| units.iter().filter_map(|u| names.get(u).cloned()).collect())
    };
    ChangeJson {
        section: c.section.number.clone(),
        from_m: c.from_m.round(),
        to_m: c.to_m.round(),
        before: named(&c.before),
        after: named(&c.after),
    }
}

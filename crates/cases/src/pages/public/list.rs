//! 办理公开: confirmed cases, for everybody.

use crate::pages::shared;
use crate::pages::shown::{self, Masked};
use crate::queries::{PublicCase, public_list, public_on};
use crate::units::Names;
use crate::workflow::State;
use kernel::problem::{Problem, Result};
use kernel::time::{Date, Instant};
use places::PlaceIndex;
use web::error::{OrFail, page};
use web::list::{Cursor, Params};
use web::{Answer, Req, Ui};

#[derive(askama::Template)]
#[template(path = "cases/public_list.html")]
struct ListPage {
    ui: Ui,
    params: Params,
    lines: Vec<Line>,
    /// Whether any of them is closed.
    closed: bool,
    next: Option<Cursor>,
}

/// One case as strangers see it in a list.
pub(super) struct Line {
    pub number: String,
    pub title: String,
    pub place: String,
    pub state: String,
    pub mood: &'static str,
    pub unit: String,
    pub reported_at: Instant,
    pub closed_at: Option<Instant>,
    /// Empty until it is closed.
    pub result: String,
    pub on_time: bool,
    pub followers: i64,
}

impl Line {
    pub(super) fn of(ui: &Ui, index: &PlaceIndex, units: &Names, case: PublicCase) -> Self {
        let masked = Masked::of(&case.strikes, &case.title, "", &case.address);
        let place = index.division_name(case.division_id);
        // a contested case was closed once: until it is decided, nothing is said about how
        let result = match case.on_time.filter(|_| case.state == State::Closed) {
            Some(true) => ui.t("time-closed-on-time"),
            Some(false) => ui.t("time-closed-late"),
            None => String::new(),
        };
        Self {
            title: masked.title,
            place: if place.is_empty() { masked.address } else { place },
            state: shown::state_text(ui, case.state),
            mood: case.state.mood(),
            unit: units.get(case.lead_unit).to_owned(),
            reported_at: case.reported_at,
            closed_at: case.closed_at.filter(|_| case.state == State::Closed),
            on_time: case.state == State::Closed && case.on_time == Some(true),
            followers: case.follower_count,
            number: case.number,
            result,
        }
    }
}

/// `open`, `solved`, or everything.
pub(super) fn states(word: &str) -> Result<Vec<State>> {
    match word {
        "" => Ok(Vec::new()),
        "open" => Ok(State::open()),
        "solved" => Ok(vec![State::Closed]),
        _ => Err(Problem::field("state", "not-a-choice")),
    }
}

/// Lines of the list, for this page and for the one with the map; `on`: what was open on a day that is over.
pub(super) async fn lines(
    req: &Req,
    params: &Params,
    on: Option<Date>,
) -> Answer<(Vec<Line>, Option<Cursor>)> {
    let index = shared::index(req).await?;
    let states = states(params.get("state")).or_fail(req)?;
    let after = Cursor::parse(params.get("after")).or_fail(req)?;
    let words = params.get("q").to_owned();
    let (found, units) = req
        .read(move |_, tx| {
            let found = match on {
                Some(day) => public_on(tx, day, after)?,
                None => public_list(tx, &states, None, &words, after)?,
            };
            let units = Names::of(tx, found.rows.iter().map(|c| c.lead_unit))?;
            Ok((found, units))
        })
        .await
        .or_fail(req)?;
    let ui = req.ui();
    let lines = found.rows.into_iter().map(|case| Line::of(&ui, &index, &units, case)).collect();
    Ok((lines, found.next))
}

pub(crate) async fn page_of(req: Req) -> Answer {
    let params = Params::parse(&req.query);
    let (lines, next) = lines(&req, &params, None).await?;
    let closed = lines.iter().any(|l| l.closed_at.is_some());
    page(&req, &ListPage { ui: req.ui(), params, lines, closed, next })
}

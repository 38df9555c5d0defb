//! 今日: what falls short, and who is to act.

use crate::beside::Neighbours;
use crate::pages::shown::Row;
use crate::pages::{shared, shown};
use crate::policy::{Act, POLICY};
use crate::queries::{self, CaseLine, Days, Rates, Today};
use crate::units::Names;
use crate::workflow::State;
use axum::response::{IntoResponse, Redirect};
use kernel::time::{DAY, Instant, date_from_epoch_days, days_since_epoch};
use kernel::workflow::Named;
use web::error::{OrFail, page};
use web::parts::Tile;
use web::{Answer, Req, Ui};

/// Days of the chart.
const DAYS: i64 = 14;

#[derive(askama::Template)]
#[template(path = "cases/today.html")]
struct TodayPage {
    ui: Ui,
    greeting: String,
    lead: String,
    tiles: Vec<Tile>,
    waiting: Vec<Row>,
    waiting_count: i64,
    late: Vec<Row>,
    requests: Vec<(String, Row)>,
    states: Vec<StateLine>,
    /// The open cases, for the bars.
    most: i64,
    days: Vec<DayLine>,
    may_enter: bool,
}

struct StateLine {
    code: &'static str,
    text: String,
    cases: i64,
    overdue: i64,
}

struct DayLine {
    label: String,
    day: String,
    reported: i64,
    closed: i64,
}

pub(crate) async fn page_of(req: Req) -> Answer {
    if !POLICY.somewhere(&req.ctx, Act::Statistics) {
        // a unit has its own list, an inspector what they reported
        let to = if POLICY.somewhere(&req.ctx, Act::Handle) { "/todo" } else { "/cases?mine=1" };
        return Ok(Redirect::to(to).into_response());
    }
    let desk = shared::desk(&req).await?;
    let today = req.ctx.now.date();
    let from = Instant::start_of(today).plus(-(DAYS - 1) * DAY);
    let (neighbours, words) = (Neighbours::of(&req.city), req.ui());
    let read = req.read(move |ctx, tx| {
        let beside = neighbours.today(&words, ctx, tx)?;
        let now = queries::today(ctx, tx)?;
        let month = queries::total(ctx, tx, today.first_of_month(), today)?;
        let days = queries::by_day(ctx, tx, from)?;
        let lines = now.waiting.iter().chain(&now.late).chain(now.requests.iter().map(|(_, line)| line));
        let units = Names::of(tx, lines.map(|l| l.lead_unit))?;
        Ok((now, month, days, units, beside))
    });
    let (now, month, days, units, beside) = read.await.or_fail(&req)?;
    let ui = req.ui();
    let rows = |lines: &[CaseLine]| lines.iter().map(|l| Row::of(&ui, &desk, &units, l)).collect::<Vec<_>>();
    let waits_here = [State::Reported, State::Confirmed, State::Registered, State::Answered, State::Verified];
    let requests: Vec<(String, Row)> = now
        .requests
        .iter()
        .map(|(r, line)| (ui.named("request-kind", r.kind.code()), Row::of(&ui, &desk, &units, line)))
        .collect();
    let view = TodayPage {
        greeting: ui.ta(greeting(req.ctx.now), [("name", ui.me().to_owned())]),
        lead: ui.ta(
            "today-lead",
            [
                ("date", ui.date(&today)),
                ("count", now.due_today.to_string()),
                ("request-count", requests.len().to_string()),
            ],
        ),
        tiles: tiles(&ui, &now, &month, today).into_iter().chain(beside).collect(),
        waiting: rows(&now.waiting),
        waiting_count: waits_here.iter().map(|s| now.count(*s)).sum(),
        late: rows(&now.late),
        requests,
        states: states(&ui, &now),
        most: now.states.iter().map(|s| s.cases).max().unwrap_or(0).max(1),
        days: day_lines(&ui, from, &days),
        may_enter: POLICY.somewhere(&req.ctx, Act::Enter),
        ui,
    };
    page(&req, &view)
}

/// By the hour in China.
fn greeting(now: Instant) -> &'static str {
    match now.to_civil().hour() {
        5..=10 => "today-morning",
        11..=12 => "today-noon",
        13..=17 => "today-afternoon",
        _ => "today-evening",
    }
}

fn tiles(ui: &Ui, now: &Today, month: &Rates, today: kernel::time::Date) -> Vec<Tile> {
    let tile = |key: &str, value: String, href: String, mood| Tile {
        label: ui.t(key),
        unit: ui.attribute(key, "unit"),
        note: String::new(),
        value,
        href,
        mood,
    };
    let period = format!("due_from={}&due_until={}", today.first_of_month(), today);
    let overdue = now.overdue();
    vec![
        tile(
            "today-overdue",
            ui.number(overdue),
            "/cases?only=overdue&sort=due".to_owned(),
            if overdue > 0 { "late" } else { "ok" },
        ),
        tile(
            "today-due",
            ui.number(now.due_today),
            "/cases?only=today&sort=due".to_owned(),
            if now.due_today > 0 { "soon" } else { "" },
        ),
        tile("today-open", ui.number(now.open()), "/cases?state=open".to_owned(), ""),
        Tile {
            note: ui.n("today-rate-of", month.due),
            ..tile(
                "today-rate",
                ui.percent(month.on_time, month.due),
                format!("/cases?only=counted&{period}"),
                "ok",
            )
        },
        tile("today-reported", ui.number(now.reported_today), format!("/cases?from={today}"), ""),
        tile(
            "today-closed",
            ui.number(now.closed_today),
            format!("/cases?only=closed&closed_from={today}"),
            "",
        ),
    ]
}

fn states(ui: &Ui, now: &Today) -> Vec<StateLine> {
    State::open()
        .into_iter()
        .filter_map(|state| {
            let counted = now.states.iter().find(|s| s.state == state)?;
            Some(StateLine {
                code: state.code(),
                text: shown::state_text(ui, state),
                cases: counted.cases,
                overdue: counted.overdue,
            })
        })
        .collect()
}

fn day_lines(ui: &Ui, from: Instant, (reported, closed): &(Days, Days)) -> Vec<DayLine> {
    let first = i64::from(days_since_epoch(from.date()));
    let on = |days: &Days, day: i64| days.iter().find(|(d, _)| *d == day).map_or(0, |(_, n)| *n);
    (first..first + DAYS)
        .map(|day| {
            let date = date_from_epoch_days(day);
            DayLine {
                label: ui.day(&date),
                day: date.to_string(),
                reported: on(reported, day),
                closed: on(closed, day),
            }
        })
        .collect()
}

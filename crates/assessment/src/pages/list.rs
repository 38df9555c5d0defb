//! Rounds, the newest first.

use crate::policy::{self, Act};
use crate::rounds::queries::{self, Filter, Listed};
use crate::rounds::workflow::State;
use crate::show;
use kernel::problem::Problem;
use kernel::workflow::Named;
use sheets::{Cell, Column, Kind};
use web::error::{OrFail, page};
use web::list::{Cursor, PAGE_SIZE, Params};
use web::saved::{self, Views};
use web::{Answer, Req, Ui, export};

#[derive(askama::Template)]
#[template(path = "assessment/list.html")]
struct ListPage {
    ui: Ui,
    params: Params,
    rows: Vec<Line>,
    count: i64,
    next: Option<Cursor>,
    saved: Views,
    states: Vec<(String, String)>,
    whole: bool,
    may_import: bool,
}

struct Line {
    number: String,
    name: String,
    day: String,
    mood: &'static str,
    state: String,
    /// Of the whole, or of one's own units.
    rate: String,
    score: String,
    points: i64,
    faults: i64,
    open: i64,
}

fn line(ui: &Ui, whole: bool, listed: &Listed) -> Line {
    let (round, summary) = (&listed.round, &listed.summary);
    let own = |of: fn(&crate::rounds::summary::Line) -> i64| listed.own.iter().map(of).sum::<i64>();
    let rates: Vec<String> = listed.own.iter().map(|l| show::percent(&l.rate)).collect();
    Line {
        number: round.number.clone(),
        name: round.name.clone(),
        day: ui.date(&round.day()),
        mood: round.state.mood(),
        state: ui.named("round-state", round.state.code()),
        rate: if whole { show::percent(&summary.rate) } else { rates.join(" ") },
        score: if whole {
            format!("{} / {}", show::points(&summary.score), summary.quota)
        } else {
            String::new()
        },
        points: if whole { summary.points } else { own(|l| l.points) },
        faults: if whole { summary.faults } else { own(|l| l.faults) },
        open: summary.open,
    }
}

/// What the query asks for.
pub(crate) fn filter(params: &Params) -> Result<Filter, Problem> {
    let state = match params.get("state") {
        "" => None,
        code => Some(State::parse(code).ok_or_else(|| Problem::field("state", "not-a-choice"))?),
    };
    Ok(Filter { state, words: params.get("q").to_owned() })
}

pub(super) async fn page_of(req: Req) -> Answer {
    let params = Params::parse(&req.query);
    let filter = filter(&params).or_fail(&req)?;
    if let Some(kind) = export::kind(params.get("format")) {
        return exported(&req, kind, filter).await;
    }
    let after = Cursor::parse(params.get("after")).or_fail(&req)?;
    let kept = params.clone();
    let read = req.read(move |ctx, tx| {
        let found = queries::list(ctx, tx, &filter, after, PAGE_SIZE)?;
        Ok((found, saved::views(tx, ctx, "/assessment/rounds", &kept)?))
    });
    let ((found, count, sight), saved) = read.await.or_fail(&req)?;
    let ui = req.ui();
    let whole = sight.is_whole();
    let view = ListPage {
        rows: found.rows.iter().map(|listed| line(&ui, whole, listed)).collect(),
        count,
        next: found.next,
        saved,
        states: State::ALL.iter().map(|s| (s.code().to_owned(), ui.named("round-state", s.code()))).collect(),
        whole,
        may_import: policy::may(&req.ctx, Act::Import),
        params,
        ui,
    };
    page(&req, &view)
}

async fn exported(req: &Req, kind: sheets::FileKind, filter: Filter) -> Answer {
    let read = req.read(move |ctx, tx| queries::list(ctx, tx, &filter, None, export::ROWS));
    let (found, _, sight) = read.await.or_fail(req)?;
    let ui = req.ui();
    let whole = sight.is_whole();
    let column = |key: &str, of: Kind| Column::new(ui.named("round-column", key), of);
    let heads = [
        column("number", Kind::Text),
        column("name", Kind::Text).width(30.0),
        column("day", Kind::Date),
        column("state", Kind::Text),
        column("rate", Kind::Text),
        column("score", Kind::Text),
        column("quota", Kind::Int),
        column("points", Kind::Int),
        column("faults", Kind::Int),
        column("open", Kind::Int),
    ];
    let cells = found.rows.iter().map(|listed| {
        let of = line(&ui, whole, listed);
        let summary = &listed.summary;
        let (score, quota) = if whole {
            (Cell::from(summary.score.to_string()), Cell::Int(summary.quota))
        } else {
            (Cell::Empty, Cell::Empty)
        };
        vec![
            Cell::from(of.number),
            Cell::from(of.name),
            Cell::Date(listed.round.day()),
            Cell::from(of.state),
            Cell::from(if whole { summary.rate.to_string() } else { of.rate }),
            score,
            quota,
            Cell::Int(of.points),
            Cell::Int(of.faults),
            Cell::Int(of.open),
        ]
    });
    export::answer(req, kind, &ui.t("rounds-title"), &heads, cells)
}

//! Every program that signs people in here.

use crate::model::{Program, State};
use crate::policy::{self, Act};
use crate::queries;
use kernel::workflow::Named;
use sheets::{Cell, Column, Kind};
use web::error::{OrFail, page};
use web::list::Params;
use web::parts::Mood;
use web::{Answer, Req, Ui, export};

struct Row {
    program: Program,
    mood: Mood,
    people: i64,
}

#[derive(askama::Template)]
#[template(path = "signon/list.html")]
struct ListPage {
    ui: Ui,
    params: Params,
    rows: Vec<Row>,
    issuer: String,
    may_keep: bool,
}

pub(super) fn mood(state: State) -> Mood {
    match state {
        State::Active => "ok",
        State::Stopped | State::Removed => "late",
    }
}

pub(super) async fn page_of(req: Req) -> Answer {
    policy::require(&req.ctx, Act::See).or_fail(&req)?;
    let params = Params::parse(&req.query);
    let read = req.read(|_, tx| Ok((queries::programs(tx)?, queries::people_of_a_month(tx)?)));
    let (programs, people) = read.await.or_fail(&req)?;
    let rows = programs.into_iter().map(|program| Row {
        mood: mood(program.state),
        people: people.iter().find(|(id, _)| *id == program.id).map_or(0, |(_, n)| *n),
        program,
    });
    let rows: Vec<Row> = rows.collect();
    if let Some(kind) = export::kind(params.get("format")) {
        return file(&req, &rows, kind);
    }
    let view = ListPage {
        rows,
        params,
        issuer: crate::api::issuer(&req.app).to_owned(),
        may_keep: policy::may(&req.ctx, Act::Keep),
        ui: req.ui(),
    };
    page(&req, &view)
}

fn file(req: &Req, rows: &[Row], kind: sheets::FileKind) -> Answer {
    let ui = req.ui();
    let column = |key: &str, of: Kind| Column::new(ui.named("signon-column", key), of);
    let heads = [
        column("number", Kind::Text),
        column("name", Kind::Text),
        column("purpose", Kind::Text).width(40.0),
        column("redirects", Kind::Text).width(40.0),
        column("learns", Kind::Text),
        column("state", Kind::Text),
        column("people", Kind::Int),
        column("last", Kind::DateTime),
    ];
    let cells = rows.iter().map(|row| {
        let program = &row.program;
        vec![
            Cell::from(program.number.as_str()),
            Cell::from(program.name.as_str()),
            Cell::from(program.purpose.as_str()),
            Cell::Text(program.redirects.0.join("\n").into()),
            Cell::Text(program.scopes.0.join(" ").into()),
            Cell::Text(ui.named("signon-state", program.state.code()).into()),
            Cell::Int(row.people),
            program.last_at.map_or(Cell::Empty, |at| Cell::DateTime(at.to_civil())),
        ]
    });
    export::answer(req, kind, &ui.t("menu-signon"), &heads, cells)
}

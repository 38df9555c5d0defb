//! Requests: what units were asked for, and what was stopped.

use super::kinds;
use crate::model::RequestState;
use crate::policy::{self, Act};
use crate::queries::{self, RequestFilter, RequestLine};
use crate::show;
use ::store::Tx;
use kernel::problem::Result;
use sheets::{Cell, Column, Kind as Type};
use web::error::{OrFail, page};
use web::list::{Cursor, PAGE_SIZE, Params};
use web::{Answer, Req, Ui, export};

#[derive(askama::Template)]
#[template(path = "evidence/requests.html")]
struct RequestsPage {
    ui: Ui,
    params: Params,
    rows: Vec<RequestLine>,
    next: Option<Cursor>,
    states: Vec<(String, String)>,
    kinds: Vec<(String, String)>,
    periods: Vec<(String, String)>,
    units: Vec<(String, String)>,
    may_ask: bool,
}

impl RequestsPage {
    fn state(&self, row: &RequestLine) -> String {
        show::request_state(&self.ui, row.request.state)
    }

    fn kind(&self, row: &RequestLine) -> String {
        show::kind(&self.ui, row.request.kind)
    }

    fn why(&self, row: &RequestLine) -> String {
        show::why(&self.ui, &row.request)
    }

    fn is_late(&self, row: &RequestLine) -> bool {
        row.request.state == RequestState::Open && row.request.due_on < self.ui.now().date()
    }
}

/// Periods for a filter.
pub(super) fn periods(tx: &mut Tx<'_>) -> Result<Vec<(String, String)>> {
    Ok(queries::periods(tx)?.into_iter().map(|period| (period.number, period.name)).collect())
}

pub(super) async fn list(req: Req) -> Answer {
    policy::require(&req.ctx, Act::See).or_fail(&req)?;
    let params = Params::parse(&req.query);
    let filter = RequestFilter::read(&params).or_fail(&req)?;
    let ui = req.ui();
    if let Some(kind) = export::kind(params.get("format")) {
        return exported(&req, &ui, kind, filter).await;
    }
    let after = Cursor::parse(params.get("after")).or_fail(&req)?;
    let read = req.read(move |ctx, tx| {
        let found = queries::requests(ctx, tx, &filter, after, PAGE_SIZE)?;
        let units = if policy::everywhere(ctx, Act::See) { show::unit_options(tx)? } else { Vec::new() };
        Ok((found, periods(tx)?, units))
    });
    let (found, periods, units) = read.await.or_fail(&req)?;
    let view = RequestsPage {
        params,
        rows: found.rows,
        next: found.next,
        states: show::options::<RequestState>(&ui, "evidence-request-state"),
        kinds: kinds(&ui),
        periods,
        units,
        may_ask: policy::everywhere(&req.ctx, Act::Ask),
        ui,
    };
    page(&req, &view)
}

async fn exported(req: &Req, ui: &Ui, kind: sheets::FileKind, filter: RequestFilter) -> Answer {
    let read = req.read(move |ctx, tx| queries::requests(ctx, tx, &filter, None, export::ROWS));
    let found = read.await.or_fail(req)?.rows;
    let column = |key: &str, of: Type| Column::new(ui.named("evidence-column", key), of);
    let heads = [
        column("number", Type::Text),
        column("what", Type::Text).width(40.0),
        column("unit", Type::Text).width(24.0),
        column("kind", Type::Text),
        column("standards", Type::Text).width(24.0),
        column("state", Type::Text),
        column("why", Type::Text).width(30.0),
        column("pointers", Type::Text).width(30.0),
        column("due-on", Type::Text),
        column("asked-by", Type::Text),
        column("asked-at", Type::DateTime),
        column("answered-at", Type::DateTime),
    ];
    let cells = found.iter().map(|row| {
        let of = &row.request;
        let numbers: Vec<&str> = of.pointers.0.iter().map(|pointer| pointer.number.as_str()).collect();
        vec![
            Cell::from(of.number.as_str()),
            Cell::from(of.what.as_str()),
            Cell::from(row.unit.as_str()),
            Cell::Text(show::kind(ui, of.kind).into()),
            Cell::Text(of.codes.0.join(" ").into()),
            Cell::Text(show::request_state(ui, of.state).into()),
            Cell::Text(show::why(ui, of).into()),
            Cell::Text(numbers.join(" ").into()),
            Cell::Text(of.due_on.to_string().into()),
            Cell::from(of.asked_by.as_str()),
            Cell::DateTime(of.asked_at.to_civil()),
            of.answered_at.map_or(Cell::Empty, |at| Cell::DateTime(at.to_civil())),
        ]
    });
    export::answer(req, kind, &ui.t("menu-evidence-requests"), &heads, cells)
}

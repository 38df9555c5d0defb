//! What everybody may see: which draws are bound and by what; and all of a draw when its inspection has ended. While it is not
//! over, neither name nor days nor types are told: inspections are unannounced.

use super::certificate;
use crate::queries::{self, Bound};
use crate::show::{self, Certificate, Known};
use crate::workflow::State;
use web::error::{OrFail, page};
use web::list::{Cursor, PAGE_SIZE, Params};
use web::parts::Fact;
use web::{Answer, Path, Req, Ui};

#[derive(askama::Template)]
#[template(path = "inspections/public_list.html")]
struct ListPage {
    ui: Ui,
    params: Params,
    rows: Vec<Row>,
    next: Option<Cursor>,
}

struct Row {
    number: String,
    state: (&'static str, String),
    commitment: String,
    source: String,
    at: String,
}

fn row(ui: &Ui, bound: Bound) -> Row {
    Row {
        state: (bound.state.mood(), show::state(ui, bound.state)),
        number: bound.number,
        commitment: bound.commitment,
        source: bound.public_source,
        at: ui.time(&bound.committed_at),
    }
}

pub(super) async fn list(req: Req) -> Answer {
    let params = Params::parse(&req.query);
    let after = Cursor::parse(params.get("after")).or_fail(&req)?;
    let found = req.read(move |_, tx| queries::commitments(tx, after, PAGE_SIZE)).await.or_fail(&req)?;
    let ui = req.ui();
    let rows = found.rows.into_iter().map(|bound| row(&ui, bound)).collect();
    page(&req, &ListPage { rows, next: found.next, params, ui })
}

#[derive(askama::Template)]
#[template(path = "inspections/public_show.html")]
struct ShowPage {
    ui: Ui,
    number: String,
    state: (&'static str, String),
    reason: String,
    bound: Vec<Fact>,
    /// Once it is over.
    of: Option<Certificate>,
}

pub(super) async fn show(req: Req, Path(number): Path<String>) -> Answer {
    let whole = req.read(move |_, tx| queries::published(tx, &number)).await.or_fail(&req)?;
    let ui = req.ui();
    let inspection = &whole.inspection;
    let of = match inspection.state {
        State::Ended => Some(Certificate::new(&ui, &Known::of(&req).await?, &whole).or_fail(&req)?.0),
        _ => None,
    };
    let view = ShowPage {
        number: inspection.number.clone(),
        state: (inspection.state.mood(), show::state(&ui, inspection.state)),
        reason: inspection.reason.clone(),
        bound: whole.draw.as_ref().map(|d| show::bound(&ui, inspection, d)).unwrap_or_default(),
        of,
        ui,
    };
    page(&req, &view)
}

pub(super) async fn json(req: Req, Path(number): Path<String>) -> Answer {
    let whole = req.read(move |_, tx| queries::revealed(tx, &number)).await.or_fail(&req)?;
    certificate::file(&req, &whole)
}

//! Observations of all records that count, newest first.

use super::Known;
use super::record::{mood, percent};
use crate::model::{Observed, Outcome};
use crate::policy::{self, Act};
use crate::queries::{self, COUNTED, ObservationFilter};
use crate::sheet_view::said;
use axum::http::header;
use axum::response::IntoResponse;
use checklist::words;
use kernel::problem::Problem;
use kernel::workflow::Named;
use sheets::{Cell, Column, FileKind, Kind};
use web::error::{OrFail, page};
use web::list::{Cursor, PAGE_SIZE, Params};
use web::{Answer, Req, Ui, export};

#[derive(askama::Template)]
#[template(path = "fieldwork/observations.html")]
struct ObservationsPage {
    ui: Ui,
    params: Params,
    rows: Vec<Row>,
    next: Option<Cursor>,
    count: String,
    kinds: Vec<(String, String)>,
    divisions: Vec<(String, String)>,
    inspections: Vec<(String, String)>,
    outcomes: Vec<(String, String)>,
}

struct Row {
    standard: String,
    path: String,
    record: String,
    point: String,
    kind: String,
    division: String,
    share: String,
    outcome: (&'static str, String),
    why: String,
}

fn row(ui: &Ui, known: &Known, of: Observed) -> Row {
    Row {
        share: if of.weight == 0 { "–".to_owned() } else { percent(&of.share) },
        outcome: (mood(&of), ui.named("field-outcome", of.outcome.code())),
        why: said(ui.locale(), &words::reason(&of.why.0)),
        kind: known.kind(ui, &of.kind),
        division: known.division(&of.division),
        point: format!("{} {}", of.point_number, of.point_name),
        standard: of.standard,
        path: of.path,
        record: of.record_number,
    }
}

pub(super) async fn page_of(req: Req) -> Answer {
    policy::somewhere(&req.ctx, Act::Read).or_fail(&req)?;
    let params = Params::parse(&req.query);
    if params.get("format") == "json" {
        return as_json(&req, params).await;
    }
    if let Some(kind) = export::kind(params.get("format")) {
        return exported(&req, params, kind).await;
    }
    let after = Cursor::parse(params.get("after")).or_fail(&req)?;
    let asked = params.clone();
    let read = req.read(move |ctx, tx| {
        let filter = ObservationFilter::read(tx, &asked)?;
        let found = queries::observations(ctx, tx, &filter, after, PAGE_SIZE)?;
        Ok((found, queries::observations_count(ctx, tx, &filter)?))
    });
    let (found, count) = read.await.or_fail(&req)?;
    let known = Known::of(&req).await?;
    let inspections = super::records::inspections(&req).await?;
    let ui = req.ui();
    let divisions = known.index.divisions().iter().map(|d| (d.code.to_string(), d.name.to_string()));
    let view = ObservationsPage {
        rows: found.rows.into_iter().map(|o| row(&ui, &known, o)).collect(),
        next: found.next,
        count: if count > COUNTED {
            ui.n("field-observations-many", COUNTED)
        } else {
            ui.n("field-observations-count", count)
        },
        kinds: known.kinds(&ui),
        divisions: divisions.collect(),
        inspections,
        outcomes: Outcome::ALL
            .iter()
            .map(|o| (o.code().to_owned(), ui.named("field-outcome", o.code())))
            .collect(),
        params,
        ui,
    };
    page(&req, &view)
}

async fn found(req: &Req, params: Params) -> Answer<Vec<Observed>> {
    let read = req.read(move |ctx, tx| {
        let filter = ObservationFilter::read(tx, &params)?;
        queries::observations(ctx, tx, &filter, None, export::ROWS)
    });
    Ok(read.await.or_fail(req)?.rows)
}

async fn exported(req: &Req, params: Params, kind: FileKind) -> Answer {
    let found = found(req, params).await?;
    let known = Known::of(req).await?;
    let ui = req.ui();
    let column = |key: &str, of: Kind| Column::new(ui.t(key), of);
    let heads = [
        column("field-standard", Kind::Text),
        column("field-outcome", Kind::Text),
        column("field-share", Kind::Text),
        column("field-weight", Kind::Int),
        column("field-good", Kind::Int),
        column("field-of", Kind::Int),
        column("field-why", Kind::Text),
        column("field-inspection", Kind::Text),
        column("field-number", Kind::Text),
        column("field-path", Kind::Text),
        column("field-point-number", Kind::Text),
        column("field-point", Kind::Text),
        column("field-type", Kind::Text),
        column("field-division", Kind::Text),
        column("field-second", Kind::Text),
        column("field-handed-at", Kind::DateTime),
    ];
    let cells = found.iter().map(|o| {
        vec![
            Cell::from(o.standard.as_str()),
            Cell::from(ui.named("field-outcome", o.outcome.code())),
            Cell::from(if o.weight == 0 { "" } else { o.share.as_str() }),
            Cell::Int(o.weight),
            Cell::Int(o.good),
            Cell::Int(o.of_all),
            Cell::from(said(ui.locale(), &words::reason(&o.why.0))),
            Cell::from(o.inspection.as_str()),
            Cell::from(o.record_number.as_str()),
            Cell::from(o.path.as_str()),
            Cell::from(o.point_number.as_str()),
            Cell::from(o.point_name.as_str()),
            Cell::from(known.kind(&ui, &o.kind)),
            Cell::from(known.division(&o.division)),
            Cell::from(if o.second { ui.t("field-yes") } else { String::new() }),
            Cell::DateTime(o.at.to_civil()),
        ]
    });
    export::answer(req, kind, &ui.t("menu-field-observations"), &heads, cells)
}

/// All of the list as the API has its items.
async fn as_json(req: &Req, params: Params) -> Answer {
    let found = found(req, params).await?;
    let items: Vec<_> = found.iter().map(crate::api::ObservationBody::of).collect();
    let text = serde_json::to_string_pretty(&items).map_err(Problem::internal).or_fail(req)?;
    let date = req.ctx.now.date();
    let headers = [
        (header::CONTENT_TYPE, "application/json; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"observations-{date}.json\"")),
    ];
    Ok((headers, text).into_response())
}

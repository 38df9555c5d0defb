//! Signs to hang up at the street, four to a sheet of A4, each with a QR code that leads to the stretch's public page. The
//! page is a document of its own with a style sheet of its own, so that it prints as it looks.

use super::list::filter;
use super::shared::Day;
use crate::qr;
use crate::queries;
use crate::settings::LEADER_SHOWN;
use crate::show;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use kernel::problem::Problem;
use web::error::{OrFail, page as render};
use web::list::Params;
use web::{Answer, Fail, Req, Ui};

#[derive(askama::Template)]
#[template(path = "streets/signs.html")]
struct SignsPage {
    ui: Ui,
    params: Params,
    sheets: Vec<Vec<Sign>>,
    count: usize,
}

/// What stands on a sign.
struct Sign {
    number: String,
    section: String,
    stretch: String,
    unit: String,
    leader: String,
    phone: String,
    standard: String,
    qr: String,
}

/// Signs on a sheet.
const A_SHEET: usize = 4;
/// Most signs of one print.
const MOST: usize = 2000;

pub(super) async fn page(req: Req) -> Answer {
    let params = Params::parse(&req.query);
    let day = Day::of(&req, &params)?;
    let (asked, one) = (params.clone(), params.get("number").to_owned());
    let read = req.read(move |ctx, tx| {
        let rows = if one.is_empty() {
            let wanted = filter(tx, &asked, day.date)?;
            queries::list(ctx, tx, &wanted, None, MOST)?.rows
        } else {
            vec![queries::by_number(tx, &one)?]
        };
        let names = queries::names(tx, &rows)?;
        Ok((rows, names, LEADER_SHOWN.get(tx)?))
    });
    let (rows, names, shown) = read.await.or_fail(&req)?;
    let ui = req.ui();
    let mut signs = Vec::with_capacity(rows.len());
    for a in &rows {
        let address = format!("{}/public/streets/{}", ui.base_url().trim_end_matches('/'), a.number);
        let code = qr::path(&address).ok_or_else(|| Problem::internal("an address too long for a QR code"));
        let standard = names.standard(a.standard_id);
        signs.push(Sign {
            number: a.number.clone(),
            section: names.section(a.section_id),
            stretch: show::stretch(&ui, a.from_m, a.to_m),
            unit: names.unit(a.unit_id).to_owned(),
            leader: shown.apply(&a.leader),
            phone: if a.public_phone { a.phone.as_str().to_owned() } else { String::new() },
            standard: standard.map(|s| s.items(ui.locale()).join(" · ")).unwrap_or_default(),
            qr: code.map_err(|p| Fail::of(&req, p))?,
        });
    }
    let count = signs.len();
    let mut sheets: Vec<Vec<Sign>> = Vec::new();
    for sign in signs {
        match sheets.last_mut().filter(|sheet| sheet.len() < A_SHEET) {
            Some(sheet) => sheet.push(sign),
            None => sheets.push(vec![sign]),
        }
    }
    render(&req, &SignsPage { ui, params, sheets, count })
}

/// The style of the sheets.
pub(super) async fn style() -> Response {
    let headers =
        [(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "public, max-age=3600")];
    (headers, include_str!("../../templates/streets/signs.css")).into_response()
}

//! Signs to hang up at the street, each with a QR code that leads to the stretch's public page: shown as sheets that print as they
//! look, with a style sheet of their own, and made as a PDF for the printer's shop.

use super::list::filter;
use super::shared::Day;
use crate::model::Adoption;
use crate::queries::Names;
use crate::settings::{HOTLINE, LEADER_SHOWN, LeaderShown};
use crate::{commands, qr, queries, show};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use kernel::problem::Problem;
use papers::{Fonts, Sheet};
use web::error::{OrFail, page as render};
use web::list::Params;
use web::{Answer, Fail, Form, Req, Ui};

#[derive(askama::Template)]
#[template(path = "streets/signs.html")]
struct SignsPage {
    ui: Ui,
    params: Params,
    sheets: Vec<Vec<Shown>>,
    count: usize,
    /// The address in the codes leads nowhere but to this machine.
    only_here: bool,
}

/// What stands on a sign.
struct Sign {
    number: String,
    section: String,
    stretch: String,
    unit: String,
    leader: String,
    phone: String,
    hotline: String,
    standard: String,
    address: String,
}

/// A sign with its code as a picture.
struct Shown {
    sign: Sign,
    qr: String,
}

/// Signs on a sheet.
const A_SHEET: usize = 4;
/// Most signs of one print.
const MOST: usize = 2000;

/// The stretches that were asked for, with what stands on their signs.
async fn signs(req: &Req, params: &Params) -> Answer<Vec<Sign>> {
    let day = Day::of(req, params)?;
    let (asked, one) = (params.clone(), params.get("number").to_owned());
    let read = req.read(move |ctx, tx| {
        let rows = if one.is_empty() {
            let wanted = filter(tx, &asked, day.date)?;
            queries::list(ctx, tx, &wanted, None, MOST)?.rows
        } else {
            let adoption = queries::by_number(tx, &one)?;
            if !adoption.holds_on(day.date) {
                return Err(Problem::conflict("stretch-not-in-force").arg("number", one));
            }
            vec![adoption]
        };
        let names = queries::names(tx, &rows)?;
        Ok((rows, names, LEADER_SHOWN.get(tx)?, HOTLINE.get(tx)?))
    });
    let (rows, names, shown, hotline) = read.await.or_fail(req)?;
    let ui = req.ui();
    Ok(rows.iter().map(|a| sign(&ui, a, &names, shown, &hotline)).collect())
}

fn sign(ui: &Ui, a: &Adoption, names: &Names, shown: LeaderShown, hotline: &str) -> Sign {
    let standard = names.standard(a.standard_id);
    Sign {
        number: a.number.clone(),
        section: names.section(a.section_id),
        stretch: show::stretch(ui, a.from_m, a.to_m),
        unit: names.unit(a.unit_id).to_owned(),
        leader: shown.apply(&a.leader),
        phone: if a.public_phone { a.phone.as_str().to_owned() } else { String::new() },
        hotline: hotline.to_owned(),
        standard: standard.map(|s| s.items(ui.locale()).join(" · ")).unwrap_or_default(),
        address: format!("{}/public/streets/{}", ui.base_url().trim_end_matches('/'), a.number),
    }
}

/// Whether an address leads to this machine alone, so that a code with it is of no use on a street.
fn leads_nowhere(base: &str) -> bool {
    let host = base.split("://").nth(1).unwrap_or(base).split(['/', '?']).next().unwrap_or_default();
    let name = if host.starts_with('[') {
        host.split(']').next().unwrap_or(host).trim_start_matches('[')
    } else {
        host.split(':').next().unwrap_or(host)
    };
    matches!(name, "localhost" | "::1" | "0.0.0.0")
        || name.ends_with(".localhost")
        || name.starts_with("127.")
}

pub(super) async fn page(req: Req) -> Answer {
    let params = Params::parse(&req.query);
    let signs = signs(&req, &params).await?;
    let count = signs.len();
    let mut sheets: Vec<Vec<Shown>> = Vec::new();
    for sign in signs {
        let code =
            qr::path(&sign.address).ok_or_else(|| Problem::internal("an address too long for a QR code"));
        let shown = Shown { qr: code.map_err(|p| Fail::of(&req, p))?, sign };
        match sheets.last_mut().filter(|sheet| sheet.len() < A_SHEET) {
            Some(sheet) => sheet.push(shown),
            None => sheets.push(vec![shown]),
        }
    }
    let ui = req.ui();
    let only_here = leads_nowhere(ui.base_url());
    render(&req, &SignsPage { ui, params, sheets, count, only_here })
}

/// The same signs as a PDF: four to a sheet of A4, or one to a sheet of A5.
pub(super) async fn print(req: Req, form: Form) -> Answer {
    let params = Params::parse(&req.query);
    let sheet = match form.text("sheet") {
        "a5" => Sheet::OneOnA5,
        "" | "a4" => Sheet::FourOnA4,
        _ => return Err(Fail::of(&req, Problem::field("sheet", "not-a-choice"))),
    };
    let (signs, ui) = (signs(&req, &params).await?, req.ui());
    if signs.is_empty() {
        return Err(Fail::of(&req, Problem::conflict("no-signs")));
    }
    let (count, number) = (signs.len(), params.get("number").to_owned());
    let drawn: Vec<papers::Sign> = signs.into_iter().map(|sign| drawn(&ui, sign)).collect();
    let title = ui.n("streets-signs-count", count);
    let make = move || {
        papers::signs(Fonts::shared(&[]), &title, sheet, &drawn).map_err(|e| match e {
            papers::Error::NoFont(places) => Problem::new(503, "no-font").arg("places", places),
            other => Problem::internal(other),
        })
    };
    let made = tokio::task::spawn_blocking(make).await.map_err(Problem::internal);
    let bytes = made.and_then(|made| made).or_fail(&req)?;
    req.write(move |ctx, tx| commands::print_signs(ctx, tx, count, &number)).await.or_fail(&req)?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/pdf")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"signs.pdf\"")),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ];
    Ok((headers, bytes).into_response())
}

fn drawn(ui: &Ui, sign: Sign) -> papers::Sign {
    let lines = [
        ("label-adoption_unit", sign.unit),
        ("label-adoption_leader", sign.leader),
        ("label-adoption_phone", sign.phone),
        ("streets-sign-hotline", sign.hotline),
    ];
    papers::Sign {
        head: ui.ta("streets-sign-city", [("city", ui.city.clone())]),
        title: sign.section,
        subtitle: sign.stretch,
        lines: lines.map(|(label, value)| (ui.t(label), value)).into(),
        code: sign.address,
        number: sign.number,
        foot: ui.t("streets-sign-scan"),
    }
}

/// The style of the sheets.
pub(super) async fn style() -> Response {
    let headers =
        [(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "public, max-age=3600")];
    (headers, include_str!("../../templates/streets/signs.css")).into_response()
}

#[cfg(test)]
mod tests {
    use super::leads_nowhere;

    #[test]
    fn addresses_of_this_machine_are_known() {
        for base in
            ["http://127.0.0.1:8080", "http://localhost:8080/", "https://[::1]:443", "http://demo.localhost"]
        {
            assert!(leads_nowhere(base), "{base}");
        }
        for base in ["https://wm.example.gov.cn", "http://10.0.0.7:8080", "https://localhost.example.cn"] {
            assert!(!leads_nowhere(base), "{base}");
        }
    }
}

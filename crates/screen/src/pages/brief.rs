//! `/brief`: the morning's sheet, for reading, printing and handing over. `?on=2026-03-04` for another day that is over.

use super::screen::known;
use crate::brief::sheet::Sheet;
use crate::brief::{self, Brief};
use crate::policy::{self, Act};
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use kernel::problem::Problem;
use kernel::time::Date;
use papers::Format;
use sheets::{Cell, Column, Kind};
use web::error::{OrFail, page};
use web::list::Params;
use web::{Answer, Req, Ui, export};

#[derive(askama::Template)]
#[template(path = "screen/brief.html")]
struct BriefPage {
    ui: Ui,
    params: Params,
    sheet: Sheet,
    /// The day, and the last one that can be asked for, as a field of a form has them.
    on: Date,
    last: Date,
    /// When it was made.
    made: String,
}

/// The brief that the address asks for, in figures and in words.
pub(crate) async fn asked(req: &Req) -> Answer<(Brief, Sheet)> {
    policy::somewhere(&req.ctx, Act::Brief).or_fail(req)?;
    let day = brief::day_of(&req.ctx, Params::parse(&req.query).get("on")).or_fail(req)?;
    let known = known(req).await?;
    let brief = req.read(move |ctx, tx| brief::read(ctx, tx, day)).await.or_fail(req)?;
    let sheet = Sheet::new(&req.ui(), &known.index, &brief);
    Ok((brief, sheet))
}

pub(super) async fn page_of(req: Req) -> Answer {
    let (brief, sheet) = asked(&req).await?;
    let (ui, params) = (req.ui(), Params::parse(&req.query));
    if let Some(kind) = export::kind(params.get("format")) {
        let mut heads = vec![Column::new(ui.t("brief-number"), Kind::Text)];
        heads.extend(brief.days.iter().map(|day| Column::new(day.to_string(), Kind::Text)));
        let rows = sheet.lines.iter().map(|line| {
            let days = line.days.iter().map(|(text, _)| Cell::from(text.clone()));
            std::iter::once(Cell::from(line.label.clone())).chain(days).collect::<Vec<_>>()
        });
        return export::answer(&req, kind, &ui.t("menu-brief"), &heads, rows);
    }
    let last = brief::days_later(req.ctx.now.date(), -1);
    let [on, ..] = brief.days;
    let made = ui.time(&req.ctx.now);
    page(&req, &BriefPage { ui, params, sheet, on, last, made })
}

pub(super) async fn pdf(req: Req) -> Answer {
    file(req, Format::Pdf).await
}

pub(super) async fn docx(req: Req) -> Answer {
    file(req, Format::Docx).await
}

async fn file(req: Req, format: Format) -> Answer {
    let (brief, sheet) = asked(&req).await?;
    let ui = req.ui();
    let document = sheet.paper(&ui);
    let make = move || {
        papers::render(&document, format).map_err(|e| match e {
            papers::Error::NoFont(places) => Problem::new(503, "no-font").arg("places", places),
            other => Problem::internal(other),
        })
    };
    // it takes milliseconds: not on the async threads
    let made = tokio::task::spawn_blocking(make).await.map_err(Problem::internal);
    let bytes = made.and_then(|made| made).or_fail(&req)?;
    let [day, ..] = brief.days;
    let extension = format.extension();
    let name = web::ui::encode(&format!("{}-{day}.{extension}", ui.t("menu-brief")));
    let plain = format!("attachment; filename=\"brief-{day}.{extension}\"; filename*=UTF-8''{name}");
    let disposition =
        HeaderValue::from_str(&plain).unwrap_or_else(|_| HeaderValue::from_static("attachment"));
    let fixed = [
        (header::CONTENT_TYPE, HeaderValue::from_static(format.media_type())),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache")),
    ];
    Ok((fixed, bytes).into_response())
}

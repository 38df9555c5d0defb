//! The forms of a batch as a file for the printer.

use crate::layout::printed;
use crate::model::Batch;
use crate::policy::{self, Act};
use crate::{commands, queries, reader, show};
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use kernel::ctx::Locale;
use kernel::problem::Problem;
use papers::Fonts;
use web::error::OrFail;
use web::{Answer, Form, Path, Req};

/// A text of the form: in Chinese, whoever prints it.
pub(super) fn printed_text(req: &Req, key: &str, args: &[(&str, String)]) -> String {
    req.app.texts().get(Locale::ZhCn, key, args)
}

/// The batch's forms. Fetching them is recorded.
pub(crate) async fn made(req: &Req, number: String) -> Answer<(Batch, Vec<u8>)> {
    policy::require(&req.ctx, Act::Print).or_fail(req)?;
    let whole = req.read(move |ctx, tx| queries::batch(ctx, tx, &number)).await.or_fail(req)?;
    let secrets = req.db().secrets().clone();
    let text = |key: &str, args: &[(&str, String)]| printed_text(req, key, args);
    let ui = req.ui();
    let words = show::words(&text, &req.city.name_in(Locale::ZhCn), &whole.batch, ui.base_url());
    let batch = whole.batch.clone();
    let make = move || {
        let sheets: Vec<(String, String)> = whole
            .sheets
            .iter()
            .filter(|(sheet, _)| sheet.state == crate::model::SheetState::Printed)
            .map(|(sheet, _)| (sheet.number.clone(), reader::code(&secrets, sheet.id)))
            .collect();
        if sheets.is_empty() {
            return Err(Problem::conflict("paper-none-out"));
        }
        printed(Fonts::shared(&[]), &whole.batch.number, &words, &whole.batch, &sheets).map_err(|e| match e {
            papers::Error::NoFont(places) => Problem::new(503, "no-font").arg("places", places),
            other => Problem::internal(other),
        })
    };
    let made = tokio::task::spawn_blocking(make).await.map_err(Problem::internal);
    let bytes = made.and_then(|made| made).or_fail(req)?;
    let noted = batch.clone();
    req.write(move |ctx, tx| commands::note_print(ctx, tx, &noted)).await.or_fail(req)?;
    Ok((batch, bytes))
}

pub(crate) fn answer(batch: &Batch, bytes: Vec<u8>) -> axum::response::Response {
    let name = format!("attachment; filename=\"{}.pdf\"", batch.number);
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/pdf")),
        (
            header::CONTENT_DISPOSITION,
            HeaderValue::from_str(&name).unwrap_or_else(|_| HeaderValue::from_static("attachment")),
        ),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ];
    (headers, bytes).into_response()
}

pub(super) async fn print(req: Req, Path(number): Path<String>, _: Form) -> Answer {
    let (batch, bytes) = made(&req, number).await?;
    Ok(answer(&batch, bytes))
}

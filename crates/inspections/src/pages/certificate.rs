//! The certificate of a draw: as a page, on paper, and as a file that programs repeat.

use crate::paper;
use crate::policy::{self, Act};
use crate::queries::{self, Whole};
use crate::show::{Certificate, Known};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use kernel::problem::Problem;
use papers::Format;
use web::error::{OrFail, page};
use web::{Answer, Path, Req, Ui};

#[derive(askama::Template)]
#[template(path = "inspections/certificate.html")]
struct CertificatePage {
    ui: Ui,
    of: Certificate,
}

async fn read(req: &Req, number: String) -> Answer<Whole> {
    policy::require(&req.ctx, Act::Prove).or_fail(req)?;
    req.read(move |ctx, tx| queries::proof(ctx, tx, &number)).await.or_fail(req)
}

pub(super) async fn page_of(req: Req, Path(number): Path<String>) -> Answer {
    let whole = read(&req, number).await?;
    let known = Known::of(&req).await?;
    let ui = req.ui();
    let (of, _) = Certificate::new(&ui, &known, &whole).or_fail(&req)?;
    page(&req, &CertificatePage { ui, of })
}

pub(super) async fn pdf(req: Req, Path(number): Path<String>) -> Answer {
    let whole = read(&req, number).await?;
    let known = Known::of(&req).await?;
    let ui = req.ui();
    let (of, _) = Certificate::new(&ui, &known, &whole).or_fail(&req)?;
    let document = paper::certificate(&ui, &of);
    let make = move || {
        papers::render(&document, Format::Pdf).map_err(|e| match e {
            papers::Error::NoFont(places) => Problem::new(503, "no-font").arg("places", places),
            other => Problem::internal(other),
        })
    };
    // it takes milliseconds: not on the async threads
    let made = tokio::task::spawn_blocking(make).await.map_err(Problem::internal);
    let bytes = made.and_then(|made| made).or_fail(&req)?;
    Ok(attached(&format!("{}.pdf", of.number), "application/pdf", bytes))
}

fn attached(name: &str, kind: &'static str, bytes: Vec<u8>) -> Response {
    let name = format!("attachment; filename=\"{name}\"");
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (
            header::CONTENT_DISPOSITION,
            HeaderValue::from_str(&name).unwrap_or_else(|_| HeaderValue::from_static("attachment")),
        ),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ];
    (headers, bytes).into_response()
}

/// `draw.json` of a draw that this person may see.
pub(super) fn file(req: &Req, whole: &Whole) -> Answer {
    let record = whole.record().or_fail(req)?;
    let bytes = serde_json::to_vec_pretty(&record).map_err(Problem::internal).or_fail(req)?;
    Ok(attached(&format!("{}-draw.json", whole.inspection.number), "application/json", bytes))
}

pub(super) async fn json(req: Req, Path(number): Path<String>) -> Answer {
    let whole = read(&req, number).await?;
    file(&req, &whole)
}

//! A report comes in. All that can be worked out before the transaction is; the key is looked up inside it, so that a report
//! without pictures is one transaction and nothing else.

use super::answer::{Format, answer, begin, jurisdiction};
use crate::described::{GeoReportError, GeoReportReceipt, GeoReportSent};
use crate::sent::{self, Address, MEDIA, Report};
use crate::tree::Node;
use axum::body::Body;
use axum::http::{HeaderMap, StatusCode, header};
use cases::commands::submit;
use cases::desk::Desk;
use cases::open::{self, Received};
use cases::queries::case_of_outside;
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use store::Tx;
use store::idempotency::{self, Answer as Kept};
use web::error::OrFail;
use web::scope::Need;
use web::{Answer, Form, Req};

/// Who sends: the key of the body, or the one in the header `Authorization`, which is known already.
#[derive(Clone)]
pub(super) enum Sender {
    Body(Arc<Req>, Arc<str>),
    Header,
}

impl Sender {
    /// 403 without a key. A person who has only signed in, as browsers do, sends nothing here.
    pub(super) fn of(req: &Req, query: &Form, form: &Form) -> Result<Self> {
        let key = [form, query].into_iter().map(|f| f.text("api_key")).find(|k| !k.is_empty());
        match key {
            Some(key) => Ok(Sender::Body(Arc::new(req.clone()), key.into())),
            None if req.by_key => Ok(Sender::Header),
            None => Err(Problem::new(403, "api-key-needed")),
        }
    }

    pub(super) fn ctx(&self, ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Ctx> {
        match self {
            Sender::Body(req, key) => req.ctx_of_key(tx, key, Need::Report),
            Sender::Header => Ok(ctx.clone()),
        }
    }

    pub(super) async fn note(&self) {
        if let Sender::Body(req, key) = self {
            req.note_key(key).await;
        }
    }
}

/// The form, of either kind.
pub(super) async fn form(req: &Req, headers: &HeaderMap, body: Body) -> Answer<Form> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|h| h.to_str().ok()).unwrap_or_default();
    let bare = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if !matches!(&*bare, "" | "application/x-www-form-urlencoded" | "multipart/form-data") {
        return Err(Problem::new(400, "form-needed")).or_fail(req);
    }
    let form = Form::read(kind, body).await.or_fail(req)?;
    jurisdiction(req, &form).or_fail(req)?;
    Ok(form)
}

/// `Idempotency-Key`, and the fingerprint of what came with it.
pub(super) fn once(headers: &HeaderMap, path: &[u8], form: &Form) -> Result<Option<(String, String)>> {
    let key = headers.get("idempotency-key").and_then(|h| h.to_str().ok()).filter(|k| !k.is_empty());
    let Some(key) = key else { return Ok(None) };
    if key.len() > 200 {
        return Err(Problem::field("Idempotency-Key", "too-long"));
    }
    let mut parts: Vec<&[u8]> = vec![path];
    for (name, value) in form.fields() {
        parts.extend([name.as_bytes(), value.as_bytes()]);
    }
    parts.extend(form.files.iter().map(|f| &f.bytes[..]));
    Ok(Some((key.to_owned(), idempotency::request_hash(&parts))))
}

/// What is kept of the answer.
#[derive(Serialize, Deserialize)]
struct Done {
    number: String,
    token: String,
}

/// Sends a report, form-encoded or as multipart with pictures in parts named `media`. Needs a key made for reports, as
/// `api_key` or in the header `Authorization`.
#[utoipa::path(post, path = "/open311/v2/requests.json", tag = "open311", operation_id = "georeportSend",
    params(("Idempotency-Key" = Option<String>, Header, description = "at most 200 characters; remembered for a day")),
    request_body(content = GeoReportSent, content_type = "application/x-www-form-urlencoded"),
    responses((status = 201, description = "service_request_id", body = Vec<GeoReportReceipt>),
        (status = 400, description = "what is wrong", body = Vec<GeoReportError>),
        (status = 403, description = "no key, or one that may not", body = Vec<GeoReportError>),
        (status = 404, description = "no such service", body = Vec<GeoReportError>),
        (status = 409, description = "the same key with something else", body = Vec<GeoReportError>),
        (status = 413, description = "too large, or too many pictures", body = Vec<GeoReportError>),
        (status = 415, description = "no form", body = Vec<GeoReportError>),
        (status = 429, description = "too often", body = Vec<GeoReportError>)))]
pub(super) async fn create(req: Req, headers: HeaderMap, body: Body) -> Answer {
    let (format, query) = begin(&req)?;
    let form = form(&req, &headers, body).await?;
    let sender = Sender::of(&req, &query, &form).or_fail(&req)?;
    let desk = Desk::of(&req.city).await.or_fail(&req)?;
    let index = places::kept::index(&req.city).await.or_fail(&req)?;
    let address = address(&req, &form).await?;
    let mut report = sent::report(&form, &desk, &index, address).or_fail(&req)?;
    report.new.photos = pictures(&req, &sender, &form).await?;
    let words = open::words(&desk, &report.new);
    let once = once(&headers, b"POST /open311/v2/requests", &form).or_fail(&req)?;
    let (secrets, who) = (req.db().secrets().clone(), sender.clone());
    let work = move |ctx: &Ctx, tx: &mut Tx<'_>| -> Result<Done> {
        let ctx = who.ctx(ctx, tx)?;
        let make = |tx: &mut Tx<'_>, report: Report| -> Result<Done> {
            let person = ctx.person().map_or(0, kernel::id::Id::raw);
            let entered = |tx: &mut Tx<'_>, report: Report| -> Result<Done> {
                let case = submit(&ctx, tx, &desk, &index, &words, report.from(person))?;
                Ok(Done { token: open::token(&secrets, case.id), number: case.number })
            };
            let Some(outside) = report.outside.clone() else { return entered(tx, report) };
            // who sends the same thing at once waits here; who sends it next year finds the case
            kept(tx, &ctx, &format!("outside:{outside}"), "", |tx| {
                match case_of_outside(tx, &sent::system(person), &outside)? {
                    Some(case) => Ok(Done { token: open::token(&secrets, case.id), number: case.number }),
                    None => entered(tx, report),
                }
            })
        };
        match once {
            Some((key, hash)) => kept(tx, &ctx, &key, &hash, |tx| make(tx, report)),
            None => make(tx, report),
        }
    };
    let done = req.write(work).await.or_fail(&req)?;
    sender.note().await;
    Ok(created(&req, format, done))
}

/// Does it once for a key, or says again what was done.
fn kept(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    key: &str,
    hash: &str,
    work: impl FnOnce(&mut Tx<'_>) -> Result<Done>,
) -> Result<Done> {
    let kept = idempotency::once(tx, ctx, key, hash, |tx| {
        let body = serde_json::to_string(&work(tx)?).map_err(Problem::internal)?;
        Ok(Kept { status: 201, body })
    })?;
    serde_json::from_str(&kept.body).map_err(Problem::internal)
}

fn created(req: &Req, format: Format, done: Done) -> axum::response::Response {
    let link = format!("{}/r/{}", req.app.settings().base_url, done.token);
    let notice = req.app.texts().get(req.ctx.locale, "open311-notice", &[("link", link)]);
    let row = Node::Map(vec![
        ("service_request_id", Node::Text(done.number)),
        ("service_notice", Node::Text(notice)),
        ("account_id", Node::Null),
    ]);
    answer(format, StatusCode::CREATED, "service_requests", &Node::List("request", vec![row]))
}

/// The section or site that `address_id` names.
async fn address(req: &Req, form: &Form) -> Answer<Option<Address>> {
    let number = form.text("address_id").to_owned();
    if number.is_empty() {
        return Ok(None);
    }
    let unknown =
        |p: Problem| if p.status == 404 { Problem::field("address_id", "address-unknown") } else { p };
    let read = req.read(move |_, tx| {
        if let Ok(section) = places::queries::section_by_number(tx, &number) {
            let place = section.line.point_at(section.length_m / 2.0);
            return Ok(Address { name: section.name(), place });
        }
        let site = places::queries::site_by_number(tx, &number)?;
        Ok(Address { place: site.point(), name: site.name })
    });
    read.await.map_err(unknown).or_fail(req).map(Some)
}

/// Pictures are written down before the transaction, so the key is looked at before them.
async fn pictures(req: &Req, sender: &Sender, form: &Form) -> Answer<Received> {
    if form.files.is_empty() {
        return Ok(Vec::new());
    }
    let who = sender.clone();
    req.read(move |ctx, tx| who.ctx(ctx, tx).map(drop)).await.or_fail(req)?;
    let mut received = Vec::new();
    for part in MEDIA {
        received.extend(open::receive(req, form, part).await?);
    }
    Ok(received)
}

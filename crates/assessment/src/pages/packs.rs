//! Score packs: handed out, and worked out again.

use crate::pack::check::{NoPack, Report, check, read};
use crate::pack::commands::{Made, What, make};
use crate::pack::key_name;
use crate::policy::{self, Act};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use kernel::problem::{FieldError, Problem};
use scoring::Missing;
use web::error::{OrFail, page_with};
use web::form::Filled;
use web::{Access, Answer, Fail, Form, Path, Req, Routes, Ui};

pub(super) fn routes() -> Routes {
    let (see, pack) = (Access::Action("assessment-see"), Access::Action("assessment-pack"));
    Routes::new()
        .get("/assessment/packs", see, page_of)
        .post("/assessment/packs", see, run)
        .post("/assessment/rounds/{number}/pack", pack, of_round)
        .post("/assessment/schemes/{number}/pack", pack, of_scheme)
}

/// Figures and parts that are shown of a pack that does not agree.
const SHOWN: usize = 100;

#[derive(askama::Template)]
#[template(path = "assessment/packs.html")]
struct PacksPage {
    ui: Ui,
    form: Filled,
    kid: String,
    report: Option<Shown>,
}

struct Shown {
    report: Report,
    ours: bool,
    more: usize,
}

impl Shown {
    fn agrees(&self) -> bool {
        self.report.agrees() && self.ours
    }

    fn altered(&self) -> impl Iterator<Item = &String> {
        self.report.altered.iter().take(SHOWN)
    }

    fn differs(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        self.report.differs.iter().take(SHOWN).map(|of| {
            let recorded = of.recorded.as_deref().unwrap_or("–");
            (of.figure.as_str(), recorded, of.worked_out.as_deref().unwrap_or("–"))
        })
    }
}

fn show(req: &Req, status: StatusCode, form: Filled, report: Option<Shown>) -> Answer {
    policy::require(&req.ctx, Act::See).or_fail(req)?;
    let kid = key_name(req.db().secrets()).or_fail(req)?;
    page_with(req, status, &PacksPage { ui: req.ui(), form, kid, report })
}

async fn page_of(req: Req) -> Answer {
    show(&req, StatusCode::OK, Filled::new(), None)
}

/// Reads a pack and works it out; whether it is signed with this city's key.
pub(crate) async fn checked(req: &Req, bytes: Vec<u8>) -> Answer<(Report, bool)> {
    let work = move || {
        let wrong = |why: NoPack| {
            Problem::invalid(vec![match why {
                NoPack::Unreadable(what) => FieldError::new("pack_file", "pack-unreadable").arg("what", what),
                NoPack::Other => FieldError::new("pack_file", "pack-other"),
                NoPack::Version(version) => {
                    FieldError::new("pack_file", "pack-version").arg("version", version)
                }
            }])
        };
        check(&read(&bytes).map_err(wrong)?)
    };
    let report = tokio::task::spawn_blocking(work).await.map_err(Problem::internal).and_then(|r| r);
    let report = report.or_fail(req)?;
    let ours = report.kid == key_name(req.db().secrets()).or_fail(req)?;
    Ok((report, ours))
}

async fn run(req: Req, form: Form) -> Answer {
    policy::require(&req.ctx, Act::See).or_fail(&req)?;
    let file = form.files.iter().find(|file| file.field == "pack_file").map(|file| file.bytes.to_vec());
    let Some(bytes) = file else {
        let filled = Filled::refused(&form, &Problem::field("pack_file", "required")).unwrap_or_default();
        return show(&req, StatusCode::UNPROCESSABLE_ENTITY, filled, None);
    };
    match checked(&req, bytes).await {
        Ok((report, ours)) => {
            let more =
                report.altered.len().saturating_sub(SHOWN) + report.differs.len().saturating_sub(SHOWN);
            show(&req, StatusCode::OK, Filled::new(), Some(Shown { report, ours, more }))
        }
        Err(fail) => match Filled::refused(&form, &fail.problem) {
            Some(filled) => show(&req, StatusCode::UNPROCESSABLE_ENTITY, filled, None),
            None => Err(fail),
        },
    }
}

/// The file as a download.
pub(crate) fn answer(made: Made) -> Response {
    let name = format!("attachment; filename=\"{}.json\"", made.number);
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (
            header::CONTENT_DISPOSITION,
            HeaderValue::from_str(&name).unwrap_or_else(|_| HeaderValue::from_static("attachment")),
        ),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ];
    (headers, made.bytes).into_response()
}

async fn packed(req: Req, what: What) -> Answer {
    policy::require(&req.ctx, Act::Pack).or_fail(&req)?;
    let (city, secrets) = (req.city.clone(), req.db().secrets().clone());
    match req.write(move |ctx, tx| make(ctx, tx, &city, &secrets, &what)).await {
        Ok(made) => Ok(answer(made)),
        Err(problem) => Err(Fail::of(&req, problem)),
    }
}

async fn of_round(req: Req, Path(number): Path<String>, _: Form) -> Answer {
    packed(req, What { scheme: String::new(), by: number, missing: Missing::LeftOut }).await
}

async fn of_scheme(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    let missing = if form.text("missing") == "lost" { Missing::Lost } else { Missing::LeftOut };
    packed(req, What { scheme: number, by: form.text("by").to_owned(), missing }).await
}

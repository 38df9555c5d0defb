//! The sample: segments, traits, quotas, figures of the plan, who goes where, and how far it is.

use crate::plan::{margin, size};
use crate::policy::{self, Act};
use crate::queries::{Doors, SamplePage as Found, SegmentLine, sample};
use crate::workflow::State;
use crate::{commands, forms, show};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use kernel::ctx::Person;
use kernel::id::Id;
use kernel::policy::Role;
use kernel::problem::Problem;
use sheets::{Cell, Column, Kind};
use web::error::{OrFail, page_with, redirect};
use web::form::Filled;
use web::list::Params;
use web::{Answer, Fail, Form, Path, Req, Ui, export};

#[derive(askama::Template)]
#[template(path = "surveys/sample.html")]
struct SamplePage {
    ui: Ui,
    params: Params,
    form: Filled,
    of: Found,
    /// Answers and households that the figures ask for.
    needed: Option<(u64, u64)>,
    /// Half the interval that the segments' targets give.
    margin: String,
    targets: i64,
    households: i64,
    inspectors: Vec<(String, String)>,
    may_plan: bool,
}

impl SamplePage {
    fn is_draft(&self) -> bool {
        self.of.survey.state == State::Draft
    }

    fn is_closed(&self) -> bool {
        self.of.survey.state == State::Closed
    }

    fn rate(&self, doors: &Doors) -> String {
        doors.rate().map_or_else(|| "–".to_owned(), |(part, whole)| self.ui.percent(part, whole))
    }

    fn link(&self, line: &SegmentLine) -> String {
        format!("{}/survey/{}", self.ui.base_url(), line.segment.token)
    }
}

pub(super) async fn page_of(req: Req, Path(number): Path<String>) -> Answer {
    show_with(&req, number, None, StatusCode::OK).await
}

/// Segments as they are typed.
fn lines(of: &Found) -> String {
    let line = |l: &SegmentLine| {
        format!("{}, {}, {}", l.segment.division_name, l.segment.name, l.segment.households)
    };
    of.segments.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn decimal(value: i64, digits: u32) -> String {
    let unit = 10_i64.pow(digits);
    let text = format!("{}.{:0width$}", value / unit, value % unit, width = digits as usize);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn filled(of: &Found) -> Filled {
    let plan = &of.survey.plan.0;
    let form = Filled::new()
        .set("segments", lines(of))
        .set("traits", forms::write_traits(&of.survey.traits.0))
        .set("traits_source", &of.survey.traits_source)
        .set("plan_margin", decimal(plan.margin, 1))
        .set("plan_effect", decimal(plan.effect, 2))
        .set("plan_response", plan.response)
        .set("plan_each", plan.each)
        .set("plan_tries", plan.tries)
        .set("plan_per_day", plan.per_day)
        .set("code_count", 100);
    of.survey.quotas.0.iter().fold(form, |form, (key, n)| form.set(&format!("quota-{key}"), n))
}

async fn show_with(req: &Req, number: String, form: Option<Filled>, status: StatusCode) -> Answer {
    let read = req.read(move |ctx, tx| {
        let of = sample(ctx, tx, &number)?;
        let inspectors = people::queries::holders_of(tx, Role::Inspector)?;
        Ok((of, inspectors))
    });
    let (of, inspectors) = read.await.or_fail(req)?;
    let (ui, params) = (req.ui(), Params::parse(&req.query));
    if let Some(kind) = export::kind(params.get("format")) {
        return exported(req, &ui, kind, &of);
    }
    let households = of.segments.iter().map(|l| l.segment.households).sum();
    let targets = of.segments.iter().map(|l| l.segment.target).sum();
    let plan = &of.survey.plan.0;
    let view = SamplePage {
        needed: size(plan, households).map(|n| (n.answers, n.asked)),
        margin: margin(plan, targets).map(show::percent).unwrap_or_default(),
        form: match form {
            // what was typed stands before what is stored
            Some(form) => {
                let stored = filled(&of);
                let names: Vec<&str> = [
                    "segments",
                    "traits",
                    "traits_source",
                    "plan_margin",
                    "plan_effect",
                    "plan_response",
                    "plan_each",
                    "plan_tries",
                    "plan_per_day",
                    "code_count",
                ]
                .into();
                names.into_iter().fold(form, |form, name| match form.value(name) {
                    "" => form.set(name, stored.value(name)),
                    _ => form,
                })
            }
            None => filled(&of),
        },
        targets,
        households,
        inspectors: inspectors.into_iter().map(|h| (h.id.to_string(), h.name)).collect(),
        may_plan: policy::may(&req.ctx, Act::Plan),
        of,
        params,
        ui,
    };
    page_with(req, status, &view)
}

fn exported(req: &Req, ui: &Ui, kind: sheets::FileKind, of: &Found) -> Answer {
    let column = |key: &str, of: Kind| Column::new(ui.named("survey-column", key), of);
    let heads = [
        column("place", Kind::Int),
        column("division", Kind::Text),
        column("segment", Kind::Text).width(24.0),
        column("households", Kind::Int),
        column("target", Kind::Int),
        column("answers", Kind::Int),
        column("visited", Kind::Int),
        column("refused", Kind::Int),
        column("absent", Kind::Int),
        column("interviewer", Kind::Text),
    ];
    let cells = of.segments.iter().map(|l| {
        vec![
            Cell::Int(l.segment.place),
            Cell::from(l.segment.division_name.as_str()),
            Cell::from(l.segment.name.as_str()),
            Cell::Int(l.segment.households),
            Cell::Int(l.segment.target),
            Cell::Int(l.answers),
            Cell::Int(l.doors.answered),
            Cell::Int(l.doors.refused),
            Cell::Int(l.doors.absent),
            Cell::from(l.segment.interviewer.as_str()),
        ]
    });
    let name = format!("{}-{}", ui.t("survey-mock"), of.survey.name);
    export::answer(req, kind, &name, &heads, cells)
}

/// Back to the page after a verb, or the form again.
async fn after<T>(req: &Req, number: String, form: &Form, done: kernel::problem::Result<T>) -> Answer {
    match done {
        Ok(_) => Ok(redirect(req, &format!("/surveys/{number}/sample"), "survey-saved", "")),
        Err(problem) => match Filled::refused(form, &problem) {
            Some(filled) => show_with(req, number, Some(filled), StatusCode::UNPROCESSABLE_ENTITY).await,
            None => Err(Fail::of(req, problem)),
        },
    }
}

pub(super) async fn segments(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    policy::require(&req.ctx, Act::Plan).or_fail(&req)?;
    let version = forms::version(&form).or_fail(&req)?;
    let index = places::kept::index(&req.city).await.or_fail(&req)?;
    let of = number.clone();
    let done = match forms::segments(form.text("segments"), &index) {
        Ok(drafts) => {
            req.write(move |ctx, tx| commands::set_segments(ctx, tx, (&of, version), &drafts)).await
        }
        Err(problem) => Err(problem),
    };
    after(&req, number, &form, done).await
}

pub(super) async fn traits(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    policy::require(&req.ctx, Act::Plan).or_fail(&req)?;
    let version = forms::version(&form).or_fail(&req)?;
    let (of, source) = (number.clone(), form.text("traits_source").to_owned());
    let done = match forms::traits(form.text("traits")) {
        Ok(traits) => {
            req.write(move |ctx, tx| commands::set_traits(ctx, tx, (&of, version), traits, &source)).await
        }
        Err(problem) => Err(problem),
    };
    after(&req, number, &form, done).await
}

pub(super) async fn quotas(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    policy::require(&req.ctx, Act::Plan).or_fail(&req)?;
    let version = forms::version(&form).or_fail(&req)?;
    let of = number.clone();
    let done = match forms::quotas(&form) {
        Ok(quotas) => req.write(move |ctx, tx| commands::set_quotas(ctx, tx, (&of, version), quotas)).await,
        Err(problem) => Err(problem),
    };
    after(&req, number, &form, done).await
}

pub(super) async fn plan(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    policy::require(&req.ctx, Act::Plan).or_fail(&req)?;
    let version = forms::version(&form).or_fail(&req)?;
    let of = number.clone();
    let done = match forms::plan(&form) {
        Ok(plan) => req.write(move |ctx, tx| commands::set_plan(ctx, tx, (&of, version), plan)).await,
        Err(problem) => Err(problem),
    };
    after(&req, number, &form, done).await
}

pub(super) async fn assign(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    policy::require(&req.ctx, Act::Plan).or_fail(&req)?;
    let version = forms::version(&form).or_fail(&req)?;
    let places: Vec<i64> = form.all("place").filter_map(|p| p.parse().ok()).collect();
    let person: Option<Id<Person>> = form.text("interviewer").parse().ok();
    let of = number.clone();
    let done = req.write(move |ctx, tx| commands::assign(ctx, tx, (&of, version), &places, person)).await;
    after(&req, number, &form, done).await
}

#[derive(askama::Template)]
#[template(path = "surveys/codes.html")]
struct CodesPage {
    ui: Ui,
    number: String,
    name: String,
    codes: Vec<String>,
}

/// Slips with codes, shown once: no copy of them is kept anywhere, nor by the browser.
pub(super) async fn codes(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    policy::require(&req.ctx, Act::Plan).or_fail(&req)?;
    let version = forms::version(&form).or_fail(&req)?;
    let wanted = form.needed_number::<i64>("code_count").map_err(|e| Problem::invalid(vec![e]));
    let of = number.clone();
    let done = match wanted {
        Ok(wanted) => {
            req.write(move |ctx, tx| {
                let codes = commands::make_codes(ctx, tx, (&of, version), wanted)?;
                Ok((codes, crate::queries::survey(ctx, tx, &of)?.name))
            })
            .await
        }
        Err(problem) => Err(problem),
    };
    match done {
        Ok((codes, name)) => {
            let answer = page_with(&req, StatusCode::OK, &CodesPage { ui: req.ui(), number, name, codes })?;
            Ok(([(header::CACHE_CONTROL, "no-store")], answer).into_response())
        }
        Err(problem) => after::<()>(&req, number, &form, Err(problem)).await,
    }
}

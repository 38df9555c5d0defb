//! Doors: an interviewer's segments, the households of one in their order, and the form at a door.

use crate::commands::{self, Noted, Taken};
use crate::forms::Answered;
use crate::model::Outcome;
use crate::plan::{Door, Stand};
use crate::policy::{self, Act};
use crate::queries::{self, Walk};
use crate::show::{self, Ask, TraitAsk};
use axum::http::StatusCode;
use kernel::problem::Problem;
use web::error::{OrFail, page, page_with, redirect};
use web::form::Filled;
use web::{Answer, Fail, Form, Path, Req, Ui};

#[derive(askama::Template)]
#[template(path = "surveys/mine.html")]
struct MinePage {
    ui: Ui,
    rows: Vec<Walk>,
}

pub(super) async fn mine(req: Req) -> Answer {
    policy::require(&req.ctx, Act::Visit).or_fail(&req)?;
    let rows = req.read(queries::own).await.or_fail(&req)?;
    page(&req, &MinePage { ui: req.ui(), rows })
}

#[derive(askama::Template)]
#[template(path = "surveys/walk.html")]
struct WalkPage {
    ui: Ui,
    of: Walk,
    own: bool,
    done: usize,
}

impl WalkPage {
    fn stand(&self, door: &Door) -> (&'static str, String) {
        stand(&self.ui, door)
    }

    fn open(&self, door: &Door) -> bool {
        self.own && door.stand.is_open()
    }
}

fn stand(ui: &Ui, door: &Door) -> (&'static str, String) {
    match door.stand {
        Stand::Waiting => ("", ui.t("survey-stand-waiting")),
        Stand::Again => ("waiting", ui.n("survey-stand-again", door.tries)),
        Stand::Answered => ("done", ui.t("survey-stand-answered")),
        Stand::Refused => ("late", ui.t("survey-stand-refused")),
        Stand::Absent => ("late", ui.n("survey-stand-absent", door.tries)),
    }
}

async fn read(req: &Req, number: String, place: i64) -> Answer<Walk> {
    req.signed_in().or_fail(req)?;
    req.read(move |ctx, tx| queries::walk(ctx, tx, &number, place)).await.or_fail(req)
}

pub(super) async fn page_of(req: Req, Path((number, place)): Path<(String, i64)>) -> Answer {
    let of = read(&req, number, place).await?;
    let own = of.segment.interviewer_id == req.ctx.person() && policy::may(&req.ctx, Act::Visit);
    page(&req, &WalkPage { ui: req.ui(), own, done: of.answered(), of })
}

#[derive(askama::Template)]
#[template(path = "surveys/sheet.html")]
struct SheetPage {
    ui: Ui,
    of: Walk,
    asks: Vec<Ask>,
    traits: Vec<TraitAsk>,
    link: String,
    qr: String,
}

/// The printed sheet of a segment: its households, the questions, and the code of its link.
pub(super) async fn sheet(req: Req, Path((number, place)): Path<(String, i64)>) -> Answer {
    let of = read(&req, number, place).await?;
    let ui = req.ui();
    let link = format!("{}/survey/{}", ui.base_url(), of.segment.token);
    let view = SheetPage {
        asks: show::asks(&ui, &of.survey.questions.0),
        traits: show::traits(&ui, &of.survey),
        qr: show::qr(&link),
        link,
        of,
        ui,
    };
    page(&req, &view)
}

#[derive(askama::Template)]
#[template(path = "surveys/door.html")]
struct DoorPage {
    ui: Ui,
    form: Filled,
    of: Walk,
    household: i64,
    asks: Vec<Ask>,
    traits: Vec<TraitAsk>,
    outcomes: Vec<(String, String)>,
}

pub(super) async fn door(req: Req, Path((number, place, household)): Path<(String, i64, i64)>) -> Answer {
    policy::require(&req.ctx, Act::Visit).or_fail(&req)?;
    show_door(&req, (number, place, household), Filled::new(), StatusCode::OK).await
}

async fn show_door(
    req: &Req,
    (number, place, household): (String, i64, i64),
    form: Filled,
    status: StatusCode,
) -> Answer {
    let of = read(req, number, place).await?;
    let open = |d: &Door| d.household == household && d.stand.is_open();
    if of.segment.interviewer_id != req.ctx.person() || !of.doors.iter().any(open) {
        return Err(Fail::of(req, Problem::not_found()));
    }
    let ui = req.ui();
    let view = DoorPage {
        form: show::called(&ui, &of.survey, form),
        household,
        asks: show::asks(&ui, &of.survey.questions.0),
        traits: show::traits(&ui, &of.survey),
        outcomes: show::options::<Outcome>(&ui, "survey-outcome"),
        of,
        ui,
    };
    page_with(req, status, &view)
}

pub(super) async fn note(
    req: Req,
    Path((number, place, household)): Path<(String, i64, i64)>,
    form: Form,
) -> Answer {
    policy::require(&req.ctx, Act::Visit).or_fail(&req)?;
    let walk = read(&req, number.clone(), place).await?;
    let given = Answered::of(&form, walk.survey.traits.0.len());
    let of = number.clone();
    let done = match form.choice::<Outcome>("survey_outcome") {
        Ok(Some(outcome)) => {
            req.write(move |ctx, tx| {
                let answers = |key: &str| given.texts(key);
                let noted = Noted { outcome, traits: &given.traits, answers: &answers };
                commands::visit(ctx, tx, (&of, place, household), &noted)
            })
            .await
        }
        Ok(None) => Err(Problem::field("survey_outcome", "required")),
        Err(error) => Err(Problem::invalid(vec![error])),
    };
    match done {
        Ok(taken) => {
            let flash = if taken == Taken::Full { "survey-noted-full" } else { "survey-noted" };
            Ok(redirect(&req, &format!("/surveys/{number}/segments/{place}"), flash, &household.to_string()))
        }
        Err(problem) => match Filled::refused(&form, &problem) {
            Some(filled) => {
                show_door(&req, (number, place, household), filled, StatusCode::UNPROCESSABLE_ENTITY).await
            }
            None => Err(Fail::of(&req, problem)),
        },
    }
}

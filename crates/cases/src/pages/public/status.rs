//! What whoever reported a case reads of it, and what they may answer: how satisfied they are, and once that it is not
//! fixed. The token in the address is all that is asked for.

use super::voices;
use crate::commands;
use crate::model::{Case, Question, QuestionState, Recording, Satisfaction};
use crate::pages::recordings::clock;
use crate::pages::shared;
use crate::pages::shown::{self, Masked, Reader};
use crate::pages::uploads::receive;
use crate::queries::{self, Shot};
use crate::rules::{RULES, Rules};
use crate::store::{self as rows, Answered};
use crate::units::Names;
use crate::workflow::State;
use ::store::Tx;
use ::store::audit::{self, HistoryLine};
use axum::http::{HeaderMap, StatusCode};
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::time::{DAY, Instant};
use kernel::workflow::Named;
use web::error::{OrFail, page_with, redirect};
use web::form::Filled;
use web::parts::{Choice, Deadline, Fact, Line, Photo, Step};
use web::push::offer::{Offer, agent_of, given, outgoing};
use web::push::{self, Owner, Subscription, SubscriptionRow};
use web::{Answer, Fail, Form, Path, Req, Ui};

struct Read {
    case: Case,
    question: Option<Question>,
    rules: Rules,
    history: Vec<HistoryLine>,
    shots: Vec<Shot>,
    main: Option<Case>,
    units: Names,
    browsers: Vec<SubscriptionRow>,
    answers: Vec<Answered>,
    recordings: Vec<Recording>,
}

fn read(tx: &mut Tx<'_>, id: Id<Case>) -> Result<Read> {
    let case = rows::case(tx, id)?.ok_or_else(Problem::not_found)?;
    if rows::erase::reporter_erased(tx, id)? {
        return Err(Problem::new(410, "report-forgotten").arg("number", &case.number));
    }
    Ok(Read {
        question: rows::open_question(tx, id)?.filter(|q| q.state == QuestionState::Asked),
        rules: RULES.get(tx)?,
        history: audit::history(tx, id)?,
        shots: queries::shots(tx, id)?,
        main: case.merged_into.map_or(Ok(None), |main| rows::case(tx, main))?,
        units: Names::of(tx, [case.lead_unit])?,
        answers: rows::answers(tx, &[id])?,
        recordings: rows::recordings(tx, id)?,
        browsers: push::of_owner(tx, Owner::Report(id.raw()))?,
        case,
    })
}

#[derive(askama::Template)]
#[template(path = "cases/status.html")]
struct StatusPage {
    ui: Ui,
    form: Filled,
    token: String,
    case: Case,
    kind: String,
    state: String,
    steps: Vec<Step>,
    due: Option<Deadline>,
    /// When the unit must have answered.
    promise: Option<Instant>,
    unit: String,
    before: Option<Photo>,
    after: Option<Photo>,
    others: Vec<Photo>,
    checking: usize,
    lines: Vec<Line>,
    verdicts: Vec<Choice>,
    /// Whether the reporter may say now whether it is fixed.
    voice: bool,
    voice_m: u32,
    center: String,
    action: String,
    asks_tie: bool,
    /// What the reporter is asked, and until when.
    question: Option<(String, String)>,
    /// The last day on which the rating may be given or changed.
    rate_until: Option<String>,
    /// The last day on which the result may be contested.
    contest_until: Option<String>,
    main: Option<Main>,
    /// What the public reads where something of the words was struck out.
    outside: Option<Masked>,
    /// What was answered to further questions.
    answers: Vec<Fact>,
    /// How long the recording is that was sent, `1:05`; empty for none.
    recording: String,
    /// Being told by push, without an account.
    offer: Offer,
}

/// The case that this one was merged into. Its own link is for those who reported that one: what they wrote, their rating and
/// their objection are theirs. Others read what everybody may, as soon as everybody may.
struct Main {
    number: String,
    state: String,
    public: bool,
}

/// States in which people are asked whether it is fixed.
fn spoken(state: State) -> bool {
    matches!(state, State::Answered | State::Verified)
}

async fn shown_page(req: &Req, token: String, form: Filled) -> Answer {
    let id = shared::opened(req, &token).or_fail(req)?;
    let desk = shared::desk(req).await?;
    let Read { case, question, rules, history, mut shots, main, units, browsers, answers, recordings } =
        req.read(move |_, tx| read(tx, id)).await.or_fail(req)?;
    let ui = req.ui();
    // what neighbours photographed is not the reporter's
    shots.retain(|s| s.photo.kind.is_for_reporter());
    // a link is passed on: what the public does not get is not behind it either
    let shots: Vec<Shot> = shots.into_iter().map(Shot::covered).collect();
    let pictures = shown::pictures(&ui, &shots, &token);
    let unit = units.get(case.lead_unit).to_owned();
    let icons = ["mood-happy", "mood-neutral", "mood-sad"];
    let verdicts = Satisfaction::ALL.iter().zip(icons).map(|(verdict, icon)| Choice {
        value: verdict.code().to_owned(),
        text: ui.named("satisfaction", verdict.code()),
        icon,
    });
    let may_contest = case.state == State::Closed && case.contest_count == 0;
    let within =
        |days: u32| case.closed_at.map(|at| at.plus(i64::from(days) * DAY)).filter(|last| ui.now() <= *last);
    let (until, rate_until) = (within(rules.contest_days), within(rules.rating_days));
    let mut others = pictures.all();
    others.retain(|p| Some(&p.href) != pictures.before().map(|b| b.href).as_ref());
    others.retain(|p| Some(&p.href) != pictures.after().map(|a| a.href).as_ref());
    let status = if form.failed() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let shown = StatusPage {
        form: if form.failed() {
            form
        } else {
            form.set("verdict", case.satisfaction.map_or("", Named::code))
        },
        kind: shown::kind_name(&desk, &case),
        state: shown::state_text(&ui, case.state),
        steps: shown::stages(&ui, &case, &unit),
        due: shown::deadline(&ui, &desk, &(&case).into(), case.stage_provisional, case.parked_until),
        promise: case.due_at.filter(|_| case.state.is_at_unit()),
        before: pictures.before(),
        after: pictures.after(),
        others,
        checking: pictures.checking,
        lines: shown::history(&ui, &history, Reader::Reporter, &pictures),
        verdicts: verdicts.collect(),
        contest_until: until.filter(|_| may_contest).map(|last| ui.date(&last.date())),
        // whoever's report was merged says it of the case that took it in
        voice: case.is_public && spoken(case.state) || main.as_ref().is_some_and(|m| spoken(m.state)),
        voice_m: rules.voice_m,
        center: String::new(),
        action: format!("/r/{token}/voice"),
        asks_tie: false,
        question: question.map(|q| {
            let by = commands::answer_by(&desk, &q).map(|by| ui.time(&by)).unwrap_or_default();
            (q.body.into_string(), by)
        }),
        rate_until: rate_until.map(|last| ui.date(&last.date())),
        main: main.map(|m| Main {
            state: shown::state_text(&ui, m.state),
            public: m.is_public,
            number: m.number,
        }),
        answers: shown::own_answers(&ui, &answers),
        recording: recordings.first().map(|r| clock(r.seconds())).unwrap_or_default(),
        outside: Some(Masked::of_case(&case)).filter(|_| !case.strikes.is_empty()),
        offer: Offer::new(req, format!("/r/{token}/push"), browsers).or_fail(req)?,
        unit,
        token,
        case,
        ui,
    };
    page_with(req, status, &shown)
}

pub(crate) async fn page_of(req: Req, Path(token): Path<String>) -> Answer {
    shown_page(&req, token, Filled::new()).await
}

/// Runs what the reporter sent, and shows the page again.
async fn answered<F>(req: Req, token: String, form: Form, flash: &str, work: F) -> Answer
where
    F: FnOnce(&kernel::ctx::Ctx, &mut Tx<'_>, Id<Case>) -> Result<()> + Send + 'static,
{
    let id = shared::opened(&req, &token).or_fail(&req)?;
    match req.write(move |ctx, tx| work(ctx, tx, id)).await {
        Ok(()) => Ok(redirect(&req, &format!("/r/{token}"), flash, "")),
        Err(problem) => match Filled::refused(&form, &problem) {
            Some(filled) => shown_page(&req, token, filled).await,
            None => Err(Fail::of(&req, problem)),
        },
    }
}

pub(crate) async fn rate(req: Req, Path(token): Path<String>, form: Form) -> Answer {
    let verdict = form.choice::<Satisfaction>("verdict");
    answered(req, token, form, "case-rated", move |ctx, tx, id| {
        let verdict = verdict.map_err(|e| Problem::invalid(vec![e]))?;
        let verdict = verdict.ok_or_else(|| Problem::field("verdict", "required"))?;
        commands::rate(ctx, tx, id, verdict).map(drop)
    })
    .await
}

pub(crate) async fn contest(req: Req, Path(token): Path<String>, form: Form) -> Answer {
    let desk = shared::desk(&req).await?;
    let why = form.text("reason").to_owned();
    answered(req, token, form, "case-contested", move |ctx, tx, id| {
        commands::contest(ctx, tx, &desk, id, &why).map(drop)
    })
    .await
}

/// The answer to what the office asked.
pub(crate) async fn reply(req: Req, Path(token): Path<String>, form: Form) -> Answer {
    let desk = shared::desk(&req).await?;
    // pictures are received only for whoever holds a link
    shared::opened(&req, &token).or_fail(&req)?;
    let photos = receive(&req, &form, "photos").await?;
    let text = form.text("reply").to_owned();
    answered(req, token, form, "case-replied", move |ctx, tx, id| {
        commands::reply(ctx, tx, &desk, id, &text, &photos).map(drop)
    })
    .await
}

/// 好了、没好, from whoever holds the report's link.
pub(crate) async fn say(req: Req, Path(token): Path<String>, form: Form) -> Answer {
    let id = shared::opened(&req, &token).or_fail(&req)?;
    let find = move |_: &kernel::ctx::Ctx, tx: &mut Tx<'_>| {
        let case = rows::case(tx, id)?.ok_or_else(Problem::not_found)?;
        Ok(case.merged_into.unwrap_or(id))
    };
    let about = req.read(find).await.or_fail(&req)?;
    match voices::said(&req, &form, about, Some(id)).await? {
        Ok(()) => Ok(redirect(&req, &format!("/r/{token}"), "case-voice", "")),
        Err(problem) => match Filled::refused(&form, &problem) {
            Some(filled) => shown_page(&req, token, filled).await,
            None => Err(Fail::of(&req, problem)),
        },
    }
}

/// A mail address for news, left later.
pub(crate) async fn contact(req: Req, Path(token): Path<String>, form: Form) -> Answer {
    let mail = form.text("mail").to_owned();
    answered(req, token, form, "case-followed", move |ctx, tx, id| {
        commands::leave_mail(ctx, tx, id, &mail).map(drop)
    })
    .await
}

/// This browser is to be told when there is news.
pub(crate) async fn push_begin(
    req: Req,
    Path(token): Path<String>,
    headers: HeaderMap,
    form: Form,
) -> Answer {
    let given = given(&form, agent_of(&headers));
    let outgoing = outgoing(&req);
    answered(req, token, form, "push-on", move |ctx, tx, id| {
        push::subscribe(tx, ctx, &outgoing, Owner::Report(id.raw()), &given)
    })
    .await
}

pub(crate) async fn push_end(
    req: Req,
    Path((token, browser)): Path<(String, Id<Subscription>)>,
    form: Form,
) -> Answer {
    answered(req, token, form, "push-off", move |ctx, tx, id| {
        push::end(tx, ctx, Owner::Report(id.raw()), browser)
    })
    .await
}

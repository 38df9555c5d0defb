//! 问上报人: somebody who works on a case needs to know more. The unit says what; the office puts it to the reporter in its own
//! words, so that neither learns who the other is; the clock stands until there is an answer, or the time for one is over.

use super::{load_for, reason, settle, take};
use crate::clock;
use crate::desk::Desk;
use crate::jobs;
use crate::model::{Case, PauseReason, PhotoKind, Question, QuestionState, Source};
use crate::policy::Act;
use crate::rules::{RULES, Unanswered};
use crate::store;
use crate::workflow::{State, Step};
use ::store::files::{self, Quarantined};
use ::store::{Event, Tx};
use kernel::calendar::{Limit, TimeUnit};
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{FieldError, Problem, Result};
use kernel::time::Instant;

/// Longest question and longest answer, in characters.
const QUESTION: usize = 500;
const REPLY: usize = 1000;
/// Most pictures of an answer.
pub const REPLY_PHOTOS: usize = 4;

fn words<'t>(field: &'static str, text: &'t str, max: usize) -> Result<&'t str> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Problem::field(field, "required"));
    }
    if text.chars().count() > max {
        return Err(Problem::invalid(vec![FieldError::new(field, "too-long").arg("max", max)]));
    }
    Ok(text)
}

/// Whether there is anybody to ask: whoever sent it holds its link, or left a telephone number or mail address.
pub fn has_reporter(tx: &mut Tx<'_>, case: &Case) -> Result<bool> {
    if case.source == Source::Citizen {
        return Ok(true);
    }
    Ok(store::reporter(tx, case.id)?.is_some_and(|r| !r.phone.is_empty() || !r.mail.is_empty()))
}

/// When the time to answer is over. Worked out whenever it is asked for, so that a calendar published meanwhile counts.
pub fn answer_by(desk: &Desk, question: &Question) -> Option<Instant> {
    let asked = question.asked_at?;
    let due = desk.calendar.due(asked, Limit::new(question.days, TimeUnit::WorkingDay), &[]);
    (!due.is_never()).then_some(due.at)
}

fn blank(tx: &mut Tx<'_>, id: Id<Case>) -> Question {
    Question {
        id: tx.new_id(),
        case_id: id,
        state: QuestionState::Wished,
        wish: "".into(),
        body: "".into(),
        wished_by: None,
        wished_at: None,
        asked_by: None,
        asked_at: None,
        days: 0,
        reply: "".into(),
        ended_at: None,
        version: 1,
    }
}

/// The unit would like to know something. Its clock runs on until the office has asked.
pub fn wish_question(ctx: &Ctx, tx: &mut Tx<'_>, id: Id<Case>, text: &str) -> Result<Question> {
    let case = load_for(ctx, tx, Act::WishQuestion, id)?;
    if !case.state.is_at_unit() {
        return Err(Problem::conflict("not-at-unit"));
    }
    let text = words("question", text, QUESTION)?;
    if store::open_question(tx, id)?.is_some() {
        return Err(Problem::conflict("question-open"));
    }
    if !has_reporter(tx, &case)? {
        return Err(Problem::conflict("nobody-to-ask"));
    }
    let question =
        Question { wish: text.into(), wished_by: ctx.person(), wished_at: Some(ctx.now), ..blank(tx, id) };
    tx.insert(&question)?;
    tx.record(ctx, Event::new("case.question-wished", id).text(text))?;
    jobs::told(ctx, tx, &case, "question-wished")?;
    Ok(question)
}

/// The office does not put the unit's question, and says why.
pub fn refuse_question(ctx: &Ctx, tx: &mut Tx<'_>, id: Id<Case>, why: &str) -> Result<()> {
    let case = load_for(ctx, tx, Act::Question, id)?;
    let why = reason(why)?;
    let open = store::open_question(tx, id)?.filter(|q| q.state == QuestionState::Wished);
    let mut question = open.ok_or_else(|| Problem::conflict("already-decided"))?;
    question.state = QuestionState::Withdrawn;
    question.ended_at = Some(ctx.now);
    tx.save(&question)?;
    tx.record(ctx, Event::new("case.question-refused", id).text(why))?;
    jobs::told(ctx, tx, &case, "question-refused")
}

/// The office asks, in words that the reporter reads. Answers the unit's wish where there is one.
pub fn inquire(ctx: &Ctx, tx: &mut Tx<'_>, desk: &Desk, id: Id<Case>, text: &str) -> Result<Case> {
    let mut case = load_for(ctx, tx, Act::Question, id)?;
    let event = take(&mut case, Step::Inquire)?;
    let text = words("question", text, QUESTION)?;
    if !has_reporter(tx, &case)? {
        return Err(Problem::conflict("nobody-to-ask"));
    }
    let days = RULES.get(tx)?.reply_days;
    let wished = store::open_question(tx, id)?;
    let known = wished.is_some();
    let question = Question {
        state: QuestionState::Asked,
        body: text.into(),
        asked_by: ctx.person(),
        asked_at: Some(ctx.now),
        days,
        ..match wished {
            Some(wished) => wished,
            None => blank(tx, id),
        }
    };
    if known {
        tx.save(&question)?;
    } else {
        tx.insert(&question)?;
    }
    // whoever asked for more time meanwhile has it: the clock stands
    store::withdraw_requests(tx, id)?;
    case.paused_at = Some(ctx.now);
    store::start_pause(tx, id, PauseReason::Question, ctx.now)?;
    let by = answer_by(desk, &question).map(Instant::rfc3339).unwrap_or_default();
    settle(ctx, tx, desk, case, Step::Inquire, event.with("by", by).text(text))
}

/// The clock goes on. A unit's where it stood; an office stage's likewise, unless the case went back to an earlier one.
fn go_on(tx: &mut Tx<'_>, desk: &Desk, case: &mut Case, now: Instant) -> Result<()> {
    store::end_pauses(tx, case.id, now)?;
    case.paused_at = None;
    let pauses = clock::spans(&store::pauses(tx, case.id)?);
    if case.state.is_at_unit() {
        clock::refresh(case, desk, &pauses);
    }
    Ok(())
}

fn end(tx: &mut Tx<'_>, id: Id<Case>, state: QuestionState, reply: &str, now: Instant) -> Result<Question> {
    let open = store::open_question(tx, id)?.filter(|q| q.state == QuestionState::Asked);
    let mut question = open.ok_or_else(|| Problem::conflict("already-decided"))?;
    question.state = state;
    question.reply = reply.into();
    question.ended_at = Some(now);
    tx.save(&question)?;
    Ok(question)
}

fn replied(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    desk: &Desk,
    mut case: Case,
    text: &str,
    photos: &[(Quarantined, String)],
    door: &'static str,
) -> Result<Case> {
    let event = take(&mut case, Step::Reply)?;
    let text = text.trim();
    // a picture may say it all
    if text.is_empty() && photos.is_empty() {
        return Err(Problem::field("reply", "words-or-photo"));
    }
    if text.chars().count() > REPLY {
        return Err(Problem::invalid(vec![FieldError::new("reply", "too-long").arg("max", REPLY)]));
    }
    if photos.len() > REPLY_PHOTOS {
        let error = FieldError::new("photos", "too-many-photos").arg("count", REPLY_PHOTOS);
        return Err(Problem::invalid(vec![error]));
    }
    end(tx, case.id, QuestionState::Answered, text, ctx.now)?;
    for (received, name) in photos {
        let file = files::adopt(tx, ctx, received, name)?;
        store::add_photo(tx, case.id, file, PhotoKind::Reply, ctx)?;
    }
    go_on(tx, desk, &mut case, ctx.now)?;
    let event = event.with("door", door).with("photo-count", photos.len()).text(text);
    settle(ctx, tx, desk, case, Step::Reply, event)
}

/// By whoever holds the report's token; the page that calls this has checked it.
pub fn reply(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    desk: &Desk,
    id: Id<Case>,
    text: &str,
    photos: &[(Quarantined, String)],
) -> Result<Case> {
    let case = store::case(tx, id)?.ok_or_else(Problem::not_found)?;
    if !case.state.waits_for_reporter() {
        return Err(Problem::conflict("nothing-asked"));
    }
    replied(ctx, tx, desk, case, text, photos, "public")
}

/// What the reporter said on the telephone, written down by the office.
pub fn enter_reply(ctx: &Ctx, tx: &mut Tx<'_>, desk: &Desk, id: Id<Case>, text: &str) -> Result<Case> {
    let case = load_for(ctx, tx, Act::Question, id)?;
    let text = words("reply", text, REPLY)?;
    replied(ctx, tx, desk, case, text, &[], "phone")
}

/// The office takes its question back: on without the answer.
pub fn take_back(ctx: &Ctx, tx: &mut Tx<'_>, desk: &Desk, id: Id<Case>) -> Result<Case> {
    let mut case = load_for(ctx, tx, Act::Question, id)?;
    let event = take(&mut case, Step::Lapse)?.with("why", "withdrawn");
    end(tx, id, QuestionState::Withdrawn, "", ctx.now)?;
    go_on(tx, desk, &mut case, ctx.now)?;
    settle(ctx, tx, desk, case, Step::Lapse, event)
}

/// Run by the program: ends what nobody answered in time, as the city's rules say. Looks at so many questions after this id;
/// answers the last id looked at, or none when there are no more.
pub fn lapse(ctx: &Ctx, tx: &mut Tx<'_>, desk: &Desk, after: i64, limit: i64) -> Result<Option<i64>> {
    tx.housekeeping();
    let questions = store::asked_questions(tx, after, limit)?;
    let last = questions.last().map(|q| q.id.raw());
    let late = |q: &&Question| answer_by(desk, q).is_some_and(|by| by < ctx.now);
    let late: Vec<Id<Case>> = questions.iter().filter(late).map(|q| q.case_id).collect();
    let rules = RULES.get(tx)?;
    for id in late {
        let mut case = store::case(tx, id)?.ok_or_else(Problem::not_found)?;
        let step = match rules.unanswered() {
            Unanswered::Resume => Step::Lapse,
            Unanswered::Drop => Step::Drop,
        };
        let event = take(&mut case, step)?;
        end(tx, id, QuestionState::Lapsed, "", ctx.now)?;
        go_on(tx, desk, &mut case, ctx.now)?;
        if case.state == State::Refused {
            case.closed_at = Some(ctx.now);
            case.is_public = false;
        }
        let event = if step == Step::Lapse { event.with("why", "unanswered") } else { event };
        settle(ctx, tx, desk, case, step, event)?;
    }
    Ok(last)
}

/// A case ends, or goes on, while the reporter's answer was waited for: nobody waits for it any more.
pub(super) fn forget_question(tx: &mut Tx<'_>, case: &mut Case, now: Instant) -> Result<()> {
    store::withdraw_questions(tx, case.id, now)?;
    if case.paused_at.take().is_some() {
        store::end_pauses(tx, case.id, now)?;
    }
    Ok(())
}

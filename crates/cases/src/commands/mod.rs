//! One file a verb. Every command loads and authorises, decides, saves, records, and enqueues what follows.

mod answer;
mod assign;
mod close;
mod confirm;
mod contest;
mod dispatch;
mod dispute;
mod enter;
mod forward;
mod hear;
mod look_up;
mod merge;
mod parking;
mod question;
mod receive;
mod recompute;
mod recording;
mod recurrence;
mod redact;
mod register;
mod remark;
mod return_;
mod rules;
mod satisfaction;
mod second_look;
mod split;
mod submit;
mod supervise;
mod time;
mod transcribe;
mod verify;
mod voice;
mod void;

pub use answer::{Answer, answer};
pub use assign::{assign, hand_back, may_be_assigned, release_handlers};
pub use close::close;
pub use confirm::{confirm, refuse};
pub use contest::{contest, reopen, uphold};
pub use dispatch::{Dispatch, Ruled, dispatch, dispatch_by_rule, may_be_routed, redispatch};
pub use dispute::{dispute, rule};
pub use enter::{Classify, accept, classify};
pub(crate) use forward::take_forward;
pub use forward::{
    FORWARD_PHOTOS, NewForward, answer_forward, forward, forward_again, forward_path, open_link,
    tend_forwards, withdraw_forward,
};
pub use hear::{Heard, hear};
pub use look_up::{caller_of, looked_up};
pub use merge::{merge, unmerge};
pub use parking::{park, resume};
pub use question::{
    REPLY_PHOTOS, answer_by, enter_reply, has_reporter, inquire, lapse, refuse_question, reply, take_back,
    wish_question,
};
pub use receive::receive;
pub use recompute::{recompute, wake_parked};
pub use recording::{RECORDINGS, add_recording, hear_recording, type_recording};
pub use recurrence::{end_recurrence, relate};
pub use redact::{AREAS, NewCover, NewStrikes, Shows, cover_photo, strike, uncover_photo};
pub(crate) use redact::{COVER, make_cover};
pub use register::register;
pub use remark::remark;
pub use return_::return_case;
pub use rules::edit_rules;
pub use satisfaction::{follow, leave_mail, rate};
pub use second_look::{Outcome, draw_looks, second_look};
pub use split::{Part, gather, split};
pub(crate) use submit::covered;
pub use submit::{NewCase, Outside, submit};
pub use supervise::supervise;
pub use time::{Ask, MOST_EXTENSIONS, ask_time, decide_time, withdraw_time};
pub use transcribe::{Transcript, transcribe};
pub(crate) use verify::independent;
pub use verify::{pass, rework};
pub use voice::{Say, VOICE_PHOTOS, say};
pub use void::void;

use crate::clock;
use crate::desk::Desk;
use crate::jobs;
use crate::model::Case;
use crate::policy::{Act, POLICY};
use crate::store;
use crate::workflow::{State, Step};
use ::store::{Event, Tx};
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::workflow::Named;

/// The only door to a case: loads it and checks that the actor may do `act` to it. Who may not even see it is told that
/// there is none.
pub fn load_for(ctx: &Ctx, tx: &mut Tx<'_>, act: Act, id: Id<Case>) -> Result<Case> {
    let case = store::case(tx, id)?.ok_or_else(Problem::not_found)?;
    let assisting = store::assisting(tx, id)?;
    let standing = case.standing(&assisting);
    let known = POLICY.may(ctx, Act::View, &standing);
    POLICY.require(ctx, act, &standing, known)?;
    Ok(case)
}

/// [`load_for`] by the number that people use.
pub fn find_for(ctx: &Ctx, tx: &mut Tx<'_>, act: Act, number: &str) -> Result<Case> {
    let case = store::case_by_number(tx, number)?.ok_or_else(Problem::not_found)?;
    load_for(ctx, tx, act, case.id)
}

/// Puts the case into the state the table names for `step`; 409 if it names none. The clock follows in [`settle`].
fn take(case: &mut Case, step: Step) -> Result<Event> {
    let row = case.check(step)?;
    let from = case.state;
    case.state = row.to;
    Ok(Event::new(verb(step), case.id).with("from", from.code()).with("to", row.to.code()))
}

/// Starts the clock of the stage just entered, saves, records, and tells whoever must know.
fn settle(ctx: &Ctx, tx: &mut Tx<'_>, desk: &Desk, mut case: Case, step: Step, event: Event) -> Result<Case> {
    match step {
        // the first stage goes on where it stood while the reporter was asked; what had come further is looked at afresh
        Step::Reply | Step::Lapse if case.state == State::Reported && case.confirmed_at.is_none() => {
            let pauses = clock::spans(&store::pauses(tx, case.id)?);
            let since = case.reported_at;
            clock::enter_stage(&mut case, desk, since, &pauses);
        }
        _ => clock::enter_stage(&mut case, desk, ctx.now, &[]),
    }
    if matches!(case.state, State::Voided | State::Merged | State::Refused) && case.is_recurrence {
        recurrence::forget_recurrence(ctx, tx, &mut case, "")?;
    }
    if leaves_hands(case.state, step) {
        case.handler_id = None;
    }
    if case.state.position() != State::Handling.position() || step == Step::Redispatch {
        forward::forget_forward(tx, case.id, ctx.now)?;
    }
    save(ctx, tx, &mut case)?;
    tx.record(ctx, event)?;
    jobs::moved(ctx, tx, &case, step)?;
    if case.state == State::Registered {
        desk.listeners.awaits_dispatch(ctx, tx, &case)?;
    }
    if case.state.is_over() && case.parent_id.is_some() {
        jobs::part_ended(tx, &case)?;
    }
    Ok(case)
}

/// Whom a unit has given a case to is a matter of one stay with one unit, until it is closed.
fn leaves_hands(now: State, step: Step) -> bool {
    match step {
        Step::Dispatch | Step::Redispatch | Step::Rule | Step::Reopen | Step::Recall => true,
        Step::Answer | Step::Pass | Step::Close | Step::Uphold => false,
        _ => now.position() != State::Handling.position(),
    }
}

fn save(ctx: &Ctx, tx: &mut Tx<'_>, case: &mut Case) -> Result<()> {
    tx.save(case)?;
    case.version += 1;
    crate::past::keep(tx, ctx.now, case)
}

/// A reason that somebody must give, in words.
fn reason(text: &str) -> Result<&str> {
    let text = text.trim();
    match text.chars().count() {
        0 => Err(Problem::field("reason", "required")),
        1..=500 => Ok(text),
        _ => Err(Problem::invalid(vec![
            kernel::problem::FieldError::new("reason", "too-long").arg("max", 500),
        ])),
    }
}

/// What the log calls a step.
pub(crate) fn verb(step: Step) -> &'static str {
    match step {
        Step::Confirm => "case.confirmed",
        Step::Refuse => "case.refused",
        Step::Register => "case.registered",
        Step::Dispatch => "case.dispatched",
        Step::Receive => "case.received",
        Step::Redispatch => "case.redispatched",
        Step::Return => "case.returned",
        Step::Dispute => "case.disputed",
        Step::Rule => "case.ruled",
        Step::Park => "case.parked",
        Step::Resume => "case.resumed",
        Step::Inquire => "case.inquired",
        Step::Reply => "case.replied",
        Step::Lapse => "case.question-lapsed",
        Step::Drop => "case.dropped",
        Step::Answer => "case.answered",
        Step::Pass => "case.passed",
        Step::Rework => "case.rework",
        Step::Close => "case.closed",
        Step::Contest => "case.contested",
        Step::Uphold => "case.upheld",
        Step::Reopen => "case.reopened",
        Step::Recall => "case.recalled",
        Step::Split => "case.split",
        Step::Gather => "case.gathered",
        Step::Merge => "case.merged",
        Step::Unmerge => "case.unmerged",
        Step::Void => "case.voided",
    }
}

//! Carries a verb out, with what its form or its JSON gave.

use crate::commands::{self, Answer, Ask, Classify, Dispatch, NewForward, Outcome, Part};
use crate::desk::Desk;
use crate::model::{Case, Item, RequestState};
use crate::{policy::Act, store};
use ::store::Tx;
use ::store::files::Quarantined;
use ::store::secrets::Secrets;
use kernel::ctx::{Ctx, Person, Unit};
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::time::{Date, Instant};
use ladder::commands::Proposal;

/// A verb and what it needs.
#[derive(Clone, Debug)]
pub enum Deed {
    Accept {
        item: Option<Id<Item>>,
        condition: String,
        to: Dispatch,
    },
    Confirm,
    Refuse {
        why: String,
    },
    Register {
        item: Option<Id<Item>>,
        condition: String,
    },
    /// Also to another unit, where one has it.
    Dispatch(Dispatch),
    Receive,
    Assign {
        to: Option<Id<Person>>,
        note: String,
    },
    HandBack {
        why: String,
    },
    Answer(Answer),
    /// With what somebody outside answered and photographed.
    AnswerTaking(Answer),
    Forward(NewForward),
    ForwardAgain {
        ask: String,
        until: Option<Instant>,
    },
    WithdrawForward,
    Return {
        why: String,
    },
    Dispute {
        why: String,
    },
    Rule {
        unit: Id<Unit>,
        why: String,
    },
    Ask {
        ask: Ask,
        why: String,
    },
    WithdrawRequest,
    WishQuestion {
        text: String,
    },
    RefuseQuestion {
        why: String,
    },
    Inquire {
        text: String,
    },
    EnterReply {
        text: String,
    },
    TakeBack,
    SecondLook {
        outcome: Outcome,
        note: String,
        photos: Vec<(Quarantined, String)>,
    },
    /// Of the case with this number.
    Recurrence {
        earlier: String,
    },
    EndRecurrence {
        why: String,
    },
    DecideTime {
        grant: bool,
        why: String,
    },
    Park {
        until: Date,
        why: String,
    },
    Resume,
    Pass {
        note: String,
        photos: Vec<(Quarantined, String)>,
    },
    Rework {
        why: String,
        photos: Vec<(Quarantined, String)>,
    },
    Close {
        note: String,
    },
    DecideContest {
        uphold: bool,
        why: String,
    },
    /// Into the case with this number.
    Merge {
        into: String,
    },
    Unmerge,
    Split(Vec<Part>),
    Void {
        why: String,
    },
    Supervise(Proposal),
    Correct(Classify),
}

/// Does it, or says why not.
pub fn perform(ctx: &Ctx, tx: &mut Tx<'_>, desk: &Desk, id: Id<Case>, deed: &Deed) -> Result<()> {
    match deed {
        Deed::Accept { item, condition, to } => commands::accept(ctx, tx, desk, id, *item, condition, to)?,
        Deed::Confirm => commands::confirm(ctx, tx, desk, id)?,
        Deed::Refuse { why } => commands::refuse(ctx, tx, desk, id, why)?,
        Deed::Register { item, condition } => commands::register(ctx, tx, desk, id, *item, condition)?,
        Deed::Dispatch(to) => {
            let at_unit = commands::load_for(ctx, tx, Act::Dispatch, id)?.state.is_at_unit();
            if at_unit {
                commands::redispatch(ctx, tx, desk, id, to)?
            } else {
                commands::dispatch(ctx, tx, desk, id, to)?
            }
        }
        Deed::Receive => commands::receive(ctx, tx, desk, id)?,
        Deed::Assign { to, note } => commands::assign(ctx, tx, id, *to, note)?,
        Deed::HandBack { why } => commands::hand_back(ctx, tx, id, why)?,
        Deed::Answer(answer) => commands::answer(ctx, tx, desk, id, answer)?,
        Deed::AnswerTaking(answer) => {
            commands::take_forward(ctx, tx, id)?;
            commands::answer(ctx, tx, desk, id, answer)?
        }
        Deed::Forward(new) => return commands::forward(ctx, tx, &secrets(desk), id, new).map(drop),
        Deed::ForwardAgain { ask, until } => {
            return commands::forward_again(ctx, tx, &secrets(desk), id, ask, *until);
        }
        Deed::WithdrawForward => return commands::withdraw_forward(ctx, tx, id),
        Deed::Return { why } => commands::return_case(ctx, tx, desk, id, why)?,
        Deed::Dispute { why } => commands::dispute(ctx, tx, desk, id, why)?,
        Deed::Rule { unit, why } => commands::rule(ctx, tx, desk, id, *unit, why)?,
        Deed::Ask { ask, why } => return commands::ask_time(ctx, tx, id, ask, why).map(drop),
        Deed::WithdrawRequest => {
            let request = open_request(tx, id)?;
            return commands::withdraw_time(ctx, tx, request);
        }
        Deed::WishQuestion { text } => return commands::wish_question(ctx, tx, id, text).map(drop),
        Deed::RefuseQuestion { why } => return commands::refuse_question(ctx, tx, id, why),
        Deed::Inquire { text } => commands::inquire(ctx, tx, desk, id, text)?,
        Deed::EnterReply { text } => commands::enter_reply(ctx, tx, desk, id, text)?,
        Deed::TakeBack => commands::take_back(ctx, tx, desk, id)?,
        Deed::SecondLook { outcome, note, photos } => {
            return commands::second_look(ctx, tx, desk, id, *outcome, note, photos).map(drop);
        }
        Deed::Recurrence { earlier } => {
            let known = store::case_by_number(tx, earlier)?;
            let known = known.ok_or_else(|| Problem::field("earlier", "no-such-case"))?;
            return commands::relate(ctx, tx, id, known.id).map(drop);
        }
        Deed::EndRecurrence { why } => return commands::end_recurrence(ctx, tx, id, why),
        Deed::DecideTime { grant, why } => {
            let request = open_request(tx, id)?;
            commands::decide_time(ctx, tx, desk, request, *grant, why)?
        }
        Deed::Park { until, why } => commands::park(ctx, tx, desk, id, *until, why)?,
        Deed::Resume => commands::resume(ctx, tx, desk, id)?,
        Deed::Pass { note, photos } => commands::pass(ctx, tx, desk, id, note, photos)?,
        Deed::Rework { why, photos } => commands::rework(ctx, tx, desk, id, why, photos)?,
        Deed::Close { note } => commands::close(ctx, tx, desk, id, note)?,
        Deed::DecideContest { uphold: true, why } => commands::uphold(ctx, tx, desk, id, why)?,
        Deed::DecideContest { uphold: false, why } => commands::reopen(ctx, tx, desk, id, why)?,
        Deed::Merge { into } => {
            let main =
                store::case_by_number(tx, into)?.ok_or_else(|| Problem::field("into", "no-such-case"))?;
            commands::merge(ctx, tx, desk, id, main.id)?
        }
        Deed::Unmerge => commands::unmerge(ctx, tx, desk, id)?,
        Deed::Split(parts) => return commands::split(ctx, tx, desk, id, parts).map(drop),
        Deed::Void { why } => commands::void(ctx, tx, desk, id, why)?,
        Deed::Supervise(proposal) => return commands::supervise(ctx, tx, desk, id, proposal).map(drop),
        Deed::Correct(with) => commands::classify(ctx, tx, desk, id, with)?,
    };
    Ok(())
}

/// The key that words of links are worked out from.
fn secrets(desk: &Desk) -> Secrets {
    desk.ladder.city.db().secrets().clone()
}

fn open_request(tx: &mut Tx<'_>, id: Id<Case>) -> Result<Id<crate::model::Request>> {
    let open = store::requests(tx, id)?.into_iter().find(|r| r.state == RequestState::Asked);
    open.map(|r| r.id).ok_or_else(|| Problem::conflict("already-decided"))
}

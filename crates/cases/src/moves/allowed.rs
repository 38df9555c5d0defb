//! Which verbs a person may use on a case now: the process, the policy, and the guards that commands check again.

use super::{Row, VERBS, Verb};
use crate::commands::{self, MOST_EXTENSIONS};
use crate::model::{Case, ForwardState, Question, QuestionState, Request, RequestState};
use crate::policy::{Act, POLICY};
use crate::store;
use crate::workflow::{CASE, State, Step};
use ::store::Tx;
use kernel::ctx::{Ctx, Unit};
use kernel::id::Id;
use kernel::policy::Standing;
use kernel::problem::Result;

/// What has to be known of a case.
#[derive(Clone, Debug)]
pub struct Facts {
    pub standing: Standing,
    /// Somebody waits for a decision on more time.
    pub asked: bool,
    /// The unit would like the reporter to be asked something.
    pub wished: bool,
    /// There is somebody to ask.
    pub has_reporter: bool,
    /// How far somebody outside has come who is asked for help.
    pub forward: Option<ForwardState>,
    /// It was drawn for a second look, and nobody has gone yet.
    pub drawn: bool,
}

impl Facts {
    /// Of a case with these assisting units, requests and questions.
    pub fn read(
        tx: &mut Tx<'_>,
        case: &Case,
        assisting: &[Id<Unit>],
        requests: &[Request],
        questions: &[Question],
    ) -> Result<Self> {
        Ok(Self {
            standing: case.standing(assisting),
            asked: requests.iter().any(|r| r.state == RequestState::Asked),
            wished: questions.iter().any(|q| q.state == QuestionState::Wished),
            has_reporter: commands::has_reporter(tx, case)?,
            forward: store::open_forward(tx, case.id)?.map(|f| f.state),
            drawn: case.state == State::Closed && store::open_look(tx, case.id)?.is_some(),
        })
    }

    /// The same, with everything read.
    pub fn of(tx: &mut Tx<'_>, case: &Case) -> Result<Self> {
        let (assisting, requests) = (store::assisting(tx, case.id)?, store::requests(tx, case.id)?);
        let questions = store::questions(tx, case.id)?;
        Self::read(tx, case, &assisting, &requests, &questions)
    }
}

/// In the order of the table.
pub fn allowed(ctx: &Ctx, case: &Case, facts: &Facts) -> Vec<Verb> {
    let may = |act: Act| POLICY.may(ctx, act, &facts.standing);
    let fits = |row: &&Row| may(row.act) && possible(row, case, facts) && guarded(ctx, row.verb, case, &may);
    VERBS.iter().filter(fits).map(|row| row.verb).collect()
}

/// Whether the case is such that it can be done by whoever may.
fn possible(row: &Row, case: &Case, facts: &Facts) -> bool {
    let state = case.state;
    match row.verb {
        Verb::Acceptance => matches!(state, State::Reported | State::Confirmed),
        Verb::Assignment | Verb::HandBack => commands::may_be_assigned(case),
        Verb::Forward => commands::may_be_assigned(case) && facts.forward.is_none(),
        Verb::ForwardAgain => facts.forward == Some(ForwardState::Answered),
        Verb::ForwardWithdrawal => facts.forward.is_some(),
        Verb::TimeDecision => facts.asked && state.is_at_unit(),
        Verb::RequestWithdrawal => facts.asked,
        Verb::ExtensionRequest => {
            state.is_at_unit()
                && !facts.asked
                && case.limit().is_some()
                && case.extension_count < MOST_EXTENSIONS
        }
        Verb::ParkingRequest => state.is_at_unit() && !facts.asked && case.limit().is_some(),
        Verb::QuestionWish => state.is_at_unit() && facts.has_reporter && !facts.wished,
        Verb::Question => facts.has_reporter && CASE.step(state, Step::Inquire).is_ok(),
        Verb::QuestionRefusal => facts.wished,
        Verb::SecondLook => facts.drawn,
        Verb::Recurrence => !case.is_recurrence && state != State::Merged && state != State::Voided,
        Verb::RecurrenceEnd => case.is_recurrence,
        Verb::Supervision => case.lead_unit.is_some() && !state.is_over(),
        Verb::Correction => matches!(state, State::Reported | State::Confirmed | State::Registered),
        _ => row.steps.iter().any(|step| CASE.step(state, *step).is_ok()),
    }
}

fn guarded(ctx: &Ctx, verb: Verb, case: &Case, may: &dyn Fn(Act) -> bool) -> bool {
    match verb {
        Verb::Acceptance => may(Act::Register) && (case.state != State::Reported || may(Act::Confirm)),
        Verb::Verification | Verb::Rework | Verb::Closure | Verb::SecondLook => {
            commands::independent(ctx, case).is_ok()
        }
        Verb::HandBack => case.handler_id.is_some() && case.handler_id == ctx.person(),
        Verb::Split => case.parent_id.is_none(),
        _ => true,
    }
}

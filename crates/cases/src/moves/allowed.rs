//! Which verbs a person may use on a case now: the process, the policy, and the guards that commands check again.

use super::{Row, VERBS, Verb};
use crate::commands::{self, MOST_EXTENSIONS};
use crate::model::{Case, Request, RequestState};
use crate::policy::{Act, POLICY};
use crate::workflow::{CASE, State};
use kernel::ctx::Ctx;
use kernel::policy::Standing;

/// What has to be known of a case.
#[derive(Clone, Debug)]
pub struct Facts {
    pub standing: Standing,
    /// Somebody waits for a decision on more time.
    pub asked: bool,
}

impl Facts {
    pub fn new(standing: Standing, requests: &[Request]) -> Self {
        Self { standing, asked: requests.iter().any(|r| r.state == RequestState::Asked) }
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
        Verb::TimeDecision => facts.asked && state.is_at_unit(),
        Verb::RequestWithdrawal => facts.asked,
        Verb::ExtensionRequest => {
            state.is_at_unit()
                && !facts.asked
                && case.limit().is_some()
                && case.extension_count < MOST_EXTENSIONS
        }
        Verb::ParkingRequest => state.is_at_unit() && !facts.asked && case.limit().is_some(),
        Verb::Supervision => case.lead_unit.is_some() && !state.is_over(),
        Verb::Correction => matches!(state, State::Reported | State::Confirmed | State::Registered),
        _ => row.steps.iter().any(|step| CASE.step(state, *step).is_ok()),
    }
}

fn guarded(ctx: &Ctx, verb: Verb, case: &Case, may: &dyn Fn(Act) -> bool) -> bool {
    match verb {
        Verb::Acceptance => may(Act::Register) && (case.state != State::Reported || may(Act::Confirm)),
        Verb::Verification | Verb::Rework | Verb::Closure => commands::independent(ctx, case).is_ok(),
        Verb::Split => case.parent_id.is_none(),
        _ => true,
    }
}

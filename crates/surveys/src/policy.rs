//! Who makes surveys, who goes to doors, who sees what came of it. Nobody sees what one person answered: there is no action for it.

use kernel::ctx::Ctx;
use kernel::policy::Role::{Auditor, Inspector, Leader, Office};
use kernel::policy::Tie::Governs;
use kernel::policy::Who::{Everyone, Holder};
use kernel::policy::{Action, Policy, Rule, Standing};
use kernel::problem::{Problem, Result};

kernel::named! {
    pub enum Act {
        /// See surveys, their questionnaires and samples, and how far they are.
        See = "see",
        /// Make and change questionnaires and samples, publish, close.
        Plan = "plan",
        /// See results of closed surveys.
        Results = "results",
        /// Read what people wrote in their own words.
        Words = "words",
        /// Note what became of the households of one's own segments.
        Visit = "visit",
        /// Answer by a link.
        Answer = "answer",
    }
}

impl Action for Act {
    const ALL: &'static [Self] = <Self as kernel::workflow::Named>::ALL;
    fn code(self) -> &'static str {
        kernel::workflow::Named::code(self)
    }
}

pub const POLICY: Policy<Act> = Policy {
    area: "surveys",
    rules: &[
        Rule {
            action: Act::See,
            who: &[Holder(Office, Governs), Holder(Leader, Governs), Holder(Auditor, Governs)],
        },
        Rule { action: Act::Plan, who: &[Holder(Office, Governs)] },
        Rule {
            action: Act::Results,
            who: &[Holder(Office, Governs), Holder(Leader, Governs), Holder(Auditor, Governs)],
        },
        Rule { action: Act::Words, who: &[Holder(Office, Governs)] },
        Rule { action: Act::Visit, who: &[Holder(Inspector, Governs)] },
        Rule { action: Act::Answer, who: &[Everyone] },
    ],
};

/// Surveys are the city's as a whole. Interviewers may be of any unit; which segments are theirs stands with the segment.
pub fn may(ctx: &Ctx, act: Act) -> bool {
    match act {
        Act::Visit => POLICY.somewhere(ctx, act),
        _ => POLICY.may(ctx, act, &Standing::city()),
    }
}

/// # Errors
/// 401 for strangers, 403 for everybody else who may not.
pub fn require(ctx: &Ctx, act: Act) -> Result<()> {
    if may(ctx, act) {
        return Ok(());
    }
    POLICY.require(ctx, act, &Standing::city(), true).and(Err(Problem::forbidden()))
}

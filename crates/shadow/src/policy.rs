//! Who may do what with the shadow score: it is the office's own instrument.

use kernel::ctx::Ctx;
use kernel::policy::Role::{Leader, Office};
use kernel::policy::Tie::Governs;
use kernel::policy::Who::Holder;
use kernel::policy::{Action, Policy, Rule, Standing};
use kernel::problem::Result;

kernel::named! {
    pub enum Act {
        /// See what the city would come to, and what raises it.
        See = "see",
        /// Set the target, where figures come from, and what repairs take.
        Plan = "plan",
    }
}

impl Action for Act {
    const ALL: &'static [Self] = <Self as kernel::workflow::Named>::ALL;
    fn code(self) -> &'static str {
        kernel::workflow::Named::code(self)
    }
}

pub const POLICY: Policy<Act> = Policy {
    area: "shadow",
    rules: &[
        Rule { action: Act::See, who: &[Holder(Office, Governs), Holder(Leader, Governs)] },
        Rule { action: Act::Plan, who: &[Holder(Office, Governs)] },
    ],
};

/// A scheme is the whole city's: only grants on the root reach it.
pub(crate) fn may(ctx: &Ctx, act: Act) -> bool {
    POLICY.may(ctx, act, &Standing::city())
}

/// # Errors
/// 401, 403.
pub(crate) fn require(ctx: &Ctx, act: Act) -> Result<()> {
    POLICY.require(ctx, act, &Standing::city(), true)
}

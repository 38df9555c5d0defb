//! Who may see messages and set their limits: whoever looks after the machine. They see no number whole.

use kernel::ctx::Ctx;
use kernel::policy::Role::{Auditor, SystemAdmin};
use kernel::policy::Tie::Governs;
use kernel::policy::Who::Holder;
use kernel::policy::{Action, Policy, Rule, Standing};
use kernel::problem::Result;

kernel::named! {
    pub enum Act {
        /// See what was sent and what was not, with numbers masked.
        See = "see",
        /// Switch sending on or off, set limits.
        Edit = "edit",
        /// Send one message to a number, to see whether the gateway works.
        Try = "try",
    }
}

impl Action for Act {
    const ALL: &'static [Self] = <Self as kernel::workflow::Named>::ALL;
    fn code(self) -> &'static str {
        kernel::workflow::Named::code(self)
    }
}

pub const POLICY: Policy<Act> = Policy {
    area: "sms",
    rules: &[
        Rule { action: Act::See, who: &[Holder(Auditor, Governs), Holder(SystemAdmin, Governs)] },
        Rule { action: Act::Edit, who: &[Holder(SystemAdmin, Governs)] },
        Rule { action: Act::Try, who: &[Holder(SystemAdmin, Governs)] },
    ],
};

/// Everything here belongs to the city as a whole.
pub fn require(ctx: &Ctx, act: Act) -> Result<()> {
    POLICY.require(ctx, act, &Standing::city(), true)
}

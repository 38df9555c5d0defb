//! Who may do what with routing rules. Whoever dispatches a case sees what a rule prepared: that needs no action of its own.

use kernel::ctx::Ctx;
use kernel::policy::Role::{Auditor, Dispatcher, Leader, Office};
use kernel::policy::Tie::Governs;
use kernel::policy::Who::Holder;
use kernel::policy::{Action, Policy, Rule, Standing};
use kernel::problem::Result;

kernel::named! {
    pub enum Act {
        /// See the rules, their editions, and what dry runs found.
        See = "see",
        /// Try the rules on past cases.
        Try = "try",
        /// Write rules, order them, switch them on and off.
        Edit = "edit",
    }
}

impl Action for Act {
    const ALL: &'static [Self] = <Self as kernel::workflow::Named>::ALL;
    fn code(self) -> &'static str {
        kernel::workflow::Named::code(self)
    }
}

pub const POLICY: Policy<Act> = Policy {
    area: "routing",
    rules: &[
        Rule {
            action: Act::See,
            who: &[
                Holder(Dispatcher, Governs),
                Holder(Office, Governs),
                Holder(Leader, Governs),
                Holder(Auditor, Governs),
            ],
        },
        // what a dry run finds is a list of cases
        Rule {
            action: Act::Try,
            who: &[Holder(Dispatcher, Governs), Holder(Office, Governs), Holder(Leader, Governs)],
        },
        Rule { action: Act::Edit, who: &[Holder(Office, Governs), Holder(Leader, Governs)] },
    ],
};

/// Rules hold for the whole city: only grants on the root reach them.
pub fn require(ctx: &Ctx, act: Act) -> Result<()> {
    POLICY.require(ctx, act, &Standing::city(), true)
}

pub fn may(ctx: &Ctx, act: Act) -> bool {
    POLICY.may(ctx, act, &Standing::city())
}

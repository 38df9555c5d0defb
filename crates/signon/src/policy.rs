//! Who may do what with programs that sign people in here.
//!
//! Who gets to know who somebody is and what they may do is the security administrator's matter, as roles are. Who looks after the
//! machine sees what is connected and can stop it. Whether a program learns anything of a person is that person's own choice.

use kernel::ctx::Ctx;
use kernel::policy::Role::{Auditor, SecurityAdmin, SystemAdmin};
use kernel::policy::Tie::Governs;
use kernel::policy::Who::Holder;
use kernel::policy::{Action, Policy, Rule, Standing};
use kernel::problem::Result;

kernel::named! {
    pub enum Act {
        /// See what is connected, and how often it is used.
        See = "see",
        /// Enter a program, change it, renew its secret, set it going again.
        Keep = "keep",
        /// Stop and remove.
        Stop = "stop",
    }
}

impl Action for Act {
    const ALL: &'static [Self] = <Self as kernel::workflow::Named>::ALL;
    fn code(self) -> &'static str {
        kernel::workflow::Named::code(self)
    }
}

pub const POLICY: Policy<Act> = Policy {
    area: "signon",
    rules: &[
        Rule {
            action: Act::See,
            who: &[Holder(SecurityAdmin, Governs), Holder(SystemAdmin, Governs), Holder(Auditor, Governs)],
        },
        Rule { action: Act::Keep, who: &[Holder(SecurityAdmin, Governs)] },
        Rule { action: Act::Stop, who: &[Holder(SecurityAdmin, Governs), Holder(SystemAdmin, Governs)] },
    ],
};

/// Programs are the city's as a whole.
pub fn may(ctx: &Ctx, act: Act) -> bool {
    POLICY.may(ctx, act, &Standing::city())
}

pub fn require(ctx: &Ctx, act: Act) -> Result<()> {
    POLICY.require(ctx, act, &Standing::city(), true)
}

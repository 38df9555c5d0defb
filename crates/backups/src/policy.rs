//! Who may see backups, ask for them and set when they are made: whoever looks after the machine. The auditor reads.

use kernel::ctx::Ctx;
use kernel::policy::Role::{Auditor, SystemAdmin};
use kernel::policy::Tie::Governs;
use kernel::policy::Who::Holder;
use kernel::policy::{Action, Policy, Rule, Standing};
use kernel::problem::Result;

kernel::named! {
    pub enum Act {
        /// See which backups there are and how drills went.
        See = "see",
        /// Ask for a backup or a drill now.
        Run = "run",
        /// Set when they are made and how long they stay.
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
    area: "backups",
    rules: &[
        Rule { action: Act::See, who: &[Holder(Auditor, Governs), Holder(SystemAdmin, Governs)] },
        Rule { action: Act::Run, who: &[Holder(SystemAdmin, Governs)] },
        Rule { action: Act::Edit, who: &[Holder(SystemAdmin, Governs)] },
    ],
};

/// Everything here belongs to the city as a whole.
pub fn require(ctx: &Ctx, act: Act) -> Result<()> {
    POLICY.require(ctx, act, &Standing::city(), true)
}

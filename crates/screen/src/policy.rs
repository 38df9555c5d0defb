//! Who may do what with walls and briefs.
//!
//! A display shows the same figures to whoever stands before it, so it holds nothing but counts and what is public; that is why
//! the system administrator, who sees no cases, may set one up. What is shown is the office's matter.

use kernel::ctx::Ctx;
use kernel::policy::Role::{Auditor, Dispatcher, Leader, Office, SystemAdmin, Verifier};
use kernel::policy::Tie::Governs;
use kernel::policy::Who::Holder;
use kernel::policy::{Action, Policy, Rule, Standing};
use kernel::problem::{Problem, Result};

kernel::named! {
    pub enum Act {
        /// Look at the wall, signed in: the figures of what one may see oneself.
        Look = "look",
        /// Read the morning's brief.
        Brief = "brief",
        /// See which displays there are.
        See = "see",
        /// Register a display, change where it hangs and until when, renew its address, revoke it.
        Keep = "keep",
        /// Say what a display shows.
        Arrange = "arrange",
    }
}

impl Action for Act {
    const ALL: &'static [Self] = <Self as kernel::workflow::Named>::ALL;
    fn code(self) -> &'static str {
        kernel::workflow::Named::code(self)
    }
}

pub const POLICY: Policy<Act> = Policy {
    area: "screen",
    rules: &[
        Rule {
            action: Act::Look,
            who: &[
                Holder(Leader, Governs),
                Holder(Office, Governs),
                Holder(Dispatcher, Governs),
                Holder(Verifier, Governs),
            ],
        },
        Rule { action: Act::Brief, who: &[Holder(Leader, Governs), Holder(Office, Governs)] },
        Rule {
            action: Act::See,
            who: &[
                Holder(SystemAdmin, Governs),
                Holder(Office, Governs),
                Holder(Leader, Governs),
                Holder(Auditor, Governs),
            ],
        },
        Rule { action: Act::Keep, who: &[Holder(SystemAdmin, Governs)] },
        Rule {
            action: Act::Arrange,
            who: &[Holder(SystemAdmin, Governs), Holder(Office, Governs), Holder(Leader, Governs)],
        },
    ],
};

/// Displays are the city's as a whole: only grants on the root reach them.
pub fn may(ctx: &Ctx, act: Act) -> bool {
    POLICY.may(ctx, act, &Standing::city())
}

pub fn require(ctx: &Ctx, act: Act) -> Result<()> {
    POLICY.require(ctx, act, &Standing::city(), true)
}

/// For what somebody sees of their own part of the city: whoever holds the role anywhere.
///
/// # Errors
/// 401 for strangers, 403 for who holds it nowhere.
pub fn somewhere(ctx: &Ctx, act: Act) -> Result<()> {
    if POLICY.somewhere(ctx, act) {
        return Ok(());
    }
    require(ctx, act).and(Err(Problem::forbidden()))
}

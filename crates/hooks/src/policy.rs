//! Who may do what with webhooks.
//!
//! A webhook carries what a person may see out of the city, so it belongs to those who answer for the data: the civilisation
//! office and its leader, for the whole city. The system administrator sees no cases and therefore neither sets endpoints up
//! nor reads what was sent, but sees how they do and can stop them; the auditor sees that they exist and what became of every
//! delivery. Where on the operator's own network messages may go is the operator's setting, not theirs.

use kernel::ctx::Ctx;
use kernel::policy::Role::{Auditor, Leader, Office, SystemAdmin};
use kernel::policy::Tie::Governs;
use kernel::policy::Who::Holder;
use kernel::policy::{Action, Policy, Rule, Standing};
use kernel::problem::Result;

kernel::named! {
    pub enum Act {
        /// See endpoints, how they do, and what became of deliveries.
        See = "see",
        /// Read what was sent and what came back.
        Read = "read",
        /// Set up, change, test, replay; renew the secret.
        Keep = "keep",
        /// Pause and remove.
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
    area: "hooks",
    rules: &[
        Rule {
            action: Act::See,
            who: &[
                Holder(Office, Governs),
                Holder(Leader, Governs),
                Holder(SystemAdmin, Governs),
                Holder(Auditor, Governs),
            ],
        },
        Rule { action: Act::Read, who: &[Holder(Office, Governs), Holder(Leader, Governs)] },
        Rule { action: Act::Keep, who: &[Holder(Office, Governs), Holder(Leader, Governs)] },
        Rule {
            action: Act::Stop,
            who: &[Holder(Office, Governs), Holder(Leader, Governs), Holder(SystemAdmin, Governs)],
        },
    ],
};

/// Endpoints are the city's as a whole: only grants on the root reach them.
pub fn may(ctx: &Ctx, act: Act) -> bool {
    POLICY.may(ctx, act, &Standing::city())
}

pub fn require(ctx: &Ctx, act: Act) -> Result<()> {
    POLICY.require(ctx, act, &Standing::city(), true)
}

//! Who may do what with partner systems.
//!
//! The system administrator sets the connection up and holds the credential, and sees how it does, but no orders. What their
//! words mean, and which side is right about a case, is the business of those who work on cases: the office and its leader,
//! and for differences and repairs the dispatcher too. The auditor sees that partners exist and how they do.

use kernel::ctx::Ctx;
use kernel::policy::Role::{Auditor, Dispatcher, Leader, Office, SystemAdmin};
use kernel::policy::Tie::Governs;
use kernel::policy::Who::Holder;
use kernel::policy::{Action, Policy, Rule, Standing, Who};
use kernel::problem::Result;

kernel::named! {
    pub enum Act {
        /// See partners and how they do.
        See = "see",
        /// Set up, change, pause, remove; the credential and the key.
        Configure = "configure",
        /// Say what their words mean here, and whose word holds.
        Map = "map",
        /// Fetch now, try a fetch, compare now.
        Run = "run",
        /// Read the repair list and mend what is on it.
        Repair = "repair",
        /// Read where the two disagree, and decide.
        Resolve = "resolve",
    }
}

impl Action for Act {
    const ALL: &'static [Self] = <Self as kernel::workflow::Named>::ALL;
    fn code(self) -> &'static str {
        kernel::workflow::Named::code(self)
    }
}

const DESK: &[Who] = &[Holder(Office, Governs), Holder(Leader, Governs), Holder(Dispatcher, Governs)];

pub const POLICY: Policy<Act> = Policy {
    area: "exchange",
    rules: &[
        Rule {
            action: Act::See,
            who: &[
                Holder(Office, Governs),
                Holder(Leader, Governs),
                Holder(Dispatcher, Governs),
                Holder(SystemAdmin, Governs),
                Holder(Auditor, Governs),
            ],
        },
        Rule { action: Act::Configure, who: &[Holder(SystemAdmin, Governs)] },
        Rule { action: Act::Map, who: &[Holder(Office, Governs), Holder(Leader, Governs)] },
        Rule { action: Act::Run, who: DESK },
        Rule { action: Act::Repair, who: DESK },
        Rule { action: Act::Resolve, who: DESK },
    ],
};

/// Partners are the city's as a whole: only grants on the root reach them.
pub fn may(ctx: &Ctx, act: Act) -> bool {
    POLICY.may(ctx, act, &Standing::city())
}

pub fn require(ctx: &Ctx, act: Act) -> Result<()> {
    POLICY.require(ctx, act, &Standing::city(), true)
}

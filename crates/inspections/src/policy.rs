//! Who may do what with inspections.
//!
//! An inspection is unannounced: which points were drawn is for those who send people and those who go, until it has ended. Units
//! and everybody else see from the beginning that there is a draw and what binds it, and all of it in the end.

use kernel::ctx::Ctx;
use kernel::policy::Role::{Auditor, Inspector, Leader, Office};
use kernel::policy::Tie::Governs;
use kernel::policy::Who::{Everyone, Holder, SignedIn};
use kernel::policy::{Action, Policy, Rule, Standing};
use kernel::problem::{Problem, Result};

kernel::named! {
    pub enum Act {
        /// See inspections, and the points that were drawn.
        See = "see",
        /// Plan, commit, draw, begin, end, cancel; replace points.
        Plan = "plan",
        /// See secret, register and certificate as soon as it is drawn.
        Prove = "prove",
        /// Have a `draw.json` repeated.
        Check = "check",
        /// See the points that are given to oneself.
        Visit = "visit",
        /// See commitments, and whole draws when the inspection has ended.
        Published = "published",
    }
}

impl Action for Act {
    const ALL: &'static [Self] = <Self as kernel::workflow::Named>::ALL;
    fn code(self) -> &'static str {
        kernel::workflow::Named::code(self)
    }
}

pub const POLICY: Policy<Act> = Policy {
    area: "inspections",
    rules: &[
        Rule {
            action: Act::See,
            who: &[
                Holder(Office, Governs),
                Holder(Leader, Governs),
                Holder(Auditor, Governs),
                Holder(Inspector, Governs),
            ],
        },
        Rule { action: Act::Plan, who: &[Holder(Office, Governs)] },
        Rule {
            action: Act::Prove,
            who: &[Holder(Office, Governs), Holder(Leader, Governs), Holder(Auditor, Governs)],
        },
        Rule { action: Act::Visit, who: &[Holder(Inspector, Governs)] },
        Rule { action: Act::Check, who: &[SignedIn] },
        Rule { action: Act::Published, who: &[Everyone] },
    ],
};

/// Inspections are the city's as a whole: only grants on the root reach them.
pub fn may(ctx: &Ctx, act: Act) -> bool {
    POLICY.may(ctx, act, &Standing::city())
}

/// # Errors
/// 401 for strangers, 403 for everybody else who may not.
pub fn require(ctx: &Ctx, act: Act) -> Result<()> {
    if may(ctx, act) {
        return Ok(());
    }
    POLICY.require(ctx, act, &Standing::city(), true).and(Err(Problem::forbidden()))
}

/// For what somebody sees of their own: whoever holds the role anywhere.
///
/// # Errors
/// 401 for strangers, 403 for who holds it nowhere.
pub fn somewhere(ctx: &Ctx, act: Act) -> Result<()> {
    if POLICY.somewhere(ctx, act) {
        return Ok(());
    }
    require(ctx, act).and(Err(Problem::forbidden()))
}

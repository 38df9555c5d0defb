//! Who prints forms, who brings them in, who sees what was written on them.
//!
//! A community's counter prints and scans without seeing what others brought: names and telephone numbers of reporters are for the
//! office and its centres, as those of every report are.

use kernel::ctx::Ctx;
use kernel::policy::Role::{Dispatcher, Leader, Office, UnitClerk, UnitHead, Verifier};
use kernel::policy::Tie::Governs;
use kernel::policy::Who::{self, Holder};
use kernel::policy::{Action, Policy, Rule, Standing};
use kernel::problem::{Problem, Result};

kernel::named! {
    pub enum Act {
        /// Print batches of forms, say that sheets are void.
        Print = "print",
        /// Bring pictures of forms that came back.
        Bring = "bring",
        /// See pictures of forms, and lists of all that came.
        See = "see",
        /// Decide about what the program could not read.
        Repair = "repair",
        /// Type what is written by hand.
        Type = "type",
        /// Choose what is printed on forms.
        Edit = "edit",
    }
}

impl Action for Act {
    const ALL: &'static [Self] = <Self as kernel::workflow::Named>::ALL;
    fn code(self) -> &'static str {
        kernel::workflow::Named::code(self)
    }
}

const CENTRES: &[Who] = &[
    Holder(Office, Governs),
    Holder(Leader, Governs),
    Holder(Dispatcher, Governs),
    Holder(Verifier, Governs),
];

const COUNTERS: &[Who] = &[
    Holder(Office, Governs),
    Holder(Leader, Governs),
    Holder(Dispatcher, Governs),
    Holder(Verifier, Governs),
    Holder(UnitHead, Governs),
    Holder(UnitClerk, Governs),
];

pub const POLICY: Policy<Act> = Policy {
    area: "paper",
    rules: &[
        Rule { action: Act::Print, who: COUNTERS },
        Rule { action: Act::Bring, who: COUNTERS },
        Rule { action: Act::See, who: CENTRES },
        Rule { action: Act::Repair, who: CENTRES },
        Rule { action: Act::Type, who: CENTRES },
        Rule { action: Act::Edit, who: &[Holder(Office, Governs), Holder(Leader, Governs)] },
    ],
};

/// Whether this person may. Forms belong to the city as a whole; printing and bringing them is for whoever holds such a role
/// on any unit.
pub fn may(ctx: &Ctx, act: Act) -> bool {
    match act {
        Act::Print | Act::Bring => POLICY.may(ctx, act, &Standing::city()) || POLICY.somewhere(ctx, act),
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

//! Who asks, who hands in, who reviews. The head of a standard's lead unit reviews what others hand in for it; that an item is never
//! reviewed by whoever made it, nor twice by the same person, is checked by [`crate::commands`] beside this table.

use crate::model::{Item, Use};
use kernel::ctx::{Ctx, Unit};
use kernel::id::Id;
use kernel::policy::Role::{Auditor, Leader, Office, UnitClerk, UnitHead, Verifier};
use kernel::policy::Tie::{Assists, Governs, Leads};
use kernel::policy::Who::{self, Holder};
use kernel::policy::{Action, Policy, Rule, Standing};
use kernel::problem::{Problem, Result};

kernel::named! {
    pub enum Act {
        /// See items and requests.
        See = "see",
        /// Make, change and close periods.
        Plan = "plan",
        /// Ask units for evidence, withdraw what was asked.
        Ask = "ask",
        /// Make items and hand them in.
        HandIn = "hand-in",
        /// 初审
        First = "review-first",
        /// 复审, grading and filing.
        Second = "review-second",
        /// 审核台: see what waits for oneself, send back, file.
        Desk = "desk",
        /// Fetch the volume of a period, with the originals of all its files.
        Bundle = "bundle",
        /// See the ledger.
        Ledger = "ledger",
    }
}

impl Action for Act {
    const ALL: &'static [Self] = <Self as kernel::workflow::Named>::ALL;
    fn code(self) -> &'static str {
        kernel::workflow::Named::code(self)
    }
}

const CENTRE: &[Who] = &[Holder(Office, Governs), Holder(Leader, Governs)];

pub const POLICY: Policy<Act> = Policy {
    area: "evidence",
    rules: &[
        Rule {
            action: Act::See,
            who: &[
                Holder(Office, Governs),
                Holder(Leader, Governs),
                Holder(Verifier, Governs),
                Holder(Auditor, Governs),
                Holder(UnitHead, Leads),
                Holder(UnitClerk, Leads),
                Holder(UnitHead, Assists),
            ],
        },
        Rule { action: Act::Plan, who: CENTRE },
        Rule { action: Act::Ask, who: CENTRE },
        Rule {
            action: Act::HandIn,
            who: &[Holder(Office, Governs), Holder(UnitHead, Leads), Holder(UnitClerk, Leads)],
        },
        Rule {
            action: Act::First,
            who: &[Holder(Office, Governs), Holder(Verifier, Governs), Holder(UnitHead, Assists)],
        },
        Rule { action: Act::Second, who: CENTRE },
        Rule {
            action: Act::Desk,
            who: &[
                Holder(Office, Governs),
                Holder(Leader, Governs),
                Holder(Verifier, Governs),
                Holder(UnitHead, Assists),
            ],
        },
        Rule { action: Act::Bundle, who: CENTRE },
        Rule {
            action: Act::Ledger,
            who: &[
                Holder(Office, Governs),
                Holder(Leader, Governs),
                Holder(Auditor, Governs),
                Holder(UnitHead, Leads),
                Holder(UnitClerk, Leads),
            ],
        },
    ],
};

/// How an item stands: its unit leads; once it was handed in, the lead units of its standards assist.
pub fn standing(item: &Item, uses: &[Use]) -> Standing {
    let mut ties = vec![(Leads, item.unit_id)];
    if item.submitted_at.is_some() {
        ties.extend(uses.iter().filter_map(|of| of.lead_unit).map(|unit| (Assists, unit)));
    }
    Standing { ties, owner: None }
}

/// Whether this person may do it for the whole city.
pub fn everywhere(ctx: &Ctx, act: Act) -> bool {
    POLICY.may(ctx, act, &Standing::city())
}

/// Whether this person may do it to anything at all.
pub fn somewhere(ctx: &Ctx, act: Act) -> bool {
    POLICY.somewhere(ctx, act)
}

/// For doors to lists.
///
/// # Errors
/// 401 for strangers, 403 for everybody else who may not.
pub fn require(ctx: &Ctx, act: Act) -> Result<()> {
    if somewhere(ctx, act) {
        return Ok(());
    }
    POLICY.require(ctx, act, &Standing::city(), true).and(Err(Problem::forbidden()))
}

/// For what is the whole city's.
///
/// # Errors
/// 401, 403.
pub fn require_city(ctx: &Ctx, act: Act) -> Result<()> {
    POLICY.require(ctx, act, &Standing::city(), true)
}

/// Whether this person may hand in for the unit.
pub fn hands_in_for(ctx: &Ctx, unit: Id<Unit>) -> bool {
    POLICY.may(ctx, Act::HandIn, &Standing::of(Leads, unit))
}

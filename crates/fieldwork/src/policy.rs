//! Who may do what with checklists and with what inspectors found.
//!
//! Inspectors fill in and see their own, and after an inspection has ended what others found. Leaders and auditors read, the office
//! decides. Nobody decides about a record of their own, and who visits a point sees nobody else's record of it before the
//! inspection has ended, whatever roles they hold ([`crate::queries::sight`]).

use kernel::ctx::Ctx;
use kernel::policy::Role::{Auditor, Inspector, Leader, Office};
use kernel::policy::Tie::Governs;
use kernel::policy::Who::Holder;
use kernel::policy::{Action, Policy, Rule, Standing};
use kernel::problem::{Problem, Result};

kernel::named! {
    pub enum Act {
        /// See checklists and their rules.
        See = "see-checklists",
        /// Import, publish and retire versions; say which checklist is for which type of point.
        Edit = "edit-checklists",
        /// Fill in at the points that are one's own.
        Fill = "fill",
        /// Read records and observations: inspectors their own, and others' when an inspection has ended.
        Read = "read",
        /// Read those of all inspectors at once.
        ReadAll = "read-all",
        /// Accept and return records, and choose between two readings.
        Review = "review",
        /// Make a case of what was not met.
        MakeCase = "make-case",
        /// See how far two visits of a point agree.
        Compare = "compare",
    }
}

impl Action for Act {
    const ALL: &'static [Self] = <Self as kernel::workflow::Named>::ALL;
    fn code(self) -> &'static str {
        kernel::workflow::Named::code(self)
    }
}

pub const POLICY: Policy<Act> = Policy {
    area: "fieldwork",
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
        Rule { action: Act::Edit, who: &[Holder(Office, Governs)] },
        Rule { action: Act::Fill, who: &[Holder(Inspector, Governs)] },
        Rule {
            action: Act::Read,
            who: &[
                Holder(Office, Governs),
                Holder(Leader, Governs),
                Holder(Auditor, Governs),
                Holder(Inspector, Governs),
            ],
        },
        Rule {
            action: Act::ReadAll,
            who: &[Holder(Office, Governs), Holder(Leader, Governs), Holder(Auditor, Governs)],
        },
        Rule { action: Act::Review, who: &[Holder(Office, Governs)] },
        Rule { action: Act::MakeCase, who: &[Holder(Office, Governs), Holder(Inspector, Governs)] },
        Rule { action: Act::Compare, who: &[Holder(Office, Governs)] },
    ],
};

/// Inspections are the city's as a whole: only grants on the root reach what they found.
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

/// For what somebody does with their own: whoever holds the role anywhere.
///
/// # Errors
/// 401 for strangers, 403 for who holds it nowhere.
pub fn somewhere(ctx: &Ctx, act: Act) -> Result<()> {
    if POLICY.somewhere(ctx, act) {
        return Ok(());
    }
    require(ctx, act).and(Err(Problem::forbidden()))
}

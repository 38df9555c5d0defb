//! Who may do what with assessments.

use kernel::ctx::{Ctx, Unit};
use kernel::id::Id;
use kernel::policy::Role::{Auditor, Leader, Office, UnitClerk, UnitHead};
use kernel::policy::Tie::{Governs, Leads};
use kernel::policy::Who::Holder;
use kernel::policy::{Action, Policy, Rule, Standing};
use kernel::problem::Result;

kernel::named! {
    pub enum Act {
        /// See rounds and schemes, and what they come to.
        See = "see",
        /// See what published rounds say of one's own unit.
        SeeOwn = "see-own",
        /// Keep a round that came as a workbook; name it, date it, weigh it.
        Import = "import",
        /// Say what a text of a round means, and which of its rows count.
        Match = "match",
        /// Take a round from state to state.
        Move = "move",
        /// Make a case of a point with something taken off.
        Raise = "raise",
        /// Write cycles and schemes.
        EditScheme = "edit-scheme",
        /// Appeal against what a published round takes off one's own unit.
        Appeal = "appeal",
        /// Answer appeals, and set their terms.
        Answer = "answer",
        /// Hand out a signed score pack.
        Pack = "pack",
        /// See the negative list, its events, and what counts on a day.
        SeeNegative = "see-negative",
        /// Write entries, report events, enter what the city was.
        EditNegative = "edit-negative",
        /// Confirm, dismiss and lift events.
        DecideNegative = "decide-negative",
    }
}

impl Action for Act {
    const ALL: &'static [Self] = <Self as kernel::workflow::Named>::ALL;
    fn code(self) -> &'static str {
        kernel::workflow::Named::code(self)
    }
}

pub const POLICY: Policy<Act> = Policy {
    area: "assessment",
    rules: &[
        Rule {
            action: Act::See,
            who: &[Holder(Leader, Governs), Holder(Office, Governs), Holder(Auditor, Governs)],
        },
        Rule { action: Act::SeeOwn, who: &[Holder(UnitHead, Leads), Holder(UnitClerk, Leads)] },
        Rule { action: Act::Import, who: &[Holder(Office, Governs)] },
        Rule { action: Act::Match, who: &[Holder(Office, Governs)] },
        Rule { action: Act::Move, who: &[Holder(Office, Governs)] },
        Rule { action: Act::Raise, who: &[Holder(Office, Governs)] },
        Rule { action: Act::EditScheme, who: &[Holder(Office, Governs)] },
        Rule { action: Act::Appeal, who: &[Holder(UnitHead, Leads), Holder(UnitClerk, Leads)] },
        Rule { action: Act::Answer, who: &[Holder(Office, Governs)] },
        Rule { action: Act::Pack, who: &[Holder(Leader, Governs), Holder(Office, Governs)] },
        Rule { action: Act::SeeNegative, who: &[Holder(Leader, Governs), Holder(Office, Governs)] },
        Rule { action: Act::EditNegative, who: &[Holder(Office, Governs)] },
        Rule { action: Act::DecideNegative, who: &[Holder(Leader, Governs)] },
    ],
};

/// Rounds and schemes are the whole city's: only grants on the root reach them.
pub(crate) fn may(ctx: &Ctx, act: Act) -> bool {
    POLICY.may(ctx, act, &Standing::city())
}

/// # Errors
/// 401, 403.
pub(crate) fn require(ctx: &Ctx, act: Act) -> Result<()> {
    POLICY.require(ctx, act, &Standing::city(), true)
}

/// Units of whose points this person may know, in published rounds.
pub(crate) fn own_units(ctx: &Ctx) -> Vec<Id<Unit>> {
    let ties = POLICY.visible(ctx, Act::SeeOwn).ties;
    ties.into_iter().filter(|(tie, _)| *tie == Leads).flat_map(|(_, units)| units).collect()
}

/// Whether the list of rounds is for this person at all.
pub(crate) fn may_list(ctx: &Ctx) -> bool {
    may(ctx, Act::See) || !own_units(ctx).is_empty()
}

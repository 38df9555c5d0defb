//! Who may do what with the register of adopted streets.
//!
//! That a unit answers for a street is a public fact; the staff pages need a sign-in. The civilisation office keeps the
//! register where its grant reaches: all of it on the root, the streets it governs elsewhere. A unit's head keeps the name
//! and telephone number of its own stretches right; its people log patrols and report what they find there.

use kernel::ctx::Ctx;
use kernel::policy::Role::{Dispatcher, Leader, Office, UnitClerk, UnitHead};
use kernel::policy::Tie::{Governs, Leads};
use kernel::policy::Who::{Everyone, Holder, SignedIn};
use kernel::policy::{Action, Policy, Rule, Standing, Visible};

kernel::named! {
    pub enum Act {
        /// Read who answers for a street.
        Facts = "facts",
        /// Open the staff pages.
        View = "view",
        /// Make, end, replace, split and join adoptions.
        Edit = "edit",
        /// Change leader and telephone number.
        Contact = "contact",
        /// Hand open cases to the unit that took over.
        HandOver = "hand-over",
        /// Log a patrol, report what was found.
        Patrol = "patrol",
        /// Change the standards and what the public is shown.
        Settings = "settings",
    }
}

impl Action for Act {
    const ALL: &'static [Self] = <Self as kernel::workflow::Named>::ALL;
    fn code(self) -> &'static str {
        kernel::workflow::Named::code(self)
    }
}

pub const POLICY: Policy<Act> = Policy {
    area: "streets",
    rules: &[
        Rule { action: Act::Facts, who: &[Everyone] },
        Rule { action: Act::View, who: &[SignedIn] },
        Rule { action: Act::Edit, who: &[Holder(Office, Governs)] },
        Rule { action: Act::Contact, who: &[Holder(Office, Governs), Holder(UnitHead, Leads)] },
        Rule {
            action: Act::HandOver,
            who: &[Holder(Office, Governs), Holder(Leader, Governs), Holder(Dispatcher, Governs)],
        },
        Rule {
            action: Act::Patrol,
            who: &[Holder(Office, Governs), Holder(UnitHead, Leads), Holder(UnitClerk, Leads)],
        },
        Rule { action: Act::Settings, who: &[Holder(Office, Governs)] },
    ],
};

/// Which stretches are a person's own: those of the units they lead or work for. For the filter "mine"; agrees with
/// `POLICY.may(ctx, Act::Patrol, …)` for people who hold a role in a unit, which a test proves.
pub fn own(ctx: &Ctx) -> Visible {
    let mut visible = POLICY.visible(ctx, Act::Patrol);
    visible.ties.retain(|(tie, _)| *tie == Leads);
    visible
}

/// Whether the person may edit anything at all: for buttons and menus.
pub fn may_edit(ctx: &Ctx) -> bool {
    POLICY.somewhere(ctx, Act::Edit)
}

/// Whether the person keeps the settings of the whole city.
pub fn may_set(ctx: &Ctx) -> bool {
    POLICY.may(ctx, Act::Settings, &Standing::city())
}

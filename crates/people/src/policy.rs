//! Who may do what with units, accounts, roles and the log.
//!
//! The three administrators watch each other: who makes accounts cannot give them roles, who gives roles cannot make
//! accounts, and the log of both is read by a third. Likewise with the identity provider: who names it cannot say who is
//! who there. No role of the daily business gives any of these powers.

use crate::model::{PersonId, UnitId};
use kernel::policy::{Action, Policy, Role, Rule, Standing, Tie, Visible, Who};

kernel::named! {
    pub enum Act {
        /// Look units up: the city's directory.
        SeeUnits = "see-units",
        /// Make, rename, move, close, reopen and merge units.
        EditUnits = "edit-units",
        /// Keep a unit's contact person right.
        EditContact = "edit-contact",
        /// See who has an account, and how to reach them.
        SeeAccounts = "see-accounts",
        /// Make, edit, lock and close accounts, reset passwords.
        EditAccounts = "edit-accounts",
        /// See who holds which role.
        SeeGrants = "see-grants",
        /// Grant, limit and revoke roles; reset second factors.
        GrantRoles = "grant-roles",
        /// See how people sign in: the provider, their identities there, their sessions and authenticators.
        SeeSignIn = "see-sign-in",
        /// Say which identity provider the city has, and who may use a password.
        ConfigureSignIn = "configure-sign-in",
        /// Tie an account to an identity at the provider.
        LinkIdentities = "link-identities",
        /// Sign somebody out.
        EndSessions = "end-sessions",
        /// Lend one's own roles while absent, and end that.
        Lend = "lend",
        /// Read the log and check its chain.
        ReadLog = "read-log",
    }
}

impl Action for Act {
    const ALL: &'static [Self] = <Self as kernel::workflow::Named>::ALL;
    fn code(self) -> &'static str {
        kernel::workflow::Named::code(self)
    }
}

use Role::{Auditor, Leader, Office, SecurityAdmin, SystemAdmin, UnitClerk, UnitHead};
use Tie::{Governs, Leads};

pub const POLICY: Policy<Act> = Policy {
    area: "people",
    rules: &[
        Rule { action: Act::SeeUnits, who: &[Who::SignedIn] },
        Rule { action: Act::EditUnits, who: &[Who::Holder(SystemAdmin, Governs)] },
        Rule {
            action: Act::EditContact,
            who: &[
                Who::Holder(SystemAdmin, Governs),
                Who::Holder(UnitHead, Leads),
                Who::Holder(UnitClerk, Leads),
            ],
        },
        Rule {
            action: Act::SeeAccounts,
            who: &[
                Who::Owner,
                Who::Holder(SystemAdmin, Governs),
                Who::Holder(SecurityAdmin, Governs),
                Who::Holder(Auditor, Governs),
                Who::Holder(Leader, Governs),
                Who::Holder(Office, Governs),
                Who::Holder(UnitHead, Leads),
            ],
        },
        Rule { action: Act::EditAccounts, who: &[Who::Holder(SystemAdmin, Governs)] },
        Rule {
            action: Act::SeeGrants,
            who: &[Who::Holder(SecurityAdmin, Governs), Who::Holder(Auditor, Governs)],
        },
        Rule { action: Act::GrantRoles, who: &[Who::Holder(SecurityAdmin, Governs)] },
        Rule {
            action: Act::SeeSignIn,
            who: &[
                Who::Holder(SystemAdmin, Governs),
                Who::Holder(SecurityAdmin, Governs),
                Who::Holder(Auditor, Governs),
            ],
        },
        // who says which provider there is must not say who is who there, and the other way round
        Rule { action: Act::ConfigureSignIn, who: &[Who::Holder(SystemAdmin, Governs)] },
        Rule { action: Act::LinkIdentities, who: &[Who::Holder(SecurityAdmin, Governs)] },
        Rule {
            action: Act::EndSessions,
            who: &[Who::Holder(SystemAdmin, Governs), Who::Holder(SecurityAdmin, Governs)],
        },
        Rule { action: Act::Lend, who: &[Who::Owner] },
        // the log is the city's as a whole: only an auditor of the root reads it
        Rule { action: Act::ReadLog, who: &[Who::Holder(Auditor, Governs)] },
    ],
};

/// How a unit stands to the units that roles were granted on: it governs and leads itself.
pub fn of_unit(unit: UnitId) -> Standing {
    Standing { ties: vec![(Governs, unit), (Leads, unit)], owner: None }
}

/// An account belongs to its unit, and to its person.
pub fn of_account(unit: UnitId, person: PersonId) -> Standing {
    Standing { owner: Some(person), ..of_unit(unit) }
}

/// The units of a filter, whatever the tie: units and accounts have the same unit under every tie.
pub fn units_of(visible: &Visible) -> Vec<UnitId> {
    let mut units: Vec<UnitId> = visible.ties.iter().flat_map(|(_, units)| units.iter().copied()).collect();
    units.sort_unstable();
    units.dedup();
    units
}

pub fn table() -> String {
    POLICY.table()
}

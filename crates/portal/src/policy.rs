//! Who may read and answer what the public writes, and who may see and turn lawful switches.

use crate::model::Suggestion;
use kernel::ctx::Ctx;
use kernel::policy::Role::{Auditor, Leader, Office, SystemAdmin};
use kernel::policy::Tie::Governs;
use kernel::policy::Who::{Everyone, Holder};
use kernel::policy::{Action, Policy, Rule, Standing};
use kernel::problem::Result;

kernel::named! {
    pub enum Act {
        /// Send a comment or suggestion.
        Suggest = "suggest",
        /// Read what was sent.
        See = "see",
        /// Answer it.
        Answer = "answer",
        /// See the report on the duties of 国办函〔2026〕12号.
        SelfCheck = "self-check",
        /// Turn a switch that needs a legal reason.
        TurnSwitch = "turn-switch",
        /// Enter the filing with 网信, and keep a self-check for the record.
        KeepCheck = "keep-check",
        /// See where photos and videos are kept and what waits to be moved.
        Storage = "storage",
    }
}

impl Action for Act {
    const ALL: &'static [Self] = <Self as kernel::workflow::Named>::ALL;
    fn code(self) -> &'static str {
        kernel::workflow::Named::code(self)
    }
}

pub const POLICY: Policy<Act> = Policy {
    area: "portal",
    rules: &[
        Rule { action: Act::Suggest, who: &[Everyone] },
        Rule { action: Act::See, who: &[Holder(Leader, Governs), Holder(Office, Governs)] },
        Rule { action: Act::Answer, who: &[Holder(Leader, Governs), Holder(Office, Governs)] },
        Rule {
            action: Act::SelfCheck,
            who: &[
                Holder(Leader, Governs),
                Holder(Office, Governs),
                Holder(Auditor, Governs),
                Holder(SystemAdmin, Governs),
            ],
        },
        Rule { action: Act::TurnSwitch, who: &[Holder(Leader, Governs)] },
        Rule { action: Act::KeepCheck, who: &[Holder(Leader, Governs), Holder(Office, Governs)] },
        Rule { action: Act::Storage, who: &[Holder(Auditor, Governs), Holder(SystemAdmin, Governs)] },
    ],
};

/// Everything here belongs to the city as a whole.
pub fn require(ctx: &Ctx, act: Act) -> Result<()> {
    POLICY.require(ctx, act, &Standing::city(), true)
}

/// The door to a suggestion: loads it for somebody who may do `act` to it.
pub(crate) fn load_for(
    ctx: &Ctx,
    tx: &mut store::Tx<'_>,
    act: Act,
    id: kernel::id::Id<crate::model::Sent>,
) -> Result<Suggestion> {
    require(ctx, act)?;
    crate::store::get(tx, id)
}

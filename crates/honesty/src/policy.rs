//! Who may do what with warnings about pictures.
//!
//! They are for those who check the work of others: the verifier who looks at an answer, the office and its leader. The
//! handling unit is not told by the program; whoever confirms a warning speaks to it. Nobody decides about their own work,
//! which [`crate::commands`] checks beside this table.

use kernel::ctx::Ctx;
use kernel::policy::Role::{Leader, Office, Verifier};
use kernel::policy::Tie::Governs;
use kernel::policy::Who::Holder;
use kernel::policy::{Action, Policy, Rule, Standing, Visible};

kernel::named! {
    pub enum Act {
        /// See warnings, with both pictures.
        See = "see",
        /// Say that one is right or a false alarm.
        Decide = "decide",
        /// What was confirmed, by unit.
        Figures = "figures",
        /// Thresholds, and going through earlier pictures.
        Edit = "edit",
    }
}

impl Action for Act {
    const ALL: &'static [Self] = <Self as kernel::workflow::Named>::ALL;
    fn code(self) -> &'static str {
        kernel::workflow::Named::code(self)
    }
}

pub const POLICY: Policy<Act> = Policy {
    area: "honesty",
    rules: &[
        Rule {
            action: Act::See,
            who: &[Holder(Verifier, Governs), Holder(Office, Governs), Holder(Leader, Governs)],
        },
        Rule {
            action: Act::Decide,
            who: &[Holder(Verifier, Governs), Holder(Office, Governs), Holder(Leader, Governs)],
        },
        Rule { action: Act::Figures, who: &[Holder(Office, Governs), Holder(Leader, Governs)] },
        Rule { action: Act::Edit, who: &[Holder(Office, Governs)] },
    ],
};

/// Which warnings a person sees in lists. Agrees with `POLICY.may(ctx, Act::See, …)`; a test holds them together.
pub fn visible_to(ctx: &Ctx, act: Act) -> Visible {
    POLICY.visible(ctx, act)
}

/// The standing of what concerns the city as a whole: its thresholds.
pub fn city() -> Standing {
    Standing::city()
}

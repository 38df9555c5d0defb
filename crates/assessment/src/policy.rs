//! Who may do what with assessments.

use kernel::policy::Role::{Leader, Office};
use kernel::policy::Tie::Governs;
use kernel::policy::Who::Holder;
use kernel::policy::{Action, Policy, Rule};

kernel::named! {
    pub enum Act {
        /// See rounds and what they come to.
        See = "see",
        /// Keep a round that came as a workbook.
        Import = "import",
        /// Say what a text of a round means.
        Match = "match",
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
        Rule { action: Act::See, who: &[Holder(Leader, Governs), Holder(Office, Governs)] },
        Rule { action: Act::Import, who: &[Holder(Office, Governs)] },
        Rule { action: Act::Match, who: &[Holder(Office, Governs)] },
    ],
};

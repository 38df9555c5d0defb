//! Who may do what with dispatch advice. Whoever fills a form in sees what is offered beside it: that needs no action of its own.

use kernel::policy::Role::{Dispatcher, Leader, Office};
use kernel::policy::Tie::Governs;
use kernel::policy::Who::Holder;
use kernel::policy::{Action, Policy, Rule, Standing};

kernel::named! {
    pub enum Act {
        /// See how good it is, version by version, and how often people took it.
        See = "see",
        /// Let it learn anew, and set from when on it is shown.
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
    area: "suggest",
    rules: &[
        Rule {
            action: Act::See,
            who: &[Holder(Dispatcher, Governs), Holder(Office, Governs), Holder(Leader, Governs)],
        },
        Rule { action: Act::Edit, who: &[Holder(Office, Governs)] },
    ],
};

/// It is learnt from the cases of the whole city.
pub fn city() -> Standing {
    Standing::city()
}

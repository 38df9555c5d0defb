//! Who may do what with a letter. A person who drafted a letter never signs it: [`crate::commands`] checks that beside
//! this table. A unit sees what has been issued to it, and nothing before.

use kernel::ctx::Ctx;
use kernel::policy::Role::{Dispatcher, Leader, Office, UnitClerk, UnitHead, Verifier};
use kernel::policy::Tie::{Governs, Leads};
use kernel::policy::Who::Holder;
use kernel::policy::{Action, Policy, Rule, Standing, Visible, Who};

macro_rules! actions {
    ($($(#[$meta:meta])* $name:ident = $code:literal),+ $(,)?) => {
        /// What the table knows.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Act { $($(#[$meta])* $name),+ }
        impl Action for Act {
            const ALL: &'static [Self] = &[$(Act::$name),+];
            fn code(self) -> &'static str { match self { $(Act::$name => $code),+ } }
        }
    };
}

actions! {
    View = "view",
    /// Ask for a letter by hand.
    Propose = "propose",
    /// Check the text and send it for signature.
    Submit = "submit",
    Sign = "sign",
    /// Decide that a proposal does not go out, or that a draft needs more work.
    Refuse = "refuse",
    Withdraw = "withdraw",
    /// Acknowledge and answer.
    Answer = "answer",
    /// Close, carry to the next rung, write up a talk.
    Close = "close",
    /// What is due now, and the register.
    Oversee = "oversee",
    /// Steps, conditions, number prefixes, the switch.
    Edit = "edit",
}

const DECIDERS: &[Who] = &[Holder(Leader, Governs), Holder(Office, Governs)];

pub const POLICY: Policy<Act> = Policy {
    area: "ladder",
    rules: &[
        Rule {
            action: Act::View,
            who: &[
                Holder(Leader, Governs),
                Holder(Office, Governs),
                Holder(Dispatcher, Governs),
                Holder(Verifier, Governs),
                Holder(UnitHead, Leads),
                Holder(UnitClerk, Leads),
            ],
        },
        Rule { action: Act::Propose, who: DECIDERS },
        Rule { action: Act::Submit, who: DECIDERS },
        Rule { action: Act::Sign, who: &[Holder(Leader, Governs)] },
        Rule { action: Act::Refuse, who: DECIDERS },
        Rule { action: Act::Withdraw, who: &[Holder(Leader, Governs)] },
        Rule { action: Act::Answer, who: &[Holder(UnitHead, Leads), Holder(UnitClerk, Leads)] },
        Rule { action: Act::Close, who: DECIDERS },
        Rule { action: Act::Oversee, who: DECIDERS },
        Rule { action: Act::Edit, who: DECIDERS },
    ],
};

/// Which letters a person sees in lists. Agrees with `POLICY.may(ctx, Act::View, …)`; a test holds them together.
pub fn visible_to(ctx: &Ctx) -> Visible {
    POLICY.visible(ctx, Act::View)
}

/// The standing of the ladder itself.
pub fn city() -> Standing {
    Standing::city()
}

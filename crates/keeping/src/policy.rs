//! Who may do what with terms of keeping, holds and data keys.
//!
//! The security administrator decides what the city keeps and what is held back; the auditor reads all of it and decides nothing.
//! What people ask for of their own data is the office's business, and erasing before its time needs its leader. Keys are the system administrator's, who has no say in what is erased.

use kernel::policy::Role::{Auditor, Leader, Office, SecurityAdmin, SystemAdmin};
use kernel::policy::Tie::Governs;
use kernel::policy::Who::Holder;
use kernel::policy::{Action, Policy, Rule};

kernel::named! {
    pub enum Act {
        /// See rules, holds, runs, and what would go.
        See = "see",
        /// Change how long something is kept, within what the law allows.
        Set = "set",
        /// Hold something back from erasing, and lift that.
        Hold = "hold",
        /// Have what is due erased now.
        Run = "run",
        /// See requests of people, with what is held of them.
        SeeRequests = "see-requests",
        /// Write requests down, and answer them.
        RecordRequests = "record-requests",
        /// Consent to erasing before its time.
        ApproveErasing = "approve-erasing",
        /// See to whom personal data are given, and who handles them for the city.
        SeeProvisions = "see-provisions",
        /// Propose that data are given, and write down how it ended.
        ProposeProvisions = "propose-provisions",
        /// Consent to it, or decline.
        DecideProvisions = "decide-provisions",
        /// See with which keys personal data are sealed.
        SeeKeys = "see-keys",
        /// Make a new key.
        RotateKeys = "rotate-keys",
    }
}

impl Action for Act {
    const ALL: &'static [Self] = <Self as kernel::workflow::Named>::ALL;
    fn code(self) -> &'static str {
        kernel::workflow::Named::code(self)
    }
}

pub const POLICY: Policy<Act> = Policy {
    area: "keeping",
    rules: &[
        Rule { action: Act::See, who: &[Holder(SecurityAdmin, Governs), Holder(Auditor, Governs)] },
        Rule { action: Act::Set, who: &[Holder(SecurityAdmin, Governs)] },
        Rule { action: Act::Hold, who: &[Holder(SecurityAdmin, Governs)] },
        Rule { action: Act::Run, who: &[Holder(SecurityAdmin, Governs)] },
        Rule { action: Act::SeeRequests, who: &[Holder(Office, Governs), Holder(Leader, Governs)] },
        Rule { action: Act::RecordRequests, who: &[Holder(Office, Governs)] },
        // who asks for it must not be who consents: what is erased does not come back
        Rule { action: Act::ApproveErasing, who: &[Holder(Leader, Governs)] },
        Rule {
            action: Act::SeeProvisions,
            who: &[
                Holder(Office, Governs),
                Holder(Leader, Governs),
                Holder(SecurityAdmin, Governs),
                Holder(Auditor, Governs),
            ],
        },
        Rule { action: Act::ProposeProvisions, who: &[Holder(Office, Governs)] },
        // who proposes is not who consents
        Rule { action: Act::DecideProvisions, who: &[Holder(Leader, Governs)] },
        Rule { action: Act::SeeKeys, who: &[Holder(SystemAdmin, Governs), Holder(Auditor, Governs)] },
        Rule { action: Act::RotateKeys, who: &[Holder(SystemAdmin, Governs)] },
    ],
};

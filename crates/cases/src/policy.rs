//! Who may do what with a case.
//!
//! Three hands, kept apart: the *centre* registers and dispatches, the *unit* handles and answers, the *supervision*
//! confirms, verifies and closes. Whoever answered may not verify, which [`crate::commands`] checks beside this table.

use crate::model::{Case, Cover};
use kernel::ctx::{Ctx, Unit};
use kernel::id::Id;
use kernel::policy::Role::{Dispatcher, Inspector, Leader, Office, UnitClerk, UnitHead, Verifier};
use kernel::policy::Tie::{Assists, Governs, Leads};
use kernel::policy::Who::{Everyone, Holder, Owner};
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
    /// Send a report from the public page.
    Report = "report",
    /// Enter a report that came by telephone, letter or at the counter, and what staff saw themselves.
    Enter = "enter",
    View = "view",
    /// Name and telephone of the reporter. Never the handling unit.
    ViewReporter = "view-reporter",
    /// Hear what the reporter said, and type it. A voice tells who speaks: never the handling unit.
    HearRecording = "hear-recording",
    Confirm = "confirm",
    Register = "register",
    Dispatch = "dispatch",
    Handle = "handle",
    /// Give a case to one of the unit's people.
    Assign = "assign",
    /// Ask somebody outside, who has no account, for help.
    Forward = "forward",
    /// Say what the reporter should be asked.
    WishQuestion = "wish-question",
    /// Ask the reporter something.
    Question = "question",
    /// Ask for more time or for parking.
    AskTime = "ask-time",
    DecideTime = "decide-time",
    Return = "return",
    Rule = "rule",
    Verify = "verify",
    Close = "close",
    DecideContest = "decide-contest",
    Merge = "merge",
    Split = "split",
    Void = "void",
    Supervise = "supervise",
    Import = "import",
    EditCatalogue = "edit-catalogue",
    /// The city's own numbers: how long reporters are waited for, what counts as recurrence.
    EditRules = "edit-rules",
    /// Say whether a case is an earlier one again.
    Relate = "relate",
    /// Take parts out of pictures and words for the public.
    Redact = "redact",
    /// See pictures as they came where parts are taken out for the public.
    ViewUncovered = "view-uncovered",
    /// Rates and the office's pages.
    Statistics = "statistics",
}

const CENTRE: &[Who] = &[Holder(Dispatcher, Governs), Holder(Office, Governs), Holder(Leader, Governs)];
const SUPERVISION: &[Who] = &[Holder(Verifier, Governs), Holder(Office, Governs), Holder(Leader, Governs)];
const DECIDERS: &[Who] = &[Holder(Leader, Governs), Holder(Office, Governs)];
const UNIT: &[Who] = &[Holder(UnitClerk, Leads), Holder(UnitHead, Leads)];

pub const POLICY: Policy<Act> = Policy {
    area: "cases",
    rules: &[
        Rule { action: Act::Report, who: &[Everyone] },
        Rule {
            action: Act::Enter,
            who: &[
                Holder(Dispatcher, Governs),
                Holder(Office, Governs),
                Holder(Leader, Governs),
                Holder(Verifier, Governs),
                Holder(Inspector, Governs),
                Holder(UnitClerk, Governs),
                Holder(UnitHead, Governs),
            ],
        },
        Rule {
            action: Act::View,
            who: &[
                Owner,
                Holder(Leader, Governs),
                Holder(Office, Governs),
                Holder(Dispatcher, Governs),
                Holder(Verifier, Governs),
                Holder(Inspector, Governs),
                Holder(UnitHead, Leads),
                Holder(UnitClerk, Leads),
                Holder(UnitHead, Assists),
                Holder(UnitClerk, Assists),
            ],
        },
        Rule {
            action: Act::ViewReporter,
            who: &[
                Holder(Leader, Governs),
                Holder(Office, Governs),
                Holder(Dispatcher, Governs),
                Holder(Verifier, Governs),
            ],
        },
        Rule {
            action: Act::HearRecording,
            who: &[
                Owner,
                Holder(Leader, Governs),
                Holder(Office, Governs),
                Holder(Dispatcher, Governs),
                Holder(Verifier, Governs),
            ],
        },
        Rule {
            action: Act::Confirm,
            who: &[
                Holder(Verifier, Governs),
                Holder(Inspector, Governs),
                Holder(Office, Governs),
                Holder(Leader, Governs),
            ],
        },
        Rule { action: Act::Register, who: CENTRE },
        Rule { action: Act::Dispatch, who: CENTRE },
        Rule { action: Act::Handle, who: UNIT },
        Rule { action: Act::Assign, who: &[Holder(UnitHead, Leads)] },
        Rule {
            action: Act::Forward,
            who: &[
                Holder(UnitClerk, Leads),
                Holder(UnitHead, Leads),
                Holder(Dispatcher, Governs),
                Holder(Office, Governs),
                Holder(Leader, Governs),
            ],
        },
        Rule { action: Act::WishQuestion, who: UNIT },
        Rule {
            action: Act::Question,
            who: &[
                Holder(Dispatcher, Governs),
                Holder(Office, Governs),
                Holder(Leader, Governs),
                Holder(Verifier, Governs),
            ],
        },
        Rule { action: Act::AskTime, who: UNIT },
        Rule { action: Act::Return, who: UNIT },
        Rule { action: Act::DecideTime, who: DECIDERS },
        Rule { action: Act::Rule, who: DECIDERS },
        Rule { action: Act::Verify, who: SUPERVISION },
        Rule { action: Act::Close, who: SUPERVISION },
        Rule { action: Act::DecideContest, who: SUPERVISION },
        Rule { action: Act::Merge, who: CENTRE },
        Rule { action: Act::Split, who: CENTRE },
        Rule { action: Act::Void, who: DECIDERS },
        Rule { action: Act::Supervise, who: DECIDERS },
        Rule { action: Act::Import, who: DECIDERS },
        Rule { action: Act::EditCatalogue, who: &[Holder(Office, Governs)] },
        Rule { action: Act::EditRules, who: DECIDERS },
        Rule {
            action: Act::Relate,
            who: &[
                Holder(Dispatcher, Governs),
                Holder(Office, Governs),
                Holder(Leader, Governs),
                Holder(Verifier, Governs),
            ],
        },
        Rule {
            action: Act::Redact,
            who: &[
                Holder(Dispatcher, Governs),
                Holder(Office, Governs),
                Holder(Leader, Governs),
                Holder(Verifier, Governs),
            ],
        },
        Rule {
            action: Act::ViewUncovered,
            who: &[
                Holder(Leader, Governs),
                Holder(Office, Governs),
                Holder(Dispatcher, Governs),
                Holder(Verifier, Governs),
                Holder(Inspector, Governs),
                Holder(UnitHead, Leads),
                Holder(UnitClerk, Leads),
            ],
        },
        Rule {
            action: Act::Statistics,
            who: &[
                Holder(Leader, Governs),
                Holder(Office, Governs),
                Holder(Dispatcher, Governs),
                Holder(Verifier, Governs),
            ],
        },
    ],
};

/// Which cases a person sees in lists. Agrees with `POLICY.may(ctx, Act::View, …)`; a test holds them together.
pub fn visible_to(ctx: &Ctx) -> Visible {
    POLICY.visible(ctx, Act::View)
}

/// Whether somebody works for one of these units: as its clerk or head, whatever other roles they hold.
pub fn works_for(ctx: &Ctx, mut units: impl Iterator<Item = Id<Unit>>) -> bool {
    units.any(|unit| ctx.grants().iter().any(|g| matches!(g.role, UnitClerk | UnitHead) && g.covers(unit)))
}

/// Whether somebody gets a picture as it came though parts are taken out of it for others. Where the office keeps them from
/// the unit too, no second role lifts it.
pub fn sees_uncovered(ctx: &Ctx, case: &Case, assisting: &[Id<Unit>], cover: &Cover) -> bool {
    let handlers = case.lead_unit.into_iter().chain(assisting.iter().copied());
    POLICY.may(ctx, Act::ViewUncovered, &case.standing(assisting))
        && !(cover.from_unit && works_for(ctx, handlers))
}

/// Whether somebody may hear the recordings of a case. Whoever handles it does not, and no second role lifts it.
pub fn may_hear(ctx: &Ctx, case: &Case, assisting: &[Id<Unit>]) -> bool {
    let handlers = case.lead_unit.into_iter().chain(assisting.iter().copied());
    POLICY.may(ctx, Act::HearRecording, &case.standing(assisting)) && !works_for(ctx, handlers)
}

/// The standing of something that concerns the city as a whole: its catalogue, its statistics.
pub fn city() -> Standing {
    Standing::city()
}

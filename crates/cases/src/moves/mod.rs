//! What people do with a case, as pages and the API name it: each verb is a resource below the case
//! (`POST /cases/CASE-2026-000412/dispatch`), has its line here, and is carried out by [`perform`].

mod allowed;
mod perform;

pub use allowed::{Facts, allowed};
pub use perform::{Deed, perform};

use crate::policy::Act;
use crate::workflow::{State, Step};

/// One line of the table.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    pub verb: Verb,
    /// Ending of its address, and its name in the API.
    pub code: &'static str,
    pub path: &'static str,
    pub act: Act,
    /// The action as the list of routes names it.
    pub access: &'static str,
    /// Moves of the workflow that it makes, any of which must be possible. None: see [`allowed`].
    pub steps: &'static [Step],
    pub icon: &'static str,
    /// What its form asks; nothing: a button is enough. A field that ends in `?` may be left empty.
    pub fields: &'static [&'static str],
}

macro_rules! verbs {
    ($($(#[$meta:meta])* $verb:ident $code:literal $act:ident $action:literal [$($step:ident),*] $icon:literal
        [$($field:literal),*];)+) => {
        kernel::named! {
            /// What can be done, in the order in which it is offered.
            pub enum Verb { $($(#[$meta])* $verb = $code),+ }
        }
        /// The table.
        pub const VERBS: &[Row] = &[$(Row {
            verb: Verb::$verb,
            code: $code,
            path: concat!("/cases/{number}/", $code),
            act: Act::$act,
            access: concat!("cases-", $action),
            steps: &[$(Step::$step),*],
            icon: $icon,
            fields: &[$($field),*],
        }),+];
    };
}

verbs! {
    // what waits for a decision
    /// What the reporter said on the telephone.
    Reply "reply" Question "question" [Reply] "message-2" ["reply"];
    TimeDecision "time-decision" DecideTime "decide-time" [] "gavel" ["decision", "reason?"];
    Ruling "ruling" Rule "rule" [Rule] "scale" ["unit", "reason"];
    ContestDecision "contest-decision" DecideContest "decide-contest" [Uphold, Reopen] "gavel" ["decision", "reason"];
    // the main road
    /// Confirmed, registered and dispatched in one go.
    Acceptance "acceptance" Dispatch "dispatch" [] "send" ["item", "condition", "lead", "assisting?", "note?"];
    Confirmation "confirmation" Confirm "confirm" [Confirm] "check" [];
    Registration "registration" Register "register" [Register] "file-certificate" ["item", "condition"];
    Dispatch "dispatch" Dispatch "dispatch" [Dispatch, Redispatch] "send" ["lead", "assisting?", "note?"];
    Answer "answer" Handle "handle" [Answer] "camera" ["take_forward?", "after-photos", "no_photo?", "text"];
    /// 指派到人: to one of the unit's people; to nobody in particular where the field is left empty.
    Assignment "assignment" Assign "assign" [] "user-check" ["handler?", "note?"];
    Receipt "receipt" Handle "handle" [Receive] "check" [];
    Verification "verification" Verify "verify" [Pass] "clipboard-check" ["check-photos?", "note?"];
    Rework "rework" Verify "verify" [Rework] "repeat" ["check-photos?", "reason"];
    Closure "closure" Close "close" [Close] "checks" ["note?"];
    /// 回头看: what somebody found who went there again.
    SecondLook "second-look" Verify "verify" [Recall] "eye" ["outcome", "check-photos?", "note?"];
    // side roads
    /// The office's words to the reporter; where a unit wished for one, its words are the beginning.
    Question "question" Question "question" [Inquire] "help-circle" ["question"];
    QuestionRefusal "question-refusal" Question "question" [] "x" ["reason"];
    Refusal "refusal" Confirm "confirm" [Refuse] "ban" ["reason"];
    ExtensionRequest "extension-request" AskTime "ask-time" [] "hourglass" ["amount", "reason"];
    ParkingRequest "parking-request" AskTime "ask-time" [] "clock-pause" ["until", "reason"];
    QuestionWish "question-wish" WishQuestion "wish-question" [] "help-circle" ["question"];
    QuestionWithdrawal "question-withdrawal" Question "question" [Lapse] "rotate-2" [];
    /// 转外部单位: somebody without an account is asked for help.
    Forward "forward" Forward "forward" [] "arrow-forward-up" ["party", "mail?", "phone?", "ask", "answer_by"];
    ForwardAgain "forward-again" Forward "forward" [] "arrow-forward-up" ["ask", "answer_by"];
    ForwardWithdrawal "forward-withdrawal" Forward "forward" [] "rotate-2" [];
    HandBack "hand-back" Handle "handle" [] "arrow-back-up" ["reason"];
    RequestWithdrawal "request-withdrawal" AskTime "ask-time" [] "rotate-2" [];
    Return "return" Return "return" [Return] "arrow-back-up" ["reason"];
    Dispute "dispute" Return "return" [Dispute] "scale" ["reason"];
    Resumption "resumption" DecideTime "decide-time" [Resume] "player-play" [];
    Supervision "supervision" Supervise "supervise" [] "speakerphone" ["rung?", "answer_by?", "text"];
    Correction "correction" Register "register" [] "pencil" ["title", "item?", "address?", "urgent?"];
    /// 反弹: it is this earlier case again.
    Recurrence "recurrence" Relate "relate" [] "repeat" ["earlier"];
    RecurrenceEnd "recurrence-end" Relate "relate" [] "rotate-2" ["reason"];
    Merge "merge" Merge "merge" [Merge] "git-fork" ["into"];
    Unmerge "unmerge" Merge "merge" [Unmerge] "rotate-2" [];
    Split "split" Split "split" [Split] "subtask" ["parts"];
    Parking "parking" DecideTime "decide-time" [Park] "player-pause" ["until", "reason"];
    Voiding "voiding" Void "void" [Void] "trash" ["reason"];
}

impl Verb {
    pub fn row(self) -> &'static Row {
        // the table is written by the same macro as the enum, in the same order
        &VERBS[self as usize]
    }

    /// Key of what the button says.
    pub fn text(self, state: State) -> String {
        match self {
            Verb::Dispatch if state.is_at_unit() => "case-verb-redispatch".to_owned(),
            verb => format!("case-verb-{}", verb.row().code),
        }
    }

    /// Whether it is what the case waits for in this state.
    pub fn leads_on(self, state: State) -> bool {
        match self {
            Verb::TimeDecision
            | Verb::Ruling
            | Verb::ContestDecision
            | Verb::Acceptance
            | Verb::Reply
            | Verb::SecondLook => true,
            Verb::Confirmation => state == State::Reported,
            Verb::Registration => state == State::Confirmed,
            Verb::Dispatch => state == State::Registered,
            Verb::Answer => state.is_at_unit(),
            Verb::Verification => state == State::Answered,
            Verb::Closure => state == State::Verified,
            _ => false,
        }
    }

    /// Whether this field of its form (a name in [`Row::fields`]) must be filled in. Whoever sends a case to another
    /// unit while one is at work on it says why; [`perform`] refuses it otherwise.
    pub fn needs(self, field: &str, state: State) -> bool {
        !field.ends_with('?') || (self == Verb::Dispatch && field == "note?" && state.is_at_unit())
    }

    /// Whether a button does it without a form of its own.
    pub fn is_plain(self) -> bool {
        self.row().fields.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::workflow::Named;

    #[test]
    fn rows_stand_in_the_order_of_their_verbs() {
        for verb in Verb::ALL {
            assert_eq!(verb.row().verb, *verb);
            assert_eq!(verb.row().code, verb.code());
        }
    }

    #[test]
    fn every_step_that_a_person_makes_has_a_verb() {
        for step in Step::ALL {
            let offered = VERBS.iter().any(|row| row.steps.contains(step));
            // the reporter contests on the status page; the program gathers parts, and ends what nobody answered
            assert_eq!(offered, !matches!(step, Step::Contest | Step::Gather | Step::Drop), "{step:?}");
        }
    }
}

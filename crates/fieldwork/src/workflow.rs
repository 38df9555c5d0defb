//! The life of a record, whole on one page.
//!
//! What is handed in counts until it is returned or set aside. What comes for a visit that has a record already is a second reading:
//! it waits for the office, which chooses one of the two.

use kernel::workflow::ClockEffect::{End, Run, Start};
use kernel::workflow::{Move, Workflow};

kernel::named! {
    pub enum State {
        /// 草稿: seen by its inspector alone.
        Draft = "draft",
        /// 已提交: counts, and waits to be looked at.
        HandedIn = "handed-in",
        /// 已退回, with a reason.
        Returned = "returned",
        /// 已通过
        Accepted = "accepted",
        /// 待取舍: another reading of a visit that has a record.
        Rival = "rival",
        /// 不采用: kept, and counts nowhere.
        Aside = "aside",
    }
}
store::coded!(State);

kernel::named! {
    pub enum Step {
        HandIn = "hand-in",
        Return = "return",
        Accept = "accept",
        Choose = "choose",
        SetAside = "set-aside",
    }
}

use State::{Accepted, Aside, Draft, HandedIn, Returned, Rival};

pub const RECORD: Workflow<State, Step> = Workflow {
    entity: "field-record",
    start: &[Draft, HandedIn, Rival],
    ends: &[Accepted, Aside],
    moves: &[
        Move { from: &[Draft, Returned], name: Step::HandIn, to: HandedIn, clock: Start },
        Move { from: &[HandedIn], name: Step::Return, to: Returned, clock: Run },
        Move { from: &[HandedIn], name: Step::Accept, to: Accepted, clock: End },
        Move { from: &[Rival], name: Step::Choose, to: HandedIn, clock: Start },
        // a draft gives way to what its inspector sent by another door; a record to the reading that was chosen instead
        Move {
            from: &[Draft, HandedIn, Returned, Accepted, Rival],
            name: Step::SetAside,
            to: Aside,
            clock: End,
        },
    ],
};

impl State {
    /// Whether its observations count.
    pub fn counts(self) -> bool {
        matches!(self, HandedIn | Accepted)
    }

    /// Whether its inspector may still write in it.
    pub fn open(self) -> bool {
        matches!(self, Draft | Returned)
    }

    /// The colour that repeats what the word says.
    pub fn mood(self) -> &'static str {
        match self {
            Draft | Aside => "paused",
            HandedIn => "active",
            Returned | Rival => "waiting",
            Accepted => "done",
        }
    }
}

//! What a letter is, and what the ladder has to know of the thing it is about. No input or output.

use crate::policy::Act;
use crate::workflow::{LETTER, State, Step};
use kernel::calendar::Limit;
use kernel::ctx::{Person, Unit};
use kernel::id::Id;
use kernel::policy::{Standing, Tie};
use kernel::problem::Result;
use kernel::time::{Date, Instant};
use serde::{Deserialize, Serialize};
use store::{Sealed, record, sealed_columns};

sealed_columns! {
    /// What people wrote about how a unit does its work; it may name residents.
    pub LetterText = "ladder_letter"."text" of "id";
    pub LetterWhom = "ladder_letter"."meet_whom" of "id";
    pub LetterAnswer = "ladder_letter"."answer" of "id";
    pub LetterMinutes = "ladder_letter"."minutes" of "id";
    pub LetterReason = "ladder_letter"."reason" of "id";
    pub UndertakingText = "ladder_undertaking"."text" of "id";
}

kernel::named! {
    /// 催办、督办、约谈.
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum Rung { Reminder = "reminder", Letter = "letter", Summons = "summons" }
}
store::coded!(Rung);

impl Rung {
    /// What follows when this one has not helped.
    pub fn next(self) -> Option<Rung> {
        match self {
            Rung::Reminder => Some(Rung::Letter),
            Rung::Letter => Some(Rung::Summons),
            Rung::Summons => None,
        }
    }
}

/// What stands in `step` where no step of the ladder but a person asked.
pub const BY_HAND: &str = "by-hand";

record! {
    /// A letter of any rung.
    #[derive(Clone, Debug)]
    pub struct Letter in "ladder_letter" {
        pub id: Id<Letter>,
        /// `LD-2026-000012`.
        pub code: String,
        pub rung: Rung,
        pub state: State,
        pub step: String,
        /// Which deadline of the subject it is about; see [`Clock::occasion`].
        pub occasion: String,
        pub subject_kind: String,
        pub subject_id: i64,
        pub subject_number: String,
        pub subject_title: String,
        pub unit_id: Id<Unit>,
        pub governing_unit: Option<Id<Unit>>,
        /// `letter-2026`.
        pub series: Option<String>,
        pub series_number: Option<i64>,
        /// 文号, once issued: 嘉创督〔2026〕7号.
        pub number: Option<String>,
        /// What is asked of the unit.
        pub text: Sealed<LetterText>,
        /// The deadline that it is about.
        pub due_at: Option<Instant>,
        pub answer_by: Option<Instant>,
        /// Of a summons: when, where, whom.
        pub meet_at: Option<Instant>,
        pub meet_place: String,
        pub meet_whom: Sealed<LetterWhom>,
        pub proposed_at: Instant,
        /// Who stands behind the text.
        pub drafted_by: Option<Id<Person>>,
        pub issued_at: Option<Instant>,
        /// None where the program issued it.
        pub signed_by: Option<Id<Person>>,
        pub acknowledged_at: Option<Instant>,
        pub acknowledged_by: Option<Id<Person>>,
        pub answered_at: Option<Instant>,
        pub answered_by: Option<Id<Person>>,
        pub answer: Sealed<LetterAnswer>,
        /// When the talk took place.
        pub held_at: Option<Instant>,
        pub minutes: Sealed<LetterMinutes>,
        pub ended_at: Option<Instant>,
        /// Why it was refused, withdrawn, sent back or closed.
        pub reason: Sealed<LetterReason>,
        pub carried_from: Option<Id<Letter>>,
        pub version: i64,
    }
}

impl Letter {
    /// What the policy needs to know of it. A unit has no tie to what has not been issued.
    pub fn standing(&self) -> Standing {
        let mut ties: Vec<(Tie, Id<Unit>)> = Vec::with_capacity(2);
        ties.extend(self.governing_unit.map(|u| (Tie::Governs, u)));
        if self.state.is_out() {
            ties.push((Tie::Leads, self.unit_id));
        }
        Standing { ties, owner: None }
    }

    /// Moves it on, or says why the table does not allow that.
    pub fn step(&mut self, step: Step) -> Result<()> {
        self.state = LETTER.step(self.state, step)?.to;
        Ok(())
    }

    /// Whether its answer is late.
    pub fn is_late(&self, now: Instant) -> bool {
        self.state.waits_for_unit() && self.answer_by.is_some_and(|by| by < now)
    }

    /// The official number, or what stands for it before.
    pub fn name(&self) -> &str {
        self.number.as_deref().unwrap_or(&self.code)
    }
}

record! {
    /// What a unit undertook at a summons.
    #[derive(Clone, Debug)]
    pub struct Undertaking in "ladder_undertaking" {
        pub id: Id<Undertaking>,
        pub letter_id: Id<Letter>,
        pub text: Sealed<UndertakingText>,
        pub due: Date,
        pub done_at: Option<Instant>,
        pub done_by: Option<Id<Person>>,
        pub version: i64,
    }
}

/// The running deadline of a subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clock {
    /// Names this deadline among all that the subject has had: changes when the work is given out anew, given more time
    /// or given back, and not when a calendar moves the same deadline.
    pub occasion: String,
    pub due: Instant,
    /// The time that was allowed in all.
    pub limit: Limit,
}

/// A thing with a deadline that a unit must keep: a case, a task.
#[derive(Clone, Debug)]
pub struct Subject {
    /// Code of its [`Source`](crate::sources::Source).
    pub kind: &'static str,
    pub id: i64,
    pub number: String,
    pub title: String,
    /// Where; empty where it has no place.
    pub place: String,
    /// Since when it is the unit's.
    pub since: Option<Instant>,
    pub unit: Option<Id<Unit>>,
    pub governing_unit: Option<Id<Unit>>,
    /// Nothing is asked of anybody any more.
    pub over: bool,
    /// None while nothing runs: not given out, paused, answered, over.
    pub clock: Option<Clock>,
}

impl Subject {
    pub fn standing(&self) -> Standing {
        let governs = self.governing_unit.map(|u| (Tie::Governs, u));
        Standing { ties: governs.into_iter().collect(), owner: None }
    }
}

/// Moves that a person can be offered, with the action that the policy asks for.
pub const OFFERED: &[(Step, Act)] = &[
    (Step::Sign, Act::Sign),
    (Step::Submit, Act::Submit),
    (Step::Answer, Act::Answer),
    (Step::Acknowledge, Act::Answer),
    (Step::Hold, Act::Close),
    (Step::Close, Act::Close),
    (Step::Carry, Act::Close),
    (Step::SendBack, Act::Refuse),
    (Step::Refuse, Act::Refuse),
    (Step::Withdraw, Act::Withdraw),
];

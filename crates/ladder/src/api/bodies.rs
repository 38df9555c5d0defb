//! What the API answers.

use crate::climb::Ready;
use crate::queries::{Full, LetterLine};
use crate::workflow::Step;
use kernel::time::Instant;
use kernel::workflow::Named;
use serde::Serialize;
use utoipa::ToSchema;

/// A letter of the register.
#[derive(Serialize, ToSchema)]
pub(crate) struct LetterBody {
    /// Names it in addresses, also before it is issued: `LD-2026-000012`.
    pub code: String,
    /// 文号, once issued.
    pub number: Option<String>,
    /// `reminder`, `letter` or `summons`.
    pub rung: &'static str,
    /// `proposed`, `submitted`, `issued`, `acknowledged`, `answered`, `held`, `closed`, `carried`, `withdrawn`, `refused`,
    /// `lapsed`.
    pub state: &'static str,
    /// What it is about: `case`, and its number.
    pub subject_kind: String,
    pub subject_number: String,
    pub subject_title: String,
    /// Name of the unit that it is to.
    pub unit: String,
    /// RFC 3339, as all times here.
    pub proposed_at: String,
    pub issued_at: Option<String>,
    pub answer_by: Option<String>,
    pub acknowledged_at: Option<String>,
    pub answered_at: Option<String>,
    pub ended_at: Option<String>,
    /// Whether an answer is owed and late.
    pub late: bool,
}

fn time(at: Option<Instant>) -> Option<String> {
    at.map(Instant::rfc3339)
}

impl LetterBody {
    pub(crate) fn of(line: &LetterLine, unit: String, now: Instant) -> Self {
        Self {
            late: line.is_late(now),
            code: line.code.clone(),
            number: line.number.clone(),
            rung: line.rung.code(),
            state: line.state.code(),
            subject_kind: line.subject_kind.clone(),
            subject_number: line.subject_number.clone(),
            subject_title: line.subject_title.clone(),
            unit,
            proposed_at: line.proposed_at.rfc3339(),
            issued_at: time(line.issued_at),
            answer_by: time(line.answer_by),
            acknowledged_at: time(line.acknowledged_at),
            answered_at: time(line.answered_at),
            ended_at: time(line.ended_at),
        }
    }
}

#[derive(Serialize, ToSchema)]
pub(crate) struct LetterPage {
    pub items: Vec<LetterBody>,
    /// For `after` of the next page.
    pub next: Option<String>,
}

/// What a unit undertook at a talk.
#[derive(Serialize, ToSchema)]
pub(crate) struct UndertakingBody {
    pub text: String,
    /// A date.
    pub due: String,
    pub kept_at: Option<String>,
}

/// A letter with its text and what the key may do with it.
#[derive(Serialize, ToSchema)]
pub(crate) struct LetterRecord {
    pub code: String,
    pub number: Option<String>,
    pub rung: &'static str,
    pub state: &'static str,
    pub subject_kind: String,
    pub subject_number: String,
    pub subject_title: String,
    pub unit: String,
    /// What is asked of the unit.
    pub text: String,
    pub due_at: Option<String>,
    pub issued_at: Option<String>,
    pub answer_by: Option<String>,
    pub acknowledged_at: Option<String>,
    pub answered_at: Option<String>,
    pub answer: String,
    pub meet_at: Option<String>,
    pub meet_place: String,
    pub meet_whom: String,
    pub held_at: Option<String>,
    pub minutes: String,
    pub undertakings: Vec<UndertakingBody>,
    pub ended_at: Option<String>,
    pub reason: String,
    /// Names for `move` that would be taken now.
    pub allowed_moves: Vec<&'static str>,
}

impl LetterRecord {
    pub(crate) fn of(full: &Full, moves: &[Step]) -> Self {
        let letter = &full.letter;
        let undertaking = |u: &crate::model::Undertaking| UndertakingBody {
            text: u.text.to_string(),
            due: u.due.to_string(),
            kept_at: time(u.done_at),
        };
        Self {
            code: letter.code.clone(),
            number: letter.number.clone(),
            rung: letter.rung.code(),
            state: letter.state.code(),
            subject_kind: letter.subject_kind.clone(),
            subject_number: letter.subject_number.clone(),
            subject_title: letter.subject_title.clone(),
            unit: full.unit.clone(),
            text: letter.text.to_string(),
            due_at: time(letter.due_at),
            issued_at: time(letter.issued_at),
            answer_by: time(letter.answer_by),
            acknowledged_at: time(letter.acknowledged_at),
            answered_at: time(letter.answered_at),
            answer: letter.answer.to_string(),
            meet_at: time(letter.meet_at),
            meet_place: letter.meet_place.clone(),
            meet_whom: letter.meet_whom.to_string(),
            held_at: time(letter.held_at),
            minutes: letter.minutes.to_string(),
            undertakings: full.undertakings.iter().map(undertaking).collect(),
            ended_at: time(letter.ended_at),
            reason: letter.reason.to_string(),
            allowed_moves: moves.iter().map(|s| s.code()).collect(),
        }
    }
}

/// A step of the ladder that is due.
#[derive(Serialize, ToSchema)]
pub(crate) struct DueBody {
    pub subject_kind: &'static str,
    pub subject_number: String,
    pub subject_title: String,
    /// Code of the ladder's step.
    pub step: String,
    pub rung: &'static str,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct DuePage {
    /// Whether the ladder does this by itself at its next run.
    pub on: bool,
    pub items: Vec<DueBody>,
    /// For `after` of the next page; absent when everything was looked at.
    pub next: Option<String>,
}

impl DueBody {
    pub(crate) fn of(ready: &Ready) -> Self {
        Self {
            subject_kind: ready.subject.kind,
            subject_number: ready.subject.number.clone(),
            subject_title: ready.subject.title.clone(),
            step: ready.step.clone(),
            rung: ready.rung.code(),
        }
    }
}

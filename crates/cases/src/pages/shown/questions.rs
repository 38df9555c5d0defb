//! Questions to the reporter, as those who may read the case see them.

use super::Reader;
use crate::commands;
use crate::desk::Desk;
use crate::model::{Question, QuestionState};
use kernel::masking::{Audience, mask_text};
use kernel::time::Instant;
use kernel::workflow::Named;
use web::Ui;

/// One question with what came of it.
#[derive(Clone, Debug)]
pub(crate) struct QuestionLine {
    /// What was asked in the office's words; before it was, the unit's wish.
    pub asked: String,
    pub reply: String,
    pub state: String,
    pub mood: &'static str,
    pub at: Option<Instant>,
    /// Until when the reporter may answer, while they have not.
    pub answer_by: Option<Instant>,
}

pub(crate) fn questions(ui: &Ui, desk: &Desk, all: &[Question], reader: Reader) -> Vec<QuestionLine> {
    let line = |q: &Question| QuestionLine {
        asked: if q.body.is_empty() { q.wish.to_string() } else { q.body.to_string() },
        reply: match reader {
            Reader::Office | Reader::Reporter => q.reply.to_string(),
            Reader::Unit => mask_text(&q.reply, Audience::Unit),
            Reader::Public => String::new(),
        },
        state: ui.named("question-state", q.state.code()),
        mood: match q.state {
            QuestionState::Wished | QuestionState::Asked => "soon",
            QuestionState::Answered => "ok",
            QuestionState::Lapsed | QuestionState::Withdrawn => "",
        },
        at: q.asked_at.or(q.wished_at),
        answer_by: commands::answer_by(desk, q).filter(|_| q.state == QuestionState::Asked),
    };
    all.iter().rev().map(line).collect()
}

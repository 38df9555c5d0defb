//! How a letter and what happened to it are shown.

use super::shared;
use crate::model::{Letter, Rung};
use crate::queries::Full;
use crate::workflow::State;
use kernel::time::Instant;
use papers::document::Numbering;
use papers::{Block, Document};
use store::audit::HistoryLine;
use web::Ui;
use web::parts::{Fact, Line, Stage, Step};

/// A block of the paper on the page.
pub(super) enum Shown {
    Text(String),
    Heading(String),
    Rows(Vec<Vec<String>>),
}

pub(super) fn blocks(document: &Document) -> Vec<Shown> {
    let mut numbers = Numbering::default();
    document
        .body
        .iter()
        .map(|block| match block {
            Block::Paragraph(text) => Shown::Text(text.clone()),
            Block::Item { level, text } => {
                let text = format!("{}{text}", numbers.next(*level));
                if *level == papers::Level::First { Shown::Heading(text) } else { Shown::Text(text) }
            }
            Block::Table(table) => Shown::Rows(table.rows.clone()),
        })
        .collect()
}

fn look(verb: &str) -> (&'static str, &'static str) {
    match verb {
        "ladder.proposed" => ("flag", ""),
        "ladder.submitted" => ("send", "brand"),
        "ladder.sent-back" => ("arrow-back-up", "late"),
        "ladder.issued" => ("rubber-stamp", "brand"),
        "ladder.acknowledged" => ("check", "ok"),
        "ladder.answered" => ("message-report", "ok"),
        "ladder.held" => ("message-2", ""),
        "ladder.kept" | "ladder.closed" => ("checks", "ok"),
        "ladder.carried" => ("arrow-up", "late"),
        "ladder.withdrawn" => ("rotate-2", "late"),
        "ladder.refused" => ("ban", "late"),
        "ladder.lapsed" => ("clock", ""),
        "ladder.paper-made" => ("file-type-pdf", ""),
        _ => ("pencil", ""),
    }
}

/// Newest first.
pub(super) fn history(ui: &Ui, lines: &[HistoryLine]) -> Vec<Line> {
    web::events::lines(ui, lines, look)
}

/// What is known of a letter beside its text.
pub(super) fn facts(ui: &Ui, full: &Full, href: String) -> Vec<Fact> {
    let letter = &full.letter;
    let mut facts = vec![
        Fact::new(ui.t("letter-column-subject"), letter.subject_number.clone()).link(href),
        Fact::new(ui.t("letter-column-unit"), full.unit.clone()),
    ];
    let mut add = |key: &str, value: Option<String>| {
        if let Some(value) = value.filter(|v| !v.is_empty()) {
            facts.push(Fact::new(ui.t(key), value));
        }
    };
    let time = |at: Option<Instant>| at.map(|at| ui.time(&at));
    add("letter-column-code", Some(letter.code.clone()));
    add("letter-fact-step", Some(step(ui, letter)));
    add("letter-fact-due", time(letter.due_at));
    add("letter-column-issued", time(letter.issued_at));
    add("letter-column-answer-by", time(letter.answer_by));
    add("letter-column-acknowledged", time(letter.acknowledged_at));
    add("letter-column-answered", time(letter.answered_at));
    add("label-meet_at", time(letter.meet_at));
    add("label-meet_place", Some(letter.meet_place.clone()));
    add("label-meet_whom", Some(letter.meet_whom.to_string()));
    add("label-held_at", time(letter.held_at));
    add("letter-column-ended", time(letter.ended_at));
    add("letter-fact-reason", Some(letter.reason.to_string()));
    facts
}

fn step(ui: &Ui, letter: &Letter) -> String {
    ui.maybe(format!("ladder-step-{}", letter.step)).unwrap_or_else(|| letter.step.clone())
}

/// What the buttons look like.
pub(super) struct Button {
    pub text: String,
    pub icon: &'static str,
    pub resource: &'static str,
    pub main: bool,
    pub plain: bool,
}

pub(super) fn buttons(ui: &Ui, letter: &Letter) -> Vec<Button> {
    let steps = crate::moves::allowed(&ui.ctx, letter);
    let rows = steps.into_iter().filter_map(crate::forms::row);
    rows.enumerate()
        .map(|(n, row)| Button {
            text: ui.named("letter-move", kernel::workflow::Named::code(row.step)),
            icon: row.icon,
            resource: row.resource,
            main: n == 0,
            plain: row.fields.is_empty(),
        })
        .collect()
}

/// A line of another letter about the same.
pub(super) struct Other {
    pub code: String,
    pub name: String,
    pub rung: String,
    pub state: String,
    pub mood: &'static str,
}

pub(super) fn others(ui: &Ui, letters: &[Letter]) -> Vec<Other> {
    let other = |l: &Letter| Other {
        code: l.code.clone(),
        name: l.name().to_owned(),
        rung: shared::rung(ui, l.rung),
        state: shared::state(ui, l.state),
        mood: shared::mood(l, ui.now()),
    };
    letters.iter().map(other).collect()
}

/// The stages of a letter, as far as they apply to its rung.
pub(super) fn stages(ui: &Ui, letter: &Letter) -> Vec<Step> {
    use State::{Acknowledged, Answered, Held, Issued, Proposed, Submitted};
    let mut road = vec![Proposed];
    if letter.rung != Rung::Reminder || letter.state == Submitted {
        road.push(Submitted);
    }
    road.extend([Issued, Acknowledged]);
    if letter.answer_by.is_some() || letter.rung != Rung::Reminder {
        road.push(Answered);
    }
    if letter.rung == Rung::Summons {
        road.push(Held);
    }
    // an end stands where the road would lead to: closed, withdrawn, refused
    let end = if letter.state.is_over() { letter.state } else { State::Closed };
    road.push(end);
    let reached = |state: State| match state {
        Proposed => Some(letter.proposed_at),
        Submitted | Issued => letter.issued_at,
        Acknowledged => letter.acknowledged_at,
        Answered => letter.answered_at,
        Held => letter.held_at,
        _ => letter.ended_at,
    };
    road.into_iter()
        .map(|state| {
            let at = reached(state);
            let stage = match () {
                () if state == letter.state => Stage::Current,
                () if at.is_some() => Stage::Done,
                () => Stage::ToCome,
            };
            let meta = at.filter(|_| stage != Stage::ToCome && state != Submitted);
            Step {
                name: shared::state(ui, state),
                meta: meta.map(|at| ui.short(&at)).unwrap_or_default(),
                stage,
                late: state == letter.state && letter.is_late(ui.now()),
            }
        })
        .collect()
}

//! A letter begins: asked for by a step of the ladder, or by a person.

use super::{event, issue, required};
use crate::compose;
use crate::jobs::{self, What};
use crate::model::{BY_HAND, Letter, Rung, Subject};
use crate::policy::{Act, POLICY};
use crate::rules::{LADDER, Ladder, Manner};
use crate::sources::Desk;
use crate::store;
use crate::workflow::{State, Step};
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::time::Instant;
use kernel::workflow::Named;

/// A letter that a step asks for, not entered yet. The subject has a unit.
pub(crate) fn drafted(tx: &mut Tx<'_>, ladder: &Ladder, subject: &Subject, rung: Rung, step: &str) -> Letter {
    let clock = subject.clock.as_ref();
    Letter {
        id: tx.new_id(),
        code: String::new(),
        rung,
        state: State::Proposed,
        step: step.to_owned(),
        occasion: clock.map(|c| c.occasion.clone()).unwrap_or_default(),
        subject_kind: subject.kind.to_owned(),
        subject_id: subject.id,
        subject_number: subject.number.clone(),
        subject_title: subject.title.clone(),
        unit_id: subject.unit.unwrap_or(Id::new(0)),
        governing_unit: subject.governing_unit,
        series: None,
        series_number: None,
        number: None,
        text: compose::asked(rung, ladder.form(rung).answer_within.is_some()).into(),
        due_at: clock.map(|c| c.due),
        answer_by: None,
        meet_at: None,
        meet_place: String::new(),
        meet_whom: "".into(),
        proposed_at: tx.now(),
        drafted_by: None,
        issued_at: None,
        signed_by: None,
        acknowledged_at: None,
        acknowledged_by: None,
        answered_at: None,
        answered_by: None,
        answer: "".into(),
        held_at: None,
        minutes: "".into(),
        ended_at: None,
        reason: "".into(),
        carried_from: None,
        version: 1,
    }
}

/// Gives it the code that people call it by until it has a number, and saves it.
pub(crate) fn enter(ctx: &Ctx, tx: &mut Tx<'_>, mut letter: Letter) -> Result<Letter> {
    let year = ctx.now.date().year();
    letter.code = format!("LD-{year}-{:06}", tx.next_number(&format!("LD-{year}"))?);
    tx.insert(&letter)?;
    index(tx, &letter)?;
    let event =
        event("ladder.proposed", &letter).with("rung", letter.rung.code()).with("step", letter.step.as_str());
    tx.record(ctx, event)?;
    if letter.state == State::Proposed {
        jobs::tell(tx, &letter, What::Proposed)?;
    }
    Ok(letter)
}

/// Lets the search box find it by its title and its subject's.
pub(super) fn index(tx: &mut Tx<'_>, letter: &Letter) -> Result<()> {
    let words = format!("{} {} {}", letter.name(), letter.subject_number, letter.subject_title);
    tx.index_words(letter.id, &::store::words::index_tokens(&words))
}

/// What a person asks for.
#[derive(Clone, Debug)]
pub struct Proposal {
    pub rung: Rung,
    pub text: String,
    /// None: as the ladder says.
    pub answer_by: Option<Instant>,
}

/// A person asks for a letter about a subject. What the city lets issue itself goes out at once; else it waits for the
/// signature of somebody else. A summons waits for its time and place first.
pub fn propose(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    desk: &Desk,
    subject: &Subject,
    proposal: &Proposal,
) -> Result<Letter> {
    let standing = subject.standing();
    POLICY.require(ctx, Act::Propose, &standing, POLICY.may(ctx, Act::View, &standing))?;
    let rung = proposal.rung;
    let text = required("text", &proposal.text, 1000)?;
    if subject.unit.is_none() || subject.over {
        return Err(Problem::conflict("not-at-unit"));
    }
    if proposal.answer_by.is_some_and(|by| by <= ctx.now) {
        return Err(Problem::field("answer_by", "in-the-past"));
    }
    let key = (subject.kind, subject.id);
    let before = store::letters_of(tx, key.0, key.1)?;
    if let Some(open) = before.iter().find(|l| l.rung == rung && l.state.waits_for_office()) {
        return Err(Problem::conflict("letter-waits").arg("letter", &open.code));
    }
    let ladder = LADDER.get(tx)?;
    let mut letter = drafted(tx, &ladder, subject, rung, BY_HAND);
    letter.text = text.into();
    letter.answer_by = proposal.answer_by;
    letter.drafted_by = ctx.person();
    let itself = ladder.form(rung).manner == Manner::Itself;
    if !itself && rung != Rung::Summons {
        letter.step(Step::Submit)?;
    }
    stand_in(tx, &ladder, &letter)?;
    let letter = enter(ctx, tx, letter)?;
    if itself {
        return issue::issue_itself(ctx, tx, desk, &ladder, letter, subject);
    }
    if letter.state == State::Submitted {
        jobs::tell(tx, &letter, What::Submitted)?;
    }
    Ok(letter)
}

/// A letter that a person asked for stands in for what the ladder would ask for on this occasion. Not a reminder: the
/// ladder's come at their times.
pub(super) fn stand_in(tx: &mut Tx<'_>, ladder: &Ladder, letter: &Letter) -> Result<()> {
    if letter.rung == Rung::Reminder || letter.occasion.is_empty() {
        return Ok(());
    }
    let key = (letter.subject_kind.as_str(), letter.subject_id);
    let done = store::fired(tx, key, &letter.occasion)?;
    for rule in ladder.rules.iter().filter(|r| r.rung == letter.rung && !done.contains(&r.code)) {
        if !store::fire(tx, key, &letter.occasion, &rule.code, Some(letter.id))? {
            // the program has asked for the same at this very moment
            return Err(Problem::stale());
        }
    }
    Ok(())
}

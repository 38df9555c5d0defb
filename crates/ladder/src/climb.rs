//! Climbing: looks at what runs, and does what the ladder says is due, each step once.
//!
//! The run can be repeated, interrupted, or made by several programs at once: a step is done by whoever enters its row in
//! `ladder_fired`, in the same transaction as the letter that follows from it.

use crate::commands;
use crate::model::{BY_HAND, Letter, Rung, Subject};
use crate::rules::{self, Condition, Doing, Issued, LADDER, Ladder, Manner, Rule};
use crate::sources::{Desk, Source};
use crate::store::{self, Out};
use ::store::{Event, Tx};
use kernel::ctx::{Ctx, Unit};
use kernel::id::Id;
use kernel::problem::Result;
use kernel::time::{DAY, Instant};
use std::collections::HashMap;
use web::list::Cursor;

/// A step that is due for a subject.
#[derive(Clone, Debug)]
pub struct Ready {
    pub subject: Subject,
    pub step: String,
    pub rung: Rung,
    pub doing: Doing,
}

/// What has been done so far for some subjects, read for all of them at once.
struct Past {
    /// Subject, occasion, step.
    fired: HashMap<i64, Vec<(String, String)>>,
    about: HashMap<i64, Vec<Out>>,
    /// When letters were issued to a unit; only where a rule counts them.
    to: HashMap<Id<Unit>, Vec<Instant>>,
}

impl Past {
    fn of(tx: &mut Tx<'_>, ladder: &Ladder, subjects: &[Subject], now: Instant) -> Result<Self> {
        let mut past = Self { fired: HashMap::new(), about: HashMap::new(), to: HashMap::new() };
        let Some(kind) = subjects.first().map(|s| s.kind) else { return Ok(past) };
        let ids: Vec<i64> = subjects.iter().map(|s| s.id).collect();
        for (subject, occasion, step) in store::fired_of(tx, kind, &ids)? {
            past.fired.entry(subject).or_default().push((occasion, step));
        }
        for out in store::issued_about(tx, kind, &ids)? {
            past.about.entry(out.subject_id).or_default().push(out);
        }
        let conditions = ladder.rules.iter().filter(|r| r.on).flat_map(|r| r.when.iter());
        let longest = conditions.filter_map(|c| match c {
            Condition::Letters { days, of: rules::Scope::Unit, .. } => Some(i64::from(*days)),
            _ => None,
        });
        if let Some(days) = longest.max() {
            let mut units: Vec<Id<Unit>> = subjects.iter().filter_map(|s| s.unit).collect();
            units.sort_unstable();
            units.dedup();
            for out in store::issued_to(tx, &units, Rung::Letter, now.plus(-days * DAY))? {
                past.to.entry(out.unit_id).or_default().push(out.issued_at);
            }
        }
        Ok(past)
    }

    fn issued(&self, subject: &Subject, unit: Id<Unit>) -> Issued {
        let about = self.about.get(&subject.id).map_or(&[][..], Vec::as_slice);
        let of = |rung| about.iter().filter(move |o| o.unit_id == unit && o.rung == rung);
        Issued {
            reminders: u32::try_from(of(Rung::Reminder).count()).unwrap_or(u32::MAX),
            letters_of_subject: of(Rung::Letter).map(|o| o.issued_at).collect(),
            letters_of_unit: self.to.get(&unit).cloned().unwrap_or_default(),
        }
    }

    fn due<'l>(
        &self,
        desk: &Desk,
        ladder: &'l Ladder,
        subject: &Subject,
        now: Instant,
    ) -> Vec<(&'l Rule, Doing)> {
        let (Some(clock), Some(unit)) = (&subject.clock, subject.unit) else { return Vec::new() };
        let fired = self.fired.get(&subject.id).map_or(&[][..], Vec::as_slice);
        let done: Vec<String> = fired
            .iter()
            .filter(|(occasion, _)| *occasion == clock.occasion)
            .map(|(_, s)| s.clone())
            .collect();
        rules::due(ladder, clock, &self.issued(subject, unit), &done, &desk.calendar, now)
    }
}

/// Where a subject stands among those that run.
pub fn place(subject: &Subject) -> Option<Cursor> {
    subject.clock.as_ref().map(|clock| Cursor { sort: clock.due.0, id: subject.id })
}

/// What would be done now, of a page of a source's subjects, and where the next page begins. Changes nothing.
pub fn look(
    tx: &mut Tx<'_>,
    desk: &Desk,
    ladder: &Ladder,
    source: &dyn Source,
    after: Option<Cursor>,
    limit: i64,
) -> Result<(Vec<Ready>, Option<Cursor>)> {
    let now = tx.now();
    let subjects = source.running(tx, after, limit)?;
    let full = i64::try_from(subjects.len()).unwrap_or(0) == limit;
    let next = subjects.last().and_then(place).filter(|_| full);
    let past = Past::of(tx, ladder, &subjects, now)?;
    let mut ready = Vec::new();
    for subject in subjects {
        for (rule, doing) in past.due(desk, ladder, &subject, now) {
            ready.push(Ready { subject: subject.clone(), step: rule.code.clone(), rung: rule.rung, doing });
        }
    }
    Ok((ready, next))
}

/// Does what is due for one subject, looked at anew; the letters that came of it.
pub fn climb(ctx: &Ctx, tx: &mut Tx<'_>, desk: &Desk, kind: &str, id: i64) -> Result<Vec<Letter>> {
    let ladder = LADDER.get(tx)?;
    let found = desk.sources.of(kind)?.subject(tx, id)?;
    let Some(subject) = found.filter(|_| ladder.on) else {
        tx.housekeeping();
        return Ok(Vec::new());
    };
    let Some(clock) = subject.clock.clone() else {
        tx.housekeeping();
        return Ok(Vec::new());
    };
    let past = Past::of(tx, &ladder, std::slice::from_ref(&subject), ctx.now)?;
    let mut letters = Vec::new();
    for (rule, doing) in past.due(desk, &ladder, &subject, ctx.now) {
        let key = (subject.kind, subject.id);
        if doing == Doing::PassOver {
            if store::fire(tx, key, &clock.occasion, &rule.code, None)? {
                let event = Event::city("ladder.passed-over").with("step", rule.code.as_str());
                tx.record(ctx, event.with("subject", subject.number.as_str()))?;
            }
            continue;
        }
        let letter = commands::drafted(tx, &ladder, &subject, rule.rung, &rule.code);
        if !store::fire(tx, key, &clock.occasion, &rule.code, Some(letter.id))? {
            continue;
        }
        let letter = commands::enter(ctx, tx, letter)?;
        letters.push(match ladder.form(rule.rung).manner {
            Manner::Itself => commands::issue_itself(ctx, tx, desk, &ladder, letter, &subject)?,
            Manner::Signed => letter,
        });
    }
    if letters.is_empty() {
        // somebody else was first
        tx.housekeeping();
    }
    Ok(letters)
}

/// Whether a letter still has its ground: the same unit owes the same thing.
fn grounded(letter: &Letter, subject: Option<&Subject>) -> bool {
    let Some(subject) = subject.filter(|s| !s.over && s.unit == Some(letter.unit_id)) else { return false };
    let same = subject.clock.as_ref().is_some_and(|c| c.occasion == letter.occasion);
    // a person may ask at any time; what the program asked for, and every reminder, lives with the deadline
    same || (letter.step == BY_HAND && letter.rung != Rung::Reminder)
}

/// Letters that have lost their ground, of a page of open ones, and where the next page begins.
pub fn groundless(
    tx: &mut Tx<'_>,
    desk: &Desk,
    after: i64,
    limit: i64,
) -> Result<(Vec<Id<Letter>>, Option<i64>)> {
    let letters = store::open_letters(tx, after, limit)?;
    let full = i64::try_from(letters.len()).unwrap_or(0) == limit;
    let next = letters.last().map(|l| l.id.raw()).filter(|_| full);
    let mut found = Vec::new();
    for letter in letters {
        let subject = desk.sources.of(&letter.subject_kind)?.subject(tx, letter.subject_id)?;
        if !grounded(&letter, subject.as_ref()) && commands::settles(&letter) {
            found.push(letter.id);
        }
    }
    Ok((found, next))
}

/// Takes back what nobody has to sign any more, and closes a reminder that has helped: looked at anew.
pub fn settle(ctx: &Ctx, tx: &mut Tx<'_>, desk: &Desk, id: Id<Letter>) -> Result<()> {
    tx.housekeeping();
    let Some(letter) = store::letter(tx, id)? else { return Ok(()) };
    let subject = desk.sources.of(&letter.subject_kind)?.subject(tx, letter.subject_id)?;
    if grounded(&letter, subject.as_ref()) || !commands::settles(&letter) {
        return Ok(());
    }
    commands::settled(ctx, tx, desk, letter)
}

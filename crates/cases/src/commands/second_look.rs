//! 回头看: some of what was closed is looked at again, weeks later, by somebody who did not handle it.

use super::{independent, load_for, reason, recurrence, save, settle, take, verify};
use crate::clock;
use crate::desk::Desk;
use crate::jobs;
use crate::model::{Case, Look, LookState, Source};
use crate::policy::Act;
use crate::rules::RULES;
use crate::store;
use crate::workflow::{State, Step};
use ::store::files::Quarantined;
use ::store::secrets::Secrets;
use ::store::words::index_tokens;
use ::store::{Event, Tx};
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::time::{DAY, Instant};
use kernel::workflow::Named;

kernel::named! {
    /// What was found.
    pub enum Outcome {
        /// 保持良好.
        Held = "held",
        /// 没好: back to the unit.
        Recall = "recalled",
        /// 反弹: it had been fixed, and has come back; a case of its own.
        File = "filed",
        /// It could not be seen.
        Unclear = "unclear",
    }
}

impl Outcome {
    fn state(self) -> LookState {
        match self {
            Outcome::Held => LookState::Held,
            Outcome::Recall => LookState::Recalled,
            Outcome::File => LookState::Filed,
            Outcome::Unclear => LookState::Unclear,
        }
    }
}

/// Writes down what was found, and does what follows. Answers the look, with the case that was filed if one was.
pub fn second_look(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    desk: &Desk,
    id: Id<Case>,
    outcome: Outcome,
    note: &str,
    photos: &[(Quarantined, String)],
) -> Result<Look> {
    let case = load_for(ctx, tx, Act::Verify, id)?;
    if case.state != State::Closed {
        return Err(Problem::conflict("not-closed"));
    }
    let mut look = store::open_look(tx, id)?.ok_or_else(|| Problem::conflict("already-decided"))?;
    independent(ctx, &case)?;
    let note = match outcome {
        // whoever has to do it again, or anew, is told what was seen
        Outcome::Recall | Outcome::File => reason(note).map_err(|_| Problem::field("note", "required"))?,
        Outcome::Held | Outcome::Unclear => note.trim(),
    };
    verify::add(ctx, tx, id, photos)?;
    look.state = outcome.state();
    look.done_by = ctx.person();
    look.done_at = Some(ctx.now);
    look.note = note.into();
    let event = Event::new("case.looked-at", id).with("outcome", outcome.code()).text(note);
    tx.record(ctx, event)?;
    match outcome {
        Outcome::Held | Outcome::Unclear => {}
        Outcome::Recall => recall(ctx, tx, desk, case, note)?,
        Outcome::File => look.filed_id = Some(file(ctx, tx, desk, case, note)?.id),
    }
    tx.save(&look)?;
    Ok(look)
}

/// Back to the unit, with a new clock, counted as rework; its closing is undone, as when a contest is upheld.
fn recall(ctx: &Ctx, tx: &mut Tx<'_>, desk: &Desk, mut case: Case, note: &str) -> Result<()> {
    let event = take(&mut case, Step::Recall)?.text(note);
    case.rework_count += 1;
    case.closed_at = None;
    case.on_time = None;
    case.satisfaction = None;
    store::end_pauses(tx, case.id, ctx.now)?;
    clock::start_handling(&mut case, desk, ctx.now);
    settle(ctx, tx, desk, case, Step::Recall, event).map(drop)
}

/// The same problem again as a case of its own, seen by whoever looked: confirmed at once, and linked.
fn file(ctx: &Ctx, tx: &mut Tx<'_>, desk: &Desk, mut old: Case, note: &str) -> Result<Case> {
    let number = super::submit::next_number(ctx, tx)?;
    let mut case = Case {
        id: tx.new_id(),
        number,
        state: State::Confirmed,
        source: Source::Inspection,
        title: old.title.clone(),
        description: note.into(),
        strikes: old.strikes.moved((&old.title, &old.description), (&old.title, note)),
        item_id: old.item_id,
        condition: old.condition.clone(),
        urgent: old.urgent,
        lng: old.lng,
        lat: old.lat,
        crs: old.crs.clone(),
        accuracy_m: old.accuracy_m,
        address: old.address.clone(),
        section_id: old.section_id,
        along_m: old.along_m,
        division_id: old.division_id,
        grid: old.grid.clone(),
        site_id: old.site_id,
        governing_unit: old.governing_unit,
        suggested_unit: old.lead_unit,
        reported_by: ctx.person(),
        confirmed_at: Some(ctx.now),
        is_public: true,
        ..Case::blank(ctx.now)
    };
    clock::enter_stage(&mut case, desk, ctx.now, &[]);
    tx.insert(&case)?;
    crate::past::first(tx, ctx.now, &case)?;
    let words = format!("{} {} {} {}", case.title, note, case.address, desk.catalogue.name(case.item_id));
    tx.index_words(case.id, &index_tokens(&words))?;
    let event = Event::new("case.reported", case.id)
        .with("source", case.source.code())
        .with("number", case.number.as_str())
        .with("photo-count", 0);
    tx.record(ctx, event)?;
    recurrence::file_again(ctx, tx, &mut case, &mut old)?;
    save(ctx, tx, &mut case)?;
    jobs::reported(ctx, tx, &case)?;
    Ok(case)
}

/// How far back one run looks: a program that stood still for some days misses nothing.
const WINDOW: i64 = 7 * DAY;

/// Whether chance draws this closing. A keyed hash, so that nobody at a unit can work it out beforehand, and that the same
/// closing is drawn or not drawn however often it is asked.
fn is_drawn(secrets: &Secrets, id: Id<Case>, closed_at: Instant, percent: u32) -> bool {
    let signed = secrets.sign("second-look", &[&id.raw().to_be_bytes(), &closed_at.0.to_be_bytes()]);
    let [a, b, c, d, ..] = signed;
    u64::from(u32::from_be_bytes([a, b, c, d])) * 100 < u64::from(percent) << 32
}

/// Run by the program, a page at a time after this closing: draws what was closed so many days ago. Answers where to go on.
/// A week's closings are read each time, which is what is chosen from.
pub fn draw_looks(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    secrets: &Secrets,
    after: Option<(Instant, i64)>,
    limit: i64,
) -> Result<Option<(Instant, i64)>> {
    tx.housekeeping();
    let rules = RULES.get(tx)?;
    if rules.look_percent == 0 {
        return Ok(None);
    }
    let until = ctx.now.plus(-i64::from(rules.look_days) * DAY);
    let closed = store::closed_between(tx, after.unwrap_or((until.plus(-WINDOW), 0)), until, limit)?;
    let next = closed.last().map(|(id, at)| (*at, id.raw()));
    for (id, closed_at) in closed {
        if !is_drawn(secrets, id, closed_at, rules.look_percent) || store::look_drawn(tx, id, closed_at)? {
            continue;
        }
        let look = Look {
            id: tx.new_id(),
            case_id: id,
            closed_at,
            state: LookState::Open,
            drawn_at: ctx.now,
            done_by: None,
            done_at: None,
            note: "".into(),
            filed_id: None,
            version: 1,
        };
        tx.insert(&look)?;
        tx.record(ctx, Event::new("case.drawn", id))?;
    }
    Ok(next)
}

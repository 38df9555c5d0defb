//! 拆分: one report, several problems for several units. The parent follows its parts.

use super::{load_for, settle, take};
use crate::clock;
use crate::desk::Desk;
use crate::jobs;
use crate::model::{Case, Item};
use crate::policy::Act;
use crate::store;
use crate::workflow::{State, Step};
use ::store::{Event, Tx};
use kernel::ctx::{Ctx, Unit};
use kernel::id::Id;
use kernel::problem::{Problem, Result};

/// A part to be made.
#[derive(Clone, Debug)]
pub struct Part {
    pub title: String,
    pub item: Id<Item>,
    pub suggested: Option<Id<Unit>>,
}

/// Most parts of one case.
const MOST_PARTS: usize = 10;

pub fn split(ctx: &Ctx, tx: &mut Tx<'_>, desk: &Desk, id: Id<Case>, parts: &[Part]) -> Result<Vec<Case>> {
    let mut case = load_for(ctx, tx, Act::Split, id)?;
    let event = take(&mut case, Step::Split)?;
    if !(2..=MOST_PARTS).contains(&parts.len()) {
        return Err(Problem::field("parts", "two-to-ten"));
    }
    if case.parent_id.is_some() {
        return Err(Problem::conflict("part-of-a-case"));
    }
    let photos = store::photos(tx, id)?;
    let mut made = Vec::with_capacity(parts.len());
    for (n, part) in parts.iter().enumerate() {
        desk.catalogue.item(part.item).ok_or_else(|| Problem::field("parts", "not-a-choice"))?;
        let mut child = Case {
            id: tx.new_id(),
            number: format!("{}-{}", case.number, n + 1),
            state: State::Registered,
            title: part.title.trim().to_owned(),
            strikes: case
                .strikes
                .moved((&case.title, &case.description), (part.title.trim(), &case.description)),
            item_id: Some(part.item),
            condition: String::new(),
            suggested_unit: part.suggested.or(case.suggested_unit),
            lead_unit: None,
            handler_id: None,
            due_at: None,
            registered_at: Some(ctx.now),
            parent_id: Some(id),
            outside_system: None,
            outside_id: None,
            follower_count: 0,
            is_recurrence: false,
            recurrence_count: 0,
            version: 1,
            ..case.clone()
        };
        if child.title.is_empty() {
            return Err(Problem::field("parts", "required"));
        }
        clock::enter_stage(&mut child, desk, ctx.now, &[]);
        tx.insert(&child)?;
        crate::past::first(tx, ctx.now, &child)?;
        store::copy_answers(tx, id, child.id)?;
        for photo in &photos {
            store::add_photo(tx, child.id, photo.file_id, photo.kind, ctx)?;
        }
        tx.record(ctx, Event::new("case.part-made", child.id).with("number", case.number.as_str()))?;
        jobs::moved(ctx, tx, &child, Step::Register)?;
        made.push(child);
    }
    settle(ctx, tx, desk, case, Step::Split, event.with("part-count", made.len()))?;
    Ok(made)
}

/// All parts have ended: so has the parent's work. Run by the program.
pub fn gather(ctx: &Ctx, tx: &mut Tx<'_>, desk: &Desk, id: Id<Case>) -> Result<Option<Case>> {
    let mut case = store::case(tx, id)?.ok_or_else(Problem::not_found)?;
    let parts = store::children(tx, id)?;
    if case.state != State::Split || parts.iter().any(|p| !p.state.is_over()) {
        tx.housekeeping();
        return Ok(None);
    }
    let event = take(&mut case, Step::Gather)?;
    case.verified_at = Some(ctx.now);
    case.answered_at = parts.iter().filter_map(|p| p.answered_at).max();
    // no deadline of its own: its parts are counted, and counting it as well would count the problem twice
    settle(ctx, tx, desk, case, Step::Gather, event.with("part-count", parts.len())).map(Some)
}

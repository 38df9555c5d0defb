//! What the pages share.

use crate::model::{Letter, Rung};
use crate::sources::Desk;
use crate::workflow::State;
use kernel::ctx::Unit;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::time::Instant;
use kernel::workflow::Named;
use std::collections::HashMap;
use store::Tx;
use web::form::Filled;
use web::{Answer, Fail, Form, Req, Ui};

pub(crate) fn desk(req: &Req) -> Desk {
    Desk { base_url: req.app.settings().base_url.clone(), ..Desk::of(&req.city) }
}

pub(super) fn refused(req: &Req, form: &Form, problem: Problem) -> Answer<Filled> {
    Filled::refused(form, &problem).ok_or_else(|| Fail::of(req, problem))
}

/// Names of units.
pub(super) fn names(
    tx: &mut Tx<'_>,
    ids: impl Iterator<Item = Id<Unit>>,
) -> Result<HashMap<Id<Unit>, String>> {
    let ids: Vec<Id<Unit>> = ids.collect();
    people::queries::unit_names(tx, &ids)
}

pub(super) fn rung(ui: &Ui, rung: Rung) -> String {
    ui.named("rung", rung.code())
}

pub(super) fn state(ui: &Ui, state: State) -> String {
    ui.named("letter-state", state.code())
}

pub(super) fn mood(letter: &Letter, now: Instant) -> &'static str {
    if letter.is_late(now) { "late" } else { letter.state.mood() }
}

//! Making a batch of sheets, and choosing what is printed on them.

use super::name_of;
use crate::model::{Batch, Kind, Sheet, SheetState};
use crate::policy::{self, Act};
use crate::settings::{DESIGN, Design, MOST_SHEETS};
use ::store::{Event, Tx};
use cases::catalogue::Catalogue;
use kernel::ctx::Ctx;
use kernel::problem::{FieldError, Findings, Problem, Result};

/// What somebody asks for.
#[derive(Clone, Debug)]
pub struct NewBatch {
    /// Where the forms are given out, at most 60 characters.
    pub place: String,
    /// 1 to [`MOST_SHEETS`].
    pub amount: i64,
    /// What the last box is called: "something else".
    pub other: String,
}

impl NewBatch {
    fn check(&self) -> Result<()> {
        let mut findings = Findings::default();
        let place = self.place.trim();
        findings.check(!place.is_empty(), "paper_place", "required");
        if place.chars().count() > 60 {
            findings.add(FieldError::new("paper_place", "too-long").arg("max", 60));
        }
        findings.within("paper_amount", self.amount, 1, MOST_SHEETS);
        findings.done()
    }
}

/// Registers a batch: its sheets have numbers from now on, and are out. Records `paper.printed`.
///
/// # Errors
/// 422 at `paper_place` and `paper_amount`; 409 `no-catalogue` where there is no kind to offer.
pub fn print(ctx: &Ctx, tx: &mut Tx<'_>, catalogue: &Catalogue, new: &NewBatch) -> Result<Batch> {
    policy::require(ctx, Act::Print)?;
    new.check()?;
    let design = DESIGN.get(tx)?;
    let mut kinds = crate::show::kinds(catalogue, &design);
    if kinds.is_empty() {
        return Err(Problem::conflict("no-catalogue"));
    }
    kinds.push(Kind { code: String::new(), name: new.other.clone() });
    let year = ctx.now.date().year();
    let batch = Batch {
        id: tx.new_id(),
        number: format!("PB-{year}-{:04}", tx.next_number(&format!("PB-{year}"))?),
        place: new.place.trim().to_owned(),
        amount: new.amount,
        kinds: serde_json::to_string(&kinds).map_err(Problem::internal)?,
        returns: design.returns,
        phone: design.phone,
        printed_by: name_of(ctx),
        made_at: ctx.now,
    };
    tx.insert(&batch)?;
    for nth in 1..=new.amount {
        let number = format!("PF-{year}-{:06}", tx.next_number(&format!("PF-{year}"))?);
        let sheet = Sheet {
            id: tx.new_id(),
            number,
            batch_id: batch.id,
            nth,
            state: SheetState::Printed,
            reason: String::new(),
            case_id: None,
            settled_at: None,
            version: 1,
        };
        tx.insert(&sheet)?;
    }
    let event = Event::new("paper.printed", batch.id).with("number", batch.number.as_str());
    tx.record(ctx, event.with("count", batch.amount).with("place", batch.place.as_str()))?;
    Ok(batch)
}

/// Records that a batch's forms left as a file: whoever has it has the words of its sheets.
pub fn note_print(ctx: &Ctx, tx: &mut Tx<'_>, batch: &Batch) -> Result<()> {
    policy::require(ctx, Act::Print)?;
    tx.record(ctx, Event::new("paper.fetched", batch.id).with("number", batch.number.as_str()))
}

/// Chooses what is printed from now on; what was printed stays as it is.
///
/// # Errors
/// 422 at `kinds` for a kind that is not offered to citizens, too many of them, or twice the same; and for what is too long.
pub fn save_design(ctx: &Ctx, tx: &mut Tx<'_>, catalogue: &Catalogue, design: &Design) -> Result<()> {
    policy::require(ctx, Act::Edit)?;
    design.check()?;
    let mut known = std::collections::HashSet::new();
    for code in &design.kinds {
        if !crate::show::is_offered(catalogue, code) || !known.insert(code.as_str()) {
            return Err(Problem::field("kinds", "not-a-choice"));
        }
    }
    tx.housekeeping();
    DESIGN.set(tx, ctx, design)
}

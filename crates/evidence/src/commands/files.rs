//! Files of an item: papers, and pictures with their captions.

use super::{event, item::open, item_at, load_item, save};
use crate::jobs;
use crate::model::{Caption, Item, ItemFile};
use crate::policy::Act;
use crate::store as rows;
use ::store::Tx;
use ::store::files::{Quarantined, adopt_paper};
use ::store::jobs::enqueue;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{FieldError, Findings, Problem, Result};

/// Most files of one item.
const MOST_FILES: usize = 20;

/// Adds what was received. Records `evidence.attached`.
///
/// # Errors
/// 409 `evidence-frozen` once it is handed in; 422 at `files` for too many.
pub fn attach(ctx: &Ctx, tx: &mut Tx<'_>, number: &str, received: &[(Quarantined, String)]) -> Result<Item> {
    let (mut item, _) = load_item(ctx, tx, Act::HandIn, number)?;
    open(&item)?;
    if received.is_empty() {
        return Err(Problem::field("files", "required"));
    }
    let there = rows::files(tx, item.id)?;
    if there.len() + received.len() > MOST_FILES {
        let error = FieldError::new("files", "evidence-many");
        let error = error.arg("max", MOST_FILES).arg("have", there.len() + received.len());
        return Err(Problem::invalid(vec![error]));
    }
    let first = there.last().map_or(1, |file| file.place + 1);
    for (place, (bytes, name)) in (first..).zip(received) {
        let file_id = adopt_paper(tx, ctx, bytes, name)?;
        let row = ItemFile {
            id: tx.new_id(),
            item_id: item.id,
            file_id,
            sha256: bytes.sha256.clone(),
            place,
            caption: String::new().into(),
            sharp: None,
            added_at: ctx.now,
            version: 1,
        };
        tx.insert(&row)?;
        enqueue(tx, jobs::MEASURE, &row.id, ctx.now, Some(&format!("{}:{}", jobs::MEASURE, row.id)))?;
    }
    save(tx, &mut item)?;
    let count = i64::try_from(received.len()).unwrap_or(i64::MAX);
    tx.record(ctx, event("evidence.attached", &item).with("count", count))?;
    Ok(item)
}

/// Writes a picture's caption. Records `evidence.captioned`.
///
/// # Errors
/// 409 `evidence-frozen`; 422 at an element that is longer than 100 characters.
pub fn caption(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    of: (&str, i64),
    id: Id<ItemFile>,
    caption: &Caption,
) -> Result<Item> {
    let (mut item, _) = item_at(ctx, tx, Act::HandIn, of)?;
    open(&item)?;
    let mut findings = Findings::default();
    for element in Caption::ELEMENTS {
        if caption.get(element).chars().count() > 100 {
            findings.add(FieldError::new(element, "too-long").arg("max", 100));
        }
    }
    findings.done()?;
    let mut file = rows::file_of(tx, item.id, id)?.ok_or_else(Problem::not_found)?;
    file.caption = serde_json::to_string(caption).map_err(Problem::internal)?.into();
    tx.save(&file)?;
    save(tx, &mut item)?;
    tx.record(ctx, event("evidence.captioned", &item))?;
    Ok(item)
}

/// Takes a file out of an item; its bytes stay as long as files are kept. Records `evidence.detached`.
pub fn detach(ctx: &Ctx, tx: &mut Tx<'_>, of: (&str, i64), id: Id<ItemFile>) -> Result<Item> {
    let (mut item, _) = item_at(ctx, tx, Act::HandIn, of)?;
    open(&item)?;
    let file = rows::file_of(tx, item.id, id)?.ok_or_else(Problem::not_found)?;
    rows::forget_file(tx, file.id)?;
    save(tx, &mut item)?;
    tx.record(ctx, event("evidence.detached", &item))?;
    Ok(item)
}

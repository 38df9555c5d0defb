//! What is filed of a period, by standard, with leave to open its files.

use crate::bundle::{Chapter, Enclosed, Entry};
use crate::commands::standards_of;
use crate::model::{Item, Period};
use crate::policy::{Act, require_city};
use crate::store as rows;
use ::store::files::{self, FileState, Original};
use ::store::{Event, Query, Tx, record};
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{Problem, Result};

record! {
    struct FiledRow {
        code: String,
        item_id: Id<Item>,
        grade: Option<i64>,
    }
}

/// A period's volume.
#[derive(Debug)]
pub struct Volume {
    pub period: Period,
    pub chapters: Vec<Chapter>,
    /// Of each chapter, entry and file.
    pub originals: Vec<Vec<Vec<Original>>>,
}

/// The volume of a period. Originals leave the house with it: that is recorded, as `evidence.bundled` and for each file.
///
/// # Errors
/// 404 for a number that is no period's; 409 `evidence-nothing-filed`.
pub fn volume(ctx: &Ctx, tx: &mut Tx<'_>, number: &str) -> Result<Volume> {
    require_city(ctx, Act::Bundle)?;
    let period = rows::period_by_number(tx, number)?.ok_or_else(Problem::not_found)?;
    let mut q = Query::<FiledRow>::new(
        "select u.code, u.item_id, u.grade from evidence_use u join evidence_item i on i.id = u.item_id",
    );
    q.filter("u.period_id = ? and i.state = 'filed'", &[&period.id]).tail("order by u.code, i.number", &[]);
    let filed = tx.query(&q)?;
    if filed.is_empty() {
        return Err(Problem::conflict("evidence-nothing-filed"));
    }
    let (mut chapters, mut originals) = (Vec::new(), Vec::new());
    for standard in standards_of(tx, &period)?.lines.into_iter().filter(|line| !line.divided) {
        let (mut entries, mut opened) = (Vec::new(), Vec::new());
        for row in filed.iter().filter(|row| row.code == standard.code) {
            let (entry, leave) = entry(ctx, tx, row)?;
            entries.push(entry);
            opened.push(leave);
        }
        if !entries.is_empty() {
            let (code, name, lead_unit) = (standard.code, standard.name, standard.lead_unit);
            chapters.push(Chapter { code, name, lead_unit, entries });
            originals.push(opened);
        }
    }
    let count = i64::try_from(filed.len()).unwrap_or(i64::MAX);
    let event = Event::new("evidence.bundled", period.id).with("number", period.number.as_str());
    tx.record(ctx, event.with("count", count))?;
    Ok(Volume { period, chapters, originals })
}

fn entry(ctx: &Ctx, tx: &mut Tx<'_>, row: &FiledRow) -> Result<(Entry, Vec<Original>)> {
    let item = rows::item(tx, row.item_id)?.ok_or_else(Problem::not_found)?;
    let (mut enclosed, mut leave) = (Vec::new(), Vec::new());
    for of in rows::files(tx, item.id)? {
        let file = files::get(tx, of.file_id)?;
        if file.state != FileState::Ready {
            continue;
        }
        leave.push(files::open_sealed(tx, ctx, file.id)?);
        enclosed.push(Enclosed {
            name: file.name.to_string(),
            media_type: file.media_type.clone().unwrap_or_default(),
            caption: of.caption(),
        });
    }
    let unit = people::queries::unit_name(tx, item.unit_id)?;
    Ok((Entry { unit, grade: row.grade, files: enclosed, item }, leave))
}

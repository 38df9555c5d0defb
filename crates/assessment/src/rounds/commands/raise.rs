//! A point with something taken off becomes a case, and both know of each other.

use super::{event, load_for, rows_of};
use crate::policy::Act;
use crate::rounds::model::RowCase;
use crate::rounds::worked::Worked;
use crate::rounds::workflow::State;
use ::store::Tx;
use cases::commands::{NewCase, submit};
use cases::desk::Desk;
use cases::model::{Case, Source};
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use places::PlaceIndex;
use std::sync::Arc;

/// What a row says, as the words of a case.
pub fn words(worked: &Worked, row: i64) -> Result<(String, String)> {
    let (of, point) = worked.row(row).ok_or_else(Problem::not_found)?;
    let sub_item =
        if point.sub_item.is_empty() { String::new() } else { format!("（{}）", point.sub_item) };
    let mut said = format!("{}{sub_item}：{}", point.item, of.point);
    for (title, cell) in &of.rest.0 {
        for part in ["；", title, "：", cell] {
            said.push_str(part);
        }
    }
    let address = match &point.street {
        Some(street) if !of.point.contains(street.as_str()) => format!("{street} {}", of.point),
        _ => of.point.clone(),
    };
    let cut = |text: String, most: usize| text.chars().take(most).collect::<String>();
    Ok((cut(said, 4000), cut(address.trim().to_owned(), 200)))
}

/// Makes the case, of source 督查. `tokens`: the search tokens of [`words`].
///
/// # Errors
/// 404 without such a row; `row-no-fault` (409) where nothing was taken off; `row-has-case` (409) with the case's number;
/// `round-withdrawn` (409); what a report is refused for.
pub fn raise(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    desk: &Desk,
    index: &Arc<PlaceIndex>,
    (number, row, tokens): (&str, i64, &str),
) -> Result<Case> {
    let round = load_for(ctx, tx, Act::Raise, number)?;
    if round.state == State::Withdrawn {
        return Err(Problem::conflict("round-withdrawn").arg("number", number));
    }
    let worked = Worked::load(tx, round.id)?;
    let (_, point) = worked.row(row).ok_or_else(Problem::not_found)?;
    if point.lost == 0 {
        return Err(Problem::conflict("row-no-fault").arg("row", row));
    }
    if let Some(known) = rows_of::cases(tx, round.id)?.into_iter().find(|c| c.row_number == row) {
        return Err(Problem::conflict("row-has-case").arg("number", known.case_number));
    }
    let (description, address) = words(&worked, row)?;
    let new = NewCase { address, ..NewCase::new(Source::Inspection, &description) };
    let case = submit(ctx, tx, desk, index, tokens, new)?;
    let made = RowCase {
        id: tx.new_id(),
        round_id: round.id,
        row_number: row,
        case_id: case.id,
        case_number: case.number.clone(),
        made_by: ctx.person(),
        made_at: ctx.now,
    };
    tx.insert(&made)?;
    tx.record(
        ctx,
        event("assessment.row-raised", &round).with("row", row).with("case", case.number.as_str()),
    )?;
    Ok(case)
}

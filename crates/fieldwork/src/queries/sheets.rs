//! Checklists with their versions and the types of point that they are for.

use crate::model::{Edition, Sheet};
use crate::policy::{self, Act};
use crate::store as rows;
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use places::model::SiteType;

/// A checklist in the list.
#[derive(Clone, Debug)]
pub struct Listed {
    pub sheet: Sheet,
    pub versions: usize,
    /// The version that new records are made by.
    pub in_use: Option<Edition>,
    /// Types of point that it is for today.
    pub types: Vec<SiteType>,
}

/// Types of point, each with the code of its checklist.
pub fn types(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Vec<(SiteType, Option<String>)>> {
    policy::somewhere(ctx, Act::See)?;
    let (uses, sheets) = (rows::uses(tx, ctx.now.date())?, rows::sheets(tx)?);
    let code = |kind: &str| {
        let sheet = uses.iter().find(|u| u.kind == kind)?.sheet_id?;
        sheets.iter().find(|s| s.id == sheet).map(|s| s.code.clone())
    };
    let types = places::queries::site_types(tx)?;
    Ok(types.into_iter().map(|t| (t.clone(), code(&t.code))).collect())
}

/// All checklists of the city; there are some dozens.
pub fn sheets(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Vec<Listed>> {
    let types = types(ctx, tx)?;
    let mut all = Vec::new();
    for sheet in rows::sheets(tx)? {
        let of_it = types.iter().filter(|(_, code)| code.as_deref() == Some(sheet.code.as_str()));
        all.push(Listed {
            versions: rows::editions_of(tx, sheet.id)?.len(),
            in_use: rows::in_use(tx, sheet.id)?,
            types: of_it.map(|(t, _)| t.clone()).collect(),
            sheet,
        });
    }
    Ok(all)
}

/// A checklist with its versions, the latest first, each with how many records were made by it.
///
/// # Errors
/// 404 for a code that is no checklist's.
pub fn editions(ctx: &Ctx, tx: &mut Tx<'_>, code: &str) -> Result<(Sheet, Vec<(Edition, i64)>)> {
    policy::somewhere(ctx, Act::See)?;
    let sheet = rows::sheet(tx, code)?.ok_or_else(Problem::not_found)?;
    let mut all = Vec::new();
    for edition in rows::editions_of(tx, sheet.id)? {
        let answers = rows::answers_by(tx, edition.id)?;
        all.push((edition, answers));
    }
    Ok((sheet, all))
}

/// One version, and the one before it.
///
/// # Errors
/// 404 for what is no version.
pub fn one(ctx: &Ctx, tx: &mut Tx<'_>, code: &str, label: &str) -> Result<(Sheet, Edition, Option<Edition>)> {
    policy::somewhere(ctx, Act::See)?;
    let sheet = rows::sheet(tx, code)?.ok_or_else(Problem::not_found)?;
    let all = rows::editions_of(tx, sheet.id)?;
    let place = all.iter().position(|e| e.label == label).ok_or_else(Problem::not_found)?;
    let before = all.get(place + 1).cloned();
    let edition = all.into_iter().nth(place).ok_or_else(Problem::not_found)?;
    Ok((sheet, edition, before))
}

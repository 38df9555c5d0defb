//! Versions of checklists: imported, published, retired; and which checklist is for which type of point.

use super::name_of;
use crate::model::{Edition, EditionState, Sheet, Use};
use crate::policy::{self, Act};
use crate::store as rows;
use ::store::value::Json;
use ::store::{Event, Tx};
use checklist::Checklist;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::{Problem, Result};

fn event(verb: &'static str, sheet: &Sheet, label: &str) -> Event {
    Event::new(verb, sheet.id)
        .with("code", sheet.code.as_str())
        .with("name", sheet.name_zh.as_str())
        .with("label", label)
}

/// Takes a checklist in as a version that is not in use yet; one of the same name that was never published is replaced. Records
/// `checklist.imported`.
///
/// # Errors
/// 409 `checklist-version-taken` where a version of this name was published; 422 at `import_file` where it is faulty.
pub fn import(ctx: &Ctx, tx: &mut Tx<'_>, model: Checklist) -> Result<Edition> {
    policy::require(ctx, Act::Edit)?;
    if !model.problems().is_empty() {
        return Err(Problem::field("import_file", "checklist-faulty"));
    }
    let sheet = match rows::sheet(tx, &model.code)? {
        Some(sheet) => sheet,
        None => {
            let sheet = Sheet {
                id: tx.new_id(),
                code: model.code.clone(),
                name_zh: model.title.zh.clone(),
                name_en: model.title.en.clone(),
                automatic: false,
                created_by: name_of(ctx),
                created_at: ctx.now,
                version: 1,
            };
            tx.insert(&sheet)?;
            sheet
        }
    };
    let edition = match rows::edition_of(tx, sheet.id, &model.version)? {
        Some(there) if there.state != EditionState::Draft => {
            let taken = Problem::conflict("checklist-version-taken");
            return Err(taken.arg("code", &model.code).arg("label", &model.version));
        }
        Some(there) => {
            let edition =
                Edition { model: Json(model), created_by: name_of(ctx), created_at: ctx.now, ..there };
            tx.save(&edition)?;
            Edition { version: edition.version + 1, ..edition }
        }
        None => {
            let edition = Edition {
                id: tx.new_id(),
                sheet_id: sheet.id,
                label: model.version.clone(),
                state: EditionState::Draft,
                model: Json(model),
                created_by: name_of(ctx),
                created_at: ctx.now,
                published_by: String::new(),
                published_at: None,
                version: 1,
            };
            tx.insert(&edition)?;
            edition
        }
    };
    tx.record(ctx, event("checklist.imported", &sheet, &edition.label))?;
    Ok(edition)
}

/// Which version, and its row as the person saw it.
pub(super) type Which<'a> = (&'a str, &'a str, i64);

fn load_for(ctx: &Ctx, tx: &mut Tx<'_>, (code, label, version): Which<'_>) -> Result<(Sheet, Edition)> {
    policy::require(ctx, Act::Edit)?;
    let sheet = rows::sheet(tx, code)?.ok_or_else(Problem::not_found)?;
    let edition = rows::edition_of(tx, sheet.id, label)?.ok_or_else(Problem::not_found)?;
    if edition.version != version {
        return Err(Problem::stale());
    }
    Ok((sheet, edition))
}

/// Freezes a version and puts it to use: records that are begun from now on are made by it. Records `checklist.published`.
///
/// # Errors
/// 409 `checklist-not-draft` for what is in use or retired.
pub fn publish(ctx: &Ctx, tx: &mut Tx<'_>, which: Which<'_>) -> Result<Edition> {
    let (mut sheet, mut edition) = load_for(ctx, tx, which)?;
    if edition.state != EditionState::Draft {
        return Err(Problem::conflict("checklist-not-draft").arg("label", &edition.label));
    }
    edition.state = EditionState::Published;
    edition.published_at = Some(ctx.now);
    edition.published_by = name_of(ctx);
    tx.save(&edition)?;
    edition.version += 1;
    // the checklist is called as its latest version in use calls it
    let Json(model) = &edition.model;
    sheet.name_zh.clone_from(&model.title.zh);
    sheet.name_en.clone_from(&model.title.en);
    tx.save(&sheet)?;
    tx.record(ctx, event("checklist.published", &sheet, &edition.label))?;
    Ok(edition)
}

/// No new record is made by it; answers that were given by it keep it. Records `checklist.retired`.
///
/// # Errors
/// 409 `checklist-retired` where it is retired already.
pub fn retire(ctx: &Ctx, tx: &mut Tx<'_>, which: Which<'_>) -> Result<Edition> {
    let (sheet, mut edition) = load_for(ctx, tx, which)?;
    if edition.state == EditionState::Retired {
        return Err(Problem::conflict("checklist-retired").arg("label", &edition.label));
    }
    edition.state = EditionState::Retired;
    tx.save(&edition)?;
    edition.version += 1;
    tx.record(ctx, event("checklist.retired", &sheet, &edition.label))?;
    Ok(edition)
}

/// Says which checklist a type of point is looked at by, from today on; none for `None`. Records `checklist.assigned`.
///
/// # Errors
/// 422 at `field_type` and `field_sheet` for what is no type and no checklist.
pub fn assign(ctx: &Ctx, tx: &mut Tx<'_>, kind: &str, code: Option<&str>) -> Result<()> {
    policy::require(ctx, Act::Edit)?;
    let types = places::queries::all_site_types(tx)?;
    let of = types.iter().find(|t| t.code == kind);
    let of = of.ok_or_else(|| Problem::field("field_type", "not-a-choice"))?;
    let sheet = match code {
        None => None,
        Some(code) => {
            let found = rows::sheet(tx, code)?;
            Some(found.ok_or_else(|| Problem::field("field_sheet", "not-a-choice"))?)
        }
    };
    let id: Id<Use> = tx.new_id();
    let from_date = ctx.now.date();
    let sheet_id = sheet.as_ref().map(|s| s.id);
    let serial = rows::use_count(tx, kind)? + 1;
    tx.insert(&Use { id, kind: kind.to_owned(), sheet_id, from_date, serial, set_by: name_of(ctx) })?;
    let event = Event::new("checklist.assigned", id)
        .with("type", of.name(kernel::ctx::Locale::ZhCn))
        .with("code", sheet.map(|s| s.code).unwrap_or_default());
    tx.record(ctx, event)
}

/// Whether what is not met becomes a case by itself. Records `checklist.automatic`.
pub fn set_automatic(ctx: &Ctx, tx: &mut Tx<'_>, (code, version): (&str, i64), on: bool) -> Result<Sheet> {
    policy::require(ctx, Act::Edit)?;
    let mut sheet = rows::sheet(tx, code)?.ok_or_else(Problem::not_found)?;
    if sheet.version != version {
        return Err(Problem::stale());
    }
    sheet.automatic = on;
    tx.save(&sheet)?;
    sheet.version += 1;
    tx.record(ctx, event("checklist.automatic", &sheet, "").with("on", i64::from(on)))?;
    Ok(sheet)
}

use crate::model::SiteType;
use crate::policy::{Act, POLICY};
use crate::store as rows;
use kernel::ctx::Ctx;
use kernel::policy::Standing;
use kernel::problem::{Findings, Problem, Result};
use store::{Event, Tx};

/// A type of site as it should be; the code says which.
#[derive(Clone, Debug)]
pub struct TypeDraft {
    pub code: String,
    pub name_zh: String,
    pub name_en: String,
    pub words: String,
    pub active: bool,
}

/// Adds a type of site, or changes the one with this code.
pub fn save_site_type(ctx: &Ctx, tx: &mut Tx<'_>, draft: TypeDraft) -> Result<SiteType> {
    POLICY.require(ctx, Act::Shape, &Standing::city(), true)?;
    let mut findings = Findings::default();
    let sound = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    findings.check(
        !draft.code.is_empty() && draft.code.len() <= 40 && draft.code.chars().all(sound),
        "place_code",
        "place-code-form",
    );
    findings.check(!draft.name_zh.trim().is_empty(), "type_name_zh", "required");
    findings.check(!draft.name_en.trim().is_empty(), "type_name_en", "required");
    findings.done()?;
    let all = rows::site_types(tx)?;
    let last = all.iter().map(|t| t.place).max().unwrap_or_default();
    let known = all.into_iter().find(|t| t.code == draft.code);
    let id = known.as_ref().map_or_else(|| tx.new_id(), |t| t.id);
    let saved = SiteType {
        id,
        code: draft.code,
        name_zh: draft.name_zh,
        name_en: draft.name_en,
        words: draft.words,
        active: draft.active,
        place: known.as_ref().map_or(last + 1, |t| t.place),
        version: known.as_ref().map_or(1, |t| t.version),
    };
    match known {
        Some(_) => tx.save(&saved)?,
        None => tx.insert(&saved)?,
    }
    rows::touch(tx, rows::Counter::Places)?;
    tx.record(
        ctx,
        Event::new("site-type.saved", id)
            .with("code", saved.code.clone())
            .with("name", saved.name_zh.clone()),
    )?;
    Ok(saved)
}

/// Adds a type whose code nobody has yet.
///
/// # Errors
/// 422 `site-type-exists` at `place_code`.
pub fn add_site_type(ctx: &Ctx, tx: &mut Tx<'_>, draft: TypeDraft) -> Result<SiteType> {
    POLICY.require(ctx, Act::Shape, &Standing::city(), true)?;
    if rows::site_types(tx)?.iter().any(|t| t.code == draft.code) {
        return Err(Problem::field("place_code", "site-type-exists"));
    }
    save_site_type(ctx, tx, draft)
}

/// Changes a type: its names, the words it is known by, whether it is still used. It is never deleted, because sites, rules and
/// frozen registers name it. `version` is the one the person saw.
///
/// # Errors
/// 404 for a code that is none's; 409 where somebody was faster.
pub fn change_site_type(ctx: &Ctx, tx: &mut Tx<'_>, version: i64, draft: TypeDraft) -> Result<SiteType> {
    POLICY.require(ctx, Act::Shape, &Standing::city(), true)?;
    let known = rows::site_types(tx)?.into_iter().find(|t| t.code == draft.code);
    if known.ok_or_else(Problem::not_found)?.version != version {
        return Err(Problem::stale());
    }
    save_site_type(ctx, tx, draft)
}

/// Moves a type one place up or down in the order of lists. At an end it stays where it is.
///
/// # Errors
/// 404 for a code that is none's.
pub fn move_site_type(ctx: &Ctx, tx: &mut Tx<'_>, code: &str, up: bool) -> Result<SiteType> {
    POLICY.require(ctx, Act::Shape, &Standing::city(), true)?;
    let mut all = rows::site_types(tx)?;
    let at = all.iter().position(|t| t.code == code).ok_or_else(Problem::not_found)?;
    let to = if up { at.saturating_sub(1) } else { (at + 1).min(all.len() - 1) };
    all.swap(at, to);
    for (place, kind) in (1..).zip(&mut all) {
        if kind.place != place {
            kind.place = place;
            tx.save(kind)?;
            kind.version += 1;
        }
    }
    rows::touch(tx, rows::Counter::Places)?;
    let moved = all.swap_remove(to);
    let event =
        Event::new("site-type.moved", moved.id).with("code", code).with("name", moved.name_zh.as_str());
    tx.record(ctx, event)?;
    Ok(moved)
}

use crate::model::SiteType;
use crate::policy::{Act, POLICY};
use crate::store as rows;
use kernel::ctx::Ctx;
use kernel::policy::Standing;
use kernel::problem::{Findings, Result};
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
    let known = rows::site_types(tx)?.into_iter().find(|t| t.code == draft.code);
    let id = known.as_ref().map_or_else(|| tx.new_id(), |t| t.id);
    let saved = SiteType {
        id,
        code: draft.code,
        name_zh: draft.name_zh,
        name_en: draft.name_en,
        words: draft.words,
        active: draft.active,
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

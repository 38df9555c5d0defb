//! What the whole city decides: its standards, and how the people who answer are shown to everybody.

use crate::model::{Standard, StandardItem};
use crate::policy::{Act, POLICY};
use crate::settings::{HOTLINE, LEADER_SHOWN, LeaderShown};
use crate::store as rows;
use ::store::value::Json;
use ::store::{Event, Tx};
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::policy::Standing;
use kernel::problem::{FieldError, Findings, Problem, Result};

/// A standard as somebody wants it.
#[derive(Clone, Debug)]
pub struct StandardDraft {
    /// Lower case letters, digits and hyphens. Names the standard for good.
    pub code: String,
    pub name_zh: String,
    pub name_en: String,
    pub items: Vec<StandardItem>,
    pub active: bool,
}

impl StandardDraft {
    fn check(&self) -> Result<()> {
        let mut findings = Findings::default();
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let code = !self.code.is_empty() && self.code.len() <= 40 && self.code.chars().all(plain);
        findings.check(code, "standard_code", "standard-code-form");
        for (field, name) in [("standard_name_zh", &self.name_zh), ("standard_name_en", &self.name_en)] {
            findings.check(!name.is_empty(), field, "required");
            if name.chars().count() > 60 {
                findings.add(FieldError::new(field, "too-long").arg("max", 60));
            }
        }
        let whole = self.items.iter().all(|item| !item.zh.is_empty() && !item.en.is_empty());
        findings.check(
            (1..=20).contains(&self.items.len()) && whole,
            "standard_items",
            "standard-items-form",
        );
        findings.done()
    }
}

/// Makes a standard, or changes the one with this code.
pub fn save_standard(ctx: &Ctx, tx: &mut Tx<'_>, draft: StandardDraft) -> Result<Standard> {
    POLICY.require(ctx, Act::Settings, &Standing::city(), true)?;
    draft.check()?;
    let known = rows::standard_by_code(tx, &draft.code)?;
    let id = known.as_ref().map_or_else(|| tx.new_id(), |s: &Standard| s.id);
    let standard = Standard {
        id,
        code: draft.code,
        name_zh: draft.name_zh,
        name_en: draft.name_en,
        items: Json(draft.items),
        active: draft.active,
        version: known.as_ref().map_or(1, |s| s.version),
    };
    match known {
        Some(_) => tx.save(&standard)?,
        None => tx.insert(&standard)?,
    }
    let event = Event::new("street-standard.saved", Id::<Standard>::new(id.raw()));
    tx.record(ctx, event.with("name", standard.name_zh.as_str()))?;
    Ok(standard)
}

/// How leaders' names are shown to everybody.
pub fn show_leader(ctx: &Ctx, tx: &mut Tx<'_>, how: &str) -> Result<()> {
    POLICY.require(ctx, Act::Settings, &Standing::city(), true)?;
    let how = LeaderShown::parse(how).ok_or_else(|| Problem::field("leader_shown", "not-a-choice"))?;
    if LEADER_SHOWN.get(tx)? == how {
        tx.housekeeping();
        return Ok(());
    }
    rows::touch(tx)?;
    LEADER_SHOWN.set(tx, ctx, &how)
}

/// Sets the number on every sign: digits and hyphens, three to fifteen.
pub fn set_hotline(ctx: &Ctx, tx: &mut Tx<'_>, number: &str) -> Result<()> {
    POLICY.require(ctx, Act::Settings, &Standing::city(), true)?;
    let number = number.trim();
    let sound = (3..=15).contains(&number.len()) && number.chars().all(|c| c.is_ascii_digit() || c == '-');
    if !sound {
        return Err(Problem::field("hotline", "hotline-form"));
    }
    HOTLINE.set(tx, ctx, &number.to_owned())
}

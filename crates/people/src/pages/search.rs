//! What the search box finds of units.

use crate::policy::{Act, POLICY};
use crate::queries::{self, UnitFilter, UnitLine};
use ::store::{Tx, naming};
use kernel::ctx::Ctx;
use kernel::problem::Result;
use names::{Kind, Why};
use web::{Hit, HitGroup};

/// Most hits.
const HITS: usize = 8;

pub(crate) fn hits(ctx: &Ctx, tx: &mut Tx<'_>, words: &str) -> Result<Vec<HitGroup>> {
    let words = words.trim();
    if words.is_empty() || !POLICY.somewhere(ctx, Act::SeeUnits) {
        return Ok(Vec::new());
    }
    let mut hits: Vec<Hit> = Vec::new();
    let most = i64::try_from(HITS).unwrap_or(i64::MAX);
    for found in naming::find(tx, &[Kind::Unit], words, HITS)? {
        let ids: Vec<i64> =
            naming::bearers(tx, &[found.text_id], most)?.into_iter().map(|(_, id)| id).collect();
        let why = Some(found.why).filter(|w| !matches!(w, Why::Same | Why::Part));
        for unit in queries::active_units(tx, &ids)? {
            push(&mut hits, Hit { why, name: found.name.clone(), ..hit(unit) });
        }
    }
    let filter = UnitFilter {
        words: words.to_owned(),
        state: Some(crate::model::UnitState::Active),
        ..UnitFilter::default()
    };
    for unit in queries::units(tx, &filter, "", most)? {
        push(&mut hits, hit(unit));
    }
    hits.truncate(HITS);
    Ok(vec![HitGroup { key: "search-units", hits, all: format!("/units?q={}", web::ui::encode(words)) }])
}

/// A unit that is found by both its names is one hit.
fn push(hits: &mut Vec<Hit>, hit: Hit) {
    if !hits.iter().any(|h| h.href == hit.href) {
        hits.push(hit);
    }
}

fn hit(unit: UnitLine) -> Hit {
    let note = match &unit.above_name {
        Some(above) => format!("{} · {above}", unit.code),
        None => unit.code.clone(),
    };
    Hit::by_words(unit.name, note, format!("/units/{}", unit.code))
}

//! What the search box finds of the register.

use crate::queries::{self, Filter};
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::problem::Result;
use web::{Hit, HitGroup};

pub(crate) fn hits(ctx: &Ctx, tx: &mut Tx<'_>, words: &str) -> Result<Vec<HitGroup>> {
    if ctx.person().is_none() || words.trim().is_empty() {
        return Ok(Vec::new());
    }
    let today = ctx.now.date();
    let wanted = Filter { words: words.to_owned(), on: Some(today), ..Filter::default() };
    let rows = queries::list(ctx, tx, &wanted, None, 8)?.rows;
    let names = queries::names(tx, &rows)?;
    let hit = |a: &crate::Adoption| {
        let note = format!("{} · {}", a.number, names.unit(a.unit_id));
        Hit::by_words(names.section(a.section_id), note, format!("/streets/{}", a.number))
    };
    let all = format!("/streets?q={}", web::ui::encode(words.trim()));
    Ok(vec![HitGroup { key: "search-streets", hits: rows.iter().map(hit).collect(), all }])
}

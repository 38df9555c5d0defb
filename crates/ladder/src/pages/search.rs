//! What the search box finds of letters.

use crate::policy::{Act, POLICY};
use crate::queries::{self, Filter};
use kernel::ctx::Ctx;
use kernel::problem::Result;
use store::Tx;
use web::{Hit, HitGroup};

/// Most hits.
const HITS: usize = 6;

pub(crate) fn search(ctx: &Ctx, tx: &mut Tx<'_>, words: &str) -> Result<Vec<HitGroup>> {
    if words.trim().is_empty() || !POLICY.somewhere(ctx, Act::View) {
        return Ok(Vec::new());
    }
    let filter = Filter { words: words.trim().to_owned(), ..Filter::default() };
    let found = queries::list(ctx, tx, &filter, None)?;
    let hit = |line: queries::LetterLine| {
        let note = line.name().to_owned();
        Hit::by_words(line.subject_title, note, format!("/letters/{}", line.code))
    };
    let hits = found.rows.into_iter().take(HITS).map(hit).collect();
    Ok(vec![HitGroup {
        key: "search-letters",
        hits,
        all: format!("/letters?q={}", web::ui::encode(words.trim())),
    }])
}

//! What the search box finds of cases.

use crate::policy::{Act, POLICY};
use crate::queries::{self, Filter};
use kernel::ctx::Ctx;
use kernel::problem::Result;
use store::Tx;
use web::Hit;

/// Most hits.
const HITS: usize = 8;

pub(crate) fn search(ctx: &Ctx, tx: &mut Tx<'_>, words: &str) -> Result<Vec<Hit>> {
    if words.trim().is_empty() || !POLICY.somewhere(ctx, Act::View) {
        return Ok(Vec::new());
    }
    let filter = Filter { words: words.trim().to_owned(), ..Filter::default() };
    let found = queries::list(ctx, tx, &filter, None)?;
    let hit = |line: queries::CaseLine| Hit {
        group: "search-cases",
        note: if line.address.is_empty() {
            line.number.clone()
        } else {
            format!("{} · {}", line.number, line.address)
        },
        href: format!("/cases/{}", line.number),
        title: line.title,
    };
    Ok(found.rows.into_iter().take(HITS).map(hit).collect())
}

//! What the search box finds of cases: by words, by number, by the street or unit that is meant, by the reporter's telephone.

use crate::policy::{Act, POLICY};
use crate::queries::{self, CaseLine, Filter};
use ::store::{Tx, naming};
use kernel::ctx::Ctx;
use kernel::identifiers::Phone;
use kernel::problem::Result;
use names::{Kind, Why};
use web::{Hit, HitGroup};

/// Most hits.
const HITS: usize = 8;

pub(crate) fn search(ctx: &Ctx, tx: &mut Tx<'_>, words: &str) -> Result<Vec<HitGroup>> {
    let words = words.trim();
    if words.is_empty() || !POLICY.somewhere(ctx, Act::View) {
        return Ok(Vec::new());
    }
    if let Ok(phone) = Phone::parse(words) {
        let hits: Vec<Hit> =
            queries::reported_from(ctx, tx, &phone, HITS)?.into_iter().map(|line| hit(line, None)).collect();
        if !hits.is_empty() {
            return Ok(vec![HitGroup { key: "search-cases", hits, all: "/cases".to_owned() }]);
        }
    }
    let filter = Filter { words: words.to_owned(), ..Filter::default() };
    let found = queries::list(ctx, tx, &filter, None)?.rows;
    // the reason is told where the words themselves are not what was found
    let meant = naming::find(tx, &[Kind::Street, Kind::Unit], words, 1)?;
    let meant = meant.first().filter(|f| !matches!(f.why, Why::Same | Why::Part));
    let hits = found.into_iter().take(HITS).map(|line| hit(line, meant)).collect();
    Ok(vec![HitGroup { key: "search-cases", hits, all: format!("/cases?q={}", web::ui::encode(words)) }])
}

fn hit(line: CaseLine, meant: Option<&naming::Found>) -> Hit {
    let note = if line.address.is_empty() {
        line.number.clone()
    } else {
        format!("{} · {}", line.number, line.address)
    };
    let found = Hit::by_words(line.title, note, format!("/cases/{}", line.number));
    match meant {
        Some(f) => Hit { why: Some(f.why), name: f.name.clone(), ..found },
        None => found,
    }
}

//! The page, and what appears below a box while somebody types.

use crate::find::{self, Found};
use kernel::identifiers::Phone;
use kernel::workflow::Named;
use names::Why;
use store::Event;
use web::error::{self, OrFail};
use web::feature::Search;
use web::list::Params;
use web::{Answer, HitGroup, Req, Ui};

#[derive(askama::Template)]
#[template(path = "search/page.html")]
struct SearchPage {
    ui: Ui,
    words: String,
    found: Found,
}

#[derive(askama::Template)]
#[template(path = "search/suggestions.html")]
struct SuggestionsPage {
    ui: Ui,
    words: String,
    found: Found,
}

#[derive(askama::Template)]
#[template(path = "search/streets.html")]
struct StreetsPage {
    ui: Ui,
    streets: Vec<(String, Why, String)>,
}

/// Hits of a group below the box.
const BELOW: usize = 3;

/// Why something was found, in words.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "a template passes what it loops over by reference")]
fn reason(ui: &Ui, why: &Why) -> String {
    ui.named("search-why", why.code())
}

pub(crate) async fn found(req: &Req, words: &str) -> Answer<Found> {
    let providers: Vec<Search> = req.app.features().iter().filter_map(|f| f.search).collect();
    let asked = words.to_owned();
    let found = req.read(move |ctx, tx| find::everything(ctx, tx, &providers, &asked)).await.or_fail(req)?;
    if found.count() > 0 && Phone::parse(words).is_ok() {
        // who is found by a telephone number is a person; the number itself is not written down
        let count = found.count();
        let event = move || Event::city("search.number-looked-up").with("count", count);
        req.write(move |ctx, tx| tx.record(ctx, event())).await.or_fail(req)?;
    }
    Ok(found)
}

pub(crate) async fn page(req: Req) -> Answer {
    let words = find::trimmed(Params::parse(&req.query).get("q"));
    let found = found(&req, &words).await?;
    error::page(&req, &SearchPage { ui: req.ui(), words, found })
}

pub(crate) async fn suggestions(req: Req) -> Answer {
    let words = find::trimmed(Params::parse(&req.query).get("q"));
    let mut found = found(&req, &words).await?;
    for group in &mut found.groups {
        group.hits.truncate(BELOW);
    }
    error::page(&req, &SuggestionsPage { ui: req.ui(), words, found })
}

pub(crate) async fn streets(req: Req) -> Answer {
    let address: String = Params::parse(&req.query).get("address").chars().take(200).collect();
    let read = req.read(move |_, tx| find::streets_of(tx, &address)).await;
    error::page(&req, &StreetsPage { ui: req.ui(), streets: read.or_fail(&req)? })
}

fn heading(ui: &Ui, group: &HitGroup) -> String {
    ui.t(group.key)
}

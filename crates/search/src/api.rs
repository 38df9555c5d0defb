//! The same for other programs.

use crate::{find, pages};
use kernel::workflow::Named;
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};
use web::api::json;
use web::list::Params;
use web::{Answer, Req, Ui};

#[derive(OpenApi)]
#[openapi(paths(search), tags((name = "search", description = "Everything by words, numbers, initials and with slips.")))]
struct Description;

pub(crate) fn description() -> utoipa::openapi::OpenApi {
    Description::openapi()
}

/// A thing that was found.
#[derive(Serialize, ToSchema)]
struct SearchHit {
    title: String,
    /// Its number, its place.
    note: String,
    /// Its page.
    href: String,
    /// `initials`, `pinyin`, `sound`, `confusable`, `wrong`, `missing`, `extra`, `swapped`, `several`; none where the words
    /// themselves were found.
    reason: Option<&'static str>,
    /// The name that the reason is about.
    name: String,
}

/// What was found of one kind, best first, a dozen at most.
#[derive(Serialize, ToSchema)]
struct SearchGroup {
    /// `search-cases`, `search-roads` (streets), `search-sections`, `search-sites`, `search-divisions`, `search-units`,
    /// `search-streets` (adopted stretches), `search-letters`.
    kind: &'static str,
    /// The heading in the reader's language.
    text: String,
    /// The page with all of them.
    all: String,
    items: Vec<SearchHit>,
}

/// A name that may have been meant.
#[derive(Serialize, ToSchema)]
struct SearchMeant {
    name: String,
    reason: &'static str,
    /// The reason in the reader's language.
    text: String,
}

#[derive(Serialize, ToSchema)]
struct SearchAnswer {
    /// What was looked for: 60 characters at most, without control characters.
    words: String,
    meant: Vec<SearchMeant>,
    groups: Vec<SearchGroup>,
}

fn answer(ui: &Ui, words: String, found: find::Found) -> SearchAnswer {
    let hit = |h: web::Hit| SearchHit {
        title: h.title,
        note: h.note,
        href: h.href,
        reason: h.why.map(Named::code),
        name: h.name,
    };
    let groups = found.groups.into_iter().map(|g| SearchGroup {
        kind: g.key,
        text: ui.t(g.key),
        all: g.all,
        items: g.hits.into_iter().map(hit).collect(),
    });
    let meant = found.meant.into_iter().map(|(name, why)| SearchMeant {
        name,
        reason: why.code(),
        text: ui.named("search-why", why.code()),
    });
    SearchAnswer { words, meant: meant.collect(), groups: groups.collect() }
}

/// What the city has under these words: only what the lists show whoever asks.
#[utoipa::path(get, path = "/api/v1/search", tag = "search", operation_id = "search",
    params(("q" = Option<String>, Query, description = "words, a number, initials, pinyin; nothing finds nothing")),
    responses((status = 200, body = SearchAnswer, description = "what was found, by kind")))]
pub(crate) async fn search(req: Req) -> Answer {
    let words = find::trimmed(Params::parse(&req.query).get("q"));
    let found = pages::found(&req, &words).await?;
    json(&req, &answer(&req.ui(), words, found))
}

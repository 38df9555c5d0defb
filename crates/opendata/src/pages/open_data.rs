//! 开放数据: what there is, for people.

use super::landing::{licence, title};
use crate::collection::ALL;
use crate::jsonld;
use web::error::{OrFail, page as render};
use web::{Answer, Req, Ui};

#[derive(askama::Template)]
#[template(path = "opendata/open_data.html")]
struct OpenData {
    ui: Ui,
    title: String,
    licence: String,
    /// Id, name and lead of each collection.
    sets: Vec<(&'static str, String, String)>,
    /// Address, kind and name of each feed.
    feeds: Vec<(&'static str, &'static str, String)>,
    block: String,
}

const FEEDS: [(&str, &str, &str); 4] = [
    ("/feeds/cases.atom", "application/atom+xml", "feed-cases"),
    ("/feeds/cases.rss", "application/rss+xml", "feed-cases"),
    ("/feeds/closed.atom", "application/atom+xml", "feed-closed"),
    ("/feeds/closed.rss", "application/rss+xml", "feed-closed"),
];

pub(super) async fn page(req: Req) -> Answer {
    let licence = licence(&req).await.or_fail(&req)?;
    let ui = req.ui();
    let set =
        |id: &'static str| (id, ui.t(format!("collection-{id}")), ui.t(format!("collection-{id}.lead")));
    let feed = |(href, kind, key): (&'static str, &'static str, &str)| {
        (href, kind, ui.ta(key, [("city", ui.city.clone())]))
    };
    let page = OpenData {
        title: title(&ui),
        sets: ALL.into_iter().map(|c| set(c.id)).collect(),
        feeds: FEEDS.map(feed).to_vec(),
        block: jsonld::block(&jsonld::catalogue(&ui, &licence)),
        licence,
        ui,
    };
    render(&req, &page)
}

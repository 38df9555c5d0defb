//! The search box: asks every feature what it finds, and shows it by kind.

use crate::model::Section;
use crate::queries;
use kernel::ctx::Ctx;
use kernel::problem::Result;
use store::Tx;
use web::error::{self, OrFail};
use web::list::Params;
use web::{Answer, Hit, Req, Ui};

#[derive(askama::Template)]
#[template(path = "places/search.html")]
struct SearchPage {
    ui: Ui,
    words: String,
    /// Heading and hits.
    groups: Vec<(String, Vec<Hit>)>,
    count: usize,
}

/// Longest text looked for, in characters.
const LONGEST: usize = 60;

pub(crate) async fn page(req: Req) -> Answer {
    let words: String = Params::parse(&req.query).get("q").chars().take(LONGEST).collect();
    let providers: Vec<_> = req.app.features().iter().filter_map(|f| f.search).collect();
    let asked = words.clone();
    let hits = req
        .read(move |ctx, tx| {
            let mut hits = Vec::new();
            if !asked.is_empty() {
                for provider in providers {
                    hits.extend(provider(ctx, tx, &asked)?);
                }
            }
            Ok(hits)
        })
        .await
        .or_fail(&req)?;
    let ui = req.ui();
    let count = hits.len();
    let mut groups: Vec<(&'static str, Vec<Hit>)> = Vec::new();
    for hit in hits {
        match groups.iter_mut().find(|(key, _)| *key == hit.group) {
            Some((_, group)) => group.push(hit),
            None => groups.push((hit.group, vec![hit])),
        }
    }
    let groups = groups.into_iter().map(|(key, hits)| (ui.t(key), hits)).collect();
    error::page(&req, &SearchPage { ui, words, groups, count })
}

/// Most hits of one kind.
const MOST: usize = 10;

/// Sections and sites, for whoever has signed in.
pub(crate) fn hits(ctx: &Ctx, tx: &mut Tx<'_>, words: &str) -> Result<Vec<Hit>> {
    if ctx.person().is_none() {
        return Ok(Vec::new());
    }
    let (sections, sites) = queries::found(tx, words, MOST)?;
    let section = |s: &Section| Hit {
        group: "search-sections",
        title: s.name(),
        note: s.number.clone(),
        href: format!("/sections/{}", s.number),
    };
    let mut hits: Vec<Hit> = sections.iter().map(section).collect();
    hits.extend(sites.iter().map(|s| Hit {
        group: "search-sites",
        title: s.name.clone(),
        note: [s.number.as_str(), s.address.as_deref().unwrap_or_default()].join(" ").trim().to_owned(),
        href: format!("/sites/{}", s.number),
    }));
    Ok(hits)
}

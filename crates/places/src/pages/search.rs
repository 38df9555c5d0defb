//! What the search box finds of streets, sections, sites and divisions, for whoever has signed in.

use crate::model::{Section, Site};
use crate::queries;
use ::store::{Tx, naming};
use kernel::ctx::Ctx;
use kernel::problem::Result;
use names::{Kind, Why};
use web::ui::encode;
use web::{Hit, HitGroup};

/// Most hits of one kind.
const MOST: usize = 8;

pub(crate) fn hits(ctx: &Ctx, tx: &mut Tx<'_>, words: &str) -> Result<Vec<HitGroup>> {
    if ctx.person().is_none() || words.trim().is_empty() {
        return Ok(Vec::new());
    }
    let asked = encode(words.trim());
    let named = naming::find(tx, &[Kind::Street, Kind::Site, Kind::Division], words, MOST)?;
    let of = |kind: Kind| named.iter().filter(|f| f.kind == kind).cloned().collect::<Vec<_>>();
    let (sections, sites) = queries::found(tx, words, MOST)?;
    let group = |key, hits, all: &str| HitGroup { key, hits, all: format!("{all}?q={asked}") };
    Ok(vec![
        group("search-roads", streets(tx, &of(Kind::Street))?, "/sections"),
        group("search-sections", sections.iter().map(section).collect(), "/sections"),
        group("search-sites", sites_called(tx, &of(Kind::Site), &sites)?, "/sites"),
        HitGroup {
            key: "search-divisions",
            hits: divisions(tx, &of(Kind::Division))?,
            all: "/divisions".to_owned(),
        },
    ])
}

/// Why something was found, where that is not plain to see.
fn why(found: &naming::Found) -> Option<Why> {
    Some(found.why).filter(|w| !matches!(w, Why::Same | Why::Part))
}

fn streets(tx: &mut Tx<'_>, named: &[naming::Found]) -> Result<Vec<Hit>> {
    let names: Vec<String> = named.iter().map(|f| f.name.clone()).collect();
    let in_use = queries::streets_in_use(tx, &names)?;
    let hit = |f: &naming::Found| {
        let href = format!("/sections?street={}", encode(&f.name));
        Hit { why: why(f), ..Hit::by_words(f.name.clone(), String::new(), href) }
    };
    Ok(named.iter().filter(|f| in_use.contains(&f.name)).map(hit).collect())
}

fn section(s: &Section) -> Hit {
    Hit::by_words(s.name(), s.number.clone(), format!("/sections/{}", s.number))
}

fn site(s: &Site) -> Hit {
    let note = [s.number.as_str(), s.address.as_deref().unwrap_or_default()].join(" ").trim().to_owned();
    Hit::by_words(s.name.clone(), note, format!("/sites/{}", s.number))
}

/// Sites that are called so, nearest first, then those that hold the words, in an address for example.
fn sites_called(tx: &mut Tx<'_>, named: &[naming::Found], by_words: &[Site]) -> Result<Vec<Hit>> {
    let mut hits: Vec<Hit> = Vec::new();
    for (found, ids) in borne(tx, named)? {
        let sites = queries::sites_of(tx, &ids)?;
        hits.extend(sites.iter().map(|s| Hit { why: why(found), ..site(s) }));
    }
    for hit in by_words.iter().map(site) {
        if !hits.iter().any(|h| h.href == hit.href) {
            hits.push(hit);
        }
    }
    hits.truncate(MOST);
    Ok(hits)
}

fn divisions(tx: &mut Tx<'_>, named: &[naming::Found]) -> Result<Vec<Hit>> {
    let mut hits: Vec<Hit> = Vec::new();
    for (found, ids) in borne(tx, named)? {
        hits.extend(queries::divisions_of(tx, &ids)?.into_iter().map(|d| {
            let href = format!("/divisions/{}", d.code);
            Hit { title: d.name.clone(), note: d.code, href, why: why(found), name: d.name }
        }));
    }
    hits.truncate(MOST);
    Ok(hits)
}

/// Names with the things that bear them.
fn borne<'a>(tx: &mut Tx<'_>, named: &'a [naming::Found]) -> Result<Vec<(&'a naming::Found, Vec<i64>)>> {
    named
        .iter()
        .map(|f| {
            let most = i64::try_from(MOST).unwrap_or(i64::MAX);
            let things = naming::bearers(tx, &[f.text_id], most)?;
            Ok((f, things.into_iter().map(|(_, thing)| thing).collect()))
        })
        .collect()
}

//! The public home page, and the list of public pages for search engines.

use axum::http::header;
use axum::response::IntoResponse;
use kernel::ctx::Locale;
use kernel::problem::Result;
use kernel::time::{Instant, SECOND};
use parking_lot::RwLock;
use std::collections::HashMap;
use std::sync::Arc;
use web::error::{Answer, OrFail, page as render};
use web::feature::{HomeCard, HomeTile, HomeValue};
use web::parts::Tile;
use web::{Req, Ui};

/// What was counted for the home page, kept for a few seconds: it is the same for every visitor of one language.
#[derive(Default)]
struct Kept(RwLock<HashMap<Locale, Arc<Counted>>>);

struct Counted {
    at: Instant,
    tiles: Vec<HomeTile>,
    cards: Vec<HomeCard>,
}

const KEPT_FOR: i64 = 10 * SECOND;

#[derive(askama::Template)]
#[template(path = "home.html")]
struct Home {
    ui: Ui,
    tiles: Vec<Tile>,
    counted: Arc<Counted>,
    doors: [Door; 4],
}

struct Door {
    href: &'static str,
    icon: &'static str,
    key: &'static str,
}

const DOORS: [Door; 4] = [
    Door { href: "/report", icon: "camera", key: "door-report" },
    Door { href: "/track", icon: "search", key: "door-track" },
    Door { href: "/public/streets", icon: "road", key: "door-streets" },
    Door { href: "/suggestions", icon: "message-2", key: "door-suggestions" },
];

async fn counted(req: &Req) -> Result<Arc<Counted>> {
    let (now, locale) = (req.ctx.now, req.ctx.locale);
    let kept = req.city.kept::<Kept>().unwrap_or_else(|| req.city.keep(Kept::default()));
    let known = kept.0.read().get(&locale).cloned();
    if let Some(known) = known.filter(|k| now.0 - k.at.0 < KEPT_FOR && now >= k.at) {
        return Ok(known);
    }
    let app = req.app.clone();
    let fresh = req.read(move |ctx, tx| {
        let mut fresh = Counted { at: ctx.now, tiles: Vec::new(), cards: Vec::new() };
        for feature in app.features() {
            if let Some(home) = feature.home {
                fresh.tiles.extend(home(ctx, tx)?);
            }
            if let Some(latest) = feature.latest {
                fresh.cards.extend(latest(ctx, tx)?);
            }
        }
        Ok(fresh)
    });
    let fresh = Arc::new(fresh.await?);
    kept.0.write().insert(locale, Arc::clone(&fresh));
    Ok(fresh)
}

fn tile(ui: &Ui, of: &HomeTile) -> Tile {
    Tile {
        label: ui.t(of.key),
        value: match of.value {
            HomeValue::Count(n) => ui.number(n),
            HomeValue::Rate(part, whole) => ui.percent(part, whole),
        },
        unit: ui.attribute(of.key, "unit"),
        note: ui.attribute(of.key, "note"),
        href: of.href.to_owned(),
        mood: of.mood,
    }
}

pub(crate) async fn page(req: Req) -> Answer {
    let counted = counted(&req).await.or_fail(&req)?;
    let ui = req.ui();
    let tiles = counted.tiles.iter().map(|t| tile(&ui, t)).collect();
    render(&req, &Home { tiles, counted, doors: DOORS, ui })
}

/// Public pages that stand still, and the records that features name.
pub(crate) async fn sitemap(req: Req) -> Answer {
    let app = req.app.clone();
    let base = &app.settings().base_url;
    let listed = |route: &web::routes::Route| {
        route.access == web::Access::Public && route.page && !route.path.contains('{')
    };
    let pages = web::all_routes(&app).into_iter().map(|(_, route)| route).filter(listed);
    let more: Vec<_> = app.features().iter().filter_map(|f| f.sitemap).collect();
    let read = req.read(move |ctx, tx| {
        let mut paths = Vec::new();
        for of in more {
            paths.extend(of(ctx, tx)?);
        }
        Ok(paths)
    });
    let records = read.await.or_fail(&req)?;
    let paths = pages.map(|r| r.path.to_owned()).chain(records);
    let urls: Vec<String> = paths.map(|path| format!("  <url><loc>{base}{path}</loc></url>\n")).collect();
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{}</urlset>\n",
        urls.concat()
    );
    Ok(([(header::CONTENT_TYPE, "application/xml; charset=utf-8")], text).into_response())
}

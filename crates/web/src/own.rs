//! What this crate itself serves: the routes that the shell refers to, notices, saved filters, progress of long work.

use crate::app::City;
use crate::city_card::CARD;
use crate::feature::Feature;
use crate::routes::{Access, Routes};
use crate::{assets, mail, notices, pages, push};
use kernel::problem::Result;
use store::Migration;
use store::jobs::JobHandler;
use store::keep::{Keep, Stays, stays};

pub const MIGRATIONS: &[Migration] = &[
    Migration { area: "web", number: 1, sql: include_str!("../migrations/0001_web.sql") },
    Migration { area: "web", number: 2, sql: include_str!("../migrations/0002_push.sql") },
];

const JOBS: &[JobHandler] = &[mail::JOB, push::JOB];
const KEEPS: &[&Keep] = &[&notices::KEEP, &push::KEEP];
const STAYS: &[Stays] = &[stays("saved_filter", "own-words")];

/// Put before the features of others by [`App::new`](crate::App::new).
pub(crate) fn feature() -> Feature {
    Feature {
        migrations: MIGRATIONS,
        routes,
        texts: crate::ui::TEXTS,
        jobs: JOBS,
        keeps: KEEPS,
        stays: STAYS,
        opened: Some(opened),
        ..Feature::new("web")
    }
}

fn opened(city: &City) -> Result<()> {
    city.set_card(city.db().read_now(|tx| CARD.get(tx))?);
    Ok(())
}

fn routes() -> Routes {
    Routes::new()
        .get("/assets/{*path}", Access::Public, assets::serve)
        .no_page()
        .get("/sw.js", Access::Public, assets::worker)
        .no_page()
        .get("/icon.svg", Access::Public, pages::plain::icon)
        .no_page()
        .get("/robots.txt", Access::Public, pages::plain::robots)
        .no_page()
        .get("/healthz", Access::Public, pages::health::health)
        .no_page()
        .get("/metrics", Access::Public, pages::health::metrics)
        .no_page()
        .get("/language/{code}", Access::Public, pages::prefs::language)
        .no_page()
        .post("/prefs/elder", Access::Public, pages::prefs::elder)
        .post("/prefs/theme", Access::Public, pages::prefs::theme)
        .get("/styleguide", Access::Public, pages::styleguide::page)
        .no_page()
        .get("/api/v1/openapi.json", Access::Public, crate::api::description)
        .get("/inbox", Access::SignedIn, pages::inbox::list)
        .get("/inbox/{id}", Access::SignedIn, pages::inbox::open)
        .post("/inbox/readings", Access::SignedIn, pages::inbox::read_all)
        .get("/me/push", Access::SignedIn, pages::push::page_of)
        .post("/me/push", Access::SignedIn, pages::push::create)
        .post("/me/push/{id}/removal", Access::SignedIn, pages::push::remove)
        .get("/tasks", Access::SignedIn, pages::tasks::list)
        .get("/tasks/{id}", Access::SignedIn, pages::tasks::page_of)
        .get("/tasks/{id}/refusals", Access::SignedIn, pages::tasks::refusals_file)
        .post("/saved-filters", Access::SignedIn, pages::saved::create)
        .post("/saved-filters/{id}/removal", Access::SignedIn, pages::saved::remove)
}

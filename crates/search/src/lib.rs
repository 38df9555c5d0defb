//! One box for everything: cases, streets, sections, sites, divisions, units and letters, by words, by number, by initials and
//! with slips.
//!
//! What is found is each feature's own ([`web::Feature::search`]): it shows only what its lists show this person. Here the answers
//! are put together, and what was meant is told with its reason. How names are matched: [`names`], `store::naming`,
//! docs/search.md.
//!
//! Everybody who has signed in may ask. Which street an address means is told to everybody: names of streets are public.

mod api;
mod find;
mod pages;

use kernel::ctx::Locale;
use web::{Access, Feature, Routes};

pub fn feature() -> Feature {
    Feature {
        routes,
        texts: &[
            (Locale::ZhCn, include_str!("../locales/zh-CN.ftl")),
            (Locale::En, include_str!("../locales/en.ftl")),
        ],
        openapi: Some(api::description),
        ..Feature::new("search")
    }
}

fn routes() -> Routes {
    Routes::new()
        .get("/search", Access::SignedIn, pages::page)
        .get("/search/suggestions", Access::SignedIn, pages::suggestions)
        .no_page()
        .get("/search/streets", Access::Public, pages::streets)
        .no_page()
        .get("/api/v1/search", Access::SignedIn, api::search)
}

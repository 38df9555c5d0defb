//! Open data: what everybody may know, in the forms that other people's programs read. OGC API Features for maps (`/ogc`),
//! whole files, RSS and Atom feeds, schema.org; and two pages that tell people what there is (`/open-data`) and developers how
//! to use it (`/developers`).
//!
//! Nothing here is secret and nothing depends on who asks: cases are confirmed and masked ([`cases::queries::OpenCase`]), the rest
//! are the city's public registers.
//!
//! Read in this order: [`shape`], [`item`], [`collection`], [`wanted`], [`layers`], [`feeds`], then `pages/`.

pub mod collection;
mod described;
pub mod feeds;
pub mod item;
pub mod jsonld;
pub mod layers;
mod pages;
pub mod settings;
pub mod shape;
pub mod wanted;

use kernel::ctx::{Ctx, Locale};
use kernel::problem::Result;
use store::Tx;
use web::Feature;

pub fn feature() -> Feature {
    Feature {
        texts: &[
            (Locale::ZhCn, include_str!("../locales/zh-CN.ftl")),
            (Locale::En, include_str!("../locales/en.ftl")),
        ],
        routes: pages::routes,
        sitemap: Some(sitemap),
        openapi: Some(pages::description),
        dialect: Some(web::dialect::Dialect { below: "/ogc/", tell: pages::tell }),
        ..Feature::new("opendata")
    }
}

/// How many cases search engines are told of; older ones are found from the lists.
const IN_SITEMAP: i64 = 5000;

fn sitemap(_: &Ctx, tx: &mut Tx<'_>) -> Result<Vec<String>> {
    let numbers = cases::queries::open_numbers(tx, IN_SITEMAP)?;
    Ok(numbers.into_iter().map(|number| format!("/public/cases/{number}")).collect())
}

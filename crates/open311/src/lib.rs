//! Open311 GeoReport v2: the door for other people's report apps and other cities' systems, at `/open311/v2/`.
//!
//! Reading is open and shows public cases only, never a reporter. Sending takes an API key made for reports; what is sent
//! becomes a case by the same command as the public form. What the specification leaves open is answered in `docs/api.md`.
//!
//! Read in this order: [`tree`] (one answer, written as JSON or XML), [`shapes`] (what the specification calls things),
//! [`ask`] (what a reader asks for), [`sent`] (what a sender sends), then `api/`.

mod api;
pub mod ask;
mod described;
pub mod sent;
pub mod shapes;
pub mod tree;

use kernel::ctx::Locale;
use web::Feature;
use web::dialect::Dialect;

pub fn feature() -> Feature {
    Feature {
        texts: &[
            (Locale::ZhCn, include_str!("../locales/zh-CN.ftl")),
            (Locale::En, include_str!("../locales/en.ftl")),
        ],
        routes: api::routes,
        openapi: Some(api::description),
        dialect: Some(Dialect { below: "/open311/", tell: api::tell }),
        ..Feature::new("open311")
    }
}

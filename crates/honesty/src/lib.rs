//! 照片核实: whether the picture that a unit sends as proof is one of this repair.
//!
//! Every picture of an answer is held against all earlier pictures of the city, and its camera's notes against the case.
//! What is found becomes a **warning** (`PC-000012`): a question to a person with the figures that it rests on and both pictures
//! side by side, never a verdict. The verifier, the office or its leader say 属实 (right) or 误报 (false alarm), with a reason. Only
//! what was confirmed is counted, and by unit: there are no points for people. The unit is not told by the program.
//!
//! Who may do what: [`policy`]. From when on somebody is asked: [`settings`], with numbers that were measured
//! (docs/photo-honesty.md). Read in this order: [`model`], [`facts`] (what the camera's notes say), [`examine`] (how pictures
//! are compared; the arithmetic is the crate `alike`), [`jobs`], [`commands`], [`queries`], then `words`, `beside`, `pages`, `api`.

mod api;
mod beside;
pub mod commands;
mod examine;
pub mod facts;
mod forms;
pub mod jobs;
pub mod model;
mod pages;
pub mod policy;
pub mod queries;
pub mod settings;
mod store;
mod words;

pub use jobs::{Gone, backfill};

use ::store::Migration;
use ::store::keep::{Stays, stays};
use kernel::ctx::Locale;
use policy::{Act, POLICY};
use std::sync::Arc;
use web::{Feature, MenuGroup, MenuItem};

pub const MIGRATIONS: &[Migration] =
    &[Migration { area: "honesty", number: 1, sql: include_str!("../migrations/0001_honesty.sql") }];

const TEXTS: &[(Locale, &str)] =
    &[(Locale::ZhCn, include_str!("../locales/zh-CN.ftl")), (Locale::En, include_str!("../locales/en.ftl"))];

const MENU: &[MenuItem] = &[MenuItem {
    group: MenuGroup::Follow,
    order: 24,
    key: "menu-honesty",
    icon: "photo-search",
    href: "/photo-checks",
    shown: |ctx| POLICY.somewhere(ctx, Act::See),
}];

const STAYS: &[Stays] = &[
    stays("honesty_print", "fingerprints"),
    stays("honesty_warning", "acts"),
    stays("honesty_place", "state"),
    stays("honesty_backfill", "state"),
];

pub fn feature() -> Feature {
    Feature {
        migrations: MIGRATIONS,
        routes: || pages::routes().merge(api::routes()),
        texts: TEXTS,
        menu: MENU,
        jobs: jobs::HANDLERS,
        periodic: jobs::PERIODIC,
        opened: Some(|city| {
            cases::beside::bring(city, Arc::new(beside::Beside));
            Ok(())
        }),
        numbers: Some(queries::numbers),
        policy: Some(|| POLICY.table()),
        openapi: Some(api::description),
        stays: STAYS,
        ..Feature::new("honesty")
    }
}

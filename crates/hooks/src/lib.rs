//! Webhooks: other programs are told what happened, signed by the Standard Webhooks specification.
//!
//! An **endpoint** (`WH-0001`) is an address that somebody of the civilisation office has set up, with the kinds of events,
//! units and divisions it wants. It follows the audit log from its place in it: what stands there is delivered, and nothing
//! else. A **delivery** waits, is sent, or lies dead after three days; within one record deliveries never overtake each
//! other. Endpoints are active, paused by a person, or stopped by the program, which tells why.
//!
//! The office and its leader keep endpoints and read what was sent; the system administrator can stop them; the auditor sees
//! what became of deliveries; see [`policy`]. A message never holds more than a key of whoever set the endpoint up could
//! read. Which events are public, and what of them goes out, each feature says itself: [`web::outgoing`].
//!
//! Read in this order: [`model`], [`policy`], [`feed`] (from the log to deliveries), [`send`] (from deliveries to the other
//! program), [`jobs`] (what drives both), [`guard`] and [`client`] (where it may go), [`sign`], then `commands`, `pages`, `api`.

mod api;
pub mod client;
pub mod commands;
pub mod feed;
mod forms;
pub mod guard;
pub mod jobs;
pub mod model;
mod pages;
pub mod policy;
pub mod queries;
pub mod schedule;
pub mod send;
pub mod settings;
pub mod sign;
mod store;

use ::store::Migration;
use kernel::ctx::Locale;
use policy::{Act, POLICY};
use web::{Feature, MenuGroup, MenuItem};

pub const MIGRATIONS: &[Migration] =
    &[Migration { area: "hooks", number: 1, sql: include_str!("../migrations/0001_hooks.sql") }];

const TEXTS: &[(Locale, &str)] =
    &[(Locale::ZhCn, include_str!("../locales/zh-CN.ftl")), (Locale::En, include_str!("../locales/en.ftl"))];

const MENU: &[MenuItem] = &[MenuItem {
    group: MenuGroup::Admin,
    order: 60,
    key: "menu-hooks",
    icon: "send",
    href: "/admin/webhooks",
    shown: |ctx| policy::may(ctx, Act::See),
}];

pub fn feature() -> Feature {
    Feature {
        migrations: MIGRATIONS,
        routes: || pages::routes().merge(api::routes()),
        texts: TEXTS,
        menu: MENU,
        jobs: jobs::HANDLERS,
        periodic: jobs::PERIODIC,
        numbers: Some(queries::numbers),
        policy: Some(|| POLICY.table()),
        openapi: Some(api::description),
        keeps: store::KEEPS,
        stays: store::STAYS,
        ..Feature::new("hooks")
    }
}

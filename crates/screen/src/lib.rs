//! 大屏, the wall of a command room, and 每日简报, its printed twin.
//!
//! `/screen` shows on one page without scrolling how the city's cases stand now: what came in, what is late, by hour, kind and
//! place, on the map, and what moved last. Every figure is one that a list or the statistics page tells too; nothing that stands
//! there was written by people, and nobody is named. `/brief` tells the last whole day on one sheet of A4.
//!
//! A wall has nobody who signs in: a **display** (显示端, `SD-0001`) has an address with a secret word, shown once. It is in use
//! until its last day or until it is revoked; then its page says so.
//!
//! | | in use | ended |
//! | --- | --- | --- |
//! | by | whoever registers it | its last day is over (expired), or somebody revoked it (revoked) |
//! | its address | shows the wall | says that it has ended |
//!
//! System administrators register, renew and revoke displays; the office arranges what they show; who sees statistics of cases
//! sees `/screen`; the office and its leaders read `/brief`: [`policy`]. Units appear only as who answers for one case; nobody
//! and no community is ranked (国办函〔2026〕12号).
//!
//! Read in this order: [`model`], [`policy`], [`area`], [`figures`], [`brief`], [`commands`], then `pages` and `api`.

mod api;
pub mod area;
pub mod brief;
pub mod commands;
pub mod figures;
mod forms;
mod knocks;
pub mod model;
mod pages;
pub mod policy;
pub mod queries;
mod store;

use ::store::Migration;
use kernel::ctx::{Ctx, Locale};
use policy::{Act, POLICY};
use web::{Feature, MenuGroup, MenuItem};

pub const MIGRATIONS: &[Migration] =
    &[Migration { area: "screen", number: 1, sql: include_str!("../migrations/0001_screen.sql") }];

const TEXTS: &[(Locale, &str)] =
    &[(Locale::ZhCn, include_str!("../locales/zh-CN.ftl")), (Locale::En, include_str!("../locales/en.ftl"))];

const fn entry(
    group: MenuGroup,
    order: u8,
    key: &'static str,
    icon: &'static str,
    href: &'static str,
    shown: fn(&Ctx) -> bool,
) -> MenuItem {
    MenuItem { group, order, key, icon, href, shown }
}

const MENU: &[MenuItem] = &[
    entry(MenuGroup::Work, 61, "menu-brief", "news", "/brief", |ctx| POLICY.somewhere(ctx, Act::Brief)),
    entry(MenuGroup::Work, 62, "menu-screen", "presentation", "/screen", |ctx| {
        POLICY.somewhere(ctx, Act::Look)
    }),
    entry(MenuGroup::Admin, 65, "menu-screens", "device-tv", "/admin/screens", |ctx| {
        policy::may(ctx, Act::See)
    }),
];

pub fn feature() -> Feature {
    Feature {
        migrations: MIGRATIONS,
        routes: || pages::routes().merge(api::routes()),
        texts: TEXTS,
        menu: MENU,
        numbers: Some(queries::numbers),
        policy: Some(|| POLICY.table()),
        openapi: Some(api::description),
        keeps: store::KEEPS,
        ..Feature::new("screen")
    }
}

//! 实地考察轮次: inspections whose points are drawn so that nobody can steer it and anybody can check it.
//!
//! An **inspection** (`IN-2026-0001`) says on which days how many points of which types are visited. Its points come from the register
//! of sites (`places`). Before the draw the office is bound: plan and register are frozen, a secret is made, and the fingerprint
//! of all three is published with the value from outside that will be mixed in. The draw is arithmetic of the crate `draw`;
//! `docs/draw.py` repeats it elsewhere. How and why: `docs/adr/0028-draws-that-can-be-proved.md`.
//!
//! | | becomes | by |
//! | --- | --- | --- |
//! | – | 筹备 planned | `plan` |
//! | planned | 已承诺 committed | `commit` |
//! | committed | 已抽样 drawn | `draw`, with the value from outside and a witness |
//! | drawn | 考察中 underway | `start` |
//! | underway | 已结束 ended; everybody sees secret and points | `end` |
//! | all but ended | 已取消 cancelled | `cancel`, with a reason |
//!
//! While it is drawn or under way, a point that cannot be visited is replaced by the next in its stratum's order (`replace`). Inspectors are
//! sent (`send`): each visit has a person and a day ([`visits`]), moved by hand where need be (`reassign`).
//! The office plans; leaders, auditors and inspectors see; units and everybody else see whole draws when the inspection has
//! ended: [`policy`]. Read in this order: [`model`], [`workflow`], [`policy`], [`register`], [`commands`], then `pages` and `api`.

mod api;
pub mod commands;
mod forms;
pub mod model;
mod pages;
mod paper;
pub mod policy;
pub mod queries;
pub mod register;
mod show;
mod store;
pub mod visits;
pub mod workflow;

use ::store::Migration;
use kernel::ctx::Locale;
use policy::{Act, POLICY};
use web::{Feature, MenuGroup, MenuItem};

pub const MIGRATIONS: &[Migration] = &[
    Migration { area: "inspections", number: 1, sql: include_str!("../migrations/0001_inspections.sql") },
    Migration { area: "inspections", number: 2, sql: include_str!("../migrations/0002_visits.sql") },
];

const TEXTS: &[(Locale, &str)] =
    &[(Locale::ZhCn, include_str!("../locales/zh-CN.ftl")), (Locale::En, include_str!("../locales/en.ftl"))];

const MENU: &[MenuItem] = &[
    MenuItem {
        group: MenuGroup::Follow,
        order: 60,
        key: "menu-inspections",
        icon: "clipboard-list",
        href: "/inspections",
        shown: |ctx| policy::may(ctx, Act::See),
    },
    MenuItem {
        group: MenuGroup::Follow,
        order: 61,
        key: "menu-my-points",
        icon: "map-route",
        href: "/inspections/mine",
        shown: |ctx| POLICY.somewhere(ctx, Act::Visit),
    },
];

pub fn feature() -> Feature {
    Feature {
        migrations: MIGRATIONS,
        routes: || pages::routes().merge(api::routes()),
        texts: TEXTS,
        menu: MENU,
        search: Some(pages::search),
        numbers: Some(queries::numbers),
        stays: store::STAYS,
        policy: Some(|| POLICY.table()),
        workflows: Some(|| workflow::INSPECTION.diagram()),
        openapi: Some(api::description),
        ..Feature::new("inspections")
    }
}

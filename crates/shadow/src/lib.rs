//! 影子得分: what the city would come to if it were judged today, how sure that is, and which repairs raise it most.
//!
//! A **plan** says, for a published scheme, where what is known of each way of judging comes from: what inspectors found
//! ([`fieldwork`]), rounds that came as workbooks ([`assessment`]), grades of papers ([`evidence`]), what people said ([`surveys`]). From
//! these follow the rate with its interval ([`outlook`]), the gap to the target, and the repairs in the order of what they bring for what
//! they take ([`repairs`]). Nothing is stored but the plan and one line a day; everything else is worked out when it is asked for, by
//! the scheme's own rules in exact fractions. Only the interval is a floating-point number.
//!
//! It is the office's instrument, for itself and the leader: no unit and nobody outside sees it. Read in this order: [`model`],
//! [`outlook`], [`repairs`], [`sources`], [`queries`], [`commands`], then `pages`, `api`.

mod api;
pub mod commands;
mod forms;
mod jobs;
pub mod model;
pub mod outlook;
mod pages;
pub mod policy;
pub mod queries;
pub mod repairs;
pub mod sources;
mod store;

use ::store::Migration;
use ::store::keep::{Stays, stays};
use kernel::ctx::Locale;
use policy::{Act, POLICY};
use web::{Feature, MenuGroup, MenuItem};

pub const MIGRATIONS: &[Migration] =
    &[Migration { area: "shadow", number: 1, sql: include_str!("../migrations/0001_shadow.sql") }];

const TEXTS: &[(Locale, &str)] =
    &[(Locale::ZhCn, include_str!("../locales/zh-CN.ftl")), (Locale::En, include_str!("../locales/en.ftl"))];

const MENU: &[MenuItem] = &[MenuItem {
    group: MenuGroup::Follow,
    order: 28,
    key: "menu-shadow",
    icon: "trending-up",
    href: "/shadow",
    shown: |ctx| policy::may(ctx, Act::See),
}];

const STAYS: &[Stays] = &[stays("shadow_plan", "assessment"), stays("shadow_day", "assessment")];

pub fn feature() -> Feature {
    Feature {
        migrations: MIGRATIONS,
        routes: || pages::routes().merge(api::routes()),
        texts: TEXTS,
        menu: MENU,
        periodic: jobs::PERIODIC,
        policy: Some(|| POLICY.table()),
        stays: STAYS,
        openapi: Some(api::description),
        ..Feature::new("shadow")
    }
}

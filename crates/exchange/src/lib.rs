//! Exchange with partner systems: orders of the hotline 12345 and of the urban management platform (数字城管) become cases,
//! what becomes of the cases goes back, and where the two systems disagree a person sees it and decides.
//!
//! A **partner** (`XP-0001`) is reached over HTTP by the protocol of `docs/exchange.md`, or through a folder of files. Its
//! **orders** keep their number and deadline beside ours. **Changes** (`XI-000001`) are written down as they come and carried
//! out once each, in order; what cannot be is on the repair list (待修清单). **Messages** follow the log, in order within an
//! order, and are tried for three days. **Differences** (`XD-000001`) are what the two say differently: state, deadline, unit,
//! kind, text, or an order that one side does not know.
//!
//! The system administrator sets partners up; the office says what their words mean and, with the dispatcher, decides about
//! differences and repairs: [`policy`].
//!
//! Read in this order: [`model`], [`stage`] (the whole correspondence on one page), [`policy`], [`adapter`] (how things
//! travel), [`incoming`] and [`pull`], [`outgoing`] and [`send`], [`compare`] and [`reconcile`], [`jobs`], then `commands`,
//! `pages`, `api`.

pub mod adapter;
mod api;
mod beside;
pub mod change;
pub mod commands;
mod compare;
mod forms;
pub mod guard;
pub mod incoming;
pub mod jobs;
pub mod model;
pub mod outgoing;
mod pages;
pub mod policy;
pub mod pull;
pub mod queries;
pub mod reconcile;
mod schedule;
mod seal;
pub mod send;
pub mod settings;
pub mod stage;
mod store;

use ::store::Migration;
use kernel::ctx::Locale;
use policy::{Act, POLICY};
use std::sync::Arc;
use web::{Feature, MenuGroup, MenuItem};

pub const MIGRATIONS: &[Migration] =
    &[Migration { area: "exchange", number: 1, sql: include_str!("../migrations/0001_exchange.sql") }];

const TEXTS: &[(Locale, &str)] =
    &[(Locale::ZhCn, include_str!("../locales/zh-CN.ftl")), (Locale::En, include_str!("../locales/en.ftl"))];

const MENU: &[MenuItem] = &[
    MenuItem {
        group: MenuGroup::Follow,
        order: 26,
        key: "menu-differences",
        icon: "scale",
        href: "/exchange/differences",
        shown: |ctx| policy::may(ctx, Act::Resolve),
    },
    MenuItem {
        group: MenuGroup::Admin,
        order: 62,
        key: "menu-exchange",
        icon: "repeat",
        href: "/exchange/partners",
        shown: |ctx| policy::may(ctx, Act::See),
    },
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
        keeps: store::keep::KEEPS,
        stays: store::keep::STAYS,
        ..Feature::new("exchange")
    }
}

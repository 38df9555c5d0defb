//! 分派规则: which unit a case goes to, by ordered rules that the office writes.
//!
//! A rule is a condition and what follows from it: the unit that leads, those that assist, a 立案条件. The first rule that
//! fits decides. It either prepares the dispatch (the form is filled in, a person sends it) or dispatches the case as soon
//! as it is registered, and then the case says by which rule, in which edition, and why. What a person has decided is never
//! overruled: [`apply`]. Where no rule fits, the unit that the register of adopted streets names stays the default; what the
//! program has learnt (crate `suggest`) stands behind the rules.
//!
//! Rules are tried on past cases before they are let loose: [`dry`]. Who may do what: [`policy`]. Read in this order:
//! [`model`], [`facts`] (what conditions can ask), [`conditions`] (the form's), [`language`] (what is written by hand),
//! [`book`] (first fit decides), [`apply`], [`dry`], then `forms`, `pages`, `api`.

mod api;
pub mod apply;
mod beside;
pub mod book;
pub mod commands;
pub mod conditions;
pub mod dry;
pub mod facts;
pub mod forms;
pub mod jobs;
pub mod language;
pub mod model;
mod pages;
pub mod policy;
pub mod queries;
mod store;
mod told;

use ::store::Migration;
use kernel::ctx::Locale;
use policy::{Act, POLICY};
use std::sync::Arc;
use web::{Feature, MenuGroup, MenuItem};

pub const MIGRATIONS: &[Migration] =
    &[Migration { area: "routing", number: 1, sql: include_str!("../migrations/0001_routing.sql") }];

const TEXTS: &[(Locale, &str)] =
    &[(Locale::ZhCn, include_str!("../locales/zh-CN.ftl")), (Locale::En, include_str!("../locales/en.ftl"))];

const MENU: &[MenuItem] = &[MenuItem {
    group: MenuGroup::Admin,
    order: 65,
    key: "menu-routing",
    icon: "route",
    href: "/admin/routing-rules",
    shown: |ctx| policy::may(ctx, Act::See),
}];

pub fn feature() -> Feature {
    Feature {
        migrations: MIGRATIONS,
        routes: || pages::routes().merge(api::routes()),
        texts: TEXTS,
        menu: MENU,
        jobs: jobs::HANDLERS,
        numbers: Some(queries::numbers),
        opened: Some(|city| {
            cases::desk::listen(city, Arc::new(jobs::Ear));
            cases::beside::bring(city, Arc::new(beside::Prepared(city.weak())));
            Ok(())
        }),
        policy: Some(|| POLICY.table()),
        openapi: Some(api::description),
        keeps: store::KEEPS,
        stays: store::STAYS,
        ..Feature::new("routing")
    }
}

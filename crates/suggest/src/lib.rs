//! 分派建议: which kind of problem a report probably is, and which unit probably answers for it, learnt from the city's own
//! closed cases.
//!
//! Beside the forms that register and dispatch a case stand up to three choices for each field, with how likely they are, the
//! words that spoke for them, and how often such advice was right on cases it had not learnt from, next to how often always
//! saying the commonest would have been. It never decides: a click fills the field, and a person sends the form. What was
//! offered and what was chosen is kept, so that the live rate can be shown; about choices, not about persons.
//!
//! It learns every month, when the office asks, and by `chuangcheng train`. Where there are too few cases, or it is not
//! better than the commonest answer by a margin, it shows nothing by itself: [`settings`]. Who may do what: [`policy`]. Read in this
//! order: [`model`], [`features`] (what it looks at; the arithmetic is the crate `classifier`), [`train`](mod@train),
//! [`advise`], `beside` (what cases ask), then `pages`, `api`. Measured: docs/suggestions.md.

pub mod advise;
mod api;
mod beside;
pub mod commands;
pub mod features;
pub mod jobs;
pub mod model;
mod pages;
pub mod policy;
pub mod queries;
pub mod settings;
mod store;
mod train;

pub use train::{Outcome, train};

use ::store::Migration;
use ::store::keep::{Stays, stays};
use advise::Advisor;
use kernel::ctx::Locale;
use policy::{Act, POLICY};
use std::sync::Arc;
use web::{Feature, MenuGroup, MenuItem};

pub const MIGRATIONS: &[Migration] =
    &[Migration { area: "suggest", number: 1, sql: include_str!("../migrations/0001_suggest.sql") }];

const TEXTS: &[(Locale, &str)] =
    &[(Locale::ZhCn, include_str!("../locales/zh-CN.ftl")), (Locale::En, include_str!("../locales/en.ftl"))];

const MENU: &[MenuItem] = &[MenuItem {
    group: MenuGroup::Admin,
    order: 70,
    key: "menu-suggest",
    icon: "wand",
    href: "/admin/dispatch-advice",
    shown: |ctx| POLICY.may(ctx, Act::See, &policy::city()),
}];

const STAYS: &[Stays] = &[stays("suggest_model", "learnt"), stays("suggest_offer", "learnt")];

pub fn feature() -> Feature {
    Feature {
        migrations: MIGRATIONS,
        routes: || pages::routes().merge(api::routes()),
        texts: TEXTS,
        menu: MENU,
        jobs: jobs::HANDLERS,
        periodic: jobs::PERIODIC,
        opened: Some(|city| {
            let advisor = city.keep(Advisor::default());
            cases::beside::bring(city, Arc::new(beside::Beside(advisor)));
            Ok(())
        }),
        policy: Some(|| POLICY.table()),
        openapi: Some(api::description),
        stays: STAYS,
        ..Feature::new("suggest")
    }
}

//! 催办、督办、约谈: what happens when a unit lets a deadline pass.
//!
//! The **ladder** has three rungs: a *reminder*, a *supervision letter*, a *summons*. The city says as data which steps there
//! are and when each is due ([`rules`]): a quarter of the limit left, the deadline, once the limit again. The program looks at
//! everything that has a running deadline ([`sources`]; cases are one) and does each step **once** for a subject and occasion
//! ([`climb`]). Reminders issue themselves; letters and summonses are proposed, checked by one person and signed by another.
//! Every letter is numbered without gaps by kind and year, frozen as it was issued ([`kept`]), acknowledged and answered by
//! the unit, and ends closed, carried to the next rung, or withdrawn with a reason.
//!
//! States and moves: [`workflow`]. Who may do what: [`policy`]. Read in this order: `rules`, `workflow`, `policy`, [`model`],
//! `climb`, [`commands`] (`propose`, then along the states), `compose` (what a letter says), [`jobs`], [`queries`], `pages`.

mod api;
pub mod climb;
pub mod commands;
pub mod compose;
pub mod forms;
pub mod jobs;
pub mod kept;
pub mod model;
pub mod moves;
mod pages;
pub mod policy;
pub mod queries;
pub mod rules;
pub mod show;
pub mod sources;
pub mod store;
#[cfg(test)]
mod texts;
pub mod workflow;

use ::store::Migration;
use ::store::keep::{Stays, stays};
use kernel::ctx::Locale;
use policy::{Act, POLICY};
use web::{Feature, MenuGroup, MenuItem};

pub const MIGRATIONS: &[Migration] =
    &[Migration { area: "ladder", number: 1, sql: include_str!("../migrations/0001_ladder.sql") }];

const fn entry(
    order: u8,
    key: &'static str,
    icon: &'static str,
    href: &'static str,
    shown: fn(&kernel::ctx::Ctx) -> bool,
) -> MenuItem {
    MenuItem { group: MenuGroup::Follow, order, key, icon, href, shown }
}

const MENU: &[MenuItem] = &[
    entry(22, "menu-ladder", "speakerphone", "/ladder", |ctx| POLICY.somewhere(ctx, Act::Oversee)),
    entry(23, "menu-letters", "file-certificate", "/letters", |ctx| POLICY.somewhere(ctx, Act::View)),
];

/// This crate's part of the program.
const STAYS: &[Stays] = &[
    stays("ladder_letter", "official"),
    stays("ladder_fired", "state"),
    stays("ladder_series", "state"),
    stays("ladder_paper", "official"),
    stays("ladder_file", "official"),
    stays("ladder_undertaking", "official"),
];

pub fn feature() -> Feature {
    Feature {
        migrations: MIGRATIONS,
        texts: &[
            (Locale::ZhCn, include_str!("../locales/zh-CN.ftl")),
            (Locale::En, include_str!("../locales/en.ftl")),
        ],
        routes: || pages::routes().merge(api::routes()),
        menu: MENU,
        search: Some(pages::search::search),
        openapi: Some(api::description),
        jobs: jobs::HANDLERS,
        periodic: jobs::PERIODIC,
        numbers: Some(queries::numbers),
        policy: Some(|| POLICY.table()),
        workflows: Some(|| workflow::LETTER.diagram()),
        stays: STAYS,
        ..Feature::new("ladder")
    }
}

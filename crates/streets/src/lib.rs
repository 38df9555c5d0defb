//! 包街: every street has a unit that answers for it.
//!
//! An **adoption** (`BJ-0001`) says that a unit answers for a *stretch* — metres of a street section — from a day until a
//! day, by a standard (五好, the five goods), and names whom to call. It is open until it is ended, replaced (another unit
//! takes over the day after), split or joined; rows are never overwritten, so that every page can be asked for any day in
//! the past or the future. The check finds metres for which nobody answers and metres for which two do.
//!
//! When the unit of a stretch changes, its open cases are handed over in one step ([`commands::hand_over`]). What patrols
//! find becomes cases. Signs carry a QR code that leads to the stretch's public page, also after the unit has changed.
//!
//! The office keeps the register where it governs, a unit's head the contact of its own stretches; see [`policy`]. No points,
//! no ranking of people, no forced check-in: outcomes are units', and each number opens to its cases.
//!
//! Read in this order: [`model`], [`policy`], [`register`] (what cases ask), [`commands`] (`adopt`, `replace`, `hand_over`),
//! [`queries`] (`coverage` and `present`), [`import`], then `pages` and `api`.

mod api;
mod columns;
pub mod commands;
mod export;
mod forms;
pub mod import;
pub mod jobs;
mod keep;
pub mod kept;
pub mod model;
mod outgoing;
mod pages;
pub mod policy;
mod qr;
pub mod queries;
mod register;
pub mod settings;
pub mod setup;
mod show;
mod store;

pub use model::{Adoption, Patrol, Standard};
pub use register::register;

use ::store::Migration;
use kernel::ctx::Locale;
use web::feature::{Import, ImportArgs};
use web::{Feature, MenuGroup, MenuItem};

pub const MIGRATIONS: &[Migration] =
    &[Migration { area: "streets", number: 1, sql: include_str!("../migrations/0001_streets.sql") }];

const TEXTS: &[(Locale, &str)] =
    &[(Locale::ZhCn, include_str!("../locales/zh-CN.ftl")), (Locale::En, include_str!("../locales/en.ftl"))];

const MENU: &[MenuItem] = &[
    MenuItem {
        group: MenuGroup::Work,
        order: 30,
        key: "menu-streets",
        icon: "route",
        href: "/streets",
        shown: |ctx| ctx.person().is_some(),
    },
    MenuItem {
        group: MenuGroup::Work,
        order: 62,
        key: "menu-past",
        icon: "history",
        href: "/past",
        shown: |ctx| ctx.person().is_some(),
    },
];

fn import_file(args: &ImportArgs<'_>) -> kernel::problem::Result<sheets::Report> {
    import::run_now(args.city.db(), args.ctx, args.file, args.dry_run)
}

pub fn feature() -> Feature {
    Feature {
        migrations: MIGRATIONS,
        routes: pages::routes,
        texts: TEXTS,
        menu: MENU,
        periodic: jobs::PERIODIC,
        opened: Some(|city| {
            city.keep(cases::desk::Registered(register()));
            Ok(())
        }),
        imports: &[Import { kind: "streets", run: import_file }],
        search: Some(pages::search::hits),
        events: outgoing::EVENTS,
        policy: Some(|| policy::POLICY.table()),
        openapi: Some(api::openapi),
        numbers: Some(queries::numbers),
        keeps: keep::KEEPS,
        stays: keep::STAYS,
        ..Feature::new("streets")
    }
}

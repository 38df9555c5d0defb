//! Cases: somebody sees a problem on a street; the right unit learns of it; the clock runs in working time; the unit
//! answers with proof; somebody else checks; the reporter is told and may contest.
//!
//! States and moves: [`workflow`]. Who may do what: [`policy`]. Read in this order: `workflow`, `policy`, [`model`],
//! [`clock`] (deadlines), [`commands`] (`submit` first, then along the stages), [`queries`], and last what is on top:
//! `forms`, `pages`, `api`, [`jobs`], [`import`].

pub mod alike;
mod api;
pub mod as_of;
pub mod beside;
pub mod catalogue;
pub mod clock;
pub mod commands;
pub mod desk;
pub mod evidence;
mod forms;
pub mod import;
mod import_command;
mod import_job;
pub mod jobs;
mod keep;
pub mod letters;
mod masked;
pub mod model;
pub mod moves;
pub mod open;
mod outgoing;
mod pages;
pub mod past;
pub mod policy;
mod propose;
pub mod queries;
pub mod rules;
pub mod store;
#[cfg(test)]
mod texts;
mod units;
pub mod workflow;

use ::store::Migration;
use kernel::ctx::{Ctx, Locale};
use kernel::policy::Role;
use policy::{Act, POLICY};
use web::{Feature, MenuGroup, MenuItem};

pub const MIGRATIONS: &[Migration] = &[
    Migration { area: "cases", number: 1, sql: include_str!("../migrations/0001_cases.sql") },
    Migration { area: "cases", number: 2, sql: include_str!("../migrations/0002_letters.sql") },
    Migration { area: "cases", number: 3, sql: include_str!("../migrations/0003_public.sql") },
    Migration { area: "cases", number: 4, sql: include_str!("../migrations/0004_edges.sql") },
    Migration { area: "cases", number: 5, sql: include_str!("../migrations/0005_past.sql") },
    Migration { area: "cases", number: 6, sql: include_str!("../migrations/0006_sealed.sql") },
    Migration { area: "cases", number: 7, sql: include_str!("../migrations/0007_erased.sql") },
    Migration { area: "cases", number: 8, sql: include_str!("../migrations/0008_redaction.sql") },
    Migration { area: "cases", number: 9, sql: include_str!("../migrations/0009_handler.sql") },
    Migration { area: "cases", number: 10, sql: include_str!("../migrations/0010_forward.sql") },
    Migration { area: "cases", number: 11, sql: include_str!("../migrations/0011_extras.sql") },
    Migration { area: "cases", number: 12, sql: include_str!("../migrations/0012_one_forward.sql") },
    Migration { area: "cases", number: 13, sql: include_str!("../migrations/0013_recordings.sql") },
];

const fn entry(
    order: u8,
    key: &'static str,
    icon: &'static str,
    href: &'static str,
    shown: fn(&Ctx) -> bool,
) -> MenuItem {
    MenuItem { group: MenuGroup::Work, order, key, icon, href, shown }
}

const fn follow(
    order: u8,
    key: &'static str,
    icon: &'static str,
    href: &'static str,
    shown: fn(&Ctx) -> bool,
) -> MenuItem {
    MenuItem { group: MenuGroup::Follow, ..entry(order, key, icon, href, shown) }
}

const MENU: &[MenuItem] = &[
    entry(10, "menu-today", "layout-dashboard", "/today", |ctx| POLICY.somewhere(ctx, Act::Statistics)),
    entry(11, "menu-todo", "list-check", "/todo", |ctx| POLICY.somewhere(ctx, Act::Handle)),
    entry(12, "menu-mine", "flag", "/cases?mine=1", |ctx| ctx.holds(Role::Inspector)),
    entry(13, "menu-enter", "camera", "/cases/new", |ctx| POLICY.somewhere(ctx, Act::Enter)),
    entry(20, "menu-cases", "clipboard-list", "/cases", |ctx| POLICY.somewhere(ctx, Act::View)),
    follow(21, "menu-clusters", "stack-2", "/cases/clusters", |ctx| POLICY.somewhere(ctx, Act::Merge)),
    follow(24, "menu-looks", "eye", "/second-looks", |ctx| POLICY.somewhere(ctx, Act::Verify)),
    follow(25, "menu-recurrences", "repeat", "/recurrences", |ctx| POLICY.somewhere(ctx, Act::Statistics)),
    entry(60, "menu-statistics", "chart-bar", "/statistics", |ctx| POLICY.somewhere(ctx, Act::Statistics)),
    MenuItem {
        group: MenuGroup::Registers,
        ..entry(81, "menu-case-rules", "adjustments-horizontal", "/cases/rules", |ctx| {
            POLICY.somewhere(ctx, Act::EditRules)
        })
    },
    MenuItem {
        group: MenuGroup::Registers,
        ..entry(80, "menu-catalogue", "book", "/admin/catalogue", |ctx| {
            POLICY.somewhere(ctx, Act::Statistics)
        })
    },
];

/// This crate's part of the program.
pub fn feature() -> Feature {
    Feature {
        migrations: MIGRATIONS,
        texts: &[
            (Locale::ZhCn, include_str!("../locales/zh-CN.ftl")),
            (Locale::En, include_str!("../locales/en.ftl")),
        ],
        routes: pages::routes::routes,
        menu: MENU,
        home: Some(pages::public::home::tiles),
        latest: Some(pages::public::home::latest),
        found: Some(catalogue::founding::found),
        imports: import_command::COMMANDS,
        search: Some(pages::staff::search::search),
        openapi: Some(api::description),
        opened: Some(|city| {
            ladder::sources::bring(city, std::sync::Arc::new(letters::Cases));
            Ok(())
        }),
        jobs: jobs::HANDLERS,
        periodic: jobs::PERIODIC,
        events: outgoing::EVENTS,
        policy: Some(|| POLICY.table()),
        workflows: Some(|| format!("{}\n{}", workflow::CASE.diagram(), model::FORWARD.diagram())),
        numbers: Some(queries::numbers),
        switches: evidence::SWITCHES,
        evidence: Some(evidence::count),
        keeps: keep::KEEPS,
        traces: &[&store::traces::REPORTED, &store::traces::FOLLOWED],
        stays: keep::STAYS,
        ..Feature::new("cases")
    }
}

//! 纸质表: a person without a telephone fills in a printed form; the sheet that comes back becomes a case by itself.
//!
//! A **batch** (`PB-2026-0001`) is forms printed for one place. Each **sheet** (`PF-2026-000001`) has a signed word in its code and
//! its number on a counterfoil that the person keeps. A picture of a sheet is a **scan** (`PS-2026-000001`): brought on a page,
//! by a program or through a scanner's folder, read by a job ([`reader`]). What is ticked beyond doubt makes the case; words
//! written by hand are typed by a person who sees them. Everything else waits on the repair list.
//!
//! | | becomes | by |
//! | --- | --- | --- |
//! | sheet: – | 已印 printed | `print` |
//! | printed | 已收回 returned, with its case | the job, or `assign` |
//! | printed | 作废 void | `void` |
//! | scan: – | 待识别 waiting | `bring` |
//! | waiting | 待录入 desk, 待处理 repair | the job |
//! | repair | desk, waiting, 已退 refused | `assign`, `read_again`, `refuse` |
//! | desk | 已录入 done, refused | `type_in`, `refuse` |
//!
//! Who may do what: [`policy`]. Read in this order: [`model`], [`layout`] (the form), [`reader`], [`commands`], `jobs`, then `pages`
//! and `api`. What is found in pictures is arithmetic of the crate `ticks`.

mod api;
mod beside;
pub mod commands;
mod forms;
mod jobs;
mod keep;
pub mod layout;
pub mod model;
mod pages;
pub mod policy;
pub mod queries;
pub mod reader;
pub mod settings;
mod show;
mod store;

use ::store::Migration;
use kernel::ctx::Locale;
use policy::{Act, POLICY};
use std::path::PathBuf;
use std::sync::Arc;
use web::{City, Feature, MenuGroup, MenuItem};

pub const MIGRATIONS: &[Migration] =
    &[Migration { area: "paper", number: 1, sql: include_str!("../migrations/0001_paper.sql") }];

const TEXTS: &[(Locale, &str)] =
    &[(Locale::ZhCn, include_str!("../locales/zh-CN.ftl")), (Locale::En, include_str!("../locales/en.ftl"))];

const MENU: &[MenuItem] = &[
    MenuItem {
        group: MenuGroup::Work,
        order: 66,
        key: "menu-paper-desk",
        icon: "writing",
        href: "/paper/desk",
        shown: |ctx| policy::may(ctx, Act::Type),
    },
    MenuItem {
        group: MenuGroup::Work,
        order: 67,
        key: "menu-paper-scans",
        icon: "scan",
        href: "/paper/scans",
        shown: |ctx| policy::may(ctx, Act::Bring),
    },
    MenuItem {
        group: MenuGroup::Registers,
        order: 82,
        key: "menu-paper",
        icon: "printer",
        href: "/paper",
        shown: |ctx| policy::may(ctx, Act::Print),
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
        search: Some(pages::search),
        numbers: Some(queries::numbers),
        keeps: keep::KEEPS,
        traces: &[&keep::WRITTEN],
        stays: keep::STAYS,
        policy: Some(|| POLICY.table()),
        openapi: Some(api::description),
        ..Feature::new("paper")
    }
}

/// What the program was told when it was started.
#[derive(Clone, Debug, Default)]
pub struct Setup {
    /// The folder that scanners write into; each city takes from the folder in it that has the city's code.
    pub folder: Option<PathBuf>,
}

/// Tells a city where its scanners write. Without it forms come by the page and the API.
pub fn bring(city: &City, setup: Setup) {
    city.keep(setup);
}

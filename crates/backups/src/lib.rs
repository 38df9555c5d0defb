//! 备份与恢复演练: the nightly backup, how long backups are kept, and the drill that proves that one can be restored.
//!
//! A backup nobody has ever restored is a hope. A drill restores the newest one into a folder of its own beside the city,
//! with the city's data keys, and the restore itself proves it whole: every entry's hash, every table's count, the audit chain to
//! the ends that the backup names, every uploaded file. Then the folder is removed.
//!
//! | kind | begins | ends |
//! | --- | --- | --- |
//! | backup | every night at the hour that is set, or when asked for | 完成 done, 失败 failed |
//! | drill | every so many days after a backup, or when asked for | done, failed |
//!
//! Backups go into the operator's folder (`--backup-folder`), never to a browser: there is a key in them. Who may do what:
//! [`policy`]. Read in this order: [`model`], [`settings`], [`kept`] (which backups stay), [`commands`], `jobs`.

mod api;
pub mod commands;
mod forms;
mod jobs;
pub mod kept;
pub mod model;
mod pages;
pub mod policy;
pub mod queries;
pub mod settings;
mod store;

use ::store::Migration;
use kernel::ctx::Locale;
use policy::{Act, POLICY};
use std::path::PathBuf;
use web::{City, Feature, MenuGroup, MenuItem};

pub const MIGRATIONS: &[Migration] =
    &[Migration { area: "backups", number: 1, sql: include_str!("../migrations/0001_backups.sql") }];

const TEXTS: &[(Locale, &str)] =
    &[(Locale::ZhCn, include_str!("../locales/zh-CN.ftl")), (Locale::En, include_str!("../locales/en.ftl"))];

const MENU: &[MenuItem] = &[MenuItem {
    group: MenuGroup::Admin,
    order: 93,
    key: "menu-backups",
    icon: "archive",
    href: "/admin/backups",
    shown: |ctx| POLICY.somewhere(ctx, Act::See),
}];

pub fn feature() -> Feature {
    Feature {
        migrations: MIGRATIONS,
        routes: || pages::routes().merge(api::routes()),
        texts: TEXTS,
        menu: MENU,
        jobs: jobs::HANDLERS,
        periodic: jobs::PERIODIC,
        keeps: store::KEEPS,
        policy: Some(|| POLICY.table()),
        openapi: Some(api::description),
        ..Feature::new("backups")
    }
}

/// What the program was told when it was started.
#[derive(Clone, Debug)]
pub struct Setup {
    /// Where backups go; without it there are none, only drills.
    pub folder: Option<PathBuf>,
    /// Every migration that the program knows: a restored city is opened with them.
    pub migrations: Vec<Migration>,
}

/// Tells a city where its backups go. Without it nothing here works.
pub fn bring(city: &City, setup: Setup) {
    city.keep(setup);
}

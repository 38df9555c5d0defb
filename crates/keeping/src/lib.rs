//! 保存期限: what the city keeps, how long, and that it is erased when its time is over.
//!
//! Each crate says of its tables how long what stands in them is kept ([`store::keep`]); the security administrator may change
//! the days within what the law allows, with a reason, and may hold things back (保全) for a lawsuit, a contest or an audit.
//! Every night what is due goes, in small transactions, and one event of the log says how much by which rule. The page of data
//! keys stands here too: it is the other half of looking after what is personal.
//!
//! Who may do what: [`policy`]. Read in this order: [`model`], [`run`], [`jobs`], [`commands`], [`queries`], then `pages`, `api`.

mod api;
pub mod commands;
mod forms;
pub mod jobs;
pub mod model;
mod pages;
pub mod policy;
pub mod provisions;
pub mod queries;
pub mod requests;
pub mod run;
mod store;
mod words;

use ::store::keep::{Stays, stays};
use ::store::{Migration, Tx};
use kernel::ctx::Locale;
use kernel::problem::Result;
use policy::{Act, POLICY};
use web::{Feature, MenuGroup, MenuItem};

pub const MIGRATIONS: &[Migration] = &[
    Migration { area: "keeping", number: 1, sql: include_str!("../migrations/0001_keeping.sql") },
    Migration { area: "keeping", number: 2, sql: include_str!("../migrations/0002_requests.sql") },
    Migration { area: "keeping", number: 3, sql: include_str!("../migrations/0003_one_run.sql") },
    Migration { area: "keeping", number: 4, sql: include_str!("../migrations/0004_provisions.sql") },
];

const TEXTS: &[(Locale, &str)] =
    &[(Locale::ZhCn, include_str!("../locales/zh-CN.ftl")), (Locale::En, include_str!("../locales/en.ftl"))];

const MENU: &[MenuItem] = &[
    MenuItem {
        group: MenuGroup::Follow,
        order: 40,
        key: "menu-requests",
        icon: "user-check",
        href: "/personal-requests",
        shown: |ctx| POLICY.somewhere(ctx, Act::SeeRequests),
    },
    MenuItem {
        group: MenuGroup::Follow,
        order: 41,
        key: "menu-provisions",
        icon: "file-export",
        href: "/personal-provisions",
        shown: |ctx| POLICY.somewhere(ctx, Act::SeeProvisions),
    },
    MenuItem {
        group: MenuGroup::Admin,
        order: 32,
        key: "menu-keeping",
        icon: "eraser",
        href: "/admin/keeping",
        shown: |ctx| POLICY.somewhere(ctx, Act::See),
    },
    MenuItem {
        group: MenuGroup::Admin,
        order: 33,
        key: "menu-data-keys",
        icon: "lock",
        href: "/admin/data-keys",
        shown: |ctx| POLICY.somewhere(ctx, Act::SeeKeys),
    },
];

const STAYS: &[Stays] =
    &[stays("keeping_days", "acts"), stays("keeping_hold", "acts"), stays("keeping_run", "acts")];

pub fn feature() -> Feature {
    Feature {
        migrations: MIGRATIONS,
        routes: || pages::routes().merge(api::routes()),
        texts: TEXTS,
        menu: MENU,
        jobs: jobs::HANDLERS,
        periodic: jobs::PERIODIC,
        numbers: Some(numbers),
        policy: Some(|| POLICY.table()),
        openapi: Some(api::description),
        keeps: &[&requests::store::KEEP, &provisions::store::KEEP],
        stays: STAYS,
        workflows: Some(|| {
            requests::workflow::REQUEST.diagram() + &provisions::workflow::PROVISION.diagram()
        }),
        ..Feature::new("keeping")
    }
}

/// Numbers of holds, requests and entries of the register of what is given to others.
fn numbers(tx: &mut Tx<'_>, ids: &[i64]) -> Result<Vec<(i64, String)>> {
    let mut known = queries::numbers(tx, ids)?;
    known.extend(requests::queries::numbers(tx, ids)?);
    known.extend(provisions::queries::numbers(tx, ids)?);
    Ok(known)
}

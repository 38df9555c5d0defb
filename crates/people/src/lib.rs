//! The people of a city's campaign: units (单位), accounts, roles, consent, and the reading of the log.
//!
//! A unit stands in a tree of any depth (states: active, closed, merged). A person has one account in one unit (active,
//! locked, closed) and roles on units, which hold for all units below; a role on the root holds for the whole city.
//! Roles have days, and can be lent while one is away; what is lent is not lent on.
//!
//! The powers over all this are split three ways: the system administrator (系统管理员) makes units and accounts, the
//! security administrator (安全管理员) grants roles, the auditor (审计管理员) reads the log of both. Nobody holds two of
//! the three, nobody grants to themselves, and no city is left without one of them.
//!
//! Read in this order: [`model`], [`policy`], [`workflow`], [`commands`] (begin with `grant_role`, then `sign_in`),
//! [`recognise`] (what a request's person may do today), [`provider`] (signing in through the city's identity provider),
//! [`queries`], [`import`].

mod api;
mod columns;
pub mod commands;
mod forms;
mod identity_import;
pub mod import;
mod jobs;
pub mod model;
mod naming;
mod pages;
pub mod passkeys;
pub mod password;
pub mod policy;
pub mod provider;
pub mod queries;
pub mod recognise;
pub mod settings;
pub mod setup;
mod store;
pub mod totp;
pub mod workflow;

pub use crate::store::accounts::AccountRow;
pub use crate::store::authenticators::AuthenticatorRow;
pub use crate::store::consents::ConsentRow;
pub use crate::store::grants::{DelegationRow, GrantRow};
pub use crate::store::provider::{IdentityRow, ProviderRow};
pub use crate::store::sessions::{ApiKeyRow, SessionRow};
pub use crate::store::units::UnitRow;
pub use recognise::Recogniser;

use kernel::ctx::{Ctx, Locale};
use policy::{Act, POLICY};
use web::{Feature, MenuGroup, MenuItem};

pub const MIGRATIONS: &[::store::Migration] = &[
    ::store::Migration { area: "people", number: 1, sql: include_str!("../migrations/0001_people.sql") },
    ::store::Migration { area: "people", number: 2, sql: include_str!("../migrations/0002_key_scopes.sql") },
    ::store::Migration { area: "people", number: 3, sql: include_str!("../migrations/0003_sign_in.sql") },
    ::store::Migration { area: "people", number: 4, sql: include_str!("../migrations/0004_sealed.sql") },
    ::store::Migration { area: "people", number: 5, sql: include_str!("../migrations/0005_left.sql") },
    ::store::Migration {
        area: "people",
        number: 6,
        sql: include_str!("../migrations/0006_sealed_identity.sql"),
    },
];

const TEXTS: &[(Locale, &str)] =
    &[(Locale::ZhCn, include_str!("../locales/zh-CN.ftl")), (Locale::En, include_str!("../locales/en.ftl"))];

fn may(ctx: &Ctx, act: Act) -> bool {
    POLICY.somewhere(ctx, act)
}

const fn entry(
    group: MenuGroup,
    order: u8,
    key: &'static str,
    icon: &'static str,
    href: &'static str,
    shown: fn(&Ctx) -> bool,
) -> MenuItem {
    MenuItem { group, order, key, icon, href, shown }
}

const MENU: &[MenuItem] = &[
    entry(MenuGroup::Registers, 50, "menu-units", "sitemap", "/units", |ctx| may(ctx, Act::SeeUnits)),
    entry(MenuGroup::Admin, 10, "menu-accounts", "users", "/admin/accounts", pages::accounts_in_menu),
    entry(MenuGroup::Admin, 20, "menu-roles", "key", "/admin/roles", |ctx| may(ctx, Act::SeeGrants)),
    entry(MenuGroup::Admin, 25, "menu-sign-in", "login", "/admin/sign-in", |ctx| may(ctx, Act::SeeSignIn)),
    entry(MenuGroup::Admin, 30, "menu-log", "history", "/admin/audit", |ctx| may(ctx, Act::ReadLog)),
];

/// What the command line imports: `chuangcheng import units FILE`, `chuangcheng import identities FILE`.
const IMPORTS: &[web::feature::Import] = &[import::COMMAND, identity_import::COMMAND];

fn workflows() -> String {
    format!("{}\n{}", workflow::UNIT.diagram(), workflow::ACCOUNT.diagram())
}

pub fn feature() -> Feature {
    Feature {
        migrations: MIGRATIONS,
        routes: pages::routes,
        texts: TEXTS,
        menu: MENU,
        periodic: jobs::PERIODIC,
        keeps: store::keep::KEEPS,
        traces: &[&store::traces::ACCOUNT],
        stays: store::keep::STAYS,
        imports: IMPORTS,
        policy: Some(policy::table),
        workflows: Some(workflows),
        openapi: Some(api::description),
        opened: Some(naming::bring_up_to_date),
        search: Some(pages::search::hits),
        ..Feature::new("people")
    }
}

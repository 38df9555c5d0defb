//! 统一登录: other programs of the city sign people in with the account they have here (OpenID Connect Core 1.0, as a provider).
//!
//! A program ([`model::Program`]) is entered by the security administrator with the addresses that people are sent back to and
//! what it may learn. Its page sends a person to `/connect/authorize` ([`request`] reads what it asks); who is signed in and agrees goes
//! back with a code; the program exchanges it for an ID token ([`token`]) and an access token that `/connect/userinfo` takes.
//! Only the code flow with PKCE S256 (RFC 7636, RFC 9700): no implicit flow, no password, no refresh token.
//!
//! | state of a program | becomes | by |
//! | --- | --- | --- |
//! | – | 启用 active | `add` |
//! | active | 停用 stopped: nobody is signed in, tokens end | `stop` |
//! | stopped | active | `resume` |
//! | active, stopped | 移除 removed, for good | `remove` |
//!
//! | state of an entry | becomes | by |
//! | --- | --- | --- |
//! | – | code: one minute, once | `enter` |
//! | code | token: ten minutes | `exchange` |
//! | code, token | ended | its time, a code that came twice, a withdrawn consent |
//!
//! A person is known to each program by another `sub`, so that two programs cannot put together what they know. Who may do
//! what: [`policy`].

mod api;
mod commands;
mod forms;
pub mod model;
mod pages;
pub mod policy;
pub mod queries;
pub mod request;
mod store;
pub mod token;

use ::store::Migration;
pub use commands::{Draft, add, change, enter, exchange, remove, renew_secret, resume, stop, withdraw};
use kernel::ctx::Locale;
use policy::{Act, POLICY};
use web::{Feature, MenuGroup, MenuItem};

pub const MIGRATIONS: &[Migration] =
    &[Migration { area: "signon", number: 1, sql: include_str!("../migrations/0001_signon.sql") }];

const TEXTS: &[(Locale, &str)] =
    &[(Locale::ZhCn, include_str!("../locales/zh-CN.ftl")), (Locale::En, include_str!("../locales/en.ftl"))];

const MENU: &[MenuItem] = &[MenuItem {
    group: MenuGroup::Admin,
    order: 64,
    key: "menu-signon",
    icon: "plug-connected",
    href: "/admin/programs",
    shown: |ctx| policy::may(ctx, Act::See),
}];

pub fn feature() -> Feature {
    Feature {
        migrations: MIGRATIONS,
        routes: || pages::routes().merge(api::routes()),
        texts: TEXTS,
        menu: MENU,
        policy: Some(|| POLICY.table()),
        openapi: Some(api::description),
        keeps: store::KEEPS,
        stays: store::STAYS,
        ..Feature::new("signon")
    }
}

//! 短信: telling somebody by text message who left a telephone number and no other way to be reached.
//!
//! A message ([`model`]) is made due by a command of another feature ([`send`]), in its transaction; a job ([`jobs`])
//! hands it to the city's 短信平台 ([`gateway`]). What says that it is off, too late in the evening or too much stands in
//! [`settings`]: whoever reports with somebody else's number cannot fill their telephone. A message goes out at most once unless
//! the program dies while the platform answers; it then has the same id, by which a platform knows it.
//!
//! | state | becomes | by |
//! | --- | --- | --- |
//! | – | 待发 waiting | `send` |
//! | – | 未发 held | `send`, over a limit |
//! | waiting | 已交网关 sent, 网关不收 refused, 未发 held | the job |
//!
//! Who may do what: [`policy`]. The only pages are for whoever looks after the machine; they see no number whole.

mod api;
mod commands;
mod forms;
pub mod gateway;
mod jobs;
pub mod model;
mod pages;
pub mod policy;
pub mod queries;
pub mod settings;
mod store;

use ::store::Migration;
pub use commands::{Notice, send, set_limits, try_out};
use gateway::Gateway;
use kernel::ctx::Locale;
use policy::{Act, POLICY};
use web::{City, Feature, MenuGroup, MenuItem};

pub const MIGRATIONS: &[Migration] =
    &[Migration { area: "sms", number: 1, sql: include_str!("../migrations/0001_sms.sql") }];

const TEXTS: &[(Locale, &str)] =
    &[(Locale::ZhCn, include_str!("../locales/zh-CN.ftl")), (Locale::En, include_str!("../locales/en.ftl"))];

const MENU: &[MenuItem] = &[MenuItem {
    group: MenuGroup::Admin,
    order: 92,
    key: "menu-sms",
    icon: "device-mobile-message",
    href: "/admin/sms",
    shown: |ctx| POLICY.somewhere(ctx, Act::See),
}];

pub fn feature() -> Feature {
    Feature {
        migrations: MIGRATIONS,
        routes: || pages::routes().merge(api::routes()),
        texts: TEXTS,
        menu: MENU,
        jobs: jobs::HANDLERS,
        keeps: store::KEEPS,
        policy: Some(|| POLICY.table()),
        openapi: Some(api::description),
        ..Feature::new("sms")
    }
}

/// Tells a city by which way its messages leave. Without it they are held.
pub fn bring(city: &City, gateway: Gateway) {
    city.keep(gateway);
}

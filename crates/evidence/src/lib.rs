//! 材料: what units hand in for the document review of the assessment, asked for once, reviewed twice, used for many standards.
//!
//! A **period** (`EP-0001`) takes evidence for one published scheme. A **request** (`ER-2026-0001`) asks one unit; where the unit was
//! asked for the same within twelve months, or handed in what serves, the request is *not made*: it is kept as stopped, with
//! pointers to what is there ([`commands::ask`]). An **item** (`EV-2026-000001`) is used for many standards of many periods.
//!
//! | | becomes | by |
//! | --- | --- | --- |
//! | request: – | 待交 open, or 未发出 stopped | `ask` |
//! | open | 已交 answered, 已撤回 withdrawn | `submit` of its item or `reuse`; `withdraw_request` |
//! | item: – | 待提交 draft | `make` |
//! | draft, returned | 初审 first, 撤回 withdrawn | `submit`, `withdraw` |
//! | first, second | 复审 second, 定稿 final | `pass`, by two people, neither of whom made it |
//! | final | 入册 filed, which never changes | `file` |
//! | first, second, final | 退回 returned | `send_back` |
//!
//! What the program sees before a person does: [`checks`]. Who may do what: [`policy`]. 减负台账, the burden ledger, is written by the
//! commands as they happen ([`queries::ledger`]). Read in this order: [`model`], [`workflow`], [`policy`], [`checks`], [`commands`],
//! [`queries`], `pages`, `api`. Scores take their grades from [`queries::grades`].

mod api;
pub mod bundle;
pub mod checks;
pub mod commands;
mod forms;
mod jobs;
mod keep;
pub mod model;
mod pages;
pub mod policy;
pub mod queries;
pub mod settings;
pub mod sharp;
mod show;
mod store;
pub mod window;
pub mod workflow;

use ::store::Migration;
use kernel::ctx::Locale;
use policy::{Act, POLICY};
use web::{Feature, MenuGroup, MenuItem};

pub const MIGRATIONS: &[Migration] =
    &[Migration { area: "evidence", number: 1, sql: include_str!("../migrations/0001_evidence.sql") }];

const TEXTS: &[(Locale, &str)] =
    &[(Locale::ZhCn, include_str!("../locales/zh-CN.ftl")), (Locale::En, include_str!("../locales/en.ftl"))];

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
    entry(40, "menu-evidence", "folder", "/evidence/items", |ctx| policy::somewhere(ctx, Act::See)),
    entry(41, "menu-evidence-requests", "inbox", "/evidence/requests", |ctx| {
        policy::somewhere(ctx, Act::See)
    }),
    entry(42, "menu-evidence-desk", "checklist", "/evidence/desk", |ctx| policy::somewhere(ctx, Act::Desk)),
    entry(43, "menu-evidence-periods", "calendar-event", "/evidence/periods", |ctx| {
        policy::somewhere(ctx, Act::See)
    }),
    entry(44, "menu-burden", "scale", "/evidence/ledger", |ctx| policy::somewhere(ctx, Act::Ledger)),
];

pub fn feature() -> Feature {
    Feature {
        migrations: MIGRATIONS,
        routes: || pages::routes().merge(api::routes()),
        texts: TEXTS,
        menu: MENU,
        jobs: jobs::HANDLERS,
        search: Some(pages::search),
        numbers: Some(queries::numbers),
        stays: keep::STAYS,
        policy: Some(|| POLICY.table()),
        workflows: Some(|| workflow::ITEM.diagram()),
        openapi: Some(api::description),
        ..Feature::new("evidence")
    }
}

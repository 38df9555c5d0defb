//! 考察记录: what an inspector finds at a point.
//!
//! A **checklist** is imported as a workbook (the crate `checklist` reads it), published as a version that is frozen, and said to be for
//! types of point. A **record** (`FR-2026-000001`) is what an inspector answered at a visit: it comes by the plain form, by the page that
//! works without a network, or by a program of the ODK family; its answers are kept whole with their version, and what they say of
//! standards is worked out of them (`docs/adr/0030-answers-are-facts.md`).
//!
//! | | becomes | by |
//! | --- | --- | --- |
//! | – | 草稿 draft | `save_draft` |
//! | draft, returned | 已提交 handed in; its observations count | `hand_in`, `receive` |
//! | handed in | 已通过 accepted | `accept` |
//! | handed in | 已退回 returned, with a reason | `send_back` |
//! | – | 待取舍 another reading of a visit that has a record | `receive` |
//! | another reading | handed in, the other one set aside | `choose` |
//!
//! The office keeps checklists and decides; inspectors fill in and see their own; leaders and auditors read. Nobody decides about their
//! own record, and who visits a point second sees nothing of the first before the inspection has ended: [`policy`],
//! [`queries::sight`]. What was not met becomes a case through the crate `cases` ([`commands::make_case`]). Read in this order:
//! [`model`], [`workflow`], [`policy`], [`commands`], [`queries`], then `sheet_view`, `pages`, `api`.

mod api;
mod beside;
pub mod commands;
pub mod diff;
pub mod evidence;
mod jobs;
pub mod model;
mod pages;
pub mod policy;
pub mod queries;
pub mod setup;
mod sheet_view;
mod store;
pub mod tally;
mod typed;
mod walk;
pub mod workflow;

use ::store::Migration;
use kernel::ctx::Locale;
use policy::{Act, POLICY};
use std::sync::Arc;
use web::dialect::Dialect;
use web::{Feature, MenuGroup, MenuItem};

pub const MIGRATIONS: &[Migration] = &[
    Migration { area: "fieldwork", number: 1, sql: include_str!("../migrations/0001_fieldwork.sql") },
    Migration { area: "fieldwork", number: 2, sql: include_str!("../migrations/0002_tally.sql") },
];

const TEXTS: &[(Locale, &str)] = &[
    (Locale::ZhCn, include_str!("../locales/zh-CN.ftl")),
    (Locale::En, include_str!("../locales/en.ftl")),
    (Locale::ZhCn, include_str!("../locales/app/zh-CN.ftl")),
    (Locale::En, include_str!("../locales/app/en.ftl")),
];

const MENU: &[MenuItem] = &[
    MenuItem {
        group: MenuGroup::Follow,
        order: 62,
        key: "menu-fieldwork",
        icon: "walk",
        href: "/fieldwork",
        shown: |ctx| POLICY.somewhere(ctx, Act::Fill),
    },
    MenuItem {
        group: MenuGroup::Follow,
        order: 63,
        key: "menu-field-records",
        icon: "notebook",
        href: "/fieldwork/records",
        shown: |ctx| POLICY.somewhere(ctx, Act::Read),
    },
    MenuItem {
        group: MenuGroup::Follow,
        order: 64,
        key: "menu-field-observations",
        icon: "list-check",
        href: "/fieldwork/observations",
        shown: |ctx| POLICY.somewhere(ctx, Act::Read),
    },
    MenuItem {
        group: MenuGroup::Follow,
        order: 65,
        key: "menu-checklists",
        icon: "checklist",
        href: "/fieldwork/checklists",
        shown: |ctx| POLICY.somewhere(ctx, Act::See),
    },
];

pub fn feature() -> Feature {
    Feature {
        migrations: MIGRATIONS,
        routes: || pages::routes().merge(api::routes()),
        dialect: Some(Dialect { below: api::openrosa::BELOW, tell: api::openrosa::tell }),
        texts: TEXTS,
        menu: MENU,
        jobs: jobs::HANDLERS,
        found: Some(setup::found),
        opened: Some(|city| {
            cases::beside::bring(city, Arc::new(beside::Beside));
            Ok(())
        }),
        search: Some(pages::search),
        numbers: Some(queries::numbers),
        stays: store::STAYS,
        policy: Some(|| POLICY.table()),
        workflows: Some(|| workflow::RECORD.diagram()),
        openapi: Some(api::description),
        ..Feature::new("fieldwork")
    }
}

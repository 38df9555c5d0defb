//! 模拟测评: questionnaires, samples, anonymous answers, and what a sample of people says of the city, with how sure that is.
//!
//! A **survey** (`SV-0001`) asks one group of people one questionnaire in **segments** of households. It is a mock of the survey that the
//! state's statisticians hold and says so on every page.
//!
//! | | becomes | by |
//! | --- | --- | --- |
//! | – | 草稿 draft | `make`, `copy` (the next edition) |
//! | draft | 已发布 published: questions and sample stand | `publish` |
//! | published | 已结束 closed: results are shown | `close` |
//!
//! Who may do what: [`policy`]. Nobody can be found again (ADR 31): an answer has no time, device, address or author; a visit to a door
//! has all of these and no answer; results show no number below ten nor what gives one away ([`results`]).
//!
//! Read in this order: [`question`], [`checks`], [`sheet`], [`model`], [`plan`], [`commands`], [`results`], [`queries`], `pages`, `api`.
//! Scores take their estimates from [`queries::estimates_by_standard`].

mod api;
pub mod checks;
pub mod commands;
mod forms;
mod keep;
pub mod model;
mod pages;
pub mod plan;
pub mod policy;
pub mod queries;
pub mod question;
pub mod results;
pub mod samples;
pub mod settings;
pub mod sheet;
mod show;
mod store;
pub mod workflow;

use ::store::Migration;
use kernel::ctx::Locale;
use policy::{Act, POLICY};
use web::{Feature, MenuGroup, MenuItem};

pub const MIGRATIONS: &[Migration] =
    &[Migration { area: "surveys", number: 1, sql: include_str!("../migrations/0001_surveys.sql") }];

const TEXTS: &[(Locale, &str)] = &[
    (Locale::ZhCn, include_str!("../locales/zh-CN.ftl")),
    (Locale::En, include_str!("../locales/en.ftl")),
    (Locale::ZhCn, include_str!("../locales/app/zh-CN.ftl")),
    (Locale::En, include_str!("../locales/app/en.ftl")),
];

const MENU: &[MenuItem] = &[
    MenuItem {
        group: MenuGroup::Follow,
        order: 46,
        key: "menu-surveys",
        icon: "clipboard-check",
        href: "/surveys",
        shown: |ctx| policy::may(ctx, Act::See),
    },
    MenuItem {
        group: MenuGroup::Follow,
        order: 47,
        key: "menu-surveys-mine",
        icon: "checklist",
        href: "/surveys/mine",
        shown: |ctx| policy::may(ctx, Act::Visit),
    },
];

pub fn feature() -> Feature {
    Feature {
        migrations: MIGRATIONS,
        routes: || pages::routes().merge(api::routes()),
        texts: TEXTS,
        menu: MENU,
        search: Some(pages::search),
        numbers: Some(queries::numbers),
        keeps: keep::KEEPS,
        stays: keep::STAYS,
        policy: Some(|| POLICY.table()),
        workflows: Some(|| workflow::SURVEY.diagram()),
        openapi: Some(api::description),
        ..Feature::new("surveys")
    }
}

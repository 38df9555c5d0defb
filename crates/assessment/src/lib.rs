//! 测评: what a city comes to when it is judged as the national assessment would judge it.
//!
//! A **round** (`AR-000003`) is a set of inspected points with what was taken off at each. It comes as a workbook, on a page, through
//! the API or from the command line (`chuangcheng import assessment`, `chuangcheng score`), every row is kept as it was read, and
//! the *matching desk* asks a person what its texts mean. A round is a draft, checked, published, or withdrawn:
//! [`rounds::workflow`]. The office keeps rounds and judges; leaders and auditors read; a unit sees what published rounds say of it,
//! and nothing of others: [`policy`]. There is no ranking of units unless the city has switched it on with its legal reason.
//! A point with something taken off becomes a case by one press, and each knows of the other.
//!
//! A unit appeals against what a published round takes off it ([`appeals`]) and gets an answer by a day.
//!
//! A *pack* ([`pack`]) is a score with everything that it was made of, signed; anybody works it out again.
//!
//! What costs the city points, its candidacy or its title stands on the *negative list* ([`negative`]), which only office and
//! leaders see.
//!
//! Read in this order: [`rounds`], [`policy`], `rounds::workflow`, `rounds::matching`, `rounds::worked`, `rounds::commands`,
//! `rounds::queries`, then `pages` and `api`. The arithmetic is the crate `scoring`.

mod api;
pub mod appeals;
mod beside;
pub mod negative;
pub mod pack;
mod pages;
pub mod policy;
pub mod rounds;
pub mod scheme;
mod show;

use ::store::Migration;
use ::store::keep::{Stays, stays};
use kernel::ctx::Locale;
use policy::POLICY;
use std::sync::Arc;
use web::{Feature, MenuGroup, MenuItem};

pub const MIGRATIONS: &[Migration] = &[
    Migration { area: "assessment", number: 1, sql: include_str!("../migrations/0001_rounds.sql") },
    Migration { area: "assessment", number: 2, sql: include_str!("../migrations/0002_round_states.sql") },
    Migration { area: "assessment", number: 3, sql: include_str!("../migrations/0003_schemes.sql") },
    Migration { area: "assessment", number: 4, sql: include_str!("../migrations/0004_negative.sql") },
    Migration { area: "assessment", number: 5, sql: include_str!("../migrations/0005_appeals.sql") },
];

const MENU: &[MenuItem] = &[
    MenuItem {
        group: MenuGroup::Follow,
        order: 26,
        key: "menu-rounds",
        icon: "target",
        href: "/assessment/rounds",
        shown: policy::may_list,
    },
    MenuItem {
        group: MenuGroup::Follow,
        order: 27,
        key: "menu-schemes",
        icon: "sitemap",
        href: "/assessment/schemes",
        shown: |ctx| policy::may(ctx, policy::Act::See),
    },
    MenuItem {
        group: MenuGroup::Follow,
        order: 27,
        key: "menu-appeals",
        icon: "message-2",
        href: "/assessment/appeals",
        shown: policy::may_list,
    },
    MenuItem {
        group: MenuGroup::Follow,
        order: 28,
        key: "menu-negative",
        icon: "alert-triangle",
        href: "/assessment/negative",
        shown: |ctx| policy::may(ctx, policy::Act::SeeNegative),
    },
];

const STAYS: &[Stays] = &[
    stays("assessment_round", "assessment"),
    stays("assessment_round_name", "assessment"),
    stays("assessment_round_row", "assessment"),
    stays("assessment_round_match", "assessment"),
    stays("assessment_round_verdict", "assessment"),
    stays("assessment_round_case", "assessment"),
    stays("assessment_cycle", "assessment"),
    stays("assessment_scheme", "assessment"),
    stays("assessment_node", "assessment"),
    stays("assessment_appeal", "assessment"),
    stays("assessment_correction", "assessment"),
    stays("assessment_negative_entry", "assessment"),
    stays("assessment_negative_event", "assessment"),
];

pub fn feature() -> Feature {
    Feature {
        migrations: MIGRATIONS,
        routes: || pages::routes().merge(api::routes()),
        texts: &[
            (Locale::ZhCn, include_str!("../locales/zh-CN.ftl")),
            (Locale::En, include_str!("../locales/en.ftl")),
        ],
        menu: MENU,
        imports: rounds::import::COMMANDS,
        opened: Some(|city| {
            cases::beside::bring(city, Arc::new(beside::Beside));
            Ok(())
        }),
        numbers: Some(rounds::queries::numbers),
        policy: Some(|| POLICY.table()),
        stays: STAYS,
        workflows: Some(|| {
            rounds::workflow::ROUND.diagram()
                + &appeals::model::APPEAL.diagram()
                + &negative::model::EVENT.diagram()
        }),
        openapi: Some(api::description),
        ..Feature::new("assessment")
    }
}

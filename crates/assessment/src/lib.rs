//! 测评: what a city comes to when it is judged as the national assessment would judge it.
//!
//! A **round** (`AR-000003`) is a set of inspected points with what was taken off at each. Today it comes as a workbook, from the
//! command line: `chuangcheng import assessment`, `chuangcheng score`. Office and leader see what it comes to; the office keeps rounds
//! and says what their texts mean. See [`policy`], then [`rounds`]. The arithmetic is the crate `scoring`.

pub mod policy;
pub mod rounds;

use ::store::Migration;
use ::store::keep::{Stays, stays};
use kernel::ctx::Locale;
use policy::POLICY;
use web::Feature;

pub const MIGRATIONS: &[Migration] =
    &[Migration { area: "assessment", number: 1, sql: include_str!("../migrations/0001_rounds.sql") }];

const STAYS: &[Stays] = &[
    stays("assessment_round", "assessment"),
    stays("assessment_round_name", "assessment"),
    stays("assessment_round_row", "assessment"),
    stays("assessment_round_match", "assessment"),
];

pub fn feature() -> Feature {
    Feature {
        migrations: MIGRATIONS,
        texts: &[
            (Locale::ZhCn, include_str!("../locales/zh-CN.ftl")),
            (Locale::En, include_str!("../locales/en.ftl")),
        ],
        imports: rounds::import::COMMANDS,
        policy: Some(|| POLICY.table()),
        stays: STAYS,
        ..Feature::new("assessment")
    }
}

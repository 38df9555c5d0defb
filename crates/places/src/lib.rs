//! 点位底图: where things are in the city, and when the city works.
//!
//! - **Divisions** 行政区划: a tree of any depth, each with the unit that governs its places.
//! - **Grid cells** 单元网格: codes of 15 digits with a polygon.
//! - **Street sections** 路段 `S-0001`: crossing to crossing, with a direction; in use, then retired, split or joined, and
//!   the old ones remember what became of them ([`queries::successors`]).
//! - **Sites** 点位 `P-0001`: by type, with the section and division they lie in.
//! - **Working calendar**: published holiday arrangements, the city's closures, hours of duty ([`calendar::load`]).
//!
//! [`PlaceIndex::locate`] tells in microseconds where a point lies; [`kept::index`] keeps it for a city. The office of a
//! street keeps the sections and sites it governs, the civilisation office all of them; see [`policy`].
//!
//! Read in this order: [`model`], [`policy`], [`index`], [`commands`], [`import`], then `pages` and `api`. Units are known
//! here by id only; [`UnitDirectory`] brings their names.

mod api;
pub mod calendar;
mod columns;
pub mod commands;
mod export;
mod forms;
pub mod import;
pub mod index;
mod jobs;
pub mod kept;
pub mod model;
mod naming;
mod pages;
pub mod policy;
pub mod queries;
pub mod settings;
pub mod setup;
mod shape;
mod store;
#[cfg(test)]
mod tests;
mod units;

pub use calendar::CALENDAR_CHANGED;
pub use index::{Located, PlaceIndex};
pub use jobs::RELOCATE;
pub use model::{Division, GridCell, Section, SectionClass, Site, SiteType};
pub use units::{UnitDirectory, UnitEntry, Units};

use ::store::Migration;
use ::store::keep::{Stays, stays};
use kernel::ctx::Locale;
use web::{Feature, MenuGroup, MenuItem};

pub const MIGRATIONS: &[Migration] = &[
    Migration { area: "places", number: 1, sql: include_str!("../migrations/0001_places.sql") },
    Migration { area: "places", number: 2, sql: include_str!("../migrations/0002_type_order.sql") },
];

const TEXTS: &[(Locale, &str)] =
    &[(Locale::ZhCn, include_str!("../locales/zh-CN.ftl")), (Locale::En, include_str!("../locales/en.ftl"))];

const fn item(
    group: MenuGroup,
    order: u8,
    key: &'static str,
    icon: &'static str,
    href: &'static str,
) -> MenuItem {
    MenuItem { group, order, key, icon, href, shown: |ctx| ctx.person().is_some() }
}

const MENU: &[MenuItem] = &[
    item(MenuGroup::Work, 40, "menu-map", "map-2", "/map"),
    item(MenuGroup::Registers, 10, "menu-sections", "road", "/sections"),
    item(MenuGroup::Registers, 20, "menu-sites", "map-pin", "/sites"),
    item(MenuGroup::Registers, 30, "menu-divisions", "sitemap", "/divisions"),
    MenuItem {
        shown: policy::may_edit,
        ..item(MenuGroup::Registers, 90, "menu-places-import", "file-import", "/places/import")
    },
    item(MenuGroup::Admin, 30, "menu-calendar", "calendar-event", "/admin/calendar"),
];

const STAYS: &[Stays] = &[
    stays("division", "places"),
    stays("grid_cell", "places"),
    stays("section", "places"),
    stays("section_lineage", "places"),
    stays("site_type", "settings"),
    stays("site", "places"),
    stays("calendar_year", "settings"),
    stays("calendar_day", "settings"),
    stays("calendar_closure", "settings"),
    stays("place_version", "state"),
];

pub fn feature() -> Feature {
    Feature {
        migrations: MIGRATIONS,
        routes: pages::routes,
        texts: TEXTS,
        menu: MENU,
        jobs: jobs::HANDLERS,
        search: Some(pages::search::hits),
        found: Some(setup::found),
        imports: import::COMMANDS,
        opened: Some(|city| {
            naming::bring_up_to_date(city)?;
            kept::refresh_now(city).map(drop)
        }),
        policy: Some(|| policy::POLICY.table()),
        openapi: Some(api::openapi),
        stays: STAYS,
        ..Feature::new("places")
    }
}

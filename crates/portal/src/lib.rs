//! The public face: home page, comments and suggestions, what the law asks a public site to say, and the self-check ([`self_check`]).
//!
//! 意见建议 is the complaints and suggestions function that 国办函〔2026〕12号 demands of every government application: open to
//! everybody without an account, answered by the office, the answer readable by whoever holds the receipt's link.
//!
//! Read in this order: [`model`], [`policy`], `commands/`, `pages/`.

mod api;
mod commands;
pub mod model;
mod pages;
pub mod policy;
pub mod self_check;
mod store;
mod traces;

use ::store::Migration;
pub use commands::answer::answer;
pub use commands::suggest::suggest;
use kernel::ctx::{Ctx, Locale};
use policy::{Act, POLICY};
use web::{Access, Feature, MenuGroup, MenuItem, Routes};

const MIGRATIONS: &[Migration] = &[
    Migration { area: "portal", number: 1, sql: include_str!("../migrations/0001_portal.sql") },
    Migration { area: "portal", number: 2, sql: include_str!("../migrations/0002_self_check.sql") },
];

pub fn feature() -> Feature {
    Feature {
        migrations: MIGRATIONS,
        routes: || routes().merge(api::routes()),
        texts: &[
            (Locale::ZhCn, include_str!("../locales/zh-CN.ftl")),
            (Locale::En, include_str!("../locales/en.ftl")),
        ],
        menu: MENU,
        policy: Some(|| POLICY.table()),
        numbers: Some(store::numbers),
        openapi: Some(api::description),
        keeps: store::KEEPS,
        traces: &[&traces::WRITTEN],
        stays: store::STAYS,
        ..Feature::new("portal")
    }
}

fn may(act: Act) -> impl Fn(&Ctx) -> bool {
    move |ctx| POLICY.somewhere(ctx, act)
}

const MENU: &[MenuItem] = &[
    MenuItem {
        group: MenuGroup::Work,
        order: 80,
        key: "menu-suggestions",
        icon: "message-2",
        href: "/admin/suggestions",
        shown: |ctx| may(Act::See)(ctx),
    },
    MenuItem {
        group: MenuGroup::Admin,
        order: 90,
        key: "menu-self-check",
        icon: "shield-check",
        href: "/admin/self-check",
        shown: |ctx| may(Act::SelfCheck)(ctx),
    },
    MenuItem {
        group: MenuGroup::Admin,
        order: 91,
        key: "menu-storage",
        icon: "stack-2",
        href: "/admin/storage",
        shown: |ctx| may(Act::Storage)(ctx),
    },
];

fn routes() -> Routes {
    use pages::{home, legal, office, self_check, storage, suggestions};
    Routes::new()
        .get("/", Access::Public, home::page)
        .same_for_strangers()
        .get("/sitemap.xml", Access::Public, home::sitemap)
        .no_page()
        .get("/privacy", Access::Public, legal::privacy)
        .get("/accessibility", Access::Public, legal::accessibility)
        .get("/about", Access::Public, legal::about)
        .get("/suggestions", Access::Public, suggestions::form)
        .post("/suggestions", Access::Public, suggestions::create)
        .get("/suggestions/{token}", Access::Public, suggestions::receipt)
        .get("/admin/suggestions", Access::Action("portal-see"), office::list)
        .get("/admin/suggestions/{id}", Access::Action("portal-see"), office::record)
        .post("/admin/suggestions/{id}/answer", Access::Action("portal-answer"), office::answer)
        .get("/admin/self-check", Access::Action("portal-self-check"), self_check::page)
        .post("/admin/self-check/filing", Access::Action("portal-keep-check"), self_check::file)
        .post("/admin/self-check/records", Access::Action("portal-keep-check"), self_check::record)
        .get(
            "/admin/self-check/records/{number}",
            Access::Action("portal-self-check"),
            self_check::record_page,
        )
        .get("/admin/self-check/records/{number}/pdf", Access::Action("portal-self-check"), self_check::pdf)
        .get("/admin/self-check/records/{number}/docx", Access::Action("portal-self-check"), self_check::docx)
        .post("/admin/self-check/{switch}", Access::Action("portal-turn-switch"), self_check::turn)
        .get("/admin/storage", Access::Action("portal-storage"), storage::page)
}

#[cfg(test)]
mod tests;

//! What every page and every API answer shares: the shell, languages, forms, problems, lists, exports, security.
//!
//! Read in this order: [`feature`] (what a feature crate hands over), [`app`] (the cities being served), [`request`]
//! (who asks: the [`request::Req`] extractor), [`routes`] (addresses and who may come), [`scope`] (what a key may do), [`ui`] (what a template may
//! ask), [`parts`] (what the larger blocks show), [`form`], [`error`], [`list`]; then [`notices`], [`push`], [`saved`], [`mail`].

pub mod api;
pub mod app;
pub mod assets;
pub mod city_card;
pub mod dialect;
pub mod error;
pub mod events;
pub mod evidence;
pub mod export;
pub mod feature;
pub mod form;
pub mod i18n;
pub mod import;
pub mod keep;
mod kept_pages;
mod limit;
pub mod list;
pub mod mail;
pub mod notices;
pub mod outgoing;
mod own;
mod pages;
pub mod parts;
pub mod prefs;
pub mod push;
pub mod request;
mod router;
pub mod routes;
pub mod saved;
pub mod scope;
pub mod security;
pub mod show;
pub mod switch;
mod traffic;
pub mod ui;

pub use app::{App, City};
pub use error::{Answer, Fail};
pub use feature::{Feature, Hit, HitGroup, HomeTile, MenuGroup, MenuItem};
pub use form::Form;
pub use own::MIGRATIONS;
pub use request::Req;
pub use router::{all_routes, router};
pub use routes::{Access, Path, Routes};
pub use ui::Ui;

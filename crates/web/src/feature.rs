//! What a feature crate hands to the server. There is no registry file that everybody edits: the server asks each crate
//! for its [`Feature`] and puts them together.

use crate::app::City;
use crate::dialect::Dialect;
use crate::outgoing::PublicEvent;
use crate::parts::Photo;
use crate::routes::Routes;
use crate::switch::Switch;
use kernel::ctx::{Ctx, Locale};
use kernel::problem::Result;
use std::collections::BTreeMap;
use std::path::Path;
use store::jobs::{JobHandler, Periodic};
use store::keep::{Keep, Stays, Trace};
use store::{Migration, Tx};

/// One vertical slice of the program.
#[derive(Clone, Copy)]
pub struct Feature {
    /// The crate's name, which is also the prefix of its translation keys' file.
    pub name: &'static str,
    pub migrations: &'static [Migration],
    /// Pages and API together; paths are absolute. See [`crate::routes`] for how they are written down:
    /// `Routes::new().get("/cases", Access::Action("case-see"), list::page).post(…)`. Handlers are plain axum handlers
    /// with the state [`crate::App`]; take `req: Req`, [`crate::Path`] instead of axum's, and [`crate::Form`] last.
    pub routes: fn() -> Routes,
    /// Fluent texts per language.
    pub texts: &'static [(Locale, &'static str)],
    pub menu: &'static [MenuItem],
    pub jobs: &'static [JobHandler],
    pub periodic: &'static [Periodic],
    /// What a new city begins with (site types, the catalogue, first accounts), in the transaction that founds it.
    /// Doing it twice changes nothing. Lines it answers with are shown once to whoever founds the city: first passwords.
    pub found: Option<Found>,
    /// What is to be in memory when a city is opened. Runs on a thread of its own, before the first request.
    pub opened: Option<fn(&City) -> Result<()>>,
    /// Files that `chuangcheng import` reads.
    pub imports: &'static [Import],
    /// Numbers for the public home page, each a link to the facts behind it. Runs for every visitor: it must be cheap.
    pub home: Option<HomeTiles>,
    /// What has just been put right, for the public home page. Runs for visitors: it must be cheap.
    pub latest: Option<HomeCards>,
    /// What the law allows only with a reason and until a date; see [`crate::switch`].
    pub switches: &'static [&'static Switch],
    /// What it counts for the self-check; see [`crate::evidence`].
    pub evidence: Option<crate::evidence::Count>,
    /// What this feature finds for the words typed into the search box; see [`Hit`].
    pub search: Option<Search>,
    /// The numbers by which people know its things; see [`Numbers`].
    pub numbers: Option<Numbers>,
    /// What other programs may be told of; see [`crate::outgoing`].
    pub events: &'static [PublicEvent],
    /// The role × action table in Markdown, for `docs/generated/policy.md`.
    pub policy: Option<fn() -> String>,
    /// The processes as diagrams, for `docs/generated/workflows.md`.
    pub workflows: Option<fn() -> String>,
    /// Its part of the OpenAPI description.
    pub openapi: Option<fn() -> utoipa::openapi::OpenApi>,
    /// How it refuses where another standard says how.
    pub dialect: Option<Dialect>,
    /// Addresses for search engines beside its pages, as paths.
    pub sitemap: Option<Sitemap>,
    /// How long what stands in its tables is kept; see [`store::keep`].
    pub keeps: &'static [&'static Keep],
    /// What it holds of whoever has a telephone number.
    pub traces: &'static [&'static Trace],
    /// Its tables that nothing is erased from, each with the reason.
    pub stays: &'static [Stays],
}

impl Feature {
    /// A feature with nothing yet; fill in what it has with `..Feature::new("name")`.
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            migrations: &[],
            routes: Routes::new,
            texts: &[],
            menu: &[],
            jobs: &[],
            periodic: &[],
            found: None,
            opened: None,
            imports: &[],
            home: None,
            latest: None,
            switches: &[],
            evidence: None,
            search: None,
            numbers: None,
            events: &[],
            policy: None,
            workflows: None,
            openapi: None,
            dialect: None,
            sitemap: None,
            keeps: &[],
            traces: &[],
            stays: &[],
        }
    }
}

/// See [`Feature::sitemap`]. Runs for whoever asks: it must be cheap.
pub type Sitemap = fn(&Ctx, &mut Tx<'_>) -> Result<Vec<String>>;

/// See [`Feature::found`].
pub type Found = fn(&Ctx, &mut Tx<'_>) -> Result<Vec<String>>;

/// A kind of file that the command line imports: `chuangcheng import <kind> FILE …`.
#[derive(Clone, Copy)]
pub struct Import {
    pub kind: &'static str,
    /// Accounts for every row: `read = accepted + refused`.
    pub run: fn(&ImportArgs<'_>) -> Result<sheets::Report>,
}

/// What an import is given. It runs on a thread of its own and makes its own transactions.
pub struct ImportArgs<'a> {
    pub city: &'a City,
    pub ctx: &'a Ctx,
    pub file: &'a Path,
    /// TOML that says which foreign column is which field; see `sheets::Mapping`.
    pub mapping: Option<&'a str>,
    /// Do everything, then take it back.
    pub dry_run: bool,
    /// What else was said with `--set name=value`: the coordinate system, a default type.
    pub options: &'a BTreeMap<String, String>,
}

/// What makes the numbers of the public home page.
pub type HomeTiles = fn(&Ctx, &mut Tx<'_>) -> Result<Vec<HomeTile>>;

/// A number on the public home page.
#[derive(Clone, Debug)]
pub struct HomeTile {
    /// Key of its label; `<key>.unit` is the word behind the number, `<key>.note` the line below, if there are such.
    pub key: &'static str,
    pub value: HomeValue,
    /// Where the facts behind it are listed.
    pub href: &'static str,
    /// `ok`, `soon`, `late` or empty.
    pub mood: &'static str,
}

/// What finds things for the page `/search`. It shows only what this person may see, at most a dozen of a group, best first.
pub type Search = fn(&Ctx, &mut Tx<'_>, &str) -> Result<Vec<HitGroup>>;

/// Of these ids (any features'), the numbers of those that are its own: how the log says what an event is about.
pub type Numbers = fn(&mut Tx<'_>, &[i64]) -> Result<Vec<(i64, String)>>;

/// What was found of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HitGroup {
    /// Key of its heading, e.g. `search-sections`.
    pub key: &'static str,
    pub hits: Vec<Hit>,
    /// The area's own list, narrowed to the same words.
    pub all: String,
}

/// A thing that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    pub title: String,
    /// The line below: its number, its place.
    pub note: String,
    pub href: String,
    /// Why it was found, where it was not by its words.
    pub why: Option<names::Why>,
    /// The name to which `why` belongs: the thing's own, or that of the street it lies on.
    pub name: String,
}

impl Hit {
    /// One that was found by its words.
    pub fn by_words(title: String, note: String, href: String) -> Self {
        Self { name: title.clone(), title, note, href, why: None }
    }
}

#[derive(Clone, Copy, Debug)]
pub enum HomeValue {
    Count(i64),
    /// A share: part and whole.
    Rate(i64, i64),
}

/// What makes the cards of the public home page.
pub type HomeCards = fn(&Ctx, &mut Tx<'_>) -> Result<Vec<HomeCard>>;

/// Something put right, shown with both pictures.
#[derive(Clone, Debug)]
pub struct HomeCard {
    pub title: String,
    /// Below the title: who did it and how fast.
    pub text: String,
    pub href: String,
    pub before: Option<Photo>,
    pub after: Option<Photo>,
}

/// Where a menu entry stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MenuGroup {
    /// What to do today.
    Work,
    /// What is looked at again, and who is reminded.
    Follow,
    /// Registers: streets, sites, units.
    Registers,
    /// Accounts, settings, logs.
    Admin,
}

impl MenuGroup {
    pub const ALL: [MenuGroup; 4] =
        [MenuGroup::Work, MenuGroup::Follow, MenuGroup::Registers, MenuGroup::Admin];

    pub fn key(self) -> &'static str {
        match self {
            MenuGroup::Work => "menu-work",
            MenuGroup::Follow => "menu-follow",
            MenuGroup::Registers => "menu-registers",
            MenuGroup::Admin => "menu-admin",
        }
    }
}

/// An entry of the staff menu.
#[derive(Clone, Copy)]
pub struct MenuItem {
    pub group: MenuGroup,
    /// Order within the group.
    pub order: u8,
    /// Key of its text.
    pub key: &'static str,
    /// Name of its picture in the icon sprite.
    pub icon: &'static str,
    pub href: &'static str,
    pub shown: fn(&Ctx) -> bool,
}

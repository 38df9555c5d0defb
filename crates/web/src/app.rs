//! The program while it serves: its cities, texts and services.

use crate::city_card::CityCard;
use crate::dialect::{Asked, Dialect};
use crate::feature::{Feature, MenuItem};
use crate::i18n::Texts;
use crate::keep::Keeps;
use crate::kept_pages::KeptPages;
use crate::outgoing::{Catalogue, Outgoing, PartnerNetworks};
use crate::routes::{Access, Route};
use crate::scope::Holder;
use kernel::calendar::{CalendarData, WorkingCalendar};
use kernel::ctx::{CityCode, Locale, Member};
use kernel::problem::Result;
use parking_lot::RwLock;
use std::any::{Any, TypeId};
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Weak};
use store::jobs::{JobHandler, Periodic};
use store::{Db, Migration, Tx};

/// A city being served.
#[derive(Clone)]
pub struct City(Arc<CityInner>);

/// A city, as long as it is open.
#[derive(Clone)]
pub struct WeakCity(Weak<CityInner>);

impl WeakCity {
    pub fn get(&self) -> Option<City> {
        self.0.upgrade().map(City)
    }
}

struct CityInner {
    code: CityCode,
    name: RwLock<String>,
    card: RwLock<Arc<CityCard>>,
    db: Db,
    calendar: RwLock<Arc<WorkingCalendar>>,
    /// What features keep in memory for this city (map indexes, the catalogue), one of a kind.
    kept: RwLock<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>,
    kept_pages: KeptPages,
}

impl City {
    pub fn new(code: CityCode, name: &str, db: Db) -> Self {
        Self(Arc::new(CityInner {
            code,
            name: RwLock::new(name.to_owned()),
            card: RwLock::default(),
            db,
            calendar: RwLock::new(Arc::new(WorkingCalendar::new(CalendarData::default()))),
            kept: RwLock::new(HashMap::new()),
            kept_pages: KeptPages::default(),
        }))
    }

    pub fn code(&self) -> &CityCode {
        &self.0.code
    }

    /// For what the city itself keeps in memory: held strongly there, it would never be closed.
    pub fn weak(&self) -> WeakCity {
        WeakCity(Arc::downgrade(&self.0))
    }

    pub fn name(&self) -> String {
        self.0.name.read().clone()
    }

    pub fn rename(&self, name: &str) {
        name.clone_into(&mut self.0.name.write());
    }

    /// What it is called in this language.
    pub fn name_in(&self, locale: Locale) -> String {
        self.card().name(locale, &self.name())
    }

    /// What it says of itself.
    pub fn card(&self) -> Arc<CityCard> {
        Arc::clone(&self.0.card.read())
    }

    pub fn set_card(&self, card: CityCard) {
        *self.0.card.write() = Arc::new(card);
    }

    pub fn db(&self) -> &Db {
        &self.0.db
    }

    pub(crate) fn kept_pages(&self) -> &KeptPages {
        &self.0.kept_pages
    }

    /// The working calendar in force. Replaced when an arrangement is imported or duty hours change.
    pub fn calendar(&self) -> Arc<WorkingCalendar> {
        Arc::clone(&self.0.calendar.read())
    }

    pub fn set_calendar(&self, calendar: WorkingCalendar) {
        *self.0.calendar.write() = Arc::new(calendar);
    }

    /// What a feature keeps in memory for this city.
    pub fn kept<T: Any + Send + Sync>(&self) -> Option<Arc<T>> {
        let kept = self.0.kept.read().get(&TypeId::of::<T>()).cloned();
        kept.and_then(|k| k.downcast().ok())
    }

    pub fn keep<T: Any + Send + Sync>(&self, value: T) -> Arc<T> {
        let value = Arc::new(value);
        self.0.kept.write().insert(TypeId::of::<T>(), Arc::clone(&value) as Arc<dyn Any + Send + Sync>);
        value
    }

    pub fn forget<T: Any + Send + Sync>(&self) {
        self.0.kept.write().remove(&TypeId::of::<T>());
    }
}

impl std::fmt::Debug for City {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("City").field(&self.0.code).finish()
    }
}

/// Finds out who a session or an API key belongs to. `people` is the one that knows.
pub trait Recogniser: Send + Sync {
    fn by_session(&self, tx: &mut Tx<'_>, token: &str) -> Result<Option<Member>>;
    fn by_api_key(&self, tx: &mut Tx<'_>, key: &str) -> Result<Option<Holder>>;

    /// What is to be written down because this token or key has just been used. Asked after every recognition, so it is
    /// nearly always nothing; that the writing fails does not fail the request.
    fn used(&self, _token_or_key: &str) -> Option<Note> {
        None
    }
}

/// See [`Recogniser::used`].
pub type Note = Box<dyn FnOnce(&mut Tx<'_>) -> Result<()> + Send>;

/// What all requests share. Cheap to clone; it is axum's state.
#[derive(Clone)]
pub struct App(Arc<AppInner>);

struct AppInner {
    features: Vec<Feature>,
    menu: Vec<MenuItem>,
    texts: Texts,
    cities: RwLock<Vec<City>>,
    recogniser: Box<dyn Recogniser>,
    settings: Settings,
    dialects: Vec<Dialect>,
    /// Patterns of the routes that take reports.
    report_doors: HashSet<&'static str>,
    /// Patterns of the routes that show people what is their own.
    own_doors: HashSet<&'static str>,
    /// Patterns of the pages that are the same for every stranger.
    same_for_strangers: HashSet<&'static str>,
}

/// What an operator decides when starting the program.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The address people reach it at, e.g. `https://wm.example.gov.cn`; used in links of mails and QR signs.
    pub base_url: String,
    /// Whether cookies are marked `Secure`: set when served over HTTPS (also behind a proxy).
    pub secure_cookies: bool,
    /// Key for 天地图 tiles; without it the map shows the city's own sketch only.
    pub tianditu_key: Option<String>,
    /// How often one address may send something without having signed in, per minute; 0 is without limit.
    pub requests_per_minute: u32,
    /// Whether a proxy stands before the program, whose `X-Forwarded-For` is to be believed.
    pub behind_proxy: bool,
    /// With this bearer token `/metrics` may be read from other machines.
    pub metrics_token: Option<String>,
    pub metrics: Option<Metrics>,
    /// Where inside the operator's network webhooks may go and an identity provider may stand.
    pub outgoing: Outgoing,
    /// Where inside the operator's network partner systems stand.
    pub partners: PartnerNetworks,
}

/// Writes out what was measured, in Prometheus' text format.
#[derive(Clone)]
pub struct Metrics(Arc<dyn Fn() -> String + Send + Sync>);

impl Metrics {
    pub fn new(text: impl Fn() -> String + Send + Sync + 'static) -> Self {
        Self(Arc::new(text))
    }

    pub(crate) fn text(&self) -> String {
        (self.0)()
    }
}

impl std::fmt::Debug for Metrics {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Metrics")
    }
}

impl App {
    /// The program with these features; those of this crate itself (`web`) are put before them.
    pub fn new(
        features: Vec<Feature>,
        recogniser: Box<dyn Recogniser>,
        settings: Settings,
    ) -> std::result::Result<Self, Vec<String>> {
        let features: Vec<Feature> = std::iter::once(crate::own::feature()).chain(features).collect();
        let texts = Texts::new(features.iter().flat_map(|f| f.texts.iter().copied()))?;
        let mut menu: Vec<MenuItem> = features.iter().flat_map(|f| f.menu.iter().copied()).collect();
        menu.sort_by_key(|m| (m.group, m.order));
        let dialects = features.iter().filter_map(|f| f.dialect).collect();
        let doors: Vec<Route> = features.iter().flat_map(|f| (f.routes)().list().to_vec()).collect();
        let report_doors = doors.iter().filter(|r| r.takes_reports).map(|r| r.path).collect();
        let same_for_strangers = doors.iter().filter(|r| r.same_for_strangers).map(|r| r.path).collect();
        let own_doors = doors.iter().filter(|r| r.access == Access::SignedIn).map(|r| r.path).collect();
        Ok(Self(Arc::new(AppInner {
            features,
            menu,
            texts,
            cities: RwLock::default(),
            recogniser,
            settings,
            dialects,
            report_doors,
            own_doors,
            same_for_strangers,
        })))
    }

    pub fn features(&self) -> &[Feature] {
        &self.0.features
    }

    /// The tables of all features, for opening a city's database.
    pub fn migrations(&self) -> Vec<Migration> {
        self.0.features.iter().flat_map(|f| f.migrations.iter().copied()).collect()
    }

    /// What runs the background work of all features.
    pub fn jobs(&self) -> (Vec<JobHandler>, Vec<Periodic>) {
        let jobs = self.0.features.iter().flat_map(|f| f.jobs.iter().copied()).collect();
        (jobs, self.0.features.iter().flat_map(|f| f.periodic.iter().copied()).collect())
    }

    pub fn menu(&self) -> &[MenuItem] {
        &self.0.menu
    }

    pub fn texts(&self) -> &Texts {
        &self.0.texts
    }

    pub fn recogniser(&self) -> &dyn Recogniser {
        self.0.recogniser.as_ref()
    }

    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    pub(crate) fn takes_reports(&self, route: &str) -> bool {
        self.0.report_doors.contains(route)
    }

    pub(crate) fn shows_own(&self, route: &str) -> bool {
        self.0.own_doors.contains(route)
    }

    pub(crate) fn same_for_strangers(&self, route: &str) -> bool {
        self.0.same_for_strangers.contains(route)
    }

    /// The words in which whoever asks for this path wants to be refused.
    pub(crate) fn asked(&self, path: &str, accept: &str) -> Option<Box<Asked>> {
        let dialect = *self.0.dialects.iter().find(|d| path.starts_with(d.below))?;
        Some(Box::new(Asked { dialect, path: path.to_owned(), accept: accept.to_owned() }))
    }

    pub fn add_city(&self, city: City) {
        self.0.cities.write().push(city);
    }

    /// Loads what features keep in memory, then serves the city. Never from async code.
    pub fn open_city(&self, city: City) -> Result<()> {
        city.keep(Catalogue::of(&self.0.features));
        city.keep(Keeps::of(&self.0.features));
        city.keep(self.0.settings.outgoing.clone());
        city.keep(self.0.settings.partners.clone());
        for opened in self.0.features.iter().filter_map(|f| f.opened) {
            opened(&city)?;
        }
        self.add_city(city);
        Ok(())
    }

    pub fn cities(&self) -> Vec<City> {
        self.0.cities.read().clone()
    }

    pub fn city(&self, code: &CityCode) -> Option<City> {
        self.0.cities.read().iter().find(|c| c.code() == code).cloned()
    }

    /// The city a host name asks for: `620200.example.gov.cn` asks for 620200; with one city, every name asks for it.
    pub fn city_of_host(&self, host: &str) -> Option<City> {
        let cities = self.0.cities.read();
        let label = host.split('.').next().unwrap_or_default();
        cities.iter().find(|c| c.code().as_str() == label).or(cities.first()).cloned()
    }
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("App")
    }
}

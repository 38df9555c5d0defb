//! What the city is made of: divisions, grid cells, street sections, sites.

mod draft;
mod geotext;
mod grid;

pub use draft::{SectionDraft, SiteDraft};
pub use geotext::{AreaText, LineText};
pub use grid::GridCode;

use kernel::coords::{Crs, Point};
use kernel::ctx::Unit;
use kernel::id::Id;
use kernel::time::Date;
use store::record;

kernel::named! {
    /// How a street ranks. The codes are stored, exported and in translation keys.
    pub enum SectionClass {
        /// 主干道
        Trunk = "trunk",
        /// 次干道
        Secondary = "secondary",
        /// 支路
        Branch = "branch",
        /// 背街小巷
        BackStreet = "back_street",
    }
}

kernel::named! {
    /// The coordinate system something was given in. What is stored is always CGCS2000.
    pub enum SourceCrs { Cgcs2000 = "cgcs2000", Wgs84 = "wgs84", Gcj02 = "gcj02", Bd09 = "bd09" }
}
store::coded!(SectionClass, SourceCrs);

impl SectionClass {
    /// 1 for the widest: how the map draws it.
    pub fn rank(self) -> u8 {
        self as u8 + 1
    }
}

impl From<SourceCrs> for Crs {
    fn from(crs: SourceCrs) -> Self {
        match crs {
            SourceCrs::Cgcs2000 => Crs::Cgcs2000,
            SourceCrs::Wgs84 => Crs::Wgs84,
            SourceCrs::Gcj02 => Crs::Gcj02,
            SourceCrs::Bd09 => Crs::Bd09,
        }
    }
}

record! {
    /// An administrative division of any level.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Division in "division" {
        pub id: Id<Division>,
        /// Statistical code: 6 digits to county, 9 to street, 12 to community.
        pub code: String,
        pub name: String,
        /// A word for the level, e.g. `city`, `street`, `community`; translated as `division-level-<word>` where known.
        pub level: String,
        pub parent_id: Option<Id<Division>>,
        /// The unit that governs its places.
        pub unit_id: Option<Id<Unit>>,
        pub area: Option<AreaText>,
        pub version: i64,
    }
}

record! {
    /// A cell of the unit grid.
    #[derive(Clone, Debug, PartialEq)]
    pub struct GridCell in "grid_cell" {
        pub id: Id<GridCell>,
        pub code: String,
        pub division_id: Option<Id<Division>>,
        pub area: AreaText,
        pub version: i64,
    }
}

record! {
    /// A street section, crossing to crossing. Its direction is that of its line; places along it are metres from there.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Section in "section" {
        pub id: Id<Section>,
        /// The number as a number: the order of lists.
        pub serial: i64,
        /// `S-0001`: what people see.
        pub number: String,
        /// The number it has in the city's own register, if any.
        pub code: Option<String>,
        pub street: String,
        pub from_crossing: String,
        pub to_crossing: String,
        pub class: SectionClass,
        pub line: LineText,
        pub length_m: f64,
        pub crs: SourceCrs,
        pub accuracy_m: Option<f64>,
        /// Where its middle lies.
        pub division_id: Option<Id<Division>>,
        pub valid_from: Date,
        /// The first day on which it is no longer there.
        pub valid_until: Option<Date>,
        pub version: i64,
    }
}

impl Section {
    /// 新华中路（雄关大道—胜利路）
    pub fn name(&self) -> String {
        section_name(&self.street, &self.from_crossing, &self.to_crossing)
    }

    pub fn is_retired(&self) -> bool {
        self.valid_until.is_some()
    }
}

/// How a section is called: the street, and from where to where.
pub fn section_name(street: &str, from: &str, to: &str) -> String {
    format!("{street}（{from}—{to}）")
}

record! {
    /// What kind of place a site is.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct SiteType in "site_type" {
        pub id: Id<SiteType>,
        pub code: String,
        pub name_zh: String,
        pub name_en: String,
        /// What other people's lists call it, separated by spaces; an import matches a type that contains one of them.
        pub words: String,
        pub active: bool,
        /// Where it stands among the others; of equals the earlier made comes first.
        pub place: i64,
        pub version: i64,
    }
}

impl SiteType {
    pub fn name(&self, locale: kernel::ctx::Locale) -> &str {
        match locale {
            kernel::ctx::Locale::ZhCn => &self.name_zh,
            kernel::ctx::Locale::En => &self.name_en,
        }
    }
}

record! {
    /// A place that is inspected: a market, a bus stop, a school gate.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Site in "site" {
        pub id: Id<Site>,
        pub serial: i64,
        /// `P-0001`: what people see.
        pub number: String,
        pub code: Option<String>,
        pub name: String,
        pub type_code: String,
        pub lng: f64,
        pub lat: f64,
        pub crs: SourceCrs,
        pub accuracy_m: Option<f64>,
        pub address: Option<String>,
        /// The section it lies on, where one is near.
        pub section_id: Option<Id<Section>>,
        pub along_m: Option<f64>,
        pub division_id: Option<Id<Division>>,
        /// Who answers for it.
        pub unit_id: Option<Id<Unit>>,
        pub active: bool,
        pub version: i64,
    }
}

impl Site {
    pub fn point(&self) -> Point {
        Point::new(self.lng, self.lat)
    }
}

//! What a town is made of.

use serde::Serialize;

use crate::arith;
use crate::when::Day;

/// Longitude and latitude, CGCS2000.
pub type LngLat = [f64; 2];

/// The whole town.
#[derive(Clone, Debug, Serialize)]
pub struct Town {
    /// 演示数据.
    pub mark: String,
    /// The seed it grew from.
    pub seed: u64,
    /// The day on which the register stands.
    pub today: Day,
    /// The middle of the map.
    pub centre: LngLat,
    /// City, placeholder county, 2 streets, 3 towns, 31 communities, 17 villages; parents first.
    pub divisions: Vec<Division>,
    /// About 28 named streets.
    pub streets: Vec<Street>,
    /// Where streets meet or end.
    pub crossings: Vec<Crossing>,
    /// 120 sections, crossing to crossing.
    pub sections: Vec<Section>,
    /// Unit grid cells of 100 m by 100 m inside the ring road.
    pub cells: Vec<Cell>,
    /// 400 inspection points.
    pub sites: Vec<Site>,
    /// 60 units; parents first, the root is number 0.
    pub units: Vec<Unit>,
    /// Who answers for which stretch, from when until when.
    pub adoptions: Vec<Adoption>,
    /// The faults put into the register on purpose: 3 gaps and 2 overlaps, as of `today`.
    pub faults: Vec<Fault>,
    /// River, parks, railway and the like, for the map's looks alone.
    pub scenery: Vec<Scenery>,
}

/// A division, with an approximate area.
#[derive(Clone, Debug, Serialize)]
pub struct Division {
    /// Real statistical code.
    pub code: String,
    /// Real name.
    pub name: String,
    /// One of city, county, street, town, community, village.
    pub level: String,
    /// Code of the division above.
    pub parent: Option<String>,
    /// Where its office is taken to be.
    pub seat: LngLat,
    /// Polygons → rings → positions, as in a GeoJSON `MultiPolygon`. Exact for the city, invented below it.
    pub area: Vec<Vec<Vec<LngLat>>>,
}

/// How a street ranks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RoadClass {
    /// 主干道
    Main,
    /// 次干道
    Secondary,
    /// 支路
    Branch,
    /// 背街小巷
    Lane,
}

impl RoadClass {
    /// The name in Chinese.
    pub fn zh(self) -> &'static str {
        match self {
            Self::Main => "主干道",
            Self::Secondary => "次干道",
            Self::Branch => "支路",
            Self::Lane => "背街小巷",
        }
    }
}

/// A named street: a run of sections.
#[derive(Clone, Debug, Serialize)]
pub struct Street {
    /// `D001` …
    pub code: String,
    /// Generated name, unique.
    pub name: String,
    /// Rank.
    pub class: RoadClass,
    /// Its sections in order, as numbers in `Town::sections`.
    pub sections: Vec<usize>,
}

/// Where streets meet or end.
#[derive(Clone, Debug, Serialize)]
pub struct Crossing {
    /// For example 甲路与乙街交叉口, or the landmark where a street ends.
    pub name: String,
    /// Position.
    pub at: LngLat,
    /// Streets that pass or end here, as numbers in `Town::streets`, the highest class first.
    pub streets: Vec<usize>,
}

/// A street section 路段.
#[derive(Clone, Debug, Serialize)]
pub struct Section {
    /// `LD001` to `LD120`.
    pub code: String,
    /// For example 甲路（乙街—丙街）.
    pub name: String,
    /// Number in `Town::streets`.
    pub street: usize,
    /// Name of that street.
    pub street_name: String,
    /// Rank of that street.
    pub class: RoadClass,
    /// Numbers in `Town::crossings` of its two ends.
    pub ends: [usize; 2],
    /// What the section runs from: a cross street's name or a landmark.
    pub from_crossing: String,
    /// What it runs to.
    pub to_crossing: String,
    /// Where it runs, from one end to the other.
    pub line: Vec<LngLat>,
    /// Its length in metres, to the decimetre.
    pub length_m: f64,
    /// First house number of the section; numbers grow by one every five metres, odd on the left.
    pub first_number: u32,
    /// Code of the community or village its middle lies in.
    pub division: String,
}

impl Section {
    /// The house number so many metres from the first end, on the left or on the right.
    pub fn number_at(&self, metres: f64, left: bool) -> u32 {
        let n = self.first_number + arith::small(arith::count(metres / 5.0));
        n - n % 2 + u32::from(left)
    }
}

/// A unit grid cell 单元网格.
#[derive(Clone, Debug, Serialize)]
pub struct Cell {
    /// 15 digits: 6 of the county level, 3 of the street, 3 of the community, 3 in sequence.
    pub code: String,
    /// Code of the community its middle lies in.
    pub division: String,
    /// Closed ring of its four corners.
    pub ring: Vec<LngLat>,
}

/// A type of site.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct SiteType {
    /// Identifier, stable.
    pub code: &'static str,
    /// 点位类型.
    pub zh: &'static str,
    /// In English.
    pub en: &'static str,
}

/// An inspection point 点位.
#[derive(Clone, Debug, Serialize)]
pub struct Site {
    /// `DW0001` to `DW0400`.
    pub code: String,
    /// Code of its type, see [`super::SITE_TYPES`].
    pub kind: String,
    /// Name.
    pub name: String,
    /// Position.
    pub at: LngLat,
    /// Street and house number, or crossing.
    pub address: String,
    /// The nearest section, as a number in `Town::sections`.
    pub section: usize,
    /// Code of the community or village it lies in.
    pub division: String,
    /// The unit that answers for it, as a number in `Town::units`.
    pub unit: usize,
}

/// What sort of organisation a unit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitKind {
    /// The city itself, root of the tree.
    City,
    /// The civilisation office 文明办.
    Office,
    /// A bureau or another department of the city.
    Bureau,
    /// A service centre or brigade below a bureau.
    Service,
    /// A street or town office.
    Street,
    /// A school.
    School,
    /// A hospital.
    Hospital,
    /// A company the city or the state owns.
    Company,
}

/// A unit 责任单位.
#[derive(Clone, Debug, Serialize)]
pub struct Unit {
    /// Short, stable identifier in letters, such as `chengguan`.
    pub key: String,
    /// Full name.
    pub name: String,
    /// Short name.
    pub short: String,
    /// What sort.
    pub kind: UnitKind,
    /// Number of the unit above in `Town::units`; none for the root.
    pub parent: Option<usize>,
    /// Code of the division a street or town office governs.
    pub division: Option<String>,
    /// Invented name of its leader.
    pub leader: String,
    /// A number nobody holds: 1900000xxxx.
    pub phone: String,
    /// Unified social credit code, right by GB 32100 and GB 11714; its organisation part starts with `DEM`.
    pub credit_code: String,
}

/// A row of the adoption register 包街台账.
#[derive(Clone, Debug, Serialize)]
pub struct Adoption {
    /// Number in `Town::sections`.
    pub section: usize,
    /// Where the stretch begins, in metres from the section's first end.
    pub from_m: f64,
    /// Where it ends, in metres.
    pub to_m: f64,
    /// The adopting unit 包街单位, as a number in `Town::units`.
    pub unit: usize,
    /// Invented name of the person who answers for it.
    pub leader: String,
    /// That person's number, 1900000xxxx.
    pub phone: String,
    /// First day.
    pub from: Day,
    /// The first day on which it is no longer in force; none while it runs.
    pub until: Option<Day>,
    /// Number in `Town::adoptions` of the row that took over.
    pub replaced_by: Option<usize>,
}

/// A fault the register's check has to find.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum Fault {
    /// Nobody answers for this part of the section.
    Gap {
        /// Number in `Town::sections`.
        section: usize,
        /// From, in metres.
        from_m: f64,
        /// To, in metres.
        to_m: f64,
    },
    /// Two answer for this part of the section.
    Overlap {
        /// Number in `Town::sections`.
        section: usize,
        /// From, in metres.
        from_m: f64,
        /// To, in metres.
        to_m: f64,
    },
}

/// What a piece of scenery is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SceneryKind {
    /// Polygon: the river's water.
    River,
    /// Polygon: a lake.
    Lake,
    /// Polygon: a park or a green strip.
    Park,
    /// Polygon: a public square.
    Square,
    /// Polygon: works and yards.
    Industry,
    /// Polygon: a block of houses.
    Block,
    /// Line: the railway.
    Railway,
    /// Line: a way inside a block, too small for the register of sections.
    Way,
}

/// A piece of scenery.
#[derive(Clone, Debug, Serialize)]
pub struct Scenery {
    /// What it is; says also whether `line` is an open line or a closed ring.
    pub kind: SceneryKind,
    /// Generated name, empty if it has none.
    pub name: String,
    /// Positions; closed for polygons.
    pub line: Vec<LngLat>,
}

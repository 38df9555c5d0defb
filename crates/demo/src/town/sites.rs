//! Four hundred inspection points of 34 types, each where one would look for it.

use std::collections::BTreeSet;

use geo::Polygon;

use super::enlist;
use super::names::{DESERT, ESTATES};
use super::plane::{self, P};
use super::types::{Crossing, Division, RoadClass, Scenery, SceneryKind, Section, Site, SiteType, Unit};
use super::units;
use crate::dice::Dice;

/// Where sites of a type stand.
#[derive(Clone, Copy, PartialEq)]
enum Stands {
    /// On a section of one of these classes; the section is the site.
    Section(&'static [RoadClass]),
    /// At a crossing of two streets.
    Crossing,
    /// Beside a street, at most so many metres from the centre, so far from the kerb.
    Beside(f64, f64),
    /// At the seat of a division of this level.
    Seat(&'static str),
    /// In a named park, then beside streets.
    Park,
    /// By the railway.
    Railway,
}

const fn kind(code: &'static str, zh: &'static str, en: &'static str) -> SiteType {
    SiteType { code, zh, en }
}

const BIG: &[RoadClass] = &[RoadClass::Main, RoadClass::Secondary];
const SMALL: &[RoadClass] = &[RoadClass::Lane];

/// Type, how many, where, key of the unit that answers (`@` for the street or town office), last words of the names.
const PLAN: [(SiteType, usize, Stands, &str, &[&str]); 34] = {
    use Stands::{Beside, Park, Railway, Seat};
    [
        (kind("main_road", "主次干道", "Main road"), 20, Stands::Section(BIG), "huanwei", &[]),
        (kind("lane", "背街小巷", "Back lane"), 10, Stands::Section(SMALL), "@", &[]),
        (kind("junction", "交通路口", "Road junction"), 24, Stands::Crossing, "jiaojing", &[]),
        (kind("estate", "小区", "Housing estate"), 60, Beside(2_900.0, 85.0), "@", &ESTATES),
        (
            kind("market", "集贸市场", "Farmers' market"),
            9,
            Beside(1_500.0, 45.0),
            "shijian",
            &["市场", "农贸市场"],
        ),
        (
            kind("school", "中小学校", "School"),
            16,
            Beside(2_600.0, 70.0),
            "jiaoyu",
            &["小学", "中学", "学校"],
        ),
        (
            kind("school_gate", "校园周边", "School surroundings"),
            14,
            Beside(2_600.0, 22.0),
            "chengguan",
            &["学校周边"],
        ),
        (kind("hospital", "医院", "Hospital"), 8, Beside(2_300.0, 70.0), "weijian", &["医院", "门诊部"]),
        (kind("pharmacy", "药店", "Pharmacy"), 12, Beside(2_400.0, 22.0), "shijian", &["大药房", "药店"]),
        (kind("park", "公园", "Park"), 8, Park, "yuanlin", &["口袋公园", "游园"]),
        (kind("square", "公共广场", "Public square"), 5, Beside(2_000.0, 45.0), "yuanlin", &["广场"]),
        (
            kind("coach_station", "长途汽车站", "Coach station"),
            1,
            Beside(2_400.0, 60.0),
            "jiaotong",
            &["汽车站"],
        ),
        (kind("train_station", "火车站", "Railway station"), 1, Railway, "jiaotong", &["火车站"]),
        (kind("bus_stop", "公交站台", "Bus stop"), 30, Beside(3_200.0, 12.0), "gongjiao", &["公交站"]),
        (
            kind("supermarket", "商场超市", "Shop or supermarket"),
            16,
            Beside(1_900.0, 40.0),
            "shangwu",
            &["超市", "商场"],
        ),
        (
            kind("restaurant", "餐饮店", "Restaurant"),
            20,
            Beside(2_100.0, 22.0),
            "shijian",
            &["面馆", "餐厅", "小吃店"],
        ),
        (kind("hotel", "宾馆饭店", "Hotel"), 12, Beside(2_100.0, 40.0), "wenlv", &["宾馆", "酒店"]),
        (kind("bank", "银行营业厅", "Bank"), 10, Beside(1_800.0, 24.0), "yinhang", &["银行网点"]),
        (
            kind("post_office", "邮政营业厅", "Post office"),
            4,
            Beside(2_000.0, 24.0),
            "tongxin",
            &["邮政营业厅"],
        ),
        (kind("telecom", "电信营业厅", "Telecom hall"), 5, Beside(1_900.0, 24.0), "tongxin", &["通信营业厅"]),
        (
            kind("utility", "供电供气供水营业厅", "Utility hall"),
            4,
            Beside(2_000.0, 24.0),
            "gongshui",
            &["缴费大厅"],
        ),
        (
            kind("service_hall", "政务大厅", "Government hall"),
            2,
            Beside(1_300.0, 50.0),
            "zhengwu",
            &["政务大厅"],
        ),
        (
            kind("street_office", "街道办（乡镇）", "Street or town office"),
            5,
            Seat("street town"),
            "@",
            &["办事处"],
        ),
        (kind("community", "社区居委会", "Community office"), 31, Seat("community"), "@", &["居委会"]),
        (kind("village", "行政村", "Village"), 17, Seat("village"), "@", &[""]),
        (
            kind("community_hall", "社区综合文化服务中心", "Community hall"),
            10,
            Beside(2_700.0, 40.0),
            "@",
            &["文化服务中心"],
        ),
        (
            kind("culture", "公共文化设施", "Library or museum"),
            6,
            Beside(1_700.0, 50.0),
            "wenlv",
            &["图书馆", "文化馆", "博物馆"],
        ),
        (kind("memorial", "爱国主义教育基地", "Memorial"), 3, Beside(2_300.0, 60.0), "tuiyi", &["纪念馆"]),
        (kind("scenic", "景区", "Scenic area"), 3, Beside(3_400.0, 80.0), "wenlv", &["景区"]),
        (kind("toilet", "室外公厕", "Public toilet"), 16, Beside(2_900.0, 18.0), "huanwei", &["公厕"]),
        (
            kind("building_site", "建筑工地", "Building site"),
            8,
            Beside(3_000.0, 65.0),
            "zhujian",
            &["项目工地"],
        ),
        (
            kind("transfer", "环卫中转站", "Waste transfer station"),
            5,
            Beside(3_100.0, 55.0),
            "huanwei",
            &["中转站"],
        ),
        (kind("cinema", "影剧院", "Cinema"), 2, Beside(1_500.0, 45.0), "wenlv", &["影剧院"]),
        (kind("net_bar", "网吧", "Internet café"), 3, Beside(1_900.0, 24.0), "wenlv", &["网吧"]),
    ]
};

/// The types of site in use.
pub const SITE_TYPES: [SiteType; 34] = {
    let mut out = [kind("", "", ""); 34];
    let mut i = 0;
    while i < out.len() {
        out[i] = PLAN[i].0;
        i += 1;
    }
    out
};

/// The sites of a seed.
pub(super) fn build(
    seed: u64,
    sections: &[Section],
    crossings: &[Crossing],
    divisions: &[Division],
    units: &[Unit],
    scenery: &[Scenery],
) -> Vec<Site> {
    let lines = sections.iter().map(|s| s.line.iter().map(|p| plane::metres(*p)).collect()).collect();
    let closed = [SceneryKind::Park, SceneryKind::Lake, SceneryKind::River, SceneryKind::Square];
    let keep_off = scenery.iter().filter(|s| closed.contains(&s.kind)).map(ring).collect();
    let mut b = Builder {
        dice: Dice::of(seed, "sites"),
        lines,
        sections,
        crossings,
        divisions,
        units,
        scenery,
        keep_off,
        names: BTreeSet::new(),
        out: Vec::new(),
    };
    for (n, row) in PLAN.iter().enumerate() {
        for k in 0..row.1 {
            b.one(n, k);
        }
    }
    b.out
}

fn ring(s: &Scenery) -> Polygon<f64> {
    plane::polygon(&s.line.iter().map(|p| plane::metres(*p)).collect::<Vec<_>>())
}

struct Builder<'a> {
    dice: Dice,
    lines: Vec<Vec<P>>,
    sections: &'a [Section],
    crossings: &'a [Crossing],
    divisions: &'a [Division],
    units: &'a [Unit],
    scenery: &'a [Scenery],
    keep_off: Vec<Polygon<f64>>,
    names: BTreeSet<String>,
    out: Vec<Site>,
}

impl Builder<'_> {
    /// The `k`-th site of the plan's row `n`.
    fn one(&mut self, n: usize, k: usize) {
        let (ty, _, stands, unit, _) = PLAN[n];
        let (name, at, address) = match stands {
            Stands::Section(classes) => self.on_section(classes),
            Stands::Crossing => self.at_crossing(),
            Stands::Seat(level) => self.at_seat(level, k, n),
            Stands::Park => self.in_park(k, n),
            Stands::Railway => self.by_railway(n),
            Stands::Beside(within, away) => self.beside(n, k, within, away),
        };
        let (section, _) = self.nearest(at);
        let division = enlist::division_at(self.divisions, at);
        let office =
            self.units.iter().position(|u| u.division.as_deref().is_some_and(|d| division.starts_with(d)));
        let own = self.units.iter().position(|u| u.name == name);
        let unit = own.unwrap_or_else(|| match (unit, office) {
            ("@", Some(office)) => office,
            (key, _) => units::by_key(self.units, key),
        });
        self.names.insert(name.clone());
        let code = format!("DW{:04}", self.out.len() + 1);
        let at = plane::lng_lat(at);
        self.out.push(Site { code, kind: ty.code.to_owned(), name, at, address, section, division, unit });
    }

    /// The nearest section and how far along it.
    fn nearest(&self, at: P) -> (usize, f64) {
        let away = |i: &usize| plane::nearest(&self.lines[*i], at).0;
        let best = (0..self.lines.len()).min_by(|a, b| away(a).total_cmp(&away(b))).unwrap_or(0);
        (best, plane::nearest(&self.lines[best], at).1)
    }

    fn number(&self, section: usize, metres: f64, left: bool) -> String {
        let s = &self.sections[section];
        format!("{}{}号", s.street_name, s.number_at(metres, left))
    }

    fn address(&self, at: P) -> String {
        let (section, metres) = self.nearest(at);
        let (place, left) = plane::along(&self.lines[section], metres);
        let side = plane::sub(at, place);
        self.number(section, metres, side[0] * left[0] + side[1] * left[1] > 0.0)
    }

    fn on_section(&mut self, classes: &[RoadClass]) -> (String, P, String) {
        let all: Vec<usize> = (0..self.sections.len())
            .filter(|i| {
                let s = &self.sections[*i];
                classes.contains(&s.class) && s.length_m < 1_500.0 && !self.names.contains(&s.name)
            })
            .collect();
        let i = *self.dice.pick(&all);
        let s = &self.sections[i];
        let at = plane::along(&self.lines[i], s.length_m / 2.0).0;
        (s.name.clone(), at, format!("{}{}至{}", s.street_name, s.from_crossing, s.to_crossing))
    }

    fn at_crossing(&mut self) -> (String, P, String) {
        let crossings = self.crossings;
        let all: Vec<&Crossing> =
            crossings.iter().filter(|c| c.streets.len() > 1 && !self.names.contains(&c.name)).collect();
        let c = *self.dice.pick(&all);
        (c.name.clone(), plane::metres(c.at), c.name.clone())
    }

    fn at_seat(&mut self, levels: &str, k: usize, n: usize) -> (String, P, String) {
        let divisions = self.divisions;
        let all: Vec<&Division> =
            divisions.iter().filter(|d| levels.split(' ').any(|l| l == d.level)).collect();
        let d = all[k.min(all.len() - 1)];
        let at = plane::metres(d.seat);
        let suffix = match d.level.as_str() {
            "town" => "人民政府",
            _ => PLAN[n].4[0],
        };
        let name = format!("{}{suffix}", d.name);
        let address = if d.level == "village" { d.name.clone() } else { self.address(at) };
        (name, at, address)
    }

    fn in_park(&mut self, k: usize, n: usize) -> (String, P, String) {
        let mut named = self.scenery.iter().filter(|s| s.kind == SceneryKind::Park && !s.name.is_empty());
        let Some(park) = named.nth(k) else { return self.beside(n, k, 2_600.0, 50.0) };
        // just inside the first corner, where a gate would be
        let corner = plane::metres(park.line[0]);
        let across = plane::metres(park.line[2.min(park.line.len() - 1)]);
        let at = plane::mix(corner, across, 0.12);
        (park.name.clone(), at, self.address(at))
    }

    fn by_railway(&mut self, n: usize) -> (String, P, String) {
        let rail = self.scenery.iter().find(|s| s.kind == SceneryKind::Railway);
        let line: Vec<P> =
            rail.map(|r| r.line.iter().map(|p| plane::metres(*p)).collect()).unwrap_or_default();
        let (at, left) = plane::along(&line, plane::length(&line) * 0.58);
        let at = plane::add(at, plane::scale(left, -45.0));
        (self.invent(n, 0), at, self.address(at))
    }

    /// Beside a street, not in a park, not on top of another site of its type.
    fn beside(&mut self, n: usize, k: usize, within: f64, away: f64) -> (String, P, String) {
        let near: Vec<usize> = (0..self.lines.len())
            .filter(|i| {
                let middle = plane::along(&self.lines[*i], plane::length(&self.lines[*i]) / 2.0).0;
                plane::dist(middle, [0.0, 0.0]) < within && middle[1] < 2_350.0
            })
            .collect();
        let mut apart = 420.0;
        loop {
            let i = *self.dice.pick(&near);
            let metres = self.dice.real(0.1, 0.9) * self.sections[i].length_m;
            let left = self.dice.chance(0.5);
            let (place, normal) = plane::along(&self.lines[i], metres);
            let off = away * self.dice.real(0.85, 1.3) * if left { 1.0 } else { -1.0 };
            let at = plane::add(place, plane::scale(normal, off));
            let kind = PLAN[n].0.code;
            let clear = self.out.iter().all(|s| {
                let d = plane::dist(plane::metres(s.at), at);
                d > if s.kind == kind { apart } else { 14.0 }
            });
            let dry = self.keep_off.iter().all(|p| !plane::holds(p, at));
            let free = plane::nearest(&self.lines[self.nearest(at).0], at).0 > 8.0;
            if clear && dry && free {
                let name = match kind {
                    "bus_stop" | "toilet" => self.on_street(n, i),
                    _ => self.invent(n, k),
                };
                return (name, at, self.number(i, metres, left));
            }
            apart *= 0.985;
        }
    }

    /// A name made from the street's own and the street it meets.
    fn on_street(&self, n: usize, section: usize) -> String {
        let s = &self.sections[section];
        let last = PLAN[n].4[0];
        let at = |cross: &String| {
            format!("{}{cross}{}{last}", s.street_name, if cross.starts_with('K') { "" } else { "口" })
        };
        let two = [at(&s.from_crossing), at(&s.to_crossing)];
        let more = (2..).map(|k| format!("{}{k}", two[0]));
        two.clone().into_iter().chain(more).find(|name| !self.names.contains(name)).unwrap_or_default()
    }

    /// A name nobody else has: the two published markets and the schools and hospitals of the unit list come first.
    fn invent(&mut self, n: usize, k: usize) -> String {
        let (ty, _, _, _, suffixes) = PLAN[n];
        let given = match ty.code {
            "market" => ["振兴市场", "绿化市场"].get(k).map(|s| (*s).to_owned()),
            "school" => self.unit_named("school", k),
            "hospital" => self.unit_named("hospital", k),
            _ => None,
        };
        given.unwrap_or_else(|| {
            loop {
                let name = format!("{}{}", self.dice.pick(&DESERT), self.dice.pick(suffixes));
                let taken = self.units.iter().any(|u| u.name == name);
                if !taken && !self.names.contains(&name) {
                    return name;
                }
            }
        })
    }

    fn unit_named(&self, prefix: &str, k: usize) -> Option<String> {
        self.units.iter().filter(|u| u.key.starts_with(prefix)).nth(k).map(|u| u.name.clone())
    }
}

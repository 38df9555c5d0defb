//! Where cases happen: along streets and at sites, some of them again and again.

use std::collections::BTreeMap;

use super::items::At;
use super::types::Place;
use crate::arith;
use crate::dice::Dice;
use crate::town::plane::{self, P};
use crate::town::{RoadClass, Site, Town};

/// Knows the town's places by heart.
pub(super) struct Gazetteer<'a> {
    town: &'a Town,
    lines: Vec<Vec<P>>,
    weights: Vec<f64>,
    cells: BTreeMap<(i64, i64), usize>,
}

impl<'a> Gazetteer<'a> {
    /// Gives each section its share of trouble: long ones, central ones, and a few bad ones more.
    pub(super) fn new(seed: u64, town: &'a Town) -> Self {
        let mut dice = Dice::of(seed, "trouble");
        let lines: Vec<Vec<P>> =
            town.sections.iter().map(|s| s.line.iter().map(|p| plane::metres(*p)).collect()).collect();
        let weights = lines
            .iter()
            .map(|l| {
                let length = plane::length(l);
                let middle = plane::along(l, length / 2.0).0;
                let far = plane::dist(middle, [0.0, 0.0]) / 1_500.0;
                let bad = if dice.chance(0.14) { 4.0 } else { dice.real(0.5, 1.5) };
                length.min(900.0) * bad / (1.0 + far * far)
            })
            .collect();
        let cells =
            town.cells.iter().enumerate().map(|(n, c)| (square(plane::metres(c.ring[0])), n)).collect();
        Self { town, lines, weights, cells }
    }

    /// A place for an item.
    pub(super) fn find(&self, dice: &mut Dice, at: At) -> Place {
        match at {
            At::Site(kind) => {
                let sites: Vec<usize> =
                    (0..self.town.sites.len()).filter(|i| self.town.sites[*i].kind == kind).collect();
                if sites.is_empty() { self.on_street(dice, &|_| true) } else { self.at_site(dice, &sites) }
            }
            At::Street => self.on_street(dice, &|_| true),
            At::Big => self.on_street(dice, &|c| matches!(c, RoadClass::Main | RoadClass::Secondary)),
            At::Lane => self.on_street(dice, &|c| matches!(c, RoadClass::Lane | RoadClass::Branch)),
        }
    }

    /// A place a few steps from another.
    pub(super) fn beside(&self, dice: &mut Dice, place: &Place) -> Place {
        let p = plane::metres(place.at);
        let at = plane::add(p, [dice.real(-9.0, 9.0), dice.real(-9.0, 9.0)]);
        Place { at: plane::lng_lat(at), cell: self.cell(at), ..place.clone() }
    }

    fn cell(&self, at: P) -> Option<String> {
        self.cells.get(&square_of(at)).map(|n| self.town.cells[*n].code.clone())
    }

    fn on_street(&self, dice: &mut Dice, fits: &dyn Fn(RoadClass) -> bool) -> Place {
        let sections = &self.town.sections;
        let shares: Vec<f64> =
            self.weights.iter().zip(sections).map(|(w, s)| if fits(s.class) { *w } else { 0.0 }).collect();
        let section = dice.weighted(&shares);
        let s = &sections[section];
        let offset = plane::round1(dice.real(0.02, 0.98) * s.length_m);
        let (place, left) = plane::along(&self.lines[section], offset);
        let side = if dice.chance(0.5) { 1.0 } else { -1.0 };
        let at = plane::add(place, plane::scale(left, side * dice.real(5.0, 13.0)));
        let number = s.number_at(offset, side > 0.0);
        let street = &s.street_name;
        let corner = *dice.pick(&["东北角", "东南角", "西北角", "西南角", ""]);
        let cross = if offset < s.length_m / 2.0 { &s.from_crossing } else { &s.to_crossing };
        let near_end = offset.min(s.length_m - offset) < 45.0;
        let address = if near_end && !cross.starts_with('K') {
            format!("{street}与{cross}路口{corner}")
        } else {
            match dice.below(8) {
                0 => format!("{street}{number}号门前"),
                1 => format!("{street}{number}号对面"),
                2 => format!("{street}{number}号旁"),
                3 => format!("{street}{number}号院门口"),
                4 => format!("{street}靠近{cross}处"),
                _ => format!("{street}{number}号附近"),
            }
        };
        let cell = self.cell(at);
        let division = cell.as_ref().map_or_else(|| s.division.clone(), |c| c[..12].to_owned());
        Place { at: plane::lng_lat(at), address, section, offset_m: offset, site: None, division, cell }
    }

    fn at_site(&self, dice: &mut Dice, sites: &[usize]) -> Place {
        // the first quarter of a type is in the news twice as often
        let shares: Vec<f64> =
            (0..sites.len()).map(|k| if k * 4 <= sites.len() { 2.0 } else { 1.0 }).collect();
        let n = sites[dice.weighted(&shares)];
        let site: &Site = &self.town.sites[n];
        let p = plane::metres(site.at);
        let at = plane::add(p, [dice.real(-22.0, 22.0), dice.real(-22.0, 22.0)]);
        let spot = match site.kind.as_str() {
            "market" => (*dice.pick(&[
                "南门",
                "东门",
                "蔬菜区",
                "水产区",
                "熟食区",
                "出口通道",
                "停车区",
                "北侧围墙边",
            ]))
            .to_owned(),
            "estate" => match dice.below(3) {
                0 => format!("{}号楼{}单元门前", dice.between(1, 18), dice.between(1, 5)),
                1 => format!("{}号楼楼下", dice.between(1, 18)),
                _ => (*dice.pick(&["北门", "南门", "中心花园", "地面停车场", "物业办公室旁"])).to_owned(),
            },
            "building_site" => (*dice.pick(&["大门口", "东侧围挡", "北侧", "出入口"])).to_owned(),
            "park" => (*dice.pick(&["东门", "湖边步道", "健身区", "西侧入口", "儿童区"])).to_owned(),
            "toilet" | "bus_stop" => String::new(),
            _ => (*dice.pick(&["门前", "门口", "旁边", "东侧"])).to_owned(),
        };
        let (_, offset) = plane::nearest(&self.lines[site.section], at);
        let cell = self.cell(at);
        let division = cell.as_ref().map_or_else(|| site.division.clone(), |c| c[..12].to_owned());
        Place {
            at: plane::lng_lat(at),
            address: format!("{}{spot}", site.name),
            section: site.section,
            offset_m: plane::round1(offset),
            site: Some(n),
            division,
            cell,
        }
    }
}

/// The square of the grid that starts at a corner, which rounding has moved by centimetres.
fn square(corner: P) -> (i64, i64) {
    (arith::whole(corner[0] / 100.0), arith::whole(corner[1] / 100.0))
}

/// The square a position lies in.
fn square_of(at: P) -> (i64, i64) {
    (arith::whole((at[0] / 100.0).floor()), arith::whole((at[1] / 100.0).floor()))
}

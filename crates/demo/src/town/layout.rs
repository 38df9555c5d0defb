//! Which streets there are and where each is cut into sections: the plan of the town, the same for every seed.

use super::lattice::Lattice;
use super::names::{self, Supply};
use super::plane::{self, P};
use super::types::RoadClass;
use crate::arith;
use crate::dice::Dice;

/// A street before it is cut: its lines, one a section, and what stands at its free ends.
pub(super) struct Plan {
    pub(super) name: String,
    pub(super) class: RoadClass,
    pub(super) lines: Vec<Vec<P>>,
    /// Landmarks at the first and at the last end, used where no other street is met.
    pub(super) ends: [&'static str; 2],
}

/// Draws the plans of one town.
pub(super) struct Draughtsman<'a> {
    grid: &'a Lattice,
    dice: Dice,
    plans: Vec<Plan>,
}

/// All streets of the town.
pub(super) fn plans(seed: u64, grid: &Lattice) -> Vec<Plan> {
    let mut d = Draughtsman { grid, dice: Dice::of(seed, "layout"), plans: Vec::new() };
    d.ring();
    d.inner();
    d.works();
    d.country();
    d.lanes();
    d.plans
}

impl Draughtsman<'_> {
    fn add(&mut self, name: String, class: RoadClass, lines: Vec<Vec<P>>) {
        self.plans.push(Plan { name, class, lines, ends: ["路口", "路口"] });
    }

    /// A stretch of a grid line from node `a` to node `b`.
    fn stretch(place: impl Fn(f64) -> P, a: usize, b: usize) -> Vec<P> {
        (a * 8..=b * 8).map(|s| place(arith::real(s) / 8.0)).collect()
    }

    fn row(&self, j: usize, cuts: &[usize]) -> Vec<Vec<P>> {
        cuts.windows(2).map(|w| Self::stretch(|t| self.grid.row(j, t), w[0], w[1])).collect()
    }

    fn column(&self, i: usize, cuts: &[usize]) -> Vec<Vec<P>> {
        cuts.windows(2).map(|w| Self::stretch(|t| self.grid.column(i, t), w[0], w[1])).collect()
    }

    /// Sections between given places, each with a gentle bend.
    fn bent(&mut self, places: &[P], bend: f64) -> Vec<Vec<P>> {
        let mut lines = Vec::new();
        for w in places.windows(2) {
            let n = plane::left(w[0], w[1]);
            let l = plane::dist(w[0], w[1]);
            let k = self.dice.real(-bend, bend) * l;
            let m = self.dice.real(-bend, bend) * l;
            let a = plane::add(plane::mix(w[0], w[1], 0.33), plane::scale(n, k));
            let b = plane::add(plane::mix(w[0], w[1], 0.67), plane::scale(n, m));
            lines.push(plane::smooth(&[w[0], a, b, w[1]], 5));
        }
        lines
    }

    fn ring(&mut self) {
        use RoadClass::Main;
        let sides = [
            ("环城西路", self.column(0, &[0, 2, 4, 6])),
            ("环城北路", self.row(6, &[0, 2, 3, 5, 7])),
            ("环城东路", self.column(7, &[0, 2, 4, 6])),
            ("环城南路", self.row(0, &[0, 2, 4, 5, 7])),
        ];
        for (name, lines) in sides {
            self.add(name.to_owned(), Main, lines);
        }
    }

    fn inner(&mut self) {
        use RoadClass::{Branch, Main, Secondary};
        let mut main = Supply::new(&mut self.dice, &names::MAIN);
        let mut other = Supply::new(&mut self.dice, &names::SECONDARY);
        let all: [usize; 8] = [0, 1, 2, 3, 4, 5, 6, 7];
        for (i, cuts, class) in [
            (1, &all[..6], Secondary),
            (2, &all[..7], Secondary),
            (3, &all[..7], Main),
            (4, &all[..7], Main),
            (5, &all[..7], Secondary),
            (6, &all[1..7], Secondary),
        ] {
            let name = if class == Main { main.next("路") } else { other.next("路") };
            self.add(name, class, self.column(i, cuts));
        }
        for (j, cuts, class) in [
            (1, &all[..], Secondary),
            (2, &all[..], Main),
            (3, &all[..5], Secondary),
            (3, &all[5..], Branch),
            (4, &all[..], Main),
            (5, &all[1..], Branch),
        ] {
            let name = if class == Main { main.next("大道") } else { other.next("街") };
            self.add(name, class, self.row(j, cuts));
        }
        let g = self.grid;
        let slant = self.bent(&[g.node(3, 3), g.node(2, 4), g.node(1, 5), g.node(0, 6)], 0.02);
        let name = Supply::new(&mut self.dice, &names::SLANT).next("斜街");
        self.add(name, Secondary, slant);
    }

    fn works(&mut self) {
        use RoadClass::{Branch, Secondary};
        let mut names = Supply::new(&mut self.dice, &names::WORKS);
        let g = self.grid;
        let at = |u: f64, v: f64| g.warp([u, v]);
        let (west, east) = (at(-340.0, 2760.0), at(1010.0, 2740.0));
        let (far_west, far_east) = (at(-360.0, 3450.0), at(1030.0, 3420.0));
        let across = self.bent(&[at(-1650.0, 2700.0), west, east, at(1850.0, 2780.0)], 0.02);
        self.add(names.next("路"), Secondary, across);
        let up = self.bent(&[g.node(3, 6), west, far_west], 0.02);
        self.add(names.next("路"), Secondary, up);
        let round = self.bent(&[g.node(5, 6), east, far_east, far_west], 0.02);
        self.add(names.next("路"), Branch, round);
        for (plan, ends) in [(3, ["料场西门", "成品库东门"]), (2, ["路口", "厂区北门"])] {
            let k = self.plans.len() - plan;
            self.plans[k].ends = ends;
        }
    }

    fn country(&mut self) {
        use RoadClass::{Branch, Secondary};
        let g = self.grid;
        let towns: [(&str, P, P, f64, usize); 3] = [
            ("新城", g.node(7, 6), super::areas::XINCHENG, 0.35, 3),
            ("峪泉", g.node(0, 4), super::areas::YUQUAN, 1.2, 2),
            ("文殊", g.node(4, 0), super::areas::WENSHU, 0.1, 3),
        ];
        for (name, start, end, angle, parts) in towns {
            let end = plane::metres(end);
            let stops: Vec<P> =
                (0..=parts).map(|k| plane::mix(start, end, arith::real(k) / arith::real(parts))).collect();
            let road = self.bent(&stops, 0.05);
            self.add(format!("{name}公路"), Secondary, road);
            let along = [420.0 * arith::cos(angle), 420.0 * arith::sin(angle)];
            let street = self.bent(&[plane::sub(end, along), end, plane::add(end, along)], 0.03);
            self.add(format!("{name}中街"), Branch, street);
            let k = self.plans.len();
            self.plans[k - 2].ends = ["路口", "镇口"];
            self.plans[k - 1].ends = ["镇西口", "镇东口"];
        }
    }

    fn lanes(&mut self) {
        let mut names = Supply::new(&mut self.dice, &names::LANES);
        let g = self.grid;
        let runs: [Vec<P>; 4] = [
            (1..=5).map(|j| g.row(j, 2.46)).collect(),
            (1..=5).map(|j| g.row(j, 5.53)).collect(),
            (0..=3).map(|i| g.column(i, 1.52)).collect(),
            (4..=7).map(|i| g.column(i, 4.47)).collect(),
        ];
        for run in runs {
            let lines = self.bent(&run, 0.035);
            self.add(names.next("巷"), RoadClass::Lane, lines);
        }
    }
}

//! River, parks, railway, works and the small ways inside the blocks: what makes the map look like a town.

use super::lattice::Lattice;
use super::plane::{self, P};
use super::types::{Scenery, SceneryKind};
use crate::arith;
use crate::dice::Dice;

/// All scenery of a seed.
pub(super) fn build(seed: u64, grid: &Lattice) -> Vec<Scenery> {
    let mut s = Painter { grid, dice: Dice::of(seed, "scenery"), out: Vec::new() };
    s.works();
    s.blocks();
    s.river();
    s.parks();
    s.railway();
    s.out
}

struct Painter<'a> {
    grid: &'a Lattice,
    dice: Dice,
    out: Vec<Scenery>,
}

impl Painter<'_> {
    fn put(&mut self, kind: SceneryKind, name: &str, line: &[P]) {
        self.out.push(Scenery { kind, name: name.to_owned(), line: plane::line_lng_lat(line) });
    }

    fn closed(&mut self, kind: SceneryKind, name: &str, mut line: Vec<P>) {
        line.extend(line.first().copied());
        self.put(kind, name, &line);
    }

    fn warped(&self, points: &[P]) -> Vec<P> {
        points.iter().map(|p| self.grid.warp(*p)).collect()
    }

    fn river(&mut self) {
        let course: Vec<P> = (0..=12)
            .map(|k| {
                let u = -8_400.0 + 1_060.0 * arith::real(k);
                [u, -2_620.0 + 230.0 * arith::sin(u / 1_400.0) + self.dice.real(-60.0, 60.0)]
            })
            .collect();
        let middle = plane::smooth(&self.warped(&course), 6);
        let (mut one, mut other) = (Vec::new(), Vec::new());
        for w in middle.windows(2) {
            let n = plane::left(w[0], w[1]);
            let half = 55.0 + self.dice.real(-6.0, 14.0);
            one.push(plane::add(w[0], plane::scale(n, half)));
            other.push(plane::add(w[0], plane::scale(n, -half)));
        }
        other.reverse();
        one.extend(other);
        self.closed(SceneryKind::River, "南河", one);
    }

    /// The quadrilateral between four lattice nodes, drawn in by so many metres.
    fn quad(&self, i: f64, j: f64, wide: f64, high: f64, inset: f64) -> Vec<P> {
        let g = self.grid;
        let at = |i: f64, j: f64| {
            let k = arith::count(j.floor()).min(5);
            plane::mix(g.row(k, i), g.row(k + 1, i), j - arith::real(k))
        };
        let corners = [at(i, j), at(i + wide, j), at(i + wide, j + high), at(i, j + high)];
        let middle = plane::scale(corners.iter().fold([0.0, 0.0], |s, c| plane::add(s, *c)), 0.25);
        corners
            .iter()
            .map(|c| plane::mix(*c, middle, (inset * 1.414 / plane::dist(*c, middle)).min(0.9)))
            .collect()
    }

    fn blocks(&mut self) {
        for i in 0..7_usize {
            for j in 0..6_usize {
                let park = (i == 4 && (j == 2 || j == 3)) || (i == 3 && j == 3);
                if park {
                    continue;
                }
                let corner = (i == 0 || i == 6) && (j == 0 || j == 5);
                let quad =
                    self.quad(arith::real(i), arith::real(j), 1.0, 1.0, if corner { 75.0 } else { 34.0 });
                self.closed(SceneryKind::Block, "", quad.clone());
                self.ways(&quad);
            }
        }
    }

    /// One to three ways through a block, some of which stop halfway.
    fn ways(&mut self, quad: &[P]) {
        let [a, b, c, d] = quad else { return };
        for _ in 0..self.dice.between(1, 2) {
            let t = self.dice.real(0.3, 0.7);
            let stop = if self.dice.chance(0.4) { self.dice.real(0.45, 0.7) } else { 1.0 };
            let (low, high) = (plane::mix(*a, *b, t), plane::mix(*d, *c, t + self.dice.real(-0.06, 0.06)));
            self.put(SceneryKind::Way, "", &[low, plane::mix(low, high, stop)]);
        }
        let t = self.dice.real(0.35, 0.65);
        let (from, to) = (plane::mix(*a, *d, t), plane::mix(*b, *c, t));
        self.put(SceneryKind::Way, "", &[from, to]);
    }

    fn parks(&mut self) {
        let park = self.quad(4.0, 2.0, 1.0, 2.0, 34.0);
        let middle = plane::scale(park.iter().fold([0.0, 0.0], |s, c| plane::add(s, *c)), 0.25);
        self.closed(SceneryKind::Park, "碧湖公园", park);
        let lake: Vec<P> = (0..24)
            .map(|k| {
                let a = arith::real(k) / 12.0 * arith::PI;
                let r = 1.0 + 0.16 * arith::sin(a * 3.0 + 0.6) + 0.08 * arith::sin(a * 5.0);
                plane::add(middle, [150.0 * r * arith::cos(a), 250.0 * r * arith::sin(a)])
            })
            .collect();
        self.closed(SceneryKind::Lake, "碧湖", lake);
        let square = self.quad(3.0, 3.0, 1.0, 1.0, 34.0);
        self.closed(SceneryKind::Square, "雄关广场", square);
        let green = self.quad(3.3, 3.32, 0.4, 0.36, 0.0);
        self.closed(SceneryKind::Park, "", green);
        let bank = self.warped(&[
            [-2_000.0, -1_850.0],
            [-900.0, -1_880.0],
            [200.0, -1_880.0],
            [300.0, -2_130.0],
            [-800.0, -2_160.0],
            [-1_900.0, -2_080.0],
        ]);
        self.closed(SceneryKind::Park, "南河滨河公园", bank);
        let east = self.warped(&[
            [480.0, -1_880.0],
            [1_700.0, -1_880.0],
            [1_950.0, -1_800.0],
            [1_900.0, -2_060.0],
            [700.0, -2_130.0],
        ]);
        self.closed(SceneryKind::Park, "南河湿地", east);
    }

    fn works(&mut self) {
        let yards: [&[P]; 5] = [
            &[[-1_600.0, 2_800.0], [-440.0, 2_850.0], [-450.0, 3_500.0], [-1_500.0, 3_450.0]],
            &[[-230.0, 2_860.0], [900.0, 2_840.0], [920.0, 3_330.0], [-240.0, 3_350.0]],
            &[[1_120.0, 2_850.0], [1_800.0, 2_880.0], [1_750.0, 3_400.0], [1_130.0, 3_420.0]],
            &[[-1_600.0, 2_300.0], [-440.0, 2_300.0], [-440.0, 2_640.0], [-1_600.0, 2_600.0]],
            &[[-230.0, 2_300.0], [900.0, 2_300.0], [910.0, 2_640.0], [-240.0, 2_660.0]],
        ];
        for (k, yard) in yards.iter().enumerate() {
            let line = self.warped(yard);
            let name = ["炼铁作业区", "轧钢作业区", "成品库区", "料场", "动力作业区"][k];
            self.closed(SceneryKind::Industry, name, line);
        }
    }

    fn railway(&mut self) {
        let course = [
            [-6_000.0, 1_300.0],
            [-4_300.0, 1_900.0],
            [-2_800.0, 2_130.0],
            [-1_200.0, 2_170.0],
            [300.0, 2_170.0],
            [1_700.0, 2_160.0],
            [3_000.0, 1_950.0],
            [4_400.0, 1_350.0],
        ];
        let line = plane::smooth(&self.warped(&course), 6);
        self.put(SceneryKind::Railway, "铁路", &line);
    }
}

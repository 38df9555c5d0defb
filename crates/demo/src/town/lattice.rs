//! The bent grid under the town: 8 lines from south to north, 7 from west to east, none of them quite straight.

use super::plane::{self, P};
use crate::arith;
use crate::dice::Dice;

const U: [f64; 8] = [-2350.0, -1620.0, -960.0, -330.0, 340.0, 1000.0, 1650.0, 2350.0];
const V: [f64; 7] = [-1750.0, -1120.0, -540.0, 60.0, 640.0, 1240.0, 1850.0];
const I: usize = U.len() - 1;
const J: usize = V.len() - 1;

/// The grid, bent and turned by the seed.
#[derive(Clone, Debug)]
pub(crate) struct Lattice {
    nodes: Vec<[P; 7]>,
    turn: (f64, f64),
    phase: (f64, f64),
}

impl Lattice {
    /// Bends and turns the grid.
    pub(crate) fn new(seed: u64) -> Self {
        let mut dice = Dice::of(seed, "lattice");
        let sign = if dice.chance(0.5) { 1.0 } else { -1.0 };
        let angle = sign * dice.real(0.06, 0.13);
        let mut grid = Self {
            nodes: Vec::new(),
            turn: (arith::sin(angle), arith::cos(angle)),
            phase: (dice.real(-1.0, 1.0), dice.real(-1.0, 1.0)),
        };
        for (i, u) in U.iter().enumerate() {
            grid.nodes.push(std::array::from_fn(|j| {
                let edge = (i == 0 || i == I, j == 0 || j == J);
                let p = match edge {
                    (true, true) => [u * 0.86, V[j] * 0.86],
                    (true, false) => [*u, V[j] + dice.real(-40.0, 40.0)],
                    (false, true) => [u + dice.real(-40.0, 40.0), V[j]],
                    (false, false) => [u + dice.real(-60.0, 60.0), V[j] + dice.real(-55.0, 55.0)],
                };
                grid.warp(p)
            }));
        }
        grid
    }

    /// From the straight grid's metres to the frame: bent, then turned.
    pub(crate) fn warp(&self, [u, v]: P) -> P {
        let x = u + 95.0 * arith::sin(v / 1500.0 + self.phase.0);
        let y = v + 115.0 * arith::sin(u / 1900.0 + self.phase.1);
        [x * self.turn.1 - y * self.turn.0, x * self.turn.0 + y * self.turn.1]
    }

    /// The node where line `i` meets line `j`.
    pub(crate) fn node(&self, i: usize, j: usize) -> P {
        self.nodes[i.min(I)][j.min(J)]
    }

    /// A place on the west-east line `j`, `t` counted in nodes from the west. The edge lines round into each other.
    pub(crate) fn row(&self, j: usize, t: f64) -> P {
        let i = arith::count(t.floor()).min(I - 1);
        let edge = j == 0 || j == J;
        let inward = if j == 0 { 1 } else { J - 1 };
        let before = if i > 0 { self.node(i - 1, j) } else { self.node(0, if edge { inward } else { j }) };
        let after =
            if i + 2 <= I { self.node(i + 2, j) } else { self.node(I, if edge { inward } else { j }) };
        plane::spline([before, self.node(i, j), self.node(i + 1, j), after], t - arith::real(i))
    }

    /// A place on the south-north line `i`, `t` counted in nodes from the south.
    pub(crate) fn column(&self, i: usize, t: f64) -> P {
        let j = arith::count(t.floor()).min(J - 1);
        let edge = i == 0 || i == I;
        let inward = if i == 0 { 1 } else { I - 1 };
        let before = if j > 0 { self.node(i, j - 1) } else { self.node(if edge { inward } else { i }, 0) };
        let after =
            if j + 2 <= J { self.node(i, j + 2) } else { self.node(if edge { inward } else { i }, J) };
        plane::spline([before, self.node(i, j), self.node(i, j + 1), after], t - arith::real(j))
    }

    /// The ring road as a closed ring.
    pub(crate) fn ring(&self) -> Vec<P> {
        let steps = |n: usize| (0..n * 8).map(|s| arith::real(s) / 8.0);
        let mut out: Vec<P> = steps(I).map(|t| self.row(0, t)).collect();
        out.extend(steps(J).map(|t| self.column(I, t)));
        out.extend(steps(I).map(|t| self.row(J, arith::real(I) - t)));
        out.extend(steps(J).map(|t| self.column(0, arith::real(J) - t)));
        out.extend(out.first().copied());
        out
    }

    /// The built-up area with its northern works, as a closed ring.
    pub(crate) fn urban(&self) -> Vec<P> {
        const EDGE: [P; 12] = [
            [-2700.0, -1500.0],
            [-2100.0, -2060.0],
            [2100.0, -2060.0],
            [2700.0, -1500.0],
            [2720.0, 1700.0],
            [2250.0, 2300.0],
            [2150.0, 3500.0],
            [1500.0, 3900.0],
            [-1200.0, 3900.0],
            [-1950.0, 3400.0],
            [-2150.0, 2300.0],
            [-2720.0, 1700.0],
        ];
        let mut out: Vec<P> = EDGE.iter().map(|p| self.warp(*p)).collect();
        out.extend(out.first().copied());
        out
    }
}

//! The most that can flow through a small network (Edmonds and Karp), counted no further than is asked.

use std::collections::VecDeque;

pub(crate) struct Network {
    nodes: usize,
    /// What can still flow from one node to another.
    room: Vec<u64>,
}

impl Network {
    pub(crate) fn new(nodes: usize) -> Self {
        Self { nodes, room: vec![0; nodes * nodes] }
    }

    pub(crate) fn join(&mut self, from: usize, to: usize, room: u64) {
        if let Some(cell) = self.room.get_mut(from * self.nodes + to) {
            *cell = cell.saturating_add(room);
        }
    }

    fn between(&self, from: usize, to: usize) -> u64 {
        self.room.get(from * self.nodes + to).copied().unwrap_or(0)
    }

    /// The shortest way with room, from its end to its beginning, and how much fits.
    fn way(&self, from: usize, to: usize) -> Option<(Vec<(usize, usize)>, u64)> {
        let mut came = vec![None; self.nodes];
        let mut next = VecDeque::from([from]);
        while let Some(here) = next.pop_front() {
            for (there, before) in came.iter_mut().enumerate() {
                if there != from && before.is_none() && self.between(here, there) > 0 {
                    *before = Some(here);
                    next.push_back(there);
                }
            }
        }
        let (mut steps, mut at, mut fits) = (Vec::new(), to, u64::MAX);
        while at != from {
            let before = came[at]?;
            fits = fits.min(self.between(before, at));
            steps.push((before, at));
            at = before;
        }
        Some((steps, fits))
    }

    /// How much flows, at most `enough`.
    pub(crate) fn most(mut self, from: usize, to: usize, enough: u64) -> u64 {
        let mut flow = 0;
        while flow < enough {
            let Some((steps, fits)) = self.way(from, to) else { break };
            let fits = fits.min(enough - flow);
            for (a, b) in steps {
                self.room[a * self.nodes + b] -= fits;
                self.join(b, a, fits);
            }
            flow += fits;
        }
        flow
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_finds_the_narrow_place() {
        let network = || {
            let mut n = Network::new(6);
            for (from, to, room) in [
                (0, 1, 16),
                (0, 2, 13),
                (1, 3, 12),
                (2, 1, 4),
                (3, 2, 9),
                (2, 4, 14),
                (4, 3, 7),
                (3, 5, 20),
                (4, 5, 4),
            ] {
                n.join(from, to, room);
            }
            n
        };
        assert_eq!(network().most(0, 5, u64::MAX), 23);
        assert_eq!(network().most(0, 5, 10), 10);
        assert_eq!(network().most(5, 0, 10), 0);
    }
}

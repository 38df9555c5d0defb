//! Streets, sections and crossings out of the plans.

use super::enlist;
use super::lattice::Lattice;
use super::layout::{self, Plan};
use super::plane::{self, P};
use super::types::{Crossing, Division, Section, Street};
use crate::arith;

/// The network, with what later steps still need of its making.
pub(super) struct Network {
    pub(super) lattice: Lattice,
    pub(super) streets: Vec<Street>,
    pub(super) crossings: Vec<Crossing>,
    drafts: Vec<Draft>,
}

/// A section before it is given names.
struct Draft {
    street: usize,
    line: Vec<P>,
    ends: [usize; 2],
}

/// Lays out the network of a seed.
pub(super) fn build(seed: u64) -> Network {
    let lattice = Lattice::new(seed);
    let plans = layout::plans(seed, &lattice);
    let mut places: Vec<P> = Vec::new();
    let mut drafts = Vec::new();
    let mut streets = Vec::new();
    for (s, plan) in plans.iter().enumerate() {
        let first = drafts.len();
        for line in &plan.lines {
            let ends =
                [line.first(), line.last()].map(|p| place(&mut places, p.copied().unwrap_or_default()));
            drafts.push(Draft { street: s, line: line.clone(), ends });
        }
        streets.push(Street {
            code: format!("D{:03}", s + 1),
            name: plan.name.clone(),
            class: plan.class,
            sections: (first..drafts.len()).collect(),
        });
    }
    let crossings = places.iter().map(|p| crossing(*p, &plans)).collect();
    Network { lattice, streets, crossings, drafts }
}

/// The number of a place, which may be known already.
fn place(places: &mut Vec<P>, p: P) -> usize {
    places.iter().position(|q| plane::dist(*q, p) < 2.0).unwrap_or_else(|| {
        places.push(p);
        places.len() - 1
    })
}

fn crossing(at: P, plans: &[Plan]) -> Crossing {
    let near = |plan: &Plan| plan.lines.iter().any(|l| plane::nearest(l, at).0 < 3.0);
    let mut streets: Vec<usize> = (0..plans.len()).filter(|s| near(&plans[*s])).collect();
    streets.sort_by_key(|s| (plans[*s].class, *s));
    let name = match streets.as_slice() {
        [a, b, ..] => format!("{}与{}交叉口", plans[*a].name, plans[*b].name),
        [a] => landmark(at, &plans[*a]),
        [] => String::new(),
    };
    Crossing { name, at: plane::lng_lat(at), streets }
}

/// What a street's free end is called.
fn landmark(at: P, plan: &Plan) -> String {
    let first = plan.lines.first().and_then(|l| l.first());
    let last = plan.lines.last().and_then(|l| l.last());
    let is = |end: Option<&P>| end.is_some_and(|e| plane::dist(*e, at) < 3.0);
    if is(first) {
        plan.ends[0].to_owned()
    } else if is(last) {
        plan.ends[1].to_owned()
    } else {
        let mut done = 0.0;
        for line in plan.lines.iter().take_while(|l| l.first().is_none_or(|p| plane::dist(*p, at) > 3.0)) {
            done += plane::length(line);
        }
        let metres = arith::whole(done);
        format!("K{}+{:03}", metres / 1_000, metres % 1_000)
    }
}

impl Network {
    /// The sections with names, lengths, house numbers and communities.
    pub(super) fn finish(&self, divisions: &[Division]) -> Vec<Section> {
        let mut out = Vec::new();
        let mut done = (usize::MAX, 0.0);
        for (n, draft) in self.drafts.iter().enumerate() {
            if done.0 != draft.street {
                done = (draft.street, 0.0);
            }
            let length = plane::length(&draft.line);
            let street = &self.streets[draft.street];
            let [from, to] = draft.ends.map(|c| self.meets(c, draft.street));
            out.push(Section {
                code: format!("LD{:03}", n + 1),
                name: format!("{}（{from}—{to}）", street.name),
                street: draft.street,
                street_name: street.name.clone(),
                class: street.class,
                ends: draft.ends,
                from_crossing: from,
                to_crossing: to,
                line: plane::line_lng_lat(&draft.line),
                length_m: plane::round1(length),
                first_number: arith::small(arith::count(done.1 / 5.0)) + 1,
                division: enlist::division_at(divisions, plane::along(&draft.line, length / 2.0).0),
            });
            done.1 += length;
        }
        out
    }

    /// What a street meets at a crossing: the highest other street, or the landmark.
    fn meets(&self, crossing: usize, street: usize) -> String {
        let c = &self.crossings[crossing];
        c.streets
            .iter()
            .find(|s| **s != street)
            .map_or_else(|| c.name.clone(), |s| self.streets[*s].name.clone())
    }
}

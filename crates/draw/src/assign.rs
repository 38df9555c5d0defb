//! Who visits which point: nobody where they are kept out, a second visit by another person, evenly, not the same person as last time
//! where that can be avoided, and near to each other. The same seed gives the same.

use crate::canon::Hash;
use crate::sample::order;
use std::collections::{HashMap, HashSet, VecDeque};

/// A visit that somebody is to make.
#[derive(Clone, Debug)]
pub struct Visit {
    /// Of the point. A point that is visited twice has two visits.
    pub number: String,
    pub second: bool,
    /// Whatever an inspector can be kept out of: codes of divisions, of units.
    pub areas: Vec<String>,
    /// Metres east and north of some place.
    pub at: (f64, f64),
}

/// Somebody who can be sent.
#[derive(Clone, Debug)]
pub struct Inspector {
    /// Tells them from all others, the same every time.
    pub key: String,
    pub kept_out: HashSet<String>,
}

/// Why nobody can make a visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blocked {
    /// Which visit, by its place in the list.
    pub visit: usize,
    /// Whether there is one person who may, but a second visit needs another.
    pub needs_another: bool,
}

/// Who was there last time, by point.
pub type Before = HashMap<String, HashSet<String>>;

struct State<'a> {
    visits: &'a [Visit],
    /// Who may make a visit, whatever others do.
    allowed: Vec<Vec<bool>>,
    /// Who would be there again.
    again: Vec<Vec<bool>>,
    /// The other visit of the same point.
    partner: Vec<Option<usize>>,
    of: Vec<usize>,
    load: Vec<usize>,
    /// Sum of the places of each person's points.
    sum: Vec<(f64, f64)>,
}

const NOBODY: usize = usize::MAX;

impl State<'_> {
    fn may(&self, visit: usize, person: usize) -> bool {
        let other = self.partner[visit].map_or(NOBODY, |p| self.of[p]);
        self.allowed[visit][person] && other != person
    }

    fn put(&mut self, visit: usize, person: usize) {
        let (x, y) = self.visits[visit].at;
        let before = self.of[visit];
        if before != NOBODY {
            self.load[before] -= 1;
            self.sum[before].0 -= x;
            self.sum[before].1 -= y;
        }
        self.of[visit] = person;
        self.load[person] += 1;
        self.sum[person].0 += x;
        self.sum[person].1 += y;
    }

    /// How close together a person's points lie, without what is the same however they are divided: the more the closer.
    fn closeness(&self, person: usize) -> f64 {
        let (x, y) = self.sum[person];
        #[expect(clippy::cast_precision_loss, reason = "points of a day")]
        let n = self.load[person] as f64;
        if n > 0.0 { (x * x + y * y) / n } else { 0.0 }
    }
}

/// Gives every visit to somebody; who, by their place in the list.
///
/// # Errors
/// Every visit that nobody can make.
pub fn assign(
    visits: &[Visit],
    inspectors: &[Inspector],
    before: &Before,
    seed: &Hash,
) -> Result<Vec<usize>, Vec<Blocked>> {
    let mut state = prepare(visits, inspectors, before);
    let blocked: Vec<Blocked> = (0..visits.len())
        .filter_map(|visit| {
            let count = state.allowed[visit].iter().filter(|may| **may).count();
            let twice = state.partner[visit].is_some();
            let needs_another = twice && count == 1;
            (count == 0 || needs_another).then_some(Blocked { visit, needs_another })
        })
        .collect();
    if !blocked.is_empty() {
        return Err(blocked);
    }
    // those whom few may visit first, so that they are not left over
    let mut line: Vec<usize> = (0..visits.len()).collect();
    let hash =
        |v: usize| order(seed, &["visit", &visits[v].number, if visits[v].second { "2" } else { "1" }]);
    line.sort_by_cached_key(|v| (state.allowed[*v].iter().filter(|may| **may).count(), hash(*v)));
    for visit in line {
        let choice = (0..inspectors.len()).filter(|p| state.may(visit, *p)).min_by_key(|p| {
            let tie = order(seed, &["who", &visits[visit].number, &inspectors[*p].key]);
            (state.again[visit][*p], state.load[*p], tie)
        });
        // two of a pair have two people at least, and one of them is free
        if let Some(person) = choice {
            state.put(visit, person);
        }
    }
    balance(&mut state);
    for _ in 0..ROUNDS {
        if !improve(&mut state) {
            break;
        }
    }
    Ok(state.of)
}

/// Times that all pairs are looked at for a better division.
const ROUNDS: usize = 20;

fn prepare<'a>(visits: &'a [Visit], inspectors: &[Inspector], before: &Before) -> State<'a> {
    let mut by_number: HashMap<&str, Vec<usize>> = HashMap::new();
    for (n, visit) in visits.iter().enumerate() {
        by_number.entry(&visit.number).or_default().push(n);
    }
    let table = |of: &dyn Fn(&Visit, &Inspector) -> bool| -> Vec<Vec<bool>> {
        visits.iter().map(|v| inspectors.iter().map(|i| of(v, i)).collect()).collect()
    };
    let partner = visits.iter().enumerate().map(|(n, visit)| {
        let both = by_number.get(visit.number.as_str())?;
        both.iter().copied().find(|other| *other != n)
    });
    State {
        allowed: table(&|v, i| v.areas.iter().all(|area| !i.kept_out.contains(area))),
        again: table(&|v, i| before.get(&v.number).is_some_and(|who| who.contains(&i.key))),
        partner: partner.collect(),
        of: vec![NOBODY; visits.len()],
        load: vec![0; inspectors.len()],
        sum: vec![(0.0, 0.0); inspectors.len()],
        visits,
    }
}

/// Passes visits on, from whoever has most to whoever has two less, over others if need be, until nobody can be helped.
fn balance(state: &mut State<'_>) {
    while let Some(chain) = chain(state) {
        for (visit, to) in chain.into_iter().rev() {
            state.put(visit, to);
        }
    }
}

/// Visits that are passed on, each with who takes it: the first leaves somebody who has two more than the last gets.
fn chain(state: &State<'_>) -> Option<Vec<(usize, usize)>> {
    let mut people: Vec<usize> = (0..state.load.len()).collect();
    people.sort_by_key(|p| std::cmp::Reverse(state.load[*p]));
    for from in people {
        let mut came: HashMap<usize, (usize, usize)> = HashMap::new();
        let mut queue = VecDeque::from([from]);
        while let Some(person) = queue.pop_front() {
            if state.load[person] + 2 <= state.load[from] {
                let (mut chain, mut at) = (Vec::new(), person);
                while let Some((visit, before)) = came.get(&at).copied() {
                    chain.push((visit, at));
                    at = before;
                }
                chain.reverse();
                // the two visits of a point must not meet on the way
                let moved: HashSet<usize> = chain.iter().map(|(v, _)| *v).collect();
                let apart = |v: &usize| state.partner[*v].is_none_or(|p| !moved.contains(&p));
                return moved.iter().all(apart).then_some(chain);
            }
            for next in 0..state.load.len() {
                if next == from || came.contains_key(&next) {
                    continue;
                }
                let passed = (0..state.of.len()).find(|v| state.of[*v] == person && state.may(*v, next));
                if let Some(visit) = passed {
                    came.insert(next, (visit, person));
                    queue.push_back(next);
                }
            }
        }
    }
    None
}

/// Swaps visits of two people, or passes one to whoever has one less, where fewer are there again or ways become shorter; whether any was.
fn improve(state: &mut State<'_>) -> bool {
    let mut better = false;
    for v in 0..state.of.len() {
        for person in 0..state.load.len() {
            if state.load[state.of[v]] == state.load[person] + 1 && state.may(v, person) {
                better |= keep_if_better(state, &[(v, person)]);
            }
        }
        for w in v + 1..state.of.len() {
            let (a, b) = (state.of[v], state.of[w]);
            if a != b && state.partner[v] != Some(w) && state.may(v, b) && state.may(w, a) {
                better |= keep_if_better(state, &[(v, b), (w, a)]);
            }
        }
    }
    better
}

/// Makes the moves, and takes them back unless they help.
fn keep_if_better(state: &mut State<'_>, moves: &[(usize, usize)]) -> bool {
    let back: Vec<(usize, usize)> = moves.iter().map(|(v, _)| (*v, state.of[*v])).collect();
    let again = |s: &State<'_>| moves.iter().filter(|(v, _)| s.again[*v][s.of[*v]]).count();
    let mut people: Vec<usize> = moves.iter().map(|m| m.1).chain(back.iter().map(|m| m.1)).collect();
    people.sort_unstable();
    people.dedup();
    let close = |s: &State<'_>| -> f64 { people.iter().map(|p| s.closeness(*p)).sum() };
    let (again_before, close_before) = (again(state), close(state));
    for (v, to) in moves {
        state.put(*v, *to);
    }
    let (again_after, close_after) = (again(state), close(state));
    // sums of squares of metres: less than a square metre is no help, and might come from rounding
    let helps =
        again_after < again_before || (again_after == again_before && close_after > close_before + 1.0);
    if !helps {
        for (v, to) in back {
            state.put(v, to);
        }
    }
    helps
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn visit(n: usize, area: &str, at: (f64, f64)) -> Visit {
        Visit { number: format!("P-{n:04}"), second: false, areas: vec![area.to_owned()], at }
    }

    fn inspector(key: &str, kept_out: &[&str]) -> Inspector {
        Inspector { key: key.to_owned(), kept_out: kept_out.iter().map(|a| (*a).to_owned()).collect() }
    }

    fn loads(of: &[usize], people: usize) -> Vec<usize> {
        (0..people).map(|p| of.iter().filter(|o| **o == p).count()).collect()
    }

    #[test]
    fn nobody_goes_home_and_a_second_visit_is_anothers() {
        let mut visits: Vec<Visit> =
            (0..6).map(|n| visit(n, if n < 4 { "east" } else { "west" }, (0.0, 0.0))).collect();
        visits.push(Visit { second: true, ..visits[0].clone() });
        let people = [inspector("甲", &["east"]), inspector("乙", &[]), inspector("丙", &["west"])];
        let of = assign(&visits, &people, &Before::new(), &[1; 32]).unwrap();
        for (visit, person) in visits.iter().zip(&of) {
            assert!(!people[*person].kept_out.contains(&visit.areas[0]), "{visit:?}");
        }
        assert_ne!(of[0], of[6]);
        let blocked = assign(&visits, &people[..1], &Before::new(), &[1; 32]).unwrap_err();
        assert_eq!(blocked.len(), 5, "four points and a second visit");
        let blocked = assign(&visits, &people[..2], &Before::new(), &[1; 32]).unwrap_err();
        let expected = [0, 6].map(|visit| Blocked { visit, needs_another: true });
        assert_eq!(blocked, expected);
    }

    #[test]
    fn whoever_was_there_goes_elsewhere() {
        let visits: Vec<Visit> = (0..4).map(|n| visit(n, "a", (0.0, 0.0))).collect();
        let people = [inspector("甲", &[]), inspector("乙", &[])];
        let was = |n: usize, who: &str| (format!("P-{n:04}"), HashSet::from([who.to_owned()]));
        let before = Before::from([was(0, "甲"), was(1, "甲"), was(2, "乙"), was(3, "乙")]);
        let of = assign(&visits, &people, &before, &[1; 32]).unwrap();
        assert_eq!(of, [1, 1, 0, 0]);
        // where it cannot be avoided, it is done
        let of = assign(&visits, &people[..1], &before, &[1; 32]).unwrap();
        assert_eq!(of, [0; 4]);
    }

    #[test]
    fn those_who_live_together_are_visited_by_one() {
        let visits: Vec<Visit> =
            (0..10).map(|n| visit(n, "a", if n % 2 == 0 { (0.0, 0.0) } else { (9000.0, 0.0) })).collect();
        let people = [inspector("甲", &[]), inspector("乙", &[])];
        let of = assign(&visits, &people, &Before::new(), &[3; 32]).unwrap();
        assert!(of.iter().enumerate().all(|(n, o)| *o == of[n % 2]), "{of:?}");
        assert_ne!(of[0], of[1]);
    }

    proptest! {
        #[test]
        fn it_is_even_and_repeatable(
            places in prop::collection::vec((0usize..4, -5000.0..5000.0f64, -5000.0..5000.0f64), 1..40),
            outs in prop::collection::vec(prop::collection::vec(0usize..4, 0..2), 2..6),
            seed in any::<[u8; 32]>(),
        ) {
            let name = |area: usize| format!("a{area}");
            let visits: Vec<Visit> =
                places.iter().enumerate().map(|(n, (a, x, y))| visit(n, &name(*a), (*x, *y))).collect();
            let people: Vec<Inspector> = outs
                .iter()
                .enumerate()
                .map(|(n, out)| Inspector { key: n.to_string(), kept_out: out.iter().map(|a| name(*a)).collect() })
                .collect();
            match assign(&visits, &people, &Before::new(), &seed) {
                Ok(of) => {
                    prop_assert_eq!(&assign(&visits, &people, &Before::new(), &seed).unwrap(), &of);
                    for (visit, person) in visits.iter().zip(&of) {
                        prop_assert!(!people[*person].kept_out.contains(&visit.areas[0]));
                    }
                    let loads = loads(&of, people.len());
                    if people.iter().all(|p| p.kept_out.is_empty()) {
                        let (most, least) = (loads.iter().max().unwrap(), loads.iter().min().unwrap());
                        prop_assert!(most - least <= 1, "{:?}", loads);
                    }
                    // nobody has two more than somebody who could take one over
                    for (v, person) in of.iter().enumerate() {
                        for other in 0..people.len() {
                            let may = !people[other].kept_out.contains(&visits[v].areas[0]);
                            prop_assert!(!may || loads[other] + 2 > loads[*person], "{:?}", loads);
                        }
                    }
                }
                Err(blocked) => {
                    for b in blocked {
                        prop_assert!(people.iter().all(|p| p.kept_out.contains(&visits[b.visit].areas[0])));
                    }
                }
            }
        }
    }
}

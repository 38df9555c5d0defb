//! What a scheme comes to today, and how sure that is. Pure.
//!
//! What inspectors found is a sample of points; what people said is a sample of people; grades of papers are no sample. How sure the
//! whole is follows from the points by the delete-a-group jackknife (Kott, *Journal of Official Statistics* 17 (2001), 521-526):
//! points are dealt into groups, everything is worked out once more without each group, and the differences tell the variance.
//! It needs nothing but the rules themselves, takes standards that were seen at the same points for what they are, dependent, and costs
//! as many workings-out as there are groups. What people said is added with the variance that the survey gives.

use scoring::{Across, Exact, Method, Missing, Observation, Outcome, Scheme, Sums, fold_without};
use std::collections::HashMap;

/// Groups into which points are dealt; fewer where there are fewer points.
pub const GROUPS: usize = 25;

/// What was found of one way of judging a standard.
#[derive(Clone, Debug)]
pub struct Seen<'a> {
    pub code: &'a str,
    pub way: &'a str,
    pub method: &'a Method,
    pub across: &'a [Across],
    pub observations: &'a [Observation],
}

/// What one way of judging came to elsewhere: grades of papers, a survey.
#[derive(Clone, Debug)]
pub struct Given<'a> {
    pub code: &'a str,
    pub way: &'a str,
    /// From 0 to 1.
    pub share: Exact,
    /// Standard error of the share; 0 where nothing was sampled.
    pub error: f64,
}

/// A part whose rule cannot be worked out for what was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    pub code: String,
    pub way: String,
    pub fault: &'static str,
}

#[derive(Clone, Debug)]
pub struct Outlook {
    /// In the order of the tree, what nobody has looked at left out.
    pub sums: Sums,
    /// Were everything lost that nobody has looked at.
    pub worst: Exact,
    /// Standard error of each node's points, in the order of the tree; none where it cannot be told.
    pub errors: Vec<Option<f64>>,
    /// Standard error of the whole, as points of what could be reached (得分率).
    pub error: Option<f64>,
    /// Groups that the error rests on.
    pub groups: usize,
    pub troubles: Vec<Trouble>,
}

/// Points of what could be reached, from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    pub rate: f64,
    /// The ends of the interval of 95 %; none where a single point, or nothing that was sampled, tells no spread.
    pub interval: Option<(f64, f64)>,
}

impl Outlook {
    /// None while nothing was looked at.
    pub fn span(&self) -> Option<Span> {
        let rate = self.sums.total.rate()?.to_f64();
        // where only a survey was sampled, its own people are many
        let freedom = if self.groups >= 2 { self.groups - 1 } else { 1_000 };
        let reach = estimates::quantile(0.95, freedom as u64);
        let ends = |error: f64| ((rate - reach * error).max(0.0), (rate + reach * error).min(1.0));
        Some(Span { rate, interval: self.error.map(ends) })
    }
}

type Shares<'a> = HashMap<(&'a str, &'a str), Exact>;

/// Shares of what was seen: of all of it, and without each group of points in turn.
fn shares<'a>(
    seen: &[Seen<'a>],
    dealt: &[usize],
    groups: usize,
) -> (Shares<'a>, Vec<Shares<'a>>, Vec<Trouble>) {
    let (mut all, mut without, mut troubles) = (HashMap::new(), vec![HashMap::new(); groups], Vec::new());
    for part in seen {
        let groups_of: Vec<usize> =
            part.observations.iter().map(|o| group_of(dealt, o.point).unwrap_or(groups)).collect();
        let (found, found_without) =
            fold_without(part.method, part.across, part.observations, &groups_of, groups);
        for (found, shares) in found_without.into_iter().zip(&mut without) {
            if let Outcome::Share(share) = found {
                shares.insert((part.code, part.way), share);
            }
        }
        match found {
            Outcome::Share(share) => {
                all.insert((part.code, part.way), share);
            }
            Outcome::Nothing => {}
            Outcome::Fault(fault) => {
                let (code, way) = (part.code.to_owned(), part.way.to_owned());
                troubles.push(Trouble { code, way, fault: fault.code.code() });
            }
        }
    }
    (all, without, troubles)
}

fn with<'a>(mut shares: Shares<'a>, given: &[Given<'a>]) -> Shares<'a> {
    shares.extend(given.iter().map(|part| ((part.code, part.way), part.share.clone())));
    shares
}

/// Points in their order, dealt out one by one: the group of each. Points are places in a list.
fn deal(seen: &[Seen<'_>]) -> (Vec<usize>, usize) {
    let mut is_seen = Vec::new();
    for o in seen.iter().flat_map(|part| part.observations) {
        let at = usize::try_from(o.point).unwrap_or_default();
        if is_seen.len() <= at {
            is_seen.resize(at + 1, false);
        }
        if let Some(is_seen) = is_seen.get_mut(at) {
            *is_seen = true;
        }
    }
    let groups = is_seen.iter().filter(|is_seen| **is_seen).count().min(GROUPS);
    let mut next = 0;
    let deal = |is_seen: bool| {
        let group = next % groups.max(1);
        next += usize::from(is_seen);
        group
    };
    (is_seen.into_iter().map(deal).collect(), groups)
}

fn group_of(dealt: &[usize], point: u64) -> Option<usize> {
    dealt.get(usize::try_from(point).ok()?).copied()
}

fn rate(sums: &Sums) -> f64 {
    sums.total.rate().unwrap_or_default().to_f64()
}

/// What everything comes to, and how sure that is.
pub fn outlook(tree: &Scheme, seen: &[Seen<'_>], given: &[Given<'_>]) -> Outlook {
    let (dealt, groups) = deal(seen);
    let groups = if groups >= 2 { groups } else { 0 };
    let (all, without, troubles) = shares(seen, &dealt, groups);
    let all = with(all, given);
    let worst = tree.sums(&all, Missing::Lost).total.points;
    let sums = tree.sums(&all, Missing::LeftOut);
    let mut nodes = vec![0.0; sums.nodes.len()];
    let mut whole = 0.0;
    if groups >= 2 {
        let (full, centre) = (node_points(&sums), rate(&sums));
        for shares in without {
            let without = with(shares, given);
            let without = tree.sums(&without, Missing::LeftOut);
            for (sum, (without, with)) in nodes.iter_mut().zip(node_points(&without).into_iter().zip(&full)) {
                *sum += (without - with).powi(2);
            }
            whole += (rate(&without) - centre).powi(2);
        }
        #[expect(clippy::cast_precision_loss, reason = "a few dozen")]
        let factor = (groups - 1) as f64 / groups as f64;
        for sum in &mut nodes {
            *sum *= factor;
        }
        whole *= factor;
    }
    add_given(tree, given, &sums, &mut nodes, &mut whole);
    let told = groups >= 2 || (seen.iter().all(|part| part.observations.is_empty()) && !given.is_empty());
    Outlook {
        errors: nodes.into_iter().map(|variance| told.then(|| variance.sqrt())).collect(),
        error: told.then(|| whole.sqrt()),
        groups,
        worst,
        sums,
        troubles,
    }
}

fn node_points(sums: &Sums) -> Vec<f64> {
    sums.nodes.iter().map(|figure| figure.points.to_f64()).collect()
}

/// Adds the variances of what was sampled elsewhere to every node on the way up.
fn add_given(tree: &Scheme, given: &[Given<'_>], sums: &Sums, nodes: &mut [f64], whole: &mut f64) {
    let reachable = sums.total.reachable.to_f64();
    for part in given.iter().filter(|part| part.error > 0.0) {
        let Some(mut at) = tree.nodes().iter().position(|node| node.code == part.code) else { continue };
        let points = |node: &scoring::Node| {
            node.parts.iter().find(|(way, _)| way == part.way).map(|(_, points)| points.to_f64())
        };
        let Some(points) = tree.nodes().get(at).and_then(points) else { continue };
        let variance = (points * part.error).powi(2);
        if reachable > 0.0 {
            *whole += variance / reachable.powi(2);
        }
        loop {
            if let Some(sum) = nodes.get_mut(at) {
                *sum += variance;
            }
            let above = tree.nodes().get(at).and_then(|node| node.parent.as_ref());
            match above.and_then(|code| tree.nodes().iter().position(|node| node.code == *code)) {
                Some(parent) => at = parent,
                None => break,
            }
        }
    }
}

#[cfg(test)]
#[path = "outlook_tests.rs"]
mod tests;

//! Every figure of a pack by its name, worked out from what stands in it.

use super::model::{PackRound, PackScheme};
use crate::rounds::worked::Worked;
use crate::scheme::figures::{Fed, work_out};
use crate::scheme::model::{Scheme, State};
use crate::scheme::tree;
use kernel::id::Id;
use kernel::time::Instant;
use scoring::Exact;
use scoring::round::Holder;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How the figures come about, in words, in the order of the steps.
pub(crate) fn method() -> Vec<String> {
    [
        "point = 1 - lost, lost between 0 and 1 in ten-thousandths, blank = 0",
        "sub-item = mean of its points that count; item = sum of its sub-items; quota = number of sub-items",
        "round = sum of items; rate = score / quota; street, unit = mean of their points",
        "standard = its rule over the points of the items that it observes; node = sum of its standards' points times shares",
        "bonus nodes add points and nothing reachable; vetoes act on the total",
    ]
    .map(str::to_owned)
    .to_vec()
}

type Figures = BTreeMap<String, String>;

fn put(figures: &mut Figures, name: String, value: &Exact) {
    figures.insert(name, value.to_string());
}

fn of_round(figures: &mut Figures, number: &str, worked: &Worked) {
    let score = &worked.score;
    put(figures, format!("{number}/score"), &score.score);
    put(figures, format!("{number}/quota"), &Exact::from(score.quota));
    put(figures, format!("{number}/rate"), &score.rate);
    for item in &score.items {
        put(figures, format!("{number}/item/{}/score", item.name), &item.score);
        put(figures, format!("{number}/item/{}/rate", item.name), &item.rate);
        for part in &item.sub_items {
            put(figures, format!("{number}/item/{}/part/{}", item.name, part.name), &part.score);
        }
    }
    let mut holders = |kind: &str, all: &[Holder]| {
        for of in all {
            put(figures, format!("{number}/{kind}/{}/rate", of.name), &of.rate);
        }
    };
    holders("street", &score.streets);
    holders("unit", &score.units);
}

fn of_scheme(figures: &mut Figures, scheme: &PackScheme, fed: &[Fed]) {
    let placed = scheme.placed();
    let Ok(tree) = tree::checked(&placed) else {
        figures.insert("scheme/fault".to_owned(), "tree".to_owned());
        return;
    };
    let plain = Scheme {
        id: Id::new(0),
        number: scheme.number.clone(),
        cycle_id: None,
        name: scheme.name.clone(),
        edition: scheme.edition,
        state: State::Published,
        based_on: None,
        sample: false,
        observed_way: scheme.observed_way.clone(),
        note: String::new(),
        created_by: None,
        created_at: Instant(0),
        published_at: None,
        version: 0,
    };
    let found = work_out(&plain, &placed, &tree, fed, scheme.missing);
    for (of, figure) in placed.iter().zip(&found.sums.nodes) {
        let name = format!("scheme/node/{}", of.node.code);
        put(figures, format!("{name}/points"), &figure.points);
        put(figures, format!("{name}/reachable"), &figure.reachable);
        for part in &figure.parts {
            if let Some(share) = &part.share {
                put(figures, format!("{name}/way/{}", part.way), share);
            }
        }
    }
    for trouble in &found.troubles {
        figures.insert(format!("scheme/node/{}/fault", trouble.code), trouble.fault.to_owned());
    }
    let total = &found.sums.total;
    put(figures, "scheme/total/points".to_owned(), &total.points);
    put(figures, "scheme/total/reachable".to_owned(), &total.reachable);
    put(figures, "scheme/total/full".to_owned(), &total.full);
    if let Some(rate) = total.rate() {
        put(figures, "scheme/total/rate".to_owned(), &rate);
    }
    figures.insert("scheme/vetoes".to_owned(), found.sums.vetoes.join(" "));
}

/// All of them.
pub(crate) fn figures(scheme: Option<&PackScheme>, rounds: &[PackRound]) -> Figures {
    let mut figures = Figures::new();
    let fed: Vec<Fed> = rounds
        .iter()
        .map(|of| Fed { worked: Arc::new(of.worked()), occasion: of.occasion, period: of.period })
        .collect();
    for (of, fed) in rounds.iter().zip(&fed) {
        of_round(&mut figures, &of.number, &fed.worked);
    }
    if let Some(scheme) = scheme {
        of_scheme(&mut figures, scheme, &fed);
    }
    figures
}

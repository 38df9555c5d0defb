//! Warnings in words: what was seen, with its figures. The same words on the case's page, on the warning's own, in exports
//! and in the API.

use crate::model::{Figures, Kind, Warning};
use crate::queries::{Full, Side};
use kernel::workflow::Named;
use web::Ui;
use web::parts::{Fact, Photo};

pub(crate) fn kind(ui: &Ui, kind: Kind) -> String {
    ui.named("honesty-kind", kind.code())
}

/// What was seen, as a sentence that claims no more than was measured.
pub(crate) fn sentence(ui: &Ui, kind: Kind, figures: &Figures) -> String {
    let number = |n: Option<i64>| ui.number(n.unwrap_or(0));
    let (with, of) = figures.usual.unwrap_or_default();
    ui.ta(
        format!("honesty-seen-{}", kind.code()),
        [
            ("agreeing", number(figures.agreeing.map(i64::from))),
            ("metres", number(figures.metres)),
            ("span", minutes(ui, figures.minutes.unwrap_or(0))),
            ("software", figures.software.clone()),
            ("with-count", ui.number(with)),
            ("of-count", ui.number(of)),
        ],
    )
}

/// Minutes, hours or days, whichever people would say.
fn minutes(ui: &Ui, minutes: i64) -> String {
    match minutes {
        ..120 => ui.n("honesty-minutes", minutes),
        120..2880 => ui.n("honesty-hours", minutes / 60),
        _ => ui.n("honesty-days", minutes / 1440),
    }
}

/// Every figure there is, by name.
pub(crate) fn facts(ui: &Ui, figures: &Figures) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut add = |key: &str, value: Option<String>| {
        facts.extend(value.map(|value| Fact::new(ui.named("honesty-figure", key), value)));
    };
    let percent = |n: Option<u32>| n.map(|n| ui.percent(i64::from(n), 100));
    add("agreeing", percent(figures.agreeing));
    add("telling", figures.telling.map(|n| format!("{n} / 64")));
    add("distance", figures.distance.map(|n| format!("{n} / 63")));
    add("covered", percent(figures.covered));
    add("mirrored", figures.mirrored.then(|| ui.t("honesty-yes")));
    add("degrees", (figures.degrees != 0).then(|| format!("{}°", figures.degrees)));
    add("metres", figures.metres.map(|n| ui.ta("honesty-in-metres", [("metres", ui.number(n))])));
    add("minutes", figures.minutes.map(|n| minutes(ui, n)));
    add("taken", (!figures.taken.is_empty()).then(|| figures.taken.replace('T', " ")));
    add("software", (!figures.software.is_empty()).then(|| figures.software.clone()));
    add("usual", figures.usual.map(|(with, of)| format!("{with} / {of}")));
    facts
}

/// A picture as this person may see it: none where its case is not theirs to see.
pub(crate) fn photo(ui: &Ui, side: &Side, heading: &str) -> Option<Photo> {
    let case = side.case.as_ref()?;
    let id = side.photo.id;
    Some(Photo {
        href: format!("/photos/{id}/full"),
        thumb: format!("/photos/{id}/thumb"),
        alt: ui.t(heading),
        caption: format!("{} · {}", case.number, ui.time(&side.photo.added_at)),
    })
}

/// The earlier picture and this one, where there are two and both may be seen.
pub(crate) fn pair(ui: &Ui, full: &Full) -> Option<[Photo; 2]> {
    let earlier = photo(ui, full.other.as_ref()?, "honesty-earlier")?;
    Some([earlier, photo(ui, full.photo.as_ref()?, "honesty-this")?])
}

pub(crate) fn state(ui: &Ui, warning: &Warning) -> String {
    ui.named("honesty-state", warning.state.code())
}

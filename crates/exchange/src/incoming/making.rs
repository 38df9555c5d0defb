//! What an order is in our words, and the case it becomes.

use crate::change::{Change, Snapshot, moment};
use crate::model::{Order, Partner, ValueKind};
use crate::stage::Stage;
use crate::store as rows;
use ::store::Tx;
use cases::catalogue::ItemKind;
use cases::commands::{NewCase, Outside};
use cases::desk::Desk;
use cases::model::Item;
use kernel::ctx::Unit;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::workflow::Named;
use places::PlaceIndex;

/// Their words in ours, where a person has said what they mean.
#[derive(Clone, Debug, Default)]
pub(crate) struct Codes {
    pub stage: Option<Stage>,
    pub item: Option<Id<Item>>,
    pub item_code: String,
    pub unit: Option<Id<Unit>>,
    pub unit_code: String,
    /// Words that nobody has mapped.
    pub unknown: Vec<(ValueKind, String)>,
}

/// The catalogue's item with this code.
pub(crate) fn item(desk: &Desk, code: &str) -> Option<Id<Item>> {
    let (kind, code) = code.split_once('-')?;
    desk.catalogue.by_code(ItemKind::parse(kind)?, code).map(|i| i.id)
}

/// Looks the words of an order up. Nothing is guessed: a word that is not mapped, or mapped to something that is not there
/// any more, is unknown.
pub(crate) fn codes(
    tx: &mut Tx<'_>,
    desk: &Desk,
    partner: &Partner,
    (state, category, unit): (&str, &str, &str),
) -> Result<Codes> {
    let mut codes = Codes::default();
    for (kind, theirs) in
        [(ValueKind::State, state), (ValueKind::Category, category), (ValueKind::Unit, unit)]
    {
        if theirs.is_empty() {
            continue;
        }
        let ours = rows::value(tx, partner.id, kind, theirs)?.map(|v| v.ours).unwrap_or_default();
        let known = match kind {
            ValueKind::State => {
                codes.stage = Stage::parse(&ours);
                codes.stage.is_some()
            }
            ValueKind::Category => {
                codes.item = item(desk, &ours);
                codes.item.is_some().then(|| codes.item_code.clone_from(&ours)).is_some()
            }
            ValueKind::Unit => {
                let found = people::queries::unit_by_code(tx, &ours)?.filter(people::UnitRow::is_active);
                codes.unit = found.map(|u| u.id);
                codes.unit.is_some().then(|| codes.unit_code.clone_from(&ours)).is_some()
            }
        };
        if !known {
            codes.unknown.push((kind, theirs.to_owned()));
        }
    }
    Ok(codes)
}

/// Takes what a snapshot says into what we know of the order; what it leaves out stays.
pub(crate) fn take(order: &mut Order, snapshot: &Snapshot) {
    let fill = |into: &mut String, text: &str| {
        if !text.trim().is_empty() {
            text.trim().clone_into(into);
        }
    };
    fill(&mut order.state, &snapshot.state);
    fill(&mut order.category, &snapshot.category);
    fill(&mut order.unit, &snapshot.unit);
    let words = snapshot.words();
    if !words.is_empty() {
        order.words = words;
    }
    order.deadline = snapshot.deadline().or(order.deadline);
}

/// The report that an order is, or why it cannot be one.
pub(crate) fn report(
    partner: &Partner,
    index: &PlaceIndex,
    change: &Change,
    item: Option<Id<Item>>,
) -> Result<NewCase> {
    let snapshot = change.snapshot.as_ref().ok_or_else(|| Problem::field("snapshot", "required"))?;
    let mut new = NewCase::new(partner.source(), &snapshot.description());
    new.title =
        if snapshot.title.chars().count() <= 120 { snapshot.title.trim().to_owned() } else { String::new() };
    new.item = item;
    new.urgent = snapshot.urgent;
    snapshot.address.trim().clone_into(&mut new.address);
    if let Some((place, crs)) = snapshot.place(&partner.crs) {
        let ours = kernel::coords::convert(place, crs, kernel::coords::Crs::Cgcs2000);
        if !index.inside_city(ours) {
            return Err(Problem::field("lat", "outside-city"));
        }
        (new.place, new.crs) = (Some(place), crs);
    }
    new.reported_at = moment(&snapshot.reported_at).or_else(|| moment(&change.at));
    new.reporter = snapshot.reporter.as_ref().map(crate::change::Said::reporter).unwrap_or_default();
    new.outside = Some(Outside { system: partner.system(), id: change.order.clone() });
    Ok(new)
}

/// Takes how an order stands in their list: words that are not mapped are noted, and what a mapped state says holds.
pub(crate) fn take_listed(
    tx: &mut Tx<'_>,
    desk: &Desk,
    partner: &Partner,
    order: &mut Order,
    snapshot: &Snapshot,
) -> Result<()> {
    // words are compared change by change only: a list may shorten them
    let (words, stage) = (order.words.clone(), order.stage);
    take(order, snapshot);
    order.words = words;
    let codes = codes(tx, desk, partner, (&order.state, &order.category, &order.unit))?;
    for (kind, theirs) in &codes.unknown {
        rows::meet(tx, partner.id, *kind, theirs)?;
    }
    order.stage = codes.stage.or(stage);
    order.heard_at = tx.now();
    Ok(())
}

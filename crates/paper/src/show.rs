//! How kinds, words and states of forms are told.

use crate::layout::Words;
use crate::model::{Batch, Fault, Kind};
use crate::settings::{Design, MOST_KINDS};
use cases::catalogue::{Catalogue, ItemKind};
use cases::model::Item;
use kernel::id::Id;
use kernel::workflow::Named;
use web::Ui;

/// The item with this code, if it is in force.
pub(crate) fn item(catalogue: &Catalogue, code: &str) -> Option<Id<Item>> {
    let (kind, code) = code.split_once('-')?;
    catalogue.by_code(ItemKind::parse(kind)?, code).map(|i| i.id)
}

/// Whether citizens may report this kind.
pub(crate) fn is_offered(catalogue: &Catalogue, code: &str) -> bool {
    item(catalogue, code).and_then(|id| catalogue.item(id)).is_some_and(|item| item.public)
}

/// The kinds that a form offers: those that were chosen and are still in force, or what people see most.
pub(crate) fn kinds(catalogue: &Catalogue, design: &Design) -> Vec<Kind> {
    let named = |id| Kind {
        code: cases::open::item_code(catalogue, Some(id)),
        name: catalogue.name(Some(id)).to_owned(),
    };
    let chosen: Vec<Kind> = design.kinds.iter().filter_map(|code| item(catalogue, code)).map(named).collect();
    if !chosen.is_empty() {
        return chosen;
    }
    let usual: Vec<Kind> = cases::open::common_items(catalogue).into_iter().map(|i| named(i.id)).collect();
    if !usual.is_empty() {
        return usual;
    }
    // a catalogue of other names: its first ones
    catalogue.items().iter().filter(|i| i.public).take(MOST_KINDS).map(|i| named(i.id)).collect()
}

/// Every kind that citizens may report, for choosing: code and name.
pub(crate) fn choices(catalogue: &Catalogue) -> Vec<(String, String)> {
    catalogue
        .items()
        .iter()
        .filter(|i| i.public)
        .map(|i| (cases::open::item_code(catalogue, Some(i.id)), format!("{} › {}", i.major_name, i.name)))
        .collect()
}

/// A text by its key, with what is put into it.
pub(crate) type Text<'a> = &'a dyn Fn(&str, &[(&str, String)]) -> String;

/// What is printed on the forms of a batch. Forms are in Chinese, whoever prints them.
pub(crate) fn words(text: Text<'_>, city: &str, batch: &Batch, site: &str) -> Words {
    let plain = |key: &str| text(key, &[]);
    let with = |key: &str, name: &'static str, value: &str| text(key, &[(name, value.to_owned())]);
    let site = site.split("://").nth(1).unwrap_or(site).trim_end_matches('/').to_owned();
    let ask = if batch.phone.is_empty() {
        text("printed-foil-ask", &[("site", site)])
    } else {
        text("printed-foil-ask-phone", &[("site", site), ("phone", batch.phone.clone())])
    };
    Words {
        title: with("printed-title", "city", city),
        number: plain("printed-number"),
        place: with("printed-place", "place", &batch.place),
        how: plain("printed-how"),
        kinds: plain("printed-kinds"),
        what: plain("printed-what"),
        where_: plain("printed-where"),
        name: plain("printed-name"),
        phone: plain("printed-phone"),
        photo: plain("printed-photo"),
        call: plain("printed-call"),
        no_answer: plain("printed-no-answer"),
        notice: plain("printed-notice"),
        hand_in: with("printed-hand-in", "where", &handed_in(batch)),
        foil: plain("printed-foil"),
        foil_keep: plain("printed-foil-keep"),
        foil_ask: ask,
        foil_office: with("printed-foil-office", "place", &batch.place),
    }
}

fn handed_in(batch: &Batch) -> String {
    if batch.returns.is_empty() {
        batch.place.clone()
    } else {
        format!("{}；{}", batch.place, batch.returns)
    }
}

pub(crate) fn fault(ui: &Ui, fault: Option<Fault>) -> String {
    fault.map_or_else(String::new, |fault| ui.named("paper-fault", fault.code()))
}

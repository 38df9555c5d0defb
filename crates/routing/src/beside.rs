//! What a rule prepared stands in the form before anybody types, above what the program has learnt. A person sends it, or not.

use crate::apply::{self, Found};
use crate::book::Entry;
use crate::facts::Facts;
use crate::told;
use ::store::Tx;
use cases::beside::{Aside, Neighbour, Offer, OfferLine, Offered};
use cases::model::Case;
use cases::workflow::State;
use kernel::ctx::Ctx;
use kernel::problem::Result;
use web::Ui;
use web::app::WeakCity;

pub(crate) struct Prepared(pub(crate) WeakCity);

impl Prepared {
    fn find(&self, tx: &mut Tx<'_>, case: &Case) -> Result<Found> {
        match self.0.get() {
            Some(city) => apply::find(&city, tx, case),
            None => Ok(Found::Nothing),
        }
    }
}

/// Whether a rule may prepare anything: it is not at a unit, and no person has ever sent it to one.
pub(crate) fn is_open(case: &Case) -> bool {
    matches!(case.state, State::Reported | State::Confirmed | State::Registered)
        && case.dispatched_at.is_none()
        && case.return_count == 0
        && case.parent_id.is_none()
}

fn offer(ui: &Ui, tx: &mut Tx<'_>, entry: &Entry, facts: &Facts) -> Result<Option<Offer>> {
    let edition = &entry.edition;
    let Some(unit) = people::queries::unit(tx, edition.lead_unit)?.filter(people::UnitRow::is_active) else {
        return Ok(None);
    };
    let assisting = edition.assisting_units();
    let names = people::queries::unit_names(tx, &assisting)?;
    let mut fills = vec![("lead", unit.id.to_string())];
    fills.extend(assisting.iter().map(|id| ("assisting", id.to_string())));
    let condition = edition.condition_for(&facts.kind);
    if !condition.is_empty() {
        fills.push(("condition", condition.to_owned()));
    }
    let helpers: Vec<String> = assisting.iter().filter_map(|id| names.get(id).cloned()).collect();
    let with = if helpers.is_empty() {
        String::new()
    } else {
        ui.ta("routing-with", [("units", helpers.join("、"))])
    };
    Ok(Some(Offer {
        title: told::called(ui, entry),
        lines: vec![OfferLine {
            field: "lead",
            label: ui.t("routing-prepared"),
            choices: vec![Offered {
                value: unit.id.to_string(),
                text: unit.name,
                share: String::new(),
                why: with,
            }],
            note: ui.ta("routing-because", [("why", edition.why.clone())]),
        }],
        fills,
        href: format!("/admin/routing-rules/{}", entry.rule.number),
        ..Offer::default()
    }))
}

impl Neighbour for Prepared {
    fn asides(&self, ui: &Ui, _: &Ctx, tx: &mut Tx<'_>, case: &Case) -> Result<Vec<Aside>> {
        if !is_open(case) {
            return Ok(Vec::new());
        }
        let Found::Stuck(entry, fault) = self.find(tx, case)? else { return Ok(Vec::new()) };
        Ok(vec![Aside {
            title: ui.t("routing-stuck"),
            text: ui.ta(
                "routing-stuck-text",
                [("rule", told::called(ui, &entry)), ("fault", told::fault(ui, &fault))],
            ),
            href: format!("/admin/routing-rules/{}", entry.rule.number),
            link: ui.t("routing-see-rule"),
            mood: "soon",
            pair: None,
        }])
    }

    fn offer(
        &self,
        ui: &Ui,
        _: &Ctx,
        tx: &mut Tx<'_>,
        case: &Case,
        fields: &[&str],
    ) -> Result<Option<Offer>> {
        if !fields.contains(&"lead") || !is_open(case) {
            return Ok(None);
        }
        match self.find(tx, case)? {
            Found::Rule(entry, facts) => offer(ui, tx, &entry, &facts),
            _ => Ok(None),
        }
    }
}

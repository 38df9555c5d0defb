//! What other programs may be told of the register: public facts, without the name and telephone number of a person.

use crate::policy::{Act, POLICY};
use crate::store as rows;
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::Result;
use serde_json::{Map, Value, json};
use web::City;
use web::outgoing::{Happened, PublicEvent, Told};

const FIELDS: &[(&str, &str)] = &[
    ("number", "the adoption's number, as on the sign"),
    ("section", "number of the street section"),
    ("street", "name of the street"),
    ("from_m", "where the stretch begins, metres from the section's beginning"),
    ("to_m", "where it ends"),
    ("unit", "code of the unit that answers for it"),
    ("unit_name", "its name"),
    ("from", "the first day"),
    ("until", "the last day; null while it is open"),
];

const fn event(kind: &'static str, verbs: &'static [&'static str]) -> PublicEvent {
    PublicEvent { kind, verbs, tell, fields: FIELDS }
}

pub(crate) const EVENTS: &[PublicEvent] = &[
    event("street.adopted", &["adoption.made", "adoption.made-of", "adoption.took-over"]),
    event(
        "street.ended",
        &[
            "adoption.ended",
            "adoption.taken-back",
            "adoption.replaced",
            "adoption.split",
            "adoption.joined",
            "adoption.moved",
        ],
    ),
    event("street.patrolled", &["adoption.patrolled"]),
];

fn tell(city: &City, ctx: &Ctx, tx: &mut Tx<'_>, happened: &Happened) -> Result<Option<Told>> {
    let Some(adoption) = rows::by_id(tx, Id::new(happened.entity))? else { return Ok(None) };
    let section = places::queries::section(tx, adoption.section_id)?;
    let index = places::kept::refresh_in(city, tx)?;
    let governing = index.governing(section.division_id);
    // a patrol is not a public fact: it stays with those who may open the staff pages
    let act = if happened.kind == "street.patrolled" { Act::View } else { Act::Facts };
    if !POLICY.may(ctx, act, &adoption.standing(governing)) {
        return Ok(None);
    }
    let unit = people::queries::unit(tx, adoption.unit_id)?;
    let decimetres = |m: f64| (m * 10.0).round() / 10.0;
    let fields = json!({
        "number": adoption.number,
        "section": section.number,
        "street": section.street,
        "from_m": decimetres(adoption.from_m),
        "to_m": decimetres(adoption.to_m),
        "unit": unit.as_ref().map(|u| u.code.clone()),
        "unit_name": unit.map(|u| u.name),
        "from": adoption.from_date.to_string(),
        "until": adoption.until_date.map(|day| day.to_string()),
    });
    let data = if let Value::Object(data) = fields { data } else { Map::new() };
    let units = std::iter::once(adoption.unit_id).chain(governing).collect();
    Ok(Some(Told { record: adoption.number, units, division: section.division_id.map(Id::raw), data }))
}

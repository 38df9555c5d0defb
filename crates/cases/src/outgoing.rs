//! What other programs may be told of cases: never who reported, never what people wrote in opinions, and only cases that
//! whoever answers for the endpoint may see.

use crate::commands::load_for;
use crate::desk::Desk;
use crate::forms::item_code;
use crate::model::Written;
use crate::policy::Act;
use crate::store as rows;
use ::store::Tx;
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::masking::{Audience, mask_text};
use kernel::problem::Result;
use kernel::time::Instant;
use kernel::workflow::Named;
use serde_json::{Map, Value, json};
use web::City;
use web::outgoing::{Happened, PublicEvent, Told};

const FIELDS: &[(&str, &str)] = &[
    ("number", "the case's number, as in `/api/v1/cases/{number}`"),
    ("state", "the state this event led to; null where it changed none"),
    ("from", "the state before; null where it changed none"),
    ("source", "through which door the report came"),
    ("kind", "code of the kind of problem, e.g. `event-06010`; null while nobody has said"),
    (
        "title",
        "what it is about; telephone, card and house numbers in it are hidden, and what the office struck out for the public",
    ),
    ("urgent", "whether it is counted in urgent hours"),
    ("address", "to the house number"),
    ("lng", "degrees, CGCS2000; null without a position"),
    ("lat", "degrees, CGCS2000; null without a position"),
    ("division", "code of the division it lies in; null where it is not known"),
    ("unit", "code of the unit that must act; null before dispatch"),
    ("unit_name", "its name"),
    ("reported_at", "when it was reported"),
    ("due_at", "when the unit must have answered; null before dispatch"),
    ("closed_at", "when it was closed; null while it is open"),
    ("on_time", "whether the accepted answer came in time; null before"),
];

const fn event(kind: &'static str, verbs: &'static [&'static str]) -> PublicEvent {
    PublicEvent { kind, verbs, tell, fields: FIELDS }
}

pub(crate) const EVENTS: &[PublicEvent] = &[
    event("case.reported", &["case.reported"]),
    event("case.registered", &["case.registered"]),
    event("case.refused", &["case.refused", "case.dropped"]),
    event("case.dispatched", &["case.dispatched", "case.redispatched", "case.ruled"]),
    event("case.returned", &["case.returned"]),
    event("case.answered", &["case.answered"]),
    event("case.rework", &["case.rework"]),
    event("case.verified", &["case.passed"]),
    event("case.closed", &["case.closed", "case.upheld"]),
    event("case.contested", &["case.contested"]),
    event("case.reopened", &["case.reopened", "case.recalled"]),
    event("case.parked", &["case.parked"]),
    event("case.resumed", &["case.resumed"]),
    event("case.inquired", &["case.inquired"]),
    event("case.replied", &["case.replied", "case.question-lapsed"]),
    event("case.recurred", &["case.is-recurrence"]),
    event("case.merged", &["case.merged"]),
    event("case.voided", &["case.voided"]),
    event("case.reminded", &["case.reminded"]),
    event("case.supervised", &["case.supervised"]),
    event("case.summoned", &["case.summoned"]),
];

fn moment(at: Option<Instant>) -> Value {
    at.map_or(Value::Null, |at| at.rfc3339().into())
}

fn tell(city: &City, ctx: &Ctx, tx: &mut Tx<'_>, happened: &Happened) -> Result<Option<Told>> {
    let case = match load_for(ctx, tx, Act::View, Id::new(happened.entity)) {
        Ok(case) => case,
        Err(problem) if matches!(problem.status, 403 | 404) => return Ok(None),
        Err(problem) => return Err(problem),
    };
    let desk = Desk::of_in(city, tx)?;
    let unit = match case.lead_unit {
        Some(unit) => people::queries::unit(tx, unit)?,
        None => None,
    };
    let division = match case.division_id {
        Some(division) => Value::from(places::queries::division(tx, division)?.code),
        None => Value::Null,
    };
    let mut units: Vec<_> = case.lead_unit.into_iter().collect();
    units.extend(rows::assisting(tx, case.id)?);
    units.extend(case.governing_unit);
    let state = match happened.fact("to") {
        "" if happened.kind == "case.reported" => crate::workflow::State::Reported.code().into(),
        "" => Value::Null,
        to => to.into(),
    };
    let from = happened.facts.get("from").cloned().unwrap_or_default();
    let kind = item_code(&desk.catalogue, case.item_id);
    let fields = json!({
        "number": case.number,
        "state": state,
        "from": from,
        "source": case.source.code(),
        "kind": (!kind.is_empty()).then_some(kind),
        "title": mask_text(&case.strikes.cut(Written::Title, &case.title, &[]), Audience::Unit),
        "urgent": case.urgent,
        "address": mask_text(&case.address, Audience::Unit),
        "lng": case.lng,
        "lat": case.lat,
        "division": division,
        "unit": unit.as_ref().map(|u| u.code.clone()),
        "unit_name": unit.map(|u| u.name),
        "reported_at": case.reported_at.rfc3339(),
        "due_at": moment(case.due_at),
        "closed_at": moment(case.closed_at),
        "on_time": case.on_time,
    });
    let data = if let Value::Object(data) = fields { data } else { Map::new() };
    Ok(Some(Told { record: case.number, units, division: case.division_id.map(Id::raw), data }))
}

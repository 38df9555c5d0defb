//! What the specification calls things: services, requests, updates, errors.

use crate::tree::Node;
use cases::catalogue::extras::{Extra, ExtraKind, NewExtra};
use cases::catalogue::{Catalogue, ItemInfo};
use cases::model::{Item, Section};
use cases::open::{self, option_text};
use cases::queries::{OpenCase, OpenUpdate};
use kernel::id::Id;
use kernel::time::Instant;
use kernel::workflow::Named;
use places::PlaceIndex;
use places::queries::SectionLabel;
use std::collections::HashMap;
use web::Ui;

/// Names of the two attributes that every service has.
pub const CONDITION: &str = "condition";
pub const URGENT: &str = "urgent";

/// The service of what is of no kind of the catalogue, or of none yet. Kinds have codes of two parts (`event-06010`), so it
/// is nobody else's.
pub const OTHER: &str = "other";

fn moment(at: Option<Instant>) -> Node {
    at.map_or(Node::Null, |at| Node::Text(w3c(at)))
}

/// `2026-03-05T09:30:00+08:00`: whole seconds, in the city's time.
pub fn w3c(at: Instant) -> String {
    Instant(at.0.div_euclid(1_000_000) * 1_000_000).rfc3339()
}

pub fn service(ui: &Ui, catalogue: &Catalogue, item: &ItemInfo) -> Node {
    let description =
        ui.ta("open311-service", [("name", item.name.clone()), ("group", item.major_name.clone())]);
    Node::Map(vec![
        ("service_code", Node::text(open::item_code(catalogue, Some(item.id)))),
        ("service_name", Node::text(&item.name)),
        ("description", Node::text(description)),
        ("metadata", Node::Flag(true)),
        ("type", Node::text("realtime")),
        ("keywords", Node::text(format!("{},{}", item.major_name, item.name))),
        ("group", Node::text(&item.major_name)),
    ])
}

/// The kinds that the public may report, and last what is none of them.
pub fn services(ui: &Ui, catalogue: &Catalogue) -> Node {
    let public = catalogue.items().iter().filter(|i| i.public);
    Node::List("service", public.map(|i| service(ui, catalogue, i)).chain([other(ui)]).collect())
}

fn other(ui: &Ui) -> Node {
    let (name, group) = (ui.t("open311-other"), ui.t("open311-other-group"));
    Node::Map(vec![
        ("service_code", Node::text(OTHER)),
        ("service_name", Node::text(&name)),
        ("description", Node::text(&name)),
        ("metadata", Node::Flag(true)),
        ("type", Node::text("realtime")),
        ("keywords", Node::text(&group)),
        ("group", Node::text(&group)),
    ])
}

/// The further fields of a service: the condition where it has several, whether somebody is in danger, and what the city asks
/// beside the usual (附加问题).
pub fn definition(ui: &Ui, catalogue: &Catalogue, item: Option<&ItemInfo>) -> Node {
    let conditions = item.map_or(&[][..], |item| catalogue.conditions(item.id));
    let mut attributes = Vec::new();
    if !conditions.is_empty() {
        let values = conditions.iter().map(|(code, text)| value(code, text)).collect();
        attributes.push(ours(ui, CONDITION, values));
    }
    let yes_no = ["false", "true"].map(|key| value(key, &ui.t(format!("open311-urgent-{key}"))));
    attributes.push(ours(ui, URGENT, yes_no.to_vec()));
    let extras = catalogue.extras(item.map(|item| item.id));
    attributes.extend(extras.iter().map(|e| question(ui, &e.asked, extras)));
    let attributes = (1..).zip(attributes).map(|(order, attribute)| attribute.node(order)).collect();
    Node::Map(vec![
        ("service_code", Node::text(code(catalogue, item.map(|item| item.id)))),
        ("attributes", Node::List("attribute", attributes)),
    ])
}

fn value(key: &str, name: &str) -> Node {
    Node::Map(vec![("key", Node::text(key)), ("name", Node::text(name))])
}

/// A further field.
struct Attribute {
    code: String,
    datatype: &'static str,
    required: bool,
    /// What else is to be known about it.
    remark: String,
    description: String,
    /// Empty where nothing is chosen.
    values: Vec<Node>,
}

impl Attribute {
    fn node(self, order: i64) -> Node {
        Node::Map(vec![
            ("variable", Node::Flag(true)),
            ("code", Node::text(self.code)),
            ("datatype", Node::text(self.datatype)),
            ("required", Node::Flag(self.required)),
            ("datatype_description", Node::filled(self.remark)),
            ("order", Node::Whole(order)),
            ("description", Node::text(self.description)),
            ("values", Node::List("value", self.values)),
        ])
    }
}

/// One of those that any city has.
fn ours(ui: &Ui, code: &'static str, values: Vec<Node>) -> Attribute {
    Attribute {
        code: code.to_owned(),
        datatype: "singlevaluelist",
        required: false,
        remark: String::new(),
        description: ui.t(format!("open311-attribute-{code}")),
        values,
    }
}

/// A question of the catalogue. The specification knows no question that waits for an answer: such a one is never mandatory by
/// itself, and its remark says when it is asked.
fn question(ui: &Ui, asked: &NewExtra, all: &[Extra]) -> Attribute {
    let unit = asked.unit.of(ui.locale()).to_owned();
    let after = asked.after.as_ref().and_then(|(code, value)| {
        let earlier = &all.iter().find(|e| e.asked.code == *code)?.asked;
        let question = earlier.wording.of(ui.locale()).to_owned();
        Some(ui.ta("extra-only-after", [("question", question), ("answer", option_text(ui, earlier, value))]))
    });
    let remark: Vec<String> =
        [Some(unit).filter(|unit| !unit.is_empty()), after].into_iter().flatten().collect();
    Attribute {
        code: asked.code.clone(),
        datatype: match asked.kind {
            ExtraKind::Text => "text",
            ExtraKind::Number => "number",
            ExtraKind::One | ExtraKind::YesNo => "singlevaluelist",
            ExtraKind::Several => "multivaluelist",
        },
        required: asked.required && asked.after.is_none(),
        remark: remark.join("; "),
        description: asked.wording.of(ui.locale()).to_owned(),
        values: asked.options().into_iter().map(|o| value(o, &option_text(ui, asked, o))).collect(),
    }
}

/// What requests are written with.
pub struct Names<'a> {
    pub catalogue: &'a Catalogue,
    pub index: &'a PlaceIndex,
    pub sections: &'a HashMap<Id<Section>, SectionLabel>,
}

/// A request always names its service: readers that hold answers to the community's schemas refuse one that does not.
fn code(catalogue: &Catalogue, item: Option<Id<Item>>) -> String {
    let code = open::item_code(catalogue, item);
    if code.is_empty() { OTHER.to_owned() } else { code }
}

fn service_name(ui: &Ui, catalogue: &Catalogue, case: &OpenCase) -> String {
    let name = catalogue.name(case.item);
    if name.is_empty() { ui.t("open311-other") } else { name.to_owned() }
}

/// `extended`: with what the specification does not know (`extensions=true`).
pub fn request(ui: &Ui, names: &Names<'_>, case: &OpenCase, extended: bool) -> Node {
    let base = ui.base_url();
    let media = |photo: Option<Id<cases::model::Photo>>| {
        photo.map_or(Node::Null, |id| Node::Text(format!("{base}/photos/{id}/full")))
    };
    let section = case.section.and_then(|id| names.sections.get(&id));
    let place = names.index.division_name(case.division);
    let address = match (section, case.address.is_empty()) {
        (_, false) => case.address.clone(),
        (Some(section), true) => section.name(),
        (None, true) => place.clone(),
    };
    let link = format!("{base}/public/cases/{}", case.number);
    let mut members = vec![
        ("service_request_id", Node::text(&case.number)),
        ("status", Node::text(status(case.state))),
        ("status_notes", Node::text(ui.named("case-state", case.state.code()))),
        ("service_name", Node::text(service_name(ui, names.catalogue, case))),
        ("service_code", Node::text(code(names.catalogue, case.item))),
        ("description", Node::filled(&case.description)),
        ("agency_responsible", Node::filled(&case.unit)),
        ("service_notice", Node::text(ui.ta("open311-notice", [("link", link)]))),
        ("requested_datetime", moment(Some(case.reported_at))),
        ("updated_datetime", moment(Some(case.updated_at))),
        ("expected_datetime", moment(case.due_at)),
        ("address", Node::filled(address)),
        ("address_id", Node::filled(section.map_or("", |s| s.number.as_str()))),
        ("zipcode", Node::Null),
        ("lat", Node::maybe(case.lat)),
        ("long", Node::maybe(case.lng)),
        ("media_url", media(case.before)),
    ];
    if extended {
        let more = vec![
            ("title", Node::text(&case.title)),
            ("state", Node::text(case.state.code())),
            ("division", Node::filled(place)),
            ("followers", Node::Whole(case.follower_count)),
            ("closed_datetime", moment(case.closed_at)),
            ("on_time", case.on_time.map_or(Node::Null, Node::Flag)),
            ("media_url_after", media(case.after)),
        ];
        members.push(("extended_attributes", Node::Map(more)));
    }
    Node::Map(members)
}

/// `closed` when nobody has anything left to do.
pub fn status(state: cases::workflow::State) -> &'static str {
    if state.is_over() { "closed" } else { "open" }
}

/// A step of a case; none for one that strangers do not read of.
pub fn update(ui: &Ui, update: &OpenUpdate) -> Option<Node> {
    let (sentence, words) = open::sentence(ui, &update.line)?;
    let text = if words.is_empty() { sentence } else { format!("{sentence}\n{words}") };
    Some(Node::Map(vec![
        ("update_id", Node::text(update.line.id.to_string())),
        ("service_request_id", Node::text(&update.number)),
        ("status", Node::text(status(update.state))),
        ("updated_datetime", moment(Some(update.line.at))),
        ("description", Node::text(text)),
        ("media_url", Node::Null),
    ]))
}

pub fn errors(status: u16, descriptions: Vec<String>) -> Node {
    let one = |text: String| {
        Node::Map(vec![("code", Node::Whole(i64::from(status))), ("description", Node::Text(text))])
    };
    Node::List("error", descriptions.into_iter().map(one).collect())
}

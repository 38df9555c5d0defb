//! The conditions of a list as the page shows them: choices, and what is chosen with a way to take it off.

use crate::desk::Desk;
use crate::model::Source;
use crate::pages::shown;
use crate::workflow::State;
use kernel::id::Id;
use places::PlaceIndex;
use web::Ui;
use web::list::Params;

/// What the selects offer.
pub(crate) struct Choices {
    pub states: Vec<(&'static str, String)>,
    pub only: Vec<(&'static str, String)>,
    pub sources: Vec<(&'static str, String)>,
    pub units: Vec<(String, String)>,
    /// For who works for a unit: what they were given, and what nobody was.
    pub handlers: Vec<(&'static str, String)>,
}

/// Conditions that people look for.
const ONLY: [&str; 16] = [
    "overdue",
    "today",
    "soon",
    "urgent",
    "rework",
    "returned",
    "extended",
    "contested",
    "supervised",
    "waiting",
    "forwarded",
    "spoken",
    "recurrence",
    "recurred",
    "late",
    "on-time",
];

impl Choices {
    pub(crate) fn new(ui: &Ui, units: Vec<(String, String)>, handles: bool) -> Self {
        let open = [("open", ui.t("case-state-open"))];
        Self {
            states: open.into_iter().chain(shown::codes::<State>(ui, "case-state")).collect(),
            only: ONLY.iter().map(|o| (*o, ui.named("case-only", o))).collect(),
            sources: shown::codes::<Source>(ui, "source"),
            handlers: if handles {
                vec![("me", ui.t("case-handler-me")), ("0", ui.t("case-handler-nobody"))]
            } else {
                Vec::new()
            },
            units: std::iter::once(("0".to_owned(), ui.t("statistics-none"))).chain(units).collect(),
        }
    }
}

/// A condition that is on: its words, and the query without it.
pub(crate) struct Chip {
    pub text: String,
    pub query: String,
}

/// What chips say that stands in the database.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known {
    pub section: String,
    /// The telephone number, covered.
    pub caller: String,
}

/// Conditions that no select shows: reached by links from other pages.
pub(crate) fn chips(ui: &Ui, desk: &Desk, index: &PlaceIndex, known: &Known, params: &Params) -> Vec<Chip> {
    let division = params.get("division").parse().ok().map(Id::new);
    let item = params.get("item").parse().ok().map(Id::new);
    let only = params.get("only").split(',').filter(|o| !o.is_empty()).map(|o| ui.named("case-only", o));
    let or_none = |name, text| if params.has(name, "0") { ui.t("statistics-none") } else { text };
    let values = [
        ("mine", if params.has("mine", "1") { ui.t("case-mine") } else { String::new() }),
        (
            "handler",
            match params.get("handler") {
                "me" => ui.t("case-handler-me"),
                "0" => ui.t("case-handler-nobody"),
                person => person.to_owned(),
            },
        ),
        ("item", or_none("item", desk.catalogue.name(item).to_owned())),
        ("division", or_none("division", index.division_name(division))),
        ("section", known.section.clone()),
        ("caller", known.caller.clone()),
        ("divisions", several(ui, index, params.get("divisions"))),
        ("grid", params.get("grid").to_owned()),
        ("along", params.get("along").replace('-', "–")),
        ("area", area(ui, index, params.get("area"))),
        ("only", only.collect::<Vec<_>>().join("、")),
        ("due_from", params.get("due_from").to_owned()),
        ("due_until", params.get("due_until").to_owned()),
        ("closed_from", params.get("closed_from").to_owned()),
        ("closed_until", params.get("closed_until").to_owned()),
        ("answered_from", params.get("answered_from").to_owned()),
        ("answered_until", params.get("answered_until").to_owned()),
        ("from", params.get("from").to_owned()),
        ("until", params.get("until").to_owned()),
    ];
    values
        .into_iter()
        .filter(|(name, _)| !params.get(name).is_empty())
        .map(|(name, value)| Chip {
            text: format!("{}{}{value}", ui.named("filter", label(name, params)), ui.t("form-colon")),
            query: params.with(name, ""),
        })
        .collect()
}

/// What a condition is called: `area` is a square, or a division with all below it.
fn label<'a>(name: &'a str, params: &Params) -> &'a str {
    if name == "area" && !params.get("area").contains(',') { "divisions" } else { name }
}

/// A square as it is written; a division by its name.
fn area(ui: &Ui, index: &PlaceIndex, named: &str) -> String {
    let node = index.by_code(named).or_else(|| index.division(Id::new(named.parse().ok()?)));
    node.map_or_else(|| named.to_owned(), |n| ui.ta("filter-and-below", [("name", n.name.to_string())]))
}

/// The divisions of a list by name: the first, and how many more.
fn several(ui: &Ui, index: &PlaceIndex, list: &str) -> String {
    let ids: Vec<i64> = list.split(',').filter_map(|id| id.parse().ok()).collect();
    match ids.as_slice() {
        [] => String::new(),
        [0] => ui.t("statistics-none"),
        // a division stands before those below it
        [first, rest @ ..] => {
            let node = index.division(Id::new(*first));
            let name = node.map(|n| n.name.to_string()).unwrap_or_default();
            if rest.is_empty() { name } else { ui.ta("filter-and-below", [("name", name)]) }
        }
    }
}

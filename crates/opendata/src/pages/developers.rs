//! The description of the whole program's API, readable without a program.

use kernel::workflow::Named;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use web::api::document;
use web::error::page as render;
use web::scope::Scope;
use web::{Answer, Req, Ui, all_routes};

#[derive(askama::Template)]
#[template(path = "opendata/developers.html")]
struct Developers {
    ui: Ui,
    /// How things are done: heading and paragraphs.
    chapters: Vec<(&'static str, String, Vec<String>)>,
    /// Each scope of a key, and what it is for.
    scopes: Vec<(&'static str, String)>,
    tags: Vec<(String, Vec<Operation>)>,
    schemas: Vec<Schema>,
}

struct Operation {
    method: String,
    path: String,
    summary: String,
    who: String,
    parameters: Vec<Field>,
    body: String,
    /// Status, meaning and schema.
    responses: Vec<(String, String, String)>,
}

struct Field {
    name: String,
    /// Where a parameter stands: path, query or header.
    place: String,
    kind: String,
    required: bool,
    text: String,
}

struct Schema {
    name: String,
    text: String,
    fields: Vec<Field>,
}

fn text(value: &Value, name: &str) -> String {
    value[name].as_str().unwrap_or_default().to_owned()
}

/// `CaseBody`, `list of string`, `number or null` …
fn kind(schema: &Value) -> String {
    if let Some(name) = schema["$ref"].as_str() {
        return name.rsplit('/').next().unwrap_or_default().to_owned();
    }
    if let Some(choices) = schema["oneOf"].as_array().or_else(|| schema["anyOf"].as_array()) {
        return choices.iter().map(kind).collect::<Vec<_>>().join(" | ");
    }
    match &schema["type"] {
        Value::String(name) if name == "array" => format!("[{}]", kind(&schema["items"])),
        Value::String(name) => name.clone(),
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" | "),
        _ => String::new(),
    }
}

fn content(of: &Value) -> String {
    let kinds = of["content"].as_object().map(|c| c.values().map(|v| kind(&v["schema"])).collect::<Vec<_>>());
    kinds.unwrap_or_default().join(", ")
}

fn members(of: &Value, name: &str) -> Map<String, Value> {
    of[name].as_object().cloned().unwrap_or_default()
}

fn operation(
    ui: &Ui,
    who: &BTreeMap<(String, String), &'static str>,
    path: &str,
    method: &str,
    of: &Value,
) -> Operation {
    let method = method.to_ascii_uppercase();
    let parameter = |p: &Value| Field {
        name: text(p, "name"),
        place: text(p, "in"),
        kind: kind(&p["schema"]),
        required: p["required"] == true,
        text: text(p, "description"),
    };
    let access = who.get(&(method.clone(), path.to_owned())).copied();
    let who = match access {
        Some("public") => ui.t("developers-public"),
        Some("signed in") => ui.t("developers-signed-in"),
        Some(action) => ui.ta("developers-action", [("action", action.to_owned())]),
        None => String::new(),
    };
    let summary = [text(of, "summary"), text(of, "description")];
    let responses = members(of, "responses").into_iter();
    Operation {
        summary: summary.into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" "),
        parameters: of["parameters"]
            .as_array()
            .map(|all| all.iter().map(parameter).collect())
            .unwrap_or_default(),
        body: content(&of["requestBody"]),
        responses: responses.map(|(status, r)| (status, text(&r, "description"), content(&r))).collect(),
        path: path.to_owned(),
        method,
        who,
    }
}

fn schema(name: String, of: &Value) -> Schema {
    let required: Vec<&str> =
        of["required"].as_array().map(|r| r.iter().filter_map(Value::as_str).collect()).unwrap_or_default();
    let fields = members(of, "properties").into_iter().map(|(field, s)| Field {
        required: required.contains(&field.as_str()),
        place: String::new(),
        kind: kind(&s),
        text: text(&s, "description"),
        name: field,
    });
    Schema { text: text(of, "description"), fields: fields.collect(), name }
}

/// Chapters, each the text `developers-<name>` with attributes `.p1`, `.p2` …
const CHAPTERS: [&str; 9] =
    ["key", "problems", "paging", "times", "idempotency", "webhooks", "open311", "ogc", "feeds"];

pub(super) async fn page(req: Req) -> Answer {
    let described = document(&req.app).0;
    let routes = all_routes(&req.app)
        .into_iter()
        .map(|(_, r)| ((r.method.to_string(), r.path.to_owned()), r.access.word()));
    let who: BTreeMap<_, _> = routes.collect();
    let ui = req.ui();
    let mut tags: BTreeMap<String, Vec<Operation>> = BTreeMap::new();
    for (path, methods) in members(&described, "paths") {
        for (method, of) in methods.as_object().cloned().unwrap_or_default() {
            let tag = of["tags"][0].as_str().unwrap_or("web").to_owned();
            tags.entry(tag).or_default().push(operation(&ui, &who, &path, &method, &of));
        }
    }
    let schemas = members(&described["components"], "schemas");
    let chapter = |name: &'static str| {
        let key = format!("developers-{name}");
        let base = ui.base_url().to_owned();
        let paragraph = |n: usize| {
            let key = format!("{key}.p{n}");
            ui.maybe(&key).map(|_| ui.ta(&key, [("base", base.clone())]))
        };
        (name, ui.t(&key), (1..).map_while(paragraph).collect())
    };
    let page = Developers {
        chapters: CHAPTERS.map(chapter).into_iter().collect(),
        scopes: Scope::ALL.iter().map(|s| (s.code(), ui.named("key-scope", s.code()))).collect(),
        tags: tags.into_iter().collect(),
        schemas: schemas.into_iter().map(|(name, s)| schema(name, &s)).collect(),
        ui,
    };
    render(&req, &page)
}

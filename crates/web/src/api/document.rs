//! The OpenAPI document: the parts of all features put together, with what is the same for all of them.
//!
//! Who may come is known from the routes, so that no feature has to say it twice: it makes each operation's `security` and
//! the problems that any operation of its kind may answer with. What a feature cannot leave out (a description, a name of its
//! own for every operation and every schema) is told as faults, which a test wants none of.

use crate::app::App;
use crate::routes::{Access, Route};
use axum::http::Method;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The problems that operations may answer with, by status: name, description.
const PROBLEMS: [(&str, &str, &str); 7] = [
    ("400", "NotJson", "The body is no JSON."),
    ("401", "WhoAreYou", "There is no key, or one that is not valid (any more)."),
    ("403", "NotAllowed", "The person the key belongs to may not do this."),
    ("404", "NotFound", "There is no such thing, or none that the key may see."),
    ("413", "TooLarge", "The body is larger than 1 MB."),
    ("422", "NotAsDescribed", "A value is missing or wrong; `errors` names each."),
    ("429", "TooOften", "Too many requests; `Retry-After` says for how many seconds to wait."),
];

/// The whole document, and what is wrong with it.
pub fn document(app: &App) -> (Value, Vec<String>) {
    let routes: BTreeMap<(String, &'static str), Route> = crate::all_routes(app)
        .into_iter()
        .map(|(_, route)| ((route.method.as_str().to_lowercase(), route.path), route))
        .collect();
    let mut whole = Whole::default();
    for feature in app.features() {
        if let Some(part) = feature.openapi {
            match serde_json::to_value(part()) {
                Ok(part) => whole.add(feature.name, &part),
                Err(e) => whole.faults.push(format!("{}: {e}", feature.name)),
            }
        }
    }
    whole.finish(&routes)
}

/// What has been put together so far.
#[derive(Default)]
struct Whole {
    paths: Map<String, Value>,
    schemas: Map<String, Value>,
    tags: Vec<Value>,
    faults: Vec<String>,
}

fn object(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flatten()
}

impl Whole {
    fn add(&mut self, feature: &str, part: &Value) {
        for (path, item) in object(part.get("paths")) {
            let known = self.paths.entry(path).or_insert_with(|| json!({}));
            for (method, operation) in object(Some(item)) {
                if known.get(method).is_some() {
                    self.faults.push(format!("{feature}: {method} {path} is described twice"));
                }
                known[method] = operation.clone();
            }
        }
        for (name, schema) in object(part.pointer("/components/schemas")) {
            if self.schemas.get(name).is_some_and(|known| known != schema) {
                self.faults.push(format!("{feature}: another schema is called {name} already"));
            }
            self.schemas.insert(name.clone(), schema.clone());
        }
        self.tags.extend(part.get("tags").and_then(Value::as_array).into_iter().flatten().cloned());
    }

    fn finish(mut self, routes: &BTreeMap<(String, &'static str), Route>) -> (Value, Vec<String>) {
        let mut paths = std::mem::take(&mut self.paths);
        let mut names: BTreeMap<String, String> = BTreeMap::new();
        for (path, item) in &mut paths {
            for (method, operation) in item.as_object_mut().into_iter().flatten() {
                let place = format!("{method} {path}");
                match routes.get(&(method.clone(), path.as_str())) {
                    Some(route) => complete(operation, route),
                    None => self.faults.push(format!("{place} is described and does not exist")),
                }
                self.check(&place, operation, &mut names);
            }
        }
        for (_, route) in routes.iter().filter(|((_, path), _)| path.starts_with("/api/")) {
            let described = paths.get(route.path).and_then(|p| p.get(route.method.as_str().to_lowercase()));
            if described.is_none() && !route.path.ends_with("/openapi.json") {
                self.faults.push(format!("{} {} is not described", route.method, route.path));
            }
        }
        self.schemas.insert("Problem".to_owned(), problem_schema());
        let whole = json!({
            "openapi": "3.1.0",
            "info": {
                "title": "Chuangcheng 创城",
                "version": env!("CARGO_PKG_VERSION"),
                "summary": "A city's campaign for the title of Civilised City.",
                "description": "The commands of the pages, as JSON. Problems are RFC 9457; lists page by key; times are RFC 3339; \
                    positions are longitude before latitude in CGCS2000.",
                "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
            },
            "servers": [{ "url": "/", "description": "The city that this document was read from." }],
            "tags": self.tags,
            "paths": paths,
            "components": {
                "schemas": self.schemas,
                "responses": responses(),
                "securitySchemes": { "key": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "A key that somebody made on their account's page; it acts as its owner and ends by itself.",
                } },
            },
        });
        (whole, self.faults)
    }

    /// What every operation has to have.
    fn check(&mut self, place: &str, operation: &Value, names: &mut BTreeMap<String, String>) {
        let text = |of: &Value, key: &str| of.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let mut missing = |what: String| self.faults.push(format!("{place}: {what}"));
        if text(operation, "summary").is_empty() {
            missing("no summary".to_owned());
        }
        let name = text(operation, "operationId");
        if name.is_empty() {
            missing("no operationId".to_owned());
        } else if let Some(other) = names.insert(name.clone(), place.to_owned()) {
            missing(format!("the operationId {name} is that of {other}"));
        }
        let tags: Vec<&str> = operation
            .get("tags")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        if tags.is_empty() {
            missing("no tag".to_owned());
        }
        for tag in tags {
            let described =
                self.tags.iter().any(|t| text(t, "name") == tag && !text(t, "description").is_empty());
            if !described {
                missing(format!("the tag {tag} is not described"));
            }
        }
        for parameter in operation.get("parameters").and_then(Value::as_array).into_iter().flatten() {
            if text(parameter, "description").is_empty() {
                missing(format!("the parameter {} has no description", text(parameter, "name")));
            }
        }
        for (status, response) in object(operation.get("responses")) {
            if response.get("$ref").is_none() && text(response, "description").is_empty() {
                missing(format!("the response {status} has no description"));
            }
        }
        if !object(operation.get("responses")).any(|(status, _)| status.starts_with('4')) {
            missing("no problem is described".to_owned());
        }
        if operation.get("security").is_none() {
            missing("nothing says who may come".to_owned());
        }
    }
}

/// What follows from the route: who may come, and the problems that any operation like it may answer with.
fn complete(operation: &mut Value, route: &Route) {
    let public = route.access == Access::Public;
    operation["security"] = if public { json!([]) } else { json!([{ "key": [] }]) };
    if route.path.starts_with("/api/v") {
        add_problems(operation, route, public);
    }
    let Some(responses) = operation.get_mut("responses").and_then(Value::as_object_mut) else { return };
    // what a feature says of a problem stays; its shape is everybody's, but where the feature describes another
    for (_, response) in responses.iter_mut().filter(|(status, _)| status.starts_with(['4', '5'])) {
        if response.get("$ref").is_none() && response.get("content").is_none() {
            response["content"] = problem_content();
        }
    }
}

/// The problems that every operation of its kind may answer with.
fn add_problems(operation: &mut Value, route: &Route, public: bool) {
    let has = |place: &str| {
        let all = operation.get("parameters").and_then(Value::as_array).into_iter().flatten();
        all.filter_map(|p| p.get("in").and_then(Value::as_str)).any(|found| found == place)
    };
    let body = operation.get("requestBody").is_some();
    debug_assert!(!body || route.method != Method::GET, "a GET has no body");
    let mut statuses = vec!["429"];
    statuses.extend((!public).then_some("401"));
    statuses.extend(matches!(route.access, Access::Action(_)).then_some("403"));
    statuses.extend(has("path").then_some("404"));
    statuses.extend((body || has("query")).then_some("422"));
    statuses.extend(["400", "413"].into_iter().filter(|_| body));
    let Some(responses) = operation.get_mut("responses").and_then(Value::as_object_mut) else { return };
    for status in statuses {
        let name =
            PROBLEMS.iter().find(|(known, ..)| *known == status).map_or("Problem", |(_, name, _)| name);
        responses
            .entry(status)
            .or_insert_with(|| json!({ "$ref": format!("#/components/responses/{name}") }));
    }
}

fn problem_content() -> Value {
    json!({ "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } })
}

fn responses() -> Map<String, Value> {
    PROBLEMS
        .iter()
        .map(|(_, name, text)| {
            ((*name).to_owned(), json!({ "description": text, "content": problem_content() }))
        })
        .collect()
}

/// What [`crate::error::body`] writes.
fn problem_schema() -> Value {
    let text = |description: &str| json!({ "type": "string", "description": description });
    json!({
        "type": "object",
        "description": "A problem, RFC 9457.",
        "required": ["type", "code", "status", "title"],
        "properties": {
            "type": text("`urn:chuangcheng:problem:` and the code."),
            "code": text("Stable; to be decided by."),
            "status": { "type": "integer", "description": "The status of the answer." },
            "title": text("What happened, in the language of `Accept-Language`."),
            "detail": text("What to do."),
            "request_id": text("Finds the line in the log."),
            "errors": {
                "type": "array",
                "description": "What is wrong with which field.",
                "items": {
                    "type": "object",
                    "required": ["field", "code"],
                    "properties": {
                        "field": text("Name of the field, or `body`."),
                        "code": text("Stable."),
                        "detail": { "type": ["string", "null"], "description": "In the reader's language." },
                    },
                },
            },
        },
    })
}

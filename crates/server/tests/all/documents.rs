//! `docs/generated/`: written by these tests when CHUANGCHENG_WRITE_DOCS is set (`make docs`), compared otherwise.

use kernel::ctx::Locale;
use std::fmt::Write;
use std::path::Path;
use testkit::Engine;

/// Compares a file of the repository with what it should be, or writes it.
pub(crate) fn compare(path: &str, wanted: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path);
    #[expect(clippy::disallowed_methods, reason = "a switch of the test itself, not of the program")]
    if std::env::var("CHUANGCHENG_WRITE_DOCS").is_ok() {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, wanted).unwrap();
        return;
    }
    let have = std::fs::read_to_string(&file).unwrap_or_default();
    if have != wanted {
        let changed = wanted
            .lines()
            .find(|l| !have.contains(*l))
            .or_else(|| have.lines().find(|l| !wanted.contains(*l)));
        panic!(
            "{path} is not what the program says (first difference: {changed:?}); run `make docs` and look at the change"
        );
    }
}

fn head(title: &str) -> String {
    format!("# {title}\n\nWritten by `make docs` from the program itself; do not edit.\n\n")
}

/// The file of a handler, from `crates/` on, and its name there.
fn source(handler: &str) -> (String, &str) {
    // a closure is found by the function that makes it
    let named = handler.split("::{{closure}}").next().unwrap_or(handler);
    let (module, function) = named.rsplit_once("::").expect("a handler stands in a module");
    let (krate, within) = module.split_once("::").unwrap_or((module, "lib"));
    let within = within.replace("::", "/");
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let places = [format!("{krate}/src/{within}.rs"), format!("{krate}/src/{within}/mod.rs")];
    for place in places {
        let Ok(text) = std::fs::read_to_string(crates.join(&place)) else { continue };
        assert!(text.contains(&format!("fn {function}")), "{place} has no {function}");
        return (place, function);
    }
    panic!("no file of {handler}");
}

#[test]
fn routes() {
    let app = crate::program(Engine::Embedded);
    let mut text = head("Routes");
    let mut last = "";
    for (feature, route) in web::all_routes(&app.app) {
        if feature != last {
            let _ = write!(
                text,
                "{}## {feature}\n\n| method | path | who | answered by |\n| --- | --- | --- | --- |\n",
                if last.is_empty() { "" } else { "\n" }
            );
            last = feature;
        }
        let (file, function) = source(route.handler);
        let who = route.access.word();
        let _ = writeln!(text, "| {} | `{}` | {who} | `{file}` `{function}` |", route.method, route.path);
    }
    compare("docs/generated/routes.md", &text);
}

#[test]
fn policy() {
    let mut text = head("Who may do what");
    text.push_str(
        "*governs*: the role was granted on a unit that governs the place, or above it; *leads*, *assists*: on the unit that\n\
         must act or help, or above it.\n\n",
    );
    let tables: Vec<String> =
        server::features::all().iter().filter_map(|f| f.policy).map(|table| table()).collect();
    compare("docs/generated/policy.md", &format!("{text}{}", tables.join("\n")));
}

#[test]
fn workflows() {
    let diagrams: Vec<String> =
        server::features::all().iter().filter_map(|f| f.workflows).map(|w| w()).collect();
    compare("docs/generated/workflows.md", &format!("{}{}", head("Processes"), diagrams.join("\n")));
}

#[test]
fn events() {
    let app = crate::program(Engine::Embedded);
    let mut text = head("Events that other programs can be told of");
    text.push_str(
        "How they are sent: [api.md](../api.md#webhooks). `type`, `timestamp` (when it happened), `city` and `data` stand in every\n\
         message; below is what stands in `data`. Times are RFC 3339. Fields may be added; none changes its meaning.\n",
    );
    let name = |locale, kind: &str| {
        let key = format!("public-event-{}", kind.replace('.', "-"));
        app.app.texts().get(locale, &key, &[])
    };
    let catalogue = web::outgoing::Catalogue::of(app.app.features());
    let mut last: &[(&str, &str)] = &[];
    for event in catalogue.all() {
        if event.fields != last {
            text.push_str("\n| field | meaning |\n| --- | --- |\n");
            for (field, meaning) in event.fields {
                let _ = writeln!(text, "| `{field}` | {meaning} |");
            }
            text.push_str("\n| type | | | recorded in the log as |\n| --- | --- | --- | --- |\n");
            last = event.fields;
        }
        let verbs: Vec<String> = event.verbs.iter().map(|v| format!("`{v}`")).collect();
        let (english, chinese) = (name(Locale::En, event.kind), name(Locale::ZhCn, event.kind));
        let _ = writeln!(text, "| `{}` | {english} | {chinese} | {} |", event.kind, verbs.join(", "));
    }
    compare("docs/generated/events.md", &text);
}

/// A subscriber must know for good what a kind is, and no verb may be two kinds.
#[test]
fn every_public_event_has_one_meaning() {
    let app = crate::program(Engine::Embedded);
    let catalogue = web::outgoing::Catalogue::of(app.app.features());
    let (mut kinds, mut verbs) = (std::collections::HashSet::new(), std::collections::HashSet::new());
    for event in catalogue.all() {
        assert!(kinds.insert(event.kind), "{} is declared twice", event.kind);
        assert!(event.verbs.iter().all(|v| verbs.insert(*v)), "a verb of {} is two kinds", event.kind);
        assert!(
            event.kind.bytes().all(|b| b.is_ascii_lowercase() || b == b'.' || b == b'_'),
            "{}",
            event.kind
        );
    }
}

#[test]
fn schema() {
    let app = crate::program(Engine::Embedded);
    let (columns, indexes) = app.test.db.shape().unwrap();
    let mut text = head("Tables");
    let mut last = String::new();
    for column in columns {
        if column.table != last {
            let _ = write!(
                text,
                "{}## {}\n\n| column | kind | |\n| --- | --- | --- |\n",
                if last.is_empty() { "" } else { "\n" },
                column.table
            );
            last.clone_from(&column.table);
        }
        let _ = writeln!(
            text,
            "| {} | {} | {} |",
            column.column,
            column.kind,
            if column.required { "required" } else { "" }
        );
    }
    text.push_str("\n## Indexes\n\n");
    for index in indexes {
        let _ = writeln!(
            text,
            "- {} ({}){}",
            index.table,
            index.columns.join(", "),
            if index.unique { ", unique" } else { "" }
        );
    }
    compare("docs/generated/schema.md", &text);
}

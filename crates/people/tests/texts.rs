//! Texts: both languages have the same keys, and what the code asks for is there.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;

const ZH: &str = include_str!("../locales/zh-CN.ftl");
const EN: &str = include_str!("../locales/en.ftl");
const WEB: &str = include_str!("../../web/locales/en.ftl");

/// The text of all sources and templates.
fn sources() -> String {
    let mut whole = String::new();
    let mut folders = vec![
        concat!(env!("CARGO_MANIFEST_DIR"), "/src").to_owned(),
        concat!(env!("CARGO_MANIFEST_DIR"), "/templates").to_owned(),
    ];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path.to_string_lossy().into_owned());
                continue;
            }
            whole.push_str(&std::fs::read_to_string(&path).unwrap());
        }
    }
    whole
}

/// Words in quotes in the sources and templates.
fn quoted() -> BTreeSet<String> {
    sources().split('"').skip(1).map(str::to_owned).collect()
}

#[test]
fn both_languages_say_the_same_things() {
    let (zh, en) = (web::i18n::keys(ZH), web::i18n::keys(EN));
    assert_eq!(zh.difference(&en).collect::<Vec<_>>(), Vec::<&String>::new(), "missing in English");
    assert_eq!(en.difference(&zh).collect::<Vec<_>>(), Vec::<&String>::new(), "missing in Chinese");
}

#[test]
fn every_event_problem_and_message_has_its_text() {
    let (keys, words) = (web::i18n::keys(EN), quoted());
    let known: BTreeSet<String> = keys.union(&web::i18n::keys(WEB)).cloned().collect();
    let verbs = words.iter().filter(|w| {
        ["unit.", "account.", "role.", "consent.", "audit.", "provider."].iter().any(|a| w.starts_with(a))
            && w.chars().all(|c| c.is_ascii_lowercase() || ".-".contains(c))
            && !w.contains(".html")
            && w.as_str() != "audit.verified"
    });
    let missing: Vec<String> =
        verbs.map(|v| format!("event-{}", v.replace('.', "-"))).filter(|k| !known.contains(k)).collect();
    assert_eq!(missing, Vec::<String>::new());
    let sources = sources();
    let after = |start: &str| {
        let found: Vec<String> =
            sources.split(start).skip(1).filter_map(|s| s.split('"').next().map(str::to_owned)).collect();
        found
    };
    let mut wanted: Vec<String> = after("conflict(\"").into_iter().map(|c| format!("problem-{c}")).collect();
    for status in ["410", "422", "429"] {
        wanted
            .extend(after(&format!("Problem::new({status}, \"")).into_iter().map(|c| format!("problem-{c}")));
    }
    let fields = ["Problem::field(\"", "FieldError::new(\""].iter().flat_map(|start| {
        sources
            .split(start)
            .skip(1)
            .filter_map(|s| s.split('"').nth(2))
            .map(|c| format!("field-{c}"))
            .collect::<Vec<_>>()
    });
    wanted.extend(fields);
    // what imports say of rows; those that another crate has are said there
    let reasons = words
        .iter()
        .filter(|w| w.starts_with("unit_") && **w != "unit_tree" && !known.contains(&format!("label-{w}")));
    wanted.extend(reasons.map(|r| format!("reason-{}", r.replace('_', "-"))));
    let missing: Vec<&String> = wanted.iter().filter(|k| !known.contains(*k)).collect();
    assert!(wanted.len() > 50, "the search finds something: {}", wanted.len());
    assert_eq!(missing, Vec::<&String>::new());
}

#[test]
fn no_text_is_left_over() {
    let words = quoted();
    let prefixes = [
        "role-",
        "unit-state-",
        "unit-move-",
        "account-state-",
        "account-move-",
        "event-",
        "actor-",
        "field-",
        "problem-",
        "flash-",
        "label-",
        "purpose-",
        "grant-",
        "factor-",
        "log-area-",
        "unit-column-",
        "account-column-",
        "people-language-",
        "unit-do-",
        "account-",
        "notice-",
        "reason-",
        "provider-fault-",
        "provider-step-",
        "authenticator-fault-",
        "how-",
        "proof-",
        "passwords-",
    ];
    let unused: Vec<String> = web::i18n::keys(EN)
        .into_iter()
        .filter(|k| !k.contains('.') && !words.contains(k))
        .filter(|k| match prefixes.iter().find(|p| k.starts_with(**p)) {
            Some(prefix) => {
                let rest = &k[prefix.len()..];
                !(words.contains(rest)
                    || words.iter().any(|w| w.replace(['.', '_'], "-") == rest)
                    || words.contains(&format!("{prefix}{{}}")))
            }
            None => true,
        })
        .filter(|k| !words.contains(&format!("unit-state-{k}")) && !["unit-move-merge"].contains(&k.as_str()))
        .collect();
    assert_eq!(unused, Vec::<String>::new());
}

//! Texts: every key in both languages, every key that is used there, every key that is there used.

use crate::source::{Source, calls, files, literal, root};
use anyhow::Context;
use std::collections::{BTreeMap, BTreeSet};

/// Where a key is defined: file, and its attributes.
type Keys = BTreeMap<String, BTreeSet<String>>;

pub(crate) fn check() -> anyhow::Result<Vec<String>> {
    let texts = files(&[".ftl"])?;
    let sources: Vec<Source> = files(&[".rs", ".html"])?;
    let prefixes = prefixes()?;
    let mut faults = Vec::new();

    let mut chinese = Keys::new();
    let mut english = Keys::new();
    for file in &texts {
        let keys = if file.path.ends_with("/zh-CN.ftl") { &mut chinese } else { &mut english };
        for (key, attributes) in read(&file.text) {
            if keys.insert(key.clone(), attributes).is_some() {
                faults.push(format!("{}: {key} is defined twice", file.path));
            }
        }
    }
    for (have, other, language) in [(&chinese, &english, "English"), (&english, &chinese, "Chinese")] {
        for (key, attributes) in have {
            match other.get(key) {
                None => faults.push(format!("{key} has no {language} text")),
                Some(theirs) => {
                    faults.extend(
                        attributes.difference(theirs).map(|a| format!("{key}.{a} has no {language} text")),
                    );
                }
            }
        }
    }
    for source in sources.iter().filter(|s| !s.is_test()) {
        for key in wanted(source) {
            if !chinese.contains_key(&key) {
                faults.push(format!("{}: the text {key} is used and nowhere defined", source.path));
            }
        }
    }
    let everything: String = sources.iter().map(plain).collect::<Vec<_>>().join("\n");
    let literals = literals(&everything);
    let made = made_prefixes(&everything);
    for key in chinese.keys() {
        if !is_used(key, &literals, &made) && !prefixes.iter().any(|p| key.starts_with(p.as_str())) {
            faults.push(format!("the text {key} is nowhere used (if its key is put together, name its beginning in xtask/dynamic-keys.txt)"));
        }
    }
    for prefix in &prefixes {
        if !chinese.keys().any(|key| key.starts_with(prefix.as_str())) {
            faults.push(format!("xtask/dynamic-keys.txt: no text begins with {prefix}"));
        }
    }
    Ok(faults)
}

/// Keys whose end is the code of something that must itself be written down: `problem-stale` is used where "stale" is.
const BY_CODE: [&str; 5] = ["problem-", "field-", "flash-", "notice-", "event-"];

fn is_used(key: &str, literals: &BTreeSet<&str>, made: &BTreeSet<String>) -> bool {
    if literals.contains(key) {
        return true;
    }
    if let Some(code) = BY_CODE.iter().find_map(|before| key.strip_prefix(before)) {
        // verbs of events are written with a dot: `case.opened`
        return literals.contains(code)
            || code
                .match_indices('-')
                .any(|(at, _)| literals.contains(format!("{}.{}", &code[..at], &code[at + 1..]).as_str()));
    }
    made.iter().any(|before| key.starts_with(before.as_str()))
}

/// Beginnings of keys that the code shows to be put together: `format!("case-state-{}", …)`, `ui.named("unit-kind", …)`.
fn made_prefixes(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for piece in text.split('"') {
        if let Some((before, _)) = piece.split_once('{')
            && before.len() > 3
            && before.ends_with('-')
            && before.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !BY_CODE.contains(&before)
        {
            found.insert(before.to_owned());
        }
    }
    for args in calls(text, ".named") {
        found.extend(args.first().and_then(|a| literal(a)).map(|before| format!("{before}-")));
    }
    found
}

/// The text of a file without comments, in which keys are only talked about.
fn plain(source: &Source) -> String {
    if source.path.rsplit('.').next() == Some("html") {
        let mut text = source.text.clone();
        while let Some(from) = text.find("{#") {
            let to = text[from..].find("#}").map_or(text.len(), |n| from + n + 2);
            text.replace_range(from..to, "");
        }
        return text;
    }
    let lines = source.text.lines().filter(|l| !l.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// Beginnings of keys that are put together at run time, from `xtask/dynamic-keys.txt`: beginning, then the reason.
fn prefixes() -> anyhow::Result<Vec<String>> {
    let path = root().join("xtask/dynamic-keys.txt");
    let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let lines = text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#'));
    Ok(lines.filter_map(|l| l.split_whitespace().next()).map(str::to_owned).collect())
}

/// Messages of a Fluent file with their attributes.
fn read(text: &str) -> Vec<(String, BTreeSet<String>)> {
    let mut found: Vec<(String, BTreeSet<String>)> = Vec::new();
    for line in text.lines() {
        let body = line.trim_start();
        let end =
            body.find(|c: char| !(c.is_ascii_alphanumeric() || "-_.".contains(c))).unwrap_or(body.len());
        if !body[end..].trim_start().starts_with('=') || body.starts_with('#') {
            continue;
        }
        if line.starts_with(|c: char| c.is_ascii_alphabetic()) {
            found.push((body[..end].to_owned(), BTreeSet::new()));
        } else if let (Some(attribute), Some((_, attributes))) =
            (body[..end].strip_prefix('.'), found.last_mut())
        {
            attributes.insert(attribute.to_owned());
        }
    }
    found
}

/// Keys that a file certainly asks for.
fn wanted(source: &Source) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    let text = &plain(source);
    // call, which argument, what stands before the key
    let asked: &[(&str, usize, &str)] = &[
        ("ui.t", 0, ""),
        ("ui.n", 0, ""),
        ("ui.ta", 0, ""),
        ("Problem::new", 1, "problem-"),
        ("Problem::conflict", 0, "problem-"),
        ("Problem::field", 1, "field-"),
        ("FieldError::new", 1, "field-"),
        ("findings.check", 2, "field-"),
        ("redirect", 2, "flash-"),
        ("notices::send", 2, "notice-"),
        // the log tells what was done, by which part of the program, and which setting was changed
        ("Event::new", 0, "event-"),
        ("Event::city", 0, "event-"),
        ("JobHandler::new", 0, "actor-"),
        ("Periodic::new", 0, "actor-"),
        ("Ctx::system", 1, "actor-"),
        ("Setting::new", 0, "setting-name-"),
    ];
    for (name, argument, before) in asked {
        for args in calls(text, name) {
            let key = args.get(*argument).and_then(|a| literal(a)).filter(|k| !k.is_empty());
            // a verb of the log is written with a dot; elsewhere a dot asks for an attribute
            let verb = |k: &str| if *before == "event-" { k.replacen('.', "-", 1) } else { k.to_owned() };
            let key = key.map(verb).map(|k| k.split('.').next().map_or_else(String::new, str::to_owned));
            keys.extend(key.map(|k| format!("{before}{k}")));
        }
    }
    keys
}

/// Everything in double quotes that could be a key.
fn literals(text: &str) -> BTreeSet<&str> {
    let could_be =
        |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b));
    let mut found = BTreeSet::new();
    for line in text.lines() {
        for piece in line.split('"').filter(|p| could_be(p)) {
            found.insert(piece);
            // an attribute uses its message
            found.extend(piece.split_once('.').map(|(key, _)| key));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_and_asked_for() {
        let text = "a = x\n    .todo = y\nb = { $count ->\n    [one] 1\n   *[other] 2\n }\n# c = no\n";
        let keys = read(text);
        assert_eq!(keys.iter().map(|(k, _)| k.as_str()).collect::<Vec<_>>(), ["a", "b"]);
        assert!(keys[0].1.contains("todo"));
        let source = Source {
            path: "crates/x/src/pages/y.rs".to_owned(),
            text: "ui.t(\"k-one\"); redirect(&req, &format!(\"/{x}\"), \"saved\", \"\"); Problem::new(409, \"late\"); ui.t(key)".to_owned(),
        };
        assert_eq!(wanted(&source).into_iter().collect::<Vec<_>>(), ["flash-saved", "k-one", "problem-late"]);
        assert!(literals("a(\"k.todo\")").contains("k"));
    }
}

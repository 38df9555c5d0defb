//! Which crate uses which: the table in `docs/ARCHITECTURE.md` equals the truth in the `Cargo.toml`s, and has no circle.

use crate::source::root;
use anyhow::Context;
use std::collections::BTreeMap;

type Uses = BTreeMap<String, Vec<String>>;

const START: &str = "<!-- siblings: written by `make docs` -->\n";
const END: &str = "<!-- end of siblings -->\n";

/// What the crates below may use of our own. Features may use these and each other, as the table says.
const BELOW: &[(&str, &[&str])] = &[
    ("alike", &[]),
    ("checklist", &["kernel", "scoring", "sheets"]),
    ("classifier", &[]),
    ("draw", &[]),
    ("kernel", &[]),
    ("names", &["kernel"]),
    ("papers", &[]),
    ("sheets", &["kernel"]),
    ("sound", &[]),
    ("store", &["kernel", "names", "sound"]),
    ("ticks", &[]),
    ("web", &["kernel", "names", "store", "sheets"]),
];
const MACHINE: &[&str] =
    &["alike", "classifier", "draw", "kernel", "names", "papers", "sound", "store", "sheets", "ticks", "web"];
const ABOVE: &[&str] = &["server", "demo", "testkit"];

fn read() -> anyhow::Result<Uses> {
    let mut uses = Uses::new();
    let folder = root().join("crates");
    let mut names = Vec::new();
    for entry in std::fs::read_dir(&folder)? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    for name in &names {
        let path = folder.join(name).join("Cargo.toml");
        let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        let manifest: toml::Table = toml::from_str(&text)?;
        let wanted = manifest.get("dependencies").and_then(|d| d.as_table());
        let mut own: Vec<String> =
            wanted.into_iter().flat_map(|t| t.keys()).filter(|k| names.contains(k)).cloned().collect();
        own.sort();
        uses.insert(name.clone(), own);
    }
    Ok(uses)
}

fn table(uses: &Uses) -> String {
    let mut text = format!("{START}| crate | uses |\n| --- | --- |\n");
    for (name, own) in uses {
        let siblings: Vec<&str> = own.iter().map(String::as_str).filter(|u| !MACHINE.contains(u)).collect();
        if !MACHINE.contains(&name.as_str()) && !ABOVE.contains(&name.as_str()) {
            let siblings = if siblings.is_empty() { "–".to_owned() } else { siblings.join(", ") };
            text.push_str("| ");
            text.push_str(name);
            text.push_str(" | ");
            text.push_str(&siblings);
            text.push_str(" |\n");
        }
    }
    text.push_str(END);
    text
}

fn document() -> anyhow::Result<(std::path::PathBuf, String, std::ops::Range<usize>)> {
    let path = root().join("docs/ARCHITECTURE.md");
    let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let from =
        text.find(START).context("docs/ARCHITECTURE.md has no mark where the table of siblings begins")?;
    let to = text.find(END).context("docs/ARCHITECTURE.md has no mark where the table of siblings ends")?
        + END.len();
    Ok((path, text, from..to))
}

pub(crate) fn write() -> anyhow::Result<()> {
    let (path, mut text, place) = document()?;
    text.replace_range(place, &table(&read()?));
    Ok(std::fs::write(path, text)?)
}

pub(super) fn check() -> anyhow::Result<Vec<String>> {
    let uses = read()?;
    let mut faults = Vec::new();
    for (name, allowed) in BELOW {
        for used in uses.get(*name).into_iter().flatten().filter(|u| !allowed.contains(&u.as_str())) {
            faults.push(format!("crates/{name} may not use {used}"));
        }
    }
    for (name, own) in &uses {
        let above = own.iter().filter(|u| ABOVE.contains(&u.as_str()) && !ABOVE.contains(&name.as_str()));
        faults.extend(above.map(|u| format!("crates/{name} may not use {u}, which stands above it")));
    }
    if let Some(circle) = circle(&uses) {
        faults.push(format!("crates use each other in a circle: {}", circle.join(" → ")));
    }
    let (_, text, place) = document()?;
    if text[place] != table(&uses) {
        faults.push(
            "docs/ARCHITECTURE.md: the table of siblings is not what the Cargo.tomls say; run `make docs`"
                .to_owned(),
        );
    }
    Ok(faults)
}

fn circle(uses: &Uses) -> Option<Vec<String>> {
    fn follow(uses: &Uses, name: &str, way: &mut Vec<String>, done: &mut Vec<String>) -> bool {
        if way.iter().any(|n| n == name) {
            way.push(name.to_owned());
            return true;
        }
        if done.iter().any(|n| n == name) {
            return false;
        }
        way.push(name.to_owned());
        for next in uses.get(name).into_iter().flatten() {
            if follow(uses, next, way, done) {
                return true;
            }
        }
        way.pop();
        done.push(name.to_owned());
        false
    }
    let mut done = Vec::new();
    uses.keys().find_map(|name| {
        let mut way = Vec::new();
        follow(uses, name, &mut way, &mut done).then_some(way)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uses(pairs: &[(&str, &[&str])]) -> Uses {
        pairs.iter().map(|(n, u)| ((*n).to_owned(), u.iter().map(|s| (*s).to_owned()).collect())).collect()
    }

    #[test]
    fn circles_are_named() {
        assert_eq!(circle(&uses(&[("a", &["b"]), ("b", &["c"]), ("c", &[])])), None);
        let found = circle(&uses(&[("a", &["b"]), ("b", &["c"]), ("c", &["b"])])).unwrap();
        assert_eq!(found, ["a", "b", "c", "b"]);
    }

    #[test]
    fn machine_crates_and_those_above_are_not_in_the_table() {
        let text = table(&uses(&[
            ("cases", &["kernel", "people"]),
            ("people", &["web"]),
            ("web", &["kernel"]),
            ("server", &["cases"]),
        ]));
        assert!(text.contains("| cases | people |\n| people | – |\n"), "{text}");
        assert!(!text.contains("server"));
    }
}

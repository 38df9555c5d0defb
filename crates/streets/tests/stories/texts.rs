//! Both languages say the same things, and what code and templates ask for is there.

use kernel::ctx::Locale;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use web::i18n::{Texts, keys};

const ZH: &str = include_str!("../../locales/zh-CN.ftl");
const EN: &str = include_str!("../../locales/en.ftl");

fn files() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut found, mut folders) = (Vec::new(), vec![root.join("src"), root.join("templates")]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            if entry.path().is_dir() { folders.push(entry.path()) } else { found.push(entry.path()) }
        }
    }
    found
}

fn sources() -> String {
    files().iter().map(|f| std::fs::read_to_string(f).unwrap()).collect()
}

/// What stands in quotes behind each occurrence of `start`.
fn after(sources: &str, start: &str) -> Vec<String> {
    sources.split(start).skip(1).filter_map(|s| s.split('"').next().map(str::to_owned)).collect()
}

#[test]
fn both_languages_have_every_text() {
    let (zh, en) = (keys(ZH), keys(EN));
    assert_eq!(zh.difference(&en).collect::<Vec<_>>(), Vec::<&String>::new(), "missing in English");
    assert_eq!(en.difference(&zh).collect::<Vec<_>>(), Vec::<&String>::new(), "missing in Chinese");
}

#[test]
fn every_text_that_is_asked_for_exists() {
    let others = [
        include_str!("../../../web/locales/en.ftl"),
        include_str!("../../../places/locales/en.ftl"),
        include_str!("../../../cases/locales/en.ftl"),
        EN,
    ];
    let texts = Texts::new(others.map(|text| (Locale::En, text))).unwrap();
    let sources = sources();
    let mut wanted = Vec::new();
    for start in ["ui.t(\"", "ui.ta(\"", "ui.n(\"", "label = \""] {
        wanted.extend(after(&sources, start));
    }
    wanted.extend(
        sources.split("c::empty(ui, \"").skip(1).filter_map(|s| s.split('"').nth(2)).map(str::to_owned),
    );
    for start in ["ui, form, \"", "label(\""] {
        wanted.extend(after(&sources, start).into_iter().map(|n| format!("label-{n}")));
    }
    wanted.extend(after(&sources, "conflict(\"").into_iter().map(|c| format!("problem-{c}")));
    for start in ["Problem::field(\"", "FieldError::new(\"", "findings.check("] {
        let codes = sources.split(start).skip(1).filter_map(|s| {
            let quoted: Vec<&str> = s.split('"').collect();
            if start == "findings.check(" { quoted.get(3).copied() } else { quoted.get(2).copied() }
        });
        wanted.extend(codes.map(|c| format!("field-{c}")));
    }
    let verbs = sources.split('"').filter(|w| {
        w.starts_with("adoption.") || w.starts_with("streets.") || w.starts_with("street-standard.")
    });
    wanted.extend(verbs.map(|v| format!("event-{}", v.replace('.', "-"))));
    wanted.extend(after(&sources, "tx, &people, \"").into_iter().map(|k| format!("notice-{k}")));
    for reason in sources.split('"').filter(|w| w.starts_with("adoption_")) {
        let known = [format!("label-{reason}"), format!("reason-{}", reason.replace('_', "-"))];
        if known.iter().all(|key| texts.find(Locale::En, key, &[]).is_none()) {
            wanted.push(known[1].clone());
        }
    }
    wanted.retain(|key| !key.is_empty() && !key.contains(['{', ' ', '$', '\\']));
    let missing: BTreeSet<&String> =
        wanted.iter().filter(|key| texts.find(Locale::En, key, &[]).is_none()).collect();
    assert!(wanted.len() > 200, "the search finds something: {}", wanted.len());
    assert_eq!(missing, BTreeSet::new());
}

#[test]
fn no_text_is_left_over() {
    let sources = sources();
    let words: BTreeSet<&str> = sources.split('"').collect();
    let together = [
        "adoption-end-",
        "adoption-how-",
        "adoption-move-",
        "adoption-do-",
        "leader-shown-",
        "streets-overlap-",
        "streets-filter-",
        "outcome-",
        "flash-",
        "label-",
        "event-",
        "problem-",
        "field-",
        "reason-",
        "notice-",
    ];
    let unused: Vec<String> = keys(EN)
        .into_iter()
        .filter(|k| !k.contains('.') && !words.contains(k.as_str()))
        .filter(|k| {
            let Some(rest) = together.iter().find_map(|p| k.strip_prefix(p)) else { return true };
            let known = |w: &&str| w.replace(['.', '_'], "-") == rest || *w == rest;
            // flashes of moves are put together from the move's name
            let moved = k.strip_prefix("flash-adoption-").is_some_and(|m| words.contains(m));
            !words.iter().any(known) && !moved
        })
        .collect();
    assert_eq!(unused, Vec::<String>::new());
}

#[test]
fn exports_are_titled_so_that_imports_know_them() {
    let texts = Texts::new([
        (Locale::En, include_str!("../../../places/locales/en.ftl")),
        (Locale::ZhCn, include_str!("../../../places/locales/zh-CN.ftl")),
        (Locale::En, EN),
        (Locale::ZhCn, ZH),
    ]);
    let (texts, columns) = (texts.unwrap(), include_str!("../../src/columns.rs"));
    let known: Vec<String> = columns.split('"').map(str::to_lowercase).collect();
    for name in after(columns, "column(\"") {
        for locale in Locale::ALL {
            let title = texts.get(locale, &format!("label-{name}"), &[]);
            assert!(known.contains(&title.to_lowercase()), "{title} of {name}");
        }
    }
}

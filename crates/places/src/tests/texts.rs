//! Both languages say the same things, and exports are titled so that imports know the columns.

use crate::columns::{DIVISIONS, SECTIONS, SITES};
use kernel::ctx::Locale;
use std::collections::BTreeSet;
use web::i18n::{Texts, keys};

#[test]
fn both_languages_have_every_text() {
    let [(_, zh), (_, en)] = crate::TEXTS else { panic!("two languages") };
    let (zh, en) = (keys(zh), keys(en));
    assert_eq!(zh.difference(&en).collect::<Vec<_>>(), Vec::<&String>::new());
    assert_eq!(en.difference(&zh).collect::<Vec<_>>(), Vec::<&String>::new());
}

/// Keys written out in sources and templates; those put together at run time are named in [`together`].
#[test]
fn every_key_that_is_used_exists() {
    let texts = Texts::new(web_texts().into_iter().chain(crate::TEXTS.iter().copied())).unwrap();
    let mut missing = BTreeSet::new();
    for file in files() {
        let body = std::fs::read_to_string(&file).unwrap();
        for start in ["ui.t(\"", "ui.ta(\"", "ui.n(\"", "c::empty(ui, \"", "label = \""] {
            for piece in body.split(start).skip(1) {
                let mut key = piece.split('"').next().unwrap_or_default();
                if start == "c::empty(ui, \"" {
                    key = piece.split('"').nth(2).unwrap_or_default();
                }
                if !key.is_empty() && texts.find(Locale::En, key, &[]).is_none() {
                    missing.insert(format!("{}: {key}", file.display()));
                }
            }
        }
        for start in ["ui, form, \""] {
            for piece in body
                .split(start)
                .skip(1)
                .filter(|p| !p.split("}}").next().unwrap_or_default().contains("label ="))
            {
                let key = format!("label-{}", piece.split('"').next().unwrap_or_default());
                if texts.find(Locale::En, &key, &[]).is_none() {
                    missing.insert(format!("{}: {key}", file.display()));
                }
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

fn web_texts() -> Vec<(Locale, &'static str)> {
    vec![
        (Locale::En, include_str!("../../../web/locales/en.ftl")),
        (Locale::ZhCn, include_str!("../../../web/locales/zh-CN.ftl")),
    ]
}

fn files() -> Vec<std::path::PathBuf> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let mut folders = vec![root.join("src/pages"), root.join("templates")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            if entry.path().is_dir() { folders.push(entry.path()) } else { found.push(entry.path()) }
        }
    }
    found
}

#[test]
fn exports_are_titled_so_that_imports_know_them() {
    let texts = Texts::new(crate::TEXTS.iter().copied()).unwrap();
    for locale in Locale::ALL {
        for column in SECTIONS.iter().chain(SITES).chain(DIVISIONS) {
            let title = texts.get(locale, &format!("label-{}", column.name), &[]);
            assert!(column.is_called(&title), "{title} of {}", column.name);
        }
    }
}

#[test]
fn the_shipped_types_are_sound() {
    let mut codes = BTreeSet::new();
    for line in crate::setup::SITE_TYPES.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        assert_eq!(cells.len(), 4, "{line}");
        assert!(codes.insert(cells[0]), "{line}");
    }
    assert!(codes.len() >= 54);
}

//! `cargo xtask new-feature NAME`: a feature crate that compiles, has a page, and passes its tests.

use crate::arch;
use crate::source::root;
use anyhow::{Context, bail, ensure};
use std::path::PathBuf;

const FILES: &[(&str, &str)] = &[
    ("Cargo.toml", include_str!("../scaffold/Cargo.toml.txt")),
    ("askama.toml", "[general]\ndirs = [\"templates\", \"../web/templates\"]\n"),
    ("src/lib.rs", include_str!("../scaffold/lib.rs.txt")),
    ("src/policy.rs", include_str!("../scaffold/policy.rs.txt")),
    ("src/pages/mod.rs", include_str!("../scaffold/pages.rs.txt")),
    ("src/tests.rs", include_str!("../scaffold/tests.rs.txt")),
    ("templates/NAME/list.html", include_str!("../scaffold/list.html.txt")),
    ("locales/zh-CN.ftl", include_str!("../scaffold/zh-CN.ftl.txt")),
    ("locales/en.ftl", include_str!("../scaffold/en.ftl.txt")),
];

pub(crate) fn feature(name: &str) -> anyhow::Result<()> {
    ensure!(
        name.bytes().all(|b| b.is_ascii_lowercase()) && (3..=20).contains(&name.len()),
        "a feature's name is one English word in small letters, such as `surveys`"
    );
    let folder = root().join("crates").join(name);
    if folder.exists() {
        bail!("{} is there already", folder.display());
    }
    for (path, text) in FILES {
        let file = folder.join(path.replace("NAME", name));
        std::fs::create_dir_all(file.parent().unwrap_or(&folder))?;
        std::fs::write(&file, text.replace("NAME", name)).with_context(|| file.display().to_string())?;
    }
    for (file, text) in named_in(name)? {
        std::fs::write(&file, text).with_context(|| file.display().to_string())?;
    }
    arch::siblings::write()
}

/// The files of others that name every feature, with this one named in them.
fn named_in(name: &str) -> anyhow::Result<Vec<(PathBuf, String)>> {
    let lines = [
        ("Cargo.toml", "testkit = { path", format!("{name} = {{ path = \"crates/{name}\" }}\n")),
        ("crates/server/Cargo.toml", "portal.workspace", format!("{name}.workspace = true\n")),
        // the end of the list
        ("crates/server/src/features.rs", "    ]\n}", format!("        {name}::feature(),\n")),
    ];
    let mut changed = Vec::new();
    for (file, before, line) in lines {
        let file = root().join(file);
        let mut text = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        let place = text
            .find(&format!("\n{before}"))
            .with_context(|| format!("{}: no line begins with {before:?}", file.display()))?;
        text.insert_str(place + 1, &line);
        changed.push((file, text));
    }
    Ok(changed)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The files may be written otherwise one day: then this says so, not whoever begins a feature.
    #[test]
    fn a_new_feature_finds_its_place() {
        let changed = named_in("lectures").unwrap();
        let (_, features) = changed.last().unwrap();
        assert!(features.contains("::feature(),\n        lectures::feature(),\n    ]\n}"), "{features}");
        let (_, workspace) = changed.first().unwrap();
        assert!(workspace.contains("\nlectures = { path = \"crates/lectures\" }\n"), "{workspace}");
    }
}

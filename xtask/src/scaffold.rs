//! `cargo xtask new-feature NAME`: a feature crate that compiles, has a page, and passes its tests.

use crate::source::root;
use anyhow::{Context, bail, ensure};
use std::path::Path;

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
    insert(
        &root().join("Cargo.toml"),
        "testkit = { path",
        &format!("{name} = {{ path = \"crates/{name}\" }}\n"),
    )?;
    insert(
        &root().join("crates/server/Cargo.toml"),
        "portal.workspace",
        &format!("{name}.workspace = true\n"),
    )?;
    let features = root().join("crates/server/src/features.rs");
    let text = std::fs::read_to_string(&features)?;
    let with = text.replacen("portal::feature()]", &format!("portal::feature(), {name}::feature()]"), 1);
    ensure!(with != text, "crates/server/src/features.rs: add {name}::feature() by hand");
    std::fs::write(features, with)?;
    Ok(())
}

/// Puts a line before the one that begins with `before`.
fn insert(file: &Path, before: &str, line: &str) -> anyhow::Result<()> {
    let mut text = std::fs::read_to_string(file)?;
    let place =
        text.find(&format!("\n{before}")).with_context(|| format!("{}: no line {before}", file.display()))?;
    text.insert_str(place + 1, line);
    Ok(std::fs::write(file, text)?)
}

//! Reading the repository: files of crates, lines without comments, calls with their arguments.

use anyhow::Context;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A file of the workspace: its path from the root, with `/`, and its text.
pub(crate) struct Source {
    pub(crate) path: String,
    pub(crate) text: String,
}

impl Source {
    /// The crate a file belongs to: `crates/<name>/…`.
    pub(crate) fn crate_name(&self) -> &str {
        self.path.strip_prefix("crates/").and_then(|rest| rest.split('/').next()).unwrap_or("xtask")
    }

    /// Tests may do what the program may not.
    pub(crate) fn is_test(&self) -> bool {
        self.path.contains("/tests/")
            || self.path.contains("/examples/")
            || self.path.ends_with("/tests.rs")
            || self.path.contains("/testkit/")
    }

    /// Lines of code with their numbers, comments and inline test modules left out.
    pub(crate) fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let tests = self.text.find("\n#[cfg(test)]\nmod tests {").unwrap_or(self.text.len());
        self.text[..tests].lines().enumerate().filter_map(|(n, line)| {
            let line = line.trim_start();
            (!line.starts_with("//") && !line.is_empty()).then_some((n + 1, line))
        })
    }
}

/// Files below `crates/` with one of these endings, in a stable order.
pub(crate) fn files(endings: &[&str]) -> anyhow::Result<Vec<Source>> {
    let root = root();
    let mut found = Vec::new();
    for entry in WalkDir::new(root.join("crates")).sort_by_file_name() {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy();
        if !entry.file_type().is_file() || !endings.iter().any(|e| name.ends_with(e)) {
            continue;
        }
        let path = entry.path().strip_prefix(&root)?.to_string_lossy().replace('\\', "/");
        let text = std::fs::read_to_string(entry.path()).with_context(|| path.clone())?;
        found.push(Source { path, text });
    }
    Ok(found)
}

/// The arguments of every call of `name`, split at the outermost commas.
pub(crate) fn calls<'t>(text: &'t str, name: &str) -> Vec<Vec<&'t str>> {
    let mut found = Vec::new();
    let pattern = format!("{name}(");
    let mut from = 0;
    while let Some(at) = text[from..].find(&pattern) {
        let start = from + at + pattern.len();
        from = start;
        let (mut depth, mut quoted, mut escaped, mut last) = (0_i32, false, false, start);
        let mut args = Vec::new();
        for (i, c) in text[start..].char_indices() {
            let here = start + i;
            if quoted {
                match c {
                    _ if escaped => escaped = false,
                    '\\' => escaped = true,
                    '"' => quoted = false,
                    _ => {}
                }
                continue;
            }
            match c {
                '"' => quoted = true,
                '(' | '[' | '{' => depth += 1,
                ')' if depth == 0 => {
                    args.push(text[last..here].trim());
                    found.push(args);
                    break;
                }
                ')' | ']' | '}' => depth -= 1,
                ',' if depth == 0 => {
                    args.push(text[last..here].trim());
                    last = here + 1;
                }
                _ => {}
            }
        }
    }
    found
}

/// What stands in quotes, if the argument is nothing but a literal.
pub(crate) fn literal(argument: &str) -> Option<&str> {
    let inner = argument.strip_prefix('"')?.strip_suffix('"')?;
    (!inner.contains('"')).then_some(inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_are_found_with_their_arguments() {
        let text = r#"x(a, "b, (c)", f(1, 2)); y.x( "only" )"#;
        assert_eq!(calls(text, "x"), vec![vec!["a", "\"b, (c)\"", "f(1, 2)"], vec!["\"only\""]]);
        assert_eq!(literal("\"only\""), Some("only"));
        assert_eq!(literal("f(\"a\")"), None);
    }
}

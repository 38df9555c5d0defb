//! Which words may stand where.

use crate::source::Source;

/// A word that may stand in some places only.
struct Rule {
    words: &'static [&'static str],
    says: &'static str,
    may: fn(&Source) -> bool,
    /// Files that may nevertheless, and why.
    except: &'static [(&'static str, &'static str)],
}

fn in_place(source: &Source, file: &str, folder: &str) -> bool {
    source.path.ends_with(file) || source.path.contains(folder)
}

const RULES: &[Rule] = &[
    Rule {
        words: &["sql!(", "Query::new(", "Query::<"],
        says: "SQL stands in store.rs, queries.rs (or folders of that name) and crates/store only",
        may: |s| {
            s.crate_name() == "store"
                || in_place(s, "/store.rs", "/store/")
                || in_place(s, "/queries.rs", "/queries/")
        },
        except: &[],
    },
    Rule {
        words: &["axum::", "use axum"],
        says: "axum stands in pages, api, crates/web and crates/server only",
        may: |s| {
            matches!(s.crate_name(), "web" | "server" | "testkit")
                || in_place(s, "/pages.rs", "/pages/")
                || in_place(s, "/api.rs", "/api/")
        },
        except: &[],
    },
    Rule {
        words: &["rusqlite", "sqlite::", "Sqlite", "postgres::", "Postgres"],
        says: "an engine is named under crates/store/src/dialect only",
        may: |s| s.path.starts_with("crates/store/src/dialect/"),
        except: &[("crates/store/src/db.rs", "the one place that chooses the engine for a location")],
    },
    Rule {
        words: &["std::fs", "std::net", "std::process", "tokio", "std::thread"],
        says: "the kernel does no input or output",
        may: |s| s.crate_name() != "kernel",
        except: &[],
    },
];

pub(super) fn check(sources: &[Source]) -> Vec<String> {
    let mut faults = Vec::new();
    for source in sources.iter().filter(|s| !s.is_test()) {
        for rule in RULES {
            if (rule.may)(source) || rule.except.iter().any(|(path, _)| *path == source.path) {
                continue;
            }
            let found = source.code().find(|(_, line)| rule.words.iter().any(|word| line.contains(word)));
            if let Some((line, _)) = found {
                faults.push(format!("{}:{line}: {}", source.path, rule.says));
            }
        }
    }
    for rule in RULES {
        for (path, reason) in rule.except {
            let needed = sources
                .iter()
                .find(|s| s.path == *path)
                .is_some_and(|s| s.code().any(|(_, line)| rule.words.iter().any(|word| line.contains(word))));
            if !needed {
                faults.push(format!("{path}: needs no exception any more ({reason}); remove it from xtask"));
            }
        }
    }
    faults
}

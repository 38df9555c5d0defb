//! Lists that page by key: filters from the query, a stable order, and a cursor instead of an offset.

use kernel::problem::{Problem, Result};
use std::collections::BTreeMap;

/// The query of an address, as typed by a person or kept in a saved filter.
#[derive(Clone, Debug, Default)]
pub struct Params(BTreeMap<String, String>);

impl Params {
    pub fn parse(query: &str) -> Self {
        let decode = |s: &str| {
            percent_encoding::percent_decode_str(&s.replace('+', " ")).decode_utf8_lossy().trim().to_owned()
        };
        Self(
            query
                .split('&')
                .filter_map(|pair| pair.split_once('='))
                .map(|(n, v)| (decode(n), decode(v)))
                .filter(|(_, v)| !v.is_empty())
                .collect(),
        )
    }

    /// The value given for a name; empty when none was.
    pub fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    pub fn has(&self, name: &str, value: impl std::fmt::Display) -> bool {
        self.get(name) == value.to_string()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The query with one name set to another value (or removed, if empty), always without the cursor.
    pub fn with(&self, name: &str, value: &str) -> String {
        let mut changed = self.0.clone();
        changed.remove("after");
        if value.is_empty() {
            changed.remove(name);
        } else {
            changed.insert(name.to_owned(), value.to_owned());
        }
        Self(changed).to_query()
    }

    pub fn to_query(&self) -> String {
        self.0
            .iter()
            .map(|(n, v)| format!("{}={}", crate::ui::encode(n), crate::ui::encode(v)))
            .collect::<Vec<_>>()
            .join("&")
    }

    /// The query without the cursor: what a saved filter keeps and an export takes.
    pub fn filters(&self) -> String {
        self.with("after", "")
    }

    /// [`filters`](Self::filters), ready for one more name to be written behind it.
    pub fn filters_and(&self) -> String {
        let filters = self.filters();
        if filters.is_empty() { filters } else { format!("{filters}&") }
    }

    /// The query that sorts by a column: rising first, then falling, then as the list is by itself.
    pub fn sorted(&self, name: &str) -> String {
        let falling = format!("-{name}");
        let next = match self.get("sort") {
            now if now == name => falling.as_str(),
            now if now == falling => "",
            _ => name,
        };
        self.with("sort", next)
    }

    /// For a column head's `aria-sort`.
    pub fn aria_sort(&self, name: &str) -> &'static str {
        match self.get("sort") {
            now if now == name => "ascending",
            now if now.strip_prefix('-') == Some(name) => "descending",
            _ => "none",
        }
    }
}

/// Where a page of a list ends: the sort value and the id of its last row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    pub sort: i64,
    pub id: i64,
}

impl Cursor {
    pub fn parse(text: &str) -> Result<Option<Self>> {
        if text.is_empty() {
            return Ok(None);
        }
        text.split_once('.')
            .and_then(|(s, i)| Some(Self { sort: s.parse().ok()?, id: i.parse().ok()? }))
            .map(Some)
            .ok_or_else(|| Problem::field("after", "not-a-cursor"))
    }
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.sort, self.id)
    }
}

/// Rows of one page, and where the next begins.
#[derive(Clone, Debug)]
pub struct Page<T> {
    pub rows: Vec<T>,
    pub next: Option<Cursor>,
}

pub const PAGE_SIZE: usize = 50;

impl<T> Page<T> {
    /// From one row more than a page holds, which tells whether there is a next page.
    pub fn from_rows(mut rows: Vec<T>, size: usize, cursor: impl Fn(&T) -> Cursor) -> Self {
        let more = rows.len() > size;
        rows.truncate(size);
        let next = if more { rows.last().map(cursor) } else { None };
        Self { rows, next }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn params_round_trip() {
        let p = Params::parse("state=open&q=%E8%B7%AF+%E7%81%AF&after=1.2&empty=");
        assert_eq!(p.get("q"), "路 灯");
        assert_eq!(Params::parse(&p.filters()).get("q"), "路 灯");
        assert_eq!(Params::parse(&p.with("state", "")).get("state"), "");
        assert!(!p.filters().contains("after"));
    }

    #[test]
    fn cursors_round_trip_and_refuse_nonsense() {
        let c = Cursor { sort: -5, id: 9 };
        assert_eq!(Cursor::parse(&c.to_string()).unwrap(), Some(c));
        assert!(Cursor::parse("x").is_err());
        assert_eq!(Cursor::parse("").unwrap(), None);
    }
}

//! How statements are written down: once, in [`sql!`](crate::sql!), which also puts them on a list. A test prepares the
//! whole list on both engines and compares the answer's column names with the record they are read into, which is what
//! a compiler would have checked.

use crate::value::{Bind, Column, Row, Value};
use kernel::problem::Result;
use std::borrow::Cow;
use std::fmt::Write;
use std::marker::PhantomData;

/// A thing that one row is read into, its columns in the order of its fields.
pub trait Record: Sized {
    /// Names of the columns; empty for tuples and single values, whose columns have no names to compare.
    const FIELDS: &'static [&'static str];
    fn read(row: &Row<'_>) -> Result<Self>;
}

/// A record that is one row of a table.
pub trait Table: Record {
    const TABLE: &'static str;
    /// The values in the order of [`Record::FIELDS`].
    fn values(&self) -> Vec<&dyn Bind>;
    fn insert_text() -> &'static str;
    /// Updates everything but `id`, where `id` and `version` are as read; sets `version` one higher.
    fn save_text() -> &'static str;
}

/// A statement whose rows are read into `R`. Made only by [`sql!`](crate::sql!) and [`Query`].
#[derive(Debug)]
pub struct Sql<'a, R = ()> {
    text: Cow<'a, str>,
    reads: PhantomData<fn() -> R>,
}

impl<R> Sql<'static, R> {
    #[doc(hidden)]
    pub const fn fixed(text: &'static str) -> Self {
        Self { text: Cow::Borrowed(text), reads: PhantomData }
    }
}

impl<R> Sql<'_, R> {
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// A statement on the list.
pub struct Statement {
    pub place: &'static str,
    /// The text, and the columns it must answer with (none to compare if empty).
    pub make: fn() -> (&'static str, &'static [&'static str]),
}

inventory::collect!(Statement);

/// Every statement of every crate linked into this program.
pub fn statements() -> impl Iterator<Item = &'static Statement> {
    inventory::iter::<Statement>.into_iter()
}

/// Writes down a statement. `sql!("update …")` runs; `sql!(CaseRow: "select {*} from case_file where id = $1")` reads
/// rows into `CaseRow`, `{*}` standing for its columns.
#[macro_export]
macro_rules! sql {
    ($text:literal) => {{
        $crate::inventory::submit! {
            $crate::Statement { place: concat!(file!(), ":", line!()), make: || ($text, &[]) }
        }
        $crate::Sql::<()>::fixed($text)
    }};
    ($record:ty : $text:literal) => {{
        fn text() -> &'static str {
            static TEXT: ::std::sync::OnceLock<::std::string::String> = ::std::sync::OnceLock::new();
            TEXT.get_or_init(|| $text.replace("{*}", &<$record as $crate::Record>::FIELDS.join(", ")))
        }
        $crate::inventory::submit! {
            $crate::Statement {
                place: concat!(file!(), ":", line!()),
                make: || (text(), <$record as $crate::Record>::FIELDS),
            }
        }
        $crate::Sql::<$record>::fixed(text())
    }};
}

/// Declares a record: `record! { pub struct Line { pub number: String, … } }`, or a table's row:
/// `record! { pub struct CaseRow in "case_file" { pub id: Id<Case>, …, pub version: i64 } }`.
#[macro_export]
macro_rules! record {
    ($(#[$meta:meta])* $vis:vis struct $name:ident {
        $($(#[$fmeta:meta])* $fvis:vis $field:ident : $type:ty),+ $(,)?
    }) => {
        $(#[$meta])*
        $vis struct $name { $($(#[$fmeta])* $fvis $field: $type),+ }
        impl $crate::Record for $name {
            const FIELDS: &'static [&'static str] = &[$(stringify!($field)),+];
            fn read(row: &$crate::Row<'_>) -> ::kernel::problem::Result<Self> {
                let mut column = 0..;
                let mut next = || column.next().unwrap_or_default();
                Ok(Self { $($field: row.get::<$type>(next())?),+ })
            }
        }
    };
    ($(#[$meta:meta])* $vis:vis struct $name:ident in $table:literal {
        $($(#[$fmeta:meta])* $fvis:vis $field:ident : $type:ty),+ $(,)?
    }) => {
        $crate::record! { $(#[$meta])* $vis struct $name { $($(#[$fmeta])* $fvis $field: $type),+ } }
        impl $crate::Table for $name {
            const TABLE: &'static str = $table;
            fn values(&self) -> ::std::vec::Vec<&dyn $crate::Bind> { vec![$(&self.$field),+] }
            fn insert_text() -> &'static str {
                static TEXT: ::std::sync::OnceLock<::std::string::String> = ::std::sync::OnceLock::new();
                TEXT.get_or_init(|| $crate::sql::insert_text($table, <$name as $crate::Record>::FIELDS))
            }
            fn save_text() -> &'static str {
                static TEXT: ::std::sync::OnceLock<::std::string::String> = ::std::sync::OnceLock::new();
                TEXT.get_or_init(|| $crate::sql::save_text($table, <$name as $crate::Record>::FIELDS))
            }
        }
        $crate::inventory::submit! {
            $crate::Statement {
                place: concat!(file!(), ":", line!()),
                make: || (<$name as $crate::Table>::insert_text(), &[]),
            }
        }
        $crate::inventory::submit! {
            $crate::Statement {
                place: concat!(file!(), ":", line!()),
                make: || (<$name as $crate::Table>::save_text(), &[]),
            }
        }
    };
}

#[doc(hidden)]
pub fn insert_text(table: &str, fields: &[&str]) -> String {
    let marks: Vec<String> = (1..=fields.len()).map(|n| format!("${n}")).collect();
    format!("insert into {table} ({}) values ({})", fields.join(", "), marks.join(", "))
}

#[doc(hidden)]
pub fn save_text(table: &str, fields: &[&str]) -> String {
    let place = |name: &str| fields.iter().position(|f| *f == name).map(|p| p + 1);
    let sets: Vec<String> =
        fields
            .iter()
            .enumerate()
            .filter(|(_, f)| **f != "id")
            .map(|(i, f)| {
                if *f == "version" { "version = version + 1".to_owned() } else { format!("{f} = ${}", i + 1) }
            })
            .collect();
    match (place("id"), place("version")) {
        (Some(id), Some(version)) => {
            format!("update {table} set {} where id = ${id} and version = ${version}", sets.join(", "))
        }
        // tables without both are only inserted into; this text is never run but stays preparable
        _ => format!("select count(*) from {table}"),
    }
}

macro_rules! tuples {
    ($($t:ident $i:tt),+) => {
        impl<$($t: Column),+> Record for ($($t,)+) {
            const FIELDS: &'static [&'static str] = &[];
            fn read(row: &Row<'_>) -> Result<Self> { Ok(($(row.get::<$t>($i)?,)+)) }
        }
    };
}
tuples!(A 0);
tuples!(A 0, B 1);
tuples!(A 0, B 1, C 2);
tuples!(A 0, B 1, C 2, D 3);
tuples!(A 0, B 1, C 2, D 3, E 4);
tuples!(A 0, B 1, C 2, D 3, E 4, F 5);

/// A statement put together at run time: for the few lists whose filters a person chooses.
///
/// Parts are written with `?` where a value goes; they are numbered `$1`, `$2` … as they are added. A `?` inside a
/// quoted literal is not looked for, so literals belong in values.
#[derive(Debug)]
pub struct Query<R> {
    text: String,
    values: Vec<Value<'static>>,
    joined: bool,
    reads: PhantomData<fn() -> R>,
}

impl<R: Record> Query<R> {
    /// `start`: everything up to the filters, `{*}` standing for the record's columns.
    pub fn new(start: &str) -> Self {
        Self {
            text: start.replace("{*}", &R::FIELDS.join(", ")),
            values: Vec::new(),
            joined: false,
            reads: PhantomData,
        }
    }
}

impl<R: Record> Query<R> {
    /// [`new`](Self::new) where values stand before the filters already, as `?`.
    pub fn with(start: &str, values: &[&dyn Bind]) -> Self {
        let mut query = Self::new("");
        query.push(&start.replace("{*}", &R::FIELDS.join(", ")), values);
        query
    }
}

impl<R> Query<R> {
    fn push(&mut self, part: &str, values: &[&dyn Bind]) {
        let mut given = values.iter();
        for piece in part.split_inclusive('?') {
            if let Some(before) = piece.strip_suffix('?') {
                self.text.push_str(before);
                if let Some(value) = given.next() {
                    self.values.push(value.bind().into_owned());
                }
                self.text.push('$');
                self.text.push_str(&self.values.len().to_string());
            } else {
                self.text.push_str(piece);
            }
        }
    }

    /// A condition that must hold too.
    pub fn filter(&mut self, condition: &str, values: &[&dyn Bind]) -> &mut Self {
        self.text.push_str(if self.joined { " and (" } else { " where (" });
        self.joined = true;
        self.push(condition, values);
        self.text.push(')');
        self
    }

    /// `column in (…)`; an empty list lets nothing through.
    pub fn one_of<T: Bind>(&mut self, column: &str, values: &[T]) -> &mut Self {
        if values.is_empty() {
            return self.filter("1 = 0", &[]);
        }
        let marks = vec!["?"; values.len()].join(", ");
        let binds: Vec<&dyn Bind> = values.iter().map(|v| v as &dyn Bind).collect();
        self.filter(&format!("{column} in ({marks})"), &binds)
    }

    /// `column in (…)` of what several queries name, each with an order and a limit of its own: the first rows of each of
    /// several kinds, which an index gives, where the first of all kinds together would mean to sort them all.
    pub fn any_of(&mut self, column: &str, queries: Vec<Query<(i64,)>>) -> &mut Self {
        if queries.is_empty() {
            return self.filter("1 = 0", &[]);
        }
        self.text.push_str(if self.joined { " and (" } else { " where (" });
        self.joined = true;
        self.text.push_str(column);
        for (n, query) in queries.into_iter().enumerate() {
            self.text.push_str(if n == 0 { " in (" } else { " union all " });
            let before = self.values.len();
            self.values.extend(query.values);
            let _ = write!(self.text, "select * from ({}) as part_{n}", shifted(&query.text, before));
        }
        self.text.push_str("))");
        self
    }

    /// What follows the filters: grouping, order, limit.
    pub fn tail(&mut self, part: &str, values: &[&dyn Bind]) -> &mut Self {
        self.text.push(' ');
        self.push(part, values);
        self
    }

    pub(crate) fn parts(&self) -> (&str, Vec<&dyn Bind>) {
        (&self.text, self.values.iter().map(|v| v as &dyn Bind).collect())
    }
}

/// The same text, `$1` being `$(1 + by)`.
fn shifted(text: &str, by: usize) -> String {
    let mut pieces = text.split('$');
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let end = piece.find(|c: char| !c.is_ascii_digit()).unwrap_or(piece.len());
        match piece[..end].parse::<usize>() {
            Ok(number) => {
                let _ = write!(out, "${}{}", number + by, &piece[end..]);
            }
            Err(_) => {
                out.push('$');
                out.push_str(piece);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_several_kinds_are_named_by_queries_of_their_own() {
        let part = |kind: &str| {
            let mut part = Query::<(i64,)>::new("select id from t");
            part.filter("kind = ? and a > ?", &[&kind, &7_i64]).tail("order by a limit ?", &[&51_i64]);
            part
        };
        let mut q = Query::<(i64,)>::new("select a from t");
        q.filter("b = ?", &[&true]).any_of("id", vec![part("x"), part("y")]).tail("limit ?", &[&51_i64]);
        assert_eq!(
            q.parts().0,
            "select a from t where (b = $1) and (id in (select * from (select id from t where (kind = $2 and a > $3) \
             order by a limit $4) as part_0 union all select * from (select id from t where (kind = $5 and a > $6) order by a \
             limit $7) as part_1)) limit $8"
        );
        assert_eq!(q.parts().1.len(), 8);
    }

    #[test]
    fn queries_number_their_values() {
        let mut q = Query::<(i64,)>::new("select count(*) from t");
        q.filter("a = ? or b > ?", &[&1_i64, &2_i64]).one_of("c", &["x", "y"]).one_of::<i64>("d", &[]);
        q.tail("order by a limit ?", &[&51_i64]);
        assert_eq!(
            q.parts().0,
            "select count(*) from t where (a = $1 or b > $2) and (c in ($3, $4)) and (1 = 0) order by a limit $5"
        );
        assert_eq!(q.parts().1.len(), 5);
    }

    #[test]
    fn saves_are_optimistic() {
        assert_eq!(
            save_text("t", &["id", "a", "version"]),
            "update t set a = $2, version = version + 1 where id = $1 and version = $3"
        );
    }
}

//! From a foreign file's columns to our fields, after a mapping file.
//!
//! ```toml
//! timezone = "+08:00"              # of times without an offset; this is the default
//! blanks = ["N/A", "Unspecified"]  # texts that mean nothing
//! within = [97.0, 39.0, 99.0, 40.5]  # west, south, east, north: where positions may lie
//!
//! [fields.external_id]
//! from = "Unique Key"
//! required = true                  # blank or faulty: the row is refused
//! unique = true                    # a second row with the same value is refused
//!
//! [fields.title]
//! from = ["Complaint Type", "Descriptor"]   # joined, blanks left out
//! join = " / "
//! max_len = 60                     # longer text is cut and reported
//!
//! [fields.closed_at]
//! from = "Closed Date"
//! kind = "instant"                 # text (default), integer, number, date, instant, longitude, latitude
//! format = ["%m/%d/%Y %I:%M:%S %p", "rfc3339"]  # the first that fits; without it the usual Chinese and ISO forms
//! not_before = "reported_at"       # an earlier one is a fault
//! on_fault = "refuse"              # instead of leaving the field out, which is the default where nothing is required
//!
//! [fields.source]
//! from = "Channel"
//! values = { PHONE = "phone", ONLINE = "web" }
//! default = "other"                # for values not in the table, which are reported; without it they are faults
//!
//! [fields.agency]
//! const = "311"
//! ```

mod apply;
mod dates;
mod rules;

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use jiff::civil::Date;
use kernel::time::Instant;

use crate::error::Error;
use crate::header::Header;
use crate::report::{Reason, Remark};
use crate::row::Row;
use rules::{File, Rule};

/// The value of one of our fields.
#[derive(Clone, Debug, PartialEq)]
pub enum Field {
    Text(String),
    Int(i64),
    Real(f64),
    Date(Date),
    Instant(Instant),
}

/// Our fields by name; a field that was blank is absent.
pub type Fields = BTreeMap<Arc<str>, Field>;

/// A row that fits, with what had to be changed in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Mapped {
    pub row: u64,
    pub fields: Fields,
    pub repairs: Vec<Remark>,
}

/// A row that does not fit, with every reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowProblems {
    pub row: u64,
    pub remarks: Vec<Remark>,
}

/// A mapping file, checked.
#[derive(Clone, Debug)]
pub struct Mapping {
    name: Option<String>,
    within: Option<[f64; 4]>,
    rules: Vec<Rule>,
}

impl std::str::FromStr for Mapping {
    type Err = Error;

    fn from_str(toml: &str) -> Result<Self, Error> {
        File::parse(toml)?.check()
    }
}

impl Mapping {
    /// What the file calls itself.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The names of the fields it makes.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        self.rules.iter().map(|rule| &*rule.field)
    }

    /// The reference system the positions are in, if the file says.
    pub fn crs(&self) -> Option<&str> {
        self.rules.iter().find_map(|rule| rule.crs.as_deref())
    }

    /// Fields and the columns they need that the table does not have.
    pub fn missing<'a>(&'a self, header: &Header) -> Vec<(&'a str, &'a str)> {
        let mut missing = Vec::new();
        for rule in &self.rules {
            for column in rule.from.iter().filter(|column| header.position(column).is_none()) {
                missing.push((&*rule.field, column.as_str()));
            }
        }
        missing
    }

    /// Maps one row. Rows are looked at singly: duplicates are found by a [`Session`].
    pub fn apply(&self, row: &Row) -> Result<Mapped, RowProblems> {
        apply::apply(self, row)
    }

    /// Begins the reading of one file.
    pub fn session(&self) -> Session<'_> {
        Session { mapping: self, seen: vec![HashSet::new(); self.rules.len()] }
    }
}

/// One file's reading: maps rows and remembers what must be unique.
#[derive(Debug)]
pub struct Session<'m> {
    mapping: &'m Mapping,
    seen: Vec<HashSet<Box<str>>>,
}

impl Session<'_> {
    /// Maps one row and refuses it when an earlier row had the same value in a field that is `unique`.
    pub fn apply(&mut self, row: &Row) -> Result<Mapped, RowProblems> {
        let mapped = self.mapping.apply(row)?;
        let mut remarks = Vec::new();
        for (rule, seen) in self.mapping.rules.iter().zip(&mut self.seen) {
            if !rule.unique {
                continue;
            }
            let Some(value) = mapped.fields.get(&*rule.field) else { continue };
            if !seen.insert(value.to_string().into()) {
                remarks.push(Remark::new(mapped.row, &*rule.field, Reason::DuplicateId));
            }
        }
        if remarks.is_empty() { Ok(mapped) } else { Err(RowProblems { row: mapped.row, remarks }) }
    }
}

impl Field {
    pub fn as_text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    pub fn as_int(&self) -> Option<i64> {
        if let Self::Int(n) = self { Some(*n) } else { None }
    }

    pub fn as_real(&self) -> Option<f64> {
        if let Self::Real(n) = self { Some(*n) } else { None }
    }

    pub fn as_date(&self) -> Option<Date> {
        if let Self::Date(date) = self { Some(*date) } else { None }
    }

    pub fn as_instant(&self) -> Option<Instant> {
        if let Self::Instant(at) = self { Some(*at) } else { None }
    }
}

impl std::fmt::Display for Field {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Int(n) => n.fmt(f),
            Self::Real(n) => n.fmt(f),
            Self::Date(date) => date.fmt(f),
            Self::Instant(at) => f.write_str(&at.rfc3339()),
        }
    }
}

//! The mapping file as it is written, and checked into rules.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::tz::Offset;
use serde::Deserialize;

use super::Mapping;
use super::dates::{self, Form};
use crate::error::Error;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    name: Option<String>,
    timezone: Option<String>,
    #[serde(default)]
    blanks: Vec<String>,
    within: Option<[f64; 4]>,
    fields: BTreeMap<String, FieldFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FieldFile {
    #[serde(default)]
    from: OneOrMany,
    join: Option<String>,
    #[serde(default)]
    kind: FieldKind,
    #[serde(default)]
    format: OneOrMany,
    timezone: Option<String>,
    #[serde(default)]
    values: HashMap<String, String>,
    default: Option<String>,
    #[serde(rename = "const")]
    constant: Option<String>,
    #[serde(default)]
    blanks: Vec<String>,
    #[serde(default)]
    required: bool,
    #[serde(default)]
    unique: bool,
    max_len: Option<usize>,
    crs: Option<String>,
    not_before: Option<String>,
    on_fault: Option<OnFault>,
}

#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(super) enum FieldKind {
    #[default]
    Text,
    Integer,
    Number,
    Date,
    Instant,
    Longitude,
    Latitude,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(super) enum OnFault {
    Clear,
    Refuse,
}

#[derive(Default, Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    #[default]
    None,
    One(String),
    Many(Vec<String>),
}

impl From<OneOrMany> for Vec<String> {
    fn from(value: OneOrMany) -> Self {
        match value {
            OneOrMany::None => Self::new(),
            OneOrMany::One(one) => vec![one],
            OneOrMany::Many(many) => many,
        }
    }
}

/// How one field is made.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub(super) field: Arc<str>,
    pub(super) from: Vec<String>,
    pub(super) join: String,
    pub(super) kind: FieldKind,
    pub(super) forms: Vec<Form>,
    pub(super) offset: Offset,
    /// Keys in lower case.
    pub(super) values: HashMap<String, String>,
    pub(super) default: Option<String>,
    pub(super) constant: Option<String>,
    pub(super) blanks: Vec<String>,
    pub(super) required: bool,
    pub(super) unique: bool,
    pub(super) max_len: Option<usize>,
    pub(super) crs: Option<String>,
    pub(super) not_before: Option<Arc<str>>,
    /// A fault refuses the row instead of emptying the field.
    pub(super) strict: bool,
}

fn wrong(text: impl Into<String>) -> Error {
    Error::Mapping(text.into())
}

/// Dots on one line, and brackets that are open at a time, of a mapping that somebody means.
const DOTS: usize = 24;
const OPEN: usize = 16;
/// Stack for reading one, in bytes.
const STACK: usize = 32 << 20;

/// Whether a text may hold so many tables in each other (`a.a.a.a…`) that reading it would overflow the stack, which ends
/// the whole program. Dots and brackets in texts are counted too: a mapping has few of them.
fn is_deep(toml: &str) -> bool {
    let mut open = 0_usize;
    toml.lines().filter(|line| !line.trim_start().starts_with('#')).any(|line| {
        let mut dots = 0;
        line.chars().any(|c| {
            match c {
                '.' => dots += 1,
                '[' | '{' => open += 1,
                ']' | '}' => open = open.saturating_sub(1),
                _ => {}
            }
            dots > DOTS || open > OPEN
        })
    })
}

impl File {
    pub(super) fn parse(toml: &str) -> Result<Self, Error> {
        if is_deep(toml) {
            return Err(wrong("it has far more levels than any mapping needs"));
        }
        // what texts hide from the count above still meets the parser's own bound; room for all of it
        std::thread::scope(|scope| {
            let roomy = std::thread::Builder::new().stack_size(STACK);
            let read = roomy.spawn_scoped(scope, || toml::from_str(toml).map_err(|e| wrong(e.to_string())));
            read.map_err(|e| wrong(e.to_string()))?.join().unwrap_or_else(|_| Err(wrong("it cannot be read")))
        })
    }

    pub(super) fn check(self) -> Result<Mapping, Error> {
        if self.fields.is_empty() {
            return Err(wrong("it has no fields"));
        }
        let names: Vec<String> = self.fields.keys().cloned().collect();
        let mut rules = Vec::new();
        for (name, file) in self.fields {
            if let Some(other) = &file.not_before
                && !names.contains(other)
            {
                return Err(wrong(format!("{name}: not_before names {other}, which is no field")));
            }
            rules.push(file.check(&name, self.timezone.as_deref(), &self.blanks)?);
        }
        let count = |kind| rules.iter().filter(|rule: &&Rule| rule.kind == kind).count();
        match (count(FieldKind::Longitude), count(FieldKind::Latitude)) {
            (0, 0) | (1, 1) => {}
            _ => return Err(wrong("a position needs one longitude and one latitude")),
        }
        if let Some([west, south, east, north]) = self.within
            && !(west < east && south < north)
        {
            return Err(wrong("within must be west, south, east, north"));
        }
        Ok(Mapping { name: self.name, within: self.within, rules })
    }
}

impl FieldFile {
    fn check(self, name: &str, timezone: Option<&str>, blanks: &[String]) -> Result<Rule, Error> {
        let from = Vec::from(self.from);
        if from.is_empty() == self.constant.is_none() {
            return Err(wrong(format!("{name}: give either from or const")));
        }
        let timezone = self.timezone.as_deref().or(timezone).unwrap_or("+08:00");
        let offset = dates::offset(timezone)
            .ok_or_else(|| wrong(format!("{name}: {timezone} is no offset such as +08:00")))?;
        let formats = Vec::from(self.format);
        let timed = matches!(self.kind, FieldKind::Date | FieldKind::Instant);
        if !timed && !formats.is_empty() {
            return Err(wrong(format!("{name}: only a date or an instant has a format")));
        }
        if self.not_before.is_some() && !timed {
            return Err(wrong(format!("{name}: only a date or an instant can be not_before another")));
        }
        let refuse = self.on_fault == Some(OnFault::Refuse);
        if self.required && self.on_fault == Some(OnFault::Clear) {
            return Err(wrong(format!("{name}: a required field cannot be cleared")));
        }
        Ok(Rule {
            field: name.into(),
            from,
            join: self.join.unwrap_or_else(|| " ".to_owned()),
            kind: self.kind,
            forms: if timed { Form::list(&formats) } else { Vec::new() },
            offset,
            values: self.values.into_iter().map(|(key, value)| (key.trim().to_lowercase(), value)).collect(),
            default: self.default,
            constant: self.constant,
            blanks: blanks.iter().chain(&self.blanks).map(|blank| blank.to_lowercase()).collect(),
            required: self.required,
            unique: self.unique,
            max_len: self.max_len,
            crs: self.crs,
            not_before: self.not_before.map(Into::into),
            strict: self.required || refuse,
        })
    }
}

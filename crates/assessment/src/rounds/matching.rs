//! What the texts of rows mean: pure, from rows, names, and what people have said.

use super::model::{Match, Name, NameKind, RowRecord};
use scoring::Exact;
use scoring::round::Point;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Ten-thousandths of a point.
const PARTS: i64 = 10_000;
/// Names that are proposed for one text.
const PROPOSED: usize = 3;
/// How much of two names must be the same for one to be proposed for the other, from 0 to 1.
const NEAR: f64 = 0.4;

/// Something in a row that a person should look at. The row is scored all the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Warning {
    pub row: i64,
    /// `serial`, `item`, `point`, `lost`, `given`, `street`, `unit`.
    pub field: &'static str,
    pub code: Code,
    pub text: String,
    /// Names that it may mean, likest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub nearest: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// An earlier row has the same serial number.
    RepeatedSerial,
    /// Nothing stands there.
    Blank,
    /// No name of the tables; the text counts as an item, street or unit of its own.
    UnknownName,
    /// Not a number; nothing is taken off.
    NotANumber,
    /// Below 0 or above 1; the nearer of the two is taken.
    OutOfRange,
    /// More than four places; rounded to four.
    Rounded,
    /// What the file gives is not 1 less what it takes off; what is taken off holds.
    Disagrees,
    /// Nobody is responsible: neither street nor unit.
    NoUnit,
    /// The same unit twice in one row; it counts once.
    RepeatedUnit,
}

impl Code {
    pub fn code(self) -> &'static str {
        match self {
            Code::RepeatedSerial => "repeated_serial",
            Code::Blank => "blank",
            Code::UnknownName => "unknown_name",
            Code::NotANumber => "not_a_number",
            Code::OutOfRange => "out_of_range",
            Code::Rounded => "rounded",
            Code::Disagrees => "disagrees",
            Code::NoUnit => "no_unit",
            Code::RepeatedUnit => "repeated_unit",
        }
    }
}

/// Rows made into points, in their order, with all that was odd.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Matched {
    pub points: Vec<Point>,
    pub warnings: Vec<Warning>,
    /// Texts that mean nothing certain, with how many rows have them and the nearest names.
    pub open: Vec<Open>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Open {
    pub kind: NameKind,
    pub text: String,
    pub rows: i64,
    pub nearest: Vec<String>,
}

/// Names by what may stand in a row for them.
struct Book<'a> {
    names: BTreeMap<NameKind, Vec<&'a str>>,
    known: HashMap<(NameKind, String), &'a str>,
    /// Texts that stand for themselves, because a person said so.
    own: BTreeSet<(NameKind, String)>,
}

impl<'a> Book<'a> {
    fn new(names: &'a [Name], said: &[Match]) -> Self {
        let mut book = Self { names: BTreeMap::new(), known: HashMap::new(), own: BTreeSet::new() };
        for name in names {
            book.names.entry(name.kind).or_default().push(&name.name);
            if !name.code.is_empty() {
                book.known.entry((name.kind, plain(&name.code))).or_insert(&name.name);
            }
        }
        // a name goes before a number, and what a person said before both
        for name in names {
            book.known.insert((name.kind, plain(&name.name)), &name.name);
        }
        for said in said {
            if said.own {
                book.own.insert((said.kind, plain(&said.text)));
            } else if let Some(name) = names.iter().find(|name| name.id == said.name_id) {
                book.known.insert((said.kind, plain(&said.text)), &name.name);
            }
        }
        book
    }

    fn name(&self, kind: NameKind, text: &str) -> Option<&'a str> {
        self.known.get(&(kind, plain(text))).copied()
    }

    fn nearest(&self, kind: NameKind, text: &str) -> Vec<String> {
        let wanted = plain(text);
        let mut likest: Vec<(f64, &str)> = self
            .names
            .get(&kind)
            .into_iter()
            .flatten()
            .map(|name| (likeness(&wanted, &plain(name)), *name))
            .filter(|(like, _)| *like >= NEAR)
            .collect();
        likest.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
        likest.into_iter().take(PROPOSED).map(|(_, name)| name.to_owned()).collect()
    }
}

/// Without what people write differently: spaces, quotes, full-width forms, letters' case.
pub(crate) fn plain(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            other => other,
        })
        .filter(|c| !c.is_whitespace() && !"“”\"'‘’《》「」".contains(*c))
        .flat_map(char::to_lowercase)
        .collect()
}

/// From 0 to 1: pairs of neighbouring characters in common, characters to change, or how much of the longer name the shorter
/// is, for Chinese shortens names by leaving characters out (市容局 of 市容市政局).
#[expect(clippy::cast_precision_loss, reason = "lengths of names")]
fn likeness(one: &str, other: &str) -> f64 {
    let (short, long) =
        if one.chars().count() <= other.chars().count() { (one, other) } else { (other, one) };
    if short.is_empty() {
        return 0.0;
    }
    let alike = strsim::sorensen_dice(short, long).max(strsim::normalized_damerau_levenshtein(short, long));
    let mut rest = long.chars();
    if !short.chars().all(|c| rest.any(|other| other == c)) {
        return alike;
    }
    alike.max(0.5 + 0.5 * short.chars().count() as f64 / long.chars().count() as f64)
}

/// An item's name and what is counted within it: `公益广告12` is the twelfth part of 公益广告.
fn divided(text: &str) -> (&str, String) {
    let is_digit = |c: &char| matches!(c, '0'..='9' | '０'..='９');
    let digits = text.chars().rev().take_while(is_digit).count();
    let cut = text.char_indices().rev().nth(digits.saturating_sub(1)).map_or(text.len(), |(at, _)| at);
    // more than two are a year or a number of something else
    if digits == 0 || digits > 2 || cut == 0 {
        (text, String::new())
    } else {
        (text[..cut].trim_end(), plain(&text[cut..]))
    }
}

/// What a text means. Texts of a file are few and stand there often: each is looked up once.
#[derive(Clone, Copy)]
enum Meaning<'a> {
    Known(&'a str),
    /// It stands for itself.
    Own,
    /// No name of the tables.
    Unknown,
}

/// What is taken off, in ten-thousandths, with what is odd about it: the field, and how.
type Lost = (i64, Vec<(&'static str, Code)>);

struct Reader<'a> {
    book: Book<'a>,
    meanings: HashMap<NameKind, HashMap<String, Meaning<'a>>>,
    nearest: HashMap<(NameKind, String), Vec<String>>,
    losses: HashMap<String, HashMap<String, Lost>>,
    found: Matched,
    /// Text by kind, with how many rows have it.
    open: BTreeMap<(NameKind, String), i64>,
    serials: BTreeSet<String>,
}

/// What rows mean. As many points as rows, in the same order.
pub fn matched(rows: &[RowRecord], names: &[Name], said: &[Match]) -> Matched {
    let mut reader = Reader {
        book: Book::new(names, said),
        meanings: HashMap::new(),
        nearest: HashMap::new(),
        losses: HashMap::new(),
        found: Matched::default(),
        open: BTreeMap::new(),
        serials: BTreeSet::new(),
    };
    for row in rows {
        let point = reader.point(row);
        reader.found.points.push(point);
    }
    let open = std::mem::take(&mut reader.open);
    reader.found.open = open
        .into_iter()
        .map(|((kind, text), rows)| {
            let nearest = reader.book.nearest(kind, &text);
            Open { kind, text, rows, nearest }
        })
        .collect();
    reader.found
}

impl<'a> Reader<'a> {
    fn nearest(&mut self, kind: NameKind, text: &str) -> Vec<String> {
        let key = (kind, text.to_owned());
        self.nearest.entry(key).or_insert_with(|| self.book.nearest(kind, text)).clone()
    }

    fn meaning(&mut self, kind: NameKind, text: &str) -> Meaning<'a> {
        let known = self.meanings.entry(kind).or_default();
        if let Some(meaning) = known.get(text) {
            return *meaning;
        }
        let meaning = match self.book.name(kind, text) {
            Some(name) => Meaning::Known(name),
            // without a table there is nothing that it could be missing from
            None if !self.book.names.contains_key(&kind) => Meaning::Own,
            None if self.book.own.contains(&(kind, plain(text))) => Meaning::Own,
            None => Meaning::Unknown,
        };
        known.insert(text.to_owned(), meaning);
        meaning
    }

    fn warn(&mut self, row: &RowRecord, field: &'static str, code: Code, text: &str) {
        let nearest = match (code, field) {
            (Code::UnknownName, "item") => self.nearest(NameKind::Item, text),
            (Code::UnknownName, "street") => self.nearest(NameKind::Street, text),
            (Code::UnknownName, "unit") => self.nearest(NameKind::Unit, text),
            _ => Vec::new(),
        };
        self.found.warnings.push(Warning {
            row: row.row_number,
            field,
            code,
            text: text.to_owned(),
            nearest,
        });
    }

    /// The name for a text, or the text itself.
    fn name(&mut self, row: &RowRecord, kind: NameKind, field: &'static str, text: &str) -> String {
        match self.meaning(kind, text) {
            Meaning::Known(name) => name.to_owned(),
            Meaning::Own => text.to_owned(),
            Meaning::Unknown => {
                self.warn(row, field, Code::UnknownName, text);
                *self.open.entry((kind, text.to_owned())).or_insert(0) += 1;
                text.to_owned()
            }
        }
    }

    fn point(&mut self, row: &RowRecord) -> Point {
        if !row.serial.is_empty() && !self.serials.insert(row.serial.clone()) {
            self.warn(row, "serial", Code::RepeatedSerial, &row.serial);
        }
        if row.point.is_empty() {
            self.warn(row, "point", Code::Blank, "");
        }
        let (item, sub_item) = if row.item.is_empty() {
            self.warn(row, "item", Code::Blank, "");
            (String::new(), row.sub_item.clone())
        } else {
            // a name that ends in digits by itself is not cut
            let whole = matches!(self.meaning(NameKind::Item, &row.item), Meaning::Known(_));
            let (text, digits) = if whole { (row.item.as_str(), String::new()) } else { divided(&row.item) };
            let sub_item = if row.sub_item.is_empty() { digits } else { row.sub_item.clone() };
            (self.name(row, NameKind::Item, "item", text), sub_item)
        };
        let lost = self.lost(row);
        let street =
            (!row.street.is_empty()).then(|| self.name(row, NameKind::Street, "street", &row.street));
        let mut units: Vec<String> = Vec::new();
        for text in &row.units.0 {
            let name = self.name(row, NameKind::Unit, "unit", text);
            if units.contains(&name) {
                self.warn(row, "unit", Code::RepeatedUnit, text);
            } else {
                units.push(name);
            }
        }
        if street.is_none() && units.is_empty() {
            self.warn(row, "unit", Code::NoUnit, "");
        }
        Point { item, sub_item, lost, street, units }
    }

    fn lost(&mut self, row: &RowRecord) -> i64 {
        let known = self.losses.get(&row.lost).and_then(|by_given| by_given.get(&row.given)).cloned();
        let (parts, odd) = known.unwrap_or_else(|| {
            let found = lost(&row.lost, &row.given);
            self.losses.entry(row.lost.clone()).or_default().insert(row.given.clone(), found.clone());
            found
        });
        for (field, code) in odd {
            self.warn(row, field, code, if field == "given" { &row.given } else { &row.lost });
        }
        parts
    }
}

fn lost(lost: &str, given: &str) -> Lost {
    let (nothing, all) = (Exact::zero(), Exact::one());
    let mut odd = Vec::new();
    let lost = match (lost, Exact::parse(lost)) {
        ("", _) => nothing.clone(),
        (_, Some(lost)) => lost,
        (_, None) => {
            odd.push(("lost", Code::NotANumber));
            nothing.clone()
        }
    };
    let within = lost.clone().max(nothing).min(all.clone());
    if within != lost {
        odd.push(("lost", Code::OutOfRange));
    }
    let parts = (within.clone() * Exact::from(PARTS)).round(0);
    if parts != within.clone() * Exact::from(PARTS) {
        odd.push(("lost", Code::Rounded));
    }
    if !given.is_empty() {
        match Exact::parse(given) {
            Some(given) if given == all - within => {}
            Some(_) => odd.push(("given", Code::Disagrees)),
            None => odd.push(("given", Code::NotANumber)),
        }
    }
    (parts.shown(0).parse().unwrap_or(0), odd)
}

#[cfg(test)]
#[path = "matching_tests.rs"]
mod tests;

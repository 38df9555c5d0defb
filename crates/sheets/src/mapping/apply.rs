//! Applying a mapping to one row.

use std::borrow::Cow;

use super::dates;
use super::rules::{FieldKind, Rule};
use super::{Field, Fields, Mapped, Mapping, RowProblems};
use crate::report::{Reason, Remark, WHOLE_ROW};
use crate::row::Row;

/// What is being found out about one row.
struct Work<'m> {
    row: u64,
    fields: Fields,
    repairs: Vec<Remark>,
    refused: Vec<Remark>,
    mapping: &'m Mapping,
}

pub(super) fn apply(mapping: &Mapping, row: &Row) -> Result<Mapped, RowProblems> {
    let mut work =
        Work { row: row.number(), fields: Fields::new(), repairs: Vec::new(), refused: Vec::new(), mapping };
    match row.note() {
        Some(reason @ Reason::NotAnObject) => work.refused.push(Remark::new(work.row, WHOLE_ROW, reason)),
        note => {
            if let Some(reason) = note {
                work.repairs.push(Remark::new(work.row, WHOLE_ROW, reason));
            }
            for rule in &mapping.rules {
                work.field(rule, row);
            }
            work.position();
            work.order();
        }
    }
    if work.refused.is_empty() {
        Ok(Mapped { row: work.row, fields: work.fields, repairs: work.repairs })
    } else {
        Err(RowProblems { row: work.row, remarks: work.refused })
    }
}

impl Work<'_> {
    fn field(&mut self, rule: &Rule, row: &Row) {
        let constant = rule.constant.as_deref().map(Cow::Borrowed);
        let Some(raw) = constant.or_else(|| gather(rule, row)) else {
            if rule.required {
                self.refused.push(Remark::new(self.row, &*rule.field, Reason::MissingColumn));
            }
            return;
        };
        if raw.is_empty() {
            // blank is no fault of a field that may be blank, however strict it is otherwise
            if rule.required {
                self.refused.push(Remark::new(self.row, &*rule.field, Reason::Blank));
            }
            return;
        }
        let looked_up = self.look_up(rule, &raw);
        match looked_up.and_then(|value| self.convert(rule, &value)) {
            Ok(field) => {
                self.fields.insert(rule.field.clone(), field);
            }
            Err(reason) => self.fault(rule, reason),
        }
    }

    fn fault(&mut self, rule: &Rule, reason: Reason) {
        let remark = Remark::new(self.row, &*rule.field, reason);
        if rule.strict { self.refused.push(remark) } else { self.repairs.push(remark) }
    }

    fn look_up<'v>(&mut self, rule: &'v Rule, raw: &'v str) -> Result<Cow<'v, str>, Reason> {
        if rule.values.is_empty() || rule.constant.is_some() {
            return Ok(Cow::Borrowed(raw));
        }
        if let Some(value) = rule.values.get(&raw.to_lowercase()) {
            return Ok(Cow::Borrowed(value));
        }
        let default = rule.default.as_deref().ok_or(Reason::UnknownValue)?;
        self.repairs.push(Remark::new(self.row, &*rule.field, Reason::UnknownValue));
        Ok(Cow::Borrowed(default))
    }

    fn convert(&mut self, rule: &Rule, value: &str) -> Result<Field, Reason> {
        match rule.kind {
            FieldKind::Text => self.text(rule, value),
            FieldKind::Integer => integer(value).map(Field::Int),
            FieldKind::Number | FieldKind::Longitude | FieldKind::Latitude => number(value).map(Field::Real),
            FieldKind::Date | FieldKind::Instant => {
                let written = dates::parse(&rule.forms, value).ok_or(Reason::NotADate)?;
                if written.at.year() <= 1900 {
                    return Err(Reason::Year1900);
                }
                if rule.kind == FieldKind::Date {
                    return Ok(Field::Date(written.at.date()));
                }
                dates::instant(written, rule.offset).map(Field::Instant).ok_or(Reason::NotADate)
            }
        }
    }

    fn text(&mut self, rule: &Rule, value: &str) -> Result<Field, Reason> {
        let Some(limit) = rule.max_len else { return Ok(Field::Text(value.to_owned())) };
        let Some((end, _)) = value.char_indices().nth(limit) else {
            return Ok(Field::Text(value.to_owned()));
        };
        // half an identifier is another identifier
        if rule.strict || rule.unique {
            return Err(Reason::TooLong);
        }
        self.repairs.push(Remark::new(self.row, &*rule.field, Reason::TooLong));
        Ok(Field::Text(value[..end].to_owned()))
    }

    /// Longitude and latitude are right together or not at all.
    fn position(&mut self) {
        let find = |kind| self.mapping.rules.iter().find(|rule| rule.kind == kind);
        let (Some(lng), Some(lat)) = (find(FieldKind::Longitude), find(FieldKind::Latitude)) else { return };
        let value = |rule: &Rule| self.fields.get(&*rule.field).and_then(Field::as_real);
        let reason = match (value(lng), value(lat)) {
            (None, None) => None,
            (Some(x), Some(y)) => self.position_fault(x, y),
            _ => Some(Reason::PositionHalf),
        };
        let Some(reason) = reason else { return };
        self.fields.remove(&*lng.field);
        self.fields.remove(&*lat.field);
        let already = |remarks: &[Remark]| {
            remarks.iter().any(|remark| *remark.field == *lng.field || *remark.field == *lat.field)
        };
        // half a position whose other half has its own remark needs no second one
        if reason == Reason::PositionHalf && (already(&self.repairs) || already(&self.refused)) {
            return;
        }
        self.fault(if lat.strict { lat } else { lng }, reason);
    }

    fn position_fault(&self, x: f64, y: f64) -> Option<Reason> {
        if x == 0.0 && y == 0.0 {
            return Some(Reason::Position00);
        }
        let [west, south, east, north] = self.mapping.within.unwrap_or([-180.0, -90.0, 180.0, 90.0]);
        let inside = (west..=east).contains(&x) && (south..=north).contains(&y);
        (!inside).then_some(Reason::PositionOutside)
    }

    /// What must not come before something else.
    fn order(&mut self) {
        for rule in &self.mapping.rules {
            let Some(earlier) = rule.not_before.as_ref().and_then(|name| self.fields.get(name)) else {
                continue;
            };
            let wrong = match (earlier, self.fields.get(&*rule.field)) {
                (Field::Instant(earlier), Some(Field::Instant(later))) => later < earlier,
                (Field::Date(earlier), Some(Field::Date(later))) => later < earlier,
                _ => false,
            };
            if wrong {
                self.fields.remove(&*rule.field);
                self.fault(rule, Reason::ClosingBeforeOpening);
            }
        }
    }
}

/// The columns' text, trimmed and joined; `None` when the file has none of them.
fn gather<'r>(rule: &Rule, row: &'r Row) -> Option<Cow<'r, str>> {
    let mut joined: Option<Cow<'r, str>> = None;
    for column in &rule.from {
        let Some(cell) = row.get(column) else { continue };
        let cell = cell.trim();
        let blank = !rule.blanks.is_empty() && rule.blanks.contains(&cell.to_lowercase());
        let cell = if blank { "" } else { cell };
        joined = Some(match joined {
            None => Cow::Borrowed(cell),
            Some(before) if cell.is_empty() => before,
            Some(before) if before.is_empty() => Cow::Borrowed(cell),
            Some(before) => Cow::Owned(format!("{before}{}{cell}", rule.join)),
        });
    }
    joined
}

/// Digits as Chinese input methods also type them.
fn plain_digits(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(
        text.chars()
            .map(|c| match c {
                '０'..='９' | '．' | '－' | '＋' | '，' => {
                    char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c)
                }
                other => other,
            })
            .collect(),
    )
}

/// `1,234,567.5` without its commas; other commas are left in place, and then it is no number.
fn ungrouped(text: &str) -> Cow<'_, str> {
    if !text.contains(',') {
        return Cow::Borrowed(text);
    }
    let whole = text.split('.').next().unwrap_or_default().trim_start_matches(['-', '+']);
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let proper = (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3);
    if proper { Cow::Owned(text.replace(',', "")) } else { Cow::Borrowed(text) }
}

fn number(text: &str) -> Result<f64, Reason> {
    let digits = plain_digits(text);
    ungrouped(&digits).parse::<f64>().ok().filter(|n| n.is_finite()).ok_or(Reason::NotANumber)
}

#[expect(clippy::cast_possible_truncation, reason = "whole and below 10^15")]
fn integer(text: &str) -> Result<i64, Reason> {
    let digits = plain_digits(text);
    let digits = ungrouped(&digits);
    if let Ok(n) = digits.parse() {
        return Ok(n);
    }
    let n = number(text)?;
    if n.fract() == 0.0 && n.abs() < 1e15 { Ok(n as i64) } else { Err(Reason::NotAnInteger) }
}

//! One row's cells, and why it was refused.

use crate::columns::{
    CROSSING_FROM, CROSSING_TO, Column, FROM_M, SECTION, STANDARD, STREET, TO_M, UNIT, UNIT_CODE,
};
use crate::model::{Section, Standard};
use crate::queries;
use ::store::Tx;
use kernel::ctx::Unit;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::time::Date;
use places::queries::{SectionFilter, sections};
use sheets::{Remark, Row, WHOLE_ROW};
use std::collections::HashMap;

/// Why a row stays out: field and code, several at once.
#[derive(Clone, Debug, Default)]
pub(super) struct Causes(Vec<(String, String)>);

impl Causes {
    pub(super) fn add(&mut self, field: &str, code: &str) {
        self.0.push((field.to_owned(), code.to_owned()));
    }

    pub(super) fn one(field: &str, code: &str) -> Self {
        Self(vec![(field.to_owned(), code.to_owned())])
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn remarks(self, row: u64) -> Vec<Remark> {
        self.0.into_iter().map(|(field, code)| Remark::new(row, field, code)).collect()
    }

    /// A command's refusal as causes. Faults of ours are not the row's and end the import.
    pub(super) fn of(problem: Problem) -> Result<Self> {
        if problem.is_ours() || problem.status == 401 {
            return Err(problem);
        }
        let mut causes = Self::default();
        for field in &problem.fields {
            causes.add(&field.field, field.code);
        }
        if causes.is_empty() {
            causes.add(WHOLE_ROW, problem.code);
        }
        Ok(causes)
    }
}

/// What the rows may name.
pub(super) struct Known {
    units: HashMap<String, Id<Unit>>,
    standards: Vec<Standard>,
}

impl Known {
    pub(super) fn load(tx: &mut Tx<'_>) -> Result<Self> {
        let options = people::queries::all_units_options(tx)?;
        let units = options.into_iter().flat_map(|o| [(o.code, o.id), (o.name, o.id)]).collect();
        Ok(Self { units, standards: queries::standards(tx)? })
    }

    /// The unit of a row: by its code, else by its name.
    pub(super) fn unit(&self, row: &Row, causes: &mut Causes) -> Option<Id<Unit>> {
        let (code, name) = (UNIT_CODE.of(row), UNIT.of(row));
        let found = self.units.get(code).or_else(|| self.units.get(name)).copied();
        if found.is_none() {
            causes.add(
                UNIT.name,
                if code.is_empty() && name.is_empty() { "blank" } else { "adoption_unknown_unit" },
            );
        }
        found
    }

    pub(super) fn standard(&self, row: &Row) -> Option<Id<Standard>> {
        let text = STANDARD.of(row);
        self.standards
            .iter()
            .find(|s| [&s.code, &s.name_zh, &s.name_en].iter().any(|n| *n == text))
            .map(|s| s.id)
    }
}

/// The section of a row: by its number where the street agrees, else by street and crossings.
pub(super) fn section(tx: &mut Tx<'_>, row: &Row, causes: &mut Causes) -> Result<Option<Id<Section>>> {
    let (number, street) = (SECTION.of(row), STREET.of(row));
    if number.is_empty() && street.is_empty() {
        causes.add(SECTION.name, "blank");
        return Ok(None);
    }
    if let Ok(section) = places::queries::section_by_number(tx, number)
        && (street.is_empty() || section.street == street)
    {
        return Ok(Some(section.id));
    }
    let (from, to) = (CROSSING_FROM.of(row), CROSSING_TO.of(row));
    let wanted = SectionFilter { street: street.to_owned(), ..SectionFilter::default() };
    let found = if street.is_empty() { Vec::new() } else { sections(tx, &wanted, None, 500)?.rows };
    let here: Vec<&Section> =
        found.iter().filter(|s| s.from_crossing == from && s.to_crossing == to).collect();
    match here.as_slice() {
        [one] => return Ok(Some(one.id)),
        [] if found.iter().any(|s| s.from_crossing == to && s.to_crossing == from) => {
            causes.add(CROSSING_FROM.name, "adoption_turned_round");
        }
        _ => causes.add(SECTION.name, "adoption_unknown_section"),
    }
    Ok(None)
}

fn metres(column: &Column, row: &Row, causes: &mut Causes) -> Option<f64> {
    let text = column.of(row);
    if text.is_empty() {
        return None;
    }
    let number = text
        .trim_end_matches(['米', 'm'])
        .replace(',', "")
        .trim()
        .parse::<f64>()
        .ok()
        .filter(|n| n.is_finite());
    if number.is_none() {
        causes.add(column.name, "not_a_number");
    }
    number
}

/// From and to; blank is the section's beginning and end.
pub(super) fn extent(row: &Row, causes: &mut Causes) -> (f64, Option<f64>) {
    (metres(&FROM_M, row, causes).unwrap_or(0.0), metres(&TO_M, row, causes))
}

/// A date; `None` where there is none. Workbooks give dates with a time of nought.
pub(super) fn date(column: &Column, row: &Row, causes: &mut Causes) -> Option<Date> {
    let text =
        column.of(row).split([' ', 'T']).next().unwrap_or_default().replace(['/', '.', '年', '月'], "-");
    let text = text.trim_end_matches('日');
    if text.is_empty() {
        return None;
    }
    let mut parts = text.split('-').map(|part| part.parse::<i16>().ok());
    let read = match (parts.next().flatten(), parts.next().flatten(), parts.next().flatten(), parts.next()) {
        (Some(y), Some(m), Some(d), None) => {
            i8::try_from(m).ok().zip(i8::try_from(d).ok()).and_then(|(m, d)| Date::new(y, m, d).ok())
        }
        _ => None,
    };
    if read.is_none() {
        causes.add(column.name, "not_a_date");
    }
    read
}

//! One row's cells, and why it was refused.

use crate::columns::{
    CROSSING_FROM, CROSSING_TO, Column, FROM_M, SECTION, STANDARD, STREET, TO_M, UNIT, UNIT_CODE,
};
use crate::model::{Section, Standard};
use crate::queries;
use ::store::Tx;
use kernel::ctx::Unit;
use kernel::id::Id;
use kernel::problem::Result;
use kernel::time::Date;
use people::queries::{Unfound, UnitBook};
use places::queries::{SectionFilter, sections};
use sheets::{Remark, Row};
use web::import::Causes;

/// What the rows may name.
pub(super) struct Known {
    units: UnitBook,
    standards: Vec<Standard>,
}

impl Known {
    pub(super) fn load(tx: &mut Tx<'_>) -> Result<Self> {
        Ok(Self { units: UnitBook::load(tx)?, standards: queries::standards(tx)? })
    }

    /// The unit of a row: by its name; its code tells units of one name apart. A code that is another unit's here, as it is
    /// when the file comes from another city, is passed over and noted.
    pub(super) fn unit(&self, row: &Row, causes: &mut Causes, notes: &mut Vec<Remark>) -> Option<Id<Unit>> {
        match self.units.find(UNIT_CODE.of(row), UNIT.of(row)) {
            Ok(found) => {
                if found.code_differs {
                    notes.push(Remark::new(row.number(), UNIT_CODE.name, "adoption_code_passed_over"));
                }
                Some(found.unit)
            }
            Err(unfound) => {
                let (field, code) = match unfound {
                    Unfound::Blank => (UNIT.name, "blank"),
                    Unfound::Unknown => (UNIT.name, "adoption_unknown_unit"),
                    Unfound::Several => (UNIT.name, "adoption_several_units"),
                    Unfound::OtherName => (UNIT_CODE.name, "adoption_code_of_another"),
                };
                causes.add(field, code);
                None
            }
        }
    }

    pub(super) fn standard(&self, row: &Row) -> Option<Id<Standard>> {
        let text = STANDARD.of(row);
        self.standards
            .iter()
            .find(|s| [&s.code, &s.name_zh, &s.name_en].iter().any(|n| *n == text))
            .map(|s| s.id)
    }
}

/// The section of a row: by its number where street and crossings agree (or are not told), else by street and crossings.
/// Numbers are given by each city in its own order.
pub(super) fn section(tx: &mut Tx<'_>, row: &Row, causes: &mut Causes) -> Result<Option<Id<Section>>> {
    let (number, street) = (SECTION.of(row), STREET.of(row));
    if number.is_empty() && street.is_empty() {
        causes.add(SECTION.name, "blank");
        return Ok(None);
    }
    let (from, to) = (CROSSING_FROM.of(row), CROSSING_TO.of(row));
    if let Ok(section) = places::queries::section_by_number(tx, number) {
        let told = [(street, &section.street), (from, &section.from_crossing), (to, &section.to_crossing)];
        if told.iter().all(|(told, known)| told.is_empty() || told == known) {
            return Ok(Some(section.id));
        }
    }
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

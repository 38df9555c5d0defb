//! From a file to rows, all of them.

use super::model::RowRecord;
use ::store::value::Json;
use kernel::id::Id;
use kernel::problem::{FieldError, Problem, Result};
use sheets::{Header, Heading, Options, Places, Row, Source};

const SERIAL: Heading = Heading::new("序号", &["编号", "row_id", "serial"]);
const ITEM: Heading = Heading::new("项目", &["测评项目", "指标", "item_id", "item"]);
const SUB_ITEM: Heading = Heading::new("子项", &["测评内容", "branch", "sub_item"]);
const POINT: Heading = Heading::new("考察点位", &["点位", "点位名称", "point"]);
const LOST: Heading = Heading::new("扣分", &["lose", "lost", "deduction"]);
const GIVEN: Heading = Heading::new("得分", &["get", "score"]);
const STREET: Heading = Heading::new("区域", &["街道", "责任街道", "street_id", "street"]);
/// Units written into one cell, by their numbers, with spaces between.
const UNIT_NUMBERS: Heading = Heading::new("department_ids", &["unit_ids"]);
/// Columns of units are numbered from 2 on, the street being the first that is responsible.
const UNITS: &str = "责任单位";

const KNOWN: [&Heading; 8] = [&SERIAL, &ITEM, &SUB_ITEM, &POINT, &LOST, &GIVEN, &STREET, &UNIT_NUMBERS];

/// Longest text of a cell that is kept, in characters; more is no name.
const LONGEST: usize = 500;

/// All rows of a table.
///
/// # Errors
/// `import_file: missing-columns` where item or point have no column; what cannot be read as a table.
pub(crate) fn rows(bytes: Vec<u8>) -> Result<Vec<RowRecord>> {
    let mut source = Source::from_bytes(bytes, &Options::default()).map_err(web::import::no_table)?;
    let missing: Vec<&str> =
        [&ITEM, &POINT].into_iter().filter(|column| !column.is_in(source.header())).map(|c| c.name).collect();
    if !missing.is_empty() {
        let found = source.header().names().join("、");
        let fault = FieldError::new("import_file", "missing-columns").arg("missing", missing.join("、"));
        return Err(Problem::invalid(vec![fault.arg("found", found)]));
    }
    let layout = Layout::of(source.header());
    let mut all = Vec::new();
    for row in source.rows().map_err(web::import::no_table)? {
        all.push(layout.read(&row.map_err(web::import::no_table)?));
    }
    Ok(all)
}

/// Where everything stands in a file, found once for all its rows.
struct Layout {
    known: [Places; KNOWN.len()],
    units: Vec<usize>,
    /// Columns that we have no name for, with theirs.
    rest: Vec<(usize, String)>,
}

impl Layout {
    fn of(header: &Header) -> Self {
        let known = KNOWN.map(|heading| heading.places(header));
        let (mut units, mut rest) = (Vec::new(), Vec::new());
        for (column, title) in header.names().iter().enumerate() {
            if KNOWN.iter().any(|heading| heading.is_called(title)) {
                continue;
            }
            if title.starts_with(UNITS) {
                units.push(column);
            } else {
                rest.push((column, title.clone()));
            }
        }
        Self { known, units, rest }
    }

    fn read(&self, row: &Row) -> RowRecord {
        let [serial, item, sub_item, point, lost, given, street, unit_numbers] =
            self.known.each_ref().map(|places| places.of(row));
        let filled = |column: &usize| Some(kept(row.at(*column))).filter(|cell| !cell.is_empty());
        let mut units: Vec<String> = unit_numbers.split([' ', ',', ';']).map(kept).collect();
        units.extend(self.units.iter().filter_map(filled));
        let mut rest: Vec<(String, String)> =
            self.rest.iter().filter_map(|(column, title)| Some((title.clone(), filled(column)?))).collect();
        rest.extend(row.extra().map(kept).filter(|cell| !cell.is_empty()).map(|cell| (String::new(), cell)));
        // 0 is how tables of numbers say that there is none
        units.retain(|unit| !unit.is_empty() && unit != "0");
        RowRecord {
            id: Id::new(0),
            round_id: Id::new(0),
            row_number: i64::try_from(row.number()).unwrap_or(i64::MAX),
            serial: kept(serial),
            item: kept(item),
            sub_item: kept(sub_item),
            point: kept(point),
            lost: kept(lost),
            given: kept(given),
            street: if street == "0" { String::new() } else { kept(street) },
            units: Json(units),
            rest: Json(rest),
        }
    }
}

fn kept(cell: &str) -> String {
    cell.trim().chars().take(LONGEST).collect()
}

/// Names of a table that comes beside a workbook: number and name of each line, blank ones excepted.
pub(crate) fn names(bytes: Vec<u8>) -> Result<Vec<(String, String)>> {
    const CODE: Heading = Heading::new("id", &["编号", "序号", "代码", "code"]);
    const NAME: Heading = Heading::new("name", &["名称", "单位名称", "指标名称", "街道名称"]);
    let mut source = Source::from_bytes(bytes, &Options::default()).map_err(web::import::no_table)?;
    if !NAME.is_in(source.header()) {
        let found = source.header().names().join("、");
        let fault = FieldError::new("tables", "missing-columns").arg("missing", "name").arg("found", found);
        return Err(Problem::invalid(vec![fault]));
    }
    let mut all = Vec::new();
    for row in source.rows().map_err(web::import::no_table)? {
        let row = row.map_err(web::import::no_table)?;
        let name = kept(NAME.of(&row));
        if !name.is_empty() {
            all.push((kept(CODE.of(&row)), name));
        }
    }
    Ok(all)
}

//! A workbook in: its sheets as rows of known columns, then a checklist of them, then the checklist's own faults brought
//! back to the cells they come from.

use super::choices::{Lists, lists};
use super::columns::{Column, Known, known, of_part};
use super::report::{Account, Import, code};
use super::survey::items;
use crate::model::{Checklist, Format, Text};
use crate::problems::{Place, Problem};
use sheets::{Error, HeaderFault, Limits, Options, Source};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub(super) const SURVEY: &str = "survey";
pub(super) const CHOICES: &str = "choices";
pub(super) const SETTINGS: &str = "settings";

/// Rows of one sheet: more than a checklist can have.
const ROWS: u64 = 20_000;

/// A row's cells in columns that we know, without surrounding space.
pub(super) struct Row {
    pub(super) number: u64,
    cells: BTreeMap<Column, String>,
    /// Columns that were asked for.
    asked: RefCell<BTreeSet<Column>>,
}

impl Row {
    pub(super) fn get(&self, column: Column) -> &str {
        self.asked.borrow_mut().insert(column);
        self.cells.get(&column).map(String::as_str).unwrap_or_default()
    }

    pub(super) fn words(&self, zh: Column, en: Column) -> Text {
        Text::new(self.get(zh), self.get(en))
    }

    /// Columns with something in them that nobody asked for.
    pub(super) fn unused(&self) -> Vec<(Column, &str)> {
        let asked = self.asked.borrow();
        let unused = self.cells.iter().filter(|(column, cell)| !cell.is_empty() && !asked.contains(column));
        unused.map(|(column, cell)| (*column, cell.as_str())).collect()
    }
}

fn options(sheet: &str) -> Options {
    let limits =
        Limits { bytes: 8 << 20, unpacked: 64 << 20, whole: 0, rows: ROWS, columns: 200, cell: 32 << 10 };
    Options { sheet: Some(sheet.to_owned()), header_row: Some(1), limits, ..Options::default() }
}

/// Reads XLSX, XLS or ODS.
pub fn read(bytes: &[u8]) -> Import {
    let bytes: Arc<[u8]> = Arc::from(bytes);
    let mut account = Account::default();
    let Some(survey) = sheet(&bytes, SURVEY, &[Column::Type, Column::Name], true, &mut account) else {
        return Import { checklist: None, faults: account.faults, notes: account.notes };
    };
    let wanted = [Column::ListName, Column::Name];
    let choices = sheet(&bytes, CHOICES, &wanted, false, &mut account).unwrap_or_default();
    let settings = sheet(&bytes, SETTINGS, &[Column::FormId], true, &mut account).unwrap_or_default();
    let lists = lists(&choices, &mut account);
    let (items, rows) = items(&survey, &mut account);
    if settings.len() > 1 {
        account.fault(SETTINGS, settings.get(1).map_or(0, |row| row.number), "", code::SETTINGS_ROWS, "");
    }
    let setting = |column| settings.first().map(|row| row.get(column).to_owned()).unwrap_or_default();
    setting(Column::DefaultLanguage);
    let checklist = Checklist {
        format: Format,
        code: setting(Column::FormId),
        version: setting(Column::Version),
        title: Text::new(setting(Column::FormTitle), setting(Column::TitleEn)),
        lists: lists.all.clone(),
        items,
    };
    for row in &settings {
        unused(SETTINGS, row, &mut account);
    }
    // a sheet that could not be read has said so; what follows from it would only be noise
    let readable = !account.faults.iter().any(|fault| fault.row == 0);
    if readable {
        for problem in checklist.problems() {
            place(&problem, &lists, &rows, settings.first().map_or(0, |row| row.number), &mut account);
        }
    }
    let checklist = account.faults.is_empty().then_some(checklist);
    Import { checklist, faults: account.faults, notes: account.notes }
}

/// Notes what stands in columns that have no meaning for a row.
pub(super) fn unused(sheet: &str, row: &Row, account: &mut Account) {
    for (column, cell) in row.unused() {
        account.note(sheet, row.number, column.name(), code::CELL_UNUSED, cell);
    }
}

/// Says where in the workbook a fault of the checklist is.
fn place(problem: &Problem, lists: &Lists, rows: &[u64], settings: u64, account: &mut Account) {
    let column = of_part(problem.part).name();
    let row_of = |number: usize| number.checked_sub(1).and_then(|at| rows.get(at)).copied().unwrap_or(0);
    let (sheet, row) = match &problem.place {
        Place::Checklist if problem.part == crate::Part::Items => (SURVEY, 1),
        Place::Checklist => (SETTINGS, settings),
        Place::Item { number, .. } => (SURVEY, row_of(*number)),
        Place::List { number, choice, .. } => {
            let list = number.checked_sub(1).and_then(|at| lists.rows.get(at));
            let at = choice.unwrap_or(1).checked_sub(1);
            (CHOICES, list.zip(at).and_then(|(rows, at)| rows.get(at)).copied().unwrap_or(0))
        }
    };
    let column = match (&problem.place, problem.part) {
        (Place::List { choice: None, .. }, _) => Column::ListName.name(),
        _ => column,
    };
    account.fault(sheet, row, column, problem.code.code(), &problem.what);
}

/// Rows of a sheet; `None` where it cannot be read, which is then told.
fn sheet(
    bytes: &Arc<[u8]>,
    name: &'static str,
    wanted: &[Column],
    needed: bool,
    account: &mut Account,
) -> Option<Vec<Row>> {
    let mut source = match Source::from_bytes(Arc::clone(bytes), &options(name)) {
        Ok(source) => source,
        Err(Error::NoSuchSheet { .. } | Error::Empty) => {
            if needed {
                account.fault(name, 0, "", code::NO_SHEET, name);
            }
            return None;
        }
        Err(error) => {
            // the other sheets would only say the same
            if name == SURVEY {
                account.fault(name, 0, "", code::FILE, error.code());
            }
            return None;
        }
    };
    if source.sheets().is_empty() {
        account.fault(name, 0, "", code::NOT_A_WORKBOOK, "");
        return None;
    }
    for fault in source.header_faults() {
        if let HeaderFault::Duplicate { name: header, .. } = fault {
            account.fault(name, 1, header, code::COLUMN_TWICE, header);
        }
    }
    let headers = source.header().names().to_vec();
    let columns: Vec<Known> = headers.iter().map(|header| known(header)).collect();
    for (at, column) in columns.iter().enumerate() {
        if let Known::Column(known) = column
            && columns.iter().take(at).any(|before| before == column)
        {
            account.fault(
                name,
                1,
                known.name(),
                code::COLUMN_TWICE,
                headers.get(at).map_or("", String::as_str),
            );
        }
        // blank headers were given a name; their cells are told below
        if *column == Known::PassedOver {
            account.note(name, 1, "", code::COLUMN_UNKNOWN, headers.get(at).map_or("", String::as_str));
        }
    }
    for column in wanted {
        if !columns.contains(&Known::Column(*column)) {
            account.fault(name, 0, column.name(), code::NO_COLUMN, column.name());
            return None;
        }
    }
    let mut rows = Vec::new();
    let read = match source.rows() {
        Ok(read) => read,
        Err(error) => {
            account.fault(name, 0, "", code::FILE, error.code());
            return None;
        }
    };
    for row in read {
        let row = match row {
            Ok(row) => row,
            Err(Error::TooManyRows { .. }) => {
                account.fault(name, 0, "", code::TOO_MANY_ROWS, &ROWS.to_string());
                return None;
            }
            Err(error) => {
                account.fault(name, 0, "", code::FILE, error.code());
                return None;
            }
        };
        let mut cells = BTreeMap::new();
        for (at, column) in columns.iter().enumerate() {
            let cell = row.at(at).trim();
            match column {
                Known::Column(column) => {
                    cells.entry(*column).or_insert_with(|| cell.to_owned());
                }
                Known::Refused if !cell.is_empty() => {
                    let header = headers.get(at).map_or("", String::as_str);
                    account.fault(name, row.number(), header, code::COLUMN_REFUSED, cell);
                }
                Known::Refused | Known::PassedOver => {}
            }
        }
        rows.push(Row { number: row.number(), cells, asked: RefCell::default() });
    }
    Some(rows)
}

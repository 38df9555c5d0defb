//! The sheet of choices.

use super::columns::Column;
use super::read::{CHOICES, Row, unused};
use super::report::{Account, code};
use super::{CONFORMS, CONFORMS_STRICTLY};
use crate::model::{Choice, List, conforms_choices};

/// Lists in the order of their first choices, with the rows of each.
#[derive(Default)]
pub(super) struct Lists {
    pub(super) all: Vec<List>,
    pub(super) rows: Vec<Vec<u64>>,
}

pub(super) fn lists(rows: &[Row], account: &mut Account) -> Lists {
    let (mut lists, mut own) = (Lists::default(), Lists::default());
    for row in rows {
        let name = row.get(Column::ListName);
        let label = row.words(Column::LabelZh, Column::LabelEn);
        let choice = Choice { name: row.get(Column::Name).to_owned(), label };
        let into = if [CONFORMS, CONFORMS_STRICTLY].contains(&name) { &mut own } else { &mut lists };
        let at = into.all.iter().position(|list| list.name == name).unwrap_or_else(|| {
            into.all.push(List { name: name.to_owned(), choices: Vec::new() });
            into.rows.push(Vec::new());
            into.all.len() - 1
        });
        if let Some((list, rows)) = into.all.get_mut(at).zip(into.rows.get_mut(at)) {
            list.choices.push(choice);
            rows.push(row.number);
        }
        unused(CHOICES, row, account);
    }
    // these lists are ours: their words may be changed by nobody, or two checklists would mean different things by them
    for (list, rows) in own.all.iter().zip(&own.rows) {
        let known = conforms_choices(list.name == CONFORMS);
        let same = list.choices.len() == known.len()
            && list.choices.iter().zip(&known).all(|(one, other)| one.name == other.name);
        if !same {
            let row = rows.first().copied().unwrap_or_default();
            account.fault(CHOICES, row, Column::ListName.name(), code::LIST_CHANGED, &list.name);
        }
    }
    lists
}

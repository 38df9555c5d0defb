//! What a row says.

use super::Outcome;
use crate::columns::{
    ABOVE, ABOVE_NAME, CODE, CONTACT, CREDIT_CODE, INTO, KIND, NAME, PHONE, SHORT_NAME, STATE,
};
use crate::model::{Contact, UnitFacts, UnitState};
use crate::queries::{self, KindRow};
use kernel::problem::Result;
use kernel::workflow::Named;
use sheets::{Row, Source};
use std::collections::HashSet;
use store::Tx;
use web::import::{Causes, no_table};

/// The kind of a new unit of which the file tells none.
pub(super) const OTHER: &str = "other";
/// The kind of the unit above all others.
pub(super) const CITY: &str = "city";

/// A row that can be read.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    pub(super) row: u64,
    /// As the file has it; perhaps another city's.
    pub(super) code: String,
    /// The kind is empty where the file tells none.
    pub(super) facts: UnitFacts,
    /// Code and name of the unit above, either of which may be blank.
    pub(super) above: (String, String),
    pub(super) state: UnitState,
    /// The code of the unit into which it was merged.
    pub(super) into: String,
}

/// What became of rows, by their numbers.
type Outcomes = Vec<(u64, Outcome)>;

/// All rows: those that can be read, and what is wrong with the others.
pub(super) fn read(tx: &mut Tx<'_>, source: &mut Source) -> Result<(Vec<Wanted>, Outcomes)> {
    let kinds = queries::kinds(tx)?;
    let (mut wanted, mut outcomes, mut codes) = (Vec::new(), Vec::new(), HashSet::new());
    for row in source.rows().map_err(no_table)? {
        let row = row.map_err(no_table)?;
        match one(&row, &kinds) {
            Ok(one) if !one.code.is_empty() && !codes.insert(one.code.clone()) => {
                outcomes.push((one.row, Err(Causes::one(CODE.name, "duplicate_id"))));
            }
            Ok(one) => wanted.push(one),
            Err(causes) => outcomes.push((row.number(), Err(causes))),
        }
    }
    Ok((wanted, outcomes))
}

fn one(row: &Row, kinds: &[KindRow]) -> std::result::Result<Wanted, Causes> {
    let mut causes = Causes::default();
    if NAME.of(row).is_empty() {
        causes.add(NAME.name, "blank");
    }
    let kind = match (KIND.of(row), kind(kinds, KIND.of(row))) {
        (_, Some(kind)) => kind.to_owned(),
        ("", None) => String::new(),
        _ => {
            causes.add(KIND.name, "unknown_value");
            String::new()
        }
    };
    let state = state(STATE.of(row)).unwrap_or_else(|| {
        causes.add(STATE.name, "unknown_value");
        UnitState::Active
    });
    let into = INTO.of(row).to_owned();
    if state == UnitState::Merged && into.is_empty() {
        causes.add(INTO.name, "blank");
    }
    if !causes.is_empty() {
        return Err(causes);
    }
    let facts = UnitFacts {
        name: NAME.of(row).to_owned(),
        short_name: SHORT_NAME.of(row).to_owned(),
        kind,
        credit_code: Some(CREDIT_CODE.of(row).to_owned()).filter(|c| !c.is_empty()),
        contact: Contact { name: CONTACT.of(row).to_owned(), phone: PHONE.of(row).to_owned() },
    };
    let (code, above) = (CODE.of(row).to_owned(), (ABOVE.of(row).to_owned(), ABOVE_NAME.of(row).to_owned()));
    Ok(Wanted { row: row.number(), code, facts, above, state, into })
}

/// A kind by its code or its name in either language.
fn kind<'a>(kinds: &'a [KindRow], text: &str) -> Option<&'a str> {
    let called =
        |kind: &&KindRow| [&kind.code, &kind.name_zh, &kind.name_en].iter().any(|name| **name == text);
    kinds.iter().find(called).map(|kind| kind.code.as_str())
}

fn state(text: &str) -> Option<UnitState> {
    UnitState::parse(text).or(match text {
        "" | "正常" => Some(UnitState::Active),
        "已注销" | "注销" => Some(UnitState::Closed),
        "已合并" | "合并" => Some(UnitState::Merged),
        _ => None,
    })
}

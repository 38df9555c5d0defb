//! What a record says of standards, in few words: a line for each observation. The score of a city is made of half a million of them,
//! and a row for each would take longer to fetch than all arithmetic.

use crate::model::{Observed, Record, share};
use ::store::{Tx, record};
use inspections::model::Drawn;
use kernel::ctx::{Person, Unit};
use kernel::id::Id;
use kernel::problem::Result;
use kernel::time::Instant;
use scoring::{Exact, Value};

record! {
    /// A record that counts, with its lines.
    #[derive(Clone, Debug)]
    pub struct Tally {
        pub point_id: Id<Drawn>,
        pub point_name: String,
        pub unit_id: Option<Id<Unit>>,
        pub person_id: Id<Person>,
        /// Number of the record.
        pub number: String,
        pub at: Instant,
        /// `share|weight|good|of_all|counted|standard`
        pub lines: String,
    }
}

impl Tally {
    /// A line for each observation, to be read by [`said`]. Lines of many records are alike.
    pub fn said(&self) -> impl Iterator<Item = &str> {
        self.lines.split('\n')
    }
}

/// What a line says: the standard's code, and what was found as a rule takes it. None of what is no line.
pub fn said(line: &str) -> Option<(&str, Value)> {
    let (at, _) = line.match_indices('|').nth(FIGURES - 1)?;
    Some((line.get(at + 1..)?, value(line.get(..at)?)))
}

/// Figures of a line.
const FIGURES: usize = 5;

/// Keeps what a record observed, each observation by itself and all of them as lines. The record has none yet.
pub fn keep(tx: &mut Tx<'_>, record: &Record, all: &[Observed]) -> Result<()> {
    for one in all {
        tx.insert(one)?;
    }
    if all.is_empty() { Ok(()) } else { crate::store::keep_tally(tx, record, &lines(all)) }
}

/// Observations of one record as they are kept.
fn lines(all: &[Observed]) -> String {
    let line = |o: &Observed| {
        let standard = o.standard.replace(['\r', '\n'], " ");
        format!("{}|{}|{}|{}|{}|{standard}", o.share, o.weight, o.good, o.of_all, o.counted)
    };
    all.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Figures of an observation as a rule takes them; not applicable where they are none.
fn value(figures: &str) -> Value {
    let mut parts = figures.split('|');
    let text = parts.next().unwrap_or_default();
    let mut number = || parts.next().and_then(|part| part.parse::<i64>().ok());
    let (Some(weight), Some(good), Some(of_all), Some(counted)) = (number(), number(), number(), number())
    else {
        return Value::NotApplicable;
    };
    if weight == 0 {
        return Value::NotApplicable;
    }
    whole(&share(text), good, of_all, counted > 0)
}

/// An exact share from 0 to 1; what was counted stays counted.
fn whole(share: &Exact, good: i64, of_all: i64, counted: bool) -> Value {
    if *share == Exact::one() {
        return Value::Met;
    }
    if share.is_zero() && !counted {
        return Value::Unmet;
    }
    match (u32::try_from(good), u32::try_from(of_all)) {
        (Ok(seen), Ok(wanted)) if counted && wanted > 0 => Value::Counted { seen, wanted },
        _ => {
            #[expect(clippy::cast_possible_truncation, reason = "a share of ten thousand")]
            let points = (share.to_f64() * 10_000.0).round() as i64;
            Value::Points(points)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_as_rules_take_them() {
        assert_eq!(value("1|1|0|0|0"), Value::Met);
        assert_eq!(value("0|1|0|0|0"), Value::Unmet);
        assert_eq!(value("0|0|0|0|0"), Value::NotApplicable);
        assert_eq!(value("0.8|1|4|5|5"), Value::Counted { seen: 4, wanted: 5 });
        assert_eq!(value("7/12|1|0|0|0"), Value::Points(5833));
        assert_eq!(value("what"), Value::NotApplicable);
    }

    #[test]
    fn a_standard_may_have_any_name() {
        let tally = Tally {
            point_id: Id::new(1),
            point_name: String::new(),
            unit_id: None,
            person_id: Id::new(1),
            number: String::new(),
            at: Instant(0),
            lines: "1|1|0|0|0|通用-01\n0|1|0|0|0|a|b\nbroken".to_owned(),
        };
        let found: Vec<_> = tally.said().filter_map(said).collect();
        assert_eq!(found, [("通用-01", Value::Met), ("a|b", Value::Unmet)]);
    }
}

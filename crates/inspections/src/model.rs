//! An inspection, what binds it, and the points that were drawn. No input or output.

use crate::workflow::State;
use draw::{Plan, Record, Replacement, Row};
use kernel::id::Id;
use kernel::problem::{FieldError, Findings, Problem, Result};
use kernel::time::{Date, Instant, days_since_epoch};
use places::model::Site;
use std::collections::BTreeMap;
use store::value::Json;
use store::{Sealed, record, sealed_columns};

kernel::named! {
    /// How many points each stratum gives.
    pub enum Method {
        /// The number beside a type, in each division.
        Fixed = "fixed",
        /// The number beside a type, divided over the divisions by how many points they have.
        PerType = "per-type",
        /// One number for all, divided over all strata by how many points they have.
        Total = "total",
    }
}
store::coded!(Method);

/// Most points of one type, or of all, that are asked for.
pub const MOST_POINTS: i64 = 2000;
/// Longest inspection, in days.
pub const LONGEST: i32 = 92;
/// Points of inspections that were drawn at most this long ago can be left out, in months.
pub const MOST_MONTHS: i64 = 36;
/// Longest names and texts, in characters.
pub const NAME: usize = 60;
pub const WORDS: usize = 200;

sealed_columns! {
    /// What the draw cannot be foretold without: 64 hexadecimal digits.
    pub DrawSecret = "inspection_draw"."secret" of "id";
}

record! {
    /// 实地考察轮次.
    #[derive(Clone, Debug)]
    pub struct Inspection in "inspection" {
        pub id: Id<Inspection>,
        /// `IN-2026-0001`: what people see.
        pub number: String,
        pub name: String,
        pub state: State,
        pub from_date: Date,
        /// The last day.
        pub until_date: Date,
        pub method: Method,
        /// Types of point by code, with the number asked for; for [`Method::Total`] the number does not matter.
        pub amounts: Json<BTreeMap<String, i64>>,
        /// For [`Method::Total`].
        pub total: i64,
        /// Whether streets and towns are strata, or the city as a whole is.
        pub by_division: bool,
        /// Points drawn in the last so many months are left out; 0: none.
        pub exclude_months: i64,
        /// Of a hundred points, how many are visited twice.
        pub second_percent: i64,
        /// The value from outside that will be mixed in, and who brings it.
        pub public_source: String,
        /// Why it was cancelled.
        pub reason: String,
        pub created_by: String,
        pub created_at: Instant,
        pub version: i64,
    }
}

/// What somebody plans.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub name: String,
    pub from_date: Date,
    pub until_date: Date,
    pub method: Method,
    pub amounts: BTreeMap<String, i64>,
    pub total: i64,
    pub by_division: bool,
    pub exclude_months: i64,
    pub second_percent: i64,
    pub public_source: String,
}

/// A text that must be there, of at most so many characters; control characters become spaces.
///
/// # Errors
/// 422 at the field.
pub fn words(field: &'static str, text: &str, most: usize) -> std::result::Result<String, FieldError> {
    let text = draw::cell(text);
    match text.chars().count() {
        0 => Err(FieldError::new(field, "required")),
        n if n > most => Err(FieldError::new(field, "too-long").arg("max", most)),
        _ => Ok(text),
    }
}

impl Draft {
    /// # Errors
    /// 422 with every field that is wrong.
    pub fn check(&self, known: &[String]) -> Result<()> {
        let mut findings = Findings::default();
        findings.take(words("inspection_name", &self.name, NAME));
        findings.take(words("inspection_public", &self.public_source, WORDS));
        let days = days_since_epoch(self.until_date) - days_since_epoch(self.from_date);
        findings.check(days >= 0, "inspection_until", "inspection-days-backwards");
        if days >= LONGEST {
            findings.add(FieldError::new("inspection_until", "inspection-days-many").arg("most", LONGEST));
        }
        findings.check(!self.amounts.is_empty(), "inspection_types", "required");
        findings.check(
            self.amounts.keys().all(|code| known.contains(code)),
            "inspection_types",
            "not-a-choice",
        );
        if self.method != Method::Total
            && let Some(wrong) = self.amounts.values().find(|n| !(1..=MOST_POINTS).contains(*n))
        {
            findings.within("inspection_types", *wrong, 1, MOST_POINTS);
        }
        if self.method == Method::Total {
            findings.within("inspection_total", self.total, 1, MOST_POINTS);
        }
        findings.within("inspection_exclude", self.exclude_months, 0, MOST_MONTHS);
        findings.within("inspection_second", self.second_percent, 0, 100);
        findings.done()
    }
}

record! {
    /// What an inspection is bound to, and what came of it.
    #[derive(Clone, Debug)]
    pub struct Draw in "inspection_draw" {
        pub id: Id<Draw>,
        pub inspection_id: Id<Inspection>,
        /// The rows that were hashed.
        pub plan: Json<Vec<Row>>,
        pub register: Json<Vec<Row>>,
        pub register_hash: String,
        /// Published at once.
        pub commitment: String,
        pub secret: Sealed<DrawSecret>,
        pub committed_at: Instant,
        pub committed_by: String,
        pub public_value: String,
        pub witness: String,
        pub drawn_at: Option<Instant>,
        pub drawn_by: String,
        pub version: i64,
    }
}

record! {
    /// A point of an inspection.
    #[derive(Clone, Debug)]
    pub struct Drawn in "inspection_point" {
        pub id: Id<Drawn>,
        pub inspection_id: Id<Inspection>,
        pub site_id: Id<Site>,
        /// As it was when the register was frozen, as everything up to `lat`.
        pub number: String,
        pub kind: String,
        pub division: String,
        pub name: String,
        pub lng: f64,
        pub lat: f64,
        /// Place in the order of its stratum, from 1.
        pub place: i64,
        /// Whether it is visited twice.
        pub second: bool,
        /// The point for which it stands in; empty where it was drawn itself.
        pub stands_for: String,
        /// 0 while it is visited; else it was the first, second … to be replaced.
        pub out_place: i64,
        /// The point that stands in for it.
        pub out_in: String,
        pub out_reason: String,
        pub out_at: Option<Instant>,
        pub out_by: String,
        pub version: i64,
    }
}

impl Drawn {
    pub fn is_out(&self) -> bool {
        self.out_place > 0
    }
}

impl Draw {
    /// The plan that was frozen.
    pub fn plan(&self) -> Result<Plan> {
        Plan::parse(&self.plan.0).ok_or_else(|| Problem::internal("a frozen plan is none"))
    }

    /// The secret's bytes.
    pub fn secret(&self) -> Result<draw::Hash> {
        let bytes = hex::decode(self.secret.as_str()).map_err(Problem::internal)?;
        bytes.try_into().map_err(|_| Problem::internal("a secret of another length"))
    }

    /// The whole draw, with its replacements in their order; `None` before it.
    pub fn record(&self, points: &[Drawn]) -> Result<Option<Record>> {
        let Some(drawn_at) = self.drawn_at else { return Ok(None) };
        let said = (self.public_value.clone(), self.witness.clone(), drawn_at.rfc3339());
        let tables = (self.plan.0.clone(), self.register.0.clone());
        let mut record = Record::make(&self.secret()?, tables, said)
            .ok_or_else(|| Problem::internal("a frozen plan is none"))?;
        let mut out: Vec<&Drawn> = points.iter().filter(|p| p.is_out()).collect();
        out.sort_by_key(|p| p.out_place);
        record.replacements = out
            .into_iter()
            .map(|p| Replacement {
                out: p.number.clone(),
                r#in: p.out_in.clone(),
                reason: p.out_reason.clone(),
                at: p.out_at.map(Instant::rfc3339).unwrap_or_default(),
            })
            .collect();
        record.seal();
        Ok(Some(record))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::time::parse_date;

    fn draft() -> Draft {
        let day = |text| parse_date(text).unwrap();
        Draft {
            name: "第一季度".into(),
            from_date: day("2026-03-09"),
            until_date: day("2026-03-13"),
            method: Method::Fixed,
            amounts: BTreeMap::from([("market".to_owned(), 2)]),
            total: 0,
            by_division: true,
            exclude_months: 6,
            second_percent: 10,
            public_source: "福彩3D开奖号码".into(),
        }
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once() {
        let known = ["market".to_owned()];
        draft().check(&known).unwrap();
        let wrong = Draft {
            name: " \t".into(),
            until_date: parse_date("2026-03-01").unwrap(),
            amounts: BTreeMap::from([("moon".to_owned(), 0)]),
            exclude_months: 99,
            second_percent: 101,
            public_source: "字".repeat(201),
            ..draft()
        };
        let fields: Vec<String> =
            wrong.check(&known).unwrap_err().fields.into_iter().map(|f| f.field.into_owned()).collect();
        let expected = [
            "inspection_name",
            "inspection_public",
            "inspection_until",
            "inspection_types",
            "inspection_types",
            "inspection_exclude",
            "inspection_second",
        ];
        assert_eq!(fields, expected);
        let total = Draft { method: Method::Total, ..draft() };
        assert_eq!(total.check(&known).unwrap_err().fields[0].field, "inspection_total");
        let long = Draft { until_date: parse_date("2026-09-01").unwrap(), ..draft() };
        assert_eq!(long.check(&known).unwrap_err().fields[0].code, "inspection-days-many");
    }
}

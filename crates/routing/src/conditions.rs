//! What the form asks for, so that nobody has to know the language: turned into an expression of it.

use crate::language::quoted;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The ordinary conditions. Of one list any member may fit; of all that is filled in everything must.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Conditions {
    /// Kinds (`event-01003`) and whole classes of kinds (`event-01`).
    pub kinds: Vec<String>,
    pub majors: Vec<String>,
    /// `component`, `event`, or empty for both.
    pub form: String,
    /// Codes of sources: `citizen`, `phone` …
    pub sources: Vec<String>,
    /// Codes of divisions, with what lies in them.
    pub divisions: Vec<String>,
    /// Numbers of stretches: `BJ-0001`.
    pub stretches: Vec<String>,
    /// Codes of types of site, one of which is near.
    pub site_types: Vec<String>,
    /// Codes of units, one of which the register names.
    pub register_units: Vec<String>,
    /// Words, one of which stands in title or description; and words none of which does.
    pub words: Vec<String>,
    pub without: Vec<String>,
    /// Hours of the report: from this one on, and before that one. Over midnight where the first is the greater.
    pub hour_from: Option<u8>,
    pub hour_until: Option<u8>,
    /// `workdays`, `restdays`, or empty for all.
    pub days: String,
    /// Only what is marked as urgent.
    pub urgent: bool,
}

fn list(members: &[String]) -> String {
    let members: Vec<String> = members.iter().map(|m| quoted(m)).collect();
    format!("[{}]", members.join(", "))
}

impl Conditions {
    /// Nothing is filled in.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    fn parts(&self) -> Vec<String> {
        let mut parts = Vec::new();
        let among = |name: &str, of: &[String]| format!("{name} in {}", list(of));
        match (self.kinds.is_empty(), self.majors.is_empty()) {
            (true, true) => {}
            (false, true) => parts.push(among("kind", &self.kinds)),
            (true, false) => parts.push(among("major", &self.majors)),
            (false, false) => {
                parts.push(format!("({} || {})", among("kind", &self.kinds), among("major", &self.majors)));
            }
        }
        if !self.form.is_empty() {
            parts.push(format!("form == {}", quoted(&self.form)));
        }
        for (name, of) in
            [("source", &self.sources), ("stretch", &self.stretches), ("register_unit", &self.register_units)]
        {
            if !of.is_empty() {
                parts.push(among(name, of));
            }
        }
        for (name, of) in [("divisions", &self.divisions), ("site_types", &self.site_types)] {
            if !of.is_empty() {
                parts.push(format!("meets({name}, {})", list(of)));
            }
        }
        if !self.words.is_empty() {
            parts.push(format!("says(text, {})", list(&self.words)));
        }
        if !self.without.is_empty() {
            parts.push(format!("!says(text, {})", list(&self.without)));
        }
        parts.extend(self.hours());
        match self.days.as_str() {
            "workdays" => parts.push("workday".to_owned()),
            "restdays" => parts.push("!workday".to_owned()),
            _ => {}
        }
        if self.urgent {
            parts.push("urgent".to_owned());
        }
        parts
    }

    fn hours(&self) -> Option<String> {
        Some(match (self.hour_from?, self.hour_until?) {
            (from, until) if from < until => format!("hour >= {from} && hour < {until}"),
            (from, until) => format!("(hour >= {from} || hour < {until})"),
        })
    }

    /// The whole condition, with what was written by hand beside it.
    pub fn expression(&self, extra: &str) -> String {
        let mut parts = self.parts();
        let extra = extra.trim();
        match (parts.is_empty(), extra.is_empty()) {
            (true, false) => return extra.to_owned(),
            (false, false) => parts.push(format!("({extra})")),
            _ => {}
        }
        parts.join(" && ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Facts;
    use crate::language::read;

    fn some(members: &[&str]) -> Vec<String> {
        members.iter().map(|m| (*m).to_owned()).collect()
    }

    fn full() -> Conditions {
        Conditions {
            kinds: some(&["event-01001"]),
            majors: some(&["component-02"]),
            form: "event".into(),
            sources: some(&["citizen", "phone"]),
            divisions: some(&["620200001"]),
            stretches: some(&["BJ-0001"]),
            site_types: some(&["market"]),
            register_units: some(&["U-0001"]),
            words: some(&["垃圾", "带\"引号\"的"]),
            without: some(&["已清"]),
            hour_from: Some(22),
            hour_until: Some(6),
            days: "restdays".into(),
            urgent: true,
        }
    }

    #[test]
    fn everything_filled_in_is_an_expression_that_holds_for_what_fits() {
        let condition = read(&full().expression("again || starts_with(address, \"新华\")")).unwrap();
        let fits = Facts {
            kind: "event-01001".into(),
            major: "event-01".into(),
            form: "event".into(),
            source: "phone".into(),
            divisions: some(&["620200", "620200001"]),
            stretch: "BJ-0001".into(),
            site_types: some(&["market", "school"]),
            register_unit: "U-0001".into(),
            text: "垃圾成堆".into(),
            address: "新华路".into(),
            hour: 23,
            urgent: true,
            ..Facts::default()
        };
        assert_eq!(condition.holds(&fits), Ok(true));
        for (what, other) in [
            ("kind", Facts { kind: "event-01002".into(), ..fits.clone() }),
            ("source", Facts { source: "mail".into(), ..fits.clone() }),
            ("division", Facts { divisions: some(&["620200"]), ..fits.clone() }),
            ("stretch", Facts { stretch: String::new(), ..fits.clone() }),
            ("site", Facts { site_types: Vec::new(), ..fits.clone() }),
            ("unit", Facts { register_unit: String::new(), ..fits.clone() }),
            ("words", Facts { text: "路灯不亮".into(), ..fits.clone() }),
            ("without", Facts { text: "垃圾已清".into(), ..fits.clone() }),
            ("hour", Facts { hour: 6, ..fits.clone() }),
            ("day", Facts { workday: true, ..fits.clone() }),
            ("urgent", Facts { urgent: false, ..fits.clone() }),
            ("extra", Facts { address: "胜利路".into(), ..fits.clone() }),
        ] {
            assert_eq!(condition.holds(&other), Ok(false), "{what}");
        }
    }

    #[test]
    fn one_condition_stands_alone_and_hours_go_over_midnight() {
        let hours =
            |from, until| Conditions { hour_from: Some(from), hour_until: Some(until), ..Default::default() };
        assert_eq!(hours(8, 18).expression(""), "hour >= 8 && hour < 18");
        assert_eq!(hours(22, 6).expression(""), "(hour >= 22 || hour < 6)");
        assert_eq!(Conditions::default().expression(" true "), "true");
        assert_eq!(Conditions::default().expression(""), "");
    }
}

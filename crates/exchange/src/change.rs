//! A change as the protocol writes it, and what is believed of it. `docs/exchange.md` says the same for the other side's
//! engineers.

use crate::model::Kind;
use kernel::coords::{Crs, Point};
use kernel::identifiers::Phone;
use kernel::problem::{FieldError, Findings, Problem, Result};
use kernel::time::Instant;
use kernel::workflow::Named;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

/// Something happened to an order over there.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Change {
    /// Names the change among all changes of the partner; at most 100 characters. The same id is the same change.
    pub id: String,
    /// 工单号, at most 100 characters.
    pub order: String,
    /// 1, 2, 3 … within the order: changes are carried out in this order, without gaps.
    pub revision: i64,
    /// `created`, `changed`, `urged`, `supplemented`, `withdrawn`, `closed` or `contested`.
    pub kind: String,
    /// RFC 3339, or `2026-03-05 09:30:00` in China time.
    pub at: String,
    /// What was said: an urge, a supplement, a reason. At most 4,000 characters.
    pub words: String,
    /// The order as it stands after the change. Needed for `created`.
    pub snapshot: Option<Snapshot>,
}

/// An order as it stands over there. What is left out is not known.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Snapshot {
    /// 工单号; needed in lists of orders.
    pub number: String,
    /// The last revision; needed in lists of orders.
    pub revision: i64,
    /// Their word for where it stands.
    pub state: String,
    /// Their word for what it is about.
    pub category: String,
    /// Their name or code for who must act.
    pub unit: String,
    /// 办理时限, as `at`.
    pub deadline: String,
    pub title: String,
    /// At most 4,000 characters.
    pub text: String,
    /// At most 200 characters.
    pub address: String,
    /// Degrees.
    pub lng: Option<f64>,
    pub lat: Option<f64>,
    /// `cgcs2000`, `wgs84`, `gcj02` or `bd09`; left out: as agreed with the partner.
    pub crs: String,
    pub urgent: bool,
    /// As `at`.
    pub reported_at: String,
    pub reporter: Option<Said>,
    /// Addresses of pictures that lie over there; they become lines of the text, nothing is fetched.
    pub media: Vec<String>,
}

/// Who reported it. Shown to those who may see reporters, never to the unit that handles the case.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Said {
    pub name: String,
    pub phone: String,
    pub wants_answer: bool,
}

/// A change that can be believed.
#[derive(Clone, Debug)]
pub struct Sound {
    pub change: Change,
    pub kind: Kind,
    pub at: Instant,
}

/// A moment as partners write it.
pub fn moment(text: &str) -> Option<Instant> {
    let text = text.trim();
    Instant::parse_rfc3339(text).or_else(|| {
        let text = text.replace('/', "-").replacen(' ', "T", 1);
        let full = if text.len() == 16 { format!("{text}:00") } else { text };
        full.parse::<jiff::civil::DateTime>().ok().map(Instant::from_civil)
    })
}

/// Fingerprint of what came.
pub fn hash(text: &str) -> String {
    hex::encode(&Sha256::digest(text.as_bytes())[..16])
}

impl Snapshot {
    fn check(&self, findings: &mut Findings) {
        let mut fits = |text: &str, field: &'static str, max: usize| {
            if text.chars().count() > max {
                findings.add(FieldError::new(field, "too-long").arg("max", max));
            }
        };
        fits(&self.state, "state", 100);
        fits(&self.category, "category", 100);
        fits(&self.unit, "unit", 100);
        fits(&self.title, "title", 400);
        fits(&self.text, "text", 4000);
        fits(&self.address, "address", 200);
        for (text, field) in [(&self.deadline, "deadline"), (&self.reported_at, "reported_at")] {
            findings.check(text.is_empty() || moment(text).is_some(), field, "not-a-time");
        }
        findings.check(self.lng.is_some() == self.lat.is_some(), "lat", "not-a-place");
        let range = |v: Option<f64>, max: f64| v.is_none_or(|v| v.is_finite() && v.abs() <= max);
        findings.check(range(self.lng, 180.0) && range(self.lat, 90.0), "lat", "not-a-place");
        findings.check(self.crs.is_empty() || Crs::parse(&self.crs).is_some(), "crs", "not-a-choice");
    }

    pub fn deadline(&self) -> Option<Instant> {
        moment(&self.deadline)
    }

    /// Position and its coordinate system; `usual` where the order names none.
    pub fn place(&self, usual: &str) -> Option<(Point, Crs)> {
        let crs = Crs::parse(&self.crs).or_else(|| Crs::parse(usual)).unwrap_or(Crs::Cgcs2000);
        Some((Point::new(self.lng?, self.lat?), crs))
    }

    /// What is compared to know whether the order's words were changed.
    pub fn words(&self) -> String {
        let words = format!("{}\n{}\n{}", self.title.trim(), self.text.trim(), self.address.trim());
        if words.trim().is_empty() { String::new() } else { hash(&words) }
    }

    /// Title, text and addresses of pictures, as one text.
    pub fn description(&self) -> String {
        let mut lines = vec![self.text.trim().to_owned()];
        if self.title.chars().count() > 120 || self.text.trim().is_empty() {
            lines.insert(0, self.title.trim().to_owned());
        }
        lines.extend(self.media.iter().filter(|url| url.starts_with("http") && url.len() <= 500).cloned());
        let joined = lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
        joined.chars().take(4000).collect()
    }
}

impl Said {
    /// As cases keep it. A number that is no telephone number is kept as what they call the reporter.
    pub fn reporter(&self) -> cases::model::Reporter {
        let short = |text: &str, max: usize| text.trim().chars().take(max).collect::<String>();
        let phone = short(&self.phone, 40);
        let dialled = !phone.is_empty() && Phone::parse(&phone).is_ok();
        cases::model::Reporter {
            name: short(&self.name, 40).into(),
            reference: if dialled { "" } else { phone.as_str() }.into(),
            phone: if dialled { phone.as_str() } else { "" }.into(),
            wants_answer: self.wants_answer,
            ..cases::model::Reporter::default()
        }
    }
}

/// Reads a change; says everything that is wrong with it.
pub fn read(value: &Value) -> Result<Sound> {
    let change: Change = serde_json::from_value(value.clone()).map_err(|e| {
        Problem::invalid(vec![FieldError::new("body", "not-as-described").arg("what", e.to_string())])
    })?;
    let mut findings = Findings::default();
    for (text, field) in [(&change.id, "id"), (&change.order, "order")] {
        let length = text.chars().count();
        findings.check(length > 0, field, "required");
        findings.check(length <= 100 && !text.chars().any(char::is_control), field, "too-long");
    }
    findings.check((1..=1_000_000).contains(&change.revision), "revision", "not-a-number");
    findings.check(change.words.chars().count() <= 4000, "words", "too-long");
    let kind = Kind::parse(&change.kind);
    findings.check(kind.is_some(), "kind", "not-a-choice");
    let at = moment(&change.at);
    findings.check(at.is_some(), "at", "not-a-time");
    match &change.snapshot {
        Some(snapshot) => {
            snapshot.check(&mut findings);
            if kind == Some(Kind::Created) {
                findings.check(!snapshot.description().is_empty(), "text", "required");
                let placed = !snapshot.address.trim().is_empty() || snapshot.lng.is_some();
                findings.check(placed, "address", "place-needed");
            }
        }
        None => findings.check(kind != Some(Kind::Created), "snapshot", "required"),
    }
    findings.done()?;
    match (kind, at) {
        (Some(kind), Some(at)) => Ok(Sound { change, kind, at }),
        _ => Err(Problem::internal("a change without kind or time")),
    }
}

/// Reads an order of a list.
pub fn order(value: &Value) -> Result<Snapshot> {
    let order: Snapshot = serde_json::from_value(value.clone()).map_err(|e| {
        Problem::invalid(vec![FieldError::new("body", "not-as-described").arg("what", e.to_string())])
    })?;
    let mut findings = Findings::default();
    let length = order.number.chars().count();
    findings.check((1..=100).contains(&length), "number", "required");
    findings.check((1..=1_000_000).contains(&order.revision), "revision", "not-a-number");
    order.check(&mut findings);
    findings.done()?;
    Ok(order)
}

/// What is wrong, for engineers: field and code of each fault.
pub fn faults(problem: &Problem) -> String {
    if problem.fields.is_empty() {
        return problem.code.to_string();
    }
    let one = |f: &FieldError| {
        let args: Vec<String> = f.args.iter().map(|(_, value)| value.clone()).collect();
        format!("{}: {} {}", f.field, f.code, args.join(" ")).trim_end().to_owned()
    };
    problem.fields.iter().map(one).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn times_come_in_the_ways_that_partners_write_them() {
        let wanted = Instant::parse_rfc3339("2026-03-05T09:30:00+08:00");
        for text in
            ["2026-03-05T09:30:00+08:00", "2026-03-05T01:30:00Z", "2026-03-05 09:30:00", "2026/03/05 09:30"]
        {
            assert_eq!(moment(text), wanted, "{text}");
        }
        for text in ["", "tomorrow", "2026-13-05 09:30", "05.03.2026"] {
            assert_eq!(moment(text), None, "{text}");
        }
    }

    #[test]
    fn every_fault_is_told_at_once() {
        let problem = read(&json!({"kind": "eaten", "at": "soon", "snapshot": {"lng": 98.2}})).unwrap_err();
        let told = faults(&problem);
        for part in ["id: required", "order: required", "revision: not-a-number", "kind:", "at:", "lat:"] {
            assert!(told.contains(part), "{part} in {told}");
        }
        assert!(
            read(
                &json!({"id": "1", "order": "a", "revision": 1, "kind": "created", "at": "2026-03-05 09:30",
            "snapshot": {"text": "路灯不亮", "address": "新华路"}})
            )
            .is_ok()
        );
    }

    proptest! {
        /// Whatever a partner sends, it is read or refused.
        #[test]
        fn nothing_that_comes_breaks_the_reader(text in ".{0,300}", number in any::<f64>(), whole in any::<i64>()) {
            let _ = moment(&text);
            for value in [json!(text), json!({"id": text, "order": text, "revision": whole, "kind": text, "at": text,
                "snapshot": {"lng": number, "lat": number, "deadline": text, "media": [text], "reporter": {"phone": text}}})]
            {
                let _ = read(&value).map(|sound| sound.change.snapshot.map(|s| (s.description(), s.words())));
                let _ = order(&value);
            }
        }
    }
}

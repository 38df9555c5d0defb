//! Untyped input into what commands take.

use crate::commands::{Draft, SegmentDraft};
use crate::model::{Category, Plan, Trait};
use crate::question::{Question, QuestionKind, read_options, read_when};
use kernel::problem::{FieldError, Findings, Problem, Result};
use places::PlaceIndex;
use std::collections::BTreeMap;
use web::Form;

pub(crate) fn version(form: &Form) -> Result<i64> {
    form.text("version").parse().map_err(|_| Problem::stale())
}

pub(crate) fn draft(form: &Form) -> Result<Draft> {
    let mut findings = Findings::default();
    let closes = findings.take(form.date("survey_closes")).flatten();
    findings.done()?;
    Ok(Draft {
        name: form.text("survey_name").to_owned(),
        audience: form.text("survey_audience").to_owned(),
        lead: form.text("survey_lead").to_owned(),
        scheme: form.text("survey_scheme").to_owned(),
        closes,
        codes: form.ticked("survey_codes"),
    })
}

/// A question as the editor sends it; `before` are those that its condition may speak of.
pub(crate) fn question(form: &Form, before: &[Question]) -> Result<Question> {
    let mut findings = Findings::default();
    let kind = findings.take(form.choice::<QuestionKind>("question_kind")).flatten();
    let (least, most) = match kind {
        Some(QuestionKind::Number) => (
            findings.take(form.number("question_least")).flatten(),
            findings.take(form.number("question_most")).flatten(),
        ),
        _ => (None, None),
    };
    let when = findings.take(read_when(form.text("question_when"), before)).flatten();
    findings.check(kind.is_some(), "question_kind", "required");
    findings.done()?;
    let kind = kind.unwrap_or(QuestionKind::Single);
    let options = match kind {
        QuestionKind::Number | QuestionKind::Text => Vec::new(),
        _ => read_options(form.text("question_options"))?,
    };
    Ok(Question {
        key: String::new(),
        kind,
        text: form.text("question_text").trim().to_owned(),
        options,
        least,
        most,
        standard: form.text("question_standard").trim().to_owned(),
        when,
    })
}

/// Segments as they are typed or pasted from a table, one a line: division by name or code, name, households.
///
/// # Errors
/// 422 at `segments` with the line.
pub(crate) fn segments(text: &str, index: &PlaceIndex) -> Result<Vec<SegmentDraft>> {
    let (mut drafts, mut findings) = (Vec::new(), Findings::default());
    for (line, number) in text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty()) {
        let cells: Vec<&str> = line.split(['\t', ',', '，']).map(str::trim).collect();
        let mut fault =
            |code: &'static str| findings.add(FieldError::new("segments", code).arg("line", number));
        let [division, name, households] = cells.as_slice() else {
            fault("survey-segment-line");
            continue;
        };
        let node = index.divisions().iter().find(|n| &*n.code == *division || &*n.name == *division);
        let (Some(node), Ok(households)) = (node, households.parse::<i64>()) else {
            fault(if node.is_none() { "survey-no-division" } else { "survey-households" });
            continue;
        };
        drafts.push(SegmentDraft {
            name: (*name).to_owned(),
            division: node.code.to_string(),
            division_name: node.name.to_string(),
            households,
        });
    }
    findings.done()?;
    Ok(drafts)
}

/// Traits as they are typed, one a line: `性别：男 = 48000，女 = 46500`.
///
/// # Errors
/// 422 at `traits`.
pub(crate) fn traits(text: &str) -> Result<Vec<Trait>> {
    let wrong = |line: usize| {
        Problem::invalid(vec![FieldError::new("traits", "survey-trait-line").arg("line", line)])
    };
    let mut all = Vec::new();
    for (line, number) in text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty()) {
        let (name, rest) = line.split_once([':', '：']).ok_or_else(|| wrong(number))?;
        let mut categories = Vec::new();
        for part in rest.split([',', '，', '、']).map(str::trim).filter(|p| !p.is_empty()) {
            let (name, people) = match part.split_once(['=', '＝']) {
                Some((name, people)) => (name, Some(people.trim().parse().map_err(|_| wrong(number))?)),
                None => (part, None),
            };
            categories.push(Category { name: name.trim().to_owned(), people });
        }
        all.push(Trait { name: name.trim().to_owned(), categories });
    }
    Ok(all)
}

pub(crate) fn write_traits(traits: &[Trait]) -> String {
    let category = |c: &Category| c.people.map_or_else(|| c.name.clone(), |n| format!("{} = {n}", c.name));
    let line = |t: &Trait| {
        format!("{}：{}", t.name, t.categories.iter().map(category).collect::<Vec<_>>().join("，"))
    };
    traits.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Fields `quota-<key>`; those that are empty bound nothing.
pub(crate) fn quotas(form: &Form) -> Result<BTreeMap<String, i64>> {
    let mut quotas = BTreeMap::new();
    for (name, value) in form.fields() {
        let Some(key) = name.strip_prefix("quota-") else { continue };
        if value.trim().is_empty() {
            continue;
        }
        let wanted = value.trim().parse().map_err(|_| Problem::field("quotas", "not-a-number"))?;
        quotas.insert(key.to_owned(), wanted);
    }
    Ok(quotas)
}

/// A number with at most so many digits behind its point, as a whole number of the last of them.
pub(crate) fn fixed(text: &str, digits: usize) -> Option<i64> {
    let text = text.trim().trim_end_matches(['%', '％']);
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let plain = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > 6 || part.len() > digits || !plain(whole) || !plain(part) {
        return None;
    }
    format!("{whole}{part:0<digits$}").parse().ok()
}

pub(crate) fn plan(form: &Form) -> Result<Plan> {
    let mut findings = Findings::default();
    let decimal = |findings: &mut Findings, field: &'static str, digits: usize| {
        let found = fixed(form.text(field), digits);
        findings.check(found.is_some(), field, "not-a-number");
        found.unwrap_or_default()
    };
    let margin = decimal(&mut findings, "plan_margin", 1);
    let effect = decimal(&mut findings, "plan_effect", 2);
    let whole = |findings: &mut Findings, field: &'static str| {
        findings.take(form.needed_number::<i64>(field)).unwrap_or_default()
    };
    let response = whole(&mut findings, "plan_response");
    let each = whole(&mut findings, "plan_each");
    let tries = whole(&mut findings, "plan_tries");
    let per_day = whole(&mut findings, "plan_per_day");
    findings.done()?;
    Ok(Plan { margin, effect, response, each, tries, per_day })
}

/// What a form answered: texts of each trait by its place, and all fields of questions.
#[derive(Clone, Debug, Default)]
pub(crate) struct Answered {
    pub traits: Vec<String>,
    fields: Vec<(String, String)>,
}

impl Answered {
    pub(crate) fn of(form: &Form, traits: usize) -> Self {
        let own = |(name, value): (&str, &str)| {
            let key = name.strip_prefix("q-")?;
            (!value.trim().is_empty()).then(|| (key.to_owned(), value.to_owned()))
        };
        Self {
            traits: (0..traits).map(|at| form.text(&format!("t-{at}")).to_owned()).collect(),
            fields: form.fields().filter_map(own).collect(),
        }
    }

    pub(crate) fn from_pairs(traits: Vec<String>, fields: Vec<(String, String)>) -> Self {
        Self { traits, fields }
    }

    pub(crate) fn texts(&self, key: &str) -> Vec<String> {
        self.fields.iter().filter(|(k, _)| k == key).map(|(_, v)| v.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traits_are_read_and_written_alike() {
        let all = traits("性别：男 = 48000，女=46500\n年龄: 18–34, 35–54、55–65\n\n").unwrap();
        assert_eq!((all.len(), all[0].categories[1].people, all[1].categories.len()), (2, Some(46_500), 3));
        assert_eq!(traits(&write_traits(&all)).unwrap(), all);
        assert!(traits("性别").is_err() && traits("性别：男 = viele").is_err());
    }

    #[test]
    fn figures_are_read_with_their_digits() {
        assert_eq!((fixed("3", 1), fixed("2.5%", 1), fixed("1.5", 2)), (Some(30), Some(25), Some(150)));
        for wrong in ["", "-1", "1.25", "x", "1.2.3"] {
            assert_eq!(fixed(wrong, 1), None, "{wrong}");
        }
    }
}

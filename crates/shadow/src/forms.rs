//! Untyped input into what commands take.

use crate::commands::NewPlan;
use crate::model::{Effort, Origin, Source};
use kernel::problem::{FieldError, Findings, Problem, Result};
use kernel::workflow::Named;
use scoring::Exact;
use web::Form;

/// `90`, `90%`, `90.5 %`: percent with the sign or without; empty for none.
fn target(text: &str) -> std::result::Result<Option<Exact>, FieldError> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let bare = text.trim_end_matches(['%', '％']).trim();
    let value = Exact::parse(bare).filter(|_| !bare.contains('%'));
    value
        .and_then(|value| value.over(&Exact::from(100)))
        .map(Some)
        .ok_or_else(|| FieldError::new("target", "not-a-share"))
}

/// Numbers between spaces, commas or their Chinese twins.
fn numbers(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '，' | '、' | ';' | '；'));
    parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// One standard a line: code, way, effort.
fn efforts(text: &str) -> std::result::Result<Vec<Effort>, FieldError> {
    let mut efforts = Vec::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let read = match words.as_slice() {
            [code, way, effort] => Exact::parse(effort).map(|effort| Effort {
                code: (*code).to_owned(),
                way: (*way).to_owned(),
                effort,
            }),
            _ => None,
        };
        efforts.push(read.ok_or_else(|| FieldError::new("efforts", "not-an-effort").arg("line", at + 1))?);
    }
    Ok(efforts)
}

/// `ways`: those of the scheme, in their order; each has `origin_N` and `from_N`.
pub(crate) fn plan(form: &Form, ways: &[String]) -> Result<(NewPlan, Option<i64>)> {
    let mut findings = Findings::default();
    let target = findings.take(target(form.text("target"))).flatten();
    let efforts = findings.take(efforts(form.text("efforts"))).unwrap_or_default();
    let version = findings.take(form.number::<i64>("version")).flatten();
    let mut sources = Vec::new();
    for (at, way) in ways.iter().enumerate() {
        let text = form.text(&format!("origin_{at}"));
        match Origin::parse(text) {
            Some(origin) => sources.push(Source {
                way: way.clone(),
                origin: origin.code().to_owned(),
                from: numbers(form.text(&format!("from_{at}"))),
            }),
            None => findings.add(FieldError::new("sources", "not-a-choice")),
        }
    }
    findings.done()?;
    Ok((NewPlan { target, sources, efforts }, version))
}

/// Of an API's body: the target is a share of 1 as a decimal.
pub(crate) fn share(text: &str) -> Result<Option<Exact>> {
    match text.trim() {
        "" => Ok(None),
        text => Exact::parse(text).map(Some).ok_or_else(|| Problem::field("target", "not-a-share")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_in_any_way_of_writing() {
        let of = |text| target(text).map(|t| t.map(|t| t.to_string()));
        assert_eq!(of("90").unwrap().unwrap(), "0.9");
        assert_eq!(of(" 90.5 ％").unwrap().unwrap(), "0.905");
        assert_eq!(of("").unwrap(), None);
        assert!(of("很高").is_err() && of("%").is_err());
    }

    #[test]
    fn numbers_and_efforts() {
        assert_eq!(
            numbers("IN-2026-0001、IN-2026-0002， IN-2026-0003\n"),
            ["IN-2026-0001", "IN-2026-0002", "IN-2026-0003"]
        );
        let read = efforts("1-1 实地考察 3\n\n 2-1 实地考察 0.5").unwrap();
        assert_eq!(read.len(), 2);
        assert_eq!(read[1].effort.to_string(), "0.5");
        assert!(efforts("1-1 实地考察").is_err() && efforts("1-1 实地考察 多").is_err());
    }
}

//! Forms of the negative list: what a browser sent, made into drafts, and back.

use super::commands::{EntryDraft, EventDraft};
use super::model::{Effect, Entry, Event, Measure, Status, Titles};
use kernel::problem::{FieldError, Findings, Problem, Result};
use kernel::time::{Date, parse_date};
use kernel::workflow::Named;
use scoring::Exact;
use web::Form;
use web::form::Filled;

/// Of a status: the field of its measure, and that of how much or how long.
pub(crate) fn fields(status: Status) -> (&'static str, &'static str) {
    match status {
        Status::Applicant => ("effect_applicant", "amount_applicant"),
        Status::Nominee => ("effect_nominee", "amount_nominee"),
        Status::Holder => ("effect_holder", "amount_holder"),
    }
}

/// A measure with its number.
///
/// # Errors
/// At `field`: `not-a-number`.
pub(crate) fn effect(
    measure: Measure,
    amount: &str,
    field: &'static str,
) -> std::result::Result<Effect, FieldError> {
    let wrong = || FieldError::new(field, "not-a-number");
    Ok(match measure {
        Measure::Deduct => Effect::Deduct(Exact::parse(amount.trim()).ok_or_else(wrong)?),
        Measure::Bar => Effect::Bar,
        Measure::Suspend => Effect::Suspend(amount.trim().parse().map_err(|_| wrong())?),
        Measure::Revoke => Effect::Revoke,
    })
}

/// The number of a measure; empty for those without one.
pub(crate) fn amount(effect: &Effect) -> String {
    match effect {
        Effect::Deduct(points) => points.to_string(),
        Effect::Suspend(months) => months.to_string(),
        Effect::Bar | Effect::Revoke => String::new(),
    }
}

pub(crate) fn entry(form: &Form) -> Result<EntryDraft> {
    let mut findings = Findings::default();
    let mut effects = Vec::new();
    for status in Status::ALL {
        let (kind, number) = fields(*status);
        if let Some(measure) = findings.take(form.choice::<Measure>(kind)).flatten()
            && let Some(effect) = findings.take(effect(measure, form.text(number), number))
        {
            effects.push((*status, effect));
        }
    }
    let months = findings.take(form.needed_number::<i64>("entry_months")).unwrap_or_default();
    findings.done()?;
    Ok(EntryDraft {
        code: form.text("entry_code").to_owned(),
        name: form.text("entry_name").to_owned(),
        basis: form.text("entry_basis").to_owned(),
        months,
        effects,
        retired: form.ticked("entry_retired"),
    })
}

pub(crate) fn filled_entry(entry: &Entry) -> Filled {
    let mut filled = Filled::new()
        .set("entry_code", &entry.code)
        .set("entry_name", &entry.name)
        .set("entry_basis", &entry.basis)
        .set("entry_months", entry.months)
        .set("entry_retired", if entry.retired { "1" } else { "" })
        .set("version", entry.version);
    for (status, effect) in &entry.effects.0 {
        let (kind, number) = fields(*status);
        filled = filled.set(kind, effect.measure().code()).set(number, amount(effect));
    }
    filled
}

pub(crate) fn event(form: &Form) -> Result<EventDraft> {
    let happened_on = form.date("happened_on").map_err(|e| Problem::invalid(vec![e]))?;
    let text = |name: &str| form.text(name).to_owned();
    Ok(EventDraft {
        entry: text("event_entry"),
        happened_on: happened_on.ok_or_else(|| Problem::field("happened_on", "required"))?,
        title: text("event_title"),
        account: text("event_account"),
        source: text("event_source"),
        subject: text("event_subject"),
    })
}

pub(crate) fn filled_event(event: &Event, entry: &Entry) -> Filled {
    Filled::new()
        .set("event_entry", &entry.code)
        .set("happened_on", event.happened_on)
        .set("event_title", &event.title)
        .set("event_account", event.account.as_str())
        .set("event_source", &event.source)
        .set("event_subject", &event.subject)
        .set("version", event.version)
}

/// A status by its code or its Chinese name.
fn status(text: &str) -> Option<Status> {
    Status::parse(text).or(match text {
        "申报城市" => Some(Status::Applicant),
        "提名城市" => Some(Status::Nominee),
        "全国文明城市" => Some(Status::Holder),
        _ => None,
    })
}

/// One change a line: `2025-05-23 | 全国文明城市`.
///
/// # Errors
/// `titles: title-line` with the number of the line.
pub(crate) fn titles(text: &str) -> Result<Titles> {
    let mut found: Vec<(Date, Status)> = Vec::new();
    for (line, text) in (1..).zip(text.lines()).filter(|(_, text)| !text.trim().is_empty()) {
        let wrong = || Problem::invalid(vec![FieldError::new("titles", "title-line").arg("line", line)]);
        let (day, of) = text.split_once(['|', '｜']).ok_or_else(wrong)?;
        found.push((parse_date(day.trim()).ok_or_else(wrong)?, status(of.trim()).ok_or_else(wrong)?));
    }
    Ok(Titles(found))
}

pub(crate) fn written(titles: &Titles, name: impl Fn(Status) -> String) -> String {
    let lines: Vec<String> = titles.0.iter().map(|(day, of)| format!("{day} | {}", name(*of))).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_lines() {
        let read = titles("2025-05-23 | 全国文明城市\n\n2021-01-01｜nominee").unwrap();
        assert_eq!(read.0.len(), 2);
        assert_eq!(titles(&written(&read, |of| of.code().to_owned())).unwrap(), read);
        for wrong in ["2025-05-23", "2025-13-01 | holder", "2025-01-01 | king"] {
            assert_eq!(titles(wrong).unwrap_err().fields[0].code, "title-line", "{wrong}");
        }
    }
}

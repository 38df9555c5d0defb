//! Untyped input into what commands take.

use crate::commands::{Asking, ItemDraft, PeriodDraft, PeriodEdit};
use crate::model::{Caption, Kind, Limit, Limits};
use kernel::problem::{FieldError, Findings, Problem, Result};
use kernel::time::Date;
use kernel::workflow::Named;
use web::Form;

pub(crate) fn version(form: &Form) -> Result<i64> {
    form.text("version").parse().map_err(|_| Problem::stale())
}

/// Names of the four numbers of a kind's limits, as fields are called: `picture-edge`.
pub(crate) const LIMITS: [&str; 4] = ["characters", "pictures", "edge", "megabytes"];

pub(crate) fn get(limit: Limit, what: &str) -> i64 {
    match what {
        "characters" => limit.characters,
        "pictures" => limit.pictures,
        "edge" => limit.short_edge,
        _ => limit.megabytes,
    }
}

/// A number that is not written stands for the usual one.
fn limits(findings: &mut Findings, form: &Form) -> Limits {
    let mut limits = Limits::default();
    for kind in Kind::ALL {
        let mut limit = Limit::default();
        for what in LIMITS {
            let field = format!("{}-{what}", kind.code());
            let text = form.text(&field);
            if text.is_empty() {
                continue;
            }
            let Ok(number) = text.parse::<i64>() else {
                findings.add(FieldError::new(field, "not-a-number"));
                continue;
            };
            match what {
                "characters" => limit.characters = number,
                "pictures" => limit.pictures = number,
                "edge" => limit.short_edge = number,
                _ => limit.megabytes = number,
            }
        }
        limits.0.insert(kind.code().to_owned(), limit);
    }
    limits
}

pub(crate) fn period_edit(form: &Form) -> Result<PeriodEdit> {
    let mut findings = Findings::default();
    let opens = findings.take(form.date("opens")).flatten();
    let closes = findings.take(form.date("closes")).flatten();
    let limits = limits(&mut findings, form);
    findings.done()?;
    Ok(PeriodEdit { name: form.text("period_name").to_owned(), opens, closes, limits })
}

pub(crate) fn period(form: &Form) -> Result<PeriodDraft> {
    Ok(PeriodDraft {
        edit: period_edit(form)?,
        scheme: form.text("scheme").to_owned(),
        test_month: form.text("test_month").to_owned(),
    })
}

pub(crate) fn asking(form: &Form) -> Result<Asking> {
    let mut findings = Findings::default();
    let kind = findings.take(form.choice::<Kind>("evidence_kind")).flatten();
    let due_on = findings.take(form.date("due_on")).flatten();
    findings.done()?;
    Ok(Asking {
        period: form.text("period").to_owned(),
        units: form.all("units").map(str::to_owned).collect(),
        kind,
        codes: form.all("codes").map(str::to_owned).collect(),
        what: form.text("what").to_owned(),
        guidance: form.text("guidance").to_owned(),
        due_on,
    })
}

/// `EP-0001|Ⅲ-7-1)`: how a use is written in forms.
pub(crate) fn split_use(text: &str) -> Result<(String, String)> {
    let parts = text.split_once('|').map(|(period, code)| (period.to_owned(), code.to_owned()));
    parts.ok_or_else(|| Problem::field("uses", "not-a-choice"))
}

pub(crate) fn item(form: &Form) -> Result<ItemDraft> {
    let mut findings = Findings::default();
    let kind = findings.take(form.choice::<Kind>("evidence_kind")).flatten();
    let dated = findings.take(form.date("dated")).flatten();
    findings.done()?;
    Ok(ItemDraft {
        unit: form.text("unit").to_owned(),
        kind,
        title: form.text("title").to_owned(),
        statement: form.text("statement").to_owned(),
        dated,
        request: form.text("request").to_owned(),
        uses: form.all("uses").map(split_use).collect::<Result<_>>()?,
    })
}

/// Title, statement and day.
pub(crate) fn item_edit(form: &Form) -> Result<(String, String, Option<Date>)> {
    let mut findings = Findings::default();
    let dated = findings.take(form.date("dated")).flatten();
    findings.done()?;
    Ok((form.text("title").to_owned(), form.text("statement").to_owned(), dated))
}

pub(crate) fn caption(form: &Form) -> Caption {
    let mut caption = Caption::default();
    for element in Caption::ELEMENTS {
        caption.set(element, form.text(element));
    }
    caption
}

/// A share as people write it, `87.5`, in ten-thousandths.
pub(crate) fn grade(text: &str) -> Result<i64> {
    let wrong = || Problem::field("grade", "evidence-no-share");
    let text = text.trim().trim_end_matches(['%', '％']);
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > 3 || part.len() > 2 || !digits(whole) || !digits(part) {
        return Err(wrong());
    }
    format!("{whole}{part:0<2}").parse().map_err(|_| wrong())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_read_as_people_write_them() {
        for (text, points) in [("0", 0), ("87.5", 8750), ("100", 10_000), ("33.33%", 3333), (" 90％", 9000)]
        {
            assert_eq!(grade(text).unwrap(), points, "{text}");
        }
        for wrong in ["", "-1", "a", "1.234", "1000000", ".5"] {
            assert!(grade(wrong).is_err(), "{wrong}");
        }
        assert_eq!(grade("999").unwrap(), 99_900, "a command says what is too much");
    }

    #[test]
    fn limits_that_are_not_written_are_the_usual_ones() {
        let form =
            Form::from_pairs(&[("picture-edge", "1200"), ("opens", "2027-01-01"), ("closes", "2027-02-01")]);
        let edit = period_edit(&form).unwrap();
        assert_eq!(edit.limits.of(Kind::Picture), Limit { short_edge: 1200, ..Limit::default() });
        assert_eq!(edit.limits.of(Kind::Rule), Limit::default());
        let wrong = Form::from_pairs(&[("picture-edge", "many"), ("opens", "soon")]);
        assert_eq!(period_edit(&wrong).unwrap_err().fields.len(), 2);
    }
}

//! Further questions: what somebody answers to them in a form, and a question as the catalogue's page edits it.

use crate::catalogue::extras::{Demand, ExtraKind, NewAnswer, NewExtra, Words, check};
use crate::desk::Desk;
use crate::model::Item;
use kernel::id::Id;
use kernel::problem::{FieldError, Findings, Problem, Result};
use web::Form;

/// What a form's field of a question is called.
pub(crate) fn extra_field(code: &str) -> String {
    format!("q_{code}")
}

/// The code of the kind that a report form names: one of the common ones, else one of the long list.
pub(crate) fn chosen<'f>(common: &'f str, other: &'f str) -> &'f str {
    if common.is_empty() { other } else { common }
}

/// Whether what must be answered has to be: a report that waited for a signal comes from a page that could ask nothing.
pub(crate) fn demand(form: &Form) -> Demand {
    if form.ticked("sent_late") { Demand::Given } else { Demand::All }
}

pub(super) fn answers(
    form: &Form,
    desk: &Desk,
    item: Option<Id<Item>>,
    findings: &mut Findings,
) -> Vec<NewAnswer> {
    let given = |code: &str| -> Vec<String> {
        let name = extra_field(code);
        form.all(&name).map(str::to_owned).collect()
    };
    match check(desk.catalogue.extras(item), demand(form), &given, &extra_field) {
        Ok(answers) => answers,
        Err(faults) => {
            for fault in faults {
                findings.add(fault);
            }
            Vec::new()
        }
    }
}

/// A question of the draft. `extra_after` is the code of an earlier question and its answer, `flooded=yes`.
pub(crate) fn extra(form: &Form) -> Result<NewExtra> {
    let mut findings = Findings::default();
    let mut text = |name, max| findings.take(form.optional(name, max)).flatten().unwrap_or_default();
    let (code, zh, en) = (text("extra_code", 20), text("wording", 100), text("wording_en", 100));
    let (unit, choices, after) = (text("extra_unit", 60), text("choices", 2000), text("extra_after", 80));
    let kind = findings.take(form.choice::<ExtraKind>("extra_kind")).flatten();
    findings.check(!code.is_empty(), "extra_code", "required");
    findings.check(!zh.is_empty(), "wording", "required");
    if kind.is_none() && findings.is_empty() {
        findings.add(FieldError::new("extra_kind", "required"));
    }
    findings.done()?;
    let kind = kind.ok_or_else(|| Problem::field("extra_kind", "required"))?;
    let is_number = kind == ExtraKind::Number;
    let chosen = matches!(kind, ExtraKind::One | ExtraKind::Several);
    Ok(NewExtra {
        code,
        wording: Words::new(&zh, &en),
        kind,
        // what another kind would need is left out, not refused: it stands in the form whatever is chosen
        unit: if is_number { Words::read(&unit) } else { Words::default() },
        choices: choices.lines().filter(|c| chosen && !c.trim().is_empty()).map(Words::read).collect(),
        required: form.ticked("extra_required"),
        personal: form.ticked("extra_personal"),
        after: after.split_once('=').map(|(code, value)| (code.to_owned(), value.to_owned())),
    })
}

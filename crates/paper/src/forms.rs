//! Untyped input into what commands take.

use crate::commands::{Assign, NewBatch};
use crate::settings::Design;
use crate::show::item;
use cases::catalogue::Catalogue;
use cases::commands::Transcript;
use kernel::problem::{FieldError, Findings, Problem, Result};
use web::Form;

pub(crate) fn version(text: &str) -> Result<i64> {
    text.trim().parse().map_err(|_| Problem::stale())
}

/// `other`: what the last box is called.
pub(crate) fn batch(form: &Form, other: String) -> Result<NewBatch> {
    let mut findings = Findings::default();
    let amount = findings.take(form.needed_number::<i64>("paper_amount"));
    findings.done()?;
    let place = form.text("paper_place").to_owned();
    Ok(NewBatch { place, amount: amount.unwrap_or_default(), other })
}

pub(crate) fn design(form: &Form) -> Design {
    Design {
        kinds: form.all("kinds").map(str::to_owned).collect(),
        returns: form.text("returns").to_owned(),
        phone: form.text("paper_phone").to_owned(),
    }
}

pub(crate) fn assign(form: &Form) -> Assign {
    Assign { sheet: form.text("sheet").to_owned(), kind: form.text("kind").to_owned() }
}

/// The words that somebody typed. The kind may be left as it is.
pub(crate) fn transcript(form: &Form, catalogue: &Catalogue) -> Result<Transcript> {
    let kind = match form.text("kind") {
        "" => None,
        code => Some(
            item(catalogue, code)
                .ok_or_else(|| Problem::invalid(vec![FieldError::new("kind", "not-a-choice")]))?,
        ),
    };
    Ok(Transcript {
        description: form.text("description").to_owned(),
        address: form.text("address").to_owned(),
        item: kind,
        name: form.text("reporter").to_owned(),
        phone: form.text("phone").to_owned(),
        wants_answer: form.ticked("wants_answer"),
    })
}

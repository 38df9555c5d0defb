//! Who reported a case, and what they answered to the further questions of its kind.

use crate::pages::shown::answer_facts;
use crate::queries::Full;
use kernel::masking::Audience;
use web::Ui;
use web::parts::Fact;

fn audience(full: &Full) -> Audience {
    if full.knows_reporter { Audience::Office } else { Audience::Unit }
}

/// Answers that whoever handles the case may read.
pub(super) fn answers(ui: &Ui, full: &Full) -> Vec<Fact> {
    answer_facts(ui, full.answers.iter().filter(|a| !a.asked.personal), audience(full))
}

/// Name and numbers, and what was answered that says who it is. Nothing where the reader may not know: see
/// [`Full::knows_reporter`].
pub(super) fn reporter(ui: &Ui, full: &Full) -> Vec<Fact> {
    let mut facts = known(ui, full);
    facts.extend(answer_facts(ui, full.answers.iter().filter(|a| a.asked.personal), audience(full)));
    facts
}

fn known(ui: &Ui, full: &Full) -> Vec<Fact> {
    let Some(reporter) = &full.reporter else { return Vec::new() };
    [
        ("label-reporter", reporter.name.as_str()),
        ("label-phone", reporter.phone.as_str()),
        ("label-mail", reporter.mail.as_str()),
        ("case-fact-reference", reporter.reference.as_str()),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .map(|(key, value)| {
        let others = full.same_caller.caller.as_ref().filter(|_| !full.same_caller.others.is_empty());
        match others.filter(|_| key == "label-phone") {
            Some(caller) => Fact::new(ui.t(key), value).link(format!("/cases?caller={}", caller.as_str())),
            None => Fact::new(ui.t(key), value),
        }
    })
    .collect()
}

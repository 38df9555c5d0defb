//! What of a case the choice rests on: the words of its report, and where it is. For the unit also its kind.

use crate::model::Target;
use cases::model::{Division, Item, Section};
use cases::queries::Settled;
use classifier::Example;
use kernel::id::Id;

/// Longest text that is read: what matters stands at the beginning.
const LONGEST: usize = 600;

/// What is known before anybody has decided.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    pub title: &'a str,
    pub description: &'a str,
    pub section: Option<Id<Section>>,
    pub division: Option<Id<Division>>,
    pub item: Option<Id<Item>>,
}

/// The dictionary words of a text of two characters or more: single ones say little, and there are few of them. Telephone and
/// identity numbers are left out: what is learnt is kept as words, and somebody who reports often would be among them.
pub fn words(title: &str, description: &str) -> Vec<String> {
    let cut = |text: &str| -> String { text.chars().take(LONGEST).collect() };
    // a report's title is often the beginning of its text
    let text = if description.starts_with(title) {
        cut(description)
    } else {
        cut(&format!("{title}\n{description}"))
    };
    let found = store::words::words(&text).into_iter();
    found
        .filter(|word| word.chars().count() > 1 && !store::sealed::is_private_word(word))
        .map(str::to_lowercase)
        .collect()
}

/// The words of a case, and what is known beside them as `name=value`.
pub fn of(target: Target, known: &Known<'_>) -> Vec<String> {
    let mut all = words(known.title, known.description);
    if target == Target::Unit {
        all.extend(known.section.map(|id| format!("section={id}")));
        all.extend(known.division.map(|id| format!("division={id}")));
        all.extend(known.item.map(|id| format!("item={id}")));
    }
    all
}

/// A closed case as an example, if it has what is to be learnt.
pub(crate) fn example(target: Target, case: &Settled) -> Option<Example> {
    let label = match target {
        Target::Item => case.item_id?.to_string(),
        Target::Unit => case.lead_unit?.to_string(),
    };
    let known = Known {
        title: &case.title,
        description: &case.description,
        section: case.section_id,
        division: case.division_id,
        item: case.item_id,
    };
    Some(Example { words: of(target, &known), label })
}

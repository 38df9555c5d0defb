//! Whether a set of questions makes sense, in its order.

use super::{BETWEEN, ExtraKind, NewExtra, Words};
use kernel::problem::{FieldError, Problem, Result};

/// Most questions of an item: a report takes a minute.
pub const MOST: usize = 12;
/// Most choices of a question.
const CHOICES: usize = 20;
/// Longest wording, choice, unit and code, in characters.
const WORDING: usize = 100;
const CHOICE: usize = 40;
const UNIT: usize = 20;
const CODE: usize = 20;

/// Names that a report's attributes have in Open311 already.
const TAKEN: [&str; 4] = ["condition", "urgent", "external_id", "fixmystreet_id"];

fn is_code(text: &str) -> bool {
    (1..=CODE).contains(&text.len())
        && !TAKEN.contains(&text)
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// Not too long, without what files write questions with.
fn is_plain(words: &Words, most: usize) -> bool {
    let fits = |text: &str| {
        text.chars().count() <= most && !text.contains(['|', '=']) && !text.chars().any(char::is_control)
    };
    !words.zh.is_empty() && fits(&words.zh) && fits(&words.en)
}

/// Nor what lists of choices and of answers are written with.
fn is_choice(words: &Words) -> bool {
    is_plain(words, CHOICE) && ![&words.zh, &words.en].iter().any(|text| text.contains(['/', BETWEEN]))
}

/// Whether a set of questions makes sense, in its order.
///
/// # Errors
/// 422 at the field of the form that edits one: `extra_code`, `wording`, `choices`, `extra_after`, `extra_unit`.
pub fn check_set(set: &[NewExtra]) -> Result<()> {
    if set.len() > MOST {
        return Err(Problem::invalid(vec![FieldError::new("wording", "more-than-limit").arg("max", MOST)]));
    }
    for (n, extra) in set.iter().enumerate() {
        check_one(extra, &set[..n])?;
    }
    Ok(())
}

fn check_one(extra: &NewExtra, before: &[NewExtra]) -> Result<()> {
    let refuse = |field: &'static str, code: &'static str| Err(Problem::field(field, code));
    if !is_code(&extra.code) {
        return refuse("extra_code", "not-an-extra-code");
    }
    if before.iter().any(|b| b.code == extra.code) {
        return refuse("extra_code", "extra-code-twice");
    }
    if !is_plain(&extra.wording, WORDING) {
        return refuse("wording", "not-plain");
    }
    let has_unit = !extra.unit.is_empty();
    if has_unit && (extra.kind != ExtraKind::Number || !is_plain(&extra.unit, UNIT)) {
        return refuse("extra_unit", "not-plain");
    }
    let chooses = matches!(extra.kind, ExtraKind::One | ExtraKind::Several);
    if chooses && !(2..=CHOICES).contains(&extra.choices.len()) || !chooses && !extra.choices.is_empty() {
        return refuse("choices", "two-to-twenty");
    }
    if !extra.choices.iter().all(is_choice) {
        return refuse("choices", "not-plain");
    }
    let twice = |(n, choice): (usize, &Words)| extra.choices[..n].iter().any(|c| c.zh == choice.zh);
    if extra.choices.iter().enumerate().any(twice) {
        return refuse("choices", "choice-twice");
    }
    let Some((code, value)) = &extra.after else { return Ok(()) };
    let earlier = before.iter().find(|b| b.code == *code);
    if earlier.is_some_and(|b| b.options().contains(&value.as_str())) {
        Ok(())
    } else {
        refuse("extra_after", "no-such-answer")
    }
}

//! What every feature finds, and what was meant.

use kernel::ctx::Ctx;
use kernel::problem::Result;
use kernel::workflow::Named;
use names::{Kind, Why};
use store::{Tx, naming};
use web::HitGroup;
use web::feature::Search;

/// Longest text looked for, in characters.
const LONGEST: usize = 60;
/// Names that may have been meant.
const MEANT: usize = 4;

/// A text as it is looked for: without control characters, and not endless.
pub(crate) fn trimmed(text: &str) -> String {
    let plain = |c: char| if c.is_control() { ' ' } else { c };
    text.chars().map(plain).take(LONGEST).collect::<String>().trim().to_owned()
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub(crate) struct Found {
    pub(crate) groups: Vec<HitGroup>,
    /// What may have been meant, with the reason: 您是不是要找.
    pub(crate) meant: Vec<(String, Why)>,
}

impl Found {
    pub(crate) fn count(&self) -> usize {
        self.groups.iter().map(|g| g.hits.len()).sum()
    }
}

pub(crate) fn everything(ctx: &Ctx, tx: &mut Tx<'_>, providers: &[Search], words: &str) -> Result<Found> {
    let mut found = Found::default();
    if words.is_empty() {
        return Ok(found);
    }
    for provider in providers {
        found.groups.extend(provider(ctx, tx, words)?.into_iter().filter(|g| !g.hits.is_empty()));
    }
    let guessed = found.groups.iter().flat_map(|g| &g.hits).filter(|h| h.why.is_some_and(Why::is_guess));
    for (name, why) in guessed.filter_map(|h| Some((h.name.clone(), h.why?))) {
        if found.meant.len() < MEANT && !found.meant.iter().any(|(known, _)| *known == name) {
            found.meant.push((name, why));
        }
    }
    if found.groups.is_empty()
        && let Some(corrected) = word_by_word(tx, words)?
    {
        found.meant.push((corrected, Why::Several));
    }
    Ok(found)
}

/// Several words, each put right by itself: 新花北路 胜力路.
fn word_by_word(tx: &mut Tx<'_>, words: &str) -> Result<Option<String>> {
    let parts: Vec<&str> = words.split_whitespace().take(4).collect();
    if parts.len() < 2 {
        return Ok(None);
    }
    let mut corrected = Vec::new();
    for part in &parts {
        let best = naming::find(tx, Kind::ALL, part, 1)?.into_iter().next();
        corrected.push(best.filter(|f| f.why.is_guess()).map_or_else(|| (*part).to_owned(), |f| f.name));
    }
    let corrected = corrected.join(" ");
    Ok((corrected != parts.join(" ")).then_some(corrected))
}

/// The streets that an address means and does not write as they are: name, reason, and the address put right.
pub(crate) fn streets_of(tx: &mut Tx<'_>, address: &str) -> Result<Vec<(String, Why, String)>> {
    let found = naming::find_within(tx, &[Kind::Street], address, 3)?;
    let wrong = found.into_iter().filter(|(f, _)| f.why != Why::Same);
    Ok(wrong.map(|(f, range)| (f.name.clone(), f.why, names::replaced(address, range, &f.name))).collect())
}

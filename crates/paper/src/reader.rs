//! A picture of a form, read: which sheet it is, where it lies, what is ticked, and whether that is enough for a case.
//!
//! No I/O but what the caller hands in: the city's key, to tell its own codes from others.

use crate::layout::{CODE_START, Form};
use crate::model::{Batch, Fault, Kind, Reading, Seen, Sheet, SheetState, Wants, code_of};
use kernel::id::Id;
use store::secrets::Secrets;
use ticks::{Code, Gray, Ink, Tick, codes, measure, place};

/// What signs the words of sheets.
const PURPOSE: &str = "paper-sheet";

/// What a sheet's code says.
pub fn code(secrets: &Secrets, sheet: Id<Sheet>) -> String {
    format!("{CODE_START}{}", secrets.token(PURPOSE, sheet.raw()))
}

/// What the codes in a picture say.
#[derive(Clone, Debug, PartialEq)]
pub enum Named {
    /// A sheet of this city.
    Ours(Id<Sheet>, Code),
    /// A form's code that this city has not made.
    Foreign,
    Nothing,
}

/// Which sheet a picture shows.
pub fn named(secrets: &Secrets, picture: &Gray) -> Named {
    let mut foreign = false;
    for code in codes(picture) {
        let Some(word) = code.text.strip_prefix(CODE_START) else { continue };
        match secrets.open_token(PURPOSE, word) {
            Some(id) => return Named::Ours(Id::new(id), code),
            None => foreign = true,
        }
    }
    if foreign { Named::Foreign } else { Named::Nothing }
}

/// What a picture came to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Read {
    pub reading: Reading,
    /// The kind that is ticked, or why a person must look.
    pub kind: Option<Kind>,
    pub fault: Option<Fault>,
    pub wants: Option<Wants>,
}

/// Reads the sheet that `code` names.
pub fn read(picture: &Gray, code: &Code, sheet: &Sheet, batch: &Batch) -> Read {
    let kinds = batch.kinds();
    let plan = Form::of(kinds.len()).plan();
    let placed = match place(picture, code, &plan) {
        Ok(placed) => placed,
        Err(fault) => return Read { fault: Some(fault.into()), ..Read::default() },
    };
    let inks = measure(picture, &placed, &plan);
    let reading = Reading { place: Some(placed.into()), boxes: inks.iter().map(|ink| seen(*ink)).collect() };
    let ticks: Vec<Tick> = inks.iter().map(|ink| ink.tick()).collect();
    let (of_kinds, answers) = ticks.split_at(kinds.len().min(ticks.len()));
    let (kind, fault) = match chosen(of_kinds) {
        Ok(n) => (kinds.get(n).cloned(), None),
        Err(fault) => (None, Some(fault)),
    };
    let fault = match sheet.state {
        SheetState::Printed => fault,
        SheetState::Returned => Some(Fault::Used),
        SheetState::Void => Some(Fault::Void),
    };
    Read { reading, kind, fault, wants: Some(wanted(answers)) }
}

#[expect(clippy::cast_possible_truncation, reason = "a share of ten thousand")]
fn seen(ink: Ink) -> Seen {
    Seen { tick: code_of(ink.tick()).to_owned(), ink: (ink.share * 10_000.0).round() as i64 }
}

/// The one box that is ticked, if that is beyond doubt.
fn chosen(ticks: &[Tick]) -> Result<usize, Fault> {
    if ticks.contains(&Tick::Unsure) {
        return Err(Fault::Unsure);
    }
    let mut ticked = ticks.iter().enumerate().filter(|(_, tick)| **tick == Tick::Ticked).map(|(n, _)| n);
    match (ticked.next(), ticked.next()) {
        (Some(n), None) => Ok(n),
        (None, _) => Err(Fault::NoTick),
        (Some(_), Some(_)) => Err(Fault::Several),
    }
}

fn wanted(answers: &[Tick]) -> Wants {
    match answers {
        [Tick::Ticked, Tick::Empty] => Wants::Call,
        [Tick::Empty, Tick::Ticked] => Wants::Nothing,
        _ => Wants::Unclear,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_tick_beyond_doubt_is_a_choice() {
        use Tick::{Empty, Ticked, Unsure};
        assert_eq!(chosen(&[Empty, Ticked, Empty]), Ok(1));
        assert_eq!(chosen(&[Empty, Empty]), Err(Fault::NoTick));
        assert_eq!(chosen(&[]), Err(Fault::NoTick));
        assert_eq!(chosen(&[Ticked, Ticked]), Err(Fault::Several));
        assert_eq!(chosen(&[Ticked, Unsure]), Err(Fault::Unsure), "the other may be meant");
    }

    #[test]
    fn an_answer_is_wanted_or_not_or_nobody_knows() {
        use Tick::{Empty, Ticked, Unsure};
        assert_eq!(wanted(&[Ticked, Empty]), Wants::Call);
        assert_eq!(wanted(&[Empty, Ticked]), Wants::Nothing);
        for unclear in [[Empty, Empty], [Ticked, Ticked], [Ticked, Unsure], [Unsure, Ticked]] {
            assert_eq!(wanted(&unclear), Wants::Unclear, "{unclear:?}");
        }
    }

    #[test]
    fn another_citys_code_is_none_of_ours() {
        let (ours, theirs) = (Secrets::fixed([1; 32]), Secrets::fixed([2; 32]));
        let text = code(&ours, Id::new(7));
        let word = text.strip_prefix(CODE_START).unwrap();
        assert_eq!(ours.open_token(PURPOSE, word), Some(7));
        assert_eq!(theirs.open_token(PURPOSE, word), None);
        assert_eq!(ours.open_token("case", word), None, "no key to a case's page");
        assert!(text.len() <= 32, "fits a code of 29 squares: {}", text.len());
    }
}

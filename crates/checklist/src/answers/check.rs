//! Every fault of answers, with its place; and the answers sorted into what counts and what does not.

use super::live::Live;
use super::{AnswerCode, AnswerFault, Answers, Given, Settled, fits};
use crate::map::Map;
use crate::model::{Checklist, Item, Kind, Question, Required, Text};
use jiff::civil::Date;

impl Checklist {
    /// What of the answers counts, what was set aside, and what is wrong. `today` is what `today()` gives.
    pub fn settle(&self, answers: &Answers, today: Date) -> Settled {
        let map = Map::of(self);
        let live = Live::of(&map, answers, today);
        let mut check = Check { checklist: self, live: &live, hidden: Vec::new(), faults: Vec::new() };
        if live.cut {
            check.add(0, "", AnswerCode::TooManyRows, super::live::ROWS.to_string(), &Text::default());
        }
        let (answers, aside) = check.frame(0);
        Settled { answers, aside, hidden: check.hidden, faults: check.faults }
    }

    /// Every fault of the answers, in the order of the questions.
    pub fn check(&self, answers: &Answers, today: Date) -> Vec<AnswerFault> {
        self.settle(answers, today).faults
    }
}

struct Check<'l, 'a> {
    checklist: &'a Checklist,
    live: &'l Live<'a>,
    hidden: Vec<String>,
    faults: Vec<AnswerFault>,
}

impl Check<'_, '_> {
    fn add(&mut self, frame: usize, name: &str, code: AnswerCode, what: String, message: &Text) {
        let path = self.live.path(frame, name);
        self.faults.push(AnswerFault { path, code, what, message: message.clone() });
    }

    /// What counts in a frame, and what does not.
    fn frame(&mut self, at: usize) -> (Answers, Answers) {
        let (mut counted, mut aside) = (Answers::default(), Answers::default());
        let live = self.live;
        let Some(frame) = live.frames.get(at) else { return (counted, aside) };
        for (item, entry) in live.map.entries.iter().enumerate() {
            if entry.repeats.last().copied() != frame.repeat {
                continue;
            }
            let relevant = match entry.item {
                Item::Repeat(_) => live.would_be_relevant(item, at),
                _ => live.is_relevant(item, at),
            };
            if !relevant {
                self.hidden.push(live.path(at, entry.item.name()));
            }
            match entry.item {
                Item::Question(question) => {
                    let given = frame.given.given.get(&question.name).filter(|given| !given.is_blank());
                    if !relevant {
                        aside.given.extend(given.map(|given| (question.name.clone(), given.clone())));
                    } else if matches!(question.kind, Kind::Calculate { .. }) {
                        let value = live.calculated(item, at);
                        counted.given.extend(value.map(|value| (question.name.clone(), value)));
                    } else {
                        self.question(question, item, at, given);
                        counted.given.extend(given.map(|given| (question.name.clone(), given.clone())));
                    }
                }
                Item::Repeat(repeat) => {
                    let rows = frame.rows.get(&item).map(Vec::as_slice).unwrap_or_default();
                    if let Some(count) = &repeat.count
                        && relevant
                    {
                        let wanted = live.value(count, item, at).one().number();
                        let wanted = if wanted.is_finite() { wanted.trunc().max(0.0) } else { 0.0 };
                        if wanted.to_string() != rows.len().to_string() {
                            let what = format!("{}/{wanted}", rows.len());
                            self.add(at, &repeat.name, AnswerCode::Rows, what, &Text::default());
                        }
                    }
                    if !rows.is_empty() {
                        let (in_rows, beside): (Vec<_>, Vec<_>) =
                            rows.iter().map(|row| self.frame(*row)).unzip();
                        if rows.iter().any(|row| live.is_relevant(item, *row)) {
                            counted.rows.insert(repeat.name.clone(), in_rows);
                        }
                        if beside.iter().any(|row| *row != Answers::default()) {
                            aside.rows.insert(repeat.name.clone(), beside);
                        }
                    }
                }
                Item::Section(_) | Item::Note(_) => {}
            }
        }
        self.unknown(at, &mut aside);
        (counted, aside)
    }

    fn question(&mut self, question: &Question, item: usize, frame: usize, given: Option<&Given>) {
        let live = self.live;
        let Some(given) = given else {
            let required = match &question.required {
                Required::Fixed(required) => *required,
                Required::When(expr) => live.holds(expr, item, frame),
            };
            if required {
                self.add(
                    frame,
                    &question.name,
                    AnswerCode::Required,
                    String::new(),
                    &question.required_message,
                );
            }
            return;
        };
        if let Some((code, what)) = fits::fault(self.checklist, &question.kind, given) {
            self.add(frame, &question.name, code, what, &Text::default());
        } else if let Some(constraint) = &question.constraint
            && !live.holds(constraint, item, frame)
        {
            let message = &question.constraint_message;
            self.add(frame, &question.name, AnswerCode::Constraint, String::new(), message);
        }
    }

    /// Names that have no question or repeat here.
    fn unknown(&mut self, at: usize, aside: &mut Answers) {
        let live = self.live;
        let Some(frame) = live.frames.get(at) else { return };
        let known = |name: &str, repeat: bool| {
            live.map.find(name).and_then(|item| live.map.at(item)).is_some_and(|entry| {
                entry.repeats.last().copied() == frame.repeat
                    && matches!((entry.item, repeat), (Item::Question(_), false) | (Item::Repeat(_), true))
            })
        };
        for (name, given) in frame.given.given.iter().filter(|(name, _)| !known(name, false)) {
            self.add(at, name, AnswerCode::UnknownName, String::new(), &Text::default());
            aside.given.insert(name.clone(), given.clone());
        }
        for (name, rows) in frame.given.rows.iter().filter(|(name, _)| !known(name, true)) {
            self.add(at, name, AnswerCode::UnknownName, String::new(), &Text::default());
            aside.rows.insert(name.clone(), rows.clone());
        }
    }
}

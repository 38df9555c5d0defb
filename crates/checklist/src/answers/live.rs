//! Answers laid beside their checklist: rows, relevance and calculated values, worked out in an order in which nothing
//! is asked for before it is known.

use super::{Answers, Given, Place};
use crate::expr::{Expr, Scalar, Surroundings, Value, date_of_days, days_of, text_of, truth, work_out};
use crate::map::Map;
use crate::model::{Item, Kind};
use jiff::civil::Date;
use std::collections::HashMap;

/// Rows of all repeats together.
pub(crate) const ROWS: usize = 2000;

/// One row of a repeat, or the whole.
pub(crate) struct Frame<'a> {
    pub(crate) repeat: Option<usize>,
    /// The frame around; the outermost stands around itself.
    parent: usize,
    /// How many repeats stand around and with it.
    depth: usize,
    /// Counted from 0 within its repeat.
    pub(crate) row: usize,
    pub(crate) given: &'a Answers,
    /// Rows of the repeats that stand directly in it.
    pub(crate) rows: HashMap<usize, Vec<usize>>,
    relevant: HashMap<usize, bool>,
    calculated: HashMap<usize, Scalar>,
}

pub(crate) struct Live<'a> {
    pub(crate) map: &'a Map<'a>,
    today: Date,
    pub(crate) frames: Vec<Frame<'a>>,
    /// Whether there were more rows than are looked at.
    pub(crate) cut: bool,
}

/// An expression's place: an item in a frame.
struct Here<'l, 'a> {
    live: &'l Live<'a>,
    frame: usize,
    item: usize,
}

impl<'a> Live<'a> {
    pub(crate) fn of(map: &'a Map<'a>, answers: &'a Answers, today: Date) -> Self {
        let mut live = Self { map, today, frames: Vec::new(), cut: false };
        live.enter(None, 0, 0, answers);
        live.settle();
        live
    }

    fn enter(&mut self, repeat: Option<usize>, parent: usize, row: usize, given: &'a Answers) -> usize {
        let at = self.frames.len();
        let depth = if repeat.is_some() { self.frames.get(parent).map_or(0, |f| f.depth) + 1 } else { 0 };
        let (rows, relevant, calculated) = (HashMap::new(), HashMap::new(), HashMap::new());
        self.frames.push(Frame { repeat, parent, depth, row, given, rows, relevant, calculated });
        let map = self.map;
        for (inner, entry) in map.entries.iter().enumerate() {
            if !matches!(entry.item, Item::Repeat(_)) || entry.repeats.last().copied() != repeat {
                continue;
            }
            let mut rows = Vec::new();
            for (row, given) in given.rows.get(entry.item.name()).into_iter().flatten().enumerate() {
                if self.frames.len() > ROWS {
                    self.cut = true;
                    break;
                }
                rows.push(self.enter(Some(inner), at, row, given));
            }
            self.frames[at].rows.insert(inner, rows);
        }
        at
    }

    fn settle(&mut self) {
        let mut by_repeat: HashMap<Option<usize>, Vec<usize>> = HashMap::new();
        for (at, frame) in self.frames.iter().enumerate() {
            by_repeat.entry(frame.repeat).or_default().push(at);
        }
        for item in self.map.order().0 {
            let innermost = self.map.rows(item).last().copied();
            for frame in by_repeat.get(&innermost).map(Vec::as_slice).unwrap_or_default() {
                self.settle_one(item, *frame);
            }
        }
    }

    fn settle_one(&mut self, item: usize, frame: usize) {
        let Some(entry) = self.map.at(item) else { return };
        let relevant = self.would_be_relevant(item, frame);
        let value = match entry.item {
            Item::Question(question) if relevant => match &question.kind {
                Kind::Calculate { expr } => Some(self.value(expr, item, frame).one()),
                _ => None,
            },
            _ => None,
        };
        if let Some(frame) = self.frames.get_mut(frame) {
            frame.relevant.insert(item, relevant);
            if let Some(value) = value {
                frame.calculated.insert(item, value);
            }
        }
    }

    /// Whether an item counts in a frame, its own condition worked out there.
    pub(crate) fn would_be_relevant(&self, item: usize, frame: usize) -> bool {
        let Some(entry) = self.map.at(item) else { return false };
        entry.parent.is_none_or(|parent| self.is_relevant(parent, frame))
            && entry.item.relevant().is_none_or(|expr| self.holds(expr, item, frame))
    }

    /// Whether an item counts, in this frame or the one around it that it belongs to.
    pub(crate) fn is_relevant(&self, item: usize, frame: usize) -> bool {
        let at = self.around(frame, self.map.rows(item).len());
        self.frames.get(at).and_then(|frame| frame.relevant.get(&item)).copied().unwrap_or(false)
    }

    /// The frame at this depth that stands around another.
    fn around(&self, mut frame: usize, depth: usize) -> usize {
        while let Some(found) = self.frames.get(frame).filter(|found| found.depth > depth) {
            frame = found.parent;
        }
        frame
    }

    pub(crate) fn holds(&self, expr: &Expr, item: usize, frame: usize) -> bool {
        truth(expr.tree(), &Here { live: self, frame, item })
    }

    pub(crate) fn value(&self, expr: &Expr, item: usize, frame: usize) -> Value {
        work_out(expr.tree(), &Here { live: self, frame, item })
    }

    /// The answer to a question in the frame it belongs to; `None` where there is none or it does not count.
    pub(crate) fn given(&self, item: usize, frame: usize) -> Option<&'a Given> {
        if !self.is_relevant(item, frame) {
            return None;
        }
        let name = self.map.question(item)?.name.as_str();
        let at = self.around(frame, self.map.rows(item).len());
        self.frames.get(at)?.given.given.get(name).filter(|given| !given.is_blank())
    }

    /// What was calculated, as an answer.
    pub(crate) fn calculated(&self, item: usize, frame: usize) -> Option<Given> {
        match self.frames.get(frame)?.calculated.get(&item)? {
            Scalar::Text(text) if text.is_empty() => None,
            Scalar::Text(text) => Some(Given::Text(text.clone())),
            Scalar::Truth(truth) => Some(Given::Text(truth.to_string())),
            Scalar::Date(days) => date_of_days(*days).map(|date| Given::Text(date.to_string())),
            Scalar::Number(number) if number.is_nan() => None,
            Scalar::Number(number) if number.is_infinite() => Some(Given::Text(text_of(*number))),
            Scalar::Number(number) => Some(whole(*number).map_or(Given::Number(*number), Given::Whole)),
        }
    }

    fn scalar(&self, item: usize, frame: usize) -> Scalar {
        let Some(question) = self.map.question(item) else { return Scalar::nothing() };
        if matches!(question.kind, Kind::Calculate { .. }) {
            let at = self.around(frame, self.map.rows(item).len());
            let found = self.frames.get(at).and_then(|frame| frame.calculated.get(&item));
            // a calculation that has no result leaves its question without an answer
            return match found {
                Some(Scalar::Number(number)) if number.is_nan() => Scalar::nothing(),
                Some(found) => found.clone(),
                None => Scalar::nothing(),
            };
        }
        self.given(item, frame).map_or_else(Scalar::nothing, |given| scalar_of(&question.kind, given))
    }

    /// Frames in which an item is answered, as seen from a frame.
    pub(crate) fn frames_of(&self, item: usize, from: usize) -> Vec<usize> {
        let repeats = self.map.at(item).map(|entry| entry.repeats.clone()).unwrap_or_default();
        let chain = self.chain(from);
        let shared = chain.iter().zip(&repeats).take_while(|(one, other)| one == other).count();
        let mut found = vec![self.around(from, shared)];
        for repeat in repeats.iter().skip(shared) {
            let rows = |at: &usize| {
                self.frames.get(*at).and_then(|f| f.rows.get(repeat)).cloned().unwrap_or_default()
            };
            found = found.iter().flat_map(rows).collect();
        }
        found
    }

    /// Repeats of a frame and of those around it, outermost first.
    fn chain(&self, mut frame: usize) -> Vec<usize> {
        let mut chain = Vec::new();
        while let Some(found) = self.frames.get(frame) {
            let Some(repeat) = found.repeat else { break };
            chain.push(repeat);
            frame = found.parent;
        }
        chain.reverse();
        chain
    }

    /// `lines[2]/stops[5]/clean`
    pub(crate) fn path(&self, frame: usize, name: &str) -> String {
        let mut parts = vec![name.to_owned()];
        let mut at = frame;
        while let Some(found) = self.frames.get(at) {
            let Some(repeat) = found.repeat.and_then(|repeat| self.map.at(repeat)) else { break };
            parts.push(format!("{}[{}]", repeat.item.name(), found.row + 1));
            at = found.parent;
        }
        parts.retain(|part| !part.is_empty());
        parts.reverse();
        parts.join("/")
    }
}

impl Surroundings for Here<'_, '_> {
    fn answers(&self, name: &str) -> Value {
        let live = self.live;
        let Some((item, entry)) = live.map.find(name).and_then(|at| Some((at, live.map.at(at)?))) else {
            return Value::One(Scalar::nothing());
        };
        let frames = live.frames_of(item, self.frame);
        if matches!(entry.item, Item::Repeat(_)) {
            let rows = frames.iter().filter_map(|at| live.frames.get(*at)?.rows.get(&item)).flatten();
            let counted = rows.filter(|row| live.is_relevant(item, **row));
            return Value::Nodes(counted.map(|_| Scalar::nothing()).collect());
        }
        let counted = frames.iter().filter(|frame| live.is_relevant(item, **frame));
        Value::Nodes(counted.map(|frame| live.scalar(item, *frame)).collect())
    }

    fn this(&self) -> Scalar {
        let given = self.live.map.question(self.item).zip(self.live.given(self.item, self.frame));
        given.map_or_else(Scalar::nothing, |(question, given)| scalar_of(&question.kind, given))
    }

    fn position(&self, steps: usize) -> usize {
        let mut at = Some(self.item);
        for _ in 0..steps {
            at = at.and_then(|at| self.live.map.at(at)).and_then(|entry| entry.parent);
        }
        let Some(at) =
            at.filter(|at| self.live.map.at(*at).is_some_and(|e| matches!(e.item, Item::Repeat(_))))
        else {
            return 1;
        };
        let frame = self.live.around(self.frame, self.live.map.rows(at).len());
        self.live.frames.get(frame).map_or(1, |frame| frame.row + 1)
    }

    fn today(&self) -> Date {
        self.live.today
    }
}

#[expect(clippy::cast_possible_truncation, reason = "bounds are looked at before")]
fn whole(number: f64) -> Option<i64> {
    (number.fract() == 0.0 && number.abs() < 1e15).then_some(number as i64)
}

/// An answer as expressions see it, which is as it stands in a submission.
#[expect(clippy::cast_precision_loss, reason = "whole answers have nine digits")]
pub(crate) fn scalar_of(kind: &Kind, given: &Given) -> Scalar {
    match (kind, given) {
        (_, Given::Whole(number)) => Scalar::Number(*number as f64),
        (_, Given::Number(number)) => Scalar::Number(*number),
        (Kind::Date, Given::Text(text)) => text
            .parse::<Date>()
            .map_or_else(|_| Scalar::Text(text.clone()), |date| Scalar::Date(days_of(date))),
        (_, Given::Text(text)) => Scalar::Text(text.clone()),
        (Kind::Photo { .. }, Given::List(list)) => Scalar::Text(list.first().cloned().unwrap_or_default()),
        (_, Given::List(list)) => Scalar::Text(list.join(" ")),
        (_, Given::Place(place)) => Scalar::Text(place_text(place)),
        (_, Given::Places(places)) => {
            Scalar::Text(places.iter().map(place_text).collect::<Vec<_>>().join(";"))
        }
    }
}

/// Latitude, longitude, altitude, accuracy, as ODK's programs write them.
pub(crate) fn place_text(place: &Place) -> String {
    let (altitude, accuracy) = (place.altitude.unwrap_or_default(), place.accuracy.unwrap_or_default());
    format!("{} {} {altitude} {accuracy}", place.lat, place.lng)
}

//! The form: what is printed where, in millimetres, for the printer and for the reader alike.
//!
//! A4, upright. Everything that is read lies above the line along which the counterfoil is cut off, so that a form reads with
//! and without it. Letters are large: 14 points and more for what people fill in.

use crate::model::{Batch, Kind};
use papers::{Face, Fixed};
use ticks::{Area, Plan, Point};

pub const PAGE: (f64, f64) = (210.0, 297.0);
/// Side of a corner mark, and the middles of the marks.
const MARK: f64 = 8.0;
const MARKS: [(f64, f64); 4] = [(14.0, 14.0), (196.0, 14.0), (196.0, 242.0), (14.0, 242.0)];
const CODE: Area = Area::new(154.0, 21.0, 31.0, 31.0);
/// Side of a box, and the width of its line.
const BOX: f64 = 6.0;
const LINE: f64 = 0.5;
const LEFT: f64 = 18.0;
const RIGHT: f64 = 192.0;
/// Where the kinds begin, how far the next row is, how many stand in a row, and how wide one is.
const KINDS_TOP: f64 = 63.0;
const ROW: f64 = 8.8;
const ACROSS: usize = 3;
const COLUMN: f64 = 58.5;
/// Rows of kinds for which there is room.
const MOST_ROWS: usize = 8;
/// Where the counterfoil begins.
const CUT: f64 = 252.0;

/// What begins the text of a form's code; the sheet's word follows.
pub const CODE_START: &str = "CC1.";

/// A part of the form that is cut out for whoever types it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    What,
    Place,
    Who,
    Photo,
    Kinds,
    Answer,
}

impl Part {
    pub const ALL: [Part; 6] = [Part::What, Part::Place, Part::Who, Part::Photo, Part::Kinds, Part::Answer];

    pub fn code(self) -> &'static str {
        match self {
            Part::What => "what",
            Part::Place => "place",
            Part::Who => "who",
            Part::Photo => "photo",
            Part::Kinds => "kinds",
            Part::Answer => "answer",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.code() == code)
    }
}

/// The places of a form with so many kinds.
#[derive(Clone, Debug)]
pub struct Form {
    kinds: usize,
    what: Area,
    place: Area,
    name: Area,
    phone: Area,
    photo: Area,
}

impl Form {
    pub fn of(kinds: usize) -> Self {
        let kinds = kinds.min(ACROSS * MOST_ROWS);
        // what the kinds do not need is room for words
        let top = KINDS_TOP + row(kinds.div_ceil(ACROSS)) + 7.0;
        let photo_left = 132.0;
        let low = 212.0;
        let place = Area::new(LEFT, low - 21.0, photo_left - 4.0 - LEFT, 14.0);
        let what = Area::new(LEFT, top, place.width, place.y - 7.0 - top);
        Self {
            kinds,
            what,
            place,
            name: Area::new(LEFT, low, 48.0, 12.0),
            phone: Area::new(LEFT + 52.0, low, 66.0, 12.0),
            photo: Area::new(photo_left, top, RIGHT - photo_left, place.y + place.height - top),
        }
    }

    fn kind(n: usize) -> Area {
        Area::new(LEFT + column(n % ACROSS), KINDS_TOP + row(n / ACROSS), BOX, BOX)
    }

    fn answers() -> [Area; 2] {
        [Area::new(142.0, 209.5, BOX, BOX), Area::new(142.0, 218.3, BOX, BOX)]
    }

    /// What the reader must know. Boxes: of the kinds in their order, then "call me", then "no answer wanted".
    pub fn plan(&self) -> Plan {
        Plan {
            width: PAGE.0,
            height: PAGE.1,
            marks: MARKS.map(|(x, y)| Point { x, y }),
            mark_side: MARK,
            code: CODE,
            boxes: (0..self.kinds).map(Self::kind).chain(Self::answers()).collect(),
            line: LINE,
        }
    }

    pub fn part(&self, part: Part) -> Area {
        match part {
            Part::What => labelled(self.what),
            Part::Place => labelled(self.place),
            Part::Who => {
                let end = self.phone.x + self.phone.width;
                labelled(Area::new(self.name.x, self.name.y, end - self.name.x, self.name.height))
            }
            Part::Photo => around(self.photo, 1.0),
            Part::Kinds => {
                let rows = self.kinds.div_ceil(ACROSS);
                around(Area::new(LEFT, KINDS_TOP, RIGHT - LEFT, row(rows)), 2.0)
            }
            Part::Answer => around(Area::new(142.0, 209.5, RIGHT - 142.0, 15.0), 2.0),
        }
    }
}

/// With the words printed above it.
fn labelled(area: Area) -> Area {
    Area::new(area.x - 1.0, area.y - 6.6, area.width + 2.0, area.height + 7.2)
}

fn around(area: Area, by: f64) -> Area {
    Area::new(area.x - by, area.y - by, area.width + 2.0 * by, area.height + 2.0 * by)
}

#[expect(clippy::cast_precision_loss, reason = "a form has few rows")]
fn row(n: usize) -> f64 {
    n as f64 * ROW
}

#[expect(clippy::cast_precision_loss, reason = "a form has three columns")]
fn column(n: usize) -> f64 {
    n as f64 * COLUMN
}

/// What is printed on every form of a batch, in the language of the forms.
#[derive(Clone, Debug, Default)]
pub struct Words {
    pub title: String,
    pub number: String,
    pub place: String,
    pub how: String,
    pub kinds: String,
    pub what: String,
    pub where_: String,
    pub name: String,
    pub phone: String,
    pub photo: String,
    pub call: String,
    pub no_answer: String,
    pub notice: String,
    pub hand_in: String,
    pub foil: String,
    pub foil_keep: String,
    pub foil_ask: String,
    pub foil_office: String,
}

fn line(x: f64, baseline: f64, size: f64, room: f64, face: Face, text: &str) -> Fixed {
    Fixed::Line { x, baseline, size, room, face, text: text.to_owned() }
}

fn frame(area: Area, line: f64) -> Fixed {
    Fixed::Frame { x: area.x, y: area.y, width: area.width, height: area.height, line }
}

/// One form. `code`: what its code says.
pub fn drawn(words: &Words, kinds: &[Kind], number: &str, code: &str) -> Vec<Fixed> {
    let form = Form::of(kinds.len());
    let mut all = Vec::new();
    for (x, y) in MARKS {
        all.push(Fixed::Block { x: x - MARK / 2.0, y: y - MARK / 2.0, width: MARK, height: MARK });
    }
    all.push(Fixed::Code { x: CODE.x, y: CODE.y, side: CODE.width, text: code.to_owned() });
    let head = 128.0;
    all.push(line(LEFT + 4.0, 20.0, 24.0, 150.0, Face::Heading, &words.title));
    all.push(line(LEFT, 31.0, 18.0, head, Face::Heading, &format!("{} {number}", words.number)));
    all.push(line(LEFT, 38.5, 12.0, head, Face::Text, &words.place));
    all.push(Fixed::Lines {
        x: LEFT,
        baseline: 45.0,
        size: 12.0,
        pitch: 5.2,
        room: head,
        most: 2,
        text: words.how.clone(),
    });
    all.push(line(LEFT, 59.5, 16.0, 160.0, Face::Heading, &words.kinds));
    for (n, kind) in kinds.iter().enumerate() {
        let area = Form::kind(n);
        all.push(frame(area, LINE));
        let room = COLUMN - BOX - 5.0;
        all.push(line(area.x + BOX + 2.5, area.y + 4.9, 14.0, room, Face::Text, &kind.name));
    }
    for (area, label) in [
        (form.what, &words.what),
        (form.place, &words.where_),
        (form.name, &words.name),
        (form.phone, &words.phone),
    ] {
        all.push(line(area.x, area.y - 1.8, 14.0, area.width, Face::Heading, label));
        all.push(frame(area, 0.3));
    }
    all.push(line(form.photo.x, form.photo.y - 1.8, 14.0, form.photo.width, Face::Heading, &words.photo));
    all.push(frame(form.photo, 0.3));
    for (area, label) in Form::answers().into_iter().zip([&words.call, &words.no_answer]) {
        all.push(frame(area, LINE));
        let x = area.x + BOX + 2.5;
        all.push(line(x, area.y + 4.9, 14.0, RIGHT - x, Face::Text, label));
    }
    all.push(Fixed::Lines {
        x: LEFT + 4.0,
        baseline: 230.5,
        size: 9.5,
        pitch: 4.2,
        room: RIGHT - LEFT - 8.0,
        most: 3,
        text: words.notice.clone(),
    });
    all.push(line(LEFT + 4.0, 245.5, 12.0, RIGHT - LEFT - 8.0, Face::Heading, &words.hand_in));
    foil(words, number, &mut all);
    all
}

/// What the person keeps.
fn foil(words: &Words, number: &str, all: &mut Vec<Fixed>) {
    all.push(Fixed::Cut { x: 8.0, y: CUT, width: PAGE.0 - 16.0 });
    let room = PAGE.0 - 2.0 * LEFT;
    all.push(line(LEFT, CUT + 5.0, 10.0, room, Face::Text, &words.foil_keep));
    all.push(line(LEFT, CUT + 15.0, 20.0, room, Face::Heading, &format!("{} {number}", words.foil)));
    all.push(Fixed::Lines {
        x: LEFT,
        baseline: CUT + 23.0,
        size: 12.0,
        pitch: 5.6,
        room,
        most: 2,
        text: words.foil_ask.clone(),
    });
    all.push(line(LEFT, CUT + 35.0, 12.0, room, Face::Text, &words.foil_office));
}

/// The forms of a batch as a PDF. `sheets`: number of each and what its code says.
///
/// # Errors
/// See [`papers::fixed`].
pub fn printed(
    fonts: &papers::Fonts,
    title: &str,
    words: &Words,
    batch: &Batch,
    sheets: &[(String, String)],
) -> Result<Vec<u8>, papers::Error> {
    let kinds = batch.kinds();
    let pages: Vec<Vec<Fixed>> =
        sheets.iter().map(|(number, code)| drawn(words, &kinds, number, code)).collect();
    papers::fixed(fonts, title, PAGE, &pages)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_lies_upon_another_and_all_of_it_above_the_counterfoil() {
        for kinds in 1..=ACROSS * MOST_ROWS {
            let form = Form::of(kinds);
            let plan = form.plan();
            assert_eq!(plan.boxes.len(), kinds + 2);
            let mut areas = plan.boxes.clone();
            areas.extend([form.what, form.place, form.name, form.phone, form.photo, plan.code]);
            areas
                .extend(plan.marks.iter().map(|m| Area::new(m.x - MARK / 2.0, m.y - MARK / 2.0, MARK, MARK)));
            for (n, a) in areas.iter().enumerate() {
                assert!(a.x >= 5.0 && a.x + a.width <= PAGE.0 - 5.0 && a.y >= 5.0, "{kinds}: {a:?}");
                assert!(a.y + a.height < CUT, "{kinds}: {a:?}");
                for b in &areas[n + 1..] {
                    let apart = a.x + a.width <= b.x
                        || b.x + b.width <= a.x
                        || a.y + a.height <= b.y
                        || b.y + b.height <= a.y;
                    assert!(apart, "{kinds}: {a:?} {b:?}");
                }
            }
            assert!(form.what.height >= 35.0, "{kinds}: room for words {}", form.what.height);
        }
    }
}

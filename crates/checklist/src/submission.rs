//! What programs such as ODK Collect send back: read against the checklist it was filled in by.
//!
//! Every fault is told with its place. Whether answers are complete is asked afterwards, by [`Checklist::settle`]: a person
//! may send what is not finished.

use crate::answers::live::ROWS;
use crate::answers::{AnswerCode, Answers, Given, Place, fits};
use crate::map::ROOT;
use crate::model::{Checklist, Item, Kind, Question};
use crate::problems::{count_name, photo_name};
use crate::xml::{self, Element, XmlFault};
use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// Faults that are told of one submission.
const FAULTS: usize = 500;
/// Characters of an instance's id.
const ID: usize = 200;

#[derive(Clone, Debug, PartialEq)]
pub struct Submission {
    /// The same for every sending of the same answers.
    pub instance_id: String,
    /// Of the submission that this one replaces.
    pub deprecated_id: Option<String>,
    pub answers: Answers,
    /// Names of the files that belong to it, in the order of the questions.
    pub attachments: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubmissionFault {
    /// `lines[2]/stops[5]/clean`; blank for the whole.
    pub path: String,
    pub code: SubmissionCode,
    /// What was found.
    pub what: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SubmissionCode {
    Xml(XmlFault),
    /// Filled in by another form.
    OtherForm,
    /// Filled in by another version of it.
    OtherVersion,
    NoInstanceId,
    BadInstanceId,
    UnknownElement,
    /// One answer stands there twice.
    Twice,
    TooManyRows,
    Answer(AnswerCode),
}

impl SubmissionCode {
    /// Those that are neither of XML nor of answers.
    pub const OWN: [Self; 7] = [
        Self::OtherForm,
        Self::OtherVersion,
        Self::NoInstanceId,
        Self::BadInstanceId,
        Self::UnknownElement,
        Self::Twice,
        Self::TooManyRows,
    ];

    /// Stable code for texts and APIs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Xml(fault) => fault.code(),
            Self::OtherForm => "submission-other-form",
            Self::OtherVersion => "submission-other-version",
            Self::NoInstanceId => "submission-no-instance-id",
            Self::BadInstanceId => "submission-bad-instance-id",
            Self::UnknownElement => "submission-unknown-element",
            Self::Twice => "submission-twice",
            Self::TooManyRows => "submission-too-many-rows",
            Self::Answer(code) => code.code(),
        }
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(60).collect()
}

/// Form and version that a submission says it was filled in by: to find the checklist it belongs to.
///
/// # Errors
/// Where it is no XML within the bounds.
pub fn belongs_to(bytes: &[u8]) -> Result<(String, String), XmlFault> {
    let root = xml::read(bytes)?;
    let of = |name: &str| root.attribute(name).map(shortened).unwrap_or_default();
    Ok((of("id"), of("version")))
}

/// Reads a submission.
///
/// # Errors
/// Every fault that was found.
pub fn read(checklist: &Checklist, bytes: &[u8]) -> Result<Submission, Vec<SubmissionFault>> {
    let whole = |code, what: &str| SubmissionFault { path: String::new(), code, what: shortened(what) };
    let root = xml::read(bytes).map_err(|fault| vec![whole(SubmissionCode::Xml(fault), "")])?;
    let form = root.attribute("id").unwrap_or_default();
    if root.name != ROOT || form != checklist.code {
        return Err(vec![whole(SubmissionCode::OtherForm, form)]);
    }
    let version = root.attribute("version").unwrap_or_default();
    if version != checklist.version {
        return Err(vec![whole(SubmissionCode::OtherVersion, version)]);
    }
    let meta = root.child("meta");
    let id_of = |name: &str| meta.and_then(|meta| meta.child(name)).map(|id| id.text.trim().to_owned());
    let mut reader = Reader { checklist, faults: Vec::new(), attachments: Vec::new(), rows: 0 };
    let instance_id = id_of("instanceID").unwrap_or_default();
    let deprecated_id = id_of("deprecatedID").filter(|id| !id.is_empty());
    if instance_id.is_empty() {
        reader.faults.push(whole(SubmissionCode::NoInstanceId, ""));
    }
    for id in [Some(&instance_id), deprecated_id.as_ref()].into_iter().flatten() {
        if id.chars().count() > ID || id.chars().any(char::is_control) {
            reader.faults.push(whole(SubmissionCode::BadInstanceId, id));
        }
    }
    let mut answers = Answers::default();
    reader.items(&root, &checklist.items, &[], &mut answers, true);
    if reader.faults.is_empty() {
        Ok(Submission { instance_id, deprecated_id, answers, attachments: reader.attachments })
    } else {
        Err(reader.faults)
    }
}

struct Reader<'c> {
    checklist: &'c Checklist,
    faults: Vec<SubmissionFault>,
    attachments: Vec<String>,
    rows: usize,
}

impl Reader<'_> {
    fn add(&mut self, path: &[String], name: &str, code: SubmissionCode, what: &str) {
        if self.faults.len() >= FAULTS {
            return;
        }
        let mut path = path.to_vec();
        path.push(shortened(name));
        self.faults.push(SubmissionFault { path: path.join("/"), code, what: shortened(what) });
    }

    fn items(
        &mut self,
        element: &Element,
        items: &[Item],
        path: &[String],
        answers: &mut Answers,
        outermost: bool,
    ) {
        let (mut known, mut at_most_once) = (HashSet::new(), HashSet::new());
        for item in items {
            let name = item.name().to_owned();
            let mut found = element.children.iter().filter(|child| child.name == name);
            match item {
                Item::Question(question) => {
                    if let Kind::Photo { most } = question.kind {
                        for number in 2..=most.min(20) {
                            known.insert(photo_name(&name, number));
                        }
                    }
                    self.question(element, question, path, answers);
                    at_most_once.insert(name.clone());
                }
                Item::Section(section) => {
                    if let Some(inside) = found.next() {
                        self.items(inside, &section.items, path, answers, false);
                    }
                    at_most_once.insert(name.clone());
                }
                Item::Repeat(repeat) => {
                    known.insert(count_name(&name));
                    // what new rows are copied from is no row
                    let rows = found.filter(|row| row.attribute("template").is_none());
                    let mut all = Vec::new();
                    for (n, row) in rows.enumerate() {
                        self.rows += 1;
                        if self.rows > ROWS {
                            self.add(path, &name, SubmissionCode::TooManyRows, &ROWS.to_string());
                            break;
                        }
                        let mut inner = path.to_vec();
                        inner.push(format!("{name}[{}]", n + 1));
                        let mut given = Answers::default();
                        self.items(row, &repeat.items, &inner, &mut given, false);
                        all.push(given);
                    }
                    if !all.is_empty() {
                        answers.rows.insert(name.clone(), all);
                    }
                }
                Item::Note(_) => {}
            }
            known.insert(name);
        }
        let mut seen = HashSet::new();
        for child in &element.children {
            if outermost && child.name == "meta" {
                continue;
            }
            if !known.contains(&child.name) {
                self.add(path, &child.name, SubmissionCode::UnknownElement, "");
            } else if !seen.insert(child.name.as_str()) && at_most_once.contains(&child.name) {
                self.add(path, &child.name, SubmissionCode::Twice, "");
            }
        }
    }

    fn question(&mut self, element: &Element, question: &Question, path: &[String], answers: &mut Answers) {
        let text_of = |name: &str| element.child(name).map(|child| child.text.trim()).unwrap_or_default();
        let given = match question.kind {
            // worked out anew from the other answers
            Kind::Calculate { .. } => return,
            Kind::Photo { most } => {
                let names =
                    (1..=most.clamp(1, 20)).map(|number| text_of(&photo_name(&question.name, number)));
                let files: Vec<String> = names.filter(|file| !file.is_empty()).map(str::to_owned).collect();
                let given = Given::List(files);
                let fault = fits::fault(self.checklist, &question.kind, &given);
                fault.map_or(Ok(given), Err)
            }
            _ => read_answer(self.checklist, &question.kind, text_of(&question.name)),
        };
        match given {
            Ok(given) if given.is_blank() => {}
            Ok(given) => {
                match (&question.kind, &given) {
                    (Kind::Photo { .. }, Given::List(files)) => {
                        self.attachments.extend(files.iter().cloned());
                    }
                    (Kind::Audio, Given::Text(file)) => self.attachments.push(file.clone()),
                    _ => {}
                }
                answers.given.insert(question.name.clone(), given);
            }
            Err((code, what)) => self.add(path, &question.name, SubmissionCode::Answer(code), &what),
        }
    }
}

/// An answer from its text in an XForm; blank text is the blank answer.
///
/// # Errors
/// Why it is none that this kind of question can have.
pub(crate) fn read_answer(
    checklist: &Checklist,
    kind: &Kind,
    text: &str,
) -> Result<Given, (AnswerCode, String)> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(Given::Text(String::new()));
    }
    let wrong = |code| (code, shortened(text));
    let given = match kind {
        Kind::Count => Given::Whole(text.parse().map_err(|_| wrong(AnswerCode::WrongKind))?),
        Kind::Number => number(text).ok_or_else(|| wrong(AnswerCode::WrongKind))?,
        Kind::ManyOf { .. } | Kind::Photo { .. } => {
            Given::List(text.split_whitespace().map(str::to_owned).collect())
        }
        Kind::Date => {
            let day = text.get(..10).and_then(|day| day.parse::<Date>().ok());
            Given::Text(day.ok_or_else(|| wrong(AnswerCode::BadDate))?.to_string())
        }
        Kind::Time => {
            // with fractions of a second and an offset behind it, which a time of day has no use for
            let clock = text.get(..8).or(Some(text)).and_then(|clock| clock.parse::<Time>().ok());
            Given::Text(clock.ok_or_else(|| wrong(AnswerCode::BadTime))?.to_string())
        }
        Kind::Place => Given::Place(place(text).ok_or_else(|| wrong(AnswerCode::BadPlace))?),
        Kind::Line | Kind::Area => {
            let parts: Vec<&str> = text.split(';').map(str::trim).filter(|part| !part.is_empty()).collect();
            if parts.len() > fits::POINTS + 1 {
                return Err((AnswerCode::TooManyPoints, parts.len().to_string()));
            }
            let places: Option<Vec<Place>> = parts.into_iter().map(place).collect();
            let mut places = places.ok_or_else(|| wrong(AnswerCode::BadPlace))?;
            // an area's first corner stands there again at its end
            if *kind == Kind::Area && places.len() > 3 {
                let same = |one: &Place, other: &Place| (one.lat, one.lng) == (other.lat, other.lng);
                if places.first().zip(places.last()).is_some_and(|(first, last)| same(first, last)) {
                    places.pop();
                }
            }
            Given::Places(places)
        }
        _ => Given::Text(text.to_owned()),
    };
    match fits::fault(checklist, kind, &given) {
        Some(fault) => Err(fault),
        None => Ok(given),
    }
}

fn number(text: &str) -> Option<Given> {
    let plain = text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e' | b'E'));
    if !plain {
        return None;
    }
    if let Ok(whole) = text.parse::<i64>() {
        return Some(Given::Whole(whole));
    }
    text.parse::<f64>().ok().filter(|number| number.is_finite()).map(Given::Number)
}

/// Latitude and longitude, and where they are known altitude and accuracy.
fn place(text: &str) -> Option<Place> {
    let parts: Option<Vec<f64>> = text.split_whitespace().map(|part| part.parse::<f64>().ok()).collect();
    let parts = parts?;
    if !(2..=4).contains(&parts.len()) || parts.iter().any(|part| !part.is_finite()) {
        return None;
    }
    let (altitude, accuracy) = (parts.get(2).copied(), parts.get(3).copied());
    Some(Place { lat: *parts.first()?, lng: *parts.get(1)?, altitude, accuracy })
}

//! What programs such as ODK Collect send back: read against the checklist it was filled in by.
//!
//! Every fault is told with its place. Whether answers are complete is asked afterwards, by [`Checklist::settle`]: a person
//! may send what is not finished.

use crate::answers::live::ROWS;
use crate::answers::{AnswerCode, Answers, Given, fits};
use crate::map::ROOT;
use crate::model::{Checklist, Item, Kind, Question};
use crate::problems::{count_name, photo_name};
use crate::xml::{self, Element, XmlFault};
use kernel::time::Instant;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// Faults that are told of one submission.
const FAULTS: usize = 500;
/// Characters of an instance's id.
const ID: usize = 200;
/// Elements of `meta`: when the form was begun, and when it was finished.
pub(crate) const STARTED: &str = "timeStart";
pub(crate) const ENDED: &str = "timeEnd";

#[derive(Clone, Debug, PartialEq)]
pub struct Submission {
    /// The same for every sending of the same answers.
    pub instance_id: String,
    /// Of the submission that this one replaces.
    pub deprecated_id: Option<String>,
    /// When it was begun and finished, by the clock of whoever filled it in; none where that is not told, or is no moment.
    pub started: Option<Instant>,
    pub ended: Option<Instant>,
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
        let moment = |name: &str| id_of(name).as_deref().and_then(Instant::parse_rfc3339);
        let (started, ended) = (moment(STARTED), moment(ENDED));
        Ok(Submission {
            instance_id,
            deprecated_id,
            started,
            ended,
            answers,
            attachments: reader.attachments,
        })
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
            _ => self.checklist.answer(&question.kind, text_of(&question.name)),
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

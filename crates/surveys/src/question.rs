//! A question, what may be answered to it, and what becomes of answers that were given.
//!
//! "Not sure, or would rather not say" is no option of any question: it stands beside all of them and is counted apart, so that nobody is
//! pressed into an opinion and no opinion is made of silence.

use kernel::problem::{FieldError, Findings, Result};
use kernel::workflow::Named;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

kernel::named! {
    /// 题型
    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    pub enum QuestionKind {
        /// 单选
        Single = "single",
        /// 多选
        Multiple = "multiple",
        /// 量表: options in order, from best to worst or back.
        Scale = "scale",
        /// 数字: a whole number within bounds.
        Number = "number",
        /// 简答: a few words, which only the office reads, apart from everything else.
        Text = "text",
    }
}

/// Most questions of a questionnaire, and most options of a question.
pub const MOST_QUESTIONS: usize = 100;
pub const MOST_OPTIONS: usize = 20;
/// Longest texts, in characters.
pub const QUESTION: usize = 200;
pub const OPTION: usize = 60;
pub const WORDS: usize = 200;
/// What an option counts that counts fully: fractions are ten-thousandths.
pub const FULL: i64 = 10_000;
/// How "not sure, or would rather not say" is written in forms.
pub const UNSURE: &str = "unsure";

/// One thing to choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    pub text: String,
    /// What it counts, in ten-thousandths; none: it is not counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counts: Option<i64>,
}

/// When a question is asked: if one of these options of an earlier question was chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct When {
    /// Key of the earlier question.
    pub question: String,
    /// Places of its options, from 0.
    pub options: Vec<usize>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Tells it from the others of its questionnaire and stays in later versions, so that rounds can be compared.
    pub key: String,
    pub kind: QuestionKind,
    pub text: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<Choice>,
    /// Bounds of a number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub least: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<i64>,
    /// Code of the standard that it speaks of; empty for none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub standard: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<When>,
}

impl Question {
    pub fn has_options(&self) -> bool {
        matches!(self.kind, QuestionKind::Single | QuestionKind::Multiple | QuestionKind::Scale)
    }

    /// Whether answers to it come to a score.
    pub fn is_counted(&self) -> bool {
        self.has_options() && self.options.iter().any(|o| o.counts.is_some())
    }

    /// What an answer counts, from 0 to 1; none where it is not counted. Of several options the mean of those that count.
    #[expect(clippy::cast_precision_loss, reason = "ten-thousandths, and a score of options")]
    pub fn score(&self, given: &Given) -> Option<f64> {
        let Given::Options(chosen) = given else { return None };
        let counts: Vec<i64> =
            chosen.iter().filter_map(|at| self.options.get(*at).and_then(|o| o.counts)).collect();
        let sum: i64 = counts.iter().sum();
        (!counts.is_empty()).then(|| sum as f64 / FULL as f64 / counts.len() as f64)
    }

    /// # Errors
    /// 422 with every field of the editor that is wrong.
    pub fn check(&self) -> Result<()> {
        let mut findings = Findings::default();
        text(&mut findings, "question_text", &self.text, QUESTION);
        if self.has_options() {
            findings.check(self.options.len() >= 2, "question_options", "survey-two-options");
            findings.check(self.options.len() <= MOST_OPTIONS, "question_options", "too-many");
            for option in &self.options {
                text(&mut findings, "question_options", &option.text, OPTION);
                let fits = option.counts.is_none_or(|c| (0..=FULL).contains(&c));
                findings.check(fits, "question_options", "survey-no-share");
            }
        } else {
            findings.check(self.options.is_empty(), "question_options", "survey-no-options");
        }
        if self.kind == QuestionKind::Number {
            findings.check(self.least.is_some(), "question_least", "required");
            findings.check(self.most.is_some(), "question_most", "required");
            let turned = self.least.zip(self.most).is_some_and(|(least, most)| least >= most);
            findings.check(!turned, "question_most", "survey-bounds-turned");
        }
        findings.done()
    }
}

fn text(findings: &mut Findings, field: &'static str, text: &str, most: usize) {
    findings.check(!text.trim().is_empty(), field, "required");
    if text.chars().count() > most {
        findings.add(FieldError::new(field, "too-long").arg("max", most));
    }
}

/// An answer, as it is stored: places of options, a number, or nothing for "not sure".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Given {
    Options(Vec<usize>),
    Number(i64),
    Unsure,
}

/// What one person answered, by the questions' keys. Questions that were not asked are not in it.
pub type Sheet = BTreeMap<String, Given>;

/// Whether the question is asked of somebody who answered so far like this.
pub fn is_asked(question: &Question, so_far: &Sheet) -> bool {
    question.when.as_ref().is_none_or(|when| match so_far.get(&when.question) {
        Some(Given::Options(chosen)) => chosen.iter().any(|at| when.options.contains(at)),
        _ => false,
    })
}

/// What a form or a program gave, read against the questions. What was answered to a question that is not asked is set aside.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settled {
    pub sheet: Sheet,
    /// Words, by the question's key: they are kept apart from the sheet.
    pub words: Vec<(String, String)>,
}

/// Reads answers: `given` is asked for the texts of a field by the question's key.
///
/// # Errors
/// 422 at `q-<key>`: `survey-answer-missing`, `not-a-choice`, `not-within`, `too-long`.
pub fn settle(questions: &[Question], given: impl Fn(&str) -> Vec<String>) -> Result<Settled> {
    let (mut settled, mut findings) = (Settled::default(), Findings::default());
    for question in questions {
        if !is_asked(question, &settled.sheet) {
            continue;
        }
        let texts: Vec<String> =
            given(&question.key).into_iter().map(|t| t.trim().to_owned()).filter(|t| !t.is_empty()).collect();
        if question.kind == QuestionKind::Text {
            let words = texts.first().map(String::as_str).unwrap_or_default();
            if words.chars().count() > WORDS {
                findings.add(FieldError::new(field(question), "too-long").arg("max", WORDS));
            } else if !words.is_empty() && words != UNSURE {
                settled.words.push((question.key.clone(), words.to_owned()));
            }
            continue;
        }
        match one(question, &texts) {
            Ok(answer) => drop(settled.sheet.insert(question.key.clone(), answer)),
            Err(error) => findings.add(error),
        }
    }
    findings.done()?;
    Ok(settled)
}

/// The name of a question's field.
pub fn field(question: &Question) -> String {
    format!("q-{}", question.key)
}

fn one(question: &Question, texts: &[String]) -> std::result::Result<Given, FieldError> {
    let wrong = |code: &'static str| FieldError::new(field(question), code);
    let Some(first) = texts.first() else { return Err(wrong("survey-answer-missing")) };
    if texts.iter().any(|text| text == UNSURE) {
        // beside options it contradicts them
        return if texts.len() == 1 { Ok(Given::Unsure) } else { Err(wrong("survey-unsure-beside")) };
    }
    if question.kind == QuestionKind::Number {
        let number: i64 = first.parse().map_err(|_| wrong("not-a-number"))?;
        let (least, most) = (question.least.unwrap_or(i64::MIN), question.most.unwrap_or(i64::MAX));
        if !(least..=most).contains(&number) {
            return Err(wrong("not-within").arg("least", least).arg("most", most));
        }
        return Ok(Given::Number(number));
    }
    let mut chosen = Vec::new();
    for text in texts {
        let at = text.parse::<usize>().ok().filter(|at| *at < question.options.len());
        chosen.push(at.ok_or_else(|| wrong("not-a-choice"))?);
    }
    chosen.sort_unstable();
    chosen.dedup();
    if question.kind != QuestionKind::Multiple && chosen.len() > 1 {
        return Err(wrong("not-a-choice"));
    }
    Ok(Given::Options(chosen))
}

/// What is wrong with a questionnaire as a whole: keys that come twice, conditions that look forward or at no option.
///
/// # Errors
/// 422 at `questions`.
pub fn check_all(questions: &[Question]) -> Result<()> {
    let mut findings = Findings::default();
    findings.check(!questions.is_empty(), "questions", "required");
    findings.check(questions.len() <= MOST_QUESTIONS, "questions", "too-many");
    for (at, question) in questions.iter().enumerate() {
        question.check()?;
        let before = &questions[..at];
        findings.check(before.iter().all(|q| q.key != question.key), "questions", "used-already");
        if let Some(when) = &question.when {
            let earlier = before.iter().find(|q| q.key == when.question);
            let fits = earlier.is_some_and(|q| {
                q.has_options()
                    && !when.options.is_empty()
                    && when.options.iter().all(|o| *o < q.options.len())
            });
            if !fits {
                findings.add(FieldError::new("questions", "survey-condition").arg("number", at + 1));
            }
        }
    }
    findings.done()
}

/// The next free key.
pub fn next_key(questions: &[Question]) -> String {
    let last = questions.iter().filter_map(|q| q.key.strip_prefix('q')?.parse::<u32>().ok()).max();
    format!("q{}", last.unwrap_or(0) + 1)
}

/// A share as people write it, `87.5` or `87.5%`, in ten-thousandths; nothing and `-` stand for "not counted".
pub fn share(text: &str) -> Option<Option<i64>> {
    let text = text.trim().trim_end_matches(['%', '％']);
    if text.is_empty() || text == "-" || text == "—" {
        return Some(None);
    }
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > 3 || part.len() > 2 || !digits(whole) || !digits(part) {
        return None;
    }
    let parts: i64 = format!("{whole}{part:0<2}").parse().ok()?;
    (parts <= FULL).then_some(Some(parts))
}

/// The other way: `87.5`; empty for "not counted".
pub fn share_text(counts: Option<i64>) -> String {
    counts.map_or_else(String::new, |c| {
        let text = format!("{}.{:02}", c / 100, c % 100);
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    })
}

/// Options as they are typed, one a line: `满意 | 100`.
pub fn read_options(text: &str) -> Result<Vec<Choice>> {
    let line = |line: &str| {
        let (name, counts) = line.rsplit_once(['|', '｜']).unwrap_or((line, ""));
        let counts = share(counts).ok_or_else(|| FieldError::new("question_options", "survey-no-share"))?;
        Ok(Choice { text: name.trim().to_owned(), counts })
    };
    let lines = text.lines().map(str::trim).filter(|l| !l.is_empty());
    let read: std::result::Result<Vec<Choice>, FieldError> = lines.map(line).collect();
    read.map_err(|error| kernel::problem::Problem::invalid(vec![error]))
}

pub fn write_options(options: &[Choice]) -> String {
    let line = |o: &Choice| match o.counts {
        Some(_) => format!("{} | {}", o.text, share_text(o.counts)),
        None => o.text.clone(),
    };
    options.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// A condition as it is typed: `3 = 1, 2`: asked if the first or second option of question 3 was chosen.
///
/// # Errors
/// `survey-no-condition` at `question_when`.
pub fn read_when(text: &str, questions: &[Question]) -> std::result::Result<Option<When>, FieldError> {
    let wrong = || FieldError::new("question_when", "survey-no-condition");
    if text.trim().is_empty() {
        return Ok(None);
    }
    let (number, options) = text.split_once(['=', '＝']).ok_or_else(wrong)?;
    let number: usize = number.trim().parse().map_err(|_| wrong())?;
    let earlier = number.checked_sub(1).and_then(|at| questions.get(at)).ok_or_else(wrong)?;
    let places = options.split([',', '，', '、', ' ']).map(str::trim).filter(|t| !t.is_empty());
    let places: Option<Vec<usize>> = places
        .map(|t| t.parse::<usize>().ok()?.checked_sub(1).filter(|at| *at < earlier.options.len()))
        .collect();
    let options = places.filter(|found| !found.is_empty()).ok_or_else(wrong)?;
    Ok(Some(When { question: earlier.key.clone(), options }))
}

pub fn write_when(when: Option<&When>, questions: &[Question]) -> String {
    let Some(when) = when else { return String::new() };
    let at = questions.iter().position(|q| q.key == when.question).map_or(0, |at| at + 1);
    let options: Vec<String> = when.options.iter().map(|o| (o + 1).to_string()).collect();
    format!("{at}={}", options.join(","))
}

/// The kind by its code or its Chinese word.
pub fn read_kind(text: &str) -> Option<QuestionKind> {
    const WORDS: [(&str, QuestionKind); 6] = [
        ("单选", QuestionKind::Single),
        ("多选", QuestionKind::Multiple),
        ("量表", QuestionKind::Scale),
        ("数字", QuestionKind::Number),
        ("简答", QuestionKind::Text),
        ("", QuestionKind::Single),
    ];
    let text = text.trim();
    QuestionKind::parse(text).or_else(|| WORDS.iter().find(|(word, _)| *word == text).map(|(_, kind)| *kind))
}

#[cfg(test)]
#[path = "question_tests.rs"]
mod tests;

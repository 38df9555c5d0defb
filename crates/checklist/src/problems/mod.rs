//! What is wrong with a checklist: every fault, each with its place, so that one look mends them all.

mod expressions;
mod lists;
mod names;
mod rules;

pub(crate) use names::{count_name, photo_name};
pub(crate) use rules::members;

use crate::expr::Expr;
use crate::map::Map;
use crate::model::{Checklist, Item, Text};
use serde::{Deserialize, Serialize};

/// Where in a checklist something is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    Checklist,
    /// The item's number in the order of the checklist, from 1, sections and repeats counted as they begin.
    Item {
        number: usize,
        name: String,
    },
    /// A list, or one of its choices, counted from 1.
    List {
        number: usize,
        name: String,
        choice: Option<usize>,
    },
}

/// Which property of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    Code,
    Version,
    Title,
    Items,
    Name,
    LabelZh,
    LabelEn,
    Hint,
    Kind,
    Choices,
    Required,
    RequiredMessage,
    Relevant,
    Constraint,
    ConstraintMessage,
    Default,
    Appearance,
    Calculate,
    Count,
    Standard,
    Rule,
    Finding,
    Severity,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    pub place: Place,
    pub part: Part,
    pub code: Code,
    /// The name, text or number that it is about.
    pub what: String,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident $code:literal,)*) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Code { $($(#[$doc])* $name,)* }

        impl Code {
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// Stable code for texts and APIs.
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }
        }
    };
}

codes! {
    /// Something that must be there is not.
    Blank "checklist-blank",
    /// Words in one of the two languages are missing.
    LabelMissing "checklist-label-missing",
    /// Letters of ASCII, digits, `_`, `-` and `.`, a letter or `_` first, at most 64.
    BadName "checklist-bad-name",
    /// Two items have the same name; capitals make no difference.
    NameTwice "checklist-name-twice",
    /// The name is needed by the form itself.
    NameReserved "checklist-name-reserved",
    TooLong "checklist-too-long",
    /// A character that no document can hold.
    ControlCharacter "checklist-control-character",
    /// `${…}` in words is not filled in here.
    ReferenceInWords "checklist-reference-in-words",
    UnknownReference "checklist-unknown-reference",
    /// A reference to a section, a note, or to a repeat where none can stand.
    NotAQuestion "checklist-not-a-question",
    /// A question of a repeat has many answers seen from outside: `sum`, `count`, `min` or `max` make one of them.
    ManyAsOne "checklist-many-as-one",
    /// Programs differ on when an answer counts as yes: compare it with something.
    ReferenceAsTruth "checklist-reference-as-truth",
    /// Programs write a calculated yes or no differently: `if(…, 'yes', 'no')` is the same everywhere.
    TruthCalculated "checklist-truth-calculated",
    /// `.` means something in constraints only.
    ThisOutOfPlace "checklist-this-out-of-place",
    /// More steps up than there are.
    StepsTooMany "checklist-steps-too-many",
    /// It waits for itself.
    Circle "checklist-circle",
    UnknownList "checklist-unknown-list",
    ListTwice "checklist-list-twice",
    NoChoices "checklist-no-choices",
    ChoiceTwice "checklist-choice-twice",
    TooManyChoices "checklist-too-many-choices",
    /// Not an answer that the question can have.
    DefaultWrong "checklist-default-wrong",
    /// Other programs would work it out as an expression.
    DefaultWorkedOut "checklist-default-worked-out",
    /// From 1 to 20.
    PhotoCount "checklist-photo-count",
    /// The rule cannot stand at this kind of item.
    RuleMisfit "checklist-rule-misfit",
    /// The rule counts an item that is not inside or of another kind.
    RuleField "checklist-rule-field",
    /// The rule's grades are not those of the scale.
    RuleGrades "checklist-rule-grades",
    /// A number of the rule lies outside of what it can be.
    RuleNumber "checklist-rule-number",
    /// Nothing stands inside.
    NoItems "checklist-no-items",
    TooManyItems "checklist-too-many-items",
    TooDeep "checklist-too-deep",
}

/// Items of a checklist.
pub(crate) const ITEMS: usize = 1000;
/// Sections and repeats inside each other.
pub(crate) const DEPTH: usize = 10;

impl Checklist {
    /// Every fault, in the order of the checklist. A checklist without any can be exported, filled in and counted.
    pub fn problems(&self) -> Vec<Problem> {
        let map = Map::of(self);
        let mut look = Look { checklist: self, map: &map, found: Vec::new() };
        if map.entries.len() > ITEMS {
            look.add(Place::Checklist, Part::Items, Code::TooManyItems, ITEMS.to_string());
            return look.found;
        }
        look.heading();
        look.lists();
        for (at, entry) in map.entries.iter().enumerate() {
            look.name(at, entry);
            look.words(at, entry.item);
            look.expressions(at, entry.item);
            look.answers(at, entry.item);
            look.rule(at, entry.item);
        }
        look.circles();
        look.found
    }
}

struct Look<'c> {
    checklist: &'c Checklist,
    map: &'c Map<'c>,
    found: Vec<Problem>,
}

impl Look<'_> {
    fn add(&mut self, place: Place, part: Part, code: Code, what: impl Into<String>) {
        let what = what.into().chars().take(80).collect();
        self.found.push(Problem { place, part, code, what });
    }

    fn at(&mut self, at: usize, part: Part, code: Code, what: impl Into<String>) {
        let name = self.map.at(at).map(|entry| entry.item.name()).unwrap_or_default();
        let place = Place::Item { number: at + 1, name: name.chars().take(64).collect() };
        self.add(place, part, code, what);
    }

    /// Faults of a plain text: too long, or not writable.
    fn text(&mut self, place: &Place, part: Part, text: &str, longest: usize) {
        if text.chars().count() > longest {
            self.add(place.clone(), part, Code::TooLong, longest.to_string());
        }
        if text.chars().any(unwritable) {
            self.add(place.clone(), part, Code::ControlCharacter, "");
        }
    }

    /// Faults of words in both languages, which may be missing only where `optional`, and then in both.
    fn bilingual(&mut self, place: &Place, parts: (Part, Part), words: &Text, optional: bool) {
        const LONGEST: usize = 1000;
        for (part, text, language) in [(parts.0, &words.zh, "zh"), (parts.1, &words.en, "en")] {
            if text.trim().is_empty() && !(optional && words.is_blank()) {
                self.add(place.clone(), part, Code::LabelMissing, language);
            }
            if text.contains("${") {
                self.add(place.clone(), part, Code::ReferenceInWords, text.as_str());
            }
            self.text(place, part, text, LONGEST);
        }
    }

    fn circles(&mut self) {
        for at in self.map.order().1 {
            let Some(entry) = self.map.at(at) else { continue };
            let part = match entry.item {
                Item::Question(question) if matches!(question.kind, crate::Kind::Calculate { .. }) => {
                    Part::Calculate
                }
                Item::Repeat(repeat) if repeat.count.is_some() => Part::Count,
                item if item.relevant().is_some() => Part::Relevant,
                _ => continue,
            };
            let names = entry.item.name().to_owned();
            self.at(at, part, Code::Circle, names);
        }
    }
}

/// What XML 1.0 and workbooks cannot hold.
pub(crate) fn unwritable(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t')) || matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// All expressions of an item.
fn expressions(item: &Item) -> Vec<(Part, &Expr)> {
    let mut all = Vec::new();
    all.extend(item.relevant().map(|expr| (Part::Relevant, expr)));
    match item {
        Item::Question(question) => {
            if let crate::Required::When(expr) = &question.required {
                all.push((Part::Required, expr));
            }
            all.extend(question.constraint.as_ref().map(|expr| (Part::Constraint, expr)));
            if let crate::Kind::Calculate { expr } = &question.kind {
                all.push((Part::Calculate, expr));
            }
        }
        Item::Repeat(repeat) => all.extend(repeat.count.as_ref().map(|expr| (Part::Count, expr))),
        Item::Section(_) | Item::Note(_) => {}
    }
    all
}

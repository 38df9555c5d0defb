//! A checklist as data. Its JSON is what is stored: fields are only added, and [`FORMAT`] is raised when a reader of the
//! old form could misunderstand the new one.

use crate::expr::Expr;
use crate::rule::Rule;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Version of the JSON.
pub const FORMAT: u32 = 1;

/// Stands in the JSON as [`FORMAT`]; another number is refused when reading.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Format;

impl Serialize for Format {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u32(FORMAT)
    }
}

impl<'de> Deserialize<'de> for Format {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match u32::deserialize(deserializer)? {
            FORMAT => Ok(Self),
            other => {
                Err(serde::de::Error::custom(format!("a checklist of format {other}; known is {FORMAT}")))
            }
        }
    }
}

/// Words in both languages. Blank in both where there are none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    #[serde(default)]
    pub zh: String,
    #[serde(default)]
    pub en: String,
}

impl Text {
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    pub fn is_blank(&self) -> bool {
        self.zh.is_empty() && self.en.is_empty()
    }
}

/// What is filled in at a point.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Checklist {
    #[serde(default)]
    pub format: Format,
    /// Stays the same through all versions.
    pub code: String,
    /// Answers belong to one version.
    pub version: String,
    pub title: Text,
    /// Lists of choices that questions name.
    #[serde(default)]
    pub lists: Vec<List>,
    pub items: Vec<Item>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct List {
    pub name: String,
    /// Of a scale of grades: best first.
    pub choices: Vec<Choice>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// What is stored; unique within its list, no spaces.
    pub name: String,
    pub label: Text,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "item", rename_all = "kebab-case")]
#[expect(clippy::large_enum_variant, reason = "nearly all items are questions")]
pub enum Item {
    Question(Question),
    Section(Section),
    Repeat(Repeat),
    Note(Note),
}

/// Items under one heading.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Section {
    pub name: String,
    pub label: Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relevant: Option<Expr>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub appearance: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub observes: Option<Observes>,
    pub items: Vec<Item>,
}

/// Items that are answered several times.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Repeat {
    pub name: String,
    pub label: Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relevant: Option<Expr>,
    /// How many times; without it the inspector adds as many as there are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<Expr>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub appearance: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub observes: Option<Observes>,
    pub items: Vec<Item>,
}

/// Words for the inspector; nothing is answered.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Note {
    pub name: String,
    pub label: Text,
    #[serde(skip_serializing_if = "Text::is_blank")]
    pub hint: Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relevant: Option<Expr>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub appearance: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Question {
    pub name: String,
    #[serde(default)]
    pub label: Text,
    #[serde(default, skip_serializing_if = "Text::is_blank")]
    pub hint: Text,
    #[serde(flatten)]
    pub kind: Kind,
    #[serde(default, skip_serializing_if = "Required::is_never")]
    pub required: Required,
    #[serde(default, skip_serializing_if = "Text::is_blank")]
    pub required_message: Text,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relevant: Option<Expr>,
    /// Must hold where there is an answer; `.` is the answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub constraint: Option<Expr>,
    #[serde(default, skip_serializing_if = "Text::is_blank")]
    pub constraint_message: Text,
    /// The answer a new form begins with, as it is written in a submission.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub default: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub appearance: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub observes: Option<Observes>,
    #[serde(default, skip_serializing_if = "Finding::is_blank")]
    pub finding: Finding,
}

/// How a question is answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Kind {
    /// 符合, 不符合 and, where it is allowed, 不适用.
    Conforms {
        #[serde(default)]
        not_applicable: bool,
    },
    /// One of a scale of grades.
    Grade {
        list: String,
    },
    /// A whole number.
    Count,
    /// A number with places.
    Number,
    Text,
    OneOf {
        list: String,
    },
    ManyOf {
        list: String,
    },
    Date,
    /// Of the day.
    Time,
    /// A point on the map.
    Place,
    /// At least two points.
    Line,
    /// At least three corners.
    Area,
    /// So many pictures at most.
    Photo {
        most: u32,
    },
    Audio,
    /// Worked out from other answers.
    Calculate {
        expr: Expr,
    },
}

/// Whether an answer is wanted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Required {
    Fixed(bool),
    When(Expr),
}

impl Default for Required {
    fn default() -> Self {
        Self::Fixed(false)
    }
}

impl Required {
    pub fn is_never(&self) -> bool {
        *self == Self::Fixed(false)
    }
}

/// Which standard the answers speak of, and how.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Observes {
    /// Its code in the scheme, such as `Ⅲ-87-1)`: at most 60 characters.
    pub standard: String,
    pub rule: Rule,
}

/// What a bad answer becomes when it is made a case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Finding {
    /// Code in the catalogue of events and components.
    pub kind: String,
    pub severity: String,
}

impl Finding {
    pub fn is_blank(&self) -> bool {
        self.kind.is_empty() && self.severity.is_empty()
    }
}

impl Question {
    /// A question with these words, otherwise plain.
    pub fn new(name: impl Into<String>, kind: Kind, label: Text) -> Self {
        Self {
            name: name.into(),
            label,
            hint: Text::default(),
            kind,
            required: Required::default(),
            required_message: Text::default(),
            relevant: None,
            constraint: None,
            constraint_message: Text::default(),
            default: String::new(),
            appearance: String::new(),
            observes: None,
            finding: Finding::default(),
        }
    }
}

impl Item {
    pub fn name(&self) -> &str {
        match self {
            Self::Question(q) => &q.name,
            Self::Section(s) => &s.name,
            Self::Repeat(r) => &r.name,
            Self::Note(n) => &n.name,
        }
    }

    pub fn label(&self) -> &Text {
        match self {
            Self::Question(q) => &q.label,
            Self::Section(s) => &s.label,
            Self::Repeat(r) => &r.label,
            Self::Note(n) => &n.label,
        }
    }

    pub fn relevant(&self) -> Option<&Expr> {
        match self {
            Self::Question(q) => q.relevant.as_ref(),
            Self::Section(s) => s.relevant.as_ref(),
            Self::Repeat(r) => r.relevant.as_ref(),
            Self::Note(n) => n.relevant.as_ref(),
        }
    }

    pub fn observes(&self) -> Option<&Observes> {
        match self {
            Self::Question(q) => q.observes.as_ref(),
            Self::Section(s) => s.observes.as_ref(),
            Self::Repeat(r) => r.observes.as_ref(),
            Self::Note(_) => None,
        }
    }

    /// What stands inside; nothing in questions and notes.
    pub fn items(&self) -> &[Item] {
        match self {
            Self::Section(s) => &s.items,
            Self::Repeat(r) => &r.items,
            Self::Question(_) | Self::Note(_) => &[],
        }
    }
}

/// Names of answers to [`Kind::Conforms`].
pub(crate) const MET: &str = "met";
pub(crate) const UNMET: &str = "unmet";
pub(crate) const NOT_APPLICABLE: &str = "na";

impl Checklist {
    pub fn list(&self, name: &str) -> Option<&List> {
        self.lists.iter().find(|list| list.name == name)
    }

    /// What can be chosen for a question of this kind; for a form to draw and a reader to check.
    pub fn choices(&self, kind: &Kind) -> Option<Vec<Choice>> {
        match kind {
            Kind::Conforms { not_applicable } => Some(conforms_choices(*not_applicable)),
            Kind::Grade { list } | Kind::OneOf { list } | Kind::ManyOf { list } => {
                Some(self.list(list)?.choices.clone())
            }
            _ => None,
        }
    }
}

pub(crate) fn conforms_choices(not_applicable: bool) -> Vec<Choice> {
    let choice = |name: &str, zh: &str, en: &str| Choice { name: name.to_owned(), label: Text::new(zh, en) };
    let mut all = vec![choice(MET, "符合", "Met"), choice(UNMET, "不符合", "Not met")];
    if not_applicable {
        all.push(choice(NOT_APPLICABLE, "不适用", "Not applicable"));
    }
    all
}

//! Expressions of XForms, as a workbook has them: `${lit} div ${lamps} < 0.95 and not(selected(${faults}, 'cable'))`.
//!
//! The subset of XPath 1.0 that ODK's programs share: references to questions, `.`, numbers, texts, operators and the
//! functions of [`Function`]; no paths, no predicates. Whether names are known is asked where a checklist is judged; here
//! only the text is. The limits are ours; no rule prescribes them.

mod functions;
mod json;
mod lex;
mod print;
mod read;
mod value;
mod work;
mod xpath;

pub use functions::Function;
pub(crate) use functions::Wants;
pub(crate) use lex::{LONGEST_NAME, is_name};
pub(crate) use value::{Scalar, Value, date_of_days, days_of, text_of};
pub(crate) use work::{Surroundings, truth, work_out};
pub(crate) use xpath::Ways;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// Characters of an expression.
pub const LONGEST: usize = 2000;
/// How deep brackets, signs and functions may be nested.
pub const DEEPEST: usize = 30;

/// What is wrong with an expression's text, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    pub code: FaultCode,
    /// Characters before it.
    pub at: usize,
    /// The sign, name or function that it is about.
    pub what: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FaultCode {
    Empty,
    TooLong,
    TooDeep,
    /// A sign that has no meaning here.
    UnknownSign,
    /// Something else was expected: `what` says what stands there.
    Unexpected,
    EndsEarly,
    /// A text without its second quotation mark.
    OpenText,
    /// A number with more digits than are kept exactly.
    Number,
    /// `${…}` with something in it that is no name.
    BadName,
    UnknownFunction,
    /// The function takes another number of arguments.
    Arguments,
    /// `sum`, `count` and their like take `${name}` itself.
    WantsReference,
    /// A pattern that the program cannot read: brackets, or looking ahead and back.
    BadPattern,
}

impl FaultCode {
    pub const ALL: [Self; 13] = [
        Self::Empty,
        Self::TooLong,
        Self::TooDeep,
        Self::UnknownSign,
        Self::Unexpected,
        Self::EndsEarly,
        Self::OpenText,
        Self::Number,
        Self::BadName,
        Self::UnknownFunction,
        Self::Arguments,
        Self::WantsReference,
        Self::BadPattern,
    ];

    /// Stable code for texts and APIs.
    pub fn code(self) -> &'static str {
        match self {
            Self::Empty => "expression-empty",
            Self::TooLong => "expression-too-long",
            Self::TooDeep => "expression-too-deep",
            Self::UnknownSign => "expression-unknown-sign",
            Self::Unexpected => "expression-unexpected",
            Self::EndsEarly => "expression-ends-early",
            Self::OpenText => "expression-open-text",
            Self::Number => "expression-number",
            Self::BadName => "expression-bad-name",
            Self::UnknownFunction => "expression-unknown-function",
            Self::Arguments => "expression-arguments",
            Self::WantsReference => "expression-wants-reference",
            Self::BadPattern => "expression-bad-pattern",
        }
    }
}

/// Operators of two operands, loosest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    Or,
    And,
    Equal,
    Unequal,
    Less,
    AtMost,
    More,
    AtLeast,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

/// An expression's parts.
#[derive(Clone, Debug, PartialEq)]
pub enum Tree {
    /// Finite, not negative.
    Number(f64),
    /// Holds at most one of the two quotation marks.
    Text(String),
    /// `${name}`
    Name(String),
    /// `.`
    This,
    /// `position(..)`: which one of its repeat, counted from 1; so many steps up.
    Position(usize),
    Negative(Box<Tree>),
    Pair(Op, Box<Tree>, Box<Tree>),
    Call(Function, Vec<Tree>),
}

/// An expression that was read and found in order. Shown, and in JSON, it is its text.
#[derive(Clone, Debug, PartialEq)]
pub struct Expr(Tree);

impl Expr {
    /// Reads the text of a workbook's cell.
    ///
    /// # Errors
    /// The first fault, with its place.
    pub fn read(text: &str) -> Result<Self, Fault> {
        read::read(text).map(Self)
    }

    /// The empty text.
    pub fn nothing() -> Self {
        Self(Tree::Text(String::new()))
    }

    pub fn tree(&self) -> &Tree {
        &self.0
    }

    /// Calls `seen` with every part, outer ones first.
    pub fn each(&self, mut seen: impl FnMut(&Tree)) {
        self.0.each(&mut seen);
    }

    /// Names that it refers to, each once, in the order of their first use.
    pub fn names(&self) -> Vec<&str> {
        let mut names = Vec::new();
        self.0.names(&mut names);
        names
    }
}

impl Tree {
    /// What stands inside, in the order of the text.
    pub fn inside(&self) -> Vec<&Tree> {
        match self {
            Self::Number(_) | Self::Text(_) | Self::Name(_) | Self::This | Self::Position(_) => Vec::new(),
            Self::Negative(of) => vec![of],
            Self::Pair(_, one, other) => vec![one, other],
            Self::Call(_, given) => given.iter().collect(),
        }
    }

    /// Whether it answers yes or no.
    pub(crate) fn is_truth(&self) -> bool {
        match self {
            Self::Pair(op, ..) => {
                !matches!(op, Op::Add | Op::Subtract | Op::Multiply | Op::Divide | Op::Remainder)
            }
            Self::Call(Function::If, given) => given.iter().skip(1).any(Self::is_truth),
            Self::Call(Function::Coalesce | Function::Once, given) => given.iter().any(Self::is_truth),
            Self::Call(function, _) => function.is_truth(),
            _ => false,
        }
    }

    fn each(&self, seen: &mut impl FnMut(&Tree)) {
        seen(self);
        for part in self.inside() {
            part.each(seen);
        }
    }

    fn names<'t>(&'t self, names: &mut Vec<&'t str>) {
        if let Self::Name(name) = self
            && !names.contains(&name.as_str())
        {
            names.push(name);
        }
        for part in self.inside() {
            part.names(names);
        }
    }
}

impl FromStr for Expr {
    type Err = Fault;
    fn from_str(text: &str) -> Result<Self, Fault> {
        Self::read(text)
    }
}

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&print::print(&self.0))
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}: {}", self.code.code(), self.at, self.what)
    }
}

impl Serialize for Expr {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Expr {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::read(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
#[path = "../tests/expr.rs"]
mod tests;

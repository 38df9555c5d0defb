//! Formulas that a city writes into its scheme: `if(rate >= 70%, 50, max(0, 50 - (70% - rate) * 100))`.
//!
//! Numbers, names of figures, `+ - * /`, comparisons, `and or not`, and a dozen functions; no assignment, no loop, no text.
//! Everything is checked when a formula is read: names, functions and their arguments, and whether a yes or no stands where
//! a number must. What is left for later is a division by zero, which is said with its place. The signs of Chinese input
//! methods (`（`, `，`, `×`, `÷`, `≥`) are read like those of ASCII, and names may be Chinese.
//!
//! The limits are ours; no rule prescribes them.

mod lex;
mod read;
mod work;

use crate::exact::Exact;
use serde::{Deserialize, Serialize};

/// Characters of a formula.
pub const LONGEST: usize = 2000;
/// How deep brackets, signs and functions may be nested.
pub const DEEPEST: usize = 40;
/// Bits of a figure in between: far above what sums of a city need.
const BIGGEST: u64 = 20_000;

/// What is wrong with a formula, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub code: FaultCode,
    /// Characters before it.
    pub at: usize,
    /// The name, the sign or the function that it is about.
    pub what: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultCode {
    Empty,
    TooLong,
    TooDeep,
    /// A sign that has no meaning here.
    UnknownSign,
    /// Something else was expected: `what` says what stands there.
    Unexpected,
    EndsEarly,
    UnknownName,
    UnknownFunction,
    /// The function takes another number of arguments.
    Arguments,
    /// A number is wanted and a yes or no stands there, or the other way round.
    WrongKind,
    /// `round` takes its places as a plain number, 0 to 6.
    Places,
    DividedByZero,
    /// A figure in between has grown without bound.
    TooBig,
}

impl FaultCode {
    /// Stable code for texts and APIs.
    pub fn code(self) -> &'static str {
        match self {
            FaultCode::Empty => "empty",
            FaultCode::TooLong => "too-long",
            FaultCode::TooDeep => "too-deep",
            FaultCode::UnknownSign => "unknown-sign",
            FaultCode::Unexpected => "unexpected",
            FaultCode::EndsEarly => "ends-early",
            FaultCode::UnknownName => "unknown-name",
            FaultCode::UnknownFunction => "unknown-function",
            FaultCode::Arguments => "arguments",
            FaultCode::WrongKind => "wrong-kind",
            FaultCode::Places => "places",
            FaultCode::DividedByZero => "divided-by-zero",
            FaultCode::TooBig => "too-big",
        }
    }
}

/// A formula that was read and found in order. In JSON it is its text and the names it may use.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct Formula {
    written: Written,
    tree: Tree,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Written {
    text: String,
    names: Vec<String>,
}

impl TryFrom<Written> for Formula {
    type Error = String;
    fn try_from(written: Written) -> Result<Self, String> {
        let names: Vec<&str> = written.names.iter().map(String::as_str).collect();
        Self::read(&written.text, &names).map_err(|f| format!("{} at {}: {}", f.code.code(), f.at, f.what))
    }
}

impl From<Formula> for Written {
    fn from(formula: Formula) -> Self {
        formula.written
    }
}

/// An operation of two figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pair {
    Add,
    Subtract,
    Multiply,
    Divide,
    Less,
    AtMost,
    More,
    AtLeast,
    Equal,
    Unequal,
    And,
    Or,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Function {
    If,
    Min,
    Max,
    Mean,
    Median,
    Sum,
    Clamp,
    Round,
    Floor,
    Ceil,
    Abs,
}

#[derive(Clone, Debug, PartialEq)]
struct Tree {
    at: usize,
    what: What,
}

#[derive(Clone, Debug, PartialEq)]
enum What {
    Number(Exact),
    /// Place in the list of names.
    Name(usize),
    Negative(Box<Tree>),
    Not(Box<Tree>),
    Pair(Pair, Box<Tree>, Box<Tree>),
    Call(Function, Vec<Tree>),
}

impl Formula {
    /// Reads a formula that may use these names.
    ///
    /// # Errors
    /// The first fault, with its place.
    pub fn read(text: &str, names: &[&str]) -> Result<Self, Fault> {
        let tree = read::read(text, names)?;
        let names = names.iter().map(|name| (*name).to_owned()).collect();
        Ok(Self { written: Written { text: text.to_owned(), names }, tree })
    }

    pub fn text(&self) -> &str {
        &self.written.text
    }

    /// Names in the order in which [`Formula::work_out`] wants their figures.
    pub fn names(&self) -> &[String] {
        &self.written.names
    }

    /// Whether the figure of a name can change the result.
    pub fn asks_for(&self, name: &str) -> bool {
        self.written.names.iter().position(|n| n == name).is_some_and(|at| self.tree.asks_for(at))
    }

    /// The result for these figures, in the order of [`Formula::names`].
    ///
    /// # Errors
    /// `DividedByZero`, `TooBig`, with the place; `UnknownName` where a figure is missing.
    pub fn work_out(&self, figures: &[Exact]) -> Result<Exact, Fault> {
        work::number(&self.tree, figures)
    }
}

impl Tree {
    fn asks_for(&self, name: usize) -> bool {
        match &self.what {
            What::Number(_) => false,
            What::Name(at) => *at == name,
            What::Negative(of) | What::Not(of) => of.asks_for(name),
            What::Pair(_, one, other) => one.asks_for(name) || other.asks_for(name),
            What::Call(_, given) => given.iter().any(|tree| tree.asks_for(name)),
        }
    }

    /// Whether it answers yes or no.
    fn is_truth(&self) -> bool {
        match &self.what {
            What::Not(_) => true,
            What::Pair(pair, ..) => {
                !matches!(pair, Pair::Add | Pair::Subtract | Pair::Multiply | Pair::Divide)
            }
            What::Number(_) | What::Name(_) | What::Negative(_) | What::Call(..) => false,
        }
    }
}

#[cfg(test)]
mod tests;

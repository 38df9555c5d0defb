//! What an inspector fills in at a point, and what the answers say about the standards of the assessment.
//!
//! A [`Checklist`] is a tree of questions, sections, repeats (three lines of five stops each) and notes. Conditions in it are
//! expressions of XForms ([`Expr`]). It comes and goes as an [`xlsform`] workbook, leaves as an [`xform`] for programs such as
//! ODK Collect, and takes their [`submission`]s. [`Answers`] are judged by [`Checklist::settle`] (what counts, what was set
//! aside, what is wrong) and counted by [`Checklist::observe`], in exact fractions.
//!
//! Pure: no database, no network, no clock, no chance. Whatever comes from outside has bounds and is answered with the place
//! of every fault; [`words`] has a sentence for each code in both languages.

mod answers;
mod device;
mod expr;
mod map;
mod model;
mod observe;
pub mod openrosa;
mod problems;
mod rule;
pub mod samples;
pub mod submission;
#[cfg(test)]
mod tests;
pub mod words;
pub mod xform;
pub mod xlsform;
mod xml;

pub use answers::{AnswerCode, AnswerFault, Answers, Given, Place, Settled};
pub use expr::{DEEPEST, Expr, Fault, FaultCode, Function, LONGEST, Op, Tree};
pub use model::{
    Checklist, Choice, FORMAT, Finding, Format, Item, Kind, List, Note, Observes, Question, Repeat, Required,
    Section, Text,
};
pub use observe::{Observation, Value, Why};
pub use problems::{Code, Part, Place as ProblemPlace, Problem};
pub use rule::{Counting, Rule, RuleFault};
pub use xml::XmlFault;

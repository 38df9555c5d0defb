//! What an expression comes to. Nothing fails: what has no meaning is not a number or the empty text, as in XPath 1.0.

use super::value::{Scalar, Value, days_of};
use super::{Function, Op, Tree};
use jiff::civil::Date;
use regex_lite::{Regex, RegexBuilder};
use scoring::Exact;

/// What stands around an expression while it is worked out.
pub(crate) trait Surroundings {
    /// Answers of a name as seen from here: those of the same rows, and all rows of repeats that are not around us.
    fn answers(&self, name: &str) -> Value;
    /// The answer to the question that the expression belongs to.
    fn this(&self) -> Scalar;
    /// Which one of its repeat the item so many steps up is, from 1; 1 where it is no row.
    fn position(&self, steps: usize) -> usize;
    fn today(&self) -> Date;
}

/// Bytes that a compiled pattern may take.
const PATTERN: usize = 1 << 16;

/// A pattern that the whole text has to fit, as in ODK Collect.
pub(super) fn pattern(text: &str) -> Option<Regex> {
    // by itself too: brackets of its own could close ours
    RegexBuilder::new(text).size_limit(PATTERN).build().ok()?;
    RegexBuilder::new(&format!("^(?:{text})$")).size_limit(PATTERN).build().ok()
}

pub(crate) fn truth(tree: &Tree, around: &impl Surroundings) -> bool {
    scalar(tree, around).truth()
}

fn scalar(tree: &Tree, around: &impl Surroundings) -> Scalar {
    work_out(tree, around).one()
}

fn number(tree: &Tree, around: &impl Surroundings) -> f64 {
    scalar(tree, around).number()
}

fn text(tree: &Tree, around: &impl Surroundings) -> String {
    scalar(tree, around).text()
}

pub(crate) fn work_out(tree: &Tree, around: &impl Surroundings) -> Value {
    Value::One(match tree {
        Tree::Number(number) => Scalar::Number(*number),
        Tree::Text(text) => Scalar::Text(text.clone()),
        Tree::Name(name) => return around.answers(name),
        Tree::This => around.this(),
        Tree::Position(steps) => whole(around.position(*steps)),
        Tree::Negative(of) => Scalar::Number(-number(of, around)),
        Tree::Pair(op, one, other) => pair(*op, one, other, around),
        Tree::Call(function, given) => called(*function, given, around),
    })
}

#[expect(clippy::cast_precision_loss, reason = "nobody has 2^53 rows")]
fn whole(count: usize) -> Scalar {
    Scalar::Number(count as f64)
}

fn pair(op: Op, one: &Tree, other: &Tree, around: &impl Surroundings) -> Scalar {
    let numbers = || (number(one, around), number(other, around));
    match op {
        Op::Or => Scalar::Truth(truth(one, around) || truth(other, around)),
        Op::And => Scalar::Truth(truth(one, around) && truth(other, around)),
        Op::Equal => Scalar::Truth(scalar(one, around).equals(&scalar(other, around))),
        Op::Unequal => Scalar::Truth(unequal(&scalar(one, around), &scalar(other, around))),
        Op::Less | Op::AtMost | Op::More | Op::AtLeast => {
            let (one, other) = numbers();
            Scalar::Truth(match op {
                Op::Less => one < other,
                Op::AtMost => one <= other,
                Op::More => one > other,
                _ => one >= other,
            })
        }
        Op::Add | Op::Subtract | Op::Multiply | Op::Divide | Op::Remainder => {
            let (one, other) = numbers();
            Scalar::Number(match op {
                Op::Add => one + other,
                Op::Subtract => one - other,
                Op::Multiply => one * other,
                Op::Divide => one / other,
                _ => one % other,
            })
        }
    }
}

/// What is no number is unequal to everything, itself included.
fn unequal(one: &Scalar, other: &Scalar) -> bool {
    !one.equals(other)
}

fn called(function: Function, given: &[Tree], around: &impl Surroundings) -> Scalar {
    // arguments were counted when the expression was read
    let nothing = Tree::Text(String::new());
    let at = |n: usize| given.get(n).unwrap_or(&nothing);
    let text_at = |n: usize| text(at(n), around);
    let number_at = |n: usize| number(at(n), around);
    match function {
        Function::Not => Scalar::Truth(!truth(at(0), around)),
        Function::Selected => {
            // as JavaRosa does it, which makes a difference for what is no name of a choice only
            let (chosen, wanted) = (format!(" {} ", text_at(0)), format!(" {} ", text_at(1).trim()));
            Scalar::Truth(chosen.contains(&wanted))
        }
        Function::SelectedAt => {
            let (chosen, at) = (text_at(0), index(number_at(1)));
            let found = at.and_then(|at| chosen.split_whitespace().nth(at));
            Scalar::Text(found.unwrap_or_default().to_owned())
        }
        Function::CountSelected => whole(text_at(0).split_whitespace().count()),
        Function::If => scalar(at(if truth(at(0), around) { 1 } else { 2 }), around),
        Function::Coalesce => {
            let first = scalar(at(0), around);
            if first.text().is_empty() { scalar(at(1), around) } else { first }
        }
        Function::StringLength => whole(text_at(0).chars().count()),
        Function::Concat => Scalar::Text(given.iter().map(|part| text(part, around)).collect()),
        Function::Contains => Scalar::Truth(text_at(0).contains(&text_at(1))),
        Function::StartsWith => Scalar::Truth(text_at(0).starts_with(&text_at(1))),
        Function::Regex => {
            let of = text_at(0);
            Scalar::Truth(pattern(&text_at(1)).is_some_and(|pattern| pattern.is_match(&of)))
        }
        Function::Int => Scalar::Number(number_at(0).trunc()),
        Function::Number => Scalar::Number(number_at(0)),
        Function::Text => Scalar::Text(text_at(0)),
        Function::Round => {
            let places = if given.len() > 1 { number_at(1).trunc() } else { 0.0 };
            Scalar::Number(round(number_at(0), places))
        }
        Function::Sum => Scalar::Number(all(given, around).iter().filter(|number| !number.is_nan()).sum()),
        Function::Count => whole(given.first().map_or(0, |of| work_out(of, around).all().len())),
        Function::Min => Scalar::Number(outermost(&all(given, around), |one, other| one < other)),
        Function::Max => Scalar::Number(outermost(&all(given, around), |one, other| one > other)),
        Function::Today => Scalar::Date(days_of(around.today())),
        Function::True => Scalar::Truth(true),
        Function::False => Scalar::Truth(false),
        Function::Date => date(&scalar(at(0), around)),
        Function::Once => {
            let before = around.this();
            if before.text().is_empty() { scalar(at(0), around) } else { before }
        }
    }
}

/// Numbers of all arguments, with every answer of a name.
fn all(given: &[Tree], around: &impl Surroundings) -> Vec<f64> {
    given.iter().flat_map(|part| work_out(part, around).all()).map(|scalar| scalar.number()).collect()
}

/// What is no number, such as a blank answer, is passed over; not a number where nothing is left.
fn outermost(numbers: &[f64], beyond: fn(f64, f64) -> bool) -> f64 {
    let known = numbers.iter().copied().filter(|number| !number.is_nan());
    known.reduce(|found, number| if beyond(number, found) { number } else { found }).unwrap_or(f64::NAN)
}

/// To so many places, halves upwards, of the number as it is written in decimals: 2.345 is 2.35. Beyond what decimals
/// of a double can say, the number itself.
fn round(number: f64, places: f64) -> f64 {
    let unit = |places: f64| Exact::parse(&10_f64.powf(places).to_string());
    let (Some(exact), Some(up), Some(down)) =
        (Exact::parse(&number.to_string()), unit(places.max(0.0)), unit(-places.min(0.0)))
    else {
        return number;
    };
    let half = Exact::ratio(1, 2).unwrap_or_default();
    let scaled = (&exact * &up).over(&down).unwrap_or_default();
    let whole = (scaled + &half).floor();
    (&whole * &down).over(&up).unwrap_or_default().to_f64()
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bounds are looked at before")]
fn index(number: f64) -> Option<usize> {
    (0.0..1e6).contains(&number).then_some(number as usize)
}

#[expect(clippy::cast_possible_truncation, reason = "bounds are looked at before")]
fn date(of: &Scalar) -> Scalar {
    match of {
        Scalar::Date(_) => of.clone(),
        Scalar::Number(days) if days.abs() < 3e6 => Scalar::Date(days.floor() as i64),
        Scalar::Text(text) => {
            let day = text.trim().get(..10).and_then(|day| day.parse::<Date>().ok());
            day.map_or_else(Scalar::nothing, |day| Scalar::Date(days_of(day)))
        }
        Scalar::Number(_) | Scalar::Truth(_) => Scalar::nothing(),
    }
}

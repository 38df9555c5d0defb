//! What a formula comes to.

use super::read::places;
use super::{BIGGEST, Fault, FaultCode, Function, Pair, Tree, What};
use crate::exact::Exact;

fn fault(tree: &Tree, code: FaultCode) -> Fault {
    Fault { code, at: tree.at, what: String::new() }
}

fn bounded(tree: &Tree, number: Exact) -> Result<Exact, Fault> {
    if number.bits() > BIGGEST { Err(fault(tree, FaultCode::TooBig)) } else { Ok(number) }
}

pub(super) fn number(tree: &Tree, figures: &[Exact]) -> Result<Exact, Fault> {
    let found = match &tree.what {
        What::Number(number) => number.clone(),
        What::Name(at) => figures.get(*at).cloned().ok_or_else(|| fault(tree, FaultCode::UnknownName))?,
        What::Negative(of) => -number(of, figures)?,
        What::Pair(how, one, other) => {
            let (one, other) = (number(one, figures)?, number(other, figures)?);
            match how {
                Pair::Add => one + other,
                Pair::Subtract => one - other,
                Pair::Multiply => one * other,
                Pair::Divide => one.over(&other).ok_or_else(|| fault(tree, FaultCode::DividedByZero))?,
                _ => return Err(fault(tree, FaultCode::WrongKind)),
            }
        }
        What::Call(function, given) => called(tree, *function, given, figures)?,
        What::Not(_) => return Err(fault(tree, FaultCode::WrongKind)),
    };
    bounded(tree, found)
}

fn truth(tree: &Tree, figures: &[Exact]) -> Result<bool, Fault> {
    Ok(match &tree.what {
        What::Not(of) => !truth(of, figures)?,
        // the second is only asked where it matters: `due > 0 and done / due > 90%`
        What::Pair(Pair::And, one, other) => truth(one, figures)? && truth(other, figures)?,
        What::Pair(Pair::Or, one, other) => truth(one, figures)? || truth(other, figures)?,
        What::Pair(how, one, other) => {
            let (one, other) = (number(one, figures)?, number(other, figures)?);
            match how {
                Pair::Less => one < other,
                Pair::AtMost => one <= other,
                Pair::More => one > other,
                Pair::AtLeast => one >= other,
                Pair::Equal => one == other,
                Pair::Unequal => one != other,
                _ => return Err(fault(tree, FaultCode::WrongKind)),
            }
        }
        _ => return Err(fault(tree, FaultCode::WrongKind)),
    })
}

fn called(tree: &Tree, function: Function, given: &[Tree], figures: &[Exact]) -> Result<Exact, Fault> {
    let missing = || fault(tree, FaultCode::Arguments);
    if function == Function::If {
        let [asked, yes, no] = given else { return Err(missing()) };
        // what does not hold is not worked out: it may divide by zero
        return number(if truth(asked, figures)? { yes } else { no }, figures);
    }
    if function == Function::Round {
        let of = number(given.first().ok_or_else(missing)?, figures)?;
        return Ok(of.round(given.get(1).and_then(places).unwrap_or(0)));
    }
    let values = given.iter().map(|tree| number(tree, figures)).collect::<Result<Vec<_>, _>>()?;
    let first = || values.first().ok_or_else(missing);
    Ok(match function {
        Function::Min => values.iter().min().ok_or_else(missing)?.clone(),
        Function::Max => values.iter().max().ok_or_else(missing)?.clone(),
        Function::Mean => Exact::mean(&values).ok_or_else(missing)?,
        Function::Median => Exact::median(values).ok_or_else(missing)?,
        Function::Sum => values.iter().sum(),
        Function::Clamp => {
            let [value, low, high] = values.as_slice() else { return Err(missing()) };
            value.max(low).min(high).clone()
        }
        Function::Floor => first()?.floor(),
        Function::Ceil => first()?.ceil(),
        Function::Abs => first()?.abs(),
        Function::If | Function::Round => return Err(missing()),
    })
}

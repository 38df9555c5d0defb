//! A formula's text, cut into signs, numbers and names.

use super::{Fault, FaultCode};
use crate::exact::{Exact, narrow};

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Sign {
    Number(Exact),
    Name(String),
    /// One of `+ - * / ( ) , < <= > >= = !=`.
    Mark(&'static str),
}

/// Longer ones first.
const MARKS: [&str; 14] = ["<=", ">=", "!=", "==", "+", "-", "*", "/", "(", ")", ",", "<", ">", "="];

/// Each sign with the number of characters before it.
pub(super) fn signs(text: &str) -> Result<Vec<(usize, Sign)>, Fault> {
    let all: Vec<char> = text.chars().map(narrow).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(&c) = all.get(at) {
        let begun = at;
        let run = |from: usize, is: fn(char) -> bool| {
            all.get(from..).unwrap_or_default().iter().take_while(|c| is(**c)).count()
        };
        if c.is_whitespace() {
            at += 1;
            continue;
        }
        let sign = if c.is_ascii_digit() || c == '.' {
            at += run(at, |c| c.is_ascii_digit() || c == '.');
            if all.get(at) == Some(&'%') {
                at += 1;
            }
            let written: String = all.get(begun..at).unwrap_or_default().iter().collect();
            match Exact::parse(&written) {
                Some(number) => Sign::Number(number),
                None => return Err(Fault { code: FaultCode::UnknownSign, at: begun, what: written }),
            }
        } else if c.is_alphabetic() || c == '_' {
            at += run(at, |c| c.is_alphanumeric() || c == '_');
            Sign::Name(all.get(begun..at).unwrap_or_default().iter().collect())
        } else {
            let single = match c {
                '≤' => Some("<="),
                '≥' => Some(">="),
                '≠' => Some("!="),
                '、' => Some(","),
                _ => None,
            };
            let rest = all.get(at..).unwrap_or_default();
            let mark = single.or_else(|| {
                MARKS.into_iter().find(|mark| mark.chars().enumerate().all(|(n, m)| rest.get(n) == Some(&m)))
            });
            let Some(mark) = mark else {
                return Err(Fault { code: FaultCode::UnknownSign, at, what: c.to_string() });
            };
            at += if single.is_some() { 1 } else { mark.len() };
            Sign::Mark(if mark == "==" { "=" } else { mark })
        };
        found.push((begun, sign));
    }
    Ok(found)
}

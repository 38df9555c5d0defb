//! An expression's text, cut into signs.

use super::{Fault, FaultCode};

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Sign {
    Number(f64),
    Text(String),
    /// What stands in `${…}`.
    Reference(String),
    Name(String),
    /// One of [`MARKS`].
    Mark(&'static str),
}

/// Longer ones first.
const MARKS: [&str; 15] = ["!=", "<=", ">=", "..", "=", "<", ">", "+", "-", "*", "(", ")", ",", ".", "/"];
/// Digits that a double keeps.
const DIGITS: usize = 15;
/// Characters of a name.
pub(crate) const LONGEST_NAME: usize = 64;

/// Names of items and of choices: what XML, XPath and ODK's programs all take.
pub(crate) fn is_name(text: &str) -> bool {
    text.len() <= LONGEST_NAME
        && text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'))
}

/// What Chinese input methods write in place of ASCII.
fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{2018}' | '\u{2019}' => '\'',
        '\u{201c}' | '\u{201d}' => '"',
        other => other,
    }
}

fn fault(code: FaultCode, at: usize, what: impl Into<String>) -> Fault {
    Fault { code, at, what: what.into() }
}

/// Each sign with the number of characters before it.
pub(super) fn signs(text: &str) -> Result<Vec<(usize, Sign)>, Fault> {
    let raw: Vec<char> = text.chars().collect();
    let all: Vec<char> = raw.iter().copied().map(narrow).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(&c) = all.get(at) {
        let begun = at;
        let rest = all.get(at..).unwrap_or_default();
        let run = |is: fn(char) -> bool| rest.iter().take_while(|c| is(**c)).count();
        let sign = if c.is_whitespace() {
            at += 1;
            continue;
        } else if c == '"' || c == '\'' {
            let Some(length) = rest.iter().skip(1).position(|other| *other == c) else {
                return Err(fault(FaultCode::OpenText, at, c.to_string()));
            };
            at += length + 2;
            // inside of it everything stays as it was written, but the mark that would end it in other programs
            let written = raw.get(begun + 1..at - 1).unwrap_or_default().iter();
            Sign::Text(
                written.map(|c| if matches!(narrow(*c), '"' | '\'') { narrow(*c) } else { *c }).collect(),
            )
        } else if c == '$' && rest.get(1) == Some(&'{') {
            let length = rest.iter().position(|c| *c == '}');
            let Some(length) = length else { return Err(fault(FaultCode::BadName, at, "${")) };
            let name: String = rest.get(2..length).unwrap_or_default().iter().collect();
            let name = name.trim();
            if !is_name(name) {
                let shown: String = name.chars().take(LONGEST_NAME).collect();
                return Err(fault(FaultCode::BadName, at, shown));
            }
            at += length + 1;
            Sign::Reference(name.to_owned())
        } else if c.is_ascii_digit() || (c == '.' && rest.get(1).is_some_and(char::is_ascii_digit)) {
            let length = run(|c| c.is_ascii_digit() || c == '.');
            let written: String = rest.get(..length).unwrap_or_default().iter().collect();
            at += length;
            let digits = written.trim_start_matches(['0', '.']).chars().filter(char::is_ascii_digit).count();
            match written.parse() {
                Ok(number) if digits <= DIGITS => Sign::Number(number),
                _ => {
                    return Err(fault(
                        FaultCode::Number,
                        begun,
                        written.chars().take(40).collect::<String>(),
                    ));
                }
            }
        } else if c.is_alphabetic() || c == '_' {
            // a name does not end in a sign that could be an operator's
            let length = run(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
            at += length;
            Sign::Name(rest.get(..length).unwrap_or_default().iter().collect())
        } else {
            let mark =
                MARKS.into_iter().find(|mark| mark.chars().enumerate().all(|(n, m)| rest.get(n) == Some(&m)));
            let Some(mark) = mark else { return Err(fault(FaultCode::UnknownSign, at, c.to_string())) };
            at += mark.len();
            Sign::Mark(mark)
        };
        found.push((begun, sign));
    }
    Ok(found)
}

//! How a rule of judging is written: in the editor, in a cell of a workbook, in the API. `达标(60%)`, `扣分(100, 2, 2)`,
//! `按时段平均 > 按次平均 > 扣分(100, 1, 2)`, `公式(50): if(met / all >= 70%, 50, 0)`. Every word has an English twin.
//!
//! What is read is checked as a whole, and a fault is told with its place. What is written is read again as the same rule.

use scoring::{Across, By, Exact, Facts, Fold, Formula, Method};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Longest rule, in characters; a formula may have `scoring::formula::LONGEST` of its own.
pub const LONGEST: usize = 2200;
/// Most groupings before the method.
const DEEPEST: usize = 4;
/// Most grades.
const GRADES: usize = 20;

/// How observations become a share of a part's points.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    pub across: Vec<Across>,
    pub method: Method,
}

/// What is wrong with a rule, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleFault {
    pub code: &'static str,
    /// Characters before it.
    pub at: usize,
    pub what: String,
}

impl RuleFault {
    fn new(code: &'static str, at: usize, what: &str) -> Self {
        Self { code, at, what: what.to_owned() }
    }
}

const BYS: [(By, &str, &str); 4] = [
    (By::Point, "点位", "point"),
    (By::Scorer, "打分人", "scorer"),
    (By::Occasion, "次", "occasion"),
    (By::Period, "时段", "period"),
];

const FOLDS: [(Fold, &str, &str); 4] = [
    (Fold::Mean, "平均", "mean"),
    (Fold::Median, "中位", "median"),
    (Fold::Least, "最低", "least"),
    (Fold::Most, "最高", "most"),
];

/// Words of methods: Chinese, English.
const RATIO: (&str, &str) = ("符合率", "ratio");
const THRESHOLD: (&str, &str) = ("达标", "threshold");
const EVERY_ONE: (&str, &str) = ("全部符合", "every-one");
const DEDUCT: (&str, &str) = ("扣分", "deduct");
const PER_MISSING: (&str, &str) = ("缺项扣分", "per-missing");
const GRADED: (&str, &str) = ("分级", "graded");
const MEAN: (&str, &str) = ("平均", "mean");
const MEDIAN: (&str, &str) = ("中位", "median");
const FORMULA: (&str, &str) = ("公式", "formula");

/// A number, exactly as it is written by [`Exact`]: a decimal, a share with `%`, or a fraction.
fn number(text: &str) -> Option<Exact> {
    if text.contains('/') {
        return serde_json::from_value(serde_json::Value::String(text.trim().to_owned())).ok();
    }
    Exact::parse(text)
}

/// What Chinese input methods write in place of ASCII, for everything but formulas, which read it by themselves.
fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        '、' => ',',
        other => other,
    }
}

impl Rule {
    /// Reads a rule.
    ///
    /// # Errors
    /// The first fault, with its place in characters.
    pub fn read(text: &str) -> Result<Self, RuleFault> {
        if text.chars().count() > LONGEST {
            return Err(RuleFault::new("rule-too-long", LONGEST, ""));
        }
        let mut across = Vec::new();
        let mut rest = text;
        let mut at = 0;
        loop {
            let trimmed = rest.trim_start();
            at += rest.chars().count() - trimmed.chars().count();
            rest = trimmed;
            let Some((head, tail)) = grouping(rest) else { break };
            let found = read_across(head).ok_or_else(|| RuleFault::new("rule-group", at, head.trim()))?;
            if across.len() >= DEEPEST {
                return Err(RuleFault::new("rule-too-deep", at, head.trim()));
            }
            across.push(found);
            at += head.chars().count() + 1;
            rest = tail;
        }
        Ok(Self { across, method: read_method(rest, at)? })
    }
}

/// The first grouping and what follows its sign, where there is one. A formula's own `>` is none.
fn grouping(text: &str) -> Option<(&str, &str)> {
    let starts = text.starts_with('按') || text.to_lowercase().starts_with("by ");
    let (at, sign) = text.char_indices().find(|(_, c)| matches!(c, '>' | '＞'))?;
    starts.then(|| (text.get(..at).unwrap_or_default(), text.get(at + sign.len_utf8()..).unwrap_or_default()))
}

fn read_across(text: &str) -> Option<Across> {
    let lower = text.trim().to_lowercase();
    let plain = lower.strip_prefix('按').or_else(|| lower.strip_prefix("by "))?.trim();
    for (by, chinese, english) in BYS {
        let Some(rest) = plain.strip_prefix(chinese).or_else(|| plain.strip_prefix(english)) else {
            continue;
        };
        let rest = rest.trim();
        for (fold, chinese, english) in FOLDS {
            if rest == chinese || rest == english {
                return Some(Across { by, fold });
            }
        }
    }
    None
}

/// Name, arguments, and what stands behind a colon.
fn read_method(text: &str, at: usize) -> Result<Method, RuleFault> {
    let trimmed = text.trim_end();
    if trimmed.is_empty() {
        return Err(RuleFault::new("rule-empty", at, ""));
    }
    let (head, formula) = match trimmed.char_indices().find(|(_, c)| matches!(c, ':' | '：')) {
        Some((n, sign)) => (
            trimmed.get(..n).unwrap_or_default(),
            Some((
                trimmed.get(n + sign.len_utf8()..).unwrap_or_default(),
                trimmed.get(..n).map_or(0, |h| h.chars().count() + 1),
            )),
        ),
        None => (trimmed, None),
    };
    let plain: String = head.chars().map(narrow).collect();
    let (name, arguments) = match plain.split_once('(') {
        Some((name, rest)) => {
            let inside = rest.trim_end().strip_suffix(')');
            let inside =
                inside.ok_or_else(|| RuleFault::new("rule-bracket", at + head.chars().count(), ")"))?;
            (name.trim().to_lowercase(), inside.split(',').map(|part| part.trim().to_owned()).collect())
        }
        None => (plain.trim().to_lowercase(), Vec::new()),
    };
    let given = Given { name: &name, arguments, at };
    given.method(formula)
}

struct Given<'a> {
    name: &'a str,
    arguments: Vec<String>,
    at: usize,
}

impl Given<'_> {
    fn is(&self, words: (&str, &str)) -> bool {
        self.name == words.0 || self.name == words.1
    }

    fn fault(&self, code: &'static str, what: &str) -> RuleFault {
        RuleFault::new(code, self.at, what)
    }

    /// Exactly so many numbers, none below 0.
    fn numbers(&self, wanted: usize) -> Result<Vec<Exact>, RuleFault> {
        if self.arguments.len() != wanted {
            return Err(self.fault("rule-arguments", &wanted.to_string()));
        }
        self.arguments
            .iter()
            .map(|text| match number(text) {
                Some(number) if !number.is_negative() => Ok(number),
                _ => Err(self.fault("rule-number", text)),
            })
            .collect()
    }

    /// One number that something is a share of.
    fn full(&self) -> Result<Exact, RuleFault> {
        let full = self.numbers(1)?.pop().unwrap_or_default();
        if full.is_zero() { Err(self.fault("rule-number", "0")) } else { Ok(full) }
    }

    fn method(&self, formula: Option<(&str, usize)>) -> Result<Method, RuleFault> {
        if formula.is_some() != self.is(FORMULA) {
            return Err(self.fault("rule-formula", self.name));
        }
        if self.is(RATIO) {
            return self.numbers(0).map(|_| Method::Ratio);
        }
        if self.is(EVERY_ONE) {
            return self.numbers(0).map(|_| Method::EveryOne);
        }
        if self.is(THRESHOLD) {
            let at_least = self.numbers(1)?.pop().unwrap_or_default();
            let within = at_least <= Exact::one();
            return if within {
                Ok(Method::Threshold { at_least })
            } else {
                Err(self.fault("rule-number", self.name))
            };
        }
        if self.is(DEDUCT) {
            let [full, each, again] = self.three()?;
            return Ok(Method::Deduct { full, each, again });
        }
        if self.is(PER_MISSING) {
            let [full, lose, of] = self.three()?;
            let of = of.shown(0).parse().ok().filter(|n| *n > 0_u32 && Exact::from(*n) == of);
            let of = of
                .ok_or_else(|| self.fault("rule-number", self.arguments.last().map_or("", String::as_str)))?;
            return Ok(Method::PerMissing { full, lose, of });
        }
        if self.is(GRADED) {
            if self.arguments.len() > GRADES {
                return Err(self.fault("rule-arguments", &GRADES.to_string()));
            }
            let worth = self.numbers(self.arguments.len().max(1))?;
            if worth.iter().any(|worth| *worth > Exact::one()) {
                return Err(self.fault("rule-number", self.name));
            }
            return Ok(Method::Graded { worth });
        }
        if self.is(MEAN) {
            return self.full().map(|full| Method::Mean { full });
        }
        if self.is(MEDIAN) {
            return self.full().map(|full| Method::Median { full });
        }
        if let Some((text, before)) = formula {
            let full = self.full()?;
            let blank = text.chars().take_while(|c| c.is_whitespace()).count();
            let read = Formula::read(text.trim(), &Facts::NAMES).map_err(|fault| RuleFault {
                code: formula_code(fault.code.code()),
                at: self.at + before + blank + fault.at,
                what: fault.what,
            })?;
            return Ok(Method::Formula { full, formula: read });
        }
        Err(self.fault("rule-unknown", self.name))
    }

    fn three(&self) -> Result<[Exact; 3], RuleFault> {
        let numbers = self.numbers(3)?;
        let [full, second, third]: [Exact; 3] =
            numbers.try_into().map_err(|_| self.fault("rule-arguments", "3"))?;
        if full.is_zero() { Err(self.fault("rule-number", "0")) } else { Ok([full, second, third]) }
    }
}

/// The code of a formula's fault as a code of fields.
fn formula_code(code: &str) -> &'static str {
    match code {
        "empty" => "formula-empty",
        "too-long" => "formula-too-long",
        "too-deep" => "formula-too-deep",
        "unknown-sign" => "formula-unknown-sign",
        "unexpected" => "formula-unexpected",
        "ends-early" => "formula-ends-early",
        "unknown-name" => "formula-unknown-name",
        "unknown-function" => "formula-unknown-function",
        "arguments" => "formula-arguments",
        "wrong-kind" => "formula-wrong-kind",
        "places" => "formula-places",
        _ => "formula-wrong",
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for Across { by, fold } in &self.across {
            let by = BYS.iter().find(|(b, ..)| b == by).map_or("", |(_, word, _)| word);
            let fold = FOLDS.iter().find(|(o, ..)| o == fold).map_or("", |(_, word, _)| word);
            write!(f, "按{by}{fold} > ")?;
        }
        match &self.method {
            Method::Ratio => f.write_str(RATIO.0),
            Method::EveryOne => f.write_str(EVERY_ONE.0),
            Method::Threshold { at_least } => write!(f, "{}({at_least})", THRESHOLD.0),
            Method::Deduct { full, each, again } => write!(f, "{}({full}, {each}, {again})", DEDUCT.0),
            Method::PerMissing { full, lose, of } => write!(f, "{}({full}, {lose}, {of})", PER_MISSING.0),
            Method::Graded { worth } => {
                let worth: Vec<String> = worth.iter().map(ToString::to_string).collect();
                write!(f, "{}({})", GRADED.0, worth.join(", "))
            }
            Method::Mean { full } => write!(f, "{}({full})", MEAN.0),
            Method::Median { full } => write!(f, "{}({full})", MEDIAN.0),
            Method::Formula { full, formula } => write!(f, "{}({full}): {}", FORMULA.0, formula.text()),
        }
    }
}

impl Serialize for Rule {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Rule {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::read(&text).map_err(|f| serde::de::Error::custom(format!("{} at {}: {}", f.code, f.at, f.what)))
    }
}

#[cfg(test)]
#[path = "notation_tests.rs"]
pub(crate) mod tests;

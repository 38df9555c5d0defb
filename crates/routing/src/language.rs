//! The language in which conditions are written: expressions of Rhai, with nothing but names of facts, comparisons and four
//! functions. An expression can neither loop nor assign, and what it may use up is limited, so that none holds the server up.
//!
//! The limits are ours; no rule prescribes them. Why Rhai: docs/adr/0015-routing-expressions.md.

use crate::facts::Facts;
use rhai::{
    AST, Array, Dynamic, Engine, EvalAltResult, INT, ImmutableString, OptimizationLevel, ParseErrorType,
};
use std::sync::LazyLock;

/// Characters of an expression.
pub const LONGEST: usize = 4000;
/// Steps that one evaluation may take: some hundred times what a rule of the form needs.
const STEPS: u64 = 20_000;
/// How deep brackets may be nested.
const DEPTH: usize = 24;
/// Bytes of a text, members of a list.
const TEXT: usize = 64 * 1024;
const MEMBERS: usize = 500;

/// The functions there are, for the page that explains the language.
pub const FUNCTIONS: [&str; 4] = ["says", "meets", "starts_with", "contains"];

/// What is wrong with an expression, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// `too-long`, `too-much`, `unknown-name`, `unknown-function`, `missing`, `ends-early`, `not-yes-or-no`, `not-understood`.
    pub code: &'static str,
    /// From 1; 0 where the whole expression is meant.
    pub line: usize,
    pub column: usize,
    /// The name, the missing sign, or what the interpreter says.
    pub what: String,
}

impl Fault {
    fn new(code: &'static str, at: rhai::Position, what: impl Into<String>) -> Self {
        Self { code, line: at.line().unwrap_or(0), column: at.position().unwrap_or(0), what: what.into() }
    }

    fn whole(code: &'static str, what: impl Into<String>) -> Self {
        Self { code, line: 0, column: 0, what: what.into() }
    }
}

/// A condition that can be asked.
#[derive(Clone, Debug)]
pub struct Condition(AST);

static ENGINE: LazyLock<Engine> = LazyLock::new(engine);

/// A text of a list.
fn texts(list: &Array) -> impl Iterator<Item = ImmutableString> + '_ {
    list.iter().filter_map(|member| member.clone().into_immutable_string().ok())
}

fn engine() -> Engine {
    let mut engine = Engine::new_raw();
    engine
        // what is compiled once is asked with other facts each time: nothing may be worked out beforehand
        .set_optimization_level(OptimizationLevel::None)
        .set_strict_variables(true)
        .set_allow_if_expression(false)
        .set_allow_switch_expression(false)
        .set_allow_loop_expressions(false)
        .set_allow_statement_expression(false)
        .set_allow_looping(false)
        .set_max_operations(STEPS)
        .set_max_expr_depths(DEPTH)
        .set_max_string_size(TEXT)
        .set_max_array_size(MEMBERS);
    for word in ["eval", "print", "debug", "type_of"] {
        engine.disable_symbol(word);
    }
    engine.register_fn("says", |text: ImmutableString, words: Array| {
        texts(&words).any(|word| !word.is_empty() && text.contains(word.as_str()))
    });
    engine.register_fn("meets", |one: Array, other: Array| {
        let other: Vec<ImmutableString> = texts(&other).collect();
        texts(&one).any(|member| other.contains(&member))
    });
    engine.register_fn("starts_with", |text: ImmutableString, start: ImmutableString| {
        text.starts_with(start.as_str())
    });
    // `a in b` is `contains(b, a)`
    engine
        .register_fn("contains", |text: ImmutableString, part: ImmutableString| text.contains(part.as_str()));
    engine.register_fn("contains", |list: Array, member: ImmutableString| texts(&list).any(|m| m == member));
    engine.register_fn("contains", |list: Array, member: INT| list.iter().any(|m| m.as_int() == Ok(member)));
    engine
}

/// Reads an expression; what is wrong with it is said with its place.
pub fn read(source: &str) -> Result<Condition, Fault> {
    if source.chars().count() > LONGEST {
        return Err(Fault::whole("too-long", LONGEST.to_string()));
    }
    let scope = Facts::default().scope();
    let tree = ENGINE.compile_expression_with_scope(&scope, source).map_err(|e| misread(&e))?;
    if let Some((name, line, column)) = unknown_call(source) {
        return Err(Fault { code: "unknown-function", line, column, what: name });
    }
    let condition = Condition(tree);
    // whether it answers with yes or no shows when it is asked
    condition.holds(&Facts::default())?;
    Ok(condition)
}

fn misread(error: &rhai::ParseError) -> Fault {
    let at = error.position();
    match error.err_type() {
        ParseErrorType::VariableUndefined(name) => Fault::new("unknown-name", at, name.as_str()),
        ParseErrorType::UnexpectedEOF => Fault::new("ends-early", at, ""),
        ParseErrorType::MissingToken(sign, _) => Fault::new("missing", at, sign.as_str()),
        ParseErrorType::ExprTooDeep | ParseErrorType::LiteralTooLarge(..) => Fault::new("too-much", at, ""),
        other => Fault::new("not-understood", at, other.to_string()),
    }
}

impl Condition {
    /// Whether it holds for a case.
    pub fn holds(&self, facts: &Facts) -> Result<bool, Fault> {
        let asked = ENGINE.eval_ast_with_scope::<Dynamic>(&mut facts.scope(), &self.0);
        match asked {
            Ok(answer) => answer.as_bool().map_err(|kind| Fault::whole("not-yes-or-no", kind)),
            Err(error) => Err(failed(&error)),
        }
    }
}

fn failed(error: &EvalAltResult) -> Fault {
    let at = error.position();
    match error {
        EvalAltResult::ErrorFunctionNotFound(name, _) => Fault::new("unknown-function", at, name.as_str()),
        EvalAltResult::ErrorVariableNotFound(name, _) => Fault::new("unknown-name", at, name.as_str()),
        EvalAltResult::ErrorTooManyOperations(_)
        | EvalAltResult::ErrorDataTooLarge(..)
        | EvalAltResult::ErrorStackOverflow(_) => Fault::new("too-much", at, ""),
        EvalAltResult::ErrorMismatchDataType(..) | EvalAltResult::ErrorMismatchOutputType(..) => {
            Fault::new("not-yes-or-no", at, error.to_string())
        }
        other => Fault::new("not-understood", at, other.to_string()),
    }
}

/// The first name that is called and is no function of ours. The interpreter would only notice when it gets there, and behind
/// `&&` that may be never.
fn unknown_call(source: &str) -> Option<(String, usize, usize)> {
    let (mut line, mut column) = (1, 0);
    let mut quoted: Option<char> = None;
    let mut escaped = false;
    let mut name: Option<(String, usize, usize)> = None;
    for sign in source.chars() {
        if sign == '\n' {
            (line, column) = (line + 1, 0);
        } else {
            column += 1;
        }
        match quoted {
            Some(_) if escaped => escaped = false,
            Some(_) if sign == '\\' => escaped = true,
            Some(quote) if sign == quote => quoted = None,
            Some(_) => {}
            None if matches!(sign, '"' | '\'' | '`') => (quoted, name) = (Some(sign), None),
            None if sign.is_ascii_alphanumeric() || sign == '_' => match &mut name {
                Some((so_far, ..)) => so_far.push(sign),
                None => name = Some((sign.to_string(), line, column)),
            },
            None if sign == '(' => match name.take() {
                Some(called) if called.0 != "in" && !FUNCTIONS.contains(&called.0.as_str()) => {
                    return Some(called);
                }
                _ => {}
            },
            None if sign.is_whitespace() => {}
            None => name = None,
        }
    }
    None
}

/// A text as the language writes it.
pub fn quoted(text: &str) -> String {
    let mut written = String::with_capacity(text.len() + 2);
    written.push('"');
    for sign in text.chars() {
        match sign {
            '"' | '\\' => written.extend(['\\', sign]),
            '\n' => written.push_str("\\n"),
            '\r' => written.push_str("\\r"),
            '\t' => written.push_str("\\t"),
            sign => written.push(sign),
        }
    }
    written.push('"');
    written
}

#[cfg(test)]
#[path = "language_tests.rs"]
mod tests;

//! How anything refuses: one type, stable codes, a sentence in the reader's language found by the code.
//!
//! The code is the contract (RFC 9457 `type`); the sentence is looked up as `problem-<code>` with `args`, and what to do
//! next as its attribute `.todo`. `detail` is for the log and never leaves the machine.

use std::borrow::Cow;

pub type Result<T, E = Problem> = std::result::Result<T, E>;

/// Why something was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub code: &'static str,
    /// HTTP status.
    pub status: u16,
    pub args: Vec<(&'static str, String)>,
    pub fields: Vec<FieldError>,
    /// For whoever reads the log; never shown.
    pub detail: Option<String>,
}

/// What is wrong with one field of a form or one member of a JSON body. Sentence: `field-<code>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    pub field: Cow<'static, str>,
    pub code: &'static str,
    pub args: Vec<(&'static str, String)>,
}

impl FieldError {
    pub fn new(field: impl Into<Cow<'static, str>>, code: &'static str) -> Self {
        Self { field: field.into(), code, args: Vec::new() }
    }

    #[must_use]
    pub fn arg(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }
}

impl Problem {
    pub fn new(status: u16, code: &'static str) -> Self {
        Self { code, status, args: Vec::new(), fields: Vec::new(), detail: None }
    }

    /// 404. Also for what exists but may not be known to exist.
    pub fn not_found() -> Self {
        Self::new(404, "not-found")
    }

    /// 401: nobody has signed in, and somebody must.
    pub fn sign_in() -> Self {
        Self::new(401, "sign-in-needed")
    }

    /// 403: known, but not allowed.
    pub fn forbidden() -> Self {
        Self::new(403, "forbidden")
    }

    /// 409: the state of things does not allow it (any more).
    pub fn conflict(code: &'static str) -> Self {
        Self::new(409, code)
    }

    /// 409: somebody else changed it in between.
    pub fn stale() -> Self {
        Self::new(409, "stale")
    }

    /// 422 with field errors.
    pub fn invalid(fields: Vec<FieldError>) -> Self {
        Self { fields, ..Self::new(422, "invalid") }
    }

    /// 422 for a single field.
    pub fn field(field: &'static str, code: &'static str) -> Self {
        Self::invalid(vec![FieldError::new(field, code)])
    }

    /// 503: nothing was saved; the same request may work in a moment.
    pub fn busy(detail: impl ToString) -> Self {
        Self::new(503, "busy").detail(detail)
    }

    /// 500: our fault.
    pub fn internal(detail: impl ToString) -> Self {
        Self::new(500, "internal").detail(detail)
    }

    #[must_use]
    pub fn arg(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }

    #[must_use]
    pub fn detail(mut self, detail: impl ToString) -> Self {
        self.detail = Some(detail.to_string());
        self
    }

    pub fn is_ours(&self) -> bool {
        self.status >= 500
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.status, self.code)?;
        for field in &self.fields {
            write!(f, " {}:{}", field.field, field.code)?;
        }
        if let Some(detail) = &self.detail {
            write!(f, " ({detail})")?;
        }
        Ok(())
    }
}

impl std::error::Error for Problem {}

/// Collects field errors, so that a form tells everything that is wrong at once.
#[derive(Debug, Default)]
pub struct Findings(Vec<FieldError>);

impl Findings {
    pub fn add(&mut self, error: FieldError) {
        self.0.push(error);
    }

    pub fn check(&mut self, ok: bool, field: &'static str, code: &'static str) {
        if !ok {
            self.add(FieldError::new(field, code));
        }
    }

    /// Notes `not-within` with the bounds, where a number lies outside of them.
    pub fn within(&mut self, field: &'static str, value: i64, least: i64, most: i64) {
        if !(least..=most).contains(&value) {
            self.add(FieldError::new(field, "not-within").arg("least", least).arg("most", most));
        }
    }

    /// Keeps the value, or notes what was wrong with it.
    pub fn take<T>(&mut self, value: std::result::Result<T, FieldError>) -> Option<T> {
        value.map_err(|e| self.add(e)).ok()
    }

    pub fn done(self) -> Result<()> {
        if self.0.is_empty() { Ok(()) } else { Err(Problem::invalid(self.0)) }
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

//! Forms: what a browser sent, before anything is believed. Urlencoded and multipart alike.

use crate::app::App;
use crate::error::{Fail, OrFail};
use crate::request::Req;
use crate::security;
use axum::extract::multipart::Multipart;
use axum::extract::{DefaultBodyLimit, FromRequest, FromRequestParts, Request};
use axum::http::header;
use kernel::problem::{FieldError, Problem, Result};
use kernel::time::{Date, Instant};
use kernel::workflow::Named;

/// Largest form without files, and largest text field, in bytes.
const TEXT_LIMIT: usize = 256 * 1024;
/// Largest single file, in bytes.
pub const FILE_LIMIT: usize = 20 << 20;
/// Most files in one form.
pub const FILES_LIMIT: usize = 9;

/// A file that came with a form.
#[derive(Clone, Debug)]
pub struct Upload {
    pub field: String,
    pub name: String,
    pub bytes: bytes::Bytes,
}

/// The fields of a form, its token checked.
#[derive(Clone, Debug, Default)]
pub struct Form {
    fields: Vec<(String, String)>,
    pub files: Vec<Upload>,
}

impl Form {
    /// The text given for a field, without surrounding space; empty when there was none.
    pub fn text(&self, name: &str) -> &str {
        self.fields.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v.trim())
    }

    /// All texts given for a field: boxes ticked, rows selected.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields.iter().filter(move |(n, _)| n == name).map(|(_, v)| v.trim()).filter(|v| !v.is_empty())
    }

    pub fn ticked(&self, name: &str) -> bool {
        matches!(self.text(name), "1" | "on" | "true" | "yes")
    }

    /// A text that must be there, of at most `max` characters.
    pub fn required(&self, name: &'static str, max: usize) -> Result<String, FieldError> {
        match self.optional(name, max)? {
            Some(text) => Ok(text),
            None => Err(FieldError::new(name, "required")),
        }
    }

    /// A text of at most `max` characters, or none.
    pub fn optional(&self, name: &'static str, max: usize) -> Result<Option<String>, FieldError> {
        let text = self.text(name);
        if text.chars().count() > max {
            return Err(FieldError::new(name, "too-long").arg("max", max));
        }
        Ok((!text.is_empty()).then(|| text.to_owned()))
    }

    /// A number written with digits.
    pub fn number<T: std::str::FromStr>(&self, name: &'static str) -> Result<Option<T>, FieldError> {
        match self.text(name) {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|_| FieldError::new(name, "not-a-number")),
        }
    }

    /// [`number`](Self::number) of a field that must not be left empty.
    pub fn needed_number<T: std::str::FromStr>(&self, name: &'static str) -> Result<T, FieldError> {
        self.number(name)?.ok_or_else(|| FieldError::new(name, "required"))
    }

    pub fn date(&self, name: &'static str) -> Result<Option<Date>, FieldError> {
        match self.text(name) {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|_| FieldError::new(name, "not-a-date")),
        }
    }

    /// What an input of type `datetime-local` sends: `2026-03-05T09:30`, Chinese time.
    pub fn moment(&self, name: &'static str) -> Result<Option<Instant>, FieldError> {
        match self.text(name) {
            "" => Ok(None),
            text => text
                .parse::<jiff::civil::DateTime>()
                .map(|c| Some(Instant::from_civil(c)))
                .map_err(|_| FieldError::new(name, "not-a-time")),
        }
    }

    /// One of a closed list of codes.
    pub fn choice<T: Named>(&self, name: &'static str) -> Result<Option<T>, FieldError> {
        match self.text(name) {
            "" => Ok(None),
            text => T::parse(text).map(Some).ok_or_else(|| FieldError::new(name, "not-a-choice")),
        }
    }

    /// For tests and for forms made from other input.
    pub fn from_pairs(pairs: &[(&str, &str)]) -> Self {
        Self {
            fields: pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect(),
            files: Vec::new(),
        }
    }

    /// What stands behind the `?` of an address, where names may come more than once.
    pub fn from_query(query: &str) -> Result<Self> {
        Self::parse_urlencoded(query.as_bytes())
    }

    fn push(&mut self, name: String, value: String) -> Result<()> {
        if self.fields.len() >= 2000 {
            return Err(Problem::new(413, "too-large").arg("limit", "2000"));
        }
        self.fields.push((name, value));
        Ok(())
    }

    fn parse_urlencoded(bytes: &[u8]) -> Result<Self> {
        let mut form = Self::default();
        let decode = |s: &str| {
            percent_encoding::percent_decode_str(&s.replace('+', " ")).decode_utf8_lossy().into_owned()
        };
        let text = std::str::from_utf8(bytes).map_err(|_| Problem::new(400, "not-utf8"))?;
        for pair in text.split('&').filter(|p| !p.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            // browsers send line ends as CR LF; we keep LF
            form.push(decode(name), decode(value).replace("\r\n", "\n"))?;
        }
        Ok(form)
    }

    async fn parse_multipart(mut parts: Multipart) -> Result<Self> {
        let mut form = Self::default();
        let bad = |e: axum::extract::multipart::MultipartError| {
            Problem::new(400, "upload-broken").detail(e.body_text())
        };
        while let Some(mut field) = parts.next_field().await.map_err(bad)? {
            let name = field.name().unwrap_or_default().to_owned();
            let file = field.file_name().map(str::to_owned);
            let limit = if file.is_some() { FILE_LIMIT } else { TEXT_LIMIT };
            let mut bytes = bytes::BytesMut::new();
            while let Some(chunk) = field.chunk().await.map_err(bad)? {
                if bytes.len() + chunk.len() > limit {
                    return Err(
                        Problem::new(413, "too-large").arg("limit", format!("{} MB", FILE_LIMIT >> 20))
                    );
                }
                bytes.extend_from_slice(&chunk);
            }
            match file {
                // an empty file input still sends a part
                Some(file) if file.is_empty() && bytes.is_empty() => {}
                Some(file) => {
                    if form.files.len() >= FILES_LIMIT {
                        return Err(Problem::new(413, "too-many-files").arg("limit", FILES_LIMIT));
                    }
                    form.files.push(Upload { field: name, name: file, bytes: bytes.freeze() });
                }
                None => {
                    let text =
                        String::from_utf8(bytes.to_vec()).map_err(|_| Problem::new(400, "not-utf8"))?;
                    form.push(name, text.replace("\r\n", "\n"))?;
                }
            }
        }
        Ok(form)
    }
}

impl Form {
    /// Reads a body of either kind. Nothing is checked of where it comes from: for doors that programs come through, which
    /// show a key. Pages take a `Form` as their last argument, whose token has been checked.
    pub async fn read(content_type: &str, body: axum::body::Body) -> Result<Self> {
        if content_type.starts_with("multipart/form-data") {
            let broken = |detail: String| Problem::new(400, "upload-broken").detail(detail);
            let request = Request::builder().header(header::CONTENT_TYPE, content_type).body(body);
            let mut request = request.map_err(|e| broken(e.to_string()))?;
            // each part has its own limit below; axum's own for the whole would be 2 MB
            DefaultBodyLimit::disable().apply(&mut request);
            let parts = Multipart::from_request(request, &()).await.map_err(|e| broken(e.body_text()))?;
            return Self::parse_multipart(parts).await;
        }
        let bytes = axum::body::to_bytes(body, TEXT_LIMIT)
            .await
            .map_err(|_| Problem::new(413, "too-large").arg("limit", "256 kB"))?;
        Self::parse_urlencoded(&bytes)
    }

    /// Names and values as they came.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.iter().map(|(n, v)| (n.as_str(), v.as_str()))
    }
}

impl FromRequest<App> for Form {
    type Rejection = Fail;

    async fn from_request(request: Request, app: &App) -> std::result::Result<Self, Fail> {
        let (mut parts, body) = request.into_parts();
        let req = Req::from_request_parts(&mut parts, app).await?;
        let text = |name: &str| parts.headers.get(name).and_then(|h| h.to_str().ok()).unwrap_or_default();
        let form = Self::read(text("content-type"), body).await.or_fail(&req)?;
        let given = text("x-csrf-token");
        let token = if given.is_empty() { form.text(security::CSRF_FIELD) } else { given };
        security::check_token(&req, token).or_fail(&req)?;
        Ok(form)
    }
}

/// What a form shows again after it was refused: what was typed, and what was wrong with each field.
#[derive(Clone, Debug, Default)]
pub struct Filled {
    values: Vec<(String, String)>,
    errors: Vec<FieldError>,
    labels: Vec<(String, String)>,
    keeps_photos: bool,
}

impl Filled {
    pub fn new() -> Self {
        Self::default()
    }

    /// A field as it is before anybody typed: the stored value.
    #[must_use]
    pub fn set(mut self, name: &str, value: impl ToString) -> Self {
        self.values.push((name.to_owned(), value.to_string()));
        self
    }

    /// A field's value, whatever was set before.
    #[must_use]
    pub fn instead(mut self, name: &str, value: impl ToString) -> Self {
        self.values.retain(|(n, _)| n != name);
        self.set(name, value)
    }

    /// After a refusal. `None` when the problem is not about fields.
    pub fn refused(form: &Form, problem: &Problem) -> Option<Self> {
        (!problem.fields.is_empty()).then(|| Self {
            values: form.fields.clone(),
            errors: problem.fields.clone(),
            ..Self::default()
        })
    }

    /// What was typed, when nothing is wrong with it: a form that is shown again because it asks for more.
    pub fn typed(form: &Form) -> Self {
        Self { values: form.fields.clone(), ..Self::default() }
    }

    /// What a field is called in the summary, where its label is no text of the program's.
    #[must_use]
    pub fn called(mut self, name: &str, label: &str) -> Self {
        self.labels.push((name.to_owned(), label.to_owned()));
        self
    }

    /// Says that photos that were chosen need not be chosen again.
    #[must_use]
    pub fn keeping_photos(self) -> Self {
        Self { keeps_photos: true, ..self }
    }

    /// The text that says what is still there.
    pub fn kept(&self) -> &'static str {
        if self.keeps_photos { "form-kept-photos" } else { "form-kept" }
    }

    /// All texts of a field that are not blank: boxes ticked.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.values.iter().filter(move |(n, _)| n == name).map(|(_, v)| v.trim()).filter(|v| !v.is_empty())
    }

    pub fn value(&self, name: &str) -> &str {
        self.values.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v)
    }

    pub fn is(&self, name: &str, value: impl std::fmt::Display) -> bool {
        let value = value.to_string();
        self.values.iter().any(|(n, v)| n == name && *v == value)
    }

    /// The error of a field, in the reader's language.
    pub fn error(&self, ui: &crate::Ui, name: &str) -> Option<String> {
        self.errors.iter().find(|e| e.field == name).map(|e| crate::error::field_text(ui, e))
    }

    /// The class of a field that has an error.
    pub fn wrong(&self, name: &str) -> &'static str {
        if self.errors.iter().any(|e| e.field == name) { " field-wrong" } else { "" }
    }

    /// The attributes that tie a field to its hint and its error. `name` comes from our own templates.
    pub fn described(&self, ui: &crate::Ui, name: &str, label: &str) -> String {
        let hint = !ui.hint(name, label).is_empty();
        let wrong = !self.wrong(name).is_empty();
        let ids = match (hint, wrong) {
            (false, false) => return String::new(),
            (true, false) => format!("f-{name}-hint"),
            (false, true) => format!("f-{name}-error"),
            (true, true) => format!("f-{name}-hint f-{name}-error"),
        };
        format!(" aria-describedby=\"{ids}\"{}", if wrong { " aria-invalid=\"true\"" } else { "" })
    }

    /// All errors with the fields they belong to, for the summary at the top: "Name: must be filled in".
    pub fn summary(&self, ui: &crate::Ui) -> Vec<(String, String)> {
        let line = |e: &FieldError| {
            let text = crate::error::field_text(ui, e);
            let own = self.labels.iter().find(|(name, _)| *name == e.field).map(|(_, label)| label.clone());
            match own.or_else(|| ui.maybe(format!("label-{}", e.field))) {
                Some(label) => format!("{label}{}{text}", ui.t("form-colon")),
                None => text,
            }
        };
        self.errors.iter().map(|e| (e.field.to_string(), line(e))).collect()
    }

    pub fn count(&self) -> usize {
        self.errors.len()
    }

    pub fn failed(&self) -> bool {
        !self.errors.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urlencoded_forms_are_read_as_typed() {
        let form = Form::parse_urlencoded("a=%E8%B7%AF+1&b=x%0D%0Ay&c=&d=1&d=2".as_bytes()).unwrap();
        assert_eq!(form.text("a"), "路 1");
        assert_eq!(form.text("b"), "x\ny");
        assert_eq!(form.all("d").collect::<Vec<_>>(), ["1", "2"]);
        assert!(form.required("c", 9).is_err());
        assert!(form.number::<i64>("a").is_err());
        assert_eq!(form.number::<i64>("d").unwrap(), Some(1));
        assert!(Form::parse_urlencoded(&[0xff, 0xfe]).is_err());
    }

    #[test]
    fn a_refused_form_shows_what_was_typed() {
        let form = Form::from_pairs(&[("title", "x")]);
        let filled = Filled::refused(&form, &Problem::field("title", "too-long")).unwrap();
        assert_eq!(filled.value("title"), "x");
        assert!(filled.failed());
        assert!(Filled::refused(&form, &Problem::not_found()).is_none());
    }
}

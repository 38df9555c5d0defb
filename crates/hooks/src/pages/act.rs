//! The page of a short form that does one thing, and the page that shows a secret once.

use axum::http::StatusCode;
use kernel::problem::Problem;
use web::error::{page, page_with, problem_texts};
use web::form::Filled;
use web::{Answer, Fail, Form, Req, Ui};

#[derive(askama::Template)]
#[template(path = "hooks/act.html")]
pub(super) struct ActPage {
    ui: Ui,
    /// The title is the text `key`, what it does its `.lead`, the button its `.button`.
    key: &'static str,
    number: String,
    name: String,
    version: i64,
    /// Last part of the address that the form goes to.
    to: &'static str,
    /// Fields with their type: `tick` or a type of input.
    fields: Vec<(&'static str, &'static str)>,
    danger: bool,
    form: Filled,
    refused: (String, String),
}

impl ActPage {
    pub(super) fn new(req: &Req, key: &'static str, to: &'static str, (number, name): (&str, &str)) -> Self {
        Self {
            ui: req.ui(),
            key,
            number: number.to_owned(),
            name: name.to_owned(),
            version: 0,
            to,
            fields: Vec::new(),
            danger: false,
            form: Filled::new(),
            refused: (String::new(), String::new()),
        }
    }

    pub(super) fn version(mut self, version: i64) -> Self {
        self.version = version;
        self
    }

    pub(super) fn field(mut self, name: &'static str, kind: &'static str) -> Self {
        self.fields.push((name, kind));
        self
    }

    pub(super) fn danger(mut self) -> Self {
        self.danger = true;
        self
    }

    pub(super) fn show(self, req: &Req) -> Answer {
        page(req, &self)
    }

    /// The same page again with what was typed and what was wrong.
    pub(super) fn again(mut self, req: &Req, typed: &Form, problem: Problem) -> Answer {
        if !matches!(problem.status, 409 | 422) {
            return Err(Fail::of(req, problem));
        }
        match Filled::refused(typed, &problem) {
            Some(filled) => self.form = filled,
            None => self.refused = problem_texts(&self.ui, &problem),
        }
        let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
        page_with(req, status, &self)
    }
}

#[derive(askama::Template)]
#[template(path = "hooks/secret.html")]
pub(super) struct SecretPage {
    pub(super) ui: Ui,
    pub(super) title: String,
    pub(super) lead: String,
    pub(super) secret: String,
    pub(super) number: String,
}

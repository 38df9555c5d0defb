//! The page of a simple form: what is to be done, its fields, one button. It comes back filled in when it was refused;
//! passwords never come back.

use axum::http::StatusCode;
use axum::response::Response;
use kernel::problem::Problem;
use web::error::{page_with, problem_texts};
use web::form::Filled;
use web::{Answer, Fail, Form, Req, Ui};

/// A field of the form; its label is the text `label-<name>`.
pub(super) struct Field {
    name: &'static str,
    /// Type of the `<input>`, or `area` or `select`.
    kind: &'static str,
    options: Vec<(String, String)>,
    required: bool,
    max: usize,
    auto: &'static str,
}

impl Field {
    pub(super) fn line(name: &'static str, max: usize) -> Self {
        Self { name, kind: "text", options: Vec::new(), required: true, max, auto: "off" }
    }

    pub(super) fn of(name: &'static str, kind: &'static str) -> Self {
        Self { kind, ..Self::line(name, 200) }
    }

    pub(super) fn password(name: &'static str, auto: &'static str) -> Self {
        Self { kind: "password", auto, ..Self::line(name, 200) }
    }

    pub(super) fn area(name: &'static str) -> Self {
        Self { kind: "area", ..Self::line(name, 500) }
    }

    pub(super) fn select(name: &'static str, options: Vec<(String, String)>) -> Self {
        Self { kind: "select", options, ..Self::line(name, 200) }
    }

    pub(super) fn optional(mut self) -> Self {
        self.required = false;
        self
    }

    pub(super) fn auto(mut self, auto: &'static str) -> Self {
        self.auto = auto;
        self
    }
}

#[derive(askama::Template)]
#[template(path = "act.html")]
pub(super) struct ActPage {
    ui: Ui,
    title: String,
    lead: String,
    /// Address and text of the page this one belongs to.
    up: (String, String),
    post: String,
    button: String,
    danger: bool,
    hidden: Vec<(&'static str, String)>,
    fields: Vec<Field>,
    form: Filled,
    /// What was refused as a whole, and what to do about it.
    refused: (String, String),
}

impl ActPage {
    /// `key`: the title is the text `key`, the lead its `.lead`, the button its `.button`.
    pub(super) fn new(
        req: &Req,
        key: &str,
        value: &str,
        up: (String, String),
        post: String,
        fields: Vec<Field>,
    ) -> Self {
        let ui = req.ui();
        let args = [("value", value.to_owned())];
        let lead = if ui.maybe(format!("{key}.lead")).is_some() {
            ui.ta(format!("{key}.lead"), &args)
        } else {
            String::new()
        };
        Self {
            title: ui.ta(key, &args),
            lead,
            button: ui.t(format!("{key}.button")),
            ui,
            up,
            post,
            danger: false,
            hidden: Vec::new(),
            fields,
            form: Filled::new(),
            refused: (String::new(), String::new()),
        }
    }

    pub(super) fn danger(mut self) -> Self {
        self.danger = true;
        self
    }

    pub(super) fn hidden(mut self, name: &'static str, value: impl ToString) -> Self {
        self.hidden.push((name, value.to_string()));
        self
    }

    pub(super) fn filled(mut self, form: Filled) -> Self {
        self.form = form;
        self
    }

    pub(super) fn show(self, req: &Req) -> Answer {
        self.answer(req, StatusCode::OK)
    }

    fn answer(self, req: &Req, status: StatusCode) -> Answer {
        page_with(req, status, &self)
    }

    /// The same page again with what was typed and what was wrong; problems that are not the reader's go on.
    pub(super) fn again(mut self, req: &Req, typed: &Form, problem: Problem) -> Answer<Response> {
        if !matches!(problem.status, 409 | 422 | 429) {
            return Err(Fail::of(req, problem));
        }
        let open = self.fields.iter().filter(|f| f.kind != "password");
        let pairs: Vec<(&str, &str)> = open.map(|f| (f.name, typed.text(f.name))).collect();
        let clean = Form::from_pairs(&pairs);
        self.form = if let Some(filled) = Filled::refused(&clean, &problem) {
            filled
        } else {
            self.refused = problem_texts(&self.ui, &problem);
            pairs.iter().fold(Filled::new(), |filled, (name, value)| filled.set(name, value))
        };
        let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
        self.answer(req, status)
    }
}

/// A page that tells something once: a password, a key, recovery codes.
#[derive(askama::Template)]
#[template(path = "once.html")]
pub(super) struct OncePage {
    pub(super) ui: Ui,
    pub(super) title: String,
    pub(super) lead: String,
    pub(super) lines: Vec<String>,
    pub(super) back: String,
}

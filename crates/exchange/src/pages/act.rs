//! The page of a short form that does one thing, and the page that shows a key once.

use kernel::problem::Problem;
use web::error::page;
use web::{Answer, Fail, Req, Ui};

#[derive(askama::Template)]
#[template(path = "exchange/act.html")]
pub(super) struct ActPage {
    ui: Ui,
    /// The title is the text `key`, what it does its `.lead`, the button its `.button`.
    key: &'static str,
    number: String,
    name: String,
    version: i64,
    /// Last part of the address that the form goes to.
    to: &'static str,
    danger: bool,
}

impl ActPage {
    pub(super) fn show(
        req: &Req,
        (key, to, danger): (&'static str, &'static str, bool),
        partner: &crate::model::Partner,
    ) -> Answer {
        let page_of = Self {
            ui: req.ui(),
            key,
            number: partner.number.clone(),
            name: partner.name.clone(),
            version: partner.version,
            to,
            danger,
        };
        page(req, &page_of)
    }
}

#[derive(askama::Template)]
#[template(path = "exchange/secret.html")]
pub(super) struct SecretPage {
    pub(super) ui: Ui,
    pub(super) title: String,
    pub(super) lead: String,
    pub(super) secret: String,
    pub(super) address: String,
    pub(super) number: String,
}

/// A problem as a failure of this request.
pub(super) fn fail(req: &Req, problem: Problem) -> Fail {
    Fail::of(req, problem)
}

//! What can be done with an adoption, each on a page of its own.

use super::shared::{self, Options};
use crate::commands::{self, joinable};
use crate::model::Adoption;
use crate::policy::Act;
use crate::{forms, queries, show};
use axum::http::StatusCode;
use kernel::problem::{Problem, Result};
use web::error::{OrFail, page_with, redirect};
use web::form::Filled;
use web::parts::Choice;
use web::{Answer, Form, Path, Req, Ui};

#[derive(askama::Template)]
#[template(path = "streets/move.html")]
struct MovePage {
    ui: Ui,
    /// `contact`, `replacement`, `end`, `cut` or `joint`.
    kind: &'static str,
    lead: String,
    back: String,
    form: Filled,
    adoption: Adoption,
    section: String,
    stretch: String,
    unit: String,
    units: Options,
    standards: Options,
    others: Options,
    ends: Vec<Choice>,
    /// The office may change the standard too.
    may_edit: bool,
}

const CONTACT: &str = "contact";
const REPLACEMENT: &str = "replacement";
const END: &str = "end";
const CUT: &str = "cut";
const JOINT: &str = "joint";

/// The page with an empty form (`None`), or with what was typed and refused.
async fn show(req: &Req, kind: &'static str, number: &str, filled: Option<Filled>) -> Answer {
    let index = shared::index(req).await?;
    let (asked, map) = (number.to_owned(), index.clone());
    let act = if kind == CONTACT { Act::Contact } else { Act::Edit };
    let (adoption, section, names, others, units) = req
        .read(move |ctx, tx| {
            let (adoption, section) = commands::load_for(ctx, tx, &map, act, &asked)?;
            let names = queries::names(tx, [&adoption])?;
            let mut others = queries::of_section(tx, section.id)?;
            let today = ctx.now.date();
            others.retain(|o| {
                joinable(&adoption, o) && o.holds_ever() && o.until_date.is_none_or(|u| u >= today)
            });
            Ok((adoption, section, names, others, shared::units(tx)?.0))
        })
        .await
        .or_fail(req)?;
    let ui = req.ui();
    let status = if filled.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let tomorrow = req.ctx.now.date().tomorrow().map_err(Problem::internal).or_fail(req)?;
    let standard = names.standard(adoption.standard_id).map_or("", |s| s.code.as_str());
    let form = filled.unwrap_or_else(|| {
        let form = Filled::new().set("version", adoption.version).set("adoption_first", tomorrow);
        let form = form.set("adoption_until", req.ctx.now.date()).set("adoption_how", "ended");
        if kind == CONTACT {
            let ticked = if adoption.public_phone { "1" } else { "" };
            form.set("adoption_leader", &adoption.leader)
                .set("adoption_phone", adoption.phone.as_str())
                .set("adoption_public_phone", ticked)
                .set("adoption_standard", standard)
        } else {
            form
        }
    });
    let other = |o: &Adoption| {
        let text = format!("{} {}", o.number, show::stretch(&ui, o.from_m, o.to_m));
        (format!("{}:{}", o.number, o.version), text)
    };
    let end =
        |value: &str| Choice { value: value.to_owned(), text: ui.named("adoption-how", value), icon: "" };
    let page = MovePage {
        kind,
        lead: ui.attribute(&format!("adoption-move-{kind}"), "lead"),
        back: format!("/streets/{}", adoption.number),
        form,
        section: section.name(),
        stretch: show::stretch(&ui, adoption.from_m, adoption.to_m),
        unit: names.unit(adoption.unit_id).to_owned(),
        units,
        standards: shared::standards(&ui, &names.standards),
        others: others.iter().map(other).collect(),
        ends: ["ended", "mistake"].map(end).to_vec(),
        may_edit: shared::may(&req.ctx, &index, Act::Edit, &adoption, &section),
        adoption,
        ui,
    };
    page_with(req, status, &page)
}

/// Back to the page of `to` with a word, or to the form with what was wrong.
async fn finish(req: &Req, kind: &'static str, number: &str, form: &Form, done: Result<String>) -> Answer {
    match done {
        Ok(to) => Ok(redirect(req, &format!("/streets/{to}"), &format!("adoption-{kind}"), &to)),
        Err(problem) => {
            let filled = shared::refused(req, form, problem)?;
            show(req, kind, number, Some(filled)).await
        }
    }
}

pub(super) async fn contact_form(req: Req, Path(number): Path<String>) -> Answer {
    show(&req, CONTACT, &number, None).await
}

pub(super) async fn contact(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    let (asked, which) = (form.clone(), number.clone());
    let done = shared::command(&req, move |ctx, tx, index| {
        let standard = forms::standard(&asked, &queries::standards(tx)?);
        let of = (which.as_str(), forms::version(&asked)?);
        commands::change(ctx, tx, index, of, forms::contact(&asked), standard).map(|a| a.number)
    });
    finish(&req, CONTACT, &number, &form, done.await).await
}

pub(super) async fn replace_form(req: Req, Path(number): Path<String>) -> Answer {
    show(&req, REPLACEMENT, &number, None).await
}

/// Leads on to the handover, where the former unit's open cases are listed.
pub(super) async fn replace(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    let (asked, which) = (form.clone(), number.clone());
    let done = shared::command(&req, move |ctx, tx, index| {
        let (_, units) = shared::units(tx)?;
        let (first, taker) = (forms::first_day(&asked)?, forms::taker(&asked, &units)?);
        let of = (which.as_str(), forms::version(&asked)?);
        commands::replace(ctx, tx, index, of, first, &taker, asked.text("adoption_reason"))
    });
    match done.await {
        Ok(new) if new.from_date <= req.ctx.now.date() => {
            let to = format!("/streets/{}/handover", new.number);
            Ok(redirect(&req, &to, "adoption-replacement", &new.number))
        }
        done => finish(&req, REPLACEMENT, &number, &form, done.map(|new| new.number)).await,
    }
}

pub(super) async fn end_form(req: Req, Path(number): Path<String>) -> Answer {
    show(&req, END, &number, None).await
}

pub(super) async fn end(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    let (asked, which) = (form.clone(), number.clone());
    let done = shared::command(&req, move |ctx, tx, index| {
        let of = (which.as_str(), forms::version(&asked)?);
        let (until, why) = (forms::last_day(&asked)?, asked.text("adoption_reason"));
        commands::end(ctx, tx, index, of, until, why).map(|a| a.number)
    });
    finish(&req, END, &number, &form, done.await).await
}

pub(super) async fn cut_form(req: Req, Path(number): Path<String>) -> Answer {
    show(&req, CUT, &number, None).await
}

pub(super) async fn cut(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    let (asked, which) = (form.clone(), number.clone());
    let done = shared::command(&req, move |ctx, tx, index| {
        let of = (which.as_str(), forms::version(&asked)?);
        let [first, _] = commands::split(ctx, tx, index, of, forms::cut(&asked)?, forms::first_day(&asked)?)?;
        Ok(first.number)
    });
    finish(&req, CUT, &number, &form, done.await).await
}

pub(super) async fn joint_form(req: Req, Path(number): Path<String>) -> Answer {
    show(&req, JOINT, &number, None).await
}

pub(super) async fn joint(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    let (asked, which) = (form.clone(), number.clone());
    let done = shared::command(&req, move |ctx, tx, index| {
        let (other, version) = forms::other(&asked)?;
        let of = (which.as_str(), forms::version(&asked)?);
        commands::join(ctx, tx, index, of, (&other, version), forms::first_day(&asked)?).map(|a| a.number)
    });
    finish(&req, JOINT, &number, &form, done.await).await
}

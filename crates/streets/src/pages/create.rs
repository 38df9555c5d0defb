//! A new adoption: first the street, then the stretch.

use super::shared::{self, Options};
use crate::model::{Adoption, Section};
use crate::{commands, forms, queries, show};
use axum::http::StatusCode;
use kernel::problem::Problem;
use places::queries::SectionFilter;
use web::error::{OrFail, page_with, redirect};
use web::form::Filled;
use web::list::Params;
use web::{Answer, Form, Req, Ui};

#[derive(askama::Template)]
#[template(path = "streets/new.html")]
struct NewPage {
    ui: Ui,
    form: Filled,
    street: String,
    streets: Options,
    sections: Options,
    section: Option<Chosen>,
    units: Options,
    standards: Options,
}

/// The section that was chosen, with what is adopted on it already.
struct Chosen {
    section: Section,
    length: String,
    held: Vec<Held>,
}

struct Held {
    adoption: Adoption,
    stretch: String,
    unit: String,
}

pub(super) async fn new(req: Req) -> Answer {
    let params = Params::parse(&req.query);
    let mut form =
        Filled::new().set("adoption_from", req.ctx.now.date()).set("adoption_standard", "five-goods");
    for (field, name) in [("adoption_from_m", "from"), ("adoption_to_m", "to")] {
        form = form.set(field, params.get(name));
    }
    show(&req, StatusCode::OK, params.get("street"), params.get("section"), form).await
}

async fn show(req: &Req, status: StatusCode, street: &str, number: &str, form: Filled) -> Answer {
    let (street, number) = (street.to_owned(), number.to_owned());
    let ui = req.ui();
    let words = ui.clone();
    let (street, streets, sections, chosen, units, standards) = req
        .read(move |ctx, tx| {
            let chosen =
                if number.is_empty() { None } else { Some(places::queries::section_by_number(tx, &number)?) };
            let street = chosen.as_ref().map_or(street, |s| s.street.clone());
            let wanted = SectionFilter { street: street.clone(), ..SectionFilter::default() };
            let sections = if street.is_empty() {
                Vec::new()
            } else {
                places::queries::sections(tx, &wanted, None, 500)?.rows
            };
            let chosen = match chosen {
                Some(section) => {
                    let today = ctx.now.date();
                    let mut all = queries::of_section(tx, section.id)?;
                    all.retain(|a| a.holds_ever() && a.until_date.is_none_or(|until| until >= today));
                    let names = queries::names(tx, &all)?;
                    let held = |a: Adoption| Held {
                        stretch: show::stretch(&words, a.from_m, a.to_m),
                        unit: names.unit(a.unit_id).to_owned(),
                        adoption: a,
                    };
                    let length = show::metres(&words, section.length_m);
                    Some(Chosen { length, held: all.into_iter().map(held).collect(), section })
                }
                None => None,
            };
            let streets = places::queries::streets(tx)?;
            Ok((street, streets, sections, chosen, shared::units(tx)?.0, queries::standards(tx)?))
        })
        .await
        .or_fail(req)?;
    let page = NewPage {
        form,
        street,
        streets: streets.into_iter().map(|s| (s.clone(), s)).collect(),
        sections: sections
            .into_iter()
            .map(|s| (s.number.clone(), format!("{} {}", s.number, s.name())))
            .collect(),
        section: chosen,
        units,
        standards: shared::standards(&ui, &standards),
        ui,
    };
    page_with(req, status, &page)
}

pub(super) async fn create(req: Req, form: Form) -> Answer {
    let asked = form.clone();
    let done = shared::command(&req, move |ctx, tx, index| {
        let section = places::queries::section_by_number(tx, asked.text("adoption_section"))?;
        let ((_, units), standards) = (shared::units(tx)?, queries::standards(tx)?);
        commands::adopt(ctx, tx, index, &forms::draft(&asked, &section, &units, &standards)?)
    });
    match done.await {
        Ok(made) => Ok(redirect(&req, &format!("/streets/{}", made.number), "adoption-made", &made.number)),
        Err(problem) => refuse(&req, &form, problem).await,
    }
}

async fn refuse(req: &Req, form: &Form, problem: Problem) -> Answer {
    let filled = shared::refused(req, form, problem)?;
    show(req, StatusCode::UNPROCESSABLE_ENTITY, "", form.text("adoption_section"), filled).await
}

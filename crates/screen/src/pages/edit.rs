//! Registering a display, changing where it hangs, and saying what it shows.

use super::act::show_address;
use crate::commands;
use crate::forms::{self, PLACES, Typed};
use crate::model::{Display, Panel};
use crate::policy::{self, Act};
use crate::queries;
use axum::http::StatusCode;
use kernel::problem::Problem;
use kernel::time::days_since_epoch;
use kernel::workflow::Named;
use web::error::{OrFail, page, page_with, redirect};
use web::form::Filled;
use web::{Answer, Fail, Form, Path, Req, Ui};

type Options = Vec<(String, String)>;

/// What the form is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Whole,
    Registration,
    Arrangement,
}

#[derive(askama::Template)]
#[template(path = "screen/form.html")]
struct FormPage {
    ui: Ui,
    form: Filled,
    part: Part,
    /// Number and version of what is changed; none for a new one.
    of: Option<(String, String)>,
    areas: Options,
    panels: Options,
    /// Names of the fields for panels.
    places: [&'static str; 7],
}

impl FormPage {
    fn registers(&self) -> bool {
        self.part != Part::Arrangement
    }

    fn arranges(&self) -> bool {
        self.part != Part::Registration
    }

    fn title(&self) -> &'static str {
        match self.part {
            Part::Whole => "display-new",
            Part::Registration => "display-edit",
            Part::Arrangement => "display-arrange",
        }
    }

    fn action(&self) -> String {
        let at = self.of.as_ref().map_or_else(String::new, |(number, _)| format!("/{number}"));
        let below = if self.part == Part::Arrangement { "/arrangement" } else { "" };
        format!("/admin/screens{at}{below}")
    }

    fn back(&self) -> String {
        self.of.as_ref().map_or_else(|| "/admin/screens".to_owned(), |(n, _)| format!("/admin/screens/{n}"))
    }
}

async fn form_page(req: &Req, form: Filled, part: Part, of: Option<(String, String)>) -> Answer<FormPage> {
    let index = places::kept::index(&req.city).await.or_fail(req)?;
    let ui = req.ui();
    let inset = |depth: usize| "　".repeat(depth);
    let areas = index.divisions().iter();
    let areas = areas.map(|d| (d.code.to_string(), format!("{}{}", inset(d.depth()), d.name))).collect();
    let panels =
        Panel::ALL.iter().map(|p| (p.code().to_owned(), ui.named("screen-panel", p.code()))).collect();
    Ok(FormPage { ui, form, part, of, areas, panels, places: PLACES })
}

fn with_panels(mut form: Filled, panels: &[Panel]) -> Filled {
    for (name, panel) in PLACES.iter().zip(panels) {
        form = form.set(name, panel.code());
    }
    form
}

async fn again(req: &Req, form: &Form, problem: Problem, part: Part, of: Option<(String, String)>) -> Answer {
    match Filled::refused(form, &problem) {
        Some(filled) => {
            page_with(req, StatusCode::UNPROCESSABLE_ENTITY, &form_page(req, filled, part, of).await?)
        }
        None => Err(Fail::of(req, problem)),
    }
}

pub(super) async fn new_form(req: Req) -> Answer {
    policy::require(&req.ctx, Act::Keep).or_fail(&req)?;
    let today = req.ctx.now.date();
    let year = kernel::time::date_from_epoch_days(i64::from(days_since_epoch(today)) + 365);
    let form = with_panels(Filled::new().set("display_until", year), &Panel::usual());
    page(&req, &form_page(&req, form, Part::Whole, None).await?)
}

/// Answers with the address instead of a redirect: it is shown this once.
pub(super) async fn create(req: Req, form: Form) -> Answer {
    policy::require(&req.ctx, Act::Keep).or_fail(&req)?;
    let index = places::kept::index(&req.city).await.or_fail(&req)?;
    let typed = Typed::of(&form);
    let work = req.write(move |ctx, tx| {
        let (at, shows) = typed.whole(ctx, &index)?;
        commands::add(ctx, tx, at, shows)
    });
    match work.await {
        Ok((display, word)) => show_address(&req, &display, &word, "display-added"),
        Err(problem) => again(&req, &form, problem, Part::Whole, None).await,
    }
}

async fn load(req: &Req, act: Act, number: String) -> Answer<Display> {
    policy::require(&req.ctx, act).or_fail(req)?;
    req.read(move |_, tx| queries::display(tx, &number)).await.or_fail(req)
}

/// Number and version of what a form is about.
fn of(display: &Display) -> (String, String) {
    (display.number.clone(), display.version.to_string())
}

pub(super) async fn edit_form(req: Req, Path(number): Path<String>) -> Answer {
    let display = load(&req, Act::Keep, number).await?;
    let form = Filled::new()
        .set("display_name", &display.name)
        .set("display_place", &display.place)
        .set("display_until", display.until_date);
    page(&req, &form_page(&req, form, Part::Registration, Some(of(&display))).await?)
}

pub(super) async fn change(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    policy::require(&req.ctx, Act::Keep).or_fail(&req)?;
    let version = forms::version(form.text("version")).or_fail(&req)?;
    let (typed, to) = (Typed::of(&form), number.clone());
    let work = req.write(move |ctx, tx| {
        let at = typed.registration(ctx)?;
        commands::change(ctx, tx, (&to, version), at)
    });
    saved(&req, &form, work.await, Part::Registration, (number, version)).await
}

pub(super) async fn arrange_form(req: Req, Path(number): Path<String>) -> Answer {
    let display = load(&req, Act::Arrange, number).await?;
    let index = places::kept::index(&req.city).await.or_fail(&req)?;
    let area = display.division_id.and_then(|id| index.division(id)).map(|n| n.code.to_string());
    let form =
        Filled::new().set("display_title", &display.title).set("display_area", area.unwrap_or_default());
    let form = with_panels(form, &display.panels.0);
    page(&req, &form_page(&req, form, Part::Arrangement, Some(of(&display))).await?)
}

pub(super) async fn arrange(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    policy::require(&req.ctx, Act::Arrange).or_fail(&req)?;
    let version = forms::version(form.text("version")).or_fail(&req)?;
    let index = places::kept::index(&req.city).await.or_fail(&req)?;
    let (typed, to) = (Typed::of(&form), number.clone());
    let work = req.write(move |ctx, tx| {
        let shows = typed.arrangement(&index)?;
        commands::arrange(ctx, tx, (&to, version), shows)
    });
    saved(&req, &form, work.await, Part::Arrangement, (number, version)).await
}

async fn saved(
    req: &Req,
    form: &Form,
    done: kernel::problem::Result<Display>,
    part: Part,
    (number, version): (String, i64),
) -> Answer {
    match done {
        Ok(_) => Ok(redirect(req, &format!("/admin/screens/{number}"), "display-saved", "")),
        Err(problem) => again(req, form, problem, part, Some((number, version.to_string()))).await,
    }
}

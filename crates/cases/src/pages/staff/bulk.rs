//! Many cases at once: first a page that says what will change, then the change, then what was done and what was not.

use super::record::seen;
use crate::commands::Dispatch;
use crate::desk::Desk;
use crate::forms;
use crate::model::Case;
use crate::moves::{Deed, Verb, allowed, perform};
use crate::pages::shared;
use crate::pages::shown::Row;
use crate::policy::{Act, POLICY};
use crate::queries;
use crate::store as rows;
use crate::units::{self, Names};
use ::store::Tx;
use axum::http::StatusCode;
use kernel::ctx::{Ctx, Unit};
use kernel::id::Id;
use kernel::problem::{FieldError, Problem, Result};
use kernel::time::DAY;
use web::error::{OrFail, page, page_with, problem_texts};
use web::form::Filled;
use web::{Answer, Form, Req, Ui};

/// Most cases of one action: a page of the list, twice.
const MOST: usize = 100;

kernel::named! {
    /// What can be done to many.
    pub(crate) enum Action { Dispatch = "dispatch", Supervise = "supervise", Close = "close", Merge = "merge" }
}

impl Action {
    fn act(self) -> Act {
        match self {
            Action::Dispatch => Act::Dispatch,
            Action::Supervise => Act::Supervise,
            Action::Close => Act::Close,
            Action::Merge => Act::Merge,
        }
    }

    /// The verb that it is for this case, if it is possible.
    fn verb(self, verbs: &[Verb]) -> Option<Verb> {
        let wanted: &[Verb] = match self {
            Action::Dispatch => &[Verb::Dispatch, Verb::Acceptance],
            Action::Supervise => &[Verb::Supervision],
            Action::Close => &[Verb::Closure],
            Action::Merge => &[Verb::Merge],
        };
        wanted.iter().copied().find(|v| verbs.contains(v))
    }
}

/// What the preview says of the action.
struct Texts {
    title: String,
    lead: String,
    button: String,
    will: String,
}

impl Texts {
    fn new(ui: &Ui, action: Action, count: usize) -> Self {
        let code = kernel::workflow::Named::code(action);
        Self {
            title: ui.named("bulk", code),
            lead: ui.n(format!("bulk-{code}-lead"), count),
            button: ui.n(format!("bulk-{code}-do"), count),
            will: ui.t(format!("bulk-{code}-will")),
        }
    }
}

/// A case of the preview.
struct Item {
    row: Row,
    /// Whether it will change.
    fits: bool,
    suggested: String,
    seen: String,
}

#[derive(askama::Template)]
#[template(path = "cases/bulk.html")]
struct Preview {
    ui: Ui,
    form: Filled,
    action: &'static str,
    texts: Texts,
    items: Vec<Item>,
    count: usize,
    units: Vec<(String, String)>,
}

struct Done {
    number: String,
    title: String,
    /// Empty when it was done.
    fault: String,
}

#[derive(askama::Template)]
#[template(path = "cases/bulk_done.html")]
struct DonePage {
    ui: Ui,
    title: String,
    done: Vec<Done>,
    refused: Vec<Done>,
}

fn chosen(form: &Form) -> Result<(Action, Vec<String>)> {
    let action = form.choice::<Action>("act").map_err(|e| Problem::invalid(vec![e]))?;
    let action = action.ok_or_else(|| Problem::field("act", "required"))?;
    let numbers: Vec<String> = form.all("case").map(str::to_owned).collect();
    if numbers.is_empty() {
        return Err(Problem::new(422, "nothing-picked"));
    }
    if numbers.len() > MOST {
        return Err(Problem::new(422, "too-many-picked").arg("count", MOST));
    }
    Ok((action, numbers))
}

fn verbs(ctx: &Ctx, tx: &mut Tx<'_>, case: &Case) -> Result<Vec<Verb>> {
    let facts = crate::moves::Facts::of(tx, case)?;
    Ok(allowed(ctx, case, &facts))
}

async fn preview_page(req: &Req, form: &Form, filled: Filled, status: StatusCode) -> Answer {
    let (action, numbers) = chosen(form).or_fail(req)?;
    let desk = shared::desk(req).await?;
    let read = req.read(move |ctx, tx| {
        if !POLICY.somewhere(ctx, action.act()) {
            return Err(Problem::forbidden());
        }
        let lines = queries::chosen(ctx, tx, &numbers)?;
        let names = Names::of(tx, lines.iter().flat_map(|l| [l.lead_unit, l.suggested_unit]))?;
        let mut fits = Vec::with_capacity(lines.len());
        for line in &lines {
            let case = rows::case(tx, line.id)?.ok_or_else(Problem::not_found)?;
            fits.push((action.verb(&verbs(ctx, tx, &case)?).is_some(), seen(&case)));
        }
        let units = if action == Action::Dispatch { units::options(tx)? } else { Vec::new() };
        Ok((lines, names, fits, units))
    });
    let (lines, names, fits, units) = read.await.or_fail(req)?;
    let ui = req.ui();
    let items: Vec<Item> = lines
        .iter()
        .zip(fits)
        .map(|(line, (fits, seen))| Item {
            row: Row::of(&ui, &desk, &names, line),
            suggested: names.get(line.suggested_unit).to_owned(),
            fits,
            seen,
        })
        .collect();
    let count = items.iter().filter(|i| i.fits).count();
    let texts = Texts::new(&ui, action, count);
    let view = Preview {
        action: kernel::workflow::Named::code(action),
        texts,
        form: filled,
        items,
        count,
        units,
        ui,
    };
    page_with(req, status, &view)
}

/// `POST /cases/bulk-previews`: shows, changes nothing.
pub(crate) async fn preview(req: Req, form: Form) -> Answer {
    let by = req.ctx.now.plus(2 * DAY).to_civil();
    let filled =
        Filled::new().set("answer_by", format!("{}T18:00", by.date())).set("into", form.text("into"));
    preview_page(&req, &form, filled, StatusCode::OK).await
}

/// What is done to each, checked before the first is touched.
#[derive(Clone)]
enum Plan {
    /// To this unit, or each to the one that is suggested for it.
    Dispatch {
        lead: Option<Id<Unit>>,
        note: String,
    },
    Supervise(Deed),
    /// Also each into the same case.
    Same(Deed),
}

fn plan(tx: &mut Tx<'_>, desk: &Desk, action: Action, form: &Form) -> Result<Plan> {
    Ok(match action {
        Action::Dispatch => {
            let lead = match form.text("lead") {
                "" => None,
                text => Some(units::named(tx, text)?.ok_or_else(|| Problem::field("lead", "not-a-choice"))?),
            };
            Plan::Dispatch { lead, note: form.text("note").to_owned() }
        }
        Action::Supervise => {
            if form.text("text").is_empty() {
                return Err(Problem::field("text", "required"));
            }
            Plan::Supervise(forms::deed(tx, desk, Verb::Supervision, form, Vec::new())?)
        }
        Action::Close => Plan::Same(forms::deed(tx, desk, Verb::Closure, form, Vec::new())?),
        Action::Merge => {
            let deed = forms::deed(tx, desk, Verb::Merge, form, Vec::new())?;
            let into = form.text("into").to_uppercase();
            rows::case_by_number(tx, &into)?.ok_or_else(|| Problem::field("into", "no-such-case"))?;
            Plan::Same(deed)
        }
    })
}

impl Plan {
    fn deed(&self, verb: Verb, case: &Case) -> Result<Deed> {
        Ok(match self {
            Plan::Dispatch { lead, note } => {
                let lead =
                    lead.or(case.suggested_unit).ok_or_else(|| Problem::new(422, "no-unit-suggested"))?;
                let to = Dispatch { lead, assisting: Vec::new(), note: note.clone() };
                match verb {
                    Verb::Acceptance => Deed::Accept { item: None, condition: case.condition.clone(), to },
                    _ => Deed::Dispatch(to),
                }
            }
            Plan::Supervise(deed) | Plan::Same(deed) => deed.clone(),
        })
    }
}

/// `POST /cases/bulk`: each case in a transaction of its own, so that one that cannot be done keeps no other back.
pub(crate) async fn run(req: Req, form: Form) -> Answer {
    let (action, numbers) = chosen(&form).or_fail(&req)?;
    let desk = shared::desk(&req).await?;
    let (with, sent) = (desk.clone(), form.clone());
    let plan = match req.read(move |_, tx| plan(tx, &with, action, &sent)).await {
        Ok(plan) => plan,
        Err(problem) => {
            let filled = shared::refused(&req, &form, problem)?;
            return preview_page(&req, &form, filled, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
    };
    let ui = req.ui();
    let (mut done, mut refused) = (Vec::new(), Vec::new());
    for number in numbers {
        let (plan, with, known) =
            (plan.clone(), desk.clone(), form.text(&format!("seen-{number}")).to_owned());
        let sought = number.clone();
        let outcome = req
            .write(move |ctx, tx| {
                let case = crate::commands::find_for(ctx, tx, Act::View, &sought)?;
                if !known.is_empty() && seen(&case) != known {
                    return Err(Problem::stale());
                }
                let verbs = verbs(ctx, tx, &case)?;
                let verb = action
                    .verb(&verbs)
                    .ok_or_else(|| Problem::conflict("not-now").arg("what", &case.number))?;
                let deed = plan.deed(verb, &case)?;
                perform(ctx, tx, &with, case.id, &deed)?;
                Ok(case.title)
            })
            .await;
        match outcome {
            Ok(title) => done.push(Done { number, title, fault: String::new() }),
            Err(problem) => {
                let fault =
                    problem.fields.first().map_or_else(|| problem_texts(&ui, &problem).0, |f| fault(&ui, f));
                refused.push(Done { number, title: String::new(), fault });
            }
        }
    }
    let title = ui.named("bulk", kernel::workflow::Named::code(action));
    page(&req, &DonePage { ui, title, done, refused })
}

fn fault(ui: &Ui, error: &FieldError) -> String {
    format!("{}{}{}", ui.named("label", &error.field), ui.t("form-colon"), web::error::field_text(ui, error))
}

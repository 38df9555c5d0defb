//! The plan of a scheme: target, where figures come from, what repairs take.

use crate::model::{Origin, Plan};
use crate::policy::{self, Act};
use crate::sources;
use crate::{commands, forms, store as rows};
use ::store::Tx;
use assessment::scheme::seam::{self, Tree};
use axum::http::StatusCode;
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use kernel::workflow::Named;
use web::error::{OrFail, page_with, redirect};
use web::form::Filled;
use web::{Answer, Fail, Form, Path, Req, Ui};

#[derive(askama::Template)]
#[template(path = "shadow/plan.html")]
struct PlanPage {
    ui: Ui,
    form: Filled,
    number: String,
    name: String,
    version: i64,
    ways: Vec<WayFields>,
    origins: Vec<(String, String)>,
    /// What can be named: kind, number and name.
    known: Vec<(String, Vec<(String, String)>)>,
}

struct WayFields {
    way: String,
    origin: String,
    from: String,
}

/// The scheme, its plan, and what figures may come from.
struct Read {
    tree: Tree,
    plan: Option<Plan>,
    known: Vec<(Origin, Vec<(String, String)>)>,
}

fn read(ctx: &Ctx, tx: &mut Tx<'_>, number: &str) -> Result<Read> {
    policy::require(ctx, Act::Plan)?;
    let tree = seam::tree(tx, number)?.ok_or_else(Problem::not_found)?;
    let plan = rows::plan(tx, tree.scheme.id)?;
    let known = sources::known(tx)?;
    Ok(Read { tree, plan, known })
}

/// The form as the plan has it; for a scheme without one, as the names of its ways suggest.
fn filled(read: &Read) -> Filled {
    let percent = |plan: &Plan| plan.target().map(|t| (&t * &scoring::Exact::from(100)).to_string());
    let mut form = Filled::new().set("target", read.plan.as_ref().and_then(percent).unwrap_or_default());
    let efforts = read.plan.iter().flat_map(|plan| &plan.efforts.0);
    let efforts: Vec<String> = efforts.map(|e| format!("{} {} {}", e.code, e.way, e.effort)).collect();
    form = form.set("efforts", efforts.join("\n"));
    for (at, way) in read.tree.ways().iter().enumerate() {
        let source = read.plan.as_ref().and_then(|plan| plan.source(way));
        let origin = source.map_or_else(|| sources::likely(&read.tree, way), crate::model::Source::origin);
        form = form
            .set(&format!("origin_{at}"), origin.code())
            .set(&format!("from_{at}"), source.map(|s| s.from.join("、")).unwrap_or_default());
    }
    form
}

async fn show(req: &Req, number: String, typed: Option<Filled>) -> Answer {
    let read = req.read(move |ctx, tx| read(ctx, tx, &number)).await.or_fail(req)?;
    let ui = req.ui();
    let status = if typed.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let ways = read.tree.ways();
    let way = |(at, way): (usize, &String)| WayFields {
        way: way.clone(),
        origin: format!("origin_{at}"),
        from: format!("from_{at}"),
    };
    let view = PlanPage {
        form: typed.unwrap_or_else(|| filled(&read)),
        number: read.tree.scheme.number.clone(),
        name: read.tree.scheme.name.clone(),
        version: read.plan.as_ref().map_or(0, |plan| plan.version),
        ways: ways.iter().enumerate().map(way).collect(),
        origins: Origin::ALL
            .iter()
            .map(|o| (o.code().to_owned(), ui.named("shadow-origin", o.code())))
            .collect(),
        known: read
            .known
            .into_iter()
            .filter(|(_, all)| !all.is_empty())
            .map(|(origin, all)| (ui.named("shadow-origin", origin.code()), all))
            .collect(),
        ui,
    };
    page_with(req, status, &view)
}

pub(super) async fn page_of(req: Req, Path(number): Path<String>) -> Answer {
    show(&req, number, None).await
}

pub(super) async fn save(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    let (sent, of) = (form.clone(), number.clone());
    let done = req.write(move |ctx, tx| {
        let read = read(ctx, tx, &of)?;
        let (new, version) = forms::plan(&sent, &read.tree.ways())?;
        commands::plan(ctx, tx, &of, new, version)
    });
    match done.await {
        Ok(_) => Ok(redirect(&req, &format!("/shadow/{number}"), "shadow-planned", &number)),
        Err(problem) => match Filled::refused(&form, &problem) {
            Some(filled) => show(&req, number, Some(filled)).await,
            None => Err(Fail::of(&req, problem)),
        },
    }
}

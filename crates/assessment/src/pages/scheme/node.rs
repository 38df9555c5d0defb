//! A node: its form in a draft, its facts in a frozen scheme.

use crate::policy::{self, Act};
use crate::scheme::commands::{self, Shift};
use crate::scheme::model::{NodeKind, Scheme};
use crate::scheme::tree::Placed;
use crate::scheme::{diff, forms, queries, sheet};
use axum::http::StatusCode;
use kernel::problem::Problem;
use kernel::workflow::Named;
use web::error::{OrFail, page_with, redirect};
use web::form::Filled;
use web::list::Params;
use web::parts::Fact;
use web::ui::encode;
use web::{Answer, Form, Path, Req, Ui};

#[derive(askama::Template)]
#[template(path = "assessment/scheme/node.html")]
struct NodePage {
    ui: Ui,
    form: Filled,
    number: String,
    scheme: String,
    base: String,
    /// Empty for a new one.
    code: String,
    title: String,
    action: String,
    /// Code of the node above a new one.
    above: String,
    kinds: Vec<(String, String)>,
    units: Vec<String>,
    facts: Vec<Fact>,
    may_edit: bool,
    divided: bool,
}

fn facts(ui: &Ui, of: &Placed) -> Vec<Fact> {
    let node = &of.node;
    let list = |names: &[String]| names.join(&ui.t("round-and"));
    let all = [
        ("node_code", node.code.clone()),
        ("node_parent", of.parent.clone().unwrap_or_default()),
        ("node_kind", ui.named("node-kind", node.kind.code())),
        ("node_veto", node.veto.0.as_ref().map(sheet::effect).unwrap_or_default()),
        ("node_ways", diff::ways(of)),
        ("node_lead", node.lead_unit.clone()),
        ("node_units", list(&node.units.0)),
        ("node_point_types", list(&node.point_types.0)),
        ("node_evidence", list(&node.evidence.0)),
        ("node_observed", list(&node.observed.0)),
        ("node_note", node.note.clone()),
    ];
    let said = all.into_iter().filter(|(_, value)| !value.is_empty());
    said.map(|(key, value)| Fact::new(ui.t(format!("label-{key}")), value)).collect()
}

struct Asked {
    number: String,
    /// None: a new one.
    code: Option<String>,
    above: String,
}

async fn show(req: &Req, asked: Asked, filled: Option<Filled>) -> Answer {
    let number = asked.number.clone();
    let read = req.read(move |ctx, tx| {
        let full = queries::full(ctx, tx, &number)?;
        let units = people::queries::all_units_options(tx)?;
        Ok((full, units.into_iter().map(|u| u.name).collect::<Vec<_>>()))
    });
    let (full, units) = read.await.or_fail(req)?;
    let scheme: &Scheme = &full.scheme;
    let of = match &asked.code {
        None => None,
        Some(code) => {
            let found = full.placed.iter().find(|p| p.node.code == *code);
            Some(found.ok_or_else(Problem::not_found).or_fail(req)?)
        }
    };
    if of.is_none() {
        policy::require(&req.ctx, Act::EditScheme).or_fail(req)?;
    }
    let ui = req.ui();
    let base = format!("/assessment/schemes/{}", scheme.number);
    let status = if filled.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let kinds = NodeKind::ALL.iter().map(|k| (k.code().to_owned(), ui.named("node-kind", k.code())));
    let code = asked.code.clone().unwrap_or_default();
    let view = NodePage {
        form: filled.unwrap_or_else(|| {
            of.map_or_else(|| Filled::new().set("node_kind", "normal"), |of| forms::filled(&of.node))
        }),
        number: scheme.number.clone(),
        scheme: scheme.name.clone(),
        title: of.map_or_else(|| ui.t("node-new"), |of| of.node.name.clone()),
        action: match &asked.code {
            None => format!("{base}/nodes/new"),
            Some(code) => format!("{base}/nodes/{}", encode(code)),
        },
        above: asked.above,
        kinds: kinds.collect(),
        facts: of.map(|of| facts(&ui, of)).unwrap_or_default(),
        may_edit: scheme.is_open() && policy::may(&req.ctx, Act::EditScheme),
        divided: of.is_some_and(|of| of.divided),
        units,
        code,
        base,
        ui,
    };
    page_with(req, status, &view)
}

pub(super) async fn new(req: Req, Path(number): Path<String>) -> Answer {
    let above = Params::parse(&req.query).get("under").to_owned();
    show(&req, Asked { number, code: None, above }, None).await
}

pub(super) async fn page_of(req: Req, Path((number, code)): Path<(String, String)>) -> Answer {
    show(&req, Asked { number, code: Some(code), above: String::new() }, None).await
}

pub(super) async fn add(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    policy::require(&req.ctx, Act::EditScheme).or_fail(&req)?;
    let above = form.text("under").to_owned();
    let (sent, of, under) = (form.clone(), number.clone(), above.clone());
    let done = req.write(move |ctx, tx| {
        let under = (!under.is_empty()).then_some(under.as_str());
        commands::add(ctx, tx, &of, under, forms::node(&sent)?)
    });
    match done.await {
        Ok(node) => Ok(redirect(&req, &format!("/assessment/schemes/{number}"), "node-added", &node.code)),
        Err(problem) => {
            let filled = forms::refused(&req, &form, problem)?;
            show(&req, Asked { number, code: None, above }, Some(filled)).await
        }
    }
}

pub(super) async fn save(req: Req, Path((number, code)): Path<(String, String)>, form: Form) -> Answer {
    policy::require(&req.ctx, Act::EditScheme).or_fail(&req)?;
    let (sent, of, was) = (form.clone(), number.clone(), code.clone());
    let done = req.write(move |ctx, tx| {
        let version = sent.number("version").map_err(|e| Problem::invalid(vec![e]))?;
        commands::edit(ctx, tx, &of, &was, forms::node(&sent)?, version)
    });
    match done.await {
        Ok(node) => Ok(redirect(&req, &format!("/assessment/schemes/{number}"), "node-saved", &node.code)),
        Err(problem) => {
            let filled = forms::refused(&req, &form, problem)?;
            show(&req, Asked { number, code: Some(code), above: String::new() }, Some(filled)).await
        }
    }
}

pub(super) async fn shift(req: Req, Path((number, code)): Path<(String, String)>, form: Form) -> Answer {
    policy::require(&req.ctx, Act::EditScheme).or_fail(&req)?;
    let (of, moved) = (number.clone(), code.clone());
    let done = req.write(move |ctx, tx| {
        let to = form.choice::<Shift>("to").map_err(|e| Problem::invalid(vec![e]))?;
        commands::shift(ctx, tx, &of, &moved, to.ok_or_else(|| Problem::field("to", "required"))?)
    });
    done.await.or_fail(&req)?;
    Ok(redirect(&req, &format!("/assessment/schemes/{number}"), "node-moved", &code))
}

pub(super) async fn remove(req: Req, Path((number, code)): Path<(String, String)>, _: Form) -> Answer {
    policy::require(&req.ctx, Act::EditScheme).or_fail(&req)?;
    let (of, gone) = (number.clone(), code.clone());
    req.write(move |ctx, tx| commands::remove(ctx, tx, &of, &gone)).await.or_fail(&req)?;
    Ok(redirect(&req, &format!("/assessment/schemes/{number}"), "node-removed", &code))
}

//! One version of a checklist as the inspector sees it, with its rules, what is different in it, and its files.

use crate::diff::{self, Change};
use crate::model::{Edition, EditionState};
use crate::policy::{self, Act};
use crate::queries::Strangers;
use crate::sheet_view::{Node, lay_out_whole, said};
use crate::{commands, queries};
use ::store::Tx;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use checklist::{Checklist, Counting, Item, Rule, words};
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use kernel::workflow::Named;
use web::error::{OrFail, page, redirect};
use web::parts::Fact;
use web::{Answer, Form, Path, Req, Ui};

#[derive(askama::Template)]
#[template(path = "fieldwork/edition.html")]
struct EditionPage {
    ui: Ui,
    code: String,
    label: String,
    name: String,
    version: i64,
    state: (&'static str, String),
    facts: Vec<Fact>,
    nodes: Vec<Node>,
    rules: Vec<RuleRow>,
    /// The version before, with what is different.
    before: Option<(String, Vec<String>)>,
    /// Standards that the scheme does not have, for whoever can mend it; empty for none.
    strangers: String,
    may_publish: bool,
    may_retire: bool,
}

struct RuleRow {
    standard: String,
    label: String,
    rule: String,
    words: String,
    finding: String,
}

/// The colour that repeats what a version's state says.
pub(super) fn mood(state: EditionState) -> &'static str {
    match state {
        EditionState::Draft => "waiting",
        EditionState::Published => "active",
        EditionState::Retired => "paused",
    }
}

/// A difference in words.
pub(crate) fn change(ui: &Ui, change: &Change) -> String {
    let name = |key: &str, name: &str| ui.ta(key, [("name", name.to_owned())]);
    match change {
        Change::Added(item) => name("checklist-change-added", item),
        Change::Removed(item) => name("checklist-change-removed", item),
        Change::List(list) => name("checklist-change-list", list),
        Change::Order => ui.t("checklist-change-order"),
        Change::Changed(item, parts) => ui.ta(
            "checklist-change-changed",
            [("name", item.clone()), ("parts", parts.join(&ui.t("field-list-between")))],
        ),
    }
}

/// A rule in words.
fn rule_words(ui: &Ui, rule: &Rule) -> String {
    let key = format!("checklist-rule-{}", rule.name());
    let counting = match rule {
        Rule::Ratio { counting, .. } | Rule::Threshold { counting, .. } | Rule::Deduct { counting, .. } => {
            counting.clone()
        }
        _ => Counting::Own,
    };
    ui.ta(key, [("counted", said(ui.locale(), &words::counted(&counting)))])
}

fn rules(ui: &Ui, list: &Checklist) -> Vec<RuleRow> {
    fn walk<'a>(items: &'a [Item], all: &mut Vec<&'a Item>) {
        for item in items {
            all.push(item);
            walk(item.items(), all);
        }
    }
    let mut all = Vec::new();
    walk(&list.items, &mut all);
    let row = |item: &&Item| {
        let finding = match item {
            Item::Question(q) if !q.finding.is_blank() => {
                format!("{} {}", q.finding.kind, q.finding.severity)
            }
            _ => String::new(),
        };
        let observes = item.observes();
        if observes.is_none() && finding.is_empty() {
            return None;
        }
        let label = said(ui.locale(), item.label());
        Some(RuleRow {
            label: if label.is_empty() { item.name().to_owned() } else { label },
            standard: observes.map(|o| o.standard.clone()).unwrap_or_default(),
            rule: observes.map(|o| o.rule.to_string()).unwrap_or_default(),
            words: observes.map(|o| rule_words(ui, &o.rule)).unwrap_or_default(),
            finding,
        })
    };
    all.iter().filter_map(row).collect()
}

/// That what is observed of some standards counts nowhere.
pub(super) fn strangers_told(ui: &Ui, of: &Strangers) -> String {
    let codes = of.codes.join(&ui.t("field-list-between"));
    ui.ta("checklist-strangers", [("scheme", of.scheme.clone()), ("codes", codes)])
}

/// A name; what the program brings has none.
fn by(name: &str) -> String {
    if name.is_empty() { "–".to_owned() } else { name.to_owned() }
}

pub(super) async fn page_of(req: Req, Path((code, label)): Path<(String, String)>) -> Answer {
    policy::somewhere(&req.ctx, Act::See).or_fail(&req)?;
    let may = policy::may(&req.ctx, Act::Edit);
    let read = req.read(move |ctx, tx| {
        let (sheet, edition, before) = queries::one(ctx, tx, &code, &label)?;
        let strangers = if may { queries::strangers(tx, &edition.model.0)? } else { None };
        Ok((sheet, edition, before, strangers))
    });
    let (sheet, edition, before, strangers) = read.await.or_fail(&req)?;
    let ui = req.ui();
    let mut facts = vec![
        Fact::new(ui.t("checklist-imported-by"), by(&edition.created_by)),
        Fact::new(ui.t("checklist-imported-at"), ui.time(&edition.created_at)),
    ];
    if let Some(at) = edition.published_at {
        facts.push(Fact::new(ui.t("checklist-published-by"), by(&edition.published_by)));
        facts.push(Fact::new(ui.t("checklist-published-at"), ui.time(&at)));
    }
    let before = before.map(|b| {
        let changes = diff::between(&b.model.0, &edition.model.0);
        (b.label, changes.iter().map(|c| change(&ui, c)).collect())
    });
    let view = EditionPage {
        code: sheet.code.clone(),
        label: edition.label.clone(),
        name: said(ui.locale(), &edition.model.0.title),
        version: edition.version,
        state: (mood(edition.state), ui.named("checklist-state", edition.state.code())),
        facts,
        nodes: lay_out_whole(&edition.model.0, ui.locale()),
        rules: rules(&ui, &edition.model.0),
        before,
        strangers: strangers.map(|of| strangers_told(&ui, &of)).unwrap_or_default(),
        may_publish: may && edition.state == EditionState::Draft,
        may_retire: may && edition.state != EditionState::Retired,
        ui,
    };
    page(&req, &view)
}

async fn step<F>(
    req: Req,
    (code, label): (String, String),
    form: Form,
    flash: &'static str,
    work: F,
) -> Answer
where
    F: for<'a> FnOnce(&Ctx, &mut Tx<'_>, (&'a str, &'a str, i64)) -> Result<Edition> + Send + 'static,
{
    policy::require(&req.ctx, Act::Edit).or_fail(&req)?;
    let version: i64 = form.text("version").parse().map_err(|_| Problem::stale()).or_fail(&req)?;
    let to = format!("/fieldwork/checklists/{code}/{label}");
    let of = label.clone();
    let write = req.write(move |ctx, tx| work(ctx, tx, (&code, &label, version)));
    write.await.or_fail(&req)?;
    Ok(redirect(&req, &to, flash, &of))
}

pub(super) async fn publish(req: Req, Path(of): Path<(String, String)>, form: Form) -> Answer {
    step(req, of, form, "checklist-published", commands::publish).await
}

pub(super) async fn retire(req: Req, Path(of): Path<(String, String)>, form: Form) -> Answer {
    step(req, of, form, "checklist-retired", commands::retire).await
}

/// A file of a version.
pub(crate) fn attached(name: &str, kind: &'static str, bytes: Vec<u8>) -> Response {
    let name = format!("attachment; filename=\"{name}\"");
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (
            header::CONTENT_DISPOSITION,
            HeaderValue::from_str(&name).unwrap_or_else(|_| HeaderValue::from_static("attachment")),
        ),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ];
    (headers, bytes).into_response()
}

pub(super) async fn found(req: &Req, (code, label): (String, String)) -> Answer<Checklist> {
    policy::somewhere(&req.ctx, Act::See).or_fail(req)?;
    let read = req.read(move |ctx, tx| queries::one(ctx, tx, &code, &label));
    let (_, edition, _) = read.await.or_fail(req)?;
    Ok(edition.model.0)
}

pub(crate) async fn workbook(req: Req, Path(of): Path<(String, String)>) -> Answer {
    let list = found(&req, of).await?;
    let bytes = checklist::xlsform::write(&list).map_err(Problem::internal).or_fail(&req)?;
    let name = format!("{}-{}.xlsx", list.code, list.version);
    Ok(attached(&name, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", bytes))
}

pub(crate) async fn xform(req: Req, Path(of): Path<(String, String)>) -> Answer {
    let list = found(&req, of).await?;
    let form =
        checklist::xform::write(&list).map_err(|p| Problem::internal(format!("{p:?}"))).or_fail(&req)?;
    Ok(attached(&format!("{}-{}.xml", list.code, list.version), "text/xml; charset=utf-8", form.into_bytes()))
}

//! The catalogue as a file: out whole, and in again after it was tried.

use super::catalogue::shown_page;
use crate::catalogue::extras::{NewExtra, cell};
use crate::catalogue::file::{ALL, EVERYTHING};
use crate::catalogue::import;
use crate::catalogue::store::{self as table, ItemRow, LimitRow};
use crate::desk::Desk;
use crate::model::Item;
use crate::pages::shared;
use crate::policy::{Act, POLICY};
use crate::workflow::Stage;
use kernel::calendar::TimeUnit;
use kernel::ctx::Unit;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::workflow::Named;
use people::queries::DirectoryLine;
use sheets::{Cell, Column, FileKind, Kind};
use std::collections::HashMap;
use web::error::{OrFail, redirect};
use web::form::Filled;
use web::import::{Tried, Upload};
use web::{Answer, Fail, Form, Req, Ui};

/// A row: an item, or everything, with one of its conditions.
struct Line<'a> {
    item: Option<&'a ItemRow>,
    limits: Vec<&'a LimitRow>,
}

/// `GET /admin/catalogue?format=xlsx`: everything, whatever the page shows, because a file with less would end the rest when
/// it is read again.
pub(super) async fn export(req: &Req, kind: FileKind) -> Answer {
    if !POLICY.somewhere(&req.ctx, Act::Statistics) {
        return Err(Fail::of(req, Problem::forbidden()));
    }
    let read = req.read(|_, tx| {
        let version = table::in_force(tx)?.ok_or_else(Problem::not_found)?;
        let units = people::queries::directory(tx)?;
        let extras = table::extras_in_force(tx)?;
        Ok((table::items(tx, version.id)?, table::limits(tx, version.id)?, units, extras))
    });
    let (items, limits, units, asked) = read.await.or_fail(req)?;
    let mut extras: HashMap<Id<Item>, Vec<NewExtra>> = HashMap::new();
    for extra in asked {
        extras.entry(extra.item).or_default().push(extra.asked);
    }
    let units: HashMap<Id<Unit>, DirectoryLine> = units.into_iter().map(|u| (u.id, u)).collect();
    let ui = req.ui();
    let columns: Vec<Column> = ALL
        .iter()
        .map(|c| Column::new(ui.t(format!("catalogue-column-{}", c.name.replace('_', "-"))), Kind::Text))
        .collect();
    let lines = lines(&items, &limits);
    let rows = lines.iter().map(|line| cells(&ui, line, &units, &extras));
    web::export::answer(req, kind, &ui.t("catalogue-title"), &columns, rows)
}

/// Everything first, then each item with its conditions below it.
fn lines<'a>(items: &'a [ItemRow], limits: &'a [LimitRow]) -> Vec<Line<'a>> {
    let mut of: HashMap<i64, Vec<&LimitRow>> = HashMap::new();
    for limit in limits {
        of.entry(limit.item_id).or_default().push(limit);
    }
    let mut lines = Vec::with_capacity(items.len() + 1);
    for item in std::iter::once(None).chain(items.iter().map(Some)) {
        let own = of.remove(&item.map_or(0, |i| i.id.raw())).unwrap_or_default();
        let (usual, mut special): (Vec<_>, Vec<_>) = own.into_iter().partition(|l| l.condition.is_empty());
        lines.push(Line { item, limits: usual });
        special.sort_by(|a, b| a.condition.cmp(&b.condition));
        for same in special.chunk_by(|a, b| a.condition == b.condition) {
            lines.push(Line { item, limits: same.to_vec() });
        }
    }
    lines
}

fn cells<'a>(
    ui: &Ui,
    line: &Line<'a>,
    units: &'a HashMap<Id<Unit>, DirectoryLine>,
    extras: &HashMap<Id<Item>, Vec<NewExtra>>,
) -> Vec<Cell<'a>> {
    let item = line.item;
    let text = |of: fn(&ItemRow) -> &str| -> Cell<'a> { item.map(of).into() };
    let unit = item.and_then(|i| units.get(&i.default_unit?));
    let condition = line.limits.first();
    let kind = match item {
        Some(item) => ui.named("item-kind", item.kind.code()),
        None => ui.named("item-kind", EVERYTHING),
    };
    let public = item.map(|i| ui.t(if i.public { "catalogue-yes" } else { "catalogue-no" }));
    let mut cells: Vec<Cell<'a>> = vec![
        kind.into(),
        text(|i| &i.code),
        text(|i| &i.major_code),
        text(|i| &i.major_name),
        text(|i| &i.name),
        public.into(),
        unit.map(|u| u.code.as_str()).into(),
        unit.map(|u| u.name.as_str()).into(),
        condition.map(|l| l.condition.as_str()).filter(|c| !c.is_empty()).into(),
        condition.map(|l| l.condition_text.as_str()).filter(|c| !c.is_empty()).into(),
    ];
    cells.extend(Stage::ALL.iter().map(|stage| {
        let limit = line.limits.iter().find(|l| l.stage == *stage);
        limit.map(|l| limit_text(ui, l)).into()
    }));
    // an item's questions stand in its first row, as everything that is not of a condition
    let usual = condition.is_none_or(|l| l.condition.is_empty());
    let asked = item.filter(|_| usual).and_then(|i| extras.get(&i.id));
    cells.push(asked.map(|set| cell::write(set)).into());
    cells
}

/// `4 工作时`, and behind it whether it is to be confirmed.
fn limit_text(ui: &Ui, limit: &LimitRow) -> String {
    let unit = TimeUnit::parse(&limit.unit).map(|unit| ui.named("time-unit", unit.as_str()));
    let mark = if limit.confirmed { String::new() } else { ui.t("catalogue-mark") };
    format!("{} {}{mark}", limit.amount, unit.unwrap_or_default())
}

/// `POST /admin/catalogue/versions`: a whole new catalogue from a file.
pub(crate) async fn import(req: Req, form: Form) -> Answer {
    match try_import(&req, &form).await {
        Ok(None) => {
            Desk::forget(&req.city);
            Ok(redirect(&req, "/admin/catalogue", "catalogue-published", form.text("version_name")))
        }
        Ok(tried) => {
            let typed = ["version_name", "version_source"];
            let filled = typed.iter().fold(Filled::new(), |filled, name| filled.set(name, form.text(name)));
            shown_page(&req, filled, tried).await
        }
        Err(problem) => shown_page(&req, shared::refused(&req, &form, problem)?, None).await,
    }
}

/// What a dry run told; nothing after the import itself.
async fn try_import(req: &Req, form: &Form) -> Result<Option<Tried>> {
    let mut findings = kernel::problem::Findings::default();
    let name = findings.take(form.required("version_name", 80)).unwrap_or_default();
    let source = findings.take(form.optional("version_source", 200)).flatten().unwrap_or_default();
    let upload = findings.take(Upload::read(req.db(), form));
    findings.done()?;
    let upload = upload.ok_or_else(|| Problem::internal("a form without faults lacks a file"))?;
    let (who, bytes) = (req.ctx.clone(), upload.bytes.clone());
    let work = move |tx: &mut ::store::Tx<'_>| import::import(&who, tx, &bytes, &name, &source);
    let report = web::import::run(req.db(), &req.ctx, upload.dry, work).await?;
    if upload.dry || report.accepted == 0 {
        return upload.tried(&req.ui(), req.db(), report).map(Some);
    }
    upload.forget(req.db());
    Ok(None)
}

//! The catalogue: what can be wrong in a city, how much time each kind is given, what other systems call it.

use crate::catalogue::commands::{edit_item, map_alias, publish, set_limit};
use crate::catalogue::store::{self as table, AliasRow, ItemRow, LimitRow, VersionRow};
use crate::desk::Desk;
use crate::forms::{self, item_code};
use crate::model::Item;
use crate::pages::shared;
use crate::pages::shown::{self, Group};
use crate::policy::{Act, POLICY};
use crate::units::{self, Names};
use crate::workflow::Stage;
use ::store::Tx;
use axum::http::StatusCode;
use kernel::calendar::{Limit, TimeUnit};
use kernel::id::Id;
use kernel::problem::{FieldError, Problem, Result};
use kernel::workflow::Named;
use web::error::{OrFail, page_with, redirect};
use web::form::Filled;
use web::list::Params;
use web::{Answer, Fail, Form, Path, Req, Ui};

/// Items on a page: more are found by words.
const SHOWN: usize = 50;

#[derive(askama::Template)]
#[template(path = "cases/catalogue.html")]
struct CataloguePage {
    ui: Ui,
    form: Filled,
    params: Params,
    version: Option<VersionRow>,
    versions: Vec<VersionRow>,
    majors: Vec<(String, String)>,
    items: Vec<ItemLine>,
    more: bool,
    limits: Vec<StageLimit>,
    stages: Vec<(&'static str, String)>,
    time_units: Vec<(&'static str, String)>,
    aliases: Vec<AliasLine>,
    groups: Vec<Group>,
    may_edit: bool,
}

struct ItemLine {
    code: String,
    number: String,
    kind: String,
    major: String,
    name: String,
    limit: String,
    unit: String,
    public: bool,
}

/// A name of another system, and the code of the item it means.
struct AliasLine {
    row: AliasRow,
    item: String,
}

struct StageLimit {
    stage: String,
    limit: String,
}

fn stages(ui: &Ui) -> Vec<(&'static str, String)> {
    shown::codes::<Stage>(ui, "stage")
}

fn time_units(ui: &Ui) -> Vec<(&'static str, String)> {
    TimeUnit::ALL.iter().map(|u| (u.as_str(), ui.named("time-unit", u.as_str()))).collect()
}

fn stage_limits(ui: &Ui, desk: &Desk) -> Vec<StageLimit> {
    let of = |stage: &Stage| StageLimit {
        stage: ui.named("stage", stage.code()),
        limit: desk.catalogue.limit(None, "", *stage).map(|l| shown::limit_text(ui, l)).unwrap_or_default(),
    };
    Stage::ALL.iter().map(of).collect()
}

async fn shown_page(req: &Req, form: Filled) -> Answer {
    if !POLICY.somewhere(&req.ctx, Act::Statistics) {
        return Err(Fail::of(req, Problem::forbidden()));
    }
    let desk = shared::desk(req).await?;
    let params = Params::parse(&req.query);
    let wanted: Vec<_> = desk
        .catalogue
        .items()
        .iter()
        .filter(|i| i.name.contains(params.get("q")) || i.code.contains(params.get("q")))
        .filter(|i| params.get("major").is_empty() || i.major_name == params.get("major"))
        .cloned()
        .collect();
    let default_units: Vec<_> = wanted.iter().map(|i| i.default_unit).collect();
    let read = req.read(move |_, tx| {
        Ok((
            table::in_force(tx)?,
            table::versions(tx)?,
            table::aliases(tx, 100)?,
            Names::of(tx, default_units)?,
        ))
    });
    let (version, versions, aliases, names) = read.await.or_fail(req)?;
    let ui = req.ui();
    let line = |i: &crate::catalogue::ItemInfo| ItemLine {
        code: item_code(&desk.catalogue, Some(i.id)),
        number: i.code.clone(),
        kind: ui.named("item-kind", i.kind.code()),
        major: i.major_name.clone(),
        name: i.name.clone(),
        limit: desk
            .catalogue
            .limit(Some(i.id), "", Stage::Handle)
            .map(|l| shown::limit_text(&ui, l))
            .unwrap_or_default(),
        unit: names.get(i.default_unit).to_owned(),
        public: i.public,
    };
    let status = if form.failed() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let view = CataloguePage {
        form,
        items: wanted.iter().take(SHOWN).map(line).collect(),
        more: wanted.len() > SHOWN,
        majors: desk
            .catalogue
            .majors()
            .into_iter()
            .map(|(name, _)| (name.to_owned(), name.to_owned()))
            .collect(),
        limits: stage_limits(&ui, &desk),
        stages: stages(&ui),
        time_units: time_units(&ui),
        groups: if aliases.is_empty() { Vec::new() } else { shown::groups(&desk.catalogue, false, "") },
        may_edit: POLICY.somewhere(&req.ctx, Act::EditCatalogue),
        aliases: aliases
            .into_iter()
            .map(|row| AliasLine { item: item_code(&desk.catalogue, row.item_id), row })
            .collect(),
        params,
        version,
        versions,
        ui,
    };
    page_with(req, status, &view)
}

pub(crate) async fn page_of(req: Req) -> Answer {
    shown_page(&req, Filled::new()).await
}

/// Changes the catalogue and forgets the one in memory.
async fn changed<T, F>(req: &Req, work: F) -> Result<T>
where
    T: Send + 'static,
    F: FnOnce(&kernel::ctx::Ctx, &mut Tx<'_>) -> Result<T> + Send + 'static,
{
    let done = req.write(work).await?;
    Desk::forget(&req.city);
    Ok(done)
}

/// `POST /admin/catalogue/versions`: a whole new catalogue from a file.
pub(crate) async fn import(req: Req, form: Form) -> Answer {
    let upload = form.files.iter().find(|u| u.field == "import_file").map(|u| u.bytes.clone());
    let bytes = upload.ok_or_else(|| Problem::field("import_file", "required"));
    let name = form.required("version_name", 80).map_err(|e| Problem::invalid(vec![e]));
    let source = form.text("version_source").to_owned();
    let read = bytes.and_then(|b| forms::catalogue_items(&b)).and_then(|(items, report)| {
        match report.refused.first() {
            // a catalogue with holes would lose limits without anybody noticing
            Some(first) => Err(Problem::invalid(vec![
                FieldError::new("import_file", "row-refused")
                    .arg("row", first.row)
                    .arg("count", report.refused_rows()),
            ])),
            None => Ok(items),
        }
    });
    let done = match read.and_then(|items| name.map(|name| (items, name))) {
        Ok((items, name)) => changed(&req, move |ctx, tx| publish(ctx, tx, &name, &source, &items)).await,
        Err(problem) => Err(problem),
    };
    match done {
        Ok(_) => Ok(redirect(&req, "/admin/catalogue", "catalogue-published", form.text("version_name"))),
        Err(problem) => shown_page(&req, shared::refused(&req, &form, problem)?).await,
    }
}

/// `POST /admin/catalogue/limits`: the usual limit of a stage.
pub(crate) async fn limit(req: Req, form: Form) -> Answer {
    let done = match forms::limit(&form) {
        Ok(l) => changed(&req, move |ctx, tx| set_limit(ctx, tx, None, ("", ""), l.stage, l.limit)).await,
        Err(problem) => Err(problem),
    };
    match done {
        Ok(()) => Ok(redirect(&req, "/admin/catalogue#limits", "catalogue-limit-set", "")),
        Err(problem) => shown_page(&req, shared::refused(&req, &form, problem)?).await,
    }
}

/// `POST /admin/catalogue/names/{id}`: what a name of another system means.
pub(crate) async fn name(req: Req, Path(id): Path<Id<AliasRow>>, form: Form) -> Answer {
    let desk = shared::desk(&req).await?;
    let item = forms::item(&desk.catalogue, "item", form.text("item")).map_err(|e| Problem::invalid(vec![e]));
    let item = item.or_fail(&req)?;
    changed(&req, move |ctx, tx| map_alias(ctx, tx, id, item)).await.or_fail(&req)?;
    Ok(redirect(&req, "/admin/catalogue#names", "catalogue-name-mapped", ""))
}

#[derive(askama::Template)]
#[template(path = "cases/catalogue_item.html")]
struct ItemPage {
    ui: Ui,
    form: Filled,
    item: ItemRow,
    code: String,
    kind: String,
    limits: Vec<LimitLine>,
    usual: Vec<StageLimit>,
    stages: Vec<(&'static str, String)>,
    time_units: Vec<(&'static str, String)>,
    units: Vec<(String, String)>,
    may_edit: bool,
}

struct LimitLine {
    stage: &'static str,
    stage_text: String,
    condition: String,
    condition_text: String,
    limit: String,
}

fn find(desk: &Desk, code: &str) -> Result<Id<Item>> {
    forms::item(&desk.catalogue, "item", code).ok().flatten().ok_or_else(Problem::not_found)
}

async fn item_page(req: &Req, code: String, form: Filled) -> Answer {
    if !POLICY.somewhere(&req.ctx, Act::Statistics) {
        return Err(Fail::of(req, Problem::forbidden()));
    }
    let desk = shared::desk(req).await?;
    let id = find(&desk, &code).or_fail(req)?;
    let read = req.read(move |_, tx| {
        let item = table::item(tx, id)?.ok_or_else(Problem::not_found)?;
        Ok((table::limits(tx, item.version_id)?, units::options(tx)?, item))
    });
    let (limits, units, item) = read.await.or_fail(req)?;
    let ui = req.ui();
    let line = |l: LimitRow| LimitLine {
        stage: l.stage.code(),
        stage_text: ui.named("stage", l.stage.code()),
        limit: TimeUnit::parse(&l.unit)
            .map(|unit| shown::limit_text(&ui, Limit { value: l.amount, unit }))
            .unwrap_or_default(),
        condition: l.condition,
        condition_text: l.condition_text,
    };
    let status = if form.failed() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let form = if form.failed() {
        form
    } else {
        form.set("default_unit", item.default_unit.map_or_else(String::new, |u| u.to_string()))
            .set("public", if item.public { "1" } else { "" })
            .set("stage", "handle")
            .set("time_unit", "working_day")
    };
    let view = ItemPage {
        form,
        kind: ui.named("item-kind", item.kind.code()),
        limits: limits.into_iter().filter(|l| l.item_id == id.raw()).map(line).collect(),
        usual: stage_limits(&ui, &desk),
        stages: stages(&ui),
        time_units: time_units(&ui),
        units,
        may_edit: POLICY.somewhere(&req.ctx, Act::EditCatalogue),
        item,
        code,
        ui,
    };
    page_with(req, status, &view)
}

pub(crate) async fn item(req: Req, Path(code): Path<String>) -> Answer {
    item_page(&req, code, Filled::new()).await
}

/// `POST /admin/catalogue/items/{code}/limits`; without an amount the limit is removed.
pub(crate) async fn item_limit(req: Req, Path(code): Path<String>, form: Form) -> Answer {
    let desk = shared::desk(&req).await?;
    let id = find(&desk, &code).or_fail(&req)?;
    let done = match forms::limit(&form) {
        Ok(l) => {
            changed(&req, move |ctx, tx| {
                set_limit(ctx, tx, Some(id), (&l.condition, &l.condition_text), l.stage, l.limit)
            })
            .await
        }
        Err(problem) => Err(problem),
    };
    match done {
        Ok(()) => Ok(redirect(&req, &format!("/admin/catalogue/items/{code}"), "catalogue-limit-set", "")),
        Err(problem) => item_page(&req, code, shared::refused(&req, &form, problem)?).await,
    }
}

/// `POST /admin/catalogue/items/{code}`: whom it is for by default, and whether the public page offers it.
pub(crate) async fn update(req: Req, Path(code): Path<String>, form: Form) -> Answer {
    let desk = shared::desk(&req).await?;
    let id = find(&desk, &code).or_fail(&req)?;
    let (unit, public) = (form.text("default_unit").to_owned(), form.ticked("public"));
    let done = changed(&req, move |ctx, tx| {
        let unit = if unit.is_empty() { None } else { units::named(tx, &unit)? };
        edit_item(ctx, tx, id, unit, public)
    })
    .await;
    match done {
        Ok(()) => Ok(redirect(&req, &format!("/admin/catalogue/items/{code}"), "catalogue-item-saved", "")),
        Err(problem) => item_page(&req, code, shared::refused(&req, &form, problem)?).await,
    }
}

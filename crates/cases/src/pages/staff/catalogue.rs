//! The catalogue: what can be wrong in a city, how much time each kind is given, what other systems call it.

use crate::catalogue::commands::{Confirmed, confirm_limits, map_alias, set_limit};
use crate::catalogue::store::{self as table, AliasRow, VersionRow};
use crate::desk::Desk;
use crate::forms::{self, item_code};
use crate::pages::shared;
use crate::pages::shown::{self, Group};
use crate::policy::{Act, POLICY};
use crate::units::Names;
use crate::workflow::Stage;
use ::store::Tx;
use axum::http::StatusCode;
use kernel::calendar::TimeUnit;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::workflow::Named;
use web::error::{OrFail, page_with, redirect};
use web::form::Filled;
use web::import::Tried;
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
    /// Whether any of them names a unit that gets it when nothing else says who.
    has_units: bool,
    limits: Vec<StageLimit>,
    /// Limits that nobody has confirmed: the stages', and those of kinds.
    to_confirm: (usize, usize),
    tried: Option<Tried>,
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
    to_confirm: bool,
    unit: String,
    public: bool,
}

/// A name of another system, and the code of the item it means.
struct AliasLine {
    row: AliasRow,
    item: String,
}

pub(super) struct StageLimit {
    pub(super) stage: String,
    pub(super) limit: String,
    pub(super) to_confirm: bool,
}

pub(super) fn stages(ui: &Ui) -> Vec<(&'static str, String)> {
    shown::codes::<Stage>(ui, "stage")
}

pub(super) fn time_units(ui: &Ui) -> Vec<(&'static str, String)> {
    TimeUnit::ALL.iter().map(|u| (u.as_str(), ui.named("time-unit", u.as_str()))).collect()
}

pub(super) fn stage_limits(ui: &Ui, desk: &Desk) -> Vec<StageLimit> {
    let of = |stage: &Stage| StageLimit {
        stage: ui.named("stage", stage.code()),
        limit: desk.catalogue.limit(None, "", *stage).map(|l| shown::limit_text(ui, l)).unwrap_or_default(),
        to_confirm: desk.catalogue.is_to_confirm(None, "", *stage),
    };
    Stage::ALL.iter().map(of).collect()
}

pub(super) async fn shown_page(req: &Req, form: Filled, tried: Option<Tried>) -> Answer {
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
        .filter(|i| !params.has("confirm", "1") || desk.catalogue.has_to_confirm(i.id))
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
        to_confirm: desk.catalogue.has_to_confirm(i.id),
        unit: names.get(i.default_unit).to_owned(),
        public: i.public,
    };
    let status = if form.failed() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let view = CataloguePage {
        form,
        items: wanted.iter().take(SHOWN).map(line).collect(),
        more: wanted.len() > SHOWN,
        has_units: wanted.iter().any(|i| i.default_unit.is_some()),
        majors: desk
            .catalogue
            .majors()
            .into_iter()
            .map(|(name, _)| (name.to_owned(), name.to_owned()))
            .collect(),
        limits: stage_limits(&ui, &desk),
        to_confirm: desk.catalogue.to_confirm(),
        tried,
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
    match web::export::kind(Params::parse(&req.query).get("format")) {
        Some(kind) => super::catalogue_file::export(&req, kind).await,
        None => shown_page(&req, Filled::new(), None).await,
    }
}

/// Changes the catalogue and forgets the one in memory.
pub(crate) async fn changed<T, F>(req: &Req, work: F) -> Result<T>
where
    T: Send + 'static,
    F: FnOnce(&kernel::ctx::Ctx, &mut Tx<'_>) -> Result<T> + Send + 'static,
{
    let done = req.write(work).await?;
    Desk::forget(&req.city);
    Ok(done)
}

/// `POST /admin/catalogue/limits/confirmation`: somebody has looked at limits and says that they hold: those of the item
/// named, with `item=usual` those of the stages, with `item=all` all that are left.
pub(crate) async fn confirm(req: Req, form: Form) -> Answer {
    let desk = shared::desk(&req).await?;
    let (of, back) = match form.text("item") {
        "all" => (Confirmed::All, "/admin/catalogue".to_owned()),
        "usual" => (Confirmed::Of(None), "/admin/catalogue#limits".to_owned()),
        code => {
            let id = super::catalogue_item::find(&desk, code).or_fail(&req)?;
            (Confirmed::Of(Some(id)), format!("/admin/catalogue/items/{code}"))
        }
    };
    let count = changed(&req, move |ctx, tx| confirm_limits(ctx, tx, of)).await.or_fail(&req)?;
    Ok(redirect(&req, &back, "catalogue-limits-confirmed", &count.to_string()))
}

/// `POST /admin/catalogue/limits`: the usual limit of a stage.
pub(crate) async fn limit(req: Req, form: Form) -> Answer {
    let done = match forms::limit(&form) {
        Ok(l) => changed(&req, move |ctx, tx| set_limit(ctx, tx, None, ("", ""), l.stage, l.limit)).await,
        Err(problem) => Err(problem),
    };
    match done {
        Ok(()) => Ok(redirect(&req, "/admin/catalogue#limits", "catalogue-limit-set", "")),
        Err(problem) => shown_page(&req, shared::refused(&req, &form, problem)?, None).await,
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

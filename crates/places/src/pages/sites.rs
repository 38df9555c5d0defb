//! The register of sites.

use super::shared::{self, Options};
use crate::export::{self, Names};
use crate::index::PlaceIndex;
use crate::model::{Site, SiteType};
use crate::queries::{self, SiteFilter, Standing};
use crate::units::Units;
use crate::{columns, commands, forms, policy};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use kernel::workflow::Named;
use web::error::{OrFail, page, page_with, redirect};
use web::form::Filled;
use web::list::{Cursor, PAGE_SIZE, Params};
use web::parts::{Fact, Line};
use web::saved::Views;
use web::{Answer, Fail, Form, Path, Req, Ui};

#[derive(askama::Template)]
#[template(path = "places/sites.html")]
struct ListPage {
    ui: Ui,
    params: Params,
    saved: Views,
    rows: Vec<Row>,
    next: Option<Cursor>,
    count: i64,
    types: Options,
    divisions: Options,
    standings: Options,
    may_edit: bool,
}

struct Row {
    site: Site,
    kind: String,
    division: String,
    unit: String,
}

/// What the query of a list asks for.
pub(crate) fn filter(params: &Params, index: &PlaceIndex) -> SiteFilter {
    let division = match params.get("division") {
        "" => None,
        code => Some(index.by_code(code).map_or(kernel::id::Id::new(-1), |node| node.id)),
    };
    SiteFilter {
        words: params.get("q").to_owned(),
        type_code: params.get("type").to_owned(),
        division,
        section: None,
        unit: params.get("unit").parse().ok(),
        standing: Standing::parse(params.get("standing")),
    }
}

pub(crate) async fn list(req: Req) -> Answer {
    let index = shared::index(&req).await?;
    let params = Params::parse(&req.query);
    let wanted = filter(&params, &index);
    if !params.get("format").is_empty() {
        return export(&req, &index, wanted, params.get("format")).await;
    }
    let after = Cursor::parse(params.get("after")).or_fail(&req)?;
    let (asked, city) = (params.clone(), req.city.clone());
    let (found, count, types, units, saved) = req
        .read(move |ctx, tx| {
            Ok((
                queries::sites(tx, &wanted, after, PAGE_SIZE)?,
                queries::count_sites(tx, &wanted)?,
                crate::store::site_types(tx)?,
                Units::load(&city, tx)?,
                web::saved::views(tx, ctx, "/sites", &asked)?,
            ))
        })
        .await
        .or_fail(&req)?;
    let ui = req.ui();
    let row = |site: Site| Row {
        kind: type_name(&ui, &types, &site.type_code),
        division: index.division_name(site.division_id),
        unit: units.name(site.unit_id).to_owned(),
        site,
    };
    page(
        &req,
        &ListPage {
            rows: found.rows.into_iter().map(row).collect(),
            next: found.next,
            count,
            types: shared::types(&ui, &types),
            divisions: shared::divisions(&index),
            standings: super::sections::standings(&ui),
            may_edit: policy::may_edit(&req.ctx),
            params,
            saved,
            ui,
        },
    )
}

pub(crate) fn type_name(ui: &Ui, types: &[SiteType], code: &str) -> String {
    types.iter().find(|t| t.code == code).map_or_else(|| code.to_owned(), |t| t.name(ui.locale()).to_owned())
}

async fn export(req: &Req, index: &PlaceIndex, wanted: SiteFilter, format: &str) -> Answer {
    let city = req.city.clone();
    let (rows, types, units, sections) = req
        .read(move |_, tx| {
            let rows = queries::sites(tx, &wanted, None, web::export::ROWS)?.rows;
            let ids: Vec<_> = rows.iter().filter_map(|s| s.section_id).collect();
            let sections = queries::section_names(tx, &ids)?;
            let sections = sections.into_iter().map(|(id, label)| (id, label.name())).collect();
            Ok((rows, crate::store::site_types(tx)?, Units::load(&city, tx)?, sections))
        })
        .await
        .or_fail(req)?;
    let ui = req.ui();
    let text = |key: &str| ui.t(key);
    if format == "geojson" {
        let body = super::geo::site_features(&rows, &types, ui.locale(), false);
        let name = "attachment; filename=\"sites.geojson\"";
        return Ok((
            [(header::CONTENT_TYPE, "application/geo+json"), (header::CONTENT_DISPOSITION, name)],
            body,
        )
            .into_response());
    }
    let kind =
        web::export::kind(format).ok_or_else(|| Fail::of(req, kernel::problem::Problem::not_found()))?;
    let names = Names { index, units: &units, types: &types, sections, locale: ui.locale(), text: &text };
    let titles = export::titles(columns::SITES, &text);
    web::export::answer(
        req,
        kind,
        &ui.t("sites-title"),
        &titles,
        rows.iter().map(|s| export::site(s, &names)),
    )
}

#[derive(askama::Template)]
#[template(path = "places/site_form.html")]
struct FormPage {
    ui: Ui,
    form: Filled,
    number: Option<String>,
    types: Options,
    units: Options,
    systems: Options,
    bounds: String,
}

async fn form_page(req: &Req, number: Option<String>, form: Filled) -> Answer<FormPage> {
    let index = shared::index(req).await?;
    let city = req.city.clone();
    let read = req.read(move |_, tx| Ok((queries::site_types(tx)?, Units::load(&city, tx)?)));
    let (types, units) = read.await.or_fail(req)?;
    let ui = req.ui();
    Ok(FormPage {
        form,
        number,
        types: shared::types(&ui, &types),
        units: units.options(),
        systems: shared::systems(&ui),
        bounds: index.view(),
        ui,
    })
}

pub(crate) async fn new(req: Req) -> Answer {
    let form = Filled::new().set("place_crs", "cgcs2000");
    page(&req, &form_page(&req, None, form).await?)
}

pub(crate) async fn create(req: Req, form: Form) -> Answer {
    let (asked, city) = (form.clone(), req.city.clone());
    let done = shared::command(&req, move |ctx, tx, index| {
        let draft = forms::site(&asked, &Units::load(&city, tx)?)?;
        commands::create_site(ctx, tx, index, draft)
    });
    match done.await {
        Ok(site) => Ok(redirect(&req, &format!("/sites/{}", site.number), "site-created", &site.number)),
        Err(problem) => refuse(&req, None, &form, problem).await,
    }
}

async fn refuse(req: &Req, number: Option<String>, form: &Form, problem: kernel::problem::Problem) -> Answer {
    let filled = shared::refused(form, problem).map_err(|p| Fail::of(req, p))?;
    page_with(req, StatusCode::UNPROCESSABLE_ENTITY, &form_page(req, number, filled).await?)
}

pub(crate) async fn edit(req: Req, Path(number): Path<String>) -> Answer {
    let index = shared::index(&req).await?;
    let which = number.clone();
    let s = req.read(move |ctx, tx| commands::load_site_for(ctx, tx, &index, &which)).await.or_fail(&req)?;
    let form = Filled::new()
        .set("version", s.version)
        .set("place_name", &s.name)
        .set("place_type", &s.type_code)
        .set("place_code", s.code.as_deref().unwrap_or_default())
        .set("place_lng", s.lng)
        .set("place_lat", s.lat)
        .set("place_crs", "cgcs2000")
        .set("place_accuracy", s.accuracy_m.map(|m| m.to_string()).unwrap_or_default())
        .set("place_address", s.address.as_deref().unwrap_or_default())
        .set("place_unit", s.unit_id.map(|u| u.to_string()).unwrap_or_default());
    page(&req, &form_page(&req, Some(number), form).await?)
}

pub(crate) async fn update(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    let (asked, which, city) = (form.clone(), number.clone(), req.city.clone());
    let done = shared::command(&req, move |ctx, tx, index| {
        let draft = forms::site(&asked, &Units::load(&city, tx)?)?;
        commands::edit_site(ctx, tx, index, &which, forms::version(&asked)?, draft)
    });
    match done.await {
        Ok(_) => Ok(redirect(&req, &format!("/sites/{number}"), "site-changed", &number)),
        Err(problem) => refuse(&req, Some(number), &form, problem).await,
    }
}

#[derive(askama::Template)]
#[template(path = "places/site.html")]
struct ShowPage {
    ui: Ui,
    site: Site,
    facts: Vec<Fact>,
    history: Vec<Line>,
    centre: String,
    may_edit: bool,
    form: Filled,
}

pub(crate) async fn show(req: Req, Path(number): Path<String>) -> Answer {
    show_with(&req, &number, StatusCode::OK, Filled::new()).await
}

pub(super) async fn show_with(req: &Req, number: &str, status: StatusCode, form: Filled) -> Answer {
    let index = shared::index(req).await?;
    let (which, city) = (number.to_owned(), req.city.clone());
    let (site, section, types, units, history) = req
        .read(move |_, tx| {
            let site = queries::site_by_number(tx, &which)?;
            let section = match site.section_id {
                Some(id) => Some(queries::section(tx, id)?),
                None => None,
            };
            let history = store::audit::history(tx, site.id)?;
            Ok((site, section, crate::store::site_types(tx)?, Units::load(&city, tx)?, history))
        })
        .await
        .or_fail(req)?;
    let ui = req.ui();
    let label = |name: &str| ui.named("label", name);
    let mut facts = vec![
        Fact::new(label("place_number"), site.number.as_str()),
        Fact::new(label("place_type"), type_name(&ui, &types, &site.type_code))
            .link(format!("/sites?type={}", site.type_code)),
        Fact::new(label("place_address"), site.address.as_deref().unwrap_or("–")),
        Fact::new(label("place_division"), index.division_name(site.division_id)),
        Fact::new(
            label("place_unit"),
            Some(units.name(site.unit_id)).filter(|n| !n.is_empty()).unwrap_or("–"),
        ),
        Fact::new(ui.t("site-position"), format!("{:.6}, {:.6}", site.lng, site.lat)),
        Fact::new(label("place_crs"), ui.named("crs", site.crs.code())),
    ];
    if let Some(section) = &section {
        let along = shared::metres(&ui, site.along_m.unwrap_or_default());
        let text = ui.ta("site-on-section", [("section", section.name()), ("along", along)]);
        facts
            .insert(3, Fact::new(label("place_section"), text).link(format!("/sections/{}", section.number)));
    }
    if let Some(code) = &site.code {
        facts.insert(1, Fact::new(label("place_code"), code.as_str()));
    }
    if let Some(metres) = site.accuracy_m {
        facts.push(Fact::new(label("place_accuracy"), shared::metres(&ui, metres)));
    }
    let may_edit = policy::may_edit_site(&req.ctx, &index, &site);
    let here = || {
        Filled::new()
            .set("place_lng", format!("{:.6}", site.lng))
            .set("place_lat", format!("{:.6}", site.lat))
    };
    let form = if form.failed() { form } else { here() };
    let centre = shared::pair(site.point());
    page_with(
        req,
        status,
        &ShowPage { facts, history: shared::history(&ui, &history), centre, may_edit, form, site, ui },
    )
}

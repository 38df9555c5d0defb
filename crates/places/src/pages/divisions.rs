//! The tree of divisions, and the page of one.

use super::shared::{self, Options};
use crate::commands;
use crate::forms;
use crate::index::PlaceIndex;
use crate::model::Division;
use crate::units::Units;
use crate::{policy, queries};
use axum::http::StatusCode;
use kernel::id::Id;
use std::collections::HashMap;
use web::error::{OrFail, page, page_with, redirect};
use web::form::Filled;
use web::list::Params;
use web::parts::{Fact, Line};
use web::{Answer, Fail, Form, Path, Req, Ui};

#[derive(askama::Template)]
#[template(path = "places/divisions.html")]
struct TreePage {
    ui: Ui,
    rows: Vec<Row>,
    cells: i64,
    no_areas: bool,
    may_shape: bool,
}

struct Row {
    code: String,
    /// By depth.
    indent: String,
    name: String,
    level: String,
    unit: String,
    sections: i64,
    sites: i64,
    has_area: bool,
}

pub(crate) async fn tree(req: Req) -> Answer {
    let index = shared::index(&req).await?;
    let city = req.city.clone();
    let read = req.read(move |_, tx| {
        Ok((queries::division_counts(tx)?, queries::count_cells(tx)?, Units::load(&city, tx)?))
    });
    let (counts, cells, units) = read.await.or_fail(&req)?;
    let ui = req.ui();
    if let Some(kind) = web::export::kind(Params::parse(&req.query).get("format")) {
        return export(&req, &index, &units, kind).await;
    }
    // what lies in a division lies in those above it, too
    let mut sums: HashMap<Id<Division>, (i64, i64)> = HashMap::new();
    for (id, (sections, sites)) in counts {
        for above in index.division(id).into_iter().flat_map(|node| &node.path) {
            let sum = sums.entry(*above).or_default();
            *sum = (sum.0 + sections, sum.1 + sites);
        }
    }
    let rows: Vec<Row> = index
        .divisions()
        .iter()
        .map(|node| {
            let (sections, sites) = sums.get(&node.id).copied().unwrap_or_default();
            Row {
                code: node.code.to_string(),
                indent: "　".repeat(node.depth()),
                name: node.name.to_string(),
                level: shared::level(&ui, &node.level),
                unit: units.name(node.unit).to_owned(),
                sections,
                sites,
                has_area: node.has_area,
            }
        })
        .collect();
    let no_areas = rows.iter().all(|r| !r.has_area);
    page(&req, &TreePage { rows, cells, no_areas, may_shape: policy::may_shape(&req.ctx), ui })
}

async fn export(req: &Req, index: &PlaceIndex, units: &Units, kind: sheets::FileKind) -> Answer {
    let rows = req.read(|_, tx| crate::store::all_divisions(tx)).await.or_fail(req)?;
    let ui = req.ui();
    let titles = crate::export::titles(crate::columns::DIVISIONS, &|key| ui.t(key));
    let cells = rows.iter().map(|d| crate::export::division(d, index, units));
    web::export::answer(req, kind, &ui.t("divisions-title"), &titles, cells)
}

#[derive(askama::Template)]
#[template(path = "places/division.html")]
struct ShowPage {
    ui: Ui,
    division: Division,
    facts: Vec<Fact>,
    children: Options,
    history: Vec<Line>,
    units: Options,
    systems: Options,
    may_shape: bool,
    bounds: String,
    levels: Options,
    form: Filled,
}

pub(crate) async fn show(req: Req, Path(code): Path<String>) -> Answer {
    show_with(&req, &code, StatusCode::OK, None).await
}

async fn show_with(req: &Req, code: &str, status: StatusCode, form: Option<Filled>) -> Answer {
    let index = shared::index(req).await?;
    let (which, city) = (code.to_owned(), req.city.clone());
    let read = req.read(move |_, tx| {
        let division = queries::division_by_code(tx, &which)?;
        let history = store::audit::history(tx, division.id)?;
        Ok((division, history, Units::load(&city, tx)?))
    });
    let (division, history, units) = read.await.or_fail(req)?;
    let ui = req.ui();
    let form = form.unwrap_or_else(|| {
        Filled::new()
            .set("version", division.version)
            .set("place_name", &division.name)
            .set("place_level", &division.level)
            .set("place_unit", division.unit_id.map(|u| u.to_string()).unwrap_or_default())
            .set("place_crs", "cgcs2000")
    });
    let label = |name: &str| ui.named("label", name);
    let mut facts = vec![
        Fact::new(ui.t("division-code"), division.code.as_str()),
        Fact::new(label("place_level"), shared::level(&ui, &division.level)),
        Fact::new(ui.t("division-path"), index.division_name(Some(division.id))),
        Fact::new(
            ui.t("division-governed"),
            match units.name(index.governing(Some(division.id))) {
                "" => "–",
                name => name,
            },
        ),
    ];
    if let Some(area) = &division.area {
        facts.push(Fact::new(
            ui.t("division-area"),
            ui.ta("places-km2", [("area", shared::square_kilometres(area.area_m2()))]),
        ));
    }
    for (key, href) in [("sections-title", "/sections"), ("sites-title", "/sites")] {
        facts.push(
            Fact::new(ui.t(key), ui.t("division-show")).link(format!("{href}?division={}", division.code)),
        );
    }
    let children = index.divisions().iter().filter(|n| n.parent == Some(division.id));
    let bounds = division.area.as_ref().map(|a| a.bbox()).map_or_else(
        || index.view(),
        |b| format!("{:.6},{:.6},{:.6},{:.6}", b.west, b.south, b.east, b.north),
    );
    page_with(
        req,
        status,
        &ShowPage {
            facts,
            children: children.map(|n| (n.code.to_string(), n.name.to_string())).collect(),
            history: shared::history(&ui, &history),
            units: units.options(),
            systems: shared::systems(&ui),
            may_shape: policy::may_shape(&req.ctx),
            bounds,
            levels: shared::levels(&ui, &division.level),
            form,
            division,
            ui,
        },
    )
}

pub(crate) async fn update(req: Req, Path(code): Path<String>, form: Form) -> Answer {
    let (asked, which, city) = (form.clone(), code.clone(), req.city.clone());
    let done = shared::command(&req, move |ctx, tx, _| {
        let draft = forms::division(&asked, &Units::load(&city, tx)?)?;
        commands::edit_division(ctx, tx, &which, forms::version(&asked)?, draft)
    });
    match done.await {
        Ok(division) => Ok(redirect(&req, &format!("/divisions/{code}"), "division-changed", &division.name)),
        Err(problem) => {
            let filled = shared::refused(&form, problem).map_err(|p| Fail::of(&req, p))?;
            show_with(&req, &code, StatusCode::UNPROCESSABLE_ENTITY, Some(filled)).await
        }
    }
}

//! The register of street sections.

use super::shared::{self, Options};
use crate::commands::{self, joinable};
use crate::export::{self, Names};
use crate::forms;
use crate::index::PlaceIndex;
use crate::model::{Section, Site};
use crate::queries::{self, Lineage, SectionFilter, SiteFilter, Standing};
use crate::{columns, policy};
use axum::http::StatusCode;
use kernel::workflow::Named;
use std::collections::HashMap;
use web::error::{OrFail, page, page_with, redirect};
use web::form::Filled;
use web::list::{Cursor, PAGE_SIZE, Params};
use web::parts::{Fact, Line};
use web::saved::Views;
use web::{Answer, Fail, Form, Path, Req, Ui};

#[derive(askama::Template)]
#[template(path = "places/sections.html")]
struct ListPage {
    ui: Ui,
    params: Params,
    saved: Views,
    rows: Vec<Row>,
    next: Option<Cursor>,
    count: i64,
    streets: Options,
    classes: Options,
    divisions: Options,
    standings: Options,
    may_edit: bool,
}

struct Row {
    section: Section,
    class: String,
    length: String,
    division: String,
}

impl Row {
    fn of(ui: &Ui, index: &PlaceIndex, section: Section) -> Self {
        Self {
            class: ui.named("road-class", section.class.code()),
            length: shared::metres(ui, section.length_m),
            division: index.division_name(section.division_id),
            section,
        }
    }
}

/// What the query of a list asks for. A division that does not exist finds nothing rather than everything.
pub(crate) fn filter(params: &Params, index: &PlaceIndex) -> SectionFilter {
    let division = match params.get("division") {
        "" => None,
        code => Some(index.by_code(code).map_or(kernel::id::Id::new(-1), |node| node.id)),
    };
    SectionFilter {
        words: params.get("q").to_owned(),
        street: params.get("street").to_owned(),
        class: Named::parse(params.get("class")),
        division,
        standing: Standing::parse(params.get("standing")),
    }
}

pub(crate) async fn list(req: Req) -> Answer {
    let index = shared::index(&req).await?;
    let params = Params::parse(&req.query);
    let wanted = filter(&params, &index);
    if let Some(kind) = web::export::kind(params.get("format")) {
        return export(&req, &index, wanted, kind).await;
    }
    let after = Cursor::parse(params.get("after")).or_fail(&req)?;
    let asked = params.clone();
    let (found, count, streets, saved) = req
        .read(move |ctx, tx| {
            Ok((
                queries::sections(tx, &wanted, after, PAGE_SIZE)?,
                queries::count_sections(tx, &wanted)?,
                queries::streets(tx)?,
                web::saved::views(tx, ctx, "/sections", &asked)?,
            ))
        })
        .await
        .or_fail(&req)?;
    let ui = req.ui();
    page(
        &req,
        &ListPage {
            rows: found.rows.into_iter().map(|s| Row::of(&ui, &index, s)).collect(),
            next: found.next,
            count,
            streets: streets.into_iter().map(|s| (s.clone(), s)).collect(),
            classes: shared::classes(&ui),
            divisions: shared::divisions(&index),
            standings: standings(&ui),
            may_edit: policy::may_edit(&req.ctx),
            params,
            saved,
            ui,
        },
    )
}

pub(crate) fn standings(ui: &Ui) -> Options {
    ["retired", "all"].map(|s| (s.to_owned(), ui.named("standing", s))).to_vec()
}

async fn export(req: &Req, index: &PlaceIndex, wanted: SectionFilter, kind: sheets::FileKind) -> Answer {
    let rows = req
        .read(move |_, tx| queries::sections(tx, &wanted, None, web::export::ROWS))
        .await
        .or_fail(req)?
        .rows;
    let (ui, units) = (req.ui(), crate::units::Units::default());
    let text = |key: &str| ui.t(key);
    let locale = ui.locale();
    let names = Names { index, units: &units, types: &[], sections: HashMap::new(), locale, text: &text };
    let titles = export::titles(columns::SECTIONS, &text);
    web::export::answer(
        req,
        kind,
        &ui.t("sections-title"),
        &titles,
        rows.iter().map(|s| export::section(s, &names)),
    )
}

#[derive(askama::Template)]
#[template(path = "places/section_form.html")]
struct FormPage {
    ui: Ui,
    form: Filled,
    /// The section that is changed; none for a new one.
    number: Option<String>,
    classes: Options,
    systems: Options,
    bounds: String,
    fit: &'static str,
}

fn form_page(req: &Req, index: &PlaceIndex, number: Option<String>, form: Filled) -> FormPage {
    let ui = req.ui();
    FormPage {
        form,
        fit: if number.is_some() { "focus" } else { "" },
        number,
        classes: shared::classes(&ui),
        systems: shared::systems(&ui),
        bounds: index.view(),
        ui,
    }
}

pub(crate) async fn new(req: Req) -> Answer {
    let index = shared::index(&req).await?;
    page(&req, &form_page(&req, &index, None, Filled::new().set("place_crs", "cgcs2000")))
}

pub(crate) async fn create(req: Req, form: Form) -> Answer {
    let asked = form.clone();
    let done = shared::command(&req, move |ctx, tx, index| {
        commands::create_section(ctx, tx, index, forms::section(&asked)?)
    });
    match done.await {
        Ok(section) => {
            Ok(redirect(&req, &format!("/sections/{}", section.number), "section-created", &section.number))
        }
        Err(problem) => refuse(&req, None, &form, problem).await,
    }
}

async fn refuse(req: &Req, number: Option<String>, form: &Form, problem: kernel::problem::Problem) -> Answer {
    let filled = shared::refused(form, problem).map_err(|p| Fail::of(req, p))?;
    let index = shared::index(req).await?;
    page_with(req, StatusCode::UNPROCESSABLE_ENTITY, &form_page(req, &index, number, filled))
}

pub(crate) async fn edit(req: Req, Path(number): Path<String>) -> Answer {
    let index = shared::index(&req).await?;
    let s = {
        let (index, number) = (index.clone(), number.clone());
        req.read(move |ctx, tx| commands::load_section_for(ctx, tx, &index, &number)).await.or_fail(&req)?
    };
    let text = |v: Option<String>| v.unwrap_or_default();
    let form = Filled::new()
        .set("version", s.version)
        .set("street", &s.street)
        .set("from_crossing", &s.from_crossing)
        .set("to_crossing", &s.to_crossing)
        .set("place_code", text(s.code.clone()))
        .set("road_class", s.class.code())
        .set("place_crs", "cgcs2000")
        .set("place_accuracy", text(s.accuracy_m.map(|m| m.to_string())))
        .set("valid_from", s.valid_from)
        .set("geometry", s.line.geojson());
    page(&req, &form_page(&req, &index, Some(number), form))
}

pub(crate) async fn update(req: Req, Path(number): Path<String>, form: Form) -> Answer {
    let (asked, which) = (form.clone(), number.clone());
    let done = shared::command(&req, move |ctx, tx, index| {
        commands::edit_section(ctx, tx, index, &which, forms::version(&asked)?, forms::section(&asked)?)
    });
    match done.await {
        Ok(_) => Ok(redirect(&req, &format!("/sections/{number}"), "section-changed", &number)),
        Err(problem) => refuse(&req, Some(number), &form, problem).await,
    }
}

#[derive(askama::Template)]
#[template(path = "places/section.html")]
struct ShowPage {
    ui: Ui,
    section: Section,
    facts: Vec<Fact>,
    sites: Vec<Site>,
    others: Options,
    history: Vec<Line>,
    may_edit: bool,
    form: Filled,
}

pub(crate) async fn show(req: Req, Path(number): Path<String>) -> Answer {
    show_with(&req, &number, StatusCode::OK, Filled::new()).await
}

/// The page of a section; `form` holds what a small form on it was refused for.
pub(super) async fn show_with(req: &Req, number: &str, status: StatusCode, form: Filled) -> Answer {
    let index = shared::index(req).await?;
    let which = number.to_owned();
    let (section, sites, neighbours, history, before, after, names) = req
        .read(move |_, tx| {
            let section = queries::section_by_number(tx, &which)?;
            let wanted = SiteFilter { section: Some(section.id), ..SiteFilter::default() };
            let sites = queries::sites(tx, &wanted, None, 100)?.rows;
            let street = SectionFilter { street: section.street.clone(), ..SectionFilter::default() };
            let mut neighbours = queries::sections(tx, &street, None, 500)?.rows;
            neighbours.retain(|other| joinable(&section, other).is_some());
            let history = store::audit::history(tx, section.id)?;
            let (before, after) =
                (queries::predecessors(tx, section.id)?, queries::successors(tx, section.id)?);
            let ids: Vec<_> = before.iter().map(|l| l.old_id).chain(after.iter().map(|l| l.new_id)).collect();
            let names = queries::section_names(tx, &ids)?;
            Ok((section, sites, neighbours, history, before, after, names))
        })
        .await
        .or_fail(req)?;
    let ui = req.ui();
    let mut facts = facts(&ui, &index, &section);
    let lineage = |key: &str, lines: &[Lineage], id: fn(&Lineage) -> kernel::id::Id<Section>| {
        lines
            .iter()
            .filter_map(|l| names.get(&id(l)))
            .map(|label| {
                Fact::new(ui.t(key), format!("{} {}", label.number, label.name()))
                    .link(format!("/sections/{}", label.number))
            })
            .collect::<Vec<_>>()
    };
    facts.extend(lineage("section-made-of", &before, |l| l.old_id));
    facts.extend(lineage("section-became", &after, |l| l.new_id));
    let may_edit = !section.is_retired() && policy::may_edit_section(&req.ctx, &index, &section);
    let others = neighbours
        .into_iter()
        .map(|s| (format!("{}:{}", s.number, s.version), format!("{} {}", s.number, s.name())));
    page_with(
        req,
        status,
        &ShowPage {
            facts,
            sites,
            others: others.collect(),
            history: shared::history(&ui, &history),
            may_edit,
            form,
            section,
            ui,
        },
    )
}

fn facts(ui: &Ui, index: &PlaceIndex, s: &Section) -> Vec<Fact> {
    let label = |name: &str| ui.named("label", name);
    let mut facts = vec![
        Fact::new(label("place_number"), s.number.as_str()),
        Fact::new(label("street"), s.street.as_str())
            .link(format!("/sections?street={}", web::ui::encode(&s.street))),
        Fact::new(label("from_crossing"), s.from_crossing.as_str()),
        Fact::new(label("to_crossing"), s.to_crossing.as_str()),
        Fact::new(label("road_class"), ui.named("road-class", s.class.code())),
        Fact::new(label("section_length"), shared::metres(ui, s.length_m)),
        Fact::new(label("place_division"), index.division_name(s.division_id)),
        Fact::new(label("place_crs"), ui.named("crs", s.crs.code())),
        Fact::new(label("valid_from"), ui.date(&s.valid_from)),
    ];
    if let Some(code) = &s.code {
        facts.insert(1, Fact::new(label("place_code"), code.as_str()));
    }
    if let Some(metres) = s.accuracy_m {
        facts.push(Fact::new(label("place_accuracy"), shared::metres(ui, metres)));
    }
    if let Some(until) = &s.valid_until {
        facts.push(Fact::new(label("valid_until"), ui.date(until)));
    }
    facts
}

//! The displays of the city, and one of them.

use crate::area::Area;
use crate::model::{Panel, Standing};
use crate::policy::{self, Act};
use crate::queries::{self, DisplayLine};
use kernel::problem::Result;
use kernel::time::Instant;
use kernel::workflow::Named;
use places::PlaceIndex;
use sheets::{Cell, Column, Kind};
use web::error::{OrFail, page};
use web::list::Params;
use web::parts::{Fact, Mood};
use web::{Answer, Path, Req, Ui, export};

struct Row {
    number: String,
    name: String,
    place: String,
    area: String,
    standing: (Mood, String),
    until: String,
    seen: String,
}

#[derive(askama::Template)]
#[template(path = "screen/list.html")]
struct ListPage {
    ui: Ui,
    params: Params,
    rows: Vec<Row>,
    may_keep: bool,
}

fn area(ui: &Ui, index: &PlaceIndex, line: &DisplayLine) -> String {
    let area = Area::of(index, line.division_id);
    if area.division.is_none() { ui.t("display-whole-city") } else { area.name }
}

fn row(ui: &Ui, index: &PlaceIndex, line: &DisplayLine, now: Instant) -> Row {
    let standing = line.standing(now);
    Row {
        number: line.number.clone(),
        name: line.name.clone(),
        place: line.place.clone(),
        area: area(ui, index, line),
        standing: (standing.mood(), ui.named("display-standing", standing.code())),
        until: ui.date(&line.until_date),
        seen: line.seen_at.map_or_else(|| ui.t("display-never"), |at| ui.ago(&at)),
    }
}

pub(super) async fn list(req: Req) -> Answer {
    policy::require(&req.ctx, Act::See).or_fail(&req)?;
    let params = Params::parse(&req.query);
    let lines = req.read(|_, tx| queries::displays(tx)).await.or_fail(&req)?;
    let index = places::kept::index(&req.city).await.or_fail(&req)?;
    let ui = req.ui();
    if let Some(kind) = export::kind(params.get("format")) {
        let column = |key: &str| Column::new(ui.t(key), Kind::Text);
        let heads = [
            column("display-column-number"),
            column("label-display_name"),
            column("label-display_place"),
            column("label-display_title"),
            column("display-panels"),
            column("label-display_area"),
            column("display-column-state"),
            column("label-display_until"),
            column("display-column-seen"),
        ];
        let rows = lines.iter().map(|line| {
            vec![
                Cell::from(line.number.clone()),
                Cell::from(line.name.clone()),
                Cell::from(line.place.clone()),
                Cell::from(line.title.clone()),
                Cell::from(panels(&ui, &line.panels.0)),
                Cell::from(area(&ui, &index, line)),
                Cell::from(ui.named("display-standing", line.standing(req.ctx.now).code())),
                Cell::from(line.until_date.to_string()),
                Cell::from(line.seen_at.map_or_else(String::new, |at| ui.time(&at))),
            ]
        });
        return export::answer(&req, kind, &ui.t("menu-screens"), &heads, rows);
    }
    let rows = lines.iter().map(|line| row(&ui, &index, line, req.ctx.now)).collect();
    page(&req, &ListPage { rows, params, may_keep: policy::may(&req.ctx, Act::Keep), ui })
}

/// Names of panels in their order.
fn panels(ui: &Ui, panels: &[Panel]) -> String {
    let names: Vec<String> = panels.iter().map(|p| ui.named("screen-panel", p.code())).collect();
    names.join(&ui.t("screen-and"))
}

#[derive(askama::Template)]
#[template(path = "screen/display.html")]
struct DisplayPage {
    ui: Ui,
    number: String,
    name: String,
    standing: (Mood, String),
    facts: Vec<Fact>,
    may_keep: bool,
    may_arrange: bool,
    may_look: bool,
}

pub(super) async fn page_of(req: Req, Path(number): Path<String>) -> Answer {
    policy::require(&req.ctx, Act::See).or_fail(&req)?;
    let index = places::kept::index(&req.city).await.or_fail(&req)?;
    let read = req.read(move |_, tx| -> Result<_> {
        let display = queries::display(tx, &number)?;
        let seen = queries::seen_at(tx, display.id)?;
        let by = display.created_by.map(|id| people::queries::person_name(tx, id)).transpose()?;
        Ok((display, seen, by))
    });
    let (display, seen, by) = read.await.or_fail(&req)?;
    let ui = req.ui();
    let area = Area::of(&index, display.division_id);
    let standing = display.standing(req.ctx.now);
    let mut facts = vec![
        Fact::new(ui.t("label-display_place"), display.place.clone()),
        Fact::new(
            ui.t("label-display_area"),
            if area.division.is_none() { ui.t("display-whole-city") } else { area.name },
        ),
        Fact::new(ui.t("label-display_until"), ui.date(&display.until_date)),
        Fact::new(ui.t("display-column-seen"), seen.map_or_else(|| ui.t("display-never"), |at| ui.time(&at))),
        Fact::new(ui.t("display-registered"), ui.time(&display.created_at)),
        Fact::new(ui.t("display-panels"), panels(&ui, &display.panels.0)).wide(),
    ];
    if !display.title.is_empty() {
        facts.insert(0, Fact::new(ui.t("label-display_title"), display.title.clone()));
    }
    if let Some(by) = by {
        facts.push(Fact::new(ui.t("display-by"), by));
    }
    if let Some(at) = display.revoked_at {
        facts.push(Fact::new(ui.t("display-revoked-at"), ui.time(&at)));
    }
    let used = standing != Standing::Revoked;
    let view = DisplayPage {
        number: display.number,
        name: display.name,
        standing: (standing.mood(), ui.named("display-standing", standing.code())),
        facts,
        may_keep: used && policy::may(&req.ctx, Act::Keep),
        may_arrange: used && policy::may(&req.ctx, Act::Arrange),
        may_look: policy::POLICY.somewhere(&req.ctx, Act::Look),
        ui,
    };
    page(&req, &view)
}

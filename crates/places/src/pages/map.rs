//! The map of the city, with what is wanted on it.

use super::shared;
use crate::queries::{self, SectionFilter, SiteFilter};
use web::error::{self, OrFail};
use web::list::Params;
use web::{Answer, Req, Ui};

#[derive(askama::Template)]
#[template(path = "places/map.html")]
struct MapPage {
    ui: Ui,
    bounds: String,
    /// The layers that can be chosen, and whether they are drawn: all but the grid unless somebody chose.
    layers: [(&'static str, bool); 4],
    counts: [(String, i64, &'static str); 3],
    nothing: bool,
}

pub(crate) async fn page(req: Req) -> Answer {
    let index = shared::index(&req).await?;
    let read = req.read(|_, tx| {
        Ok((
            queries::count_sections(tx, &SectionFilter::default())?,
            queries::count_sites(tx, &SiteFilter::default())?,
            queries::count_cells(tx)?,
        ))
    });
    let (sections, sites, cells) = read.await.or_fail(&req)?;
    let ui = req.ui();
    let params = Params::parse(&req.query);
    let chosen = params.has("chosen", "1");
    let on = |name: &str, default: bool| if chosen { params.has(name, "1") } else { default };
    error::page(
        &req,
        &MapPage {
            bounds: index.view(),
            layers: ["sections", "sites", "divisions", "grid"].map(|name| (name, on(name, name != "grid"))),
            counts: [
                (ui.t("sections-title"), sections, "/sections"),
                (ui.t("sites-title"), sites, "/sites"),
                (ui.t("places-grid"), cells, "/divisions"),
            ],
            nothing: sections + sites + cells == 0,
            ui,
        },
    )
}

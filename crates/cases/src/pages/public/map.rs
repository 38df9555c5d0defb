//! The map of open cases, with the list that says the same below it.

use super::list::{self, Line};
use crate::pages::shared;
use crate::pages::shown::CityMap;
use web::error::page;
use web::list::{Cursor, Params};
use web::{Answer, Req, Ui};

#[derive(askama::Template)]
#[template(path = "cases/public_map.html")]
struct MapPage {
    ui: Ui,
    params: Params,
    map: CityMap,
    lines: Vec<Line>,
    closed: bool,
    next: Option<Cursor>,
}

pub(crate) async fn page_of(req: Req) -> Answer {
    let index = shared::index(&req).await?;
    let params = Params::parse(&req.query);
    // the list below is what the map shows: open cases
    let open = Params::parse(&params.with("state", "open"));
    let open = Params::parse(&format!("{}&after={}", open.to_query(), params.get("after")));
    let (lines, next) = list::lines(&req, &open).await?;
    page(&req, &MapPage { ui: req.ui(), params, map: CityMap::new(&index, None), lines, closed: false, next })
}

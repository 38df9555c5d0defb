//! The map of open cases, with the list that says the same below it.

use super::list::{self, Line};
use crate::as_of::{self, AsOf};
use crate::pages::shared;
use crate::pages::shown::CityMap;
use web::error::{OrFail, page};
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
    as_of: AsOf,
    /// `on=2026-10-01` for a day that is over.
    on: String,
}

pub(crate) async fn page_of(req: Req) -> Answer {
    let index = shared::index(&req).await?;
    let params = Params::parse(&req.query);
    // the list below is what the map shows: open cases
    let open = Params::parse(&params.with("state", "open"));
    let open = Params::parse(&format!("{}&after={}", open.to_query(), params.get("after")));
    let asked = params.clone();
    let asked = req.read(move |ctx, tx| as_of::asked(ctx, tx, &asked, None)).await.or_fail(&req)?;
    let (lines, next) = list::lines(&req, &open, asked.day).await?;
    let as_of = AsOf::always(&req, &params, asked);
    let on = asked.day.map(|day| format!("on={day}")).unwrap_or_default();
    let map = CityMap::new(&index, None);
    page(&req, &MapPage { ui: req.ui(), params, map, lines, closed: false, next, as_of, on })
}

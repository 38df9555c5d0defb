//! What the pages share: choices for selects, histories, the end of a command.

use crate::index::PlaceIndex;
use crate::kept;
use crate::model::{SectionClass, SiteType, SourceCrs};
use kernel::coords::Point;
use kernel::problem::{Problem, Result};
use kernel::workflow::Named;
use std::sync::Arc;
use store::Tx;
use store::audit::HistoryLine;
use web::error::OrFail;
use web::parts::Line;
use web::{Answer, Req, Ui};

pub(crate) type Options = Vec<(String, String)>;

/// The index, for pages.
pub(crate) async fn index(req: &Req) -> Answer<Arc<PlaceIndex>> {
    kept::index(&req.city).await.or_fail(req)
}

/// Runs a command and makes the memories new.
pub(crate) async fn command<T, F>(req: &Req, work: F) -> Result<T>
where
    T: Send + 'static,
    F: FnOnce(&kernel::ctx::Ctx, &mut Tx<'_>, &PlaceIndex) -> Result<T> + Send + 'static,
{
    let index = kept::refresh(&req.city).await?;
    let done = req.write(move |ctx, tx| work(ctx, tx, &index)).await?;
    kept::refresh(&req.city).await?;
    Ok(done)
}

pub(crate) fn classes(ui: &Ui) -> Options {
    SectionClass::ALL.iter().map(|c| (c.code().to_owned(), ui.named("road-class", c.code()))).collect()
}

pub(crate) fn systems(ui: &Ui) -> Options {
    SourceCrs::ALL.iter().map(|c| (c.code().to_owned(), ui.named("crs", c.code()))).collect()
}

pub(crate) fn types(ui: &Ui, types: &[SiteType]) -> Options {
    types.iter().map(|t| (t.code.clone(), t.name(ui.locale()).to_owned())).collect()
}

/// Most divisions in a select; of larger cities only the upper levels are offered.
const MOST: usize = 600;

/// All divisions, indented by depth.
pub(crate) fn divisions(index: &PlaceIndex) -> Options {
    let all = index.divisions();
    let deepest = if all.len() > MOST { 3 } else { usize::MAX };
    all.iter()
        .filter(|node| node.depth() <= deepest)
        .map(|node| (node.code.to_string(), format!("{}{}", "　".repeat(node.depth()), node.name)))
        .collect()
}

/// The level of a division in words; a city's own word is shown as it is.
pub(crate) fn level(ui: &Ui, level: &str) -> String {
    ui.maybe(format!("division-level-{level}")).unwrap_or_else(|| level.to_owned())
}

/// The levels that can be chosen, with the city's own word where the division has one.
pub(crate) fn levels(ui: &Ui, current: &str) -> Options {
    const LEVELS: [&str; 7] = ["city", "county", "street", "town", "township", "community", "village"];
    let own = (!current.is_empty() && !LEVELS.contains(&current)).then_some(current);
    LEVELS.into_iter().chain(own).map(|code| (code.to_owned(), level(ui, code))).collect()
}

/// 1,224.05.
#[expect(
    clippy::cast_possible_truncation,
    reason = "the area of a city, in hundredths of a square kilometre"
)]
pub(crate) fn square_kilometres(square_metres: f64) -> String {
    let hundredths = (square_metres / 1e4).round() as i64;
    format!("{}.{:02}", web::show::number(hundredths / 100), hundredths % 100)
}

#[cfg(test)]
#[test]
fn an_area_has_its_thousands() {
    assert_eq!(square_kilometres(1_224_054_321.0), "1,224.05");
    assert_eq!(square_kilometres(5_000.0), "0.01");
}

/// A history, newest first.
pub(crate) fn history(ui: &Ui, lines: &[HistoryLine]) -> Vec<Line> {
    web::events::lines(ui, lines, look)
}

fn look(verb: &str) -> (&'static str, &'static str) {
    match verb.rsplit('.').next() {
        Some("created" | "made-of") => ("plus", "brand"),
        Some("retired") => ("archive", "late"),
        Some("split" | "joined") => ("git-fork", ""),
        Some("moved") => ("map-pin", ""),
        _ => ("pencil", ""),
    }
}

/// `98.289200,39.773200`, for the map's centre.
pub(crate) fn pair(point: Point) -> String {
    format!("{:.6},{:.6}", point.lng, point.lat)
}

pub(crate) fn metres(ui: &Ui, metres: f64) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "lengths of streets in metres")]
    let whole = metres.round() as i64;
    ui.ta("places-metres", [("metres", web::show::number(whole))])
}

/// A refusal that a form can show, or the problem itself.
pub(crate) fn refused(form: &web::Form, problem: Problem) -> std::result::Result<web::form::Filled, Problem> {
    web::form::Filled::refused(form, &problem).ok_or(problem)
}

//! 热力图: where problems are reported, counted in squares by the server; each square opens to its cases.

use crate::forms;
use crate::model::Source;
use crate::pages::shared;
use crate::pages::shown::{self, CityMap, Group};
use crate::policy::{Act, POLICY, city};
use crate::queries::{HeatFilter, places_of};
use axum::http::header;
use axum::response::IntoResponse;
use kernel::coords::Point;
use kernel::problem::{Problem, Result};
use kernel::time::{DAY, Date};
use kernel::workflow::Named;
use places::PlaceIndex;
use serde_json::json;
use sheets::{Cell, Column, Kind};
use std::collections::HashMap;
use std::fmt::Write as _;
use web::error::{OrFail, page};
use web::list::Params;
use web::{Answer, Req, Ui, export};

/// Sides of a square that can be chosen, in metres.
const SIDES: [u32; 4] = [100, 250, 500, 1000];
const SIDE: u32 = 250;
/// Days that are shown unless somebody says otherwise.
const DAYS: i64 = 90;
/// Squares in the table; the file has all.
const SHOWN: usize = 50;
/// Shades. One hue, lighter to darker: told apart by lightness, also by who does not see colours.
const SHADES: usize = 5;
/// Metres of a degree of latitude.
const DEGREE_M: f64 = 111_320.0;

/// What somebody asked for.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) filter: HeatFilter,
    pub(crate) side: u32,
}

/// A square with cases in it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Square {
    pub(crate) west: f64,
    pub(crate) south: f64,
    pub(crate) east: f64,
    pub(crate) north: f64,
    pub(crate) count: usize,
}

fn asked(req: &Req, params: &Params, desk: &crate::desk::Desk) -> Result<Asked> {
    let today = req.ctx.now.date();
    let day = |name: &'static str, default: Date| match params.get(name) {
        "" => Ok(default),
        text => text.parse().map_err(|_| Problem::field(name, "not-a-date")),
    };
    let (from, until) = (day("from", req.ctx.now.plus(-DAYS * DAY).date())?, day("until", today)?);
    if until < from {
        return Err(Problem::field("until", "before-start"));
    }
    let item =
        forms::item(&desk.catalogue, "item", params.get("item")).map_err(|e| Problem::invalid(vec![e]))?;
    let source = match params.get("source") {
        "" => None,
        text => Some(Source::parse(text).ok_or_else(|| Problem::field("source", "not-a-choice"))?),
    };
    let side = match params.get("side") {
        "" => SIDE,
        text => SIDES
            .into_iter()
            .find(|s| s.to_string() == text)
            .ok_or_else(|| Problem::field("side", "not-a-choice"))?,
    };
    Ok(Asked { filter: HeatFilter { from, until, item, source }, side })
}

/// Counts the places in squares of about so many metres, most first. The squares lie where they lie whatever is counted, so
/// that two maps can be compared.
fn squares(places: &[Point], side: u32, middle: f64) -> Vec<Square> {
    let tall = f64::from(side) / DEGREE_M;
    let wide = tall / middle.to_radians().cos().max(0.01);
    #[expect(
        clippy::cast_possible_truncation,
        reason = "degrees over a part of a thousandth stay far below 2^63"
    )]
    let at = |degrees: f64, step: f64| (degrees / step).floor() as i64;
    let mut counts: HashMap<(i64, i64), usize> = HashMap::new();
    for place in places {
        *counts.entry((at(place.lng, wide), at(place.lat, tall))).or_default() += 1;
    }
    #[expect(clippy::cast_precision_loss, reason = "they came from degrees")]
    let square = |((column, row), count): ((i64, i64), usize)| Square {
        west: round(column as f64 * wide),
        south: round(row as f64 * tall),
        east: round((column + 1) as f64 * wide),
        north: round((row + 1) as f64 * tall),
        count,
    };
    let mut squares: Vec<Square> = counts.into_iter().map(square).collect();
    squares.sort_by(|a, b| {
        b.count.cmp(&a.count).then(a.south.total_cmp(&b.south)).then(a.west.total_cmp(&b.west))
    });
    squares
}

/// As the address of a square's cases writes it, so that neighbours meet exactly: some ten micrometres.
fn round(degrees: f64) -> f64 {
    (degrees * 1e10).round() / 1e10
}

/// From how many cases on each shade begins, lightest first: as many squares in each as the counts allow.
fn shades(squares: &[Square]) -> Vec<usize> {
    let mut begins: Vec<usize> = Vec::new();
    for shade in 0..SHADES {
        // squares stand with most first
        let at = squares.len() - 1 - (squares.len() * shade / SHADES).min(squares.len() - 1);
        let Some(square) = squares.get(at) else { continue };
        if begins.last().is_none_or(|last| *last < square.count) {
            begins.push(square.count);
        }
    }
    begins
}

/// The shade of a count, from 1.
fn shade(begins: &[usize], count: usize) -> usize {
    begins.iter().filter(|begin| **begin <= count).count().max(1)
}

/// Where a square's cases are listed.
pub(crate) fn href(asked: &Asked, square: &Square, params: &Params) -> String {
    let mut href = format!(
        "/cases?only=standing&from={}&until={}&area={},{},{},{}",
        asked.filter.from, asked.filter.until, square.west, square.south, square.east, square.north
    );
    if let Some(item) = asked.filter.item {
        let _ = write!(href, "&item={item}");
    }
    if asked.filter.source.is_some() {
        let _ = write!(href, "&source={}", params.get("source"));
    }
    href
}

/// What lies in the middle of a square.
pub(crate) fn name(ui: &Ui, index: &PlaceIndex, square: &Square) -> String {
    let middle = Point {
        lng: f64::midpoint(square.west, square.east),
        lat: f64::midpoint(square.south, square.north),
    };
    let found = index.locate(middle);
    let division = index.division_name(found.division);
    let street = found.section.map(|s| s.name.to_string()).unwrap_or_default();
    match (division.is_empty(), street.is_empty()) {
        (true, true) => ui.t("statistics-none"),
        (true, false) => street,
        (false, true) => division,
        (false, false) => format!("{division} · {street}"),
    }
}

/// The latitude in whose measure squares are square: the middle of the city, the same for every map of it.
fn middle(index: &PlaceIndex) -> f64 {
    index.extent().map_or(35.0, |extent| extent.centre().lat)
}

#[derive(askama::Template)]
#[template(path = "cases/heat.html")]
struct HeatPage {
    ui: Ui,
    params: Params,
    map: CityMap,
    from: Date,
    until: Date,
    side: u32,
    sides: [u32; 4],
    groups: Vec<Group>,
    sources: Vec<(&'static str, String)>,
    lines: Vec<HeatLine>,
    legend: Vec<(usize, String)>,
    cases: usize,
    squares: usize,
    query: String,
}

struct HeatLine {
    name: String,
    count: usize,
    share: String,
    shade: usize,
    href: String,
}

/// What a map is made of.
pub(crate) async fn read(req: &Req, params: &Params) -> Answer<(Asked, Vec<Square>, usize)> {
    POLICY.somewhere(&req.ctx, Act::Statistics).then_some(()).ok_or_else(|| refused(req)).or_fail(req)?;
    let (desk, index) = (shared::desk(req).await?, shared::index(req).await?);
    let asked = asked(req, params, &desk).or_fail(req)?;
    let filter = asked.filter.clone();
    let places = req.read(move |ctx, tx| places_of(ctx, tx, &filter)).await.or_fail(req)?;
    let squares = squares(&places, asked.side, middle(&index));
    Ok((asked, squares, places.len()))
}

fn refused(req: &Req) -> Problem {
    POLICY.require(&req.ctx, Act::Statistics, &city(), true).err().unwrap_or_else(Problem::forbidden)
}

pub(crate) async fn page_of(req: Req) -> Answer {
    let params = Params::parse(&req.query);
    let (asked, squares, cases) = read(&req, &params).await?;
    let (desk, index) = (shared::desk(&req).await?, shared::index(&req).await?);
    let ui = req.ui();
    if let Some(kind) = export::kind(params.get("format")) {
        return exported(&req, &ui, &index, kind, &squares);
    }
    let begins = if squares.is_empty() { Vec::new() } else { shades(&squares) };
    let whole = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let line = |square: &Square| HeatLine {
        name: name(&ui, &index, square),
        count: square.count,
        share: ui.percent(whole(square.count), whole(cases)),
        shade: shade(&begins, square.count),
        href: href(&asked, square, &params),
    };
    let view = HeatPage {
        lines: squares.iter().take(SHOWN).map(line).collect(),
        legend: legend(&begins, squares.first().map_or(0, |s| s.count)),
        map: CityMap::new(&index, None),
        from: asked.filter.from,
        until: asked.filter.until,
        side: asked.side,
        sides: SIDES,
        groups: shown::groups(&desk.catalogue, false, ""),
        sources: shown::codes::<Source>(&ui, "source"),
        squares: squares.len(),
        query: params.filters(),
        cases,
        params,
        ui,
    };
    page(&req, &view)
}

/// "1–2", "3–5": what each shade stands for.
fn legend(begins: &[usize], most: usize) -> Vec<(usize, String)> {
    let ends = begins.iter().skip(1).map(|next| next - 1).chain([most]);
    let text =
        |begin: usize, end: usize| if begin == end { begin.to_string() } else { format!("{begin}–{end}") };
    begins.iter().zip(ends).enumerate().map(|(at, (begin, end))| (at + 1, text(*begin, end))).collect()
}

fn exported(req: &Req, ui: &Ui, index: &PlaceIndex, kind: sheets::FileKind, squares: &[Square]) -> Answer {
    let column = |key: &str, of: Kind| Column::new(ui.named("heat-column", key), of);
    let heads = [
        column("place", Kind::Text),
        column("count", Kind::Int),
        column("west", Kind::Real),
        column("south", Kind::Real),
        column("east", Kind::Real),
        column("north", Kind::Real),
    ];
    let rows = squares.iter().map(|s| {
        let sides = [s.west, s.south, s.east, s.north].map(Cell::Real);
        let mut row =
            vec![Cell::from(name(ui, index, s)), Cell::Int(i64::try_from(s.count).unwrap_or(i64::MAX))];
        row.extend(sides);
        row
    });
    export::answer(req, kind, &ui.t("heat-title"), &heads, rows)
}

/// `GET /geo/heat.json`: the squares as areas, with their shade.
pub(crate) async fn geo(req: Req) -> Answer {
    let params = Params::parse(&req.query);
    let (asked, squares, _) = read(&req, &params).await?;
    let index = shared::index(&req).await?;
    let ui = req.ui();
    let begins = if squares.is_empty() { Vec::new() } else { shades(&squares) };
    let feature = |s: &Square| {
        let ring =
            [[s.west, s.south], [s.east, s.south], [s.east, s.north], [s.west, s.north], [s.west, s.south]];
        // a fifth darker with each shade
        let weight = [0.22, 0.4, 0.58, 0.76, 0.92].get(shade(&begins, s.count) - 1).copied().unwrap_or(0.92);
        json!({
            "type": "Feature",
            "geometry": { "type": "Polygon", "coordinates": [ring] },
            "properties": {
                "layer": "grid", "state": "brand", "weight": weight, "title": ui.n("heat-cases", s.count),
                "text": name(&ui, &index, s), "href": href(&asked, s, &params),
            },
        })
    };
    let features: Vec<_> = squares.iter().map(feature).collect();
    let body = json!({ "type": "FeatureCollection", "features": features }).to_string();
    let fixed =
        [(header::CONTENT_TYPE, "application/geo+json"), (header::CACHE_CONTROL, "private, max-age=30")];
    Ok((fixed, body).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(lng: f64, lat: f64) -> Point {
        Point { lng, lat }
    }

    #[test]
    fn every_place_is_in_exactly_one_square_which_holds_it() {
        let places: Vec<Point> = (0..400)
            .map(|n| point(98.2 + f64::from(n % 20) * 0.0013, 39.7 + f64::from(n / 20) * 0.0011))
            .collect();
        for side in SIDES {
            let all = squares(&places, side, 39.8);
            assert_eq!(all.iter().map(|s| s.count).sum::<usize>(), places.len());
            for square in &all {
                let inside = |p: &&Point| {
                    (square.west..square.east).contains(&p.lng)
                        && (square.south..square.north).contains(&p.lat)
                };
                assert_eq!(places.iter().filter(inside).count(), square.count, "{side}: {square:?}");
            }
            assert!(all.windows(2).all(|two| two[0].count >= two[1].count));
        }
    }

    #[test]
    fn shades_begin_low_and_rise() {
        let of = |counts: &[usize]| {
            let square =
                |count: &usize| Square { west: 0.0, south: 0.0, east: 1.0, north: 1.0, count: *count };
            shades(&counts.iter().map(square).collect::<Vec<_>>())
        };
        assert_eq!(of(&[3]), [3]);
        let begins = of(&[50, 20, 9, 8, 4, 3, 2, 1, 1, 1]);
        assert_eq!(begins.first(), Some(&1));
        assert!(begins.is_sorted() && begins.len() > 2, "{begins:?}");
        assert_eq!(shade(&begins, 1), 1);
        assert_eq!(shade(&begins, 50), begins.len());
        let texts: Vec<String> = legend(&[1, 3, 8], 20).into_iter().map(|(_, text)| text).collect();
        assert_eq!(texts, ["1–2", "3–7", "8–20"]);
    }
}

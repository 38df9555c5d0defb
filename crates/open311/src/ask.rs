//! What a reader asks for: the parameters of `GET requests` and `GET servicerequestupdates`.

use crate::shapes::OTHER;
use cases::desk::Desk;
use cases::open;
use cases::queries::OpenFilter;
use kernel::coords::Point;
use kernel::geometry::{Bbox, distance_m};
use kernel::problem::{FieldError, Findings, Problem, Result};
use kernel::time::{DAY, Instant, parse_date};
use web::Form;

/// The longest time one question may span.
pub const SPAN: i64 = 90 * DAY;
/// Most requests of one answer, and how many there are when nothing is said.
pub const PER_PAGE: i64 = 1000;
/// How deep pages go; further back one asks by date.
const DEEPEST: i64 = 100_000;
/// Most numbers in one question.
const NUMBERS: usize = 200;
/// Widest circle, in metres.
const RADIUS_M: f64 = 10_000.0;

/// Which requests, and which page of them.
#[derive(Clone, Debug)]
pub struct Ask {
    pub filter: OpenFilter,
    pub skip: i64,
    pub per_page: i64,
    pub page: i64,
    /// Only within so many metres of a point.
    pub around: Option<(Point, f64)>,
    pub extended: bool,
}

/// W3C's dates: a day, or a moment with its offset.
pub fn w3c(name: &'static str, form: &Form, end: bool) -> std::result::Result<Option<Instant>, FieldError> {
    // an unescaped + has become a space
    let text = form.text(name).replace(' ', "+");
    if text.is_empty() {
        return Ok(None);
    }
    let day = |text: &str| {
        let start = Instant::start_of(parse_date(text)?);
        Some(if end { start.plus(DAY - 1) } else { start })
    };
    let sound = |at: &Instant| (0..=253_402_300_799_000_000).contains(&at.0);
    Instant::parse_rfc3339(&text)
        .or_else(|| day(&text))
        .filter(sound)
        .map(Some)
        .ok_or_else(|| FieldError::new(name, "not-w3c"))
}

/// From when to when. Nothing said: the last 90 days; one end said: 90 days from or to it.
pub fn span(form: &Form, now: Instant, findings: &mut Findings) -> (Instant, Instant) {
    let from = findings.take(w3c("start_date", form, false)).flatten();
    let until = findings.take(w3c("end_date", form, true)).flatten();
    let (from, until) = match (from, until) {
        (None, None) => (now.plus(-SPAN), now),
        (Some(from), None) => (from, from.plus(SPAN)),
        (None, Some(until)) => (until.plus(-SPAN), until),
        (Some(from), Some(until)) => {
            findings.check(from <= until, "end_date", "end-before-start");
            if until.0 - from.0 > SPAN {
                findings.add(FieldError::new("end_date", "span-too-long").arg("days", SPAN / DAY));
            }
            (from, until)
        }
    };
    (from, until)
}

fn list<'f>(form: &'f Form, name: &'f str) -> Vec<&'f str> {
    form.all(name).flat_map(|v| v.split(',')).map(str::trim).filter(|v| !v.is_empty()).collect()
}

impl Ask {
    pub fn read(form: &Form, desk: &Desk, now: Instant) -> Result<Self> {
        let mut findings = Findings::default();
        let page = findings.take(form.number::<i64>("page")).flatten().unwrap_or(1);
        let per_page = findings.take(form.number::<i64>("per_page")).flatten().unwrap_or(PER_PAGE);
        let pages = page >= 1 && (1..=PER_PAGE).contains(&per_page);
        findings.check(pages && page.saturating_mul(per_page) <= DEEPEST, "page", "page-too-far");
        let extended = form.ticked("extensions");
        let numbers: Vec<String> = list(form, "service_request_id").into_iter().map(str::to_owned).collect();
        let skip = page.saturating_sub(1).saturating_mul(per_page);
        if !numbers.is_empty() {
            findings.check(numbers.len() <= NUMBERS, "service_request_id", "too-many-numbers");
            findings.done()?;
            // the numbers override everything else
            let filter = OpenFilter { numbers, ..OpenFilter::default() };
            return Ok(Self { filter, skip, per_page, page, around: None, extended });
        }
        let (from, until) = span(form, now, &mut findings);
        let mut filter = OpenFilter { from: Some(from), until: Some(until), ..OpenFilter::default() };
        filter.over = findings.take(status(form)).flatten();
        filter.bbox = findings.take(bbox(form)).flatten();
        let around = findings.take(around(form)).flatten();
        if let Some((point, radius)) = around {
            filter.bbox = Bbox::around([point]).map(|b| b.grown(radius));
        }
        findings.done()?;
        for code in list(form, "service_code") {
            if code == OTHER {
                filter.no_item = true;
                continue;
            }
            let item = open::item(desk, code);
            filter.items.push(item.ok_or_else(|| Problem::new(404, "service-unknown").arg("code", code))?);
        }
        Ok(Self { filter, skip, per_page, page, around, extended })
    }

    /// Whether a place lies in the circle; true where none was asked for.
    pub fn reaches(&self, lng: Option<f64>, lat: Option<f64>) -> bool {
        let Some((centre, radius)) = self.around else { return true };
        lng.zip(lat).is_some_and(|(lng, lat)| distance_m(centre, Point::new(lng, lat)) <= radius)
    }
}

/// `Some(true)` for closed ones only; both words are the same as none.
fn status(form: &Form) -> std::result::Result<Option<bool>, FieldError> {
    let words = list(form, "status");
    if words.iter().any(|w| !matches!(*w, "open" | "closed")) {
        return Err(FieldError::new("status", "not-open-closed"));
    }
    let (open, closed) = (words.contains(&"open"), words.contains(&"closed"));
    Ok((open != closed).then_some(closed))
}

fn number(text: &str) -> Option<f64> {
    text.trim().parse::<f64>().ok().filter(|n| n.is_finite())
}

/// `west,south,east,north` in degrees.
pub fn bbox(form: &Form) -> std::result::Result<Option<Bbox>, FieldError> {
    let text = form.text("bbox");
    if text.is_empty() {
        return Ok(None);
    }
    let numbers: Option<Vec<f64>> = text.split(',').map(number).collect();
    match numbers.as_deref() {
        Some(&[west, south, east, north]) if west <= east && south <= north => {
            Ok(Some(Bbox { west, south, east, north }))
        }
        _ => Err(FieldError::new("bbox", "not-a-box")),
    }
}

fn around(form: &Form) -> std::result::Result<Option<(Point, f64)>, FieldError> {
    let given = ["lat", "long", "radius"].map(|name| form.text(name));
    if given.iter().all(|t| t.is_empty()) {
        return Ok(None);
    }
    let [lat, lng, radius] = given.map(number);
    let radius = if form.text("radius").is_empty() { Some(500.0) } else { radius };
    let point = lng.zip(lat).and_then(|(lng, lat)| Point::checked(lng, lat));
    match point.zip(radius) {
        Some((point, radius)) if (0.0..=RADIUS_M).contains(&radius) => Ok(Some((point, radius))),
        _ => Err(FieldError::new("radius", "not-a-circle")),
    }
}

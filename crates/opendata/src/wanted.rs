//! What a reader asks for: the parameters of `…/items`. What is not known is refused, as the standard has it.

use crate::collection::Collection;
use crate::shape::Axes;
use kernel::geometry::Bbox;
use kernel::problem::{FieldError, Findings, Result};
use kernel::time::{DAY, Instant, parse_date};
use web::Form;

#[derive(Clone, Debug)]
pub struct Wanted {
    pub bbox: Option<Bbox>,
    pub from: Option<Instant>,
    pub until: Option<Instant>,
    pub limit: usize,
    pub axes: Axes,
    /// Facts and what they must be.
    pub facts: Vec<(String, String)>,
    pub after: String,
}

/// How many items there are when nothing is said, and at most: a larger `limit` means this.
pub const USUAL: usize = 100;
pub const MOST: usize = 1000;

const OWN: [&str; 7] = ["bbox", "bbox-crs", "datetime", "limit", "crs", "after", "f"];

impl Wanted {
    pub fn read(form: &Form, of: &Collection) -> Result<Self> {
        let mut findings = Findings::default();
        let mut facts = Vec::new();
        for (name, value) in form.fields() {
            if of.filters.contains(&name) {
                facts.push((name.to_owned(), value.trim().to_owned()));
            } else if !OWN.contains(&name) {
                findings.add(FieldError::new(name.to_owned(), "not-a-parameter"));
            }
        }
        let axes = findings.take(axes(form, "crs")).unwrap_or_default();
        let box_axes = findings.take(axes_of_box(form)).unwrap_or_default();
        let limit = findings.take(form.number::<usize>("limit")).flatten().unwrap_or(USUAL);
        findings.check(limit >= 1, "limit", "not-a-number");
        let bbox = findings.take(bbox(form.text("bbox"), box_axes)).flatten();
        let (from, until) = findings.take(datetime(form.text("datetime"))).unwrap_or_default();
        findings.done()?;
        let after = form.text("after").to_owned();
        Ok(Self { bbox, from, until, limit: limit.min(MOST), axes, facts, after })
    }
}

pub fn axes(form: &Form, name: &'static str) -> std::result::Result<Axes, FieldError> {
    Axes::parse(form.text(name)).ok_or_else(|| FieldError::new(name, "not-a-crs"))
}

fn axes_of_box(form: &Form) -> std::result::Result<Axes, FieldError> {
    axes(form, "bbox-crs")
}

/// Four numbers, or six with heights, which are passed over.
fn bbox(text: &str, axes: Axes) -> std::result::Result<Option<Bbox>, FieldError> {
    if text.is_empty() {
        return Ok(None);
    }
    let number = |t: &str| t.trim().parse::<f64>().ok().filter(|n| n.is_finite());
    let numbers: Option<Vec<f64>> = text.split(',').map(number).collect();
    let corners = match numbers.as_deref() {
        Some(&[a, b, c, d] | &[a, b, _, c, d, _]) => Some((a, b, c, d)),
        _ => None,
    };
    let found = corners.map(|(a, b, c, d)| match axes {
        Axes::LngLat => Bbox { west: a, south: b, east: c, north: d },
        Axes::LatLng => Bbox { west: b, south: a, east: d, north: c },
    });
    // the city does not lie on the 180th meridian, and neither does a box around it
    let sound = |b: &Bbox| b.west <= b.east && b.south <= b.north;
    found.filter(sound).map(Some).ok_or_else(|| FieldError::new("bbox", "not-an-extent"))
}

type Span = (Option<Instant>, Option<Instant>);

/// A moment, or `from/until` where either may be `..`; days count whole.
fn datetime(text: &str) -> std::result::Result<Span, FieldError> {
    let text = text.replace(' ', "+");
    let wrong = || FieldError::new("datetime", "not-a-span");
    let one = |part: &str, end: bool| match part {
        "" | ".." => Ok(None),
        part => {
            let day = || {
                let start = Instant::start_of(parse_date(part)?);
                Some(if end { start.plus(DAY - 1) } else { start })
            };
            let sound = |at: &Instant| (0..=253_402_300_799_000_000).contains(&at.0);
            Instant::parse_rfc3339(part).or_else(day).filter(sound).map(Some).ok_or_else(wrong)
        }
    };
    if text.is_empty() {
        return Ok((None, None));
    }
    let (from, until) = match text.split_once('/') {
        Some((from, until)) => (one(from, false)?, one(until, true)?),
        None if text == ".." => return Err(wrong()),
        None => (one(&text, false)?, one(&text, true)?),
    };
    if from.zip(until).is_some_and(|(from, until)| from > until) {
        return Err(wrong());
    }
    Ok((from, until))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collection::SECTIONS;

    fn read(query: &str) -> Result<Wanted> {
        Wanted::read(&Form::from_query(query).unwrap(), &SECTIONS)
    }

    #[test]
    fn questions_are_read_strictly() {
        let w = read("bbox=98,39,99,40&street=%E6%96%B0%E5%8D%8E%E8%B7%AF&limit=5000&datetime=2026-01-01/..")
            .unwrap();
        assert_eq!((w.limit, w.until), (MOST, None));
        assert_eq!(w.facts, [("street".to_owned(), "新华路".to_owned())]);
        let turned = read(&format!("bbox=39,98,40,99&bbox-crs={}", crate::shape::EPSG4490)).unwrap();
        assert_eq!(turned.bbox, w.bbox);
        for bad in [
            "colour=red",
            "bbox=1,2",
            "bbox=2,2,1,1",
            "limit=0",
            "limit=-1",
            "datetime=..",
            "datetime=2026-02-01/2026-01-01",
            "datetime=never",
            "crs=EPSG:3857",
        ] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }
}

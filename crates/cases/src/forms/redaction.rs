//! What is taken out of pictures and words.

use crate::commands::{NewCover, NewStrikes, Shows};
use crate::model::{CoverArea, CoverLook, Strikes};
use kernel::problem::{Findings, Problem, Result};
use kernel::workflow::Named;
use web::Form;

/// Rectangles that the form offers; a page with script hides those that are empty.
pub(crate) const AREA_ROWS: usize = 12;

/// A share of a side in per cent, as a person writes it, in ten-thousandths.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "looked at before")]
fn share(percent: f64) -> Option<u32> {
    (0.0..=100.0).contains(&percent).then(|| (percent * 100.0).round() as u32)
}

fn area(form: &Form, n: usize, findings: &mut Findings) -> Option<CoverArea> {
    let text = |name: &str| form.text(&format!("{name}_{n}")).replace(',', ".");
    let sides = ["x", "y", "w", "h"].map(text);
    if sides.iter().all(String::is_empty) {
        return None;
    }
    let [left, top, wide, high] = sides.map(|t| t.parse().ok().and_then(share));
    let (Some(x), Some(y), Some(width), Some(height)) = (left, top, wide, high) else {
        findings.check(false, "areas", "not-a-rectangle");
        return None;
    };
    let pixels = CoverLook::parse(form.text(&format!("look_{n}"))) == Some(CoverLook::Pixels);
    Some(CoverArea { x, y, width, height, pixels })
}

/// # Errors
/// 422 at `areas` for a row that is no rectangle, at `shows` for nothing chosen.
pub(crate) fn cover(form: &Form) -> Result<NewCover> {
    let mut findings = Findings::default();
    let areas = (1..=AREA_ROWS).filter_map(|n| area(form, n, &mut findings)).collect();
    let shows = findings.take(form.choice::<Shows>("shows")).flatten();
    findings.check(shows.is_some(), "shows", "required");
    findings.done()?;
    Ok(NewCover {
        areas,
        shows: shows.unwrap_or(Shows::Other),
        from_unit: form.ticked("from_unit"),
        note: form.text("note").to_owned(),
    })
}

/// # Errors
/// 422 at `strike` for places that nobody offered.
pub(crate) fn strikes(form: &Form) -> Result<NewStrikes> {
    let mut places = Strikes::default();
    for text in form.all("strike") {
        let known: Strikes = text.parse().map_err(|()| Problem::field("strike", "not-a-choice"))?;
        places.join(&known);
    }
    let words = form.text("words").lines().map(str::trim).filter(|l| !l.is_empty());
    Ok(NewStrikes { places, words: words.map(str::to_owned).collect(), note: form.text("note").to_owned() })
}

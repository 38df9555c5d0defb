//! What the public home page says of cases.

use crate::model::PhotoKind;
use crate::pages::shown::Masked;
use crate::queries::{self, Figures};
use crate::units::Names;
use ::store::files::FileState;
use kernel::ctx::{CityCode, Ctx};
use kernel::problem::Result;
use kernel::time::{Instant, MINUTE};
use parking_lot::Mutex;
use std::collections::HashMap;
use std::sync::LazyLock;
use store::Tx;
use web::HomeTile;
use web::feature::{HomeCard, HomeValue};
use web::parts::Photo;

/// The month's figures by city, for a minute: they are the same for every visitor, and counting them reads the month.
static KEPT: LazyLock<Mutex<HashMap<CityCode, (Instant, Figures)>>> = LazyLock::new(Mutex::default);

fn figures(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Figures> {
    let now = ctx.now;
    let fresh = |at: Instant| (0..MINUTE).contains(&(now.0 - at.0));
    if let Some((_, figures)) = KEPT.lock().get(&ctx.city).filter(|(at, _)| fresh(*at)) {
        return Ok(*figures);
    }
    let figures = queries::figures(tx)?;
    KEPT.lock().insert(ctx.city.clone(), (now, figures));
    Ok(figures)
}

pub(crate) fn tiles(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Vec<HomeTile>> {
    let f = figures(ctx, tx)?;
    let tile = |key, value, href, mood| HomeTile { key, value, href, mood };
    Ok(vec![
        tile("home-cases-reported", HomeValue::Count(f.reported), "/public/cases", ""),
        tile("home-cases-solved", HomeValue::Count(f.solved), "/public/cases?state=solved", "ok"),
        tile("home-cases-on-time", HomeValue::Rate(f.on_time, f.due), "/public/cases?state=solved", ""),
    ])
}

/// What was put right last: of so many, the first three that can be seen, before and after.
const LOOKED_AT: i64 = 12;
const LATEST: usize = 3;

pub(crate) fn latest(_: &Ctx, tx: &mut Tx<'_>) -> Result<Vec<HomeCard>> {
    let solved = queries::solved_lately(tx, LOOKED_AT)?;
    let units = Names::of(tx, solved.iter().map(|c| c.lead_unit))?;
    let mut cards = Vec::with_capacity(solved.len());
    for case in solved {
        let title = Masked::of(&case.strikes, &case.title, "", &case.address).title;
        let shots: Vec<_> = queries::shots(tx, case.id)?.into_iter().map(queries::Shot::covered).collect();
        let picture = |kind: PhotoKind| {
            let shot = shots.iter().find(|s| s.photo.kind == kind && s.state == FileState::Ready)?;
            let id = shot.photo.id;
            let (href, thumb) = (format!("/photos/{id}/full"), format!("/photos/{id}/thumb"));
            Some(Photo { href, thumb, alt: title.clone(), caption: String::new() })
        };
        let (before, after) = (picture(PhotoKind::Before), picture(PhotoKind::After));
        let text = units.get(case.lead_unit).to_owned();
        if before.is_none() || after.is_none() {
            continue;
        }
        cards.push(HomeCard { text, href: format!("/public/cases/{}", case.number), before, after, title });
    }
    cards.truncate(LATEST);
    Ok(cards)
}

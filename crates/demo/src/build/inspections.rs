//! Inspections of the past half year and the one that is under way, through the commands that people use; and the points of types that
//! the town's own plan has not: some eight hundred, beside its streets and in its communities, with the town's own names.

use super::system;
use crate::dice::Dice;
use ::inspections::commands;
use ::inspections::model::{Draft, Inspection, Method};
use kernel::coords::Point;
use kernel::ctx::Ctx;
use kernel::problem::Result;
use kernel::time::{DAY, HOUR, Instant};
use places::PlaceIndex;
use places::commands::create_site;
use places::model::{Section, SiteDraft, SourceCrs};
use places::queries::{SectionFilter, sections, site_types};
use std::collections::BTreeMap;
use store::Tx;
use web::City;

/// Types of point that stand beside streets: code, how many in all, what the name ends with.
const BESIDE: [(&str, usize, &str); 20] = [
    ("bus", 40, "公交车（随车）"),
    ("taxi", 20, "出租车候客处"),
    ("small_venue", 90, "理发店"),
    ("restaurant", 120, "小吃店"),
    ("bookshop", 12, "书店"),
    ("travel_agency", 12, "旅行社门市"),
    ("tax_hall", 4, "办税厅"),
    ("border_hall", 1, "出入境办证大厅"),
    ("after_school", 40, "培训中心"),
    ("youth_centre", 4, "青少年活动中心"),
    ("counselling", 16, "心理健康辅导站"),
    ("hoarding", 60, "施工围挡"),
    ("shelter", 14, "应急避难场所"),
    ("relief", 1, "救助管理站"),
    ("consumer_rights", 6, "消费维权站"),
    ("labour_rights", 6, "劳动维权站"),
    ("drug_report", 4, "药品举报受理点"),
    ("toilet", 60, "公厕"),
    ("pharmacy", 60, "药店"),
    ("bus_stop", 120, "公交站台"),
];
/// Types of point of which each community and village has one.
const EACH: [(&str, &str); 2] = [("science", "科普活动室"), ("street_culture", "综合文化站")];

/// Makes points and inspections; how many of both. Two inspections have ended, one is under way.
pub fn hold(city: &City, seed: u64, now: Instant) -> Result<(usize, usize)> {
    let mut dice = Dice::of(seed, "inspections");
    let ctx = system(city, now.plus(-300 * DAY));
    let made = city.db().write_now(&ctx.clone(), move |tx| more_sites(&ctx, tx, seed))?;
    places::kept::refresh_now(city)?;
    let plans = [(-170, "第一季度实地考察"), (-80, "第二季度实地考察"), (-2, "第三季度实地考察")];
    for (n, (days, name)) in plans.into_iter().enumerate() {
        let value = format!("福彩3D {} {} {}", dice.below(10), dice.below(10), dice.below(10));
        one(city, now.plus(days * DAY), &mut dice, (name, &value), n + 1 < plans.len())?;
    }
    Ok((made, plans.len()))
}

fn more_sites(ctx: &Ctx, tx: &mut Tx<'_>, seed: u64) -> Result<usize> {
    places::setup::site_types(ctx, tx)?;
    let mut dice = Dice::of(seed, "more-sites");
    let index = PlaceIndex::load(tx, ctx.now.date())?;
    // all of them: the points are spread over the whole town
    let streets = sections(tx, &SectionFilter::default(), None, 10_000)?.rows;
    let mut made = 0;
    for (kind, count, ending) in BESIDE {
        for n in 0..count {
            let section = dice.pick(&streets);
            let at = beside(&mut dice, section);
            made += usize::from(put(
                ctx,
                tx,
                &index,
                (kind, format!("{}{ending}{}", section.street, n + 1)),
                at,
            )?);
        }
    }
    let below = index.divisions().iter().filter(|d| matches!(&*d.level, "community" | "village"));
    let homes: Vec<String> = below.map(|d| d.name.to_string()).collect();
    for (kind, ending) in EACH {
        for home in &homes {
            let section = dice.pick(&streets);
            let at = beside(&mut dice, section);
            made += usize::from(put(ctx, tx, &index, (kind, format!("{home}{ending}")), at)?);
        }
    }
    Ok(made)
}

/// A place beside a section, up to some 40 metres from its middle line.
fn beside(dice: &mut Dice, section: &Section) -> Point {
    let on = section.line.point_at(dice.real(0.0, section.length_m));
    let aside = |dice: &mut Dice| dice.real(-0.000_35, 0.000_35);
    let round = |degrees: f64| (degrees * 1e6).round() / 1e6;
    Point::new(round(on.lng + aside(dice)), round(on.lat + aside(dice)))
}

/// Whether it was made: what lies outside the city's line is left out.
fn put(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    index: &PlaceIndex,
    (kind, name): (&str, String),
    point: Point,
) -> Result<bool> {
    if !index.inside_city(point) {
        return Ok(false);
    }
    let draft = SiteDraft {
        code: None,
        name,
        type_code: kind.to_owned(),
        point,
        crs: SourceCrs::Cgcs2000,
        accuracy_m: Some(10.0),
        address: None,
        unit_id: index.governing(index.locate(point).division),
    };
    create_site(ctx, tx, index, draft)?;
    Ok(true)
}

fn draft(tx: &mut Tx<'_>, name: &str, from: Instant) -> Result<Draft> {
    let amounts: BTreeMap<String, i64> = site_types(tx)?.into_iter().map(|t| (t.code, 1)).collect();
    Ok(Draft {
        name: format!("{name}（{}）", crate::MARK),
        from_date: from.date(),
        until_date: from.plus(4 * DAY).date(),
        method: Method::Total,
        amounts,
        total: 78,
        by_division: true,
        exclude_months: 6,
        second_percent: 10,
        public_source: "抽样当日福彩 3D 开奖号码".to_owned(),
    })
}

fn one(city: &City, begins: Instant, dice: &mut Dice, (name, value): (&str, &str), over: bool) -> Result<()> {
    let index = places::kept::refresh_now(city)?;
    let mut secret = [0; 32];
    for part in secret.chunks_mut(8) {
        part.copy_from_slice(&dice.bits().to_be_bytes());
    }
    let at = |after: i64| system(city, begins.plus(after));
    let ctx = at(-3 * DAY);
    let name = name.to_owned();
    let bound: Inspection = city.db().write_now(&ctx.clone(), move |tx| {
        let draft = draft(tx, &name, begins)?;
        let planned = commands::plan(&ctx, tx, draft)?;
        commands::commit(&ctx, tx, &index, (&planned.number, planned.version), &secret)
    })?;
    let (ctx, value) = (at(-12 * HOUR), value.to_owned());
    let drawn = city.db().write_now(&ctx.clone(), move |tx| {
        commands::draw(&ctx, tx, (&bound.number, bound.version), &value, "市纪委监委 见证人（演示）")
    })?;
    let ctx = at(9 * HOUR);
    let index = places::kept::refresh_now(city)?;
    let begun = city.db().write_now(&ctx.clone(), move |tx| {
        let begun = commands::start(&ctx, tx, (&drawn.number, drawn.version))?;
        let begun = sent(&ctx, tx, &index, begun)?;
        replaced(&ctx, tx, &index, begun)
    })?;
    if over {
        let ctx = at(4 * DAY + 18 * HOUR);
        city.db().write_now(&ctx.clone(), move |tx| {
            commands::end(&ctx, tx, (&begun.number, begun.version)).map(drop)
        })?;
    }
    Ok(())
}

/// One point was closed, where its stratum has another.
fn replaced(ctx: &Ctx, tx: &mut Tx<'_>, index: &PlaceIndex, begun: Inspection) -> Result<Inspection> {
    let whole = ::inspections::queries::whole(ctx, tx, &begun.number)?;
    let record = whole.record()?;
    let stratum = record.strata.iter().find(|s| !s.reserves.is_empty() && !s.drawn.is_empty());
    let Some(out) = stratum.and_then(|s| s.drawn.first()) else { return Ok(begun) };
    let which = (begun.number.as_str(), begun.version);
    commands::replace(ctx, tx, index, which, out, "闭店装修，大门上锁").map(|(after, _)| after)
}

/// All inspectors of the city are sent, where there are two at least.
fn sent(ctx: &Ctx, tx: &mut Tx<'_>, index: &PlaceIndex, begun: Inspection) -> Result<Inspection> {
    let holders = ::people::queries::holders_of(tx, kernel::policy::Role::Inspector)?;
    let wanted: Vec<commands::Wanted> =
        holders.into_iter().map(|h| commands::Wanted { person: h.id, division: None }).collect();
    if wanted.len() < 2 {
        return Ok(begun);
    }
    commands::send(ctx, tx, index, (&begun.number, begun.version), &wanted)
}

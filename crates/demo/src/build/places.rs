//! Divisions, streets, sites, grid, calendar; and who has adopted which stretch.

use super::Made;
use super::people::Folk;
use crate::facts;
use crate::town::{RoadClass, Town};
use kernel::coords::Point;
use kernel::ctx::{Ctx, Unit};
use kernel::geometry::Line;
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use places::model::{Section, SectionClass, SourceCrs};
use places::setup::{HOLIDAYS, HOLIDAYS_SOURCE};
use places::{PlaceIndex, commands, import, queries};
use serde_json::json;
use std::fmt::Write;
use store::Tx;
use web::City;

/// Returns the sections' ids in the order of the town's list.
pub(super) fn lay_out(
    city: &City,
    ctx: &Ctx,
    town: &Town,
    folk: &Folk,
    made: &mut Made,
) -> Result<Vec<Id<Section>>> {
    let divisions = divisions_csv();
    let areas = areas_geojson(town);
    let founding_ctx = ctx.clone();
    let founded = city.db().write_now(ctx, move |tx| {
        let founding = places::setup::Founding {
            divisions: &divisions,
            areas: &areas,
            arrangements: &[HOLIDAYS],
            source: HOLIDAYS_SOURCE,
        };
        places::setup::city(&founding_ctx, tx, &founding)
    })?;
    made.divisions = usize::try_from(founded.divisions.accepted).unwrap_or(0);
    refused(made, "division", &founded.divisions);
    refused(made, "area", &founded.areas);

    let governed: Vec<(String, Id<Unit>)> = town
        .units
        .iter()
        .enumerate()
        .filter_map(|(n, u)| Some((u.division.clone()?, folk.unit(n).ok()?)))
        .collect();
    let (work_ctx, map) = (ctx.clone(), town.clone());
    let units: Vec<Id<Unit>> = (0..town.units.len()).map(|n| folk.unit(n)).collect::<Result<_>>()?;
    let cells = cells_geojson(town);
    let (sections, sites, grid) = city.db().write_now(ctx, move |tx| {
        let ctx = &work_ctx;
        for (code, unit) in governed {
            let division = queries::division_by_code(tx, &code)?;
            let draft = commands::DivisionDraft {
                name: division.name.clone(),
                level: division.level.clone(),
                unit_id: Some(unit),
                area: None,
            };
            commands::edit_division(ctx, tx, &code, division.version, draft)?;
        }
        let index = PlaceIndex::load(tx, ctx.now.date())?;
        let sections = lay_sections(ctx, tx, &index, &map)?;
        let grid = import::import(
            ctx,
            tx,
            import::Register::Grids,
            cells.as_bytes(),
            &import::Options::new(SourceCrs::Cgcs2000),
        )?;
        let index = PlaceIndex::load(tx, ctx.now.date())?;
        let sites = lay_sites(ctx, tx, &index, &map, &units)?;
        Ok((sections, sites, grid))
    })?;
    (made.sections, made.sites) = (sections.len(), sites);
    refused(made, "grid", &grid);
    Ok(sections)
}

fn refused(made: &mut Made, what: &str, report: &sheets::Report) {
    made.refused
        .extend(report.refused.iter().map(|r| format!("{what} row {}: {} {}", r.row, r.field, r.reason)));
}

fn lay_sections(ctx: &Ctx, tx: &mut Tx<'_>, index: &PlaceIndex, town: &Town) -> Result<Vec<Id<Section>>> {
    let mut ids = Vec::with_capacity(town.sections.len());
    for section in &town.sections {
        let points: Vec<Point> = section.line.iter().map(|p| Point { lng: p[0], lat: p[1] }).collect();
        let draft = places::model::SectionDraft {
            code: Some(section.code.clone()),
            street: section.street_name.clone(),
            from_crossing: section.from_crossing.clone(),
            to_crossing: section.to_crossing.clone(),
            class: match section.class {
                RoadClass::Main => SectionClass::Trunk,
                RoadClass::Secondary => SectionClass::Secondary,
                RoadClass::Branch => SectionClass::Branch,
                RoadClass::Lane => SectionClass::BackStreet,
            },
            line: Line::new(points).map_err(Problem::internal)?,
            crs: SourceCrs::Cgcs2000,
            accuracy_m: Some(5.0),
            valid_from: Some(ctx.now.date()),
        };
        ids.push(commands::create_section(ctx, tx, index, draft)?.id);
    }
    Ok(ids)
}

fn lay_sites(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    index: &PlaceIndex,
    town: &Town,
    units: &[Id<Unit>],
) -> Result<usize> {
    for kind in crate::town::SITE_TYPES {
        commands::save_site_type(
            ctx,
            tx,
            commands::TypeDraft {
                code: kind.code.to_owned(),
                name_zh: kind.zh.to_owned(),
                name_en: kind.en.to_owned(),
                words: String::new(),
                active: true,
            },
        )?;
    }
    for site in &town.sites {
        let draft = places::model::SiteDraft {
            code: Some(site.code.clone()),
            name: site.name.clone(),
            type_code: site.kind.clone(),
            point: Point { lng: site.at[0], lat: site.at[1] },
            crs: SourceCrs::Cgcs2000,
            accuracy_m: Some(5.0),
            address: Some(site.address.clone()),
            unit_id: units.get(site.unit).copied(),
        };
        commands::create_site(ctx, tx, index, draft)?;
    }
    Ok(town.sites.len())
}

pub(super) fn adopt(
    city: &City,
    ctx: &Ctx,
    town: &Town,
    sections: &[Id<Section>],
    folk: &Folk,
    made: &mut Made,
) -> Result<()> {
    let mut rows = Vec::with_capacity(town.adoptions.len());
    for row in &town.adoptions {
        let section = sections.get(row.section).copied();
        rows.push(streets::setup::Row {
            section: section.ok_or_else(|| Problem::internal("an adoption without a section"))?,
            from_m: row.from_m,
            to_m: row.to_m,
            unit: folk.unit(row.unit)?,
            leader: row.leader.clone(),
            phone: row.phone.clone(),
            from: day(row.from)?,
            // ours counts the last day, the plan's the first day after
            until: row.until.map(|d| day(d.plus(-1))).transpose()?,
        });
    }
    made.adoptions = rows.len();
    let work_ctx = ctx.clone();
    city.db().write_now(ctx, move |tx| streets::setup::adopt_all(&work_ctx, tx, &rows))?;
    Ok(())
}

fn day(day: crate::when::Day) -> Result<kernel::time::Date> {
    day.to_string().parse().map_err(Problem::internal)
}

fn divisions_csv() -> String {
    let mut out = "code,name,level,parent\n".to_owned();
    for d in facts::divisions() {
        let _ = writeln!(out, "{},{},{},{}", d.code, d.name, d.level, d.parent.unwrap_or_default());
    }
    out
}

fn areas_geojson(town: &Town) -> String {
    let features: Vec<_> = town
        .divisions
        .iter()
        .filter_map(|d| {
            // slivers that rounding has flattened are no area
            let area: Vec<Vec<_>> = d
                .area
                .iter()
                .filter(|p| p.first().is_some_and(|outer| outer.len() >= 4))
                .map(|p| p.iter().filter(|ring| ring.len() >= 4).collect())
                .collect();
            (!area.is_empty()).then_some((d, area))
        })
        .map(|(d, area)| {
            json!({"type": "Feature", "properties": {"code": d.code, "name": d.name, "level": d.level, "parent": d.parent},
                   "geometry": {"type": "MultiPolygon", "coordinates": area}})
        })
        .collect();
    json!({"type": "FeatureCollection", "features": features}).to_string()
}

fn cells_geojson(town: &Town) -> String {
    let features: Vec<_> = town
        .cells
        .iter()
        .map(|c| {
            json!({"type": "Feature", "properties": {"code": c.code},
                   "geometry": {"type": "Polygon", "coordinates": [c.ring]}})
        })
        .collect();
    json!({"type": "FeatureCollection", "features": features}).to_string()
}

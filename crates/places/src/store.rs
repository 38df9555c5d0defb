//! All statements that change places or read them whole. Read models for pages are in [`crate::queries`].

use crate::model::{Division, GridCell, Section, Site, SiteType};
use kernel::calendar::{Arrangement, DayKind};
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::time::{Date, Instant};
use names::Kind;
use store::{Tx, sql};

/// What is counted: each has a row whose number grows with every change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Counter {
    Places,
    Calendar,
}

impl Counter {
    fn name(self) -> &'static str {
        match self {
            Counter::Places => "places",
            Counter::Calendar => "calendar",
        }
    }
}

/// Says that something changed, so that memories of it are made new.
pub(crate) fn touch(tx: &mut Tx<'_>, counter: Counter) -> Result<()> {
    tx.exec(
        sql!(
            "insert into place_version (name, version) values ($1, 1)
              on conflict (name) do update set version = place_version.version + 1"
        ),
        &[&counter.name()],
    )
    .map(drop)
}

/// How often places and calendar have changed.
pub(crate) fn versions(tx: &mut Tx<'_>) -> Result<(i64, i64)> {
    let rows = tx.all(sql!((String, i64): "select name, version from place_version"), &[])?;
    let of = |counter: Counter| rows.iter().find(|(name, _)| name == counter.name()).map_or(0, |(_, n)| *n);
    Ok((of(Counter::Places), of(Counter::Calendar)))
}

pub(crate) fn all_divisions(tx: &mut Tx<'_>) -> Result<Vec<Division>> {
    tx.all(sql!(Division: "select {*} from division order by code"), &[])
}

pub(crate) fn division(tx: &mut Tx<'_>, id: Id<Division>) -> Result<Option<Division>> {
    tx.one(sql!(Division: "select {*} from division where id = $1"), &[&id])
}

pub(crate) fn division_by_code(tx: &mut Tx<'_>, code: &str) -> Result<Option<Division>> {
    tx.one(sql!(Division: "select {*} from division where code = $1"), &[&code])
}

/// What sections, sites and divisions are called.
pub(crate) fn called(tx: &mut Tx<'_>, kind: Kind) -> Result<Vec<(i64, String)>> {
    match kind {
        Kind::Street => tx.all(sql!((i64, String): "select id, street from section"), &[]),
        Kind::Site => tx.all(sql!((i64, String): "select id, name from site"), &[]),
        Kind::Division => tx.all(sql!((i64, String): "select id, name from division"), &[]),
        Kind::Unit => Ok(Vec::new()),
    }
}

pub(crate) fn all_cells(tx: &mut Tx<'_>) -> Result<Vec<GridCell>> {
    tx.all(sql!(GridCell: "select {*} from grid_cell order by code"), &[])
}

pub(crate) fn cell_exists(tx: &mut Tx<'_>, code: &str) -> Result<bool> {
    Ok(tx.value(sql!((i64,): "select count(*) from grid_cell where code = $1"), &[&code])? > 0)
}

/// Sections that are there on `today`, in order of their numbers.
pub(crate) fn sections_in_force(tx: &mut Tx<'_>, today: Date) -> Result<Vec<Section>> {
    tx.all(
        sql!(Section: "select {*} from section
             where valid_from <= $1 and (valid_until is null or valid_until > $1) order by serial"),
        &[&today],
    )
}

pub(crate) fn section(tx: &mut Tx<'_>, id: Id<Section>) -> Result<Option<Section>> {
    tx.one(sql!(Section: "select {*} from section where id = $1"), &[&id])
}

pub(crate) fn section_by_number(tx: &mut Tx<'_>, number: &str) -> Result<Option<Section>> {
    tx.one(sql!(Section: "select {*} from section where number = $1"), &[&number])
}

/// Another section with this code, or one in force of the same street between the same crossings.
pub(crate) fn twin_section(tx: &mut Tx<'_>, section: &Section) -> Result<Option<Section>> {
    let code = section.code.clone().unwrap_or_default();
    tx.one(
        sql!(Section: "select {*} from section where id <> $1 and (code = $2 or (valid_until is null and street = $3
             and ((from_crossing = $4 and to_crossing = $5) or (from_crossing = $5 and to_crossing = $4)))) limit 1"),
        &[&section.id, &code, &section.street, &section.from_crossing, &section.to_crossing],
    )
}

pub(crate) fn add_lineage(
    tx: &mut Tx<'_>,
    old: Id<Section>,
    new: Id<Section>,
    old_m: (f64, f64),
    new_from_m: f64,
) -> Result<()> {
    tx.exec(
        sql!("insert into section_lineage (old_id, new_id, old_from_m, old_to_m, new_from_m) values ($1, $2, $3, $4, $5)"),
        &[&old, &new, &old_m.0, &old_m.1, &new_from_m],
    )
    .map(drop)
}

pub(crate) fn site(tx: &mut Tx<'_>, id: Id<Site>) -> Result<Option<Site>> {
    tx.one(sql!(Site: "select {*} from site where id = $1"), &[&id])
}

pub(crate) fn site_by_number(tx: &mut Tx<'_>, number: &str) -> Result<Option<Site>> {
    tx.one(sql!(Site: "select {*} from site where number = $1"), &[&number])
}

/// Other sites with this code, and active ones of the same name and type.
pub(crate) fn twin_sites(tx: &mut Tx<'_>, site: &Site) -> Result<Vec<Site>> {
    let code = site.code.clone().unwrap_or_default();
    tx.all(
        sql!(Site: "select {*} from site where id <> $1
             and (code = $2 or (active = 1 and name = $3 and type_code = $4)) order by id limit 200"),
        &[&site.id, &code, &site.name, &site.type_code],
    )
}

pub(crate) fn active_sites(tx: &mut Tx<'_>) -> Result<Vec<Site>> {
    tx.all(sql!(Site: "select {*} from site where active = 1 order by serial"), &[])
}

pub(crate) fn site_types(tx: &mut Tx<'_>) -> Result<Vec<SiteType>> {
    tx.all(sql!(SiteType: "select {*} from site_type order by place, id"), &[])
}

pub(crate) fn arrangements(tx: &mut Tx<'_>) -> Result<Vec<Arrangement>> {
    let rows = tx.all(
        sql!((i64, Date, String, String): "select year, date, kind, name from calendar_day order by year, date"),
        &[],
    )?;
    let mut years: Vec<Arrangement> = Vec::new();
    for (year, date, kind, name) in rows {
        let broken = || Problem::internal(format!("calendar_day {year} {date} {kind}"));
        let year = i16::try_from(year).map_err(|_| broken())?;
        let kind = DayKind::parse(&kind).ok_or_else(broken)?;
        match years.last_mut() {
            Some(last) if last.year == year => last.days.push((date, kind, name)),
            _ => years.push(Arrangement { year, days: vec![(date, kind, name)] }),
        }
    }
    Ok(years)
}

/// Puts an arrangement in place of what was known for its year.
pub(crate) fn save_arrangement(
    tx: &mut Tx<'_>,
    arrangement: &Arrangement,
    source: &str,
    now: Instant,
) -> Result<()> {
    let year = i64::from(arrangement.year);
    tx.exec(sql!("delete from calendar_day where year = $1"), &[&year])?;
    for (date, kind, name) in &arrangement.days {
        tx.exec(
            sql!("insert into calendar_day (year, date, kind, name) values ($1, $2, $3, $4)"),
            &[&year, date, &kind.as_str(), name],
        )?;
    }
    tx.exec(
        sql!(
            "insert into calendar_year (year, source, imported_at) values ($1, $2, $3)
              on conflict (year) do update set source = excluded.source, imported_at = excluded.imported_at"
        ),
        &[&year, &source, &now],
    )
    .map(drop)
}

pub(crate) fn closures(tx: &mut Tx<'_>) -> Result<Vec<(Date, String)>> {
    tx.all(sql!((Date, String): "select date, reason from calendar_closure order by date"), &[])
}

pub(crate) fn save_closure(tx: &mut Tx<'_>, date: Date, reason: &str) -> Result<()> {
    tx.exec(
        sql!(
            "insert into calendar_closure (date, reason) values ($1, $2)
              on conflict (date) do update set reason = excluded.reason"
        ),
        &[&date, &reason],
    )
    .map(drop)
}

/// How many closures were removed: 0 when there was none.
pub(crate) fn remove_closure(tx: &mut Tx<'_>, date: Date) -> Result<u64> {
    tx.exec(sql!("delete from calendar_closure where date = $1"), &[&date])
}

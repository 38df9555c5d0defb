//! A small town: a square of 4 by 4 km with two streets offices (units 10 and 20), each with two communities, and the
//! means to put sections and sites into it.

use crate::commands;
use crate::index::PlaceIndex;
use crate::model::{AreaText, Division, Section, SectionClass, SectionDraft, Site, SiteDraft, SourceCrs};
use kernel::coords::Point;
use kernel::ctx::Ctx;
use kernel::geometry::{Area, Line};
use kernel::id::Id;
use kernel::policy::Role;
use kernel::problem::Result;
use store::{Event, Tx};
use testkit::{TestDb, grant, whole_city};

/// The corner in the south-west; a hundredth of a degree is about 860 m eastwards and 1,110 m northwards.
pub(super) const WEST: f64 = 98.26;
pub(super) const SOUTH: f64 = 39.76;
pub(super) const STREET_A: i64 = 10;
pub(super) const STREET_B: i64 = 20;

/// A place in the town: hundredths of a degree from its south-west corner.
pub(super) fn at(east: f64, north: f64) -> Point {
    let round = |degrees: f64| (degrees * 1e7).round() / 1e7;
    Point::new(round(WEST + east / 100.0), round(SOUTH + north / 100.0))
}

fn square(from: (f64, f64), to: (f64, f64)) -> Area {
    let ring = vec![at(from.0, from.1), at(to.0, from.1), at(to.0, to.1), at(from.0, to.1)];
    Area::new(vec![vec![ring]]).unwrap()
}

pub(super) fn office(t: &TestDb) -> Ctx {
    t.ctx_member(1, "王晓梅", vec![whole_city(Role::Office)])
}

/// Somebody of the office of street A.
pub(super) fn street_office(t: &TestDb) -> Ctx {
    t.ctx_member(2, "李建国", vec![grant(Role::Office, &[STREET_A])])
}

/// Runs a command with a fresh index.
pub(super) fn run<T, F>(t: &TestDb, ctx: &Ctx, work: F) -> Result<T>
where
    T: Send + 'static,
    F: FnOnce(&Ctx, &mut Tx<'_>, &PlaceIndex) -> Result<T> + Send + 'static,
{
    // histories are ordered by time, and ids of several writers within a moment are not
    t.clock.advance(1_000);
    let inner = Ctx { now: t.db.now(), ..ctx.clone() };
    t.db.write_now(&inner.clone(), move |tx| {
        let index = PlaceIndex::load(tx, inner.now.date())?;
        work(&inner, tx, &index)
    })
}

pub(super) fn index(t: &TestDb) -> PlaceIndex {
    let today = t.db.now().date();
    t.db.read_now(move |tx| PlaceIndex::load(tx, today)).unwrap()
}

/// City → two streets (west A, east B) → a community in the south and one in the north each.
pub(super) fn found(t: &TestDb) {
    let ctx = office(t);
    let done = run(t, &ctx, |ctx, tx, _| {
        crate::setup::site_types(ctx, tx)?;
        let city = add(tx, "620200", "试验市", None, None, Some(square((0.0, 0.0), (4.0, 4.0))))?;
        for (code, name, unit, west) in
            [("620201001", "甲街道", STREET_A, 0.0), ("620201002", "乙街道", STREET_B, 2.0)]
        {
            let street = add(tx, code, name, Some(city), Some(unit), None)?;
            for (n, south) in [(1, 0.0), (2, 2.0)] {
                let area = square((west, south), (west + 2.0, south + 2.0));
                add(tx, &format!("{code}00{n}"), &format!("{name}{n}社区"), Some(street), None, Some(area))?;
            }
        }
        tx.record(ctx, Event::city("places.founded").with("count", 7))
    });
    done.unwrap();
}

fn add(
    tx: &mut Tx<'_>,
    code: &str,
    name: &str,
    parent_id: Option<Id<Division>>,
    unit: Option<i64>,
    area: Option<Area>,
) -> Result<Id<Division>> {
    let id = tx.new_id();
    let (code, name, level) = (code.to_owned(), name.to_owned(), "x".to_owned());
    let unit_id = unit.map(Id::new);
    tx.insert(&Division { id, code, name, level, parent_id, unit_id, area: area.map(AreaText), version: 1 })?;
    Ok(id)
}

pub(super) fn section_draft(street: &str, ends: (&str, &str), points: &[(f64, f64)]) -> SectionDraft {
    SectionDraft {
        code: None,
        street: street.to_owned(),
        from_crossing: ends.0.to_owned(),
        to_crossing: ends.1.to_owned(),
        class: SectionClass::Trunk,
        line: Line::new(points.iter().map(|(x, y)| at(*x, *y))).unwrap(),
        crs: SourceCrs::Cgcs2000,
        accuracy_m: None,
        valid_from: None,
    }
}

pub(super) fn add_section(t: &TestDb, ctx: &Ctx, draft: SectionDraft) -> Result<Section> {
    run(t, ctx, move |ctx, tx, index| commands::create_section(ctx, tx, index, draft))
}

pub(super) fn site_draft(name: &str, kind: &str, point: Point) -> SiteDraft {
    SiteDraft {
        code: None,
        name: name.to_owned(),
        type_code: kind.to_owned(),
        point,
        crs: SourceCrs::Wgs84,
        accuracy_m: Some(8.0),
        address: Some("新华中路 118 号".to_owned()),
        unit_id: None,
    }
}

pub(super) fn add_site(t: &TestDb, ctx: &Ctx, draft: SiteDraft) -> Result<Site> {
    run(t, ctx, move |ctx, tx, index| commands::create_site(ctx, tx, index, draft))
}

//! What other programs are told of the register of adopted streets: public facts, and nobody's name or number.

use super::world::{World, told};
use hooks::commands::Draft as Endpoint;
use kernel::coords::Point;
use kernel::ctx::{Ctx, Unit};
use kernel::geometry::{Area, Line};
use kernel::id::Id;
use kernel::problem::Result;
use kernel::time::SECOND;
use places::PlaceIndex;
use places::commands::{DivisionDraft, create_section, edit_division};
use places::model::{Division, SectionClass, SectionDraft, SourceCrs};
use std::collections::BTreeSet;
use store::Tx;
use streets::commands::adopt;
use streets::model::{Contact, Draft, FIVE_GOODS};
use web::outgoing::Catalogue;

told!(an_adoption_is_told_with_its_place_and_nobody_s_name);

fn at(east: f64, north: f64) -> Point {
    Point::new(98.26 + east / 100.0, 39.76 + north / 100.0)
}

/// Two sub-districts, of which the first has an area; their ids.
fn divisions(ctx: &Ctx, tx: &mut Tx<'_>, unit: Id<Unit>) -> Result<[Id<Division>; 2]> {
    let divisions = "code,name\n620200,嘉峪关市\n620201001,雄关街道\n620201002,钢城街道\n";
    let founding = places::setup::Founding { divisions, ..places::setup::Founding::default() };
    places::setup::city(ctx, tx, &founding)?;
    let west = places::queries::division_by_code(tx, "620201001")?;
    let square = vec![at(0.0, 0.0), at(2.0, 0.0), at(2.0, 2.0), at(0.0, 2.0)];
    let draft = DivisionDraft {
        name: west.name.clone(),
        level: west.level.clone(),
        unit_id: Some(unit),
        area: Some(Area::new(vec![vec![square]]).unwrap()),
    };
    edit_division(ctx, tx, "620201001", west.version, draft)?;
    Ok([west.id, places::queries::division_by_code(tx, "620201002")?.id])
}

/// A section in the first sub-district, and a unit that answers for it.
fn adoption(ctx: &Ctx, tx: &mut Tx<'_>, unit: Id<Unit>) -> Result<()> {
    let index = PlaceIndex::load(tx, ctx.now.date())?;
    let road = SectionDraft {
        code: None,
        street: "新华路".into(),
        from_crossing: "雄关大道".into(),
        to_crossing: "胜利路".into(),
        class: SectionClass::Trunk,
        line: Line::new([at(0.2, 0.5), at(0.8, 0.5)]).unwrap(),
        crs: SourceCrs::Cgcs2000,
        accuracy_m: None,
        valid_from: Some(ctx.now.date()),
    };
    let section = create_section(ctx, tx, &index, road)?;
    let draft = Draft {
        section: section.id,
        from_m: 0.0,
        to_m: None,
        unit,
        contact: Contact { leader: "张三丰".into(), phone: "13812341234".into(), public_phone: true },
        standard: FIVE_GOODS,
        from: ctx.now.date(),
        until: None,
        shared: String::new(),
    };
    adopt(ctx, tx, &index, &draft).map(drop)
}

fn an_adoption_is_told_with_its_place_and_nobody_s_name(w: &World) {
    w.t.test.leave_jobs();
    let root = w.root;
    let [west, east] = w.act(move |ctx, tx| divisions(ctx, tx, root)).unwrap();
    for (path, division) in [("/west", west), ("/east", east)] {
        w.listen_to(Endpoint { divisions: vec![division], ..w.draft(path) });
    }
    w.t.advance(SECOND);
    w.act(move |ctx, tx| adoption(ctx, tx, root)).unwrap();
    w.pass(10 * SECOND, SECOND);
    let received = w.receiver.received();
    assert_eq!(received.len(), 1, "only the endpoint of its division is told: {received:?}");
    assert_eq!(received[0].path, "/west");
    let body = received[0].json();
    assert_eq!(body["type"], "street.adopted");
    let data = &body["data"];
    assert_eq!((&data["number"], &data["street"]), (&"BJ-0001".into(), &"新华路".into()));
    assert_eq!(data["unit_name"], "嘉峪关市");
    let catalogue = w.t.city.kept::<Catalogue>().unwrap();
    let declared = catalogue.kind("street.adopted").unwrap().fields.iter().map(|(name, _)| *name);
    let sent: BTreeSet<&str> = data.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(sent, declared.collect());
    for secret in ["张三丰", "1381234", "王晓梅"] {
        assert!(!received[0].body.contains(secret), "{secret} went out");
    }
}

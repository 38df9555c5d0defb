use super::town::*;
use crate::export::{self, Names};
use crate::import::{self, Options, Register};
use crate::model::{Section, SourceCrs};
use crate::queries::{self, SectionFilter, SiteFilter};
use crate::units::Units;
use crate::{MIGRATIONS, columns};
use kernel::ctx::Locale;
use kernel::workflow::Named;
use proptest::prelude::*;
use sheets::{FileKind, Report};
use testkit::TestDb;

testkit::both_engines!(MIGRATIONS; faulty_rows_are_told_one_by_one, an_export_imports_again, a_dry_run_leaves_nothing);

pub(super) fn bring(t: &TestDb, register: Register, file: impl Into<Vec<u8>>, crs: SourceCrs) -> Report {
    let (file, ctx) = (file.into(), office(t));
    let report =
        run(t, &ctx, move |c, tx, _| import::import(c, tx, register, &file, &Options::new(crs))).unwrap();
    assert_eq!(report.read, report.accepted + report.refused_rows());
    t.leave_jobs();
    report
}

fn reasons(report: &Report) -> Vec<(u64, &str, &str)> {
    report.refused.iter().map(|r| (r.row, r.field.as_str(), r.reason.as_str())).collect()
}

fn faulty_rows_are_told_one_by_one(t: &TestDb) {
    found(t);
    let csv = "编号,路名,起点,终点,道路等级,坐标\n\
        LD001,新华路,一,二,主干道,\"98.265,39.77;98.275,39.77\"\n\
        LD001,和平街,一,二,支路,\"98.265,39.78;98.275,39.78\"\n\
        LD003,新华路,二,一,主干道,\"98.265,39.77;98.275,39.77\"\n\
        LD004,无等级路,一,二,,\"98.265,39.79;98.275,39.79\"\n\
        LD005,零路,一,二,支路,\"0,0;98.275,39.79\"\n\
        LD006,远路,一,二,支路,\"99.5,39.79;99.6,39.79\"\n\
        LD007,短路,一,二,支路,\"98.265,39.7701;98.26501,39.7701\"\n\
        LD008,叉路,一,二,支路,\"98.265,39.771;98.27,39.775;98.27,39.771;98.265,39.775\"\n\
        LD009,,一,二,大路,\n";
    let report = bring(t, Register::Sections, csv, SourceCrs::Cgcs2000);
    assert_eq!((report.read, report.accepted), (9, 2));
    assert_eq!(
        reasons(&report),
        [
            (3, "place_code", "section-exists"),
            (4, "street", "section-exists"),
            (6, "geometry", "position_0_0"),
            (7, "geometry", "place-outside-city"),
            (8, "geometry", "place_too_short"),
            (9, "geometry", "place_crosses_itself"),
            (10, "street", "blank"),
            (10, "road_class", "unknown_value"),
            (10, "geometry", "blank"),
        ]
    );
    assert_eq!(report.repaired[0].reason, "place_taken_as_branch");

    let csv = "name,type,lng,lat\n振兴市场,集贸市场,98.27,39.77\n振兴市场,集贸市场,98.27,39.77\n某处,没有的类型,98.27,39.77\n\
        公交站,交通设施服务;公交车站;公交车站相关,98.28,39.77\n半个,集贸市场,98.27,\n反了,集贸市场,39.77,98.27\n";
    let report = bring(t, Register::Sites, csv, SourceCrs::Wgs84);
    assert_eq!((report.read, report.accepted), (6, 2));
    assert_eq!(
        reasons(&report),
        [
            (3, "place_name", "site-exists"),
            (4, "place_type", "unknown_value"),
            (6, "place_lat", "position_half"),
            (7, "place_lng", "place_off_globe"),
        ]
    );
    let grid = r#"{"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"code":"620201001001001"},"geometry":{"type":"Polygon","coordinates":[[[98.26,39.76],[98.261,39.76],[98.261,39.761],[98.26,39.76]]]}},
        {"type":"Feature","properties":{"code":"620201001001001"},"geometry":{"type":"Polygon","coordinates":[[[98.26,39.76],[98.261,39.76],[98.261,39.761],[98.26,39.76]]]}},
        {"type":"Feature","properties":{"code":"62020100100100"},"geometry":null}]}"#;
    let report = bring(t, Register::Grids, grid, SourceCrs::Cgcs2000);
    assert_eq!((report.read, report.accepted), (3, 1));
    let cell = index(t).locate(at(0.08, 0.02)).grid_cell.unwrap();
    assert_eq!(&*cell.code, "620201001001001");
}

fn texts(locale: Locale) -> impl Fn(&str) -> String {
    let texts = web::i18n::Texts::new(crate::TEXTS.iter().copied()).unwrap();
    move |key| texts.get(locale, key, &[])
}

fn exported(t: &TestDb, kind: FileKind, locale: Locale) -> (Vec<u8>, Vec<u8>) {
    let (tree, text, units) = (index(t), texts(locale), Units::default());
    let (sections, sites, types) =
        t.db.read_now(|tx| {
            Ok((
                queries::sections(tx, &SectionFilter::default(), None, 1000)?.rows,
                queries::sites(tx, &SiteFilter::default(), None, 1000)?.rows,
                queries::site_types(tx)?,
            ))
        })
        .unwrap();
    let names = sections.iter().map(|s| (s.id, s.name())).collect();
    let names = Names { index: &tree, units: &units, types: &types, sections: names, locale, text: &text };
    let (mut a, mut b) = (Vec::new(), Vec::new());
    let rows = sections.iter().map(|s| export::section(s, &names));
    sheets::write(kind, &mut a, "x", &export::titles(columns::SECTIONS, &text), rows).unwrap();
    let rows = sites.iter().map(|s| export::site(s, &names));
    sheets::write(kind, &mut b, "x", &export::titles(columns::SITES, &text), rows).unwrap();
    (a, b)
}

/// What of a section must survive; numbers are given anew.
fn essence(t: &TestDb) -> Vec<String> {
    let all = t.db.read_now(|tx| {
        let sections = queries::sections(tx, &SectionFilter::default(), None, 1000)?.rows;
        Ok((sections, queries::sites(tx, &SiteFilter::default(), None, 1000)?.rows))
    });
    let (sections, sites) = all.unwrap();
    let section = |s: &Section| {
        format!("{} {} {} {:.3} {:?}", s.name(), s.class.code(), s.line.geojson(), s.length_m, s.accuracy_m)
    };
    let mut out: Vec<String> = sections.iter().map(section).collect();
    out.extend(sites.iter().map(|s| {
        let place = index(t).division_name(s.division_id);
        format!("{} {} {} {} {:?} {:?} {place}", s.name, s.type_code, s.lng, s.lat, s.address, s.along_m)
    }));
    out
}

fn an_export_imports_again(t: &TestDb) {
    found(t);
    let ctx = office(t);
    for (street, y) in [("新华路", 1.0), ("和平街", 2.5)] {
        let mut draft = section_draft(street, ("一", "=二"), &[(0.5, y), (1.5, y), (3.5, y + 0.2)]);
        draft.accuracy_m = Some(2.5);
        add_section(t, &ctx, draft).unwrap();
    }
    add_site(t, &ctx, site_draft("绿化市场", "market", at(1.0, 1.001))).unwrap();
    add_site(t, &ctx, site_draft("3号公交站", "bus_stop", at(3.0, 3.0))).unwrap();
    let before = essence(t);
    for (kind, locale) in
        [(FileKind::Csv, Locale::ZhCn), (FileKind::Xlsx, Locale::En), (FileKind::Xlsx, Locale::ZhCn)]
    {
        let (sections, sites) = exported(t, kind, locale);
        let other = TestDb::open(t.engine, MIGRATIONS);
        found(&other);
        let report = bring(&other, Register::Sections, sections.clone(), SourceCrs::Cgcs2000);
        assert_eq!((report.accepted, &report.refused), (2, &Vec::new()), "{kind:?}");
        let report = bring(&other, Register::Sites, sites, SourceCrs::Cgcs2000);
        assert_eq!((report.accepted, &report.refused), (2, &Vec::new()), "{kind:?}");
        assert_eq!(essence(&other), before, "{kind:?} {locale:?}");
        // and here nothing comes in twice
        assert_eq!(bring(t, Register::Sections, sections, SourceCrs::Cgcs2000).accepted, 0);
    }
}

fn a_dry_run_leaves_nothing(t: &TestDb) {
    found(t);
    let ctx = office(t);
    let file: std::sync::Arc<[u8]> = "name,type,lng,lat\n振兴市场,集贸市场,98.27,39.77\n".as_bytes().into();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let go = |dry: bool| {
        let (file, options) = (file.clone(), Options::new(SourceCrs::Cgcs2000));
        runtime.block_on(import::run(&t.db, &ctx, Register::Sites, file, options, dry)).unwrap()
    };
    let count = || t.db.read_now(|tx| queries::count_sites(tx, &SiteFilter::default())).unwrap();
    assert_eq!((go(true).accepted, count()), (1, 0));
    assert_eq!((go(true).accepted, count()), (1, 0));
    assert_eq!((go(false).accepted, count()), (1, 1));
    assert_eq!((go(false).accepted, count()), (0, 1));
    t.leave_jobs();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn imports_never_lose_rows(rows in prop::collection::vec(prop::collection::vec("[ -~一-龥,\"]{0,12}", 6), 1..12)) {
        let t = TestDb::open(testkit::Engine::Embedded, MIGRATIONS);
        found(&t);
        let columns: Vec<sheets::Column> =
            ["number", "street", "from", "to", "class", "geometry"].map(|n| sheets::Column::new(n, sheets::Kind::Text)).to_vec();
        let mut file = Vec::new();
        let cells = rows.iter().map(|row| row.iter().map(|c| c.as_str().into()).collect::<Vec<_>>());
        sheets::write(FileKind::Csv, &mut file, "x", &columns, cells).unwrap();
        let not_blank = rows.iter().filter(|row| row.iter().any(|c| !c.trim().is_empty())).count();
        let report = bring(&t, Register::Sections, file, SourceCrs::Cgcs2000);
        prop_assert_eq!(report.read, not_blank as u64);
    }
}

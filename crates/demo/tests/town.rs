//! The town: counts, places and register, over several seeds; and one test that draws it for the eye.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use demo::town::{self, Fault, RoadClass, SITE_TYPES, SceneryKind, Town};
use demo::when::Day;
use geo::{Area, Contains, Coord, LineString, Point, Polygon};

const SEEDS: [u64; 4] = [1, 7, 2026, 620_200];

fn today() -> Day {
    Day::of(2026, 11, 23)
}

fn hash(town: &Town) -> u64 {
    let text = serde_json::to_string(town).unwrap_or_default();
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x100_0000_01b3))
}

fn polygon(ring: &[[f64; 2]]) -> Polygon<f64> {
    Polygon::new(LineString::new(ring.iter().map(|p| Coord { x: p[0], y: p[1] }).collect()), vec![])
}

fn outline() -> Polygon<f64> {
    polygon(&demo::facts::outline_ring())
}

#[test]
fn the_same_seed_gives_the_same_town() {
    assert_eq!(hash(&town::generate(7, today())), hash(&town::generate(7, today())));
    assert_ne!(hash(&town::generate(7, today())), hash(&town::generate(8, today())));
}

/// The same on every machine. When the generator is changed on purpose, put the new number here and say so.
#[test]
fn the_town_of_seed_7_does_not_change_by_accident() {
    assert_eq!(hash(&town::generate(7, today())), 2359101387612579854);
}

#[test]
fn the_numbers_are_right() {
    for seed in SEEDS {
        let t = town::generate(seed, today());
        assert_eq!(t.mark, "演示数据");
        assert_eq!((t.sections.len(), t.sites.len(), t.units.len(), t.divisions.len()), (120, 400, 60, 55));
        assert!((26..=30).contains(&t.streets.len()), "{} streets", t.streets.len());
        assert!((500..=2_000).contains(&t.cells.len()), "{} cells", t.cells.len());
        let markets: Vec<&str> =
            t.sites.iter().filter(|s| s.kind == "market").map(|s| s.name.as_str()).collect();
        assert_eq!(markets.len(), 9);
        assert!(markets.contains(&"振兴市场") && markets.contains(&"绿化市场"));
        let kinds: BTreeSet<&str> = t.sites.iter().map(|s| s.kind.as_str()).collect();
        assert_eq!(kinds.len(), SITE_TYPES.len());
        for class in [RoadClass::Main, RoadClass::Secondary, RoadClass::Branch, RoadClass::Lane] {
            assert!(t.sections.iter().any(|s| s.class == class));
        }
    }
}

#[test]
fn names_and_codes_are_unique() {
    for seed in SEEDS {
        let t = town::generate(seed, today());
        let unique = |list: Vec<&String>| assert_eq!(list.iter().collect::<BTreeSet<_>>().len(), list.len());
        unique(t.streets.iter().map(|s| &s.name).collect());
        unique(t.sections.iter().map(|s| &s.name).collect());
        unique(t.sections.iter().map(|s| &s.code).collect());
        unique(t.sites.iter().map(|s| &s.name).collect());
        unique(t.cells.iter().map(|c| &c.code).collect());
        unique(t.units.iter().map(|u| &u.credit_code).collect());
    }
}

#[test]
fn everything_lies_inside_the_outline() {
    let outline = outline();
    let inside = |p: &[f64; 2]| outline.contains(&Point::new(p[0], p[1]));
    for seed in SEEDS {
        let t = town::generate(seed, today());
        assert!(t.sections.iter().flat_map(|s| &s.line).all(inside));
        assert!(t.sites.iter().all(|s| inside(&s.at)));
        assert!(t.cells.iter().flat_map(|c| &c.ring).all(inside));
        assert!(t.divisions.iter().filter(|d| d.code.len() > 6).all(|d| inside(&d.seat)), "seats");
        for s in &t.scenery {
            assert!(s.line.iter().all(inside), "{:?} {}", s.kind, s.name);
        }
    }
}

#[test]
fn communities_fill_the_city_without_overlap() {
    let whole = outline().unsigned_area();
    for seed in SEEDS {
        let t = town::generate(seed, today());
        let area = |d: &town::Division| {
            d.area
                .iter()
                .map(|r| {
                    r.iter()
                        .map(|x| polygon(x).unsigned_area())
                        .enumerate()
                        .map(|(n, a)| if n == 0 { a } else { -a })
                        .sum::<f64>()
                })
                .sum::<f64>()
        };
        let leaves: Vec<_> = t.divisions.iter().filter(|d| d.code.len() == 12).collect();
        assert_eq!(leaves.len(), 48);
        assert!(leaves.iter().all(|d| area(d) > 0.0));
        let sum: f64 = leaves.iter().map(|d| area(d)).sum();
        assert!((sum / whole - 1.0).abs() < 0.001, "{}", sum / whole);
        let towns: f64 = t.divisions.iter().filter(|d| d.code.len() == 9).map(area).sum();
        assert!((towns / whole - 1.0).abs() < 0.001, "{}", towns / whole);
    }
}

#[test]
fn sections_run_from_crossing_to_crossing() {
    for seed in SEEDS {
        let t = town::generate(seed, today());
        for s in &t.sections {
            assert!(s.length_m > 100.0 && s.length_m < 7_000.0, "{} {}", s.name, s.length_m);
            assert!(!s.from_crossing.is_empty() && !s.to_crossing.is_empty() && !s.division.is_empty());
            assert_ne!(s.ends[0], s.ends[1]);
            assert_eq!(s.line.first(), Some(&t.crossings[s.ends[0]].at), "{}", s.name);
            assert_eq!(s.line.last(), Some(&t.crossings[s.ends[1]].at), "{}", s.name);
            assert!(s.line.len() >= 5);
        }
        for c in &t.cells {
            assert_eq!((c.code.len(), &c.code[..12]), (15, c.division.as_str()));
        }
    }
}

/// The faults found by going along every section in force today, metre by metre.
fn check(t: &Town) -> Vec<Fault> {
    let mut found = Vec::new();
    for (section, s) in t.sections.iter().enumerate() {
        let now = |a: &&town::Adoption| {
            a.section == section && a.from <= today() && a.until.is_none_or(|u| u > today())
        };
        let rows: Vec<_> = t.adoptions.iter().filter(now).collect();
        let mut cuts: Vec<f64> =
            rows.iter().flat_map(|r| [r.from_m, r.to_m]).chain([0.0, s.length_m]).collect();
        cuts.sort_by(f64::total_cmp);
        cuts.dedup();
        for w in cuts.windows(2) {
            let middle = f64::midpoint(w[0], w[1]);
            let (from_m, to_m) = (w[0], w[1]);
            match rows.iter().filter(|r| r.from_m < middle && middle < r.to_m).count() {
                0 => found.push(Fault::Gap { section, from_m, to_m }),
                1 => {}
                _ => found.push(Fault::Overlap { section, from_m, to_m }),
            }
        }
    }
    found
}

#[test]
fn the_register_has_just_the_faults_it_admits() {
    for seed in SEEDS {
        let t = town::generate(seed, today());
        assert_eq!(check(&t), t.faults);
        assert_eq!(t.faults.iter().filter(|f| matches!(f, Fault::Gap { .. })).count(), 3);
        assert_eq!(t.faults.len(), 5);
        let replaced: Vec<_> = t.adoptions.iter().filter(|a| a.replaced_by.is_some()).collect();
        assert!(replaced.len() >= 20);
        for old in replaced {
            let new = &t.adoptions[old.replaced_by.unwrap()];
            assert_eq!(old.until, Some(new.from));
            assert!(old.from < new.from && new.from <= today() && today().since(new.from) <= 548);
            assert_ne!(old.unit, new.unit);
        }
        assert!(t.adoptions.iter().all(|a| a.phone.starts_with("1900000") && a.phone.len() == 11));
    }
}

#[test]
#[ignore = "draws the town into /tmp/demo_pics for a person to look at"]
fn draw() {
    std::fs::create_dir_all("/tmp/demo_pics").unwrap();
    for seed in [7_u64, 2026] {
        let t = town::generate(seed, today());
        std::fs::write(format!("/tmp/demo_pics/town-{seed}.svg"), svg(&t, [98.252, 39.742, 98.328, 39.808]))
            .unwrap();
        std::fs::write(format!("/tmp/demo_pics/city-{seed}.svg"), svg(&t, [97.84, 39.64, 98.53, 40.01]))
            .unwrap();
        std::fs::write(format!("/tmp/demo_pics/town-{seed}.json"), serde_json::to_vec(&t).unwrap()).unwrap();
    }
}

fn svg(town: &Town, [west, south, east, north]: [f64; 4]) -> String {
    let width = 1500.0;
    let scale = width / (east - west);
    let height = (north - south) * scale * 111_031.0 / 85_683.0;
    let xy = |p: &[f64; 2]| {
        format!("{:.1},{:.1}", (p[0] - west) * scale, height - (p[1] - south) / (north - south) * height)
    };
    let path = |l: &[[f64; 2]]| l.iter().map(xy).collect::<Vec<_>>().join(" ");
    let mut out = format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height:.0}"><rect width="100%" height="100%" fill="#e9e4d8"/>"##
    );
    for ring in town.divisions.iter().filter(|d| d.code.len() == 6).flat_map(|d| &d.area).flatten() {
        let _ = write!(
            out,
            r##"<polygon points="{}" fill="#f4f0e6" stroke="#999" stroke-width="2"/>"##,
            path(ring)
        );
    }
    for x in &town.scenery {
        let style = match x.kind {
            SceneryKind::River | SceneryKind::Lake => r##"fill="#a9d3ea""##,
            SceneryKind::Park => r##"fill="#c5e3b4""##,
            SceneryKind::Square => r##"fill="#e8dcc8""##,
            SceneryKind::Industry => r##"fill="#d9d5e3""##,
            SceneryKind::Block => r##"fill="#ece6da""##,
            SceneryKind::Railway => r##"fill="none" stroke="#777" stroke-width="3" stroke-dasharray="12 5""##,
            SceneryKind::Way => r##"fill="none" stroke="#fff" stroke-width="2.5""##,
        };
        let _ = write!(out, r#"<polyline points="{}" {style}/>"#, path(&x.line));
    }
    for d in town.divisions.iter().filter(|d| d.code.len() == 12) {
        for ring in d.area.iter().flatten() {
            let _ = write!(
                out,
                r##"<polygon points="{}" fill="none" stroke="#b48ac0" stroke-width="1.2" stroke-dasharray="5 4"/>"##,
                path(ring)
            );
        }
    }
    for casing in [true, false] {
        for class in [RoadClass::Lane, RoadClass::Branch, RoadClass::Secondary, RoadClass::Main] {
            let (colour, wide) = match class {
                RoadClass::Main => ("#ffd27a", 9.0),
                RoadClass::Secondary => ("#fff0c0", 6.5),
                RoadClass::Branch => ("#ffffff", 5.0),
                RoadClass::Lane => ("#ffffff", 3.0),
            };
            let (colour, wide) = if casing { ("#b9a57f", wide + 1.8) } else { (colour, wide) };
            for x in town.sections.iter().filter(|x| x.class == class) {
                let _ = write!(
                    out,
                    r#"<polyline points="{}" fill="none" stroke="{colour}" stroke-width="{wide}" stroke-linecap="round"/>"#,
                    path(&x.line)
                );
            }
        }
    }
    for x in &town.sites {
        let colour = match x.kind.as_str() {
            "market" => "#d33",
            "school" | "school_gate" => "#27c",
            "estate" => "#a63",
            "junction" | "main_road" | "lane" => "#888",
            _ => "#3a6",
        };
        let c = xy(&x.at);
        let (a, b) = c.split_once(',').unwrap_or_default();
        let _ = write!(out, r#"<circle cx="{a}" cy="{b}" r="3" fill="{colour}"/>"#);
    }
    for st in &town.streets {
        let mid = &town.sections[st.sections[st.sections.len() / 2]].line;
        let c = xy(&mid[mid.len() / 2]);
        let (a, b) = c.split_once(',').unwrap_or_default();
        let _ = write!(
            out,
            r##"<text x="{a}" y="{b}" font-size="14" font-family="Noto Sans CJK SC" fill="#333" stroke="#fff" stroke-width="3" paint-order="stroke">{}</text>"##,
            st.name
        );
    }
    out + "</svg>"
}

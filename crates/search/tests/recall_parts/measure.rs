//! What names are found by, measured: docs/search.md quotes what this prints.
//!
//! `cargo test -p search --test recall -- --nocapture`

use super::slips::{Slip, address, made_up};
use demo::dice::Dice;
use demo::town;
use demo::when::Day;
use kernel::id::Id;
use kernel::workflow::Named;
use names::Kind;
use std::collections::BTreeSet;
use std::path::PathBuf;
use store::naming;
use testkit::{Engine, TestDb};

const SEED: u64 = 2026;

/// Names of one origin.
struct Corpus {
    title: &'static str,
    names: Vec<(Kind, String)>,
}

fn demo_city() -> Corpus {
    let town = town::generate(SEED, Day::of(2026, 11, 20));
    let mut names: BTreeSet<(String, String)> = BTreeSet::new();
    let mut add = |kind: Kind, name: &str| {
        names.insert((kind.code().to_owned(), name.to_owned()));
    };
    town.streets.iter().for_each(|s| add(Kind::Street, &s.name));
    town.sites.iter().for_each(|s| add(Kind::Site, &s.name));
    town.units.iter().for_each(|u| add(Kind::Unit, &u.name));
    town.divisions.iter().for_each(|d| add(Kind::Division, &d.name));
    let names = names.into_iter().filter_map(|(kind, name)| Some((Kind::parse(&kind)?, name))).collect();
    Corpus { title: "the demonstration city", names }
}

/// Names of the first column that is wanted of a file beside the project; nothing where it is absent.
fn real(title: &'static str, file: &str, column: &str, kind: Kind) -> Option<Corpus> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(file);
    let Ok(text) = std::fs::read_to_string(&path) else {
        println!("{} is not there: {title} was not measured", path.display());
        return None;
    };
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    let at = lines.next()?.split(',').position(|c| c == column)?;
    let names: BTreeSet<String> =
        lines.filter_map(|l| l.split(',').nth(at)).map(|n| n.trim().trim_matches('"').to_owned()).collect();
    Some(Corpus { title, names: names.into_iter().filter(|n| !n.is_empty()).map(|n| (kind, n)).collect() })
}

#[derive(Clone, Copy, Default)]
struct Tally {
    asked: usize,
    first: usize,
    five: usize,
}

impl Tally {
    fn share(self, part: usize) -> f64 {
        100.0 * f64::from(u32::try_from(part).unwrap()) / f64::from(u32::try_from(self.asked.max(1)).unwrap())
    }
}

fn measure(corpus: &Corpus) -> (Vec<(Slip, Tally)>, Tally) {
    let t = TestDb::open(Engine::Embedded, &[]);
    let names = corpus.names.clone();
    t.db.write_now(&t.ctx_system(), move |tx| {
        tx.housekeeping();
        for (n, (kind, name)) in names.iter().enumerate() {
            naming::set(tx, Id::<()>::new(i64::try_from(n).unwrap() + 1), *kind, &[name])?;
        }
        Ok(())
    })
    .unwrap();
    let find = |kind: Kind, asked: &str| {
        let asked = asked.to_owned();
        t.db.read_now(move |tx| naming::find(tx, &[kind], &asked, 5)).unwrap()
    };
    let mut dice = Dice::of(SEED, corpus.title);
    let pool: Vec<char> =
        corpus.names.iter().flat_map(|(_, n)| names::clean(n).chars().collect::<Vec<_>>()).collect();
    let known: BTreeSet<String> = corpus.names.iter().map(|(_, n)| names::clean(n)).collect();
    println!(
        "\n{}: {} names\n\n| slip | asked | first | among five |\n| --- | --: | --: | --: |",
        corpus.title,
        corpus.names.len()
    );
    // of many names every few, so that it ends in time
    let step = corpus.names.len().div_ceil(600);
    let mut table = Vec::new();
    for slip in Slip::ALL {
        let mut tally = Tally::default();
        for (kind, name) in corpus.names.iter().step_by(step) {
            // what has become another name is no slip
            let Some(asked) = slip
                .made(&mut dice, name, &pool)
                .filter(|a| *slip == Slip::Exact || !known.contains(&names::clean(a)))
            else {
                continue;
            };
            let found = find(*kind, &asked);
            tally.asked += 1;
            tally.first += usize::from(found.first().is_some_and(|f| f.name == *name));
            tally.five += usize::from(found.iter().any(|f| f.name == *name));
        }
        println!(
            "| {} | {} | {:.1} % | {:.1} % |",
            slip.text(),
            tally.asked,
            tally.share(tally.first),
            tally.share(tally.five)
        );
        table.push((*slip, tally));
    }
    let mut within = Tally::default();
    for (_, name) in corpus.names.iter().filter(|(k, _)| *k == Kind::Street) {
        let Some(asked) = Slip::Sound.made(&mut dice, name, &pool).filter(|a| !known.contains(a)) else {
            continue;
        };
        let text = address(&mut dice, &asked);
        let found = t.db.read_now(move |tx| naming::find_within(tx, &[Kind::Street], &text, 3)).unwrap();
        within.asked += 1;
        within.first += usize::from(found.first().is_some_and(|(f, _)| f.name == *name));
        within.five += usize::from(found.iter().any(|(f, _)| f.name == *name));
    }
    if within.asked > 0 {
        println!(
            "| a street within an address, same sound | {} | {:.1} % | {:.1} % |",
            within.asked,
            within.share(within.first),
            within.share(within.five)
        );
    }
    // names that nothing bears: how often is something offered, and how often with conviction
    let mut alarms = Tally::default();
    for _ in 0..500 {
        let name = made_up(&mut dice, &pool);
        if known.iter().any(|k| k.contains(&name)) {
            continue;
        }
        let found = find(Kind::ALL[usize::from(dice.bits().is_multiple_of(2))], &name);
        alarms.asked += 1;
        alarms.five += usize::from(!found.is_empty());
        alarms.first += usize::from(found.first().is_some_and(|f| f.score >= 740));
    }
    println!(
        "\nOf {} made-up names {:.1} % were offered something, {:.1} % something that sounds the same or nearly so.",
        alarms.asked,
        alarms.share(alarms.five),
        alarms.share(alarms.first)
    );
    (table, alarms)
}

#[test]
fn slips_are_found() {
    let (table, alarms) = measure(&demo_city());
    for (slip, tally) in table {
        let (first, five) = slip.floor();
        assert!(tally.asked > 50, "{slip:?}: asked only {}", tally.asked);
        assert!(tally.share(tally.first) >= first, "{slip:?} first: {:.1}", tally.share(tally.first));
        assert!(tally.share(tally.five) >= five, "{slip:?} among five: {:.1}", tally.share(tally.five));
    }
    assert!(alarms.share(alarms.first) <= 10.0, "{:.1} % false alarms", alarms.share(alarms.first));
}

#[test]
fn real_names_are_found() {
    let corpora = [
        real(
            "schools, hospitals and bus stops of Shanghai",
            "shanghai_poi/sites_inner_districts.csv",
            "name",
            Kind::Site,
        ),
        real(
            "the municipal catalogue",
            "chengguan_catalogue/gbt47678_5_2026_catalogue.csv",
            "name",
            Kind::Site,
        ),
    ];
    for corpus in corpora.into_iter().flatten() {
        let (table, _) = measure(&corpus);
        for (slip, tally) in table {
            assert!(tally.share(tally.five) >= 80.0, "{slip:?}: {:.1}", tally.share(tally.five));
        }
    }
}

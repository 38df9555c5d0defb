//! A cycle, schemes and rounds of inspections, through the commands that people use.

use super::system;
use crate::rounds::{self, Workbook};
use crate::town;
use crate::when::Day;
use assessment::rounds::commands::step;
use assessment::rounds::import::{File, Tables, import};
use assessment::rounds::model::NameKind;
use assessment::rounds::workflow::Step;
use assessment::scheme::commands::{CycleDraft, NewScheme, copy, fill, make, make_cycle, publish};
use assessment::scheme::sample::Sample;
use kernel::problem::Result;
use kernel::time::{DAY, Instant};
use kernel::workflow::Named;
use web::City;

/// Makes them; how many rounds there are. Two are published, the last waits at the matching desk.
pub fn hold(city: &City, seed: u64, now: Instant) -> Result<usize> {
    let today = Day::parse(&now.date().to_string()).unwrap_or_else(|| Day::of(2026, 1, 1));
    let town = town::generate(seed, today);
    schemes(city, now)?;
    let name = |kind, name: &str| (kind, String::new(), name.to_owned());
    let mut names: Tables = rounds::items().map(|item| name(NameKind::Item, item)).collect();
    let streets = town.divisions.iter().filter(|d| matches!(d.level.as_str(), "street" | "town"));
    names.extend(streets.map(|d| name(NameKind::Street, &d.name)));
    names.extend(town.units.iter().skip(1).map(|unit| name(NameKind::Unit, &unit.name)));
    let books = rounds::write(seed, &town);
    let count = books.len();
    for (n, book) in books.into_iter().enumerate() {
        keep(city, now, book, names.clone(), n + 1 < count)?;
    }
    Ok(count)
}

fn schemes(city: &City, now: Instant) -> Result<()> {
    let ctx = system(city, now);
    city.db().write_now(&ctx.clone(), move |tx| {
        let year = i64::from(ctx.now.date().year());
        let cycle = CycleDraft {
            name: format!("{}年–{}年创建周期（{}）", year - 1, year + 1, crate::MARK),
            first_year: year - 1,
            last_year: year + 1,
            years: Vec::new(),
        };
        let cycle = make_cycle(&ctx, tx, cycle)?;
        for sample in Sample::ALL {
            let new = NewScheme {
                name: sample.name().to_owned(),
                cycle: if *sample == Sample::City { cycle.number.clone() } else { String::new() },
                observed_way: sample.observed_way().to_owned(),
                note: crate::MARK.to_owned(),
                sample: true,
            };
            let scheme = make(&ctx, tx, new)?;
            fill(&ctx, tx, &scheme.number, sample.lines()?)?;
            publish(&ctx, tx, &scheme.number, None)?;
            if *sample == Sample::City {
                copy(&ctx, tx, &scheme.number)?;
            }
        }
        Ok(())
    })
}

fn keep(city: &City, now: Instant, book: Workbook, names: Tables, settled: bool) -> Result<()> {
    let ctx = system(city, now.plus(-book.days_ago * DAY));
    city.db().write_now(&ctx.clone(), move |tx| {
        let file = File {
            file_name: format!("{}.csv", book.name),
            name: book.name,
            tables: Some(names),
            held_on: Some(ctx.now.date()),
            again: false,
        };
        let (round, _) = import(&ctx, tx, book.table.into_bytes(), file)?;
        if settled {
            for to in [Step::Check, Step::Publish] {
                step(&ctx, tx, &round.number, to, "", None)?;
            }
        }
        Ok(())
    })
}

//! Founding a city: its divisions, types of site and working calendar. `chuangcheng city create` and the demonstration go
//! through this same door.

use crate::commands::{self, TypeDraft, read_arrangements, save_site_type};
use crate::import::{self, Options};
use crate::model::SourceCrs;
use crate::store as rows;
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use sheets::{Report, Source};
use store::{Event, Tx};

/// The types of site a city begins with: those of the published lists (rules-and-standards §1.4), to be edited.
pub const SITE_TYPES: &str = include_str!("../data/site_types.csv");

/// The arrangements that the State Council has published: `schedule_year,date,name,kind`. Sources: `data/README.md`.
pub const HOLIDAYS: &str = include_str!("../data/holidays.csv");
/// Where they come from.
pub const HOLIDAYS_SOURCE: &str = "国务院办公厅年度放假安排";

/// What a city is founded with. All texts are files as people have them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Founding<'a> {
    /// CSV of divisions by statistical code: `code,name` and, if known, `level,parent`. Those of other cities are passed
    /// over, so that a list of a whole province will do.
    pub divisions: &'a str,
    /// GeoJSON of areas, found by `code` (or `gb`), in CGCS2000. May be empty.
    pub areas: &'a str,
    /// Holiday arrangements, each CSV of any years or JSON of one.
    pub arrangements: &'a [&'a str],
    /// Where the arrangements come from.
    pub source: &'a str,
}

/// What came of it.
#[derive(Clone, Debug, Default)]
pub struct Founded {
    pub divisions: Report,
    pub areas: Report,
    pub site_types: usize,
    pub years: Vec<i16>,
}

/// What `chuangcheng city create` gives a city whose divisions are not known yet. Lines for whoever founds it.
pub fn found(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Vec<String>> {
    let shipped = Founding { arrangements: &[HOLIDAYS], source: HOLIDAYS_SOURCE, ..Founding::default() };
    let founded = city(ctx, tx, &shipped)?;
    let (Some(first), Some(last)) = (founded.years.first(), founded.years.last()) else {
        return Ok(Vec::new());
    };
    Ok(vec![
        format!("Holidays: {first} to {last}, as published ({HOLIDAYS_SOURCE})."),
        format!(
            "{} and later are not published yet: their deadlines are provisional until the office enters the arrangement at \
             /admin/calendar, where the hours of duty (08:30-12:00, 14:30-18:00 to begin with) are kept too.",
            last + 1
        ),
        format!("Types of site: {}, to be edited.", founded.site_types),
    ])
}

/// Founds a city, or completes one: what is there already stays, and doing it twice changes nothing.
pub fn city(ctx: &Ctx, tx: &mut Tx<'_>, founding: &Founding<'_>) -> Result<Founded> {
    let mut founded = Founded { site_types: site_types(ctx, tx)?, ..Founded::default() };
    founded.divisions = divisions(ctx, tx, founding.divisions)?;
    founded.areas = divisions(ctx, tx, founding.areas)?;
    for text in founding.arrangements {
        founded.years.extend(commands::publish(ctx, tx, &read_arrangements(text)?, founding.source)?);
    }
    let event = Event::city("places.founded").with("count", founded.divisions.accepted);
    tx.record(ctx, event)?;
    rows::touch(tx, rows::Counter::Places)?;
    Ok(founded)
}

fn divisions(ctx: &Ctx, tx: &mut Tx<'_>, text: &str) -> Result<Report> {
    if text.trim().is_empty() {
        return Ok(Report::default());
    }
    let mut source = Source::from_bytes(text.as_bytes(), &sheets::Options::default())
        .map_err(|e| Problem::new(422, "not-a-table").arg("what", e))?;
    import::divisions(ctx, tx, &mut source, &Options::new(SourceCrs::Cgcs2000))
}

/// Adds the types that are missing; how many.
pub fn site_types(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<usize> {
    let known = rows::site_types(tx)?;
    let mut added = 0;
    for line in SITE_TYPES.lines().skip(1) {
        let mut cells = line.split(',').map(str::to_owned);
        let mut next = || cells.next().unwrap_or_default();
        let draft = TypeDraft { code: next(), name_zh: next(), name_en: next(), words: next(), active: true };
        if known.iter().all(|t| t.code != draft.code) {
            save_site_type(ctx, tx, draft)?;
            added += 1;
        }
    }
    Ok(added)
}

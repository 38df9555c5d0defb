//! Cases from other systems: a table and a mapping file that names its columns. Every row is accounted for.
//!
//! What was closed over there is closed here, by that system's own word where the file has one, else by its time of closing:
//! its history begins with the import, it is not sent to anybody. For rates, its time is counted from the report, against the
//! catalogue's usual limit. Names of kinds that nobody has mapped to
//! the catalogue yet are noted for a person to map; the rows go in without a kind.

use crate::clock;
use crate::commands::covered;
use crate::desk::Desk;
use crate::model::{Case, Reporter, Source as Door};
use crate::policy::{Act, POLICY, city};
use crate::workflow::{Stage, State};
use crate::{catalogue, past, store as rows};
use kernel::coords::{Crs, Point, convert};
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use kernel::workflow::Named;
use places::PlaceIndex;
use sheets::{Field, Mapped, Mapping, Reason, Remark, Report, Source};
use std::sync::Arc;
use store::{Db, Event, Tx, words};

/// The mapping files that ship with the program, by the name of the system.
pub const MAPPINGS: &[(&str, &str)] = &[
    ("sf311", include_str!("../mappings/sf311.toml")),
    ("nyc311", include_str!("../mappings/nyc311.toml")),
    ("civic_appeals_zh", include_str!("../mappings/civic_appeals_zh.toml")),
];

/// Rows saved in one transaction: short enough not to hold up reports that come in meanwhile.
const CHUNK: usize = 100;

/// What an import needs besides the file.
pub struct Import<'a> {
    pub ctx: &'a Ctx,
    pub db: &'a Db,
    pub desk: Arc<Desk>,
    pub index: Arc<PlaceIndex>,
    pub mapping: &'a Mapping,
    /// Name of the other system: numbers are unique within it.
    pub system: &'a str,
    pub dry_run: bool,
}

/// One row, checked and ready to be saved.
struct Ready {
    row: u64,
    case: Case,
    category: String,
    /// What the other system calls whoever reported.
    reporter: String,
    words: String,
    repairs: Vec<Remark>,
}

impl Import<'_> {
    /// Reads the whole table. `progress` is called with the number of rows read after each chunk.
    pub fn run(&self, source: &mut Source, progress: &mut dyn FnMut(u64)) -> Result<Report> {
        POLICY.require(self.ctx, Act::Import, &city(), true)?;
        let fault = |e: sheets::Error| Problem::new(422, "file-unreadable").arg("what", e);
        if let Some((field, column)) =
            self.mapping.missing(source.header()).into_iter().find(|(f, _)| *f == "external_id")
        {
            return Err(Problem::new(422, "column-missing").arg("field", field).arg("column", column));
        }
        let mut session = self.mapping.session();
        let mut report = Report::default();
        let mut ready: Vec<Ready> = Vec::with_capacity(CHUNK);
        for row in source.rows().map_err(fault)? {
            let row = match row {
                Ok(row) => row,
                // a file that breaks off: what was read is kept and told
                Err(e) if report.read > 0 => {
                    report.refuse(0, [Remark::new(0, sheets::WHOLE_ROW, e)]);
                    break;
                }
                Err(e) => return Err(fault(e)),
            };
            match session.apply(&row) {
                Ok(mapped) => ready.push(self.prepare(mapped)),
                Err(problems) => report.refuse(problems.row, problems.remarks),
            }
            if ready.len() == CHUNK {
                self.save(std::mem::take(&mut ready), &mut report)?;
                progress(report.read);
            }
        }
        self.save(ready, &mut report)?;
        progress(report.read);
        Ok(report)
    }

    fn prepare(&self, mapped: Mapped) -> Ready {
        let text = |name: &str| mapped.fields.get(name).map(ToString::to_string).unwrap_or_default();
        let moment = |name: &str| mapped.fields.get(name).and_then(Field::as_instant);
        let number = |name: &str| mapped.fields.get(name).and_then(Field::as_real);
        let crs = self.mapping.crs().and_then(Crs::parse).unwrap_or(Crs::Cgcs2000);
        let place = number("lng")
            .zip(number("lat"))
            .map(|(lng, lat)| convert(Point { lng, lat }, crs, Crs::Cgcs2000));
        let located = place.map(|p| self.index.locate(p));
        let section = located.as_ref().and_then(|l| l.section.as_ref());
        let reported_at = moment("reported_at").unwrap_or(self.ctx.now);
        let closed_at = moment("closed_at");
        let mut repairs = mapped.repairs;
        // the other system's own word decides; only without one does the time
        let closed = match text("status").as_str() {
            "" => closed_at.is_some(),
            status => status == "closed",
        };
        if closed_at.is_some() && !closed {
            repairs.push(Remark::new(mapped.row, "closed_at", "open_with_closing"));
        }
        let source = text("source");
        if !source.is_empty() && Door::parse(&source).is_none() {
            repairs.push(Remark::new(mapped.row, "source", Reason::UnknownValue));
        }
        let filled = |name: &str| Some(text(name)).filter(|value| !value.is_empty());
        let (title, description) = (text("title"), text("description"));
        let mut case = Case {
            state: if closed { State::Closed } else { State::Reported },
            source: Door::parse(&source).unwrap_or(Door::Import),
            title: covered(if title.is_empty() { description.chars().take(40).collect() } else { title }),
            description: description.into(),
            lng: place.map(|p| p.lng),
            lat: place.map(|p| p.lat),
            crs: crs.as_str().to_owned(),
            address: text("address"),
            section_id: section.map(|s| s.id),
            along_m: section.map(|s| s.along_m),
            division_id: located.as_ref().and_then(|l| l.division),
            grid: located.as_ref().and_then(|l| l.grid_cell.as_ref()).map(|c| c.code.to_string()),
            governing_unit: located.as_ref().and_then(|l| l.governing_unit),
            reported_at,
            outside_system: Some(self.system.to_owned()),
            outside_id: filled("external_id"),
            outside_agency: filled("agency"),
            ..Case::blank(self.ctx.now)
        };
        if closed {
            let limit = self.desk.catalogue.limit(None, "", Stage::Handle);
            case.limit_amount = limit.map(|l| l.value);
            case.limit_unit = limit.map(|l| l.unit.as_str().to_owned());
            case.registered_at = Some(reported_at);
            case.dispatched_at = Some(reported_at);
            clock::refresh(&mut case, &self.desk, &[]);
            // a file may not say when: then nobody can say either whether it was in time
            case.answered_at = closed_at;
            case.verified_at = closed_at;
            case.closed_at = closed_at;
            case.on_time = clock::in_time(&case);
        } else {
            clock::enter_stage(&mut case, &self.desk, self.ctx.now, &[]);
        }
        let number = case.outside_id.as_deref().unwrap_or_default();
        let words = format!("{} {} {} {number}", case.title, case.description, case.address);
        Ready {
            row: mapped.row,
            words: words::index_tokens(&words),
            category: text("category"),
            reporter: text("reporter_ref"),
            case,
            repairs,
        }
    }

    fn save(&self, chunk: Vec<Ready>, report: &mut Report) -> Result<()> {
        if chunk.is_empty() {
            return Ok(());
        }
        let (ctx, system, dry) = (self.ctx.clone(), self.system.to_owned(), self.dry_run);
        let outcomes = if dry {
            self.db.read_now(move |tx| {
                chunk.into_iter().map(|r| Ok((known(tx, &system, &r.case)?, r))).collect::<Result<Vec<_>>>()
            })?
        } else {
            let desk = Arc::clone(&self.desk);
            self.db.write_now(self.ctx, move |tx| {
                tx.housekeeping();
                chunk
                    .into_iter()
                    .map(|ready| {
                        let known = known(tx, &system, &ready.case)?;
                        if !known {
                            insert(&ctx, tx, &desk, &system, &ready)?;
                        }
                        Ok((known, ready))
                    })
                    .collect::<Result<Vec<_>>>()
            })?
        };
        for (known, ready) in outcomes {
            if known {
                report.refuse(ready.row, [Remark::new(ready.row, "external_id", Reason::DuplicateId)]);
            } else {
                report.accept(ready.repairs);
            }
        }
        Ok(())
    }
}

fn known(tx: &mut Tx<'_>, system: &str, case: &Case) -> Result<bool> {
    case.outside_id.as_ref().map_or(Ok(false), |id| rows::outside_known(tx, system, id))
}

fn insert(ctx: &Ctx, tx: &mut Tx<'_>, desk: &Desk, system: &str, ready: &Ready) -> Result<()> {
    let mut case = ready.case.clone();
    if !ready.category.is_empty() {
        case.item_id = catalogue::store::meet_alias(tx, system, &ready.category)?;
    }
    let year = case.reported_at.date().year();
    case.number = format!("CASE-{year}-{:06}", tx.next_number(&format!("CASE-{year}"))?);
    case.id = tx.new_id();
    tx.insert(&case)?;
    past::rewrite(tx, case.id, &past::milestones(&case, ctx.now, desk))?;
    if !ready.reporter.is_empty() {
        let reference = ready.reporter.as_str().into();
        tx.insert(&Reporter { case_id: case.id.raw(), reference, ..Reporter::default() })?;
    }
    if !ready.words.is_empty() {
        tx.index_words(case.id, &ready.words)?;
    }
    let event = Event::new("case.imported", case.id)
        .with("system", system)
        .with("outside", case.outside_id.as_deref())
        .with("category", ready.category.as_str())
        .with("state", case.state.code());
    tx.record(ctx, event)
}

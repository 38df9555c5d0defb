use super::Options;
use super::cells::{self, Causes, Outcome};
use crate::columns::{CLASS, CODE, FROM, NUMBER, STREET, TO, VALID_FROM, VALID_UNTIL};
use crate::commands::insert_section;
use crate::index::PlaceIndex;
use crate::model::{SectionClass, SectionDraft};
use crate::store as rows;
use kernel::ctx::Ctx;
use kernel::problem::Result;
use sheets::{Remark, Report, Row, Source};
use store::Tx;

/// Reads street sections. Needs street, from, to and a line; a class that is missing is a branch road, which is reported.
/// A number from elsewhere becomes the code of the register it came from; one that is ours already is refused.
pub fn sections(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    index: &PlaceIndex,
    source: &mut Source,
    options: &Options,
) -> Result<Report> {
    cells::each_row(source, |row| {
        let (draft, repairs) = match read(ctx, row, options) {
            Ok(read) => read,
            Err(causes) => return Ok(Err(causes)),
        };
        if rows::section_by_number(tx, NUMBER.of(row))?.is_some() {
            return Ok(Err(Causes::one(NUMBER.name, "section-exists")));
        }
        outcome(insert_section(ctx, tx, index, draft).map(drop), repairs)
    })
}

/// What a command said of a row.
pub(super) fn outcome(done: Result<()>, repairs: Vec<Remark>) -> Result<Outcome> {
    match done {
        Ok(()) => Ok(Ok(repairs)),
        Err(problem) => Causes::of(problem).map(Err),
    }
}

fn read(ctx: &Ctx, row: &Row, options: &Options) -> std::result::Result<(SectionDraft, Vec<Remark>), Causes> {
    let (mut causes, mut repairs) = (Causes::default(), Vec::new());
    let [street, from_crossing, to_crossing] =
        [STREET, FROM, TO].map(|column| cells::needed(&mut causes, &column, row));
    let class = match (CLASS.of(row), cells::class(CLASS.of(row))) {
        (_, Some(class)) => class,
        ("", None) => {
            repairs.push(Remark::new(row.number(), CLASS.name, "place_taken_as_branch"));
            SectionClass::Branch
        }
        _ => {
            causes.add(CLASS.name, "unknown_value");
            SectionClass::Branch
        }
    };
    let valid_from = match (VALID_FROM.of(row), VALID_FROM.of(row).parse()) {
        ("", _) => ctx.now.date(),
        (_, Ok(date)) => date,
        _ => {
            causes.add(VALID_FROM.name, "not_a_date");
            ctx.now.date()
        }
    };
    if !VALID_UNTIL.of(row).is_empty() {
        causes.add(VALID_UNTIL.name, "place_retired");
    }
    let accuracy_m = cells::accuracy(&mut causes, row);
    let line = cells::line(&mut causes, row, options.crs);
    let code = cells::optional(&CODE, row).or_else(|| cells::optional(&NUMBER, row));
    match line {
        Some(line) if causes.is_empty() => {
            let crs = options.crs;
            let draft = SectionDraft {
                code,
                street,
                from_crossing,
                to_crossing,
                class,
                line,
                crs,
                accuracy_m,
                valid_from: Some(valid_from),
            };
            Ok((draft, repairs))
        }
        _ => Err(causes),
    }
}

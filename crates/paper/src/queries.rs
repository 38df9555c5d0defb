//! What lists and pages show.

use crate::model::{Batch, Scan, ScanState, Sheet};
use crate::policy::{self, Act};
use crate::store as rows;
use cases::model::Case;
use kernel::ctx::{Ctx, Person};
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::workflow::Named;
use store::{Query, Tx, record};
use web::list::{Cursor, Page, Params};

record! {
    /// A batch with what became of its sheets.
    #[derive(Clone, Debug)]
    pub struct BatchLine {
        pub id: Id<Batch>,
        pub number: String,
        pub place: String,
        pub amount: i64,
        pub printed_by: String,
        pub made_at: kernel::time::Instant,
        pub returned: i64,
        pub void: i64,
    }
}

impl BatchLine {
    /// Sheets that may still come back.
    pub fn out(&self) -> i64 {
        self.amount - self.returned - self.void
    }
}

// one page's batches and, by the index of sheets, each batch's few hundred sheets
const BATCHES: &str = "select b.id, b.number, b.place, b.amount, b.printed_by, b.made_at,
      (select count(*) from paper_sheet s where s.batch_id = b.id and s.state = 'returned') as returned,
      (select count(*) from paper_sheet s where s.batch_id = b.id and s.state = 'void') as void
    from paper_batch b";

fn limit(size: usize) -> i64 {
    i64::try_from(size).unwrap_or(i64::MAX)
}

/// Batches, newest first.
pub fn batches(ctx: &Ctx, tx: &mut Tx<'_>, after: Option<Cursor>, size: usize) -> Result<Page<BatchLine>> {
    policy::require(ctx, Act::Print)?;
    let mut q = Query::<BatchLine>::new(BATCHES);
    if let Some(c) = after {
        q.filter("(b.made_at, b.id) < (?, ?)", &[&c.sort, &c.id]);
    }
    q.tail("order by b.made_at desc, b.id desc limit ?", &[&limit(size.saturating_add(1))]);
    Ok(Page::from_rows(tx.query(&q)?, size, |b| Cursor { sort: b.made_at.0, id: b.id.raw() }))
}

/// A batch with its sheets, and the numbers of the cases that they became where this person may see scans.
#[derive(Clone, Debug)]
pub struct Whole {
    pub batch: Batch,
    pub sheets: Vec<(Sheet, String)>,
}

/// # Errors
/// 404 for a number that is no batch's.
pub fn batch(ctx: &Ctx, tx: &mut Tx<'_>, number: &str) -> Result<Whole> {
    policy::require(ctx, Act::Print)?;
    let batch = rows::batch_by_number(tx, number)?.ok_or_else(Problem::not_found)?;
    let shown = policy::may(ctx, Act::See);
    let mut sheets = Vec::new();
    for sheet in rows::sheets(tx, batch.id)? {
        let case = match sheet.case_id.filter(|_| shown) {
            Some(case) => case_number(tx, case)?,
            None => String::new(),
        };
        sheets.push((sheet, case));
    }
    Ok(Whole { batch, sheets })
}

/// Empty where the case is gone.
pub fn case_number(tx: &mut Tx<'_>, case: Id<Case>) -> Result<String> {
    Ok(cases::store::case(tx, case)?.map(|c| c.number).unwrap_or_default())
}

/// What a list of scans asks for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter {
    pub state: Option<ScanState>,
}

impl Filter {
    /// # Errors
    /// 422 at `state` for a word that is none.
    pub fn read(params: &Params) -> Result<Self> {
        let state = match params.get("state") {
            "" => None,
            text => Some(ScanState::parse(text).ok_or_else(|| Problem::field("state", "not-a-choice"))?),
        };
        Ok(Self { state })
    }
}

/// A scan with the numbers of its sheet and case.
#[derive(Clone, Debug)]
pub struct ScanLine {
    pub scan: Scan,
    pub sheet: String,
    pub case: String,
}

/// Scans, newest first: all, or those that this person brought where they may not see all.
pub fn scans(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    filter: Filter,
    after: Option<Cursor>,
    size: usize,
) -> Result<Page<ScanLine>> {
    policy::require(ctx, Act::Bring)?;
    let mut q = Query::<Scan>::new("select {*} from paper_scan");
    if !policy::may(ctx, Act::See) {
        let me: Option<Id<Person>> = ctx.person();
        q.filter("brought_id = ?", &[&me.unwrap_or(Id::new(0))]);
    }
    if let Some(state) = filter.state {
        q.filter("state = ?", &[&state]);
    }
    if let Some(c) = after {
        q.filter("(received_at, id) < (?, ?)", &[&c.sort, &c.id]);
    }
    q.tail("order by received_at desc, id desc limit ?", &[&limit(size.saturating_add(1))]);
    let found = Page::from_rows(tx.query(&q)?, size, |s| Cursor { sort: s.received_at.0, id: s.id.raw() });
    let mut lines = Vec::with_capacity(found.rows.len());
    for scan in found.rows {
        lines.push(line(ctx, tx, scan)?);
    }
    Ok(Page { rows: lines, next: found.next })
}

/// One page's: each looks up two rows by their keys.
fn line(ctx: &Ctx, tx: &mut Tx<'_>, scan: Scan) -> Result<ScanLine> {
    let sheet = scan.sheet_id.map_or(Ok(None), |id| rows::sheet(tx, id))?.map(|s| s.number);
    let case = match scan.case_id.filter(|_| policy::may(ctx, Act::See)) {
        Some(case) => case_number(tx, case)?,
        None => String::new(),
    };
    Ok(ScanLine { scan, sheet: sheet.unwrap_or_default(), case })
}

/// One scan, for whoever sees pictures of forms.
///
/// # Errors
/// 404 for a number that is none.
pub fn scan(ctx: &Ctx, tx: &mut Tx<'_>, number: &str) -> Result<ScanLine> {
    policy::require(ctx, Act::See)?;
    let scan = rows::scan_by_number(tx, number)?.ok_or_else(Problem::not_found)?;
    line(ctx, tx, scan)
}

/// How many kinds the form of a scan offers; none where its sheet is not known.
pub fn batch_of(tx: &mut Tx<'_>, scan: &Scan) -> Result<Option<Batch>> {
    let Some(sheet) = scan.sheet_id.map_or(Ok(None), |id| rows::sheet(tx, id))? else { return Ok(None) };
    rows::batch(tx, sheet.batch_id)
}

/// What somebody with a counterfoil is told: no more than everybody may know of the case.
#[derive(Clone, Debug, PartialEq)]
pub enum Receipt {
    /// It has not come back.
    Out,
    Void,
    /// It came back, and is looked at: no case yet, or none that is public.
    Received,
    /// Number and state of the public case.
    Public(String, cases::workflow::State),
}

/// # Errors
/// 404 `no-such-form`.
pub fn receipt(tx: &mut Tx<'_>, number: &str) -> Result<Receipt> {
    let number = number.trim().to_uppercase();
    let unknown = || Problem::new(404, "no-such-form");
    let sheet = rows::sheet_by_number(tx, &number)?.ok_or_else(unknown)?;
    if sheet.state == crate::model::SheetState::Void {
        return Ok(Receipt::Void);
    }
    let Some(case) = sheet.case_id.map_or(Ok(None), |id| cases::store::case(tx, id))? else {
        return Ok(if rows::came(tx, sheet.id)? { Receipt::Received } else { Receipt::Out });
    };
    // one that was merged is told of by the one that it was merged into
    let case = match case.merged_into {
        Some(main) => cases::store::case(tx, main)?.unwrap_or(case),
        None => case,
    };
    Ok(if case.is_public { Receipt::Public(case.number, case.state) } else { Receipt::Received })
}

record! {
    struct NumberRow {
        id: i64,
        number: String,
    }
}

/// Of these ids, the numbers of those that are this crate's.
pub fn numbers(tx: &mut Tx<'_>, ids: &[i64]) -> Result<Vec<(i64, String)>> {
    let mut all = Vec::new();
    for table in ["paper_batch", "paper_sheet", "paper_scan"] {
        for some in ids.chunks(500) {
            let mut q = Query::<NumberRow>::new(&format!("select id, number from {table}"));
            q.one_of("id", some);
            all.extend(tx.query(&q)?.into_iter().map(|row| (row.id, row.number)));
        }
    }
    Ok(all)
}

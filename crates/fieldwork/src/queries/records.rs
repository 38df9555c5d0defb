//! Records in lists, and one of them whole.

use super::{Sight, sight};
use crate::commands::{self, NotMet};
use crate::model::{Edition, FieldFile, Observed, Reading, Record, Sheet};
use crate::policy::{self, Act};
use crate::store as rows;
use crate::workflow::State;
use ::store::audit::{self, HistoryLine};
use ::store::files::{self, StoredFile};
use ::store::{Query, Tx, sql};
use inspections::model::Inspection;
use kernel::ctx::{Ctx, Person};
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::workflow::Named;
use web::list::{Cursor, Page, Params};

/// What a list asks for.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub inspection: Option<Id<Inspection>>,
    /// Code of the type of point.
    pub kind: String,
    pub state: Option<State>,
    /// Of one inspector: for those who read all.
    pub person: Option<Id<Person>>,
    /// In number or name of the point.
    pub words: String,
}

impl Filter {
    /// # Errors
    /// 422 for what is no inspection or state.
    pub fn read(ctx: &Ctx, tx: &mut Tx<'_>, params: &Params) -> Result<Self> {
        let wrong = |field: &'static str| Problem::field(field, "not-a-choice");
        let inspection = inspection(tx, params.get("inspection"))?;
        let state = match params.get("state") {
            "" => None,
            text => Some(State::parse(text).ok_or_else(|| wrong("state"))?),
        };
        let person = match params.get("inspector") {
            "" => None,
            text if policy::may(ctx, Act::Review) => Some(text.parse().map_err(|_| wrong("inspector"))?),
            _ => return Err(Problem::forbidden()),
        };
        let (kind, words) = (params.get("type").to_owned(), params.get("q").to_owned());
        Ok(Self { inspection, kind, state, person, words })
    }

    fn narrow<R>(&self, sight: &Sight, query: &mut Query<R>) {
        sight.narrow(query);
        if let Some(id) = self.inspection {
            query.filter("inspection_id = ?", &[&id]);
        }
        if !self.kind.is_empty() {
            query.filter("kind = ?", &[&self.kind]);
        }
        if let Some(state) = self.state {
            query.filter("state = ?", &[&state]);
        }
        if let Some(person) = self.person {
            query.filter("person_id = ?", &[&person]);
        }
        if !self.words.is_empty() {
            let like = format!("%{}%", self.words.replace(['%', '_'], " ").to_lowercase());
            query.filter(
                "lower(point_name) like ? or lower(point_number) like ? or lower(number) like ?",
                &[&like, &like, &like],
            );
        }
        // what somebody is still writing is theirs alone
        let me = sight.me.unwrap_or_else(|| Id::new(0));
        query.filter("state <> 'draft' or person_id = ?", &[&me]);
    }
}

/// The inspection with a number, for filters.
pub(super) fn inspection(tx: &mut Tx<'_>, number: &str) -> Result<Option<Id<Inspection>>> {
    if number.is_empty() {
        return Ok(None);
    }
    let found = inspections::queries::by_number(tx, number)?;
    found.map(|i| Some(i.id)).ok_or_else(|| Problem::field("inspection", "not-a-choice"))
}

/// Records that somebody may see, newest first.
pub fn listed(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    filter: &Filter,
    after: Option<Cursor>,
    size: usize,
) -> Result<Page<Record>> {
    let sight = sight(ctx, tx)?;
    let mut query = Query::<Record>::new("select {*} from field_record");
    filter.narrow(&sight, &mut query);
    if let Some(cursor) = after {
        query.filter("(created_at, id) < (?, ?)", &[&cursor.sort, &cursor.id]);
    }
    let limit = i64::try_from(size).unwrap_or(i64::MAX - 1) + 1;
    query.tail("order by created_at desc, id desc limit ?", &[&limit]);
    let rows = tx.query(&query)?;
    Ok(Page::from_rows(rows, size, |r| Cursor { sort: r.created_at.0, id: r.id.raw() }))
}

/// How many that is.
pub fn listed_count(ctx: &Ctx, tx: &mut Tx<'_>, filter: &Filter) -> Result<i64> {
    let sight = sight(ctx, tx)?;
    let mut query = Query::<(i64,)>::new("select count(*) from field_record");
    filter.narrow(&sight, &mut query);
    Ok(tx.query(&query)?.first().map_or(0, |(n,)| *n))
}

/// A picture or sound of a record.
#[derive(Clone, Debug)]
pub struct Shot {
    pub file: FieldFile,
    pub stored: StoredFile,
}

/// A record with everything that belongs to it.
#[derive(Clone, Debug)]
pub struct Full {
    pub record: Record,
    pub sheet: Sheet,
    pub edition: Edition,
    pub shots: Vec<Shot>,
    pub observations: Vec<Observed>,
    pub readings: Vec<Reading>,
    pub not_met: Vec<NotMet>,
    /// Other records of the same visit.
    pub others: Vec<Record>,
    pub history: Vec<HistoryLine>,
}

/// The only door to a record for readers.
///
/// # Errors
/// 404 for what there is not, and for what this person may not see (yet).
pub fn full(ctx: &Ctx, tx: &mut Tx<'_>, number: &str) -> Result<Full> {
    let sight = sight(ctx, tx)?;
    let record = rows::record(tx, number)?.filter(|r| sight.sees(r)).ok_or_else(Problem::not_found)?;
    let edition = commands::edition_of(tx, &record)?;
    let sheet = rows::sheets(tx)?.into_iter().find(|s| s.id == edition.sheet_id);
    let mut shots = Vec::new();
    for file in rows::files(tx, record.id)? {
        let stored = files::get(tx, file.file_id)?;
        shots.push(Shot { file, stored });
    }
    let mut others = rows::records_of(tx, record.visit_id)?;
    others.retain(|other| other.id != record.id && sight.sees(other));
    Ok(Full {
        sheet: sheet.ok_or_else(|| Problem::internal("a version without its checklist"))?,
        shots,
        observations: rows::observations_of(tx, record.id)?,
        readings: rows::readings(tx, record.id)?,
        not_met: commands::not_met(tx, &record)?,
        others,
        history: audit::history(tx, record.id)?,
        edition,
        record,
    })
}

/// A file of a record, for whoever may see the record.
///
/// # Errors
/// 404.
pub fn photo(ctx: &Ctx, tx: &mut Tx<'_>, id: Id<FieldFile>) -> Result<StoredFile> {
    let sight = sight(ctx, tx)?;
    let file = rows::file(tx, id)?.ok_or_else(Problem::not_found)?;
    let record = rows::record_by_id(tx, file.record_id)?.filter(|r| sight.sees(r));
    record.ok_or_else(Problem::not_found)?;
    files::get(tx, file.file_id)
}

/// For the log: numbers of records among these ids.
pub(crate) fn numbers(tx: &mut Tx<'_>, ids: &[i64]) -> Result<Vec<(i64, String)>> {
    let mut query = Query::<(i64, String)>::new("select id, number from field_record");
    query.one_of("id", ids);
    let mut all = tx.query(&query)?;
    let mut query = Query::<(i64, String)>::new("select id, code from field_sheet");
    query.one_of("id", ids);
    all.extend(tx.query(&query)?);
    Ok(all)
}

/// Inspectors who have records, for the filter of the list.
pub(crate) fn inspectors(tx: &mut Tx<'_>) -> Result<Vec<(Id<Person>, String)>> {
    // as many rows as there were inspectors
    tx.all(
        sql!(
            (Id<Person>, String): "select person_id, max(person_name) from field_record group by person_id order by 2"
        ),
        &[],
    )
}

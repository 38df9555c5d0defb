//! Everything that the page of one case shows.

use super::nearby::{Near, nearby};
use crate::commands::find_for;
use crate::model::{Case, Photo, Reporter, Request};
use crate::moves::Facts;
use crate::policy::{Act, POLICY, works_for};
use crate::store as rows;
use crate::units::Names;
use ::store::audit::{self, HistoryLine};
use ::store::files::{self, FileState};
use ::store::{Query, Tx, record, sql};
use kernel::ctx::{Ctx, Unit};
use kernel::id::Id;
use kernel::problem::Result;
use ladder::model::Letter;

/// A picture and how far its examination has come.
#[derive(Clone, Debug)]
pub struct Shot {
    pub photo: Photo,
    pub state: FileState,
    pub fault: Option<String>,
}

/// The pictures of a case, oldest first.
pub fn shots(tx: &mut Tx<'_>, id: Id<Case>) -> Result<Vec<Shot>> {
    let photos = rows::photos(tx, id)?;
    photos
        .into_iter()
        .map(|photo| {
            let file = files::get(tx, photo.file_id)?;
            Ok(Shot { photo, state: file.state, fault: file.fault })
        })
        .collect()
}

record! {
    /// Another case, as a related record.
    #[derive(Clone, Debug)]
    pub struct Related {
        pub id: Id<Case>,
        pub number: String,
        pub title: String,
        pub state: crate::workflow::State,
    }
}

/// Number, title and state of a case.
pub fn related(tx: &mut Tx<'_>, id: Id<Case>) -> Result<Option<Related>> {
    tx.one(sql!(Related: "select {*} from case_file where id = $1"), &[&id])
}

fn relate(case: Case) -> Related {
    Related { id: case.id, number: case.number, title: case.title, state: case.state }
}

/// One case with all that belongs to it.
#[derive(Clone, Debug)]
pub struct Full {
    pub case: Case,
    pub facts: Facts,
    pub assisting: Vec<Id<Unit>>,
    pub shots: Vec<Shot>,
    pub requests: Vec<Request>,
    /// Letters of the ladder that this person may see.
    pub letters: Vec<Letter>,
    pub parts: Vec<Related>,
    pub parent: Option<Related>,
    pub merged: Vec<Related>,
    pub main: Option<Related>,
    /// Only for those who may know.
    pub reporter: Option<Reporter>,
    pub knows_reporter: bool,
    /// Other open cases close by, for those who could merge them.
    pub near: Vec<Near>,
    pub history: Vec<HistoryLine>,
    pub section: String,
    pub(crate) units: Names,
}

/// Metres within which another open case may be the same problem.
const CLOSE_BY_M: f64 = 60.0;

pub fn full(ctx: &Ctx, tx: &mut Tx<'_>, number: &str) -> Result<Full> {
    let case = find_for(ctx, tx, Act::View, number)?;
    let id = case.id;
    let assisting = rows::assisting(tx, id)?;
    let standing = case.standing(&assisting);
    let requests = rows::requests(tx, id)?;
    let letters = ladder::queries::letters_about(ctx, tx, crate::letters::CASE, id.raw())?;
    // a second role, own or lent, does not lift it: who handles a case is not told who reported it
    let handlers = case.lead_unit.into_iter().chain(assisting.iter().copied());
    let knows_reporter = POLICY.may(ctx, Act::ViewReporter, &standing) && !works_for(ctx, handlers);
    let may_merge = POLICY.may(ctx, Act::Merge, &standing) && !case.state.is_over();
    let near = match case.place().filter(|_| may_merge) {
        Some(point) => nearby(tx, point, CLOSE_BY_M, case.item_id, Some(id), false)?,
        None => Vec::new(),
    };
    let section = match case.section_id {
        Some(section) => places::queries::section(tx, section)?.name(),
        None => String::new(),
    };
    let known = [case.lead_unit, case.suggested_unit, case.governing_unit];
    let of_letters = letters.iter().map(|l| Some(l.unit_id));
    let units = Names::of(tx, known.into_iter().chain(assisting.iter().map(|u| Some(*u))).chain(of_letters))?;
    Ok(Full {
        facts: Facts::new(standing, &requests),
        assisting,
        shots: shots(tx, id)?,
        parts: rows::children(tx, id)?.into_iter().map(relate).collect(),
        parent: case.parent_id.map_or(Ok(None), |p| related(tx, p))?,
        merged: rows::merged(tx, id)?.into_iter().map(relate).collect(),
        main: case.merged_into.map_or(Ok(None), |m| related(tx, m))?,
        reporter: if knows_reporter { rows::reporter(tx, id)? } else { None },
        knows_reporter,
        near,
        history: audit::history(tx, id)?,
        section,
        units,
        requests,
        letters,
        case,
    })
}

/// Numbers of those of these ids that are cases.
pub(crate) fn numbers(tx: &mut Tx<'_>, ids: &[i64]) -> Result<Vec<(i64, String)>> {
    let mut query = Query::<(i64, String)>::new("select id, number from case_file");
    query.one_of("id", ids);
    tx.query(&query)
}

//! Everything that the page of one case shows.

use super::nearby::{Near, look_of, nearby};
use super::phone::SameCaller;
use crate::commands::{find_for, load_for};
use crate::model::{Case, Cover, Forward, Photo, Question, Recording, Reporter, Request, Strikes, Voice};
use crate::moves::Facts;
use crate::policy::{Act, POLICY, may_hear, sees_uncovered, works_for};
use crate::store::{self as rows, Answered};
use crate::units::Names;
use ::store::audit::{self, HistoryLine};
use ::store::files::{self, FileState};
use ::store::{Query, Tx, record, sql};
use kernel::ctx::{Ctx, Unit};
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use ladder::model::Letter;

/// Cases with a recording that nobody has typed yet.
pub(super) const UNTYPED: &str =
    "id in (select case_id from case_recording where words_at is null and erased = 0)";

/// A picture and how far its examination has come.
#[derive(Clone, Debug)]
pub struct Shot {
    pub photo: Photo,
    pub state: FileState,
    pub fault: Option<String>,
    /// What is taken out of it for others.
    pub cover: Option<Cover>,
    /// How far the picture has come that everybody gets.
    pub open: FileState,
}

impl Shot {
    /// As everybody gets it.
    #[must_use]
    pub fn covered(self) -> Self {
        Self { state: self.open, ..self }
    }
}

/// The pictures of a case, oldest first.
pub fn shots(tx: &mut Tx<'_>, id: Id<Case>) -> Result<Vec<Shot>> {
    let photos = rows::photos(tx, id)?;
    let covers = rows::covers(tx, id)?;
    photos
        .into_iter()
        .map(|photo| {
            let file = files::get(tx, photo.file_id)?;
            let cover = covers.iter().find(|c| c.file_id == photo.file_id).cloned();
            let open = match &cover {
                None => file.state,
                Some(Cover { covered_id: None, .. }) => FileState::Quarantined,
                Some(Cover { covered_id: Some(covered), .. }) => files::get(tx, *covered)?.state,
            };
            Ok(Shot { photo, state: file.state, fault: file.fault, cover, open })
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
        /// What of it the public does not read.
        pub strikes: Strikes,
        pub state: crate::workflow::State,
    }
}

/// Number, title and state of a case.
pub fn related(tx: &mut Tx<'_>, id: Id<Case>) -> Result<Option<Related>> {
    tx.one(sql!(Related: "select {*} from case_file where id = $1"), &[&id])
}

fn relate(case: Case) -> Related {
    Related { id: case.id, number: case.number, title: case.title, strikes: case.strikes, state: case.state }
}

/// One case with all that belongs to it.
#[derive(Clone, Debug)]
pub struct Full {
    pub case: Case,
    pub facts: Facts,
    pub assisting: Vec<Id<Unit>>,
    pub shots: Vec<Shot>,
    pub requests: Vec<Request>,
    pub questions: Vec<Question>,
    /// What people said of the unit's last answer.
    pub voices: Vec<Voice>,
    /// Letters of the ladder that this person may see.
    pub letters: Vec<Letter>,
    pub parts: Vec<Related>,
    pub parent: Option<Related>,
    pub merged: Vec<Related>,
    pub main: Option<Related>,
    /// Earlier cases that this one is again, and later ones that are this one again.
    pub recurrences: Vec<(Side, Related)>,
    /// Only for those who may know.
    pub reporter: Option<Reporter>,
    pub knows_reporter: bool,
    /// Other cases from the reporter's number; none for those who may not know.
    pub same_caller: SameCaller,
    /// Other open cases close by, for those who could merge them.
    pub near: Vec<Near>,
    /// What the reporter answered to further questions; without what says who they are, for those who may not know.
    pub answers: Vec<Answered>,
    /// What was said instead of writing it.
    pub recordings: Vec<Recording>,
    /// Whether this person may hear that.
    pub hears: bool,
    pub history: Vec<HistoryLine>,
    pub section: String,
    /// What people outside were asked.
    pub forwards: Vec<Forward>,
    /// Whom of its people the unit has given it to; empty for nobody.
    pub handler: String,
    pub(crate) units: Names,
}

/// Which side of a recurrence another case stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Earlier,
    Later,
}

/// Recurrences of a case that count, with those cases that the person may see.
fn recurrences(ctx: &Ctx, tx: &mut Tx<'_>, id: Id<Case>) -> Result<Vec<(Side, Related)>> {
    let mut found = Vec::new();
    for link in rows::recurrences_around(tx, id)? {
        let (side, other) =
            if link.case_id == id { (Side::Earlier, link.earlier_id) } else { (Side::Later, link.case_id) };
        // one that a report only says of itself counts when it is confirmed
        let later = rows::case(tx, link.case_id)?.ok_or_else(Problem::not_found)?;
        if !later.is_recurrence {
            continue;
        }
        match load_for(ctx, tx, Act::View, other) {
            Ok(case) => found.push((side, relate(case))),
            Err(problem) if problem.status == 404 => {}
            Err(problem) => return Err(problem),
        }
    }
    Ok(found)
}

/// The same for everybody: only cases that the public list shows.
pub fn public_recurrences(tx: &mut Tx<'_>, id: Id<Case>) -> Result<Vec<(Side, Related)>> {
    let mut found = Vec::new();
    for link in rows::recurrences_around(tx, id)? {
        let (side, other) =
            if link.case_id == id { (Side::Earlier, link.earlier_id) } else { (Side::Later, link.case_id) };
        let later = rows::case(tx, link.case_id)?.ok_or_else(Problem::not_found)?;
        let shown = rows::case(tx, other)?.filter(|c| c.is_public && later.is_recurrence);
        found.extend(shown.map(|case| (side, relate(case))));
    }
    Ok(found)
}

/// Metres within which another open case may be the same problem.
const CLOSE_BY_M: f64 = 100.0;

/// Says of which the same number was left, and puts those first: one person seldom has two problems of one place open. It says no
/// more than that; whoever merges looks.
fn with_caller(mut near: Vec<Near>, same: &SameCaller) -> Vec<Near> {
    let known = same.ids();
    for other in &mut near {
        other.same_caller = known.contains(&other.id);
    }
    near.sort_by_key(|other| !other.same_caller);
    near
}

pub fn full(ctx: &Ctx, tx: &mut Tx<'_>, number: &str) -> Result<Full> {
    let case = find_for(ctx, tx, Act::View, number)?;
    let id = case.id;
    let assisting = rows::assisting(tx, id)?;
    let standing = case.standing(&assisting);
    let requests = rows::requests(tx, id)?;
    let questions = rows::questions(tx, id)?;
    let letters = ladder::queries::letters_about(ctx, tx, crate::letters::CASE, id.raw())?;
    // a second role, own or lent, does not lift it: who handles a case is not told who reported it
    let handlers = case.lead_unit.into_iter().chain(assisting.iter().copied());
    let knows_reporter = POLICY.may(ctx, Act::ViewReporter, &standing) && !works_for(ctx, handlers);
    let hears = may_hear(ctx, &case, &assisting);
    let may_merge = POLICY.may(ctx, Act::Merge, &standing) && !case.state.is_over();
    let reporter = if knows_reporter { rows::reporter(tx, id)? } else { None };
    let mut answers = rows::answers(tx, &[id])?;
    answers.retain(|answer| knows_reporter || !answer.asked.personal);
    let same_caller = match &reporter {
        Some(reporter) => SameCaller::of(ctx, tx, id, reporter)?,
        None => SameCaller::default(),
    };
    let near = if may_merge { nearby(tx, &look_of(&case), CLOSE_BY_M, Some(id), false)? } else { Vec::new() };
    let near = with_caller(near, &same_caller);
    let section = match case.section_id {
        Some(section) => places::queries::section(tx, section)?.name(),
        None => String::new(),
    };
    let handler = match case.handler_id {
        Some(person) => people::queries::person_name(tx, person)?,
        None => String::new(),
    };
    let known = [case.lead_unit, case.suggested_unit, case.governing_unit];
    let of_letters = letters.iter().map(|l| Some(l.unit_id));
    let units = Names::of(tx, known.into_iter().chain(assisting.iter().map(|u| Some(*u))).chain(of_letters))?;
    let shots = shots(tx, id)?;
    let shots = seen(ctx, &case, &assisting, shots);
    Ok(Full {
        facts: Facts::read(tx, &case, &assisting, &requests, &questions)?,
        assisting,
        shots,
        parts: rows::children(tx, id)?.into_iter().map(relate).collect(),
        parent: case.parent_id.map_or(Ok(None), |p| related(tx, p))?,
        merged: rows::merged(tx, id)?.into_iter().map(relate).collect(),
        main: case.merged_into.map_or(Ok(None), |m| related(tx, m))?,
        reporter,
        knows_reporter,
        same_caller,
        near,
        answers,
        recordings: rows::recordings(tx, id)?,
        hears,
        history: audit::history(tx, id)?,
        section,
        forwards: rows::forwards(tx, id)?,
        handler,
        units,
        recurrences: recurrences(ctx, tx, id)?,
        voices: case.answered_at.map_or(Ok(Vec::new()), |round| rows::voices(tx, id, round))?,
        requests,
        questions,
        letters,
        case,
    })
}

/// The pictures as this person gets them.
fn seen(ctx: &Ctx, case: &Case, assisting: &[Id<Unit>], shots: Vec<Shot>) -> Vec<Shot> {
    let bare = |shot: &Shot| shot.cover.as_ref().is_none_or(|c| sees_uncovered(ctx, case, assisting, c));
    shots.into_iter().map(|shot| if bare(&shot) { shot } else { shot.covered() }).collect()
}

/// Numbers of those of these ids that are cases.
pub fn numbers(tx: &mut Tx<'_>, ids: &[i64]) -> Result<Vec<(i64, String)>> {
    let mut query = Query::<(i64, String)>::new("select id, number from case_file");
    query.one_of("id", ids);
    tx.query(&query)
}

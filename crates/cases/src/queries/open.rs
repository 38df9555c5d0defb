//! Confirmed cases for whoever builds on them: Open311, map programs, feeds. An [`OpenCase`] holds only what may leave the
//! city, so that no door can hand out more by mistake: words masked, no persons, no picture that is not for everybody.

use crate::masked::Masked;
use crate::model::{Case, Division, Item, Photo, PhotoKind, Section};
use crate::store as rows;
use crate::units::Names;
use crate::workflow::State;
use ::store::files::{self, File};
use ::store::{Bind, Query, Record, Tx, record, sql};
use kernel::ctx::Unit;
use kernel::geometry::Bbox;
use kernel::id::Id;
use kernel::problem::Result;
use kernel::time::Instant;
use kernel::workflow::Named;
use std::collections::HashMap;
use web::list::Cursor;

/// Which cases are wanted; what is empty lets everything through.
#[derive(Clone, Debug, Default)]
pub struct OpenFilter {
    pub numbers: Vec<String>,
    pub items: Vec<Id<Item>>,
    /// Those of no kind, beside those of `items`.
    pub no_item: bool,
    /// Reported in this time, both ends included.
    pub from: Option<Instant>,
    pub until: Option<Instant>,
    /// Over, or not.
    pub over: Option<bool>,
    pub states: Vec<State>,
    pub bbox: Option<Bbox>,
    pub divisions: Vec<Id<Division>>,
    pub unit: Option<Id<Unit>>,
    /// On a section between these metres.
    pub stretch: Option<(Id<Section>, f64, f64)>,
    /// Only those with a place.
    pub placed: bool,
}

/// In which order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenOrder {
    /// The newest report first.
    Reported,
    /// The last one closed first; only closed ones.
    Closed,
}

/// A case as everybody may know it.
#[derive(Clone, Debug)]
pub struct OpenCase {
    pub id: Id<Case>,
    pub number: String,
    pub title: String,
    pub description: String,
    /// Without the house number.
    pub address: String,
    pub state: State,
    pub item: Option<Id<Item>>,
    /// Degrees, CGCS2000, to a tenth of a metre.
    pub lng: Option<f64>,
    pub lat: Option<f64>,
    pub section: Option<Id<Section>>,
    pub division: Option<Id<Division>>,
    pub grid: Option<String>,
    /// Name of the unit that handles it; empty while there is none.
    pub unit: String,
    pub reported_at: Instant,
    pub dispatched_at: Option<Instant>,
    pub answered_at: Option<Instant>,
    pub closed_at: Option<Instant>,
    /// When it must be handled.
    pub due_at: Option<Instant>,
    pub on_time: Option<bool>,
    pub follower_count: i64,
    /// The last step that everybody can see.
    pub updated_at: Instant,
    /// The first picture of what was wrong, and the last of what was done.
    pub before: Option<Id<Photo>>,
    pub after: Option<Id<Photo>>,
}

impl OpenCase {
    /// Where the next part of a list begins.
    pub fn cursor(&self, order: OpenOrder) -> Cursor {
        let sort = match order {
            OpenOrder::Reported => self.reported_at,
            OpenOrder::Closed => self.closed_at.unwrap_or(self.reported_at),
        };
        Cursor { sort: sort.0, id: self.id.raw() }
    }

    fn of(case: Case, units: &Names, pictures: &Pictures) -> Self {
        let masked = Masked::of_case(&case);
        let round = |degrees: f64| (degrees * 1e6).round() / 1e6;
        let steps = [
            case.confirmed_at,
            case.registered_at,
            case.dispatched_at,
            case.received_at,
            case.answered_at,
            case.verified_at,
            case.closed_at,
        ];
        Self {
            title: masked.title,
            description: masked.description,
            address: masked.address,
            state: case.state,
            item: case.item_id,
            lng: case.lng.map(round),
            lat: case.lat.map(round),
            section: case.section_id,
            division: case.division_id,
            unit: units.get(case.lead_unit).to_owned(),
            reported_at: case.reported_at,
            dispatched_at: case.dispatched_at,
            answered_at: case.answered_at,
            closed_at: case.closed_at.filter(|_| case.state.is_over()),
            due_at: case.due_at,
            on_time: case.on_time,
            follower_count: case.follower_count,
            updated_at: steps.into_iter().flatten().fold(case.reported_at, Ord::max),
            before: pictures.get(&(case.id, PhotoKind::Before.code())).copied(),
            after: pictures.get(&(case.id, PhotoKind::After.code())).copied(),
            grid: case.grid,
            number: case.number,
            id: case.id,
        }
    }
}

impl OpenFilter {
    fn apply<R: Record>(&self, q: &mut Query<R>) {
        q.filter("is_public = 1", &[]);
        if !self.numbers.is_empty() {
            q.one_of("number", &self.numbers);
        }
        let marks = vec!["?"; self.items.len()].join(", ");
        let items: Vec<&dyn Bind> = self.items.iter().map(|id| id as &dyn Bind).collect();
        match (self.items.is_empty(), self.no_item) {
            (true, false) => {}
            (true, true) => drop(q.filter("item_id is null", &[])),
            (false, false) => drop(q.filter(&format!("item_id in ({marks})"), &items)),
            (false, true) => drop(q.filter(&format!("item_id is null or item_id in ({marks})"), &items)),
        }
        if let Some(from) = self.from {
            q.filter("reported_at >= ?", &[&from]);
        }
        if let Some(until) = self.until {
            q.filter("reported_at <= ?", &[&until]);
        }
        if let Some(over) = self.over {
            let wanted = |s: &&State| s.is_over() == over;
            q.one_of("state", &State::ALL.iter().filter(wanted).copied().collect::<Vec<_>>());
        }
        if !self.states.is_empty() {
            q.one_of("state", &self.states);
        }
        if let Some(b) = self.bbox {
            q.filter("lat between ? and ?", &[&b.south, &b.north]);
            q.filter("lng between ? and ?", &[&b.west, &b.east]);
        }
        if self.placed {
            q.filter("lat is not null", &[]);
        }
        if !self.divisions.is_empty() {
            q.one_of("division_id", &self.divisions);
        }
        if let Some(unit) = self.unit {
            q.filter("lead_unit = ?", &[&unit]);
        }
        if let Some((section, from, to)) = self.stretch {
            q.filter("section_id = ?", &[&section]).filter("along_m between ? and ?", &[&from, &to]);
        }
    }
}

/// A part of the list: what follows a cursor, or what is left after `skip` rows.
pub fn open_cases(
    tx: &mut Tx<'_>,
    filter: &OpenFilter,
    order: OpenOrder,
    after: Option<Cursor>,
    skip: i64,
    limit: i64,
) -> Result<Vec<OpenCase>> {
    let mut q = Query::<Case>::new("select {*} from case_file");
    filter.apply(&mut q);
    let column = match order {
        OpenOrder::Reported => "reported_at",
        OpenOrder::Closed => {
            q.filter("state = ? and closed_at is not null", &[&State::Closed]);
            "closed_at"
        }
    };
    if let Some(c) = after {
        q.filter(&format!("({column}, id) < (?, ?)"), &[&c.sort, &c.id]);
    }
    q.tail(&format!("order by {column} desc, id desc limit ? offset ?"), &[&limit, &skip]);
    let cases = tx.query(&q)?;
    opened(tx, cases)
}

pub fn count_open(tx: &mut Tx<'_>, filter: &OpenFilter) -> Result<i64> {
    let mut q = Query::<(i64,)>::new("select count(*) from case_file");
    filter.apply(&mut q);
    Ok(tx.query(&q)?.first().map_or(0, |(n,)| *n))
}

/// Numbers of the newest, for search engines.
pub fn open_numbers(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<String>> {
    let rows = tx.all(
        sql!((String,): "select number from case_file where is_public = 1 order by reported_at desc, id desc limit $1"),
        &[&limit],
    )?;
    Ok(rows.into_iter().map(|(number,)| number).collect())
}

type Pictures = HashMap<(Id<Case>, &'static str), Id<Photo>>;

fn opened(tx: &mut Tx<'_>, cases: Vec<Case>) -> Result<Vec<OpenCase>> {
    let ids: Vec<Id<Case>> = cases.iter().map(|c| c.id).collect();
    let pictures = pictures(tx, &ids)?;
    let units = Names::of(tx, cases.iter().map(|c| c.lead_unit))?;
    Ok(cases.into_iter().map(|case| OpenCase::of(case, &units, &pictures)).collect())
}

record! {
    struct Shot {
        id: Id<Photo>,
        case_id: Id<Case>,
        file_id: Id<File>,
        kind: PhotoKind,
    }
}

/// The first of before and the last of after, of those that may be shown.
fn pictures(tx: &mut Tx<'_>, ids: &[Id<Case>]) -> Result<Pictures> {
    let mut shots: Vec<Shot> = Vec::new();
    for some in ids.chunks(500) {
        let mut q = Query::<Shot>::new("select {*} from case_photo");
        q.one_of("case_id", some).one_of("kind", &[PhotoKind::Before, PhotoKind::After]);
        q.tail("order by id", &[]);
        shots.extend(tx.query(&q)?);
    }
    // of a picture with parts taken out it is the new one that is handed out, and none before there is one
    let files: Vec<Id<File>> = shots.iter().map(|s| s.file_id).collect();
    let covered = rows::covered(tx, &files)?;
    let open = |file: Id<File>| covered.get(&file).copied().unwrap_or(Some(file));
    let ready = files::ready(tx, &files.into_iter().filter_map(open).collect::<Vec<_>>())?;
    let shown = |shot: &Shot| open(shot.file_id).is_some_and(|file| ready.contains(&file));
    let mut found = Pictures::new();
    for shot in shots.into_iter().filter(shown) {
        let key = (shot.case_id, shot.kind.code());
        if shot.kind == PhotoKind::Before {
            found.entry(key).or_insert(shot.id);
        } else {
            found.insert(key, shot.id);
        }
    }
    Ok(found)
}

/// Numbers of those that are public.
pub(super) fn public_numbers(tx: &mut Tx<'_>, ids: &[Id<Case>]) -> Result<HashMap<Id<Case>, String>> {
    let mut found = HashMap::new();
    for some in ids.chunks(500) {
        let mut q = Query::<(Id<Case>, String)>::new("select id, number from case_file");
        q.filter("is_public = 1", &[]).one_of("id", some);
        found.extend(tx.query(&q)?);
    }
    Ok(found)
}

/// Whether another system has reported this before, and as which case.
pub fn case_of_outside(tx: &mut Tx<'_>, system: &str, id: &str) -> Result<Option<Case>> {
    rows::case_by_outside(tx, system, id)
}

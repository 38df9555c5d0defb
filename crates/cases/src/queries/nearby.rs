//! What has been reported close by already: offered while somebody reports, and to the dispatcher before merging.

use crate::alike::{Look, likeness, percent};
use crate::model::{Case, CaseDescription, Item, Strikes};
use crate::workflow::State;
use kernel::coords::Point;
use kernel::geometry::{Bbox, distance_m};
use kernel::id::Id;
use kernel::problem::Result;
use kernel::time::Instant;
use store::{Query, Sealed, Tx, record};

record! {
    #[derive(Clone, Debug)]
    struct Row {
        id: Id<Case>,
        number: String,
        title: String,
        strikes: Strikes,
        description: Sealed<CaseDescription>,
        state: State,
        item_id: Option<Id<Item>>,
        reported_at: Instant,
        lng: f64,
        lat: f64,
    }
}

/// An open case near a point.
#[derive(Clone, Debug)]
pub struct Near {
    pub id: Id<Case>,
    pub number: String,
    pub title: String,
    /// What of it the public does not read.
    pub strikes: Strikes,
    pub state: State,
    pub item_id: Option<Id<Item>>,
    pub reported_at: Instant,
    pub distance_m: f64,
    /// [`likeness`], in per cent.
    pub alike: u32,
    /// Whether it came from the same telephone number; filled in for those who may know reporters.
    pub same_caller: bool,
}

/// Most open cases of a box that are compared, the newest; a box of some hundred metres holds a few dozen.
const COMPARED: i64 = 200;
/// Most that are shown.
const SHOWN: usize = 10;

/// Open cases within `metres` of a place, most alike first, at most ten; `but`: not this one.
pub fn nearby(
    tx: &mut Tx<'_>,
    what: &Look,
    metres: f64,
    but: Option<Id<Case>>,
    only_public: bool,
) -> Result<Vec<Near>> {
    let Some(point) = what.place else { return Ok(Vec::new()) };
    let Some(around) = Bbox::around([point]).map(|spot| spot.grown(metres)) else { return Ok(Vec::new()) };
    let mut q = Query::<Row>::new("select {*} from case_file");
    q.filter("lat between ? and ?", &[&around.south, &around.north]);
    q.filter("lng between ? and ?", &[&around.west, &around.east]);
    q.one_of("state", &State::open());
    if only_public {
        q.filter("is_public = 1", &[]);
    }
    q.tail("order by reported_at desc limit ?", &[&COMPARED]);
    let mut near: Vec<Near> = tx
        .query(&q)?
        .into_iter()
        .filter(|r| Some(r.id) != but)
        .map(|r| {
            let place = Point { lng: r.lng, lat: r.lat };
            let words = format!("{} {}", r.title, r.description);
            let other = Look::new(Some(place), r.reported_at, r.item_id, &words);
            Near {
                id: r.id,
                number: r.number,
                title: r.title,
                strikes: r.strikes,
                state: r.state,
                item_id: r.item_id,
                reported_at: r.reported_at,
                distance_m: distance_m(point, place),
                alike: percent(likeness(what, &other)),
                same_caller: false,
            }
        })
        .filter(|n| n.distance_m <= metres)
        .collect();
    near.sort_by(|a, b| b.alike.cmp(&a.alike).then(a.distance_m.total_cmp(&b.distance_m)));
    near.truncate(SHOWN);
    Ok(near)
}

/// A case as others are compared with it.
pub fn look_of(case: &Case) -> Look {
    let words = format!("{} {}", case.title, case.description);
    Look::new(case.place(), case.reported_at, case.item_id, &words)
}

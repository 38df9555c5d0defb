//! What has been reported close by already: offered while somebody reports, and to the dispatcher before merging.

use crate::model::{Case, Item};
use crate::workflow::State;
use kernel::coords::Point;
use kernel::geometry::distance_m;
use kernel::id::Id;
use kernel::problem::Result;
use kernel::time::Instant;
use store::{Query, Tx, record};

record! {
    #[derive(Clone, Debug)]
    struct Row {
        id: Id<Case>,
        number: String,
        title: String,
        state: State,
        item_id: Option<Id<Item>>,
        reported_at: Instant,
        lng: f64,
        lat: f64,
        is_public: bool,
    }
}

/// An open case near a point.
#[derive(Clone, Debug)]
pub struct Near {
    pub id: Id<Case>,
    pub number: String,
    pub title: String,
    pub state: State,
    pub item_id: Option<Id<Item>>,
    pub reported_at: Instant,
    pub distance_m: f64,
}

/// Open cases within `metres`, nearest first, at most ten; of the same kind first if `item` is given.
pub fn nearby(
    tx: &mut Tx<'_>,
    point: Point,
    metres: f64,
    item: Option<Id<Item>>,
    but: Option<Id<Case>>,
    only_public: bool,
) -> Result<Vec<Near>> {
    // a degree of latitude is 111 km; of longitude less, by the cosine
    let dlat = metres / 111_000.0;
    let dlng = metres / (111_000.0 * point.lat.to_radians().cos().max(0.1));
    let mut q = Query::<Row>::new("select {*} from case_file");
    q.filter("lat between ? and ?", &[&(point.lat - dlat), &(point.lat + dlat)]);
    q.filter("lng between ? and ?", &[&(point.lng - dlng), &(point.lng + dlng)]);
    q.one_of("state", &State::open());
    if only_public {
        q.filter("is_public = 1", &[]);
    }
    q.tail("limit ?", &[&200_i64]);
    let mut near: Vec<Near> = tx
        .query(&q)?
        .into_iter()
        .filter(|r| Some(r.id) != but)
        .map(|r| Near {
            id: r.id,
            number: r.number,
            title: r.title,
            state: r.state,
            item_id: r.item_id,
            reported_at: r.reported_at,
            distance_m: distance_m(point, Point { lng: r.lng, lat: r.lat }),
        })
        .filter(|n| n.distance_m <= metres)
        .collect();
    near.sort_by(|a, b| {
        let other_kind = |n: &Near| item.is_some() && n.item_id != item;
        other_kind(a).cmp(&other_kind(b)).then(a.distance_m.total_cmp(&b.distance_m))
    });
    near.truncate(10);
    Ok(near)
}

//! Where items come from. Registers are small and change seldom: each is kept in memory, written once for each state of the
//! city's places. Cases are many: they are asked of the database, by key.

use crate::collection::Collection;
use crate::item::Item;
use crate::shape::Shape;
use crate::wanted::Wanted;
use cases::catalogue::Catalogue;
use cases::desk::Desk;
use cases::open;
use cases::queries::{OpenCase, OpenFilter, OpenOrder, count_open, open_cases};
use cases::workflow::State;
use kernel::coords::Point;
use kernel::problem::{Problem, Result};
use kernel::time::{DAY, Instant, MINUTE};
use kernel::workflow::Named;
use places::PlaceIndex;
use places::queries::{SectionFilter, SiteFilter};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use store::Tx;
use web::Req;
use web::list::Cursor;

/// A part of a collection.
#[derive(Debug)]
pub struct Part {
    pub items: Vec<Item>,
    /// How many there are in all, of those asked for.
    pub matched: i64,
    /// What to give as `after` to read on.
    pub next: Option<String>,
}

/// Registers as they were last written, by collection, each with the state it was written from.
#[derive(Default)]
struct Written(Mutex<HashMap<&'static str, Register>>);

/// The state it was written from, and the items.
type Register = (String, Arc<Vec<Item>>);

/// What cases are written with.
#[derive(Clone)]
pub struct Words {
    pub desk: Arc<Desk>,
    pub index: Arc<PlaceIndex>,
    pub base: String,
}

pub async fn words(req: &Req) -> Result<Words> {
    let (desk, index) = (Desk::of(&req.city).await?, places::kept::index(&req.city).await?);
    Ok(Words { desk, index, base: req.app.settings().base_url.clone() })
}

/// The items asked for.
pub async fn part(req: &Req, of: &'static Collection, wanted: Wanted) -> Result<Part> {
    if of.id == "cases" {
        let words = words(req).await?;
        return req.read(move |_, tx| cases_part(tx, &words, &wanted)).await;
    }
    let all = register(req, of).await?;
    let fits = |item: &&Item| {
        wanted.bbox.is_none_or(|b| item.shape.as_ref().is_some_and(|s| s.touches(&b)))
            && item.meets(wanted.from, wanted.until)
            && wanted.facts.iter().all(|(name, value)| item.is(name, value))
    };
    let begin = match wanted.after.as_str() {
        "" => 0,
        after => match all.iter().position(|i| i.id == after) {
            Some(at) => at + 1,
            None => return Err(Problem::field("after", "not-a-cursor")),
        },
    };
    let matched = all.iter().filter(fits).count();
    let mut items: Vec<Item> = all[begin..].iter().filter(fits).take(wanted.limit + 1).cloned().collect();
    let more = items.len() > wanted.limit;
    items.truncate(wanted.limit);
    let next = items.last().filter(|_| more).map(|i| i.id.clone());
    Ok(Part { items, matched: i64::try_from(matched).unwrap_or(i64::MAX), next })
}

/// One item by its number.
pub async fn one(req: &Req, of: &'static Collection, id: String) -> Result<Item> {
    if of.id != "cases" {
        let all = register(req, of).await?;
        return all.iter().find(|i| i.id == id).cloned().ok_or_else(Problem::not_found);
    }
    let words = words(req).await?;
    req.read(move |_, tx| {
        let filter = OpenFilter { numbers: vec![id], ..OpenFilter::default() };
        let found = open_cases(tx, &filter, OpenOrder::Reported, None, 0, 1)?;
        found.first().map(|c| case_item(&words, c)).ok_or_else(Problem::not_found)
    })
    .await
}

fn cases_part(tx: &mut Tx<'_>, words: &Words, wanted: &Wanted) -> Result<Part> {
    let mut filter =
        OpenFilter { bbox: wanted.bbox, from: wanted.from, until: wanted.until, ..OpenFilter::default() };
    for (name, value) in &wanted.facts {
        let known = match name.as_str() {
            "state" => State::parse(value).map(|s| filter.states.push(s)),
            "service_code" => item_of(&words.desk.catalogue, value).map(|i| filter.items.push(i)),
            _ => words.index.by_code(value).map(|wanted| {
                let below = words.index.divisions().iter().filter(|d| d.path.contains(&wanted.id));
                filter.divisions.extend(below.map(|d| d.id));
            }),
        };
        if known.is_none() {
            // nothing is of a kind that is not known
            return Ok(Part { items: Vec::new(), matched: 0, next: None });
        }
    }
    let after = Cursor::parse(&wanted.after)?;
    let size = i64::try_from(wanted.limit).unwrap_or(1);
    let mut found = open_cases(tx, &filter, OpenOrder::Reported, after, 0, size + 1)?;
    let more = found.len() > wanted.limit;
    found.truncate(wanted.limit);
    let next = found.last().filter(|_| more).map(|c| c.cursor(OpenOrder::Reported).to_string());
    let items = found.iter().map(|c| case_item(words, c)).collect();
    Ok(Part { items, matched: count_open(tx, &filter)?, next })
}

fn item_of(catalogue: &Catalogue, code: &str) -> Option<kernel::id::Id<cases::model::Item>> {
    let of = |i: &&cases::catalogue::ItemInfo| open::item_code(catalogue, Some(i.id)) == code;
    catalogue.items().iter().find(of).map(|i| i.id)
}

fn moment(at: Option<Instant>) -> Value {
    at.map_or(Value::Null, |at| at.rfc3339().into())
}

pub fn case_item(words: &Words, case: &OpenCase) -> Item {
    let Words { desk, index, base } = words;
    let photo = |id: Option<kernel::id::Id<cases::model::Photo>>| {
        id.map_or(Value::Null, |id| format!("{base}/photos/{id}/full").into())
    };
    let division = case.division.and_then(|d| index.division(d)).map(|d| d.code.to_string());
    Item {
        id: case.number.clone(),
        shape: case.lng.zip(case.lat).map(|(lng, lat)| Shape::Point(Point::new(lng, lat))),
        from: Some(case.reported_at),
        until: Some(case.reported_at),
        facts: vec![
            ("number", case.number.as_str().into()),
            ("title", case.title.as_str().into()),
            ("description", case.description.as_str().into()),
            ("state", case.state.code().into()),
            ("service_code", open::item_code(&desk.catalogue, case.item).into()),
            ("kind", desk.catalogue.name(case.item).into()),
            ("unit", case.unit.as_str().into()),
            ("division", division.into()),
            ("address", case.address.as_str().into()),
            ("reported_at", moment(Some(case.reported_at))),
            ("updated_at", moment(Some(case.updated_at))),
            ("due_at", moment(case.due_at)),
            ("closed_at", moment(case.closed_at)),
            ("on_time", json!(case.on_time)),
            ("followers", case.follower_count.into()),
            ("before", photo(case.before)),
            ("after", photo(case.after)),
            ("url", format!("{base}/public/cases/{}", case.number).into()),
        ],
    }
}

/// How long the name of a unit is believed.
const FRESH: i64 = 10 * MINUTE;

/// A whole register, from memory while nothing has changed.
pub async fn register(req: &Req, of: &'static Collection) -> Result<Arc<Vec<Item>>> {
    let today = req.ctx.now.date();
    let mut version = streets::kept::version(&req.city, today).await?;
    if of.id == "stretches" {
        // they name units, whose names the version of streets knows nothing of
        version = format!("{version}-{}", req.ctx.now.0.div_euclid(FRESH));
    }
    let kept = req.city.kept::<Written>().unwrap_or_else(|| req.city.keep(Written::default()));
    let known = kept.0.lock().unwrap_or_else(PoisonError::into_inner).get(of.id).cloned();
    if let Some((_, items)) = known.filter(|(of, _)| *of == version) {
        return Ok(items);
    }
    let index = places::kept::index(&req.city).await?;
    let items = match of.id {
        "sections" => req.read(move |_, tx| sections(tx, &index)).await?,
        "sites" => req.read(move |_, tx| sites(tx, &index)).await?,
        "stretches" => stretches(req).await?,
        _ => req.read(move |_, tx| divisions(tx, &index)).await?,
    };
    let items = Arc::new(items);
    let row = (version, Arc::clone(&items));
    kept.0.lock().unwrap_or_else(PoisonError::into_inner).insert(of.id, row);
    Ok(items)
}

/// Rows read at a time.
const AT_ONCE: usize = 1000;

fn code_of(index: &PlaceIndex, division: Option<kernel::id::Id<places::model::Division>>) -> Value {
    division.and_then(|d| index.division(d)).map_or(Value::Null, |d| (*d.code).into())
}

/// All of them: the register is written whole, once for each change of it.
fn sections(tx: &mut Tx<'_>, index: &PlaceIndex) -> Result<Vec<Item>> {
    let (mut items, mut after) = (Vec::new(), None);
    loop {
        let page = places::queries::sections(tx, &SectionFilter::default(), after, AT_ONCE)?;
        items.extend(page.rows.iter().map(|s| Item {
            id: s.number.clone(),
            shape: Some(Shape::Line(s.line.points().to_vec())),
            from: Some(Instant::start_of(s.valid_from)),
            until: None,
            facts: vec![
                ("number", s.number.as_str().into()),
                ("name", s.name().into()),
                ("street", s.street.as_str().into()),
                ("class", s.class.code().into()),
                ("length_m", json!(s.length_m.round())),
                ("division", code_of(index, s.division_id)),
            ],
        }));
        after = page.next;
        if after.is_none() {
            return Ok(items);
        }
    }
}

fn sites(tx: &mut Tx<'_>, index: &PlaceIndex) -> Result<Vec<Item>> {
    let (mut items, mut after) = (Vec::new(), None);
    loop {
        let page = places::queries::sites(tx, &SiteFilter::default(), after, AT_ONCE)?;
        items.extend(page.rows.iter().map(|s| Item {
            id: s.number.clone(),
            shape: Some(Shape::Point(s.point())),
            from: None,
            until: None,
            facts: vec![
                ("number", s.number.as_str().into()),
                ("name", s.name.as_str().into()),
                ("type", s.type_code.as_str().into()),
                ("address", json!(s.address)),
                ("division", code_of(index, s.division_id)),
            ],
        }));
        after = page.next;
        if after.is_none() {
            return Ok(items);
        }
    }
}

fn divisions(tx: &mut Tx<'_>, index: &PlaceIndex) -> Result<Vec<Item>> {
    let one = |tx: &mut Tx<'_>, node: &places::index::Node| {
        let area = places::queries::division(tx, node.id)?.area;
        Ok(Item {
            id: node.code.to_string(),
            shape: area.map(|a| Shape::Area(a.polygons().collect())),
            from: None,
            until: None,
            facts: vec![
                ("code", (*node.code).into()),
                ("name", (*node.name).into()),
                ("level", (*node.level).into()),
                ("parent", code_of(index, node.parent)),
            ],
        })
    };
    index.divisions().iter().map(|node| one(tx, node)).collect()
}

/// Stretches adopted today.
async fn stretches(req: &Req) -> Result<Vec<Item>> {
    let (today, base) = (req.ctx.now.date(), req.app.settings().base_url.clone());
    let report = streets::kept::coverage(&req.city, today).await?;
    let all = Arc::clone(&report);
    let names =
        req.read(move |_, tx| streets::queries::names(tx, all.sections.iter().flat_map(|s| &s.adoptions)));
    let names = names.await?;
    let mut items = Vec::new();
    for state in &report.sections {
        items.extend(state.adoptions.iter().map(|a| Item {
            id: a.number.clone(),
            shape: state.section.line.slice(a.from_m, a.to_m).map(|l| Shape::Line(l.points().to_vec())),
            from: Some(Instant::start_of(a.from_date)),
            until: a.until_date.map(|d| Instant::start_of(d).plus(DAY - 1)),
            facts: vec![
                ("number", a.number.as_str().into()),
                ("section", state.section.number.as_str().into()),
                ("name", state.section.name().into()),
                ("unit", names.unit(a.unit_id).into()),
                ("unit_code", names.unit_code(a.unit_id).into()),
                ("from_m", json!(a.from_m.round())),
                ("to_m", json!(a.to_m.round())),
                ("since", a.from_date.to_string().into()),
                ("url", format!("{base}/public/streets/{}", a.number).into()),
            ],
        }));
    }
    items.sort_by(|a, b| a.id.len().cmp(&b.id.len()).then(a.id.cmp(&b.id)));
    Ok(items)
}

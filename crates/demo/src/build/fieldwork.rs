//! What inspectors found at the points of the demonstration's inspections: all of those that have ended, half of the one that is under way.
//! Through the commands that people use; for a few, pictures are drawn.

use super::answers::{self, Eyes};
use super::system;
use crate::dice::Dice;
use crate::pictures::{Shot, Stage, draw};
use ::fieldwork::commands::{self, NewFile, Outcome, Sending};
use ::fieldwork::model::Door;
use ::fieldwork::setup;
use checklist::Given;
use inspections::queries::Stop;
use kernel::ctx::{Actor, Ctx, Member};
use kernel::id::Id;
use kernel::policy::{Grant, Reach, Role};
use kernel::problem::Result;
use kernel::time::{DAY, Instant, MINUTE};
use std::sync::Arc;
use store::files::Files;
use web::City;

/// Records that get a picture in each inspection.
const PICTURES: usize = 4;
/// Of a hundred records that were handed in, how many the office has accepted.
const ACCEPTED: i64 = 85;

/// Makes the records; how many.
pub fn record(city: &City, seed: u64, now: Instant) -> Result<usize> {
    let mut dice = Dice::of(seed, "fieldwork");
    let ctx = system(city, now.plus(-200 * DAY));
    city.db().write_now(&ctx.clone(), move |tx| {
        setup::found(&ctx, tx)?;
        setup::fill_up(&ctx, tx).map(drop)
    })?;
    let ctx = system(city, now);
    let list = city.db().read_now({
        let ctx = ctx.clone();
        move |tx| {
            inspections::queries::inspections(&ctx, tx, inspections::queries::Filter::default(), None, 50)
        }
    })?;
    let mut made = 0;
    // the oldest first, as they were held
    for line in list.rows.into_iter().rev() {
        let (ctx, number) = (ctx.clone(), line.number.clone());
        let visits = city.db().read_now(move |tx| inspections::queries::visits_of(&ctx, tx, &number))?.1;
        let over = line.state == inspections::workflow::State::Ended;
        let mut pictures = 0;
        for (n, stop) in visits.stops.iter().enumerate() {
            let day = Instant::start_of(stop.visit.day);
            let begun = day.plus((9 * 60 + 25 * stop.visit.day_place) * MINUTE);
            if (!over && n % 2 == 1) || begun.plus(30 * MINUTE) > now {
                continue;
            }
            let with_picture = pictures < PICTURES;
            let name =
                visits.sent.iter().find(|s| s.person_id == stop.visit.person_id).map(|s| s.name.clone());
            if let Some(seen) = one(city, &mut dice, stop, (begun, name.unwrap_or_default()), with_picture)? {
                made += 1;
                pictures += usize::from(seen);
            }
        }
    }
    Ok(made)
}

/// What somebody found; whether with one of the pictures that are counted. None where the point has a checklist of another hand.
fn one(
    city: &City,
    dice: &mut Dice,
    stop: &Stop,
    (begun, name): (Instant, String),
    with_picture: bool,
) -> Result<Option<bool>> {
    let ended = begun.plus(12 * MINUTE);
    let ctx = member(city, stop, name, ended);
    let visit = stop.visit.id;
    let edition = city.db().read_now({
        let ctx = ctx.clone();
        move |tx| Ok(commands::begin(&ctx, tx, visit)?.edition)
    })?;
    // the same point is in the same state for both of its visitors, who see nearly the same of it
    let point = Dice::of(stop.point.id.raw().unsigned_abs(), "point");
    let eyes = Eyes { point, visit: dice };
    let place = (stop.point.lng, stop.point.lat);
    let Some(seen) = answers::of(&edition.model.0.code, eyes, begun.date(), place) else { return Ok(None) };
    let mut answers = seen.answers;
    let mut files = Vec::new();
    if let Some((question, problem, needed)) = seen.picture
        && (needed || with_picture)
    {
        let shot = Shot {
            problem,
            seed: stop.point.id.raw().unsigned_abs(),
            stage: Stage::Before,
            hour: 10,
            month: 6,
        };
        let received = Files::of(city.db()).receive_now(&draw(&shot)[..], 20 << 20)?;
        let picture = format!("p-{}.jpg", received.sha256.get(..12).unwrap_or_default());
        answers.given.insert(question.to_owned(), Given::List(vec![picture.clone()]));
        files.push(NewFile { received, name: picture, sound: None });
    }
    let index = places::kept::refresh_now(city)?;
    let counted = !files.is_empty() && with_picture;
    let at =
        (stop.point.lng + dice.real(-0.0003, 0.0003), stop.point.lat + dice.real(-0.0002, 0.0002), Some(9.0));
    let kind = stop.point.kind.clone();
    let record = city.db().write_now(&ctx.clone(), move |tx| {
        let sending = Sending {
            visit,
            edition: edition.id,
            instance: format!("demo:{kind}:{visit}"),
            started_at: begun,
            ended_at: ended,
            at: Some(at),
            answers,
            files,
            door: Door::Api,
        };
        Ok(match commands::receive(&ctx, tx, &index, &sending)? {
            Outcome::New(record) => Some(record),
            Outcome::Same(_) | Outcome::Kept { .. } | Outcome::Faulty(_) => None,
        })
    })?;
    let Some(record) = record else { return Ok(None) };
    if dice.between(1, 100) <= ACCEPTED {
        let ctx = system(city, ended.plus(8 * 60 * MINUTE));
        city.db().write_now(&ctx.clone(), move |tx| {
            commands::accept(&ctx, tx, (&record.number, record.version)).map(drop)
        })?;
    }
    Ok(Some(counted))
}

/// The inspector of a visit.
fn member(city: &City, stop: &Stop, name: String, now: Instant) -> Ctx {
    let grants = vec![Grant { role: Role::Inspector, unit: Id::new(0), reach: Reach::WholeCity }];
    let member = Member { id: stop.visit.person_id, name, grants };
    Ctx { actor: Actor::Member(Arc::new(member)), ..system(city, now) }
}

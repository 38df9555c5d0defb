//! From the log to deliveries: what of the next events goes to an endpoint, and in which words.

use crate::model::{Delivery, Endpoint};
use crate::store as rows;
use crate::{queries, sign};
use ::store::Tx;
use ::store::follow::{self, Place, Seen};
use ::store::secrets::Secrets;
use kernel::ctx::{Actor, Ctx, Member, Unit};
use kernel::id::Id;
use kernel::problem::Result;
use kernel::time::Instant;
use serde::Serialize;
use serde_json::{Map, Value};
use std::sync::Arc;
use web::City;
use web::outgoing::{Catalogue, Happened, Told};

/// Events looked at in one step.
const STEP: i64 = 500;
/// An endpoint that has this much waiting is not given more: the log keeps the rest.
pub const WINDOW: i64 = 5000;
/// A place that moved less than this, past nothing of interest, is not worth a write.
const WORTH: i64 = 200;

/// What a message says. Its keys never change their meaning.
#[derive(Serialize)]
struct Message<'a> {
    #[serde(rename = "type")]
    kind: &'a str,
    timestamp: String,
    /// The city's code, for receivers of several.
    city: &'a str,
    data: &'a Map<String, Value>,
}

/// The body of a message.
pub fn body(city: &City, kind: &str, at: Instant, data: &Map<String, Value>) -> Result<String> {
    let message = Message { kind, timestamp: at.rfc3339(), city: city.code().as_str(), data };
    serde_json::to_string(&message).map_err(kernel::problem::Problem::internal)
}

/// The circumstances of whoever answers for an endpoint, with what they may do today; none when they have no account any
/// more, or may not keep endpoints.
pub fn owner(tx: &mut Tx<'_>, ctx: &Ctx, endpoint: &Endpoint) -> Result<Option<Ctx>> {
    let Some(account) = people::queries::person(tx, endpoint.owner_id)? else { return Ok(None) };
    if account.state != people::model::AccountState::Active {
        return Ok(None);
    }
    let grants = people::recognise::grants_of(tx, account.id)?;
    let member = Member { id: account.id, name: account.name, grants };
    let theirs = Ctx { actor: Actor::Member(Arc::new(member)), ..ctx.clone() };
    Ok(crate::policy::may(&theirs, crate::policy::Act::Keep).then_some(theirs))
}

/// What makes deliveries for one endpoint.
pub struct Feed<'a> {
    city: &'a City,
    catalogue: Arc<Catalogue>,
    secrets: &'a Secrets,
    owner: Ctx,
    endpoint: &'a Endpoint,
    /// The chosen units with those below them; none for all.
    units: Option<Vec<Id<Unit>>>,
}

impl<'a> Feed<'a> {
    pub fn new(tx: &mut Tx<'_>, city: &'a City, owner: Ctx, endpoint: &'a Endpoint) -> Result<Self> {
        let mut units = Vec::new();
        for unit in &endpoint.units.0 {
            units.extend(people::queries::units_under(tx, *unit)?);
        }
        Ok(Self {
            city,
            catalogue: city.kept::<Catalogue>().unwrap_or_default(),
            secrets: city.db().secrets(),
            owner,
            endpoint,
            units: (!endpoint.units.0.is_empty()).then_some(units),
        })
    }

    /// The deliveries that events make.
    pub fn deliveries(&self, tx: &mut Tx<'_>, seen: &[Seen]) -> Result<Vec<Delivery>> {
        let mut made = Vec::new();
        for event in seen {
            if let Some(delivery) = self.delivery(tx, event)? {
                made.push(delivery);
            }
        }
        Ok(made)
    }

    fn delivery(&self, tx: &mut Tx<'_>, event: &Seen) -> Result<Option<Delivery>> {
        let Some(public) = self.catalogue.of_verb(&event.verb) else { return Ok(None) };
        if !self.endpoint.wants(public.kind) {
            return Ok(None);
        }
        let happened = Happened {
            kind: public.kind,
            verb: event.verb.clone(),
            at: event.at,
            entity: event.entity,
            facts: serde_json::from_str(&event.detail).unwrap_or_default(),
        };
        let Some(told) = (public.tell)(self.city, &self.owner, tx, &happened)? else { return Ok(None) };
        if !self.is_here(tx, &told)? {
            return Ok(None);
        }
        Ok(Some(Delivery {
            id: Id::new(0),
            endpoint_id: self.endpoint.id,
            event_id: event.id,
            message: sign::message_id(self.secrets, self.endpoint.id, event.id),
            kind: public.kind.to_owned(),
            record: event.entity,
            body: body(self.city, public.kind, event.at, &told.data)?.into(),
            number: told.record,
            at: event.at,
            ..Delivery::blank(self.owner.now)
        }))
    }

    /// Whether a record is of the units and divisions the endpoint wants.
    fn is_here(&self, tx: &mut Tx<'_>, told: &Told) -> Result<bool> {
        if let Some(units) = &self.units
            && !told.units.iter().any(|u| units.contains(u))
        {
            return Ok(false);
        }
        if self.endpoint.divisions.0.is_empty() {
            return Ok(true);
        }
        let Some(division) = told.division else { return Ok(false) };
        let index = places::kept::refresh_in(self.city, tx)?;
        let path = index.division(Id::new(division)).map(|node| node.path.clone()).unwrap_or_default();
        Ok(self.endpoint.divisions.0.iter().any(|d| path.contains(d)))
    }
}

/// Puts deliveries down, in the order of the log; how many were new.
pub fn put(tx: &mut Tx<'_>, made: Vec<Delivery>) -> Result<u64> {
    let mut new = 0;
    for delivery in made {
        let (id, next_at) = (tx.new_id(), tx.now());
        new += u64::from(rows::put(tx, &Delivery { id, next_at, ..delivery })?);
    }
    Ok(new)
}

/// One step along the log for an endpoint: reads on a snapshot, then writes deliveries and place together, so that no event
/// is passed over and none counted twice whatever dies in between. Whether there is more to read.
pub fn step(city: &City, ctx: &Ctx, owner: &Ctx, endpoint: &Endpoint) -> Result<bool> {
    let (asked, theirs, of) = (city.clone(), owner.clone(), endpoint.clone());
    let read = city.db().read_now(move |tx| {
        if queries::waiting(tx, of.id, WINDOW)? >= WINDOW {
            return Ok(None);
        }
        let place = rows::place(tx, of.id)?;
        let seen = follow::after(tx, &place, STEP)?;
        let made = Feed::new(tx, &asked, theirs, &of)?.deliveries(tx, &seen)?;
        Ok(Some((place, seen, made)))
    })?;
    let Some((place, seen, made)) = read else { return Ok(false) };
    let looked = i64::try_from(seen.len()).unwrap_or(i64::MAX);
    if made.is_empty() && looked < WORTH {
        return Ok(false);
    }
    let mut reached = Place::new();
    for event in &seen {
        reached.insert(event.lane, event.seq);
    }
    let id = endpoint.id;
    city.db().write_now(ctx, move |tx| {
        tx.housekeeping();
        for (lane, seq) in reached {
            rows::advance(tx, id, lane, place.get(&lane).copied().unwrap_or(0), seq)?;
        }
        put(tx, made)
    })?;
    Ok(looked == STEP)
}

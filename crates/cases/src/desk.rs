//! What commands need to know besides the case: the working calendar, the catalogue with its limits, and who answers
//! for which stretch of street. Made once per city and shared; replaced when one of them changes.

use crate::catalogue::{self, Catalogue};
use crate::model::{Case, Section};
use kernel::calendar::WorkingCalendar;
use kernel::coords::Point;
use kernel::ctx::{Ctx, Unit};
use kernel::id::Id;
use kernel::problem::Result;
use kernel::time::Date;
use std::sync::Arc;
use store::Tx;
use web::City;

/// Knows which unit answers for a place on a day. The crate `streets` is the one that does; this crate only asks.
pub trait Register: Send + Sync {
    fn answers_for(
        &self,
        tx: &mut Tx<'_>,
        section: Id<Section>,
        along_m: f64,
        day: Date,
    ) -> Result<Option<Id<Unit>>>;

    /// The stretches of a section that were answered for on a day, in the order in which they lie.
    fn stretches(&self, _: &mut Tx<'_>, _: Id<Section>, _: Date) -> Result<Vec<Stretch>> {
        Ok(Vec::new())
    }

    /// The stretch whose QR sign somebody has scanned.
    fn sign(&self, _: &mut Tx<'_>, _stretch: &str) -> Result<Option<Sign>> {
        Ok(None)
    }
}

/// A stretch of a section, with who answers for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Stretch {
    /// `BJ-0001`.
    pub number: String,
    pub unit: String,
    /// Metres from the section's beginning.
    pub from_m: f64,
    pub to_m: f64,
}

/// Where a sign with a QR code hangs.
#[derive(Clone, Debug, PartialEq)]
pub struct Sign {
    /// The section or stretch, as people call it.
    pub name: String,
    pub place: Point,
}

/// Where no register is kept: nobody is named.
#[derive(Debug)]
pub struct NoRegister;

impl Register for NoRegister {
    fn answers_for(&self, _: &mut Tx<'_>, _: Id<Section>, _: f64, _: Date) -> Result<Option<Id<Unit>>> {
        Ok(None)
    }
}

/// Hears that a case waits for its unit, in the transaction that makes it wait: what follows is enqueued there.
pub trait Listener: Send + Sync {
    /// It was registered, or corrected while it waited.
    fn awaits_dispatch(&self, ctx: &Ctx, tx: &mut Tx<'_>, case: &Case) -> Result<()>;
}

/// All listeners of a city.
#[derive(Clone, Default)]
pub struct Listeners(Vec<Arc<dyn Listener>>);

/// Brings a listener to a city, when it is opened.
pub fn listen(city: &City, listener: Arc<dyn Listener>) {
    let mut known = city.kept::<Listeners>().map(|l| (*l).clone()).unwrap_or_default();
    known.0.push(listener);
    city.keep(known);
    Desk::forget(city);
}

impl Listeners {
    pub(crate) fn awaits_dispatch(&self, ctx: &Ctx, tx: &mut Tx<'_>, case: &Case) -> Result<()> {
        self.0.iter().try_for_each(|listener| listener.awaits_dispatch(ctx, tx, case))
    }
}

/// The desk at which cases are worked on.
#[derive(Clone)]
pub struct Desk {
    pub calendar: Arc<WorkingCalendar>,
    pub catalogue: Arc<Catalogue>,
    pub register: Arc<dyn Register>,
    /// Where letters to units are written.
    pub ladder: ladder::sources::Desk,
    pub listeners: Listeners,
}

/// The register in force in a city, put there by the server at start.
pub struct Registered(pub Arc<dyn Register>);

impl Desk {
    /// The city's desk. Reads the catalogue the first time and after it changed.
    pub async fn of(city: &City) -> Result<Arc<Self>> {
        if let Some(desk) = Self::ready(city) {
            return Ok(desk);
        }
        let catalogue = city.db().read(catalogue::load).await?;
        Ok(Self::keep(city, catalogue))
    }

    /// [`of`](Self::of) for threads of their own: jobs and commands.
    pub fn of_now(city: &City) -> Result<Arc<Self>> {
        if let Some(desk) = Self::ready(city) {
            return Ok(desk);
        }
        let catalogue = city.db().read_now(catalogue::load)?;
        Ok(Self::keep(city, catalogue))
    }

    /// [`of`](Self::of) inside a transaction that is open already.
    pub fn of_in(city: &City, tx: &mut Tx<'_>) -> Result<Arc<Self>> {
        match Self::ready(city) {
            Some(desk) => Ok(desk),
            None => Ok(Self::keep(city, catalogue::load(tx)?)),
        }
    }

    fn ready(city: &City) -> Option<Arc<Self>> {
        city.kept::<Self>().filter(|desk| Arc::ptr_eq(&desk.calendar, &city.calendar()))
    }

    fn keep(city: &City, catalogue: Catalogue) -> Arc<Self> {
        let register = city
            .kept::<Registered>()
            .map_or_else(|| Arc::new(NoRegister) as Arc<dyn Register>, |r| Arc::clone(&r.0));
        let ladder = ladder::sources::Desk::of(city);
        let listeners = city.kept::<Listeners>().map(|l| (*l).clone()).unwrap_or_default();
        city.keep(Self {
            calendar: city.calendar(),
            catalogue: Arc::new(catalogue),
            register,
            ladder,
            listeners,
        })
    }

    /// After the catalogue changed.
    pub fn forget(city: &City) {
        city.forget::<Self>();
    }
}

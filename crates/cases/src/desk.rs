//! What commands need to know besides the case: the working calendar, the catalogue with its limits, and who answers
//! for which stretch of street. Made once per city and shared; replaced when one of them changes.

use crate::catalogue::{self, Catalogue};
use crate::model::{Case, Section};
use kernel::calendar::WorkingCalendar;
use kernel::coords::Point;
use kernel::ctx::{Ctx, Unit};
use kernel::id::Id;
use kernel::problem::Result;
use kernel::time::{Date, Instant, SECOND};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
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

/// Names what a catalogue says; see [`catalogue::store::mark`].
type Mark = (i64, i64);

/// The desk in a city's memory.
struct Kept {
    desk: Arc<Desk>,
    mark: Mark,
    /// When the mark was last compared with the database's.
    looked: AtomicI64,
}

impl Kept {
    /// What is in memory, unless it was made for another working calendar.
    fn of(city: &City) -> Option<Arc<Self>> {
        city.kept::<Self>().filter(|kept| Arc::ptr_eq(&kept.desk.calendar, &city.calendar()))
    }

    /// Whether it is time to look again; of many askers one is told so.
    fn is_due(&self, now: Instant) -> bool {
        let looked = self.looked.load(Ordering::Relaxed);
        // a clock that goes back counts as time to look
        (now.0 < looked || now.0 - looked >= LOOK_AGAIN)
            && self.looked.compare_exchange(looked, now.0, Ordering::Relaxed, Ordering::Relaxed).is_ok()
    }
}

/// How long the catalogue in memory is believed without asking whether another program has changed it.
const LOOK_AGAIN: i64 = 2 * SECOND;

/// The register in force in a city, put there by the server at start.
pub struct Registered(pub Arc<dyn Register>);

impl Desk {
    /// The city's desk. Reads the catalogue the first time and after it changed.
    pub async fn of(city: &City) -> Result<Arc<Self>> {
        let known = match Kept::of(city) {
            Some(kept) if !kept.is_due(city.db().now()) => return Ok(Arc::clone(&kept.desk)),
            known => known,
        };
        let city = city.clone();
        city.clone().db().read(move |tx| Self::looked(&city, tx, known)).await
    }

    /// [`of`](Self::of) for threads of their own: jobs and commands.
    pub fn of_now(city: &City) -> Result<Arc<Self>> {
        let known = match Kept::of(city) {
            Some(kept) if !kept.is_due(city.db().now()) => return Ok(Arc::clone(&kept.desk)),
            known => known,
        };
        let asked = city.clone();
        city.db().read_now(move |tx| Self::looked(&asked, tx, known))
    }

    /// [`of`](Self::of) inside a transaction that is open already.
    pub fn of_in(city: &City, tx: &mut Tx<'_>) -> Result<Arc<Self>> {
        match Kept::of(city) {
            Some(kept) if !kept.is_due(tx.now()) => Ok(Arc::clone(&kept.desk)),
            known => Self::looked(city, tx, known),
        }
    }

    /// Another program at the same city, an import beside it for one, may have changed the catalogue.
    fn looked(city: &City, tx: &mut Tx<'_>, known: Option<Arc<Kept>>) -> Result<Arc<Self>> {
        let mark = catalogue::store::mark(tx)?;
        if let Some(kept) = known.filter(|kept| kept.mark == mark) {
            return Ok(Arc::clone(&kept.desk));
        }
        let register = city
            .kept::<Registered>()
            .map_or_else(|| Arc::new(NoRegister) as Arc<dyn Register>, |r| Arc::clone(&r.0));
        let catalogue = Arc::new(catalogue::load(tx)?);
        let ladder = ladder::sources::Desk::of(city);
        let listeners = city.kept::<Listeners>().map(|l| (*l).clone()).unwrap_or_default();
        let desk = Arc::new(Self { calendar: city.calendar(), catalogue, register, ladder, listeners });
        let looked = AtomicI64::new(city.db().now().0);
        city.keep(Kept { desk: Arc::clone(&desk), mark, looked });
        Ok(desk)
    }

    /// After the catalogue changed.
    pub fn forget(city: &City) {
        city.forget::<Kept>();
    }
}

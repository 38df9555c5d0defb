//! Whom a session or an API key belongs to, and what they may do today.
//!
//! Three statements: the person, the roles they may use today (own and lent, in one), and the units below those roles
//! (none for roles on the root). Roles rest while something is owed: a password that must be changed, or an
//! administrator's second factor (an app, a passkey, or the provider's where the city takes its word). Such a person is signed in, sees their own page, and can do nothing else.

use crate::model::{AccountState, Factor, How, Path, PersonId, Proof, UnitId, Way, is_administrator};
use crate::settings::ADMINISTRATORS_NEED_FACTOR;
use crate::store::authenticators;
use crate::store::grants::{self, Held};
use crate::store::sessions::{self, Known};
use kernel::ctx::Member;
use kernel::policy::{Grant, Reach, Role};
use kernel::problem::Result;
use kernel::time::{Instant, MINUTE};
use parking_lot::Mutex;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use store::Tx;
use web::app::Note;
use web::scope::{Holder, Scope};

/// How a token or a key is stored: whoever reads the database cannot use it.
pub fn fingerprint(token: &str) -> String {
    hex::encode(Sha256::digest(token))
}

/// A last use is written down when the one written before is older than this.
const USE_COUNTS_AFTER: i64 = 5 * MINUTE;

#[derive(Clone, Copy, Debug)]
enum Used {
    Session(i64),
    Key(i64),
}

/// The one that knows; see [`web::app::Recogniser`].
#[derive(Debug, Default)]
pub struct Recogniser {
    /// Uses to be written down, by fingerprint. A request puts its own in and takes it out again at once.
    due: Mutex<HashMap<String, (Used, Instant)>>,
}

impl Recogniser {
    fn note(&self, fingerprint: String, seen_at: Option<Instant>, used: Used, now: Instant) {
        if seen_at.is_none_or(|seen| now.0 - seen.0 > USE_COUNTS_AFTER) {
            self.due.lock().insert(fingerprint, (used, now));
        }
    }
}

impl web::app::Recogniser for Recogniser {
    fn by_session(&self, tx: &mut Tx<'_>, token: &str) -> Result<Option<Member>> {
        let (hash, now) = (fingerprint(token), tx.now());
        let Some(known) = sessions::known_by_session(tx, &hash)? else { return Ok(None) };
        let idle = known.seen_at.is_some_and(|seen| now.0 >= seen.0 + known.idle);
        if idle || now >= known.ends_at || known.state != AccountState::Active {
            return Ok(None);
        }
        self.note(hash, known.seen_at, Used::Session(known.row_id), now);
        member(tx, known).map(Some)
    }

    fn by_api_key(&self, tx: &mut Tx<'_>, key: &str) -> Result<Option<Holder>> {
        let (hash, now) = (fingerprint(key), tx.now());
        let Some(known) = sessions::known_by_key(tx, &hash)? else { return Ok(None) };
        if now >= known.ends_at || known.state != AccountState::Active {
            return Ok(None);
        }
        self.note(hash, known.seen_at, Used::Key(known.row_id), now);
        let (id, name, scope) = (known.account_id, known.name, known.scope);
        // a key for reports lends no roles, so they need not be looked up
        let grants = if scope == Scope::Report { Vec::new() } else { grants_owed(tx, id)? };
        Ok(Some(Holder { member: Member { id, name, grants }, scope }))
    }

    fn used(&self, token_or_key: &str) -> Option<Note> {
        // nearly always empty: the fingerprint is worked out only when something waits
        if self.due.lock().is_empty() {
            return None;
        }
        let (used, now) = self.due.lock().remove(&fingerprint(token_or_key))?;
        Some(Box::new(move |tx| {
            tx.housekeeping();
            match used {
                Used::Session(id) => sessions::touch_session(tx, id, now),
                Used::Key(id) => sessions::touch_key(tx, id, now),
            }
        }))
    }
}

fn member(tx: &mut Tx<'_>, known: Known) -> Result<Member> {
    let factor = known.factor == Factor::On || known.authenticators > 0 || known.proof == Proof::Provider;
    let must_change = known.must_change && known.how == How::Password;
    let grants = grants_today(tx, known.account_id, must_change, |_| Ok(factor))?;
    Ok(Member { id: known.account_id, name: known.name, grants })
}

/// The roles that count today, whatever is still owed taken into account.
fn grants_owed(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<Grant>> {
    let credential = crate::store::accounts::credential(tx, person)?;
    grants_today(tx, person, credential.must_change, |tx| has_factor(tx, person, credential.factor))
}

/// Whether a person has a second factor of their own: an app, a passkey or a security key.
pub(crate) fn has_factor(tx: &mut Tx<'_>, person: PersonId, app: Factor) -> Result<bool> {
    Ok(app == Factor::On || authenticators::count(tx, person)? > 0)
}

/// `factor`: whether they have a second factor; asked for administrators only.
fn grants_today(
    tx: &mut Tx<'_>,
    person: PersonId,
    must_change: bool,
    factor: impl FnOnce(&mut Tx<'_>) -> Result<bool>,
) -> Result<Vec<Grant>> {
    if must_change {
        return Ok(Vec::new());
    }
    let today = tx.now().date();
    let held = grants::held(tx, person, today)?;
    let administrator = held.iter().any(|h| Role::parse(&h.role).is_some_and(is_administrator));
    if administrator && !factor(tx)? && ADMINISTRATORS_NEED_FACTOR.get(tx)? {
        return Ok(Vec::new());
    }
    reach(tx, &held)
}

/// Works out which units each role covers; roles on the same unit share the statement.
fn reach(tx: &mut Tx<'_>, held: &[Held]) -> Result<Vec<Grant>> {
    let mut below: HashMap<&Path, Vec<UnitId>> = HashMap::new();
    let mut grants: Vec<Grant> = Vec::with_capacity(held.len());
    for h in held {
        let Some(role) = Role::parse(&h.role) else {
            tracing::error!(role = h.role, "a stored role is not known to this program; it is passed over");
            continue;
        };
        let reach = if h.path.depth() == 0 {
            Reach::WholeCity
        } else if let Some(units) = below.get(&h.path) {
            Reach::Units(units.clone())
        } else {
            let mut units: Vec<UnitId> =
                grants::units_below(tx, &h.path)?.into_iter().map(|(id,)| id).collect();
            units.sort_unstable();
            below.insert(&h.path, units.clone());
            Reach::Units(units)
        };
        let grant = Grant { role, unit: h.unit_id, reach };
        // what is lent may be what one has already
        if !grants.contains(&grant) {
            grants.push(grant);
        }
    }
    Ok(grants)
}

/// The grants of a person as they are today, for jobs that act for them and for tests.
pub fn grants_of(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<Grant>> {
    let today = tx.now().date();
    let held = grants::held(tx, person, today)?;
    reach(tx, &held)
}

/// Whether a person's roles rest until they have changed their password, or set up a second factor. Who came through the
/// provider used no password, and owes no second factor where the provider's counts.
pub(crate) fn owes(tx: &mut Tx<'_>, person: PersonId, way: Way) -> Result<Owed> {
    let credential = crate::store::accounts::credential(tx, person)?;
    if credential.must_change && way.how == How::Password {
        return Ok(Owed::Password);
    }
    let today = tx.now().date();
    let held = grants::held(tx, person, today)?;
    let administrator = held.iter().any(|h| Role::parse(&h.role).is_some_and(is_administrator));
    let factor = way.proof == Proof::Provider || has_factor(tx, person, credential.factor)?;
    if administrator && !factor && ADMINISTRATORS_NEED_FACTOR.get(tx)? {
        return Ok(Owed::SecondFactor);
    }
    Ok(Owed::Nothing)
}

/// What a person has to do before their roles count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owed {
    Nothing,
    Password,
    SecondFactor,
}

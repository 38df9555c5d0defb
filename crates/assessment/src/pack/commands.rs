//! Making a pack.

use super::figures::{figures, method};
use super::model::{FORMAT, Pack, PackHashes, PackRound, PackScheme, PackSeal, VERSION};
use super::seal;
use crate::policy::{self, Act};
use crate::rounds::model::Round;
use crate::rounds::worked::worked;
use crate::rounds::workflow::State;
use crate::scheme::queries as schemes;
use ::store::secrets::Secrets;
use ::store::{Event, Tx};
use kernel::ctx::Ctx;
use kernel::problem::{Problem, Result};
use scoring::Missing;
use sha2::{Digest, Sha256};
use web::City;

/// What goes into a pack.
#[derive(Clone, Debug)]
pub struct What {
    /// Number of a scheme; empty for rounds alone.
    pub scheme: String,
    /// Number of a round, or a year: all its rounds that count.
    pub by: String,
    pub missing: Missing,
}

/// A pack as it is handed out.
#[derive(Clone, Debug)]
pub struct Made {
    pub number: String,
    pub bytes: Vec<u8>,
}

fn packed(tx: &mut Tx<'_>, city: &City, occasion: u32, of: &Round) -> Result<PackRound> {
    let found = worked(city, tx, of)?;
    Ok(PackRound {
        number: of.number.clone(),
        name: of.name.clone(),
        file_sha256: of.sha256.clone(),
        occasion,
        period: u32::try_from(of.day().month()).unwrap_or_default(),
        ..PackRound::of(&found)
    })
}

/// Makes a pack, and says in the log what it is: its number and its SHA-256.
///
/// # Errors
/// 404 where there is no such scheme or round; `pack-draft` (409) for what may still change; `pack-empty` (409) where nothing feeds
/// it.
pub fn make(ctx: &Ctx, tx: &mut Tx<'_>, city: &City, secrets: &Secrets, what: &What) -> Result<Made> {
    policy::require(ctx, Act::Pack)?;
    let found = schemes::fed_by(ctx, tx, &what.by)?;
    if found.is_empty() {
        return Err(Problem::conflict("pack-empty"));
    }
    if found.iter().any(|round| round.state == State::Draft) {
        return Err(Problem::conflict("pack-draft"));
    }
    let scheme = match what.scheme.as_str() {
        "" => None,
        number => {
            let full = schemes::full(ctx, tx, number)?;
            if full.scheme.is_open() {
                return Err(Problem::conflict("pack-draft"));
            }
            Some(PackScheme::of(&full.scheme, &full.placed, what.missing))
        }
    };
    let mut of = Vec::new();
    for (occasion, round) in (1..).zip(&found) {
        of.push(packed(tx, city, occasion, round)?);
    }
    let year = ctx.now.date().year();
    let mut pack = Pack {
        format: FORMAT.to_owned(),
        version: VERSION,
        number: format!("PK-{year}-{:04}", tx.next_number(&format!("PK-{year}"))?),
        city: ctx.city.to_string(),
        made_at: ctx.now.rfc3339(),
        method: method(),
        figures: figures(scheme.as_ref(), &of),
        scheme,
        rounds: of,
        seal: PackSeal {
            hashes: PackHashes {
                head: String::new(),
                scheme: String::new(),
                rounds: Vec::new(),
                figures: String::new(),
            },
            alg: String::new(),
            kid: String::new(),
            x: String::new(),
            y: String::new(),
            signature: String::new(),
        },
    };
    pack.seal = seal::seal(secrets, seal::hashes(&pack)?)?;
    let bytes = serde_json::to_vec_pretty(&pack).map_err(Problem::internal)?;
    let event = Event::city("assessment.pack-made").with("number", pack.number.as_str());
    let of = if what.scheme.is_empty() { what.by.clone() } else { format!("{} {}", what.scheme, what.by) };
    tx.record(ctx, event.with("of", of).with("sha256", hex::encode(Sha256::digest(&bytes))))?;
    Ok(Made { number: pack.number, bytes })
}

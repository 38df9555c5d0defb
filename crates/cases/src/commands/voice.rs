//! 好了、没好: between the unit's answer and the closing, people who know the place may say whether it is fixed. Whoever verifies
//! reads how many said what, and their words. It is counted for nobody and decides nothing: where somebody stands is what
//! their device says, and a browser that forgets its cookie is a new one.

use crate::model::{Case, PhotoKind, Voice, VoiceTie};
use crate::policy::{Act, POLICY, city};
use crate::rules::RULES;
use crate::store;
use crate::workflow::State;
use ::store::files::{self, Quarantined};
use ::store::secrets::Secrets;
use ::store::{Event, Tx};
use kernel::coords::Point;
use kernel::ctx::Ctx;
use kernel::geometry::distance_m;
use kernel::id::Id;
use kernel::problem::{FieldError, Problem, Result};
use kernel::workflow::Named;

/// Longest words, in characters; most pictures.
const WORDS: usize = 200;
pub const VOICE_PHOTOS: usize = 2;
/// Most voices on one answer from one network address: a household, or a shop with a few people in it.
const FROM_ONE_ADDRESS: i64 = 5;

/// What somebody says, and what is known of them.
#[derive(Clone, Debug, Default)]
pub struct Say {
    pub fixed: bool,
    pub words: String,
    pub photos: Vec<(Quarantined, String)>,
    /// The report whose link they hold; checked by the page.
    pub reported: Option<Id<Case>>,
    /// What they follow the case with.
    pub contact: String,
    /// Where their device says that it is, CGCS2000.
    pub place: Option<Point>,
    /// What the browser is known by, and where it calls from; kept as keyed hashes.
    pub device: String,
    pub origin: String,
}

fn hash(secrets: &Secrets, what: &str, id: Id<Case>, text: &str) -> String {
    // with the case in it, so that nobody can be followed from one case to another
    let signed = secrets.sign("voice", &[what.as_bytes(), &id.raw().to_be_bytes(), text.as_bytes()]);
    hex::encode(&signed[..12])
}

/// What ties them to the case: the strongest that they gave.
fn tie(tx: &mut Tx<'_>, case: &Case, say: &Say) -> Result<(VoiceTie, String, Option<f64>)> {
    let metres = case.place().zip(say.place).map(|(there, here)| distance_m(there, here));
    if let Some(report) = say.reported {
        let merged = store::case(tx, report)?.and_then(|r| r.merged_into);
        if report == case.id || merged == Some(case.id) {
            return Ok((VoiceTie::Reporter, report.to_string(), metres));
        }
    }
    let contact = say.contact.trim();
    if !contact.is_empty() {
        let follows = store::followers(tx, case.id)?.iter().any(|known| known == contact);
        if !follows {
            return Err(Problem::field("voice_contact", "not-a-follower"));
        }
        return Ok((VoiceTie::Follower, contact.to_owned(), metres));
    }
    let within = RULES.get(tx)?.voice_m;
    match metres {
        Some(metres) if metres <= f64::from(within) => Ok((VoiceTie::Near, say.device.clone(), Some(metres))),
        _ => Err(Problem::invalid(vec![FieldError::new("place", "not-near").arg("count", within)])),
    }
}

/// Says it, or says it differently: one voice a person and answer.
pub fn say(ctx: &Ctx, tx: &mut Tx<'_>, secrets: &Secrets, id: Id<Case>, say: &Say) -> Result<Voice> {
    POLICY.require(ctx, Act::Report, &city(), true)?;
    let case = store::case(tx, id)?.filter(|c| c.is_public).ok_or_else(Problem::not_found)?;
    let round = case.answered_at.filter(|_| matches!(case.state, State::Answered | State::Verified));
    let round = round.ok_or_else(|| Problem::conflict("no-voice-now"))?;
    let words = say.words.trim();
    if words.chars().count() > WORDS {
        return Err(Problem::invalid(vec![FieldError::new("words", "too-long").arg("max", WORDS)]));
    }
    if say.photos.len() > VOICE_PHOTOS {
        let error = FieldError::new("photos", "too-many-photos").arg("count", VOICE_PHOTOS);
        return Err(Problem::invalid(vec![error]));
    }
    let (tie, who, metres) = tie(tx, &case, say)?;
    let voter = hash(secrets, tie.code(), id, &who);
    // whoever comes by a program has no browser: the link or contact is all there is
    let device = if say.device.is_empty() { voter.clone() } else { hash(secrets, "device", id, &say.device) };
    let (voter, device) = (tx.keyed_hash(&voter)?, tx.keyed_hash(&device)?);
    let origin = tx.keyed_hash(&hash(secrets, "origin", id, &say.origin))?;
    let before = store::voice_of(tx, id, round, &voter, &device)?;
    let voice = match &before {
        Some(before) => Voice { fixed: say.fixed, words: words.into(), said_at: ctx.now, ..before.clone() },
        None => {
            if store::voices_from(tx, id, round, &origin)? >= FROM_ONE_ADDRESS {
                return Err(Problem::conflict("voices-enough"));
            }
            Voice {
                id: tx.new_id(),
                case_id: id,
                round,
                fixed: say.fixed,
                words: words.into(),
                tie,
                metres,
                voter,
                device,
                origin,
                said_at: ctx.now,
                version: 1,
            }
        }
    };
    if before.is_some() {
        tx.save(&voice)?;
    } else {
        tx.insert(&voice)?;
    }
    for (received, name) in &say.photos {
        let file = files::adopt(tx, ctx, received, name)?;
        store::add_photo(tx, id, file, PhotoKind::Voice, ctx)?;
    }
    let event = Event::new("case.voice", id)
        .with("fixed", say.fixed)
        .with("tie", voice.tie.code())
        .with("again", before.is_some())
        .with("photo-count", say.photos.len());
    tx.record(ctx, event.text(words))?;
    Ok(voice)
}

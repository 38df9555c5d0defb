//! 转外部单位: the unit, or the office, asks somebody without an account for help, who answers by a link of their own.
//! The link's word is worked out from the city's key and is kept nowhere but in a letter that
//! waits to be sent; the table holds its hash.

use super::load_for;
use crate::jobs;
use crate::model::{Case, FORWARD, Forward, ForwardState, ForwardStep, PhotoKind, Written};
use crate::policy::Act;
use crate::store;
use ::store::files::{self, Quarantined};
use ::store::secrets::Secrets;
use ::store::{Event, Tx};
use kernel::ctx::{Ctx, Locale};
use kernel::id::Id;
use kernel::identifiers::Phone;
use kernel::masking::{Audience, mask_text};
use kernel::problem::{FieldError, Findings, Problem, Result};
use kernel::time::{DAY, HOUR, Instant};
use web::mail::Letter;

/// Longest texts, in characters; most pictures of an answer; the longest and shortest time to answer in.
const PARTY: usize = 60;
const ASK: usize = 500;
const REPLY: usize = 1000;
pub const FORWARD_PHOTOS: usize = 6;
const LONGEST: i64 = 60 * DAY;
const SHORTEST: i64 = HOUR;
/// They are reminded so long before the end, or, of a shorter time, when three quarters of it are over.
const BEFORE_END: i64 = DAY;

/// Whom to ask what.
#[derive(Clone, Debug, Default)]
pub struct NewForward {
    pub party: String,
    pub mail: String,
    pub phone: String,
    pub ask: String,
    pub until: Option<Instant>,
}

/// The word of a link.
fn forward_word(secrets: &Secrets, id: Id<Forward>) -> String {
    hex::encode(&secrets.sign("forward", &[&id.raw().to_be_bytes()])[..16])
}

/// What is kept of a word.
fn forward_hash(word: &str) -> String {
    people::recognise::fingerprint(word)
}

/// Path of the page that a link opens.
pub fn forward_path(secrets: &Secrets, id: Id<Forward>) -> String {
    format!("/f/{}", forward_word(secrets, id))
}

fn check_ask(findings: &mut Findings, ask: &str, until: Option<Instant>, now: Instant) {
    findings.check(!ask.is_empty(), "ask", "required");
    if ask.chars().count() > ASK {
        findings.add(FieldError::new("ask", "too-long").arg("max", ASK));
    }
    let fits = |at: Instant| (now.0 + SHORTEST..=now.0 + LONGEST).contains(&at.0);
    findings.check(until.is_some(), "answer_by", "required");
    findings.check(until.is_none_or(fits), "answer_by", "hour-to-sixty-days");
}

/// Asks somebody outside. One at a time for a case.
///
/// # Errors
/// 409 `not-now` where no unit has the case, `forward-open` while another is asked; 422 at the fields.
pub fn forward(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    secrets: &Secrets,
    id: Id<Case>,
    new: &NewForward,
) -> Result<Forward> {
    let case = load_for(ctx, tx, Act::Forward, id)?;
    if !super::may_be_assigned(&case) {
        return Err(Problem::conflict("not-now").arg("what", case.number.as_str()));
    }
    if store::open_forward(tx, id)?.is_some() {
        return Err(Problem::conflict("forward-open"));
    }
    let [party, mail, phone, ask] = [&new.party, &new.mail, &new.phone, &new.ask].map(|t| t.trim());
    let mut findings = Findings::default();
    findings.check(!party.is_empty(), "party", "required");
    if party.chars().count() > PARTY {
        findings.add(FieldError::new("party", "too-long").arg("max", PARTY));
    }
    findings.check(!mail.is_empty() || !phone.is_empty(), "mail", "mail-or-phone");
    findings.check(mail.is_empty() || (mail.contains('@') && mail.len() <= 200), "mail", "not-a-mail");
    findings.check(phone.is_empty() || Phone::parse(phone).is_ok(), "phone", "not-a-phone");
    check_ask(&mut findings, ask, new.until, ctx.now);
    findings.done()?;
    let row = tx.new_id();
    let forward = Forward {
        id: row,
        case_id: id,
        state: ForwardState::Asked,
        party: party.into(),
        mail: mail.into(),
        phone: phone.into(),
        ask: ask.into(),
        reply: "".into(),
        until_at: new.until.unwrap_or(ctx.now),
        link_hash: forward_hash(&forward_word(secrets, row)),
        unit_id: case.lead_unit,
        made_by: ctx.person(),
        made_at: ctx.now,
        asked_at: ctx.now,
        reminded_at: None,
        replied_at: None,
        ended_at: None,
        version: 1,
    };
    // somebody else may have asked at this very moment
    tx.insert(&forward).map_err(|problem| match problem.code {
        "duplicate" => Problem::conflict("forward-open"),
        _ => problem,
    })?;
    let event = Event::new("case.forwarded", id).with("until", forward.until_at.rfc3339());
    tx.record(ctx, event.text(&format!("{party}：{ask}")))?;
    write_to(tx, secrets, &case, &forward, "case-forwarded")?;
    Ok(forward)
}

/// A letter with the link, where they have an address of mail; nothing of the reporter, and of the words what may leave.
fn write_to(tx: &mut Tx<'_>, secrets: &Secrets, case: &Case, forward: &Forward, kind: &str) -> Result<()> {
    if forward.mail.is_empty() {
        return Ok(());
    }
    let title = mask_text(&case.strikes.cut(Written::Title, &case.title, &[]), Audience::Unit);
    let until = forward.until_at.to_civil();
    let args = [
        ("number", case.number.clone()),
        ("title", title),
        ("until", format!("{} {:02}:{:02}", until.date(), until.hour(), until.minute())),
    ];
    let letter = Letter {
        to: forward.mail.as_str().to_owned(),
        locale: Locale::ZhCn,
        kind: kind.to_owned(),
        args: args.into_iter().map(|(n, v)| (n.to_owned(), v)).collect(),
        href: forward_path(secrets, forward.id),
    };
    web::mail::send(tx, &letter)
}

fn moved(forward: &mut Forward, step: ForwardStep, now: Instant) -> Result<()> {
    forward.state = FORWARD.step(forward.state, step)?.to;
    if !forward.is_open() {
        forward.ended_at = Some(now);
    }
    Ok(())
}

fn open(tx: &mut Tx<'_>, id: Id<Case>) -> Result<Forward> {
    store::open_forward(tx, id)?.ok_or_else(|| Problem::conflict("nothing-forwarded"))
}

/// Their answer is not enough: asks again, under the same link.
pub fn forward_again(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    secrets: &Secrets,
    id: Id<Case>,
    ask: &str,
    until: Option<Instant>,
) -> Result<()> {
    let case = load_for(ctx, tx, Act::Forward, id)?;
    let mut forward = open(tx, id)?;
    moved(&mut forward, ForwardStep::Again, ctx.now)?;
    let ask = ask.trim();
    let mut findings = Findings::default();
    check_ask(&mut findings, ask, until, ctx.now);
    findings.done()?;
    forward.ask = ask.into();
    forward.until_at = until.unwrap_or(ctx.now);
    forward.asked_at = ctx.now;
    forward.reminded_at = None;
    tx.save(&forward)?;
    let event = Event::new("case.forward-again", id).with("until", forward.until_at.rfc3339());
    tx.record(ctx, event.text(ask))?;
    write_to(tx, secrets, &case, &forward, "case-forwarded")
}

/// The link opens nothing any more.
pub fn withdraw_forward(ctx: &Ctx, tx: &mut Tx<'_>, id: Id<Case>) -> Result<()> {
    load_for(ctx, tx, Act::Forward, id)?;
    let mut forward = open(tx, id)?;
    moved(&mut forward, ForwardStep::Withdraw, ctx.now)?;
    tx.save(&forward)?;
    tx.record(ctx, Event::new("case.forward-withdrawn", id))
}

/// What a link opens: the question and its case; 404 for a word that was never given out, 410 `link-over` afterwards.
pub fn open_link(tx: &mut Tx<'_>, word: &str, now: Instant) -> Result<(Forward, Case)> {
    let forward = store::forward_by_hash(tx, &forward_hash(word))?.ok_or_else(Problem::not_found)?;
    if !forward.link_works(now) {
        return Err(Problem::new(410, "link-over"));
    }
    let case = store::case(tx, forward.case_id)?.ok_or_else(Problem::not_found)?;
    Ok((forward, case))
}

/// What they say, from the page that the link opened.
pub fn answer_forward(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    word: &str,
    text: &str,
    photos: &[(Quarantined, String)],
) -> Result<()> {
    let (mut forward, case) = open_link(tx, word, ctx.now)?;
    moved(&mut forward, ForwardStep::Answer, ctx.now)?;
    let text = text.trim();
    let mut findings = Findings::default();
    findings.check(!text.is_empty(), "party_reply", "required");
    if text.chars().count() > REPLY {
        findings.add(FieldError::new("party_reply", "too-long").arg("max", REPLY));
    }
    if photos.len() > FORWARD_PHOTOS {
        findings.add(FieldError::new("photos", "too-many-photos").arg("count", FORWARD_PHOTOS));
    }
    findings.done()?;
    for (received, name) in photos {
        let file = files::adopt(tx, ctx, received, name)?;
        store::add_photo(tx, case.id, file, PhotoKind::Outside, ctx)?;
    }
    forward.reply = text.into();
    forward.replied_at = Some(ctx.now);
    tx.save(&forward)?;
    let event = Event::new("case.forward-answered", case.id).with("photo-count", photos.len());
    tx.record(ctx, event.text(text))?;
    jobs::told(ctx, tx, &case, "forward-answered")
}

/// The unit makes their answer part of its own: their pictures become those of the repair. Done with the unit's answer.
pub(crate) fn take_forward(ctx: &Ctx, tx: &mut Tx<'_>, id: Id<Case>) -> Result<()> {
    load_for(ctx, tx, Act::Handle, id)?;
    let mut forward = open(tx, id)?;
    moved(&mut forward, ForwardStep::Take, ctx.now)?;
    let sent = store::photos(tx, id)?.into_iter().filter(|p| p.kind == PhotoKind::Outside);
    let last = forward.replied_at;
    for photo in sent.filter(|p| Some(p.added_at) == last) {
        store::add_photo(tx, id, photo.file_id, PhotoKind::After, ctx)?;
    }
    tx.save(&forward)?;
    tx.record(ctx, Event::new("case.forward-taken", id))
}

/// The case has left the unit's hands: nobody outside is asked any more.
pub(super) fn forget_forward(tx: &mut Tx<'_>, id: Id<Case>, now: Instant) -> Result<()> {
    let Some(mut forward) = store::open_forward(tx, id)? else { return Ok(()) };
    moved(&mut forward, ForwardStep::Withdraw, now)?;
    tx.save(&forward)
}

/// Run by the program, a page at a time: reminds before the end, and ends what nobody answered in time.
pub fn tend_forwards(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    secrets: &Secrets,
    after: i64,
    limit: i64,
) -> Result<Option<i64>> {
    tx.housekeeping();
    let waiting = store::asked_forwards(tx, after, limit)?;
    let last = waiting.last().map(|f| f.id.raw());
    for mut forward in waiting {
        let case = store::case(tx, forward.case_id)?.ok_or_else(Problem::not_found)?;
        let given = forward.until_at.0 - forward.asked_at.0;
        let remind_at = forward.until_at.0 - BEFORE_END.min(given / 4);
        if ctx.now > forward.until_at {
            moved(&mut forward, ForwardStep::Lapse, ctx.now)?;
            tx.save(&forward)?;
            tx.record(ctx, Event::new("case.forward-lapsed", case.id))?;
            jobs::told(ctx, tx, &case, "forward-lapsed")?;
        } else if ctx.now.0 >= remind_at && forward.reminded_at.is_none() {
            forward.reminded_at = Some(ctx.now);
            tx.save(&forward)?;
            tx.record(ctx, Event::new("case.forward-reminded", case.id))?;
            write_to(tx, secrets, &case, &forward, "case-forward-reminder")?;
        }
    }
    Ok(last)
}

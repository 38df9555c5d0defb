//! What is done to programs, and a person's way into one.

use crate::model::{CODE, Consent, Entry, MOST, Program, Scope, State, TOKEN, codes};
use crate::policy::{Act, require};
use crate::request::Asked;
use crate::store as rows;
use crate::token;
use ::store::secrets::random_word;
use ::store::value::Json;
use ::store::{Event, Tx};
use kernel::ctx::{Ctx, Person};
use kernel::id::Id;
use kernel::problem::{Problem, Result};
use kernel::time::Instant;
use people::recognise::fingerprint;

/// What a person says of a program; read by [`crate::forms`].
#[derive(Clone, Debug)]
pub struct Draft {
    pub name: String,
    pub purpose: String,
    pub redirects: Vec<String>,
    pub scopes: Vec<Scope>,
    pub asks: bool,
    /// Whether it can keep a secret. Fixed when it is entered.
    pub keeps_secret: bool,
}

fn event(verb: &'static str, program: &Program) -> Event {
    Event::new(verb, program.id).with("number", program.number.as_str()).with("name", program.name.as_str())
}

fn told(event: Event, program: &Program) -> Event {
    event
        .with("redirects", program.redirects.0.join(" "))
        .with("scopes", program.scopes.0.join(" "))
        .with("asks", program.asks)
}

/// Enters a program; with it, once, its secret. None for one that cannot keep any.
///
/// # Errors
/// 409 `signon-too-many`.
pub fn add(ctx: &Ctx, tx: &mut Tx<'_>, draft: Draft) -> Result<(Program, Option<String>)> {
    require(ctx, Act::Keep)?;
    if rows::count(tx)? >= MOST {
        return Err(Problem::conflict("signon-too-many").arg("most", MOST));
    }
    let secret = draft.keeps_secret.then(random_word);
    let program = Program {
        id: tx.new_id(),
        number: format!("SP-{:04}", tx.next_number("SP")?),
        name: draft.name,
        purpose: draft.purpose,
        redirects: Json(draft.redirects),
        scopes: Json(codes(&draft.scopes)),
        asks: draft.asks,
        secret_hash: secret.as_deref().map(fingerprint).unwrap_or_default(),
        state: State::Active,
        made_by: ctx.person(),
        made_at: ctx.now,
        last_at: None,
        version: 1,
    };
    tx.insert(&program)?;
    tx.record(ctx, told(event("signon.added", &program), &program))?;
    Ok((program, secret))
}

/// A program for a change that rests on what somebody saw.
fn seen(ctx: &Ctx, tx: &mut Tx<'_>, act: Act, (number, version): (&str, i64)) -> Result<Program> {
    require(ctx, act)?;
    let program = rows::program(tx, number)?;
    if program.version == version { Ok(program) } else { Err(Problem::stale()) }
}

/// Changes what it is called, where it is, what it may learn. What people agreed to stays as much as they agreed to.
pub fn change(ctx: &Ctx, tx: &mut Tx<'_>, of: (&str, i64), draft: Draft) -> Result<Program> {
    let mut program = seen(ctx, tx, Act::Keep, of)?;
    program.name = draft.name;
    program.purpose = draft.purpose;
    program.redirects = Json(draft.redirects);
    program.scopes = Json(codes(&draft.scopes));
    program.asks = draft.asks;
    tx.save(&program)?;
    program.version += 1;
    tx.record(ctx, told(event("signon.changed", &program), &program))?;
    Ok(program)
}

/// Another secret; the one before holds no more.
///
/// # Errors
/// 409 `signon-no-secret` for a program that keeps none.
pub fn renew_secret(ctx: &Ctx, tx: &mut Tx<'_>, of: (&str, i64)) -> Result<(Program, String)> {
    let mut program = seen(ctx, tx, Act::Keep, of)?;
    if !program.keeps_secret() {
        return Err(Problem::conflict("signon-no-secret"));
    }
    let secret = random_word();
    program.secret_hash = fingerprint(&secret);
    tx.save(&program)?;
    program.version += 1;
    tx.record(ctx, event("signon.secret-renewed", &program))?;
    Ok((program, secret))
}

fn turn(ctx: &Ctx, tx: &mut Tx<'_>, mut program: Program, to: State, verb: &'static str) -> Result<Program> {
    program.state = to;
    tx.save(&program)?;
    program.version += 1;
    if to != State::Active {
        rows::end_all(tx, program.id, None, ctx.now)?;
    }
    tx.record(ctx, event(verb, &program))?;
    Ok(program)
}

/// Signs nobody in any more; what it was given ends.
pub fn stop(ctx: &Ctx, tx: &mut Tx<'_>, of: (&str, i64)) -> Result<Program> {
    let program = seen(ctx, tx, Act::Stop, of)?;
    if program.state != State::Active {
        return Err(Problem::conflict("signon-not-active"));
    }
    turn(ctx, tx, program, State::Stopped, "signon.stopped")
}

pub fn resume(ctx: &Ctx, tx: &mut Tx<'_>, of: (&str, i64)) -> Result<Program> {
    let program = seen(ctx, tx, Act::Keep, of)?;
    if program.state != State::Stopped {
        return Err(Problem::conflict("signon-active"));
    }
    turn(ctx, tx, program, State::Active, "signon.resumed")
}

/// For good. Its number is not given again.
pub fn remove(ctx: &Ctx, tx: &mut Tx<'_>, of: (&str, i64)) -> Result<Program> {
    let program = seen(ctx, tx, Act::Stop, of)?;
    turn(ctx, tx, program, State::Removed, "signon.removed")
}

/// A signed-in person goes into a program: the code that it is given. `signed_in_at`: when their session began; `agreed`: they
/// just said that it may learn these scopes.
///
/// # Errors
/// 409 `signon-not-active` when it was stopped meanwhile.
pub fn enter(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    asked: &Asked,
    signed_in_at: Instant,
    agreed: bool,
) -> Result<String> {
    let person = ctx.person().ok_or_else(Problem::sign_in)?;
    let program = rows::program(tx, &asked.program)?;
    if program.state != State::Active || !program.takes(&asked.redirect) {
        return Err(Problem::conflict("signon-not-active"));
    }
    let learns = program.learns(&asked.scopes);
    if agreed {
        agree(ctx, tx, &program, person, &learns)?;
    }
    let code = random_word();
    let entry = Entry {
        id: tx.new_id(),
        program_id: program.id,
        person_id: person,
        redirect: asked.redirect.clone(),
        scopes: Json(codes(&learns)),
        nonce: asked.nonce.clone(),
        challenge: asked.challenge.clone(),
        signed_in_at,
        code_hash: fingerprint(&code),
        code_until: ctx.now.plus(CODE),
        token_hash: None,
        token_until: None,
        ended_at: None,
        made_at: ctx.now,
        version: 1,
    };
    tx.insert(&entry)?;
    rows::used(tx, program.id, ctx.now)?;
    tx.record(ctx, event("signon.entered", &program).with("scopes", entry.scopes.0.join(" ")))?;
    Ok(code)
}

fn agree(ctx: &Ctx, tx: &mut Tx<'_>, program: &Program, person: Id<Person>, learns: &[Scope]) -> Result<()> {
    match rows::consent(tx, program.id, person)? {
        Some(mut consent) => {
            consent.scopes = Json(codes(learns));
            consent.given_at = ctx.now;
            tx.save(&consent)?;
        }
        None => {
            let consent = Consent {
                id: tx.new_id(),
                program_id: program.id,
                person_id: person,
                scopes: Json(codes(learns)),
                given_at: ctx.now,
                version: 1,
            };
            tx.insert(&consent)?;
        }
    }
    tx.record(ctx, event("signon.agreed", program).with("scopes", codes(learns).join(" ")))
}

/// A person takes back what they let a program learn; what it was given for them ends.
pub fn withdraw(ctx: &Ctx, tx: &mut Tx<'_>, number: &str) -> Result<()> {
    let person = ctx.person().ok_or_else(Problem::sign_in)?;
    let program = rows::program(tx, number)?;
    let consent = rows::consent(tx, program.id, person)?.ok_or_else(Problem::not_found)?;
    rows::forget_consent(tx, consent.id)?;
    rows::end_all(tx, program.id, Some(person), ctx.now)?;
    tx.record(ctx, event("signon.withdrawn", &program))
}

/// Why a code is not exchanged: errors of RFC 6749 §5.2.
pub(crate) type NotGiven = &'static str;

/// A program shows a code, and that it is the one whom it was given to; the access token and the entry.
///
/// A code is good once. Where it comes again, what the first gave ends, for one of the two has stolen it.
pub fn exchange(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    program: &Program,
    (code, redirect, verifier): (&str, &str, &str),
) -> Result<std::result::Result<(String, Entry), NotGiven>> {
    tx.housekeeping();
    let Some(mut entry) = rows::by_code(tx, &fingerprint(code))? else { return Ok(Err("invalid_grant")) };
    if entry.program_id != program.id {
        return Ok(Err("invalid_grant"));
    }
    if entry.token_hash.is_some() || entry.ended_at.is_some() {
        rows::end_entry(tx, entry.id, ctx.now)?;
        return Ok(Err("invalid_grant"));
    }
    let fits =
        ctx.now < entry.code_until && entry.redirect == redirect && token::proves(&entry.challenge, verifier);
    if !fits {
        // whoever has the code may not try words until one fits
        rows::end_entry(tx, entry.id, ctx.now)?;
        return Ok(Err("invalid_grant"));
    }
    let word = random_word();
    entry.token_hash = Some(fingerprint(&word));
    entry.token_until = Some(ctx.now.plus(TOKEN));
    // two at the same moment: one finds that the row has changed
    match tx.save(&entry) {
        Ok(()) => Ok(Ok((word, entry))),
        Err(problem) if problem.code == "stale" => Ok(Err("invalid_grant")),
        Err(problem) => Err(problem),
    }
}

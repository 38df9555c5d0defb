//! What pages and endpoints read.

use crate::model::{Consent, Entry, Program, Scope, State, scopes};
use crate::store as rows;
use ::store::{Query, Tx, record, sql};
use kernel::ctx::Person;
use kernel::id::Id;
use kernel::problem::Result;
use kernel::time::{DAY, Instant};
use people::model::AccountState;

/// Every program that was not removed, in the order in which they were entered.
pub fn programs(tx: &mut Tx<'_>) -> Result<Vec<Program>> {
    tx.all(sql!(Program: "select {*} from signon_program where state <> 'removed' order by number"), &[])
}

/// One of them.
///
/// # Errors
/// 404.
pub fn program(tx: &mut Tx<'_>, number: &str) -> Result<Program> {
    rows::program(tx, number)
}

record! {
    /// Who came in, and when.
    #[derive(Clone, Debug)]
    pub struct EntryLine {
        pub id: Id<Entry>,
        pub person_id: Id<Person>,
        pub made_at: Instant,
        pub token_until: Option<Instant>,
    }
}

/// The latest sign-ins into a program, newest first.
pub fn entries(tx: &mut Tx<'_>, program: Id<Program>, limit: i64) -> Result<Vec<(EntryLine, String)>> {
    let found = tx.all(
        sql!(EntryLine: "select {*} from signon_entry where program_id = $1 order by made_at desc, id desc limit $2"),
        &[&program, &limit],
    )?;
    let ids: Vec<_> = found.iter().map(|line| line.person_id).collect();
    let names = people::queries::person_names(tx, &ids)?;
    Ok(found
        .into_iter()
        .map(|line| (names.get(&line.person_id).cloned().unwrap_or_default(), line))
        .map(|(n, l)| (l, n))
        .collect())
}

/// How many people came into each program in the last thirty days.
pub fn people_of_a_month(tx: &mut Tx<'_>) -> Result<Vec<(Id<Program>, i64)>> {
    let since = tx.now().plus(-30 * DAY);
    let mut q =
        Query::<(Id<Program>, i64)>::new("select program_id, count(distinct person_id) from signon_entry");
    q.filter("made_at > ?", &[&since]).tail("group by program_id", &[]);
    tx.query(&q)
}

/// What a person let programs learn, with the programs.
pub fn consents(tx: &mut Tx<'_>, person: Id<Person>) -> Result<Vec<(Program, Consent)>> {
    let given = tx.all(
        sql!(Consent: "select {*} from signon_consent where person_id = $1 order by given_at desc, id"),
        &[&person],
    )?;
    let mut found = Vec::new();
    for consent in given {
        if let Some(program) = rows::by_id(tx, consent.program_id)? {
            found.push((program, consent));
        }
    }
    Ok(found)
}

/// Whether they let it learn all of this already.
pub fn agreed(tx: &mut Tx<'_>, program: &Program, person: Id<Person>, wanted: &[Scope]) -> Result<bool> {
    let given = rows::consent(tx, program.id, person)?.map(|c| scopes(&c.scopes.0));
    Ok(given.is_some_and(|given| wanted.iter().all(|scope| given.contains(scope))))
}

/// A unit in which somebody has roles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub code: String,
    pub name: String,
    pub roles: Vec<String>,
}

/// What a program may be told of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub name: Option<String>,
    pub units: Option<Vec<Place>>,
}

/// What these scopes let out, as it is today; none for somebody who may not sign in any more.
pub fn told(tx: &mut Tx<'_>, person: Id<Person>, scopes: &[Scope]) -> Result<Option<Told>> {
    let account = people::queries::person(tx, person)?.filter(|a| a.state == AccountState::Active);
    let Some(account) = account else { return Ok(None) };
    let units = if scopes.contains(&Scope::Units) { Some(places(tx, person)?) } else { None };
    Ok(Some(Told { name: scopes.contains(&Scope::Profile).then_some(account.name), units }))
}

fn places(tx: &mut Tx<'_>, person: Id<Person>) -> Result<Vec<Place>> {
    let today = tx.now().date();
    let mut found: Vec<Place> = Vec::new();
    for grant in people::queries::grants_of(tx, person)? {
        if grant.from_date > today || grant.until_date.is_some_and(|until| until < today) {
            continue;
        }
        let Some(unit) = people::queries::unit(tx, grant.unit_id)? else { continue };
        match found.iter_mut().find(|place| place.code == unit.code) {
            Some(place) => place.roles.push(grant.role),
            None => found.push(Place { code: unit.code, name: unit.name, roles: vec![grant.role] }),
        }
    }
    Ok(found)
}

/// The entry that an access token opens, with its program, while both hold.
pub fn opened(tx: &mut Tx<'_>, token: &str) -> Result<Option<(Program, Entry)>> {
    let now = tx.now();
    let hash = people::recognise::fingerprint(token);
    let entry = rows::by_token(tx, &hash)?.filter(|e| e.token_until.is_some_and(|until| now < until));
    let Some(entry) = entry else { return Ok(None) };
    let program = rows::by_id(tx, entry.program_id)?.filter(|p| p.state == State::Active);
    Ok(program.map(|program| (program, entry)))
}

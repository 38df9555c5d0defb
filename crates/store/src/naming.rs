//! What things are called: a name is found by a part of it, by its sounds, its initials, and with a slip in it.
//!
//! [`names`] says under which keys a name is kept and how near it is to what was typed; here the keys are rows, written in
//! the transaction that names the thing. A search reads the rows of a few dozen keys, at most [`READ`] of each, and compares
//! the [`LOOKED_AT`] names that share the rarest of them. How long that takes does not depend on how many names there are.

use crate::sql;
use crate::sql::Query;
use crate::tx::Tx;
use kernel::id::Id;
use kernel::problem::Result;
use kernel::workflow::Named;
use names::{Key, Kind, Match, Text, Why};
use std::collections::HashMap;
use std::ops::Range;

/// A name that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// For [`bearers`].
    pub text_id: i64,
    pub kind: Kind,
    pub name: String,
    pub score: u32,
    pub why: Why,
}

/// Rows read of one key. A key with more says little; whatever is near has rarer ones too.
const READ: i64 = 1500;
/// Names that are compared.
const LOOKED_AT: usize = 300;
/// Names that a list may mean, and things that bear them.
const MEANT: usize = 5;
const BORNE: i64 = 500;
/// Keys asked for in one statement.
const AT_ONCE: usize = 40;
/// Keys written by one statement.
const WRITTEN: usize = 16;
/// Keys sorted at a time while many names are written: some 60 MB.
const AT_HAND: usize = 1_000_000;

/// Says that a thing is called this, and no longer what it was called before. Blank names are left out.
pub fn set<T>(tx: &mut Tx<'_>, thing: Id<T>, kind: Kind, called: &[&str]) -> Result<()> {
    let thing = thing.raw();
    let before = tx.all(sql!((i64,): "select text_id from name_bearer where thing = $1"), &[&thing])?;
    let mut now = Vec::new();
    for name in called.iter().map(|n| n.trim()).filter(|n| !n.is_empty()) {
        now.push(text(tx, kind, name)?);
    }
    for (old,) in before.iter().filter(|(old,)| !now.contains(old)) {
        tx.exec(sql!("delete from name_bearer where thing = $1 and text_id = $2"), &[&thing, old])?;
    }
    for new in now.iter().filter(|new| !before.contains(&(**new,))) {
        bear(tx, thing, *new)?;
    }
    Ok(())
}

/// Says what many things are called of which nothing was said yet; a thing may come with several names. Keys are written in
/// their own order: each name's keys lie all over the index, and written name by name a large city's would take hours.
pub fn fill(tx: &mut Tx<'_>, kind: Kind, things: impl IntoIterator<Item = (i64, String)>) -> Result<()> {
    let mut known: HashMap<String, i64> = HashMap::new();
    let mut keys: Vec<(String, i64)> = Vec::new();
    for (thing, name) in things {
        let name = name.trim();
        if name.is_empty() {
            continue;
        }
        let id = match known.get(name) {
            Some(id) => *id,
            None => {
                let (id, new) = named(tx, kind, name)?;
                if new {
                    keys.extend(names::index_keys(name).into_iter().map(|key| (key, id)));
                }
                known.insert(name.to_owned(), id);
                id
            }
        };
        bear(tx, thing, id)?;
        if keys.len() >= AT_HAND {
            keys.sort_unstable();
            write(tx, &keys)?;
            keys.clear();
        }
    }
    keys.sort_unstable();
    write(tx, &keys)
}

fn bear(tx: &mut Tx<'_>, thing: i64, text: i64) -> Result<()> {
    tx.exec(
        sql!(
            "insert into name_bearer (thing, text_id) values ($1, $2) on conflict (thing, text_id) do nothing"
        ),
        &[&thing, &text],
    )
    .map(drop)
}

/// The id of a name, which is written down with its keys when it is new.
fn text(tx: &mut Tx<'_>, kind: Kind, name: &str) -> Result<i64> {
    let (id, new) = named(tx, kind, name)?;
    if new {
        let keys: Vec<(String, i64)> = names::index_keys(name).into_iter().map(|key| (key, id)).collect();
        write(tx, &keys)?;
    }
    Ok(id)
}

/// The id of a name, and whether it was not there before.
fn named(tx: &mut Tx<'_>, kind: Kind, name: &str) -> Result<(i64, bool)> {
    let id = tx.new_raw_id();
    let new = tx.exec(
        sql!(
            "insert into name_text (id, kind, name) values ($1, $2, $3) on conflict (kind, name) do nothing"
        ),
        &[&id, &kind.code(), &name],
    )?;
    if new > 0 {
        return Ok((id, true));
    }
    let id = tx.value(
        sql!((i64,): "select id from name_text where kind = $1 and name = $2"),
        &[&kind.code(), &name],
    )?;
    Ok((id, false))
}

fn write(tx: &mut Tx<'_>, keys: &[(String, i64)]) -> Result<()> {
    for keys in keys.chunks(WRITTEN) {
        // the last is written again until the statement is full
        let pair = |n: usize| keys.get(n).or(keys.last()).cloned().unwrap_or_default();
        let p: [(String, i64); WRITTEN] = std::array::from_fn(pair);
        tx.exec(
            sql!(
                "insert into name_key (key, text_id) values ($1, $2), ($3, $4), ($5, $6), ($7, $8), ($9, $10), ($11, $12), ($13, $14), ($15, $16), ($17, $18), ($19, $20), ($21, $22), ($23, $24), ($25, $26), ($27, $28), ($29, $30), ($31, $32)
                  on conflict (key, text_id) do nothing"
            ),
            &[&p[0].0, &p[0].1, &p[1].0, &p[1].1, &p[2].0, &p[2].1, &p[3].0, &p[3].1, &p[4].0, &p[4].1, &p[5].0, &p[5].1, &p[6].0, &p[6].1, &p[7].0, &p[7].1, &p[8].0, &p[8].1, &p[9].0, &p[9].1, &p[10].0, &p[10].1, &p[11].0, &p[11].1, &p[12].0, &p[12].1, &p[13].0, &p[13].1, &p[14].0, &p[14].1, &p[15].0, &p[15].1],
        )?;
    }
    Ok(())
}

/// Whether the names of a kind were written down by today's rules.
pub fn is_current(tx: &mut Tx<'_>, kind: Kind) -> Result<bool> {
    let row = tx.one(sql!((i64,): "select version from name_version where kind = $1"), &[&kind.code()])?;
    Ok(row == Some((names::VERSION,)))
}

/// Forgets what things of a kind are called when that was written down by other rules or never; true: the caller says it
/// anew with [`set`]. Of several processes one is told so.
pub fn renew(tx: &mut Tx<'_>, kind: Kind) -> Result<bool> {
    let code = kind.code();
    let changed = tx.exec(
        sql!(
            "insert into name_version (kind, version) values ($1, $2)
              on conflict (kind) do update set version = excluded.version where name_version.version <> excluded.version"
        ),
        &[&code, &names::VERSION],
    )?;
    tx.housekeeping();
    if changed == 0 {
        return Ok(false);
    }
    tx.exec(
        sql!("delete from name_key where text_id in (select id from name_text where kind = $1)"),
        &[&code],
    )?;
    tx.exec(
        sql!("delete from name_bearer where text_id in (select id from name_text where kind = $1)"),
        &[&code],
    )?;
    tx.exec(sql!("delete from name_text where kind = $1"), &[&code])?;
    Ok(true)
}

/// The names of these kinds that are near `asked`, nearest first, at most `most` of each kind. Where a kind has names that
/// hold what was typed, those that merely resemble it are left out.
pub fn find(tx: &mut Tx<'_>, kinds: &[Kind], asked: &str, most: usize) -> Result<Vec<Found>> {
    let text = Text::new(asked);
    let near = candidates(tx, kinds, asked)?;
    let found = near.into_iter().filter_map(|c| {
        let Match { score, why } = names::compare(&text, &Text::new(&c.2))?;
        Some(Found { text_id: c.0, kind: c.1, name: c.2, score, why })
    });
    let mut found: Vec<Found> = found.collect();
    found.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| a.name.cmp(&b.name)));
    let mut kept: Vec<Found> = Vec::new();
    for kind in kinds {
        let of = found.iter().filter(|f| f.kind == *kind);
        let told = of.clone().any(|f| !f.why.is_guess());
        kept.extend(of.filter(|f| !told || !f.why.is_guess()).take(most).cloned());
    }
    kept.sort_by_key(|f| std::cmp::Reverse(f.score));
    Ok(kept)
}

/// The names of these kinds that something within `text` is near to, nearest and longest first, each with the characters of
/// [`names::clean`]ed `text` that it was taken from. Of names taken from the same place the nearest stays.
pub fn find_within(
    tx: &mut Tx<'_>,
    kinds: &[Kind],
    text: &str,
    most: usize,
) -> Result<Vec<(Found, Range<usize>)>> {
    let asked = Text::new(text);
    let mut found: Vec<(Found, Range<usize>)> = Vec::new();
    for (text_id, kind, name) in candidates(tx, kinds, text)? {
        if let Some((Match { score, why }, range)) = names::within(&asked, &Text::new(&name)) {
            found.push((Found { text_id, kind, name, score, why }, range));
        }
    }
    found.sort_by(|(a, x), (b, y)| {
        let exact = |f: &Found| f.why == Why::Same;
        exact(b)
            .cmp(&exact(a))
            .then_with(|| if exact(a) { y.len().cmp(&x.len()) } else { b.score.cmp(&a.score) })
            .then_with(|| a.name.cmp(&b.name))
    });
    let mut kept: Vec<(Found, Range<usize>)> = Vec::new();
    for (one, range) in found {
        let taken = |(known, r): &(Found, Range<usize>)| {
            r.start < range.end && range.start < r.end && (known.why == Why::Same || known.score > one.score)
        };
        if !kept.iter().any(taken) && kept.len() < most {
            kept.push((one, range));
        }
    }
    Ok(kept)
}

/// The things that bear these names, at most `most` in all, in the order of their ids.
pub fn bearers(tx: &mut Tx<'_>, texts: &[i64], most: i64) -> Result<Vec<(i64, i64)>> {
    let mut query = Query::<(i64, i64)>::new("select text_id, thing from name_bearer");
    query.one_of("text_id", texts).tail("order by thing limit ?", &[&most]);
    tx.query(&query)
}

/// The things that are called what was typed, in letters or with a slip: what a list shows beside those that hold the words.
/// Empty where the words themselves are a name or a part of one, which the list finds by itself, and where there are several:
/// each narrows what is shown, and is no slip in a name.
pub fn meant(tx: &mut Tx<'_>, kinds: &[Kind], asked: &str) -> Result<Vec<i64>> {
    if asked.split_whitespace().nth(1).is_some() {
        return Ok(Vec::new());
    }
    called(tx, kinds, asked, |why| !matches!(why, Why::Same | Why::Part))
}

/// The things whose names were found for such a reason.
pub fn called(tx: &mut Tx<'_>, kinds: &[Kind], asked: &str, wanted: fn(Why) -> bool) -> Result<Vec<i64>> {
    let found = find(tx, kinds, asked, MEANT)?;
    let texts: Vec<i64> = found.iter().filter(|f| wanted(f.why)).map(|f| f.text_id).collect();
    if texts.is_empty() {
        return Ok(Vec::new());
    }
    Ok(bearers(tx, &texts, BORNE)?.into_iter().map(|(_, thing)| thing).collect())
}

/// Names that share keys with a text, those with the rarest first.
fn candidates(tx: &mut Tx<'_>, kinds: &[Kind], text: &str) -> Result<Vec<(i64, Kind, String)>> {
    let keys = names::query_keys(text);
    let mut shared: HashMap<i64, f64> = HashMap::new();
    for keys in keys.chunks(AT_ONCE) {
        let mut rows: Vec<Vec<i64>> = vec![Vec::new(); keys.len()];
        for (nth, text_id) in tx.query(&postings(keys))? {
            if let Some(of_key) = usize::try_from(nth).ok().and_then(|n| rows.get_mut(n)) {
                of_key.push(text_id);
            }
        }
        for mut of_key in rows {
            of_key.sort_unstable();
            of_key.dedup();
            #[expect(clippy::cast_precision_loss, reason = "at most a few thousand")]
            let worth = 1.0 / (of_key.len().max(1) as f64).sqrt();
            for id in of_key {
                *shared.entry(id).or_default() += worth;
            }
        }
    }
    let mut ranked: Vec<(i64, f64)> = shared.into_iter().collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let codes: Vec<&str> = kinds.iter().map(|k| k.code()).collect();
    let mut found = Vec::new();
    for part in ranked.chunks(LOOKED_AT) {
        let ids: Vec<i64> = part.iter().map(|(id, _)| *id).collect();
        let mut query = Query::<(i64, String, String)>::new("select id, kind, name from name_text");
        query.one_of("id", &ids).one_of("kind", &codes);
        // a name that nobody bears any more is nobody's
        query.filter("exists (select 1 from name_bearer b where b.text_id = name_text.id)", &[]);
        let rows = tx.query(&query)?;
        found.extend(rows.into_iter().filter_map(|(id, kind, name)| Some((id, Kind::parse(&kind)?, name))));
        // of other kinds there may be many: a few chunks are looked through before giving up
        if found.len() >= LOOKED_AT / 2 {
            break;
        }
    }
    Ok(found)
}

/// The rows of several keys, each with its place in `keys`.
fn postings(keys: &[Key]) -> Query<(i64, i64)> {
    let mut query = Query::<(i64, i64)>::new("");
    for (nth, key) in keys.iter().enumerate() {
        let union = if nth > 0 { "union all " } else { "" };
        let head = format!("{union}select * from (select {nth} as nth, text_id from name_key where");
        match key {
            Key::Whole(key) => {
                query.tail(&format!("{head} key = ? limit ?) as part_{nth}"), &[key, &READ]);
            }
            Key::Begins(start) => {
                let end = format!("{start}\u{10ffff}");
                query.tail(
                    &format!("{head} key >= ? and key < ? limit ?) as part_{nth}"),
                    &[start, &end, &READ],
                );
            }
        }
    }
    query
}

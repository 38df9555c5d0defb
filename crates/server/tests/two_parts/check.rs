//! Whether everything was done once.

use super::load::Sent;
use super::town::Town;
use kernel::id::Id;
use kernel::problem::Result;
use std::collections::{BTreeMap, HashMap, HashSet};
use store::follow::{self, Place, Seen};
use store::{Query, Tx};
use web::outgoing::Catalogue;

/// What was told to the other program.
pub(crate) struct Figures {
    pub(crate) events: usize,
    pub(crate) received: usize,
    pub(crate) again: usize,
}

/// The events of the log behind a place that other programs are told of, in the order of the log.
pub(crate) fn events(tx: &mut Tx<'_>, mut place: Place) -> Result<Vec<Seen>> {
    let catalogue = Catalogue::of(&server::features::all());
    let mut all = Vec::new();
    loop {
        let seen = follow::after(tx, &place, 5000)?;
        if seen.is_empty() {
            break;
        }
        for event in &seen {
            place.insert(event.lane, event.seq);
        }
        all.extend(seen);
    }
    all.retain(|e| catalogue.of_verb(&e.verb).is_some());
    Ok(all)
}

/// Each event once by its id, each record's in the order of the log; a message came a second time only where a program died
/// or slept with it in hand, with the same id and the same words.
pub(crate) fn messages(town: &Town) -> Figures {
    let begun = town.begun.clone();
    let events = town.read(move |tx| events(tx, begun));
    let received = town.receiver.received();
    let secrets = town.city.db().secrets();
    let names: HashMap<String, &Seen> =
        events.iter().map(|e| (hooks::sign::message_id(secrets, town.endpoint.id, e.id), e)).collect();
    let mut bodies: HashMap<&str, &str> = HashMap::new();
    let mut told: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    for message in &received {
        let id = message.header("webhook-id");
        let event = names.get(id).unwrap_or_else(|| panic!("a message of no event: {}", message.body));
        match bodies.insert(id, &message.body) {
            Some(before) => assert_eq!(before, message.body, "one id, two messages"),
            None => told.entry(event.entity).or_default().push(event.id),
        }
    }
    let missing: Vec<_> = events
        .iter()
        .filter(|e| !told.get(&e.entity).is_some_and(|ids| ids.contains(&e.id)))
        .map(|e| (&e.verb, e.entity))
        .collect();
    assert!(missing.is_empty(), "never told: {missing:?}");
    for (record, ids) in &told {
        assert!(ids.is_sorted(), "record {record} was told out of order");
    }
    Figures { events: events.len(), received: received.len(), again: received.len() - bodies.len() }
}

/// Every report that was acknowledged is there once, under the number that was told; how many, and how many moves.
pub(crate) fn reports(town: &Town, sent: &[Sent]) -> (usize, usize) {
    let rows = town.read(|tx| {
        type Row = (String, String, i64);
        let mut rows = tx.query(&Query::<Row>::new("select description, number, id from case_file"))?;
        for (text, _, id) in &mut rows {
            // what people wrote lies sealed
            *text = tx.unseal::<cases::model::CaseDescription>(*id, text)?;
        }
        Ok(rows)
    });
    let mut stored: HashMap<&str, Vec<&str>> = HashMap::new();
    for (text, number, _) in &rows {
        stored.entry(text).or_default().push(number);
    }
    let doubled: Vec<_> = stored.iter().filter(|(_, numbers)| numbers.len() > 1).collect();
    assert!(doubled.is_empty(), "{doubled:?}");
    let mut reports = 0;
    for (text, number) in sent.iter().flat_map(|s| &s.reports) {
        assert_eq!(stored.get(text.as_str()).map(|n| n[0]), Some(number.as_str()), "{text}");
        reports += 1;
    }
    assert!(reports > 20, "only {reports} reports");
    // each case's history is one road: every step begins where the one before it ended
    let ids: Vec<i64> = rows.iter().map(|(_, _, id)| *id).collect();
    town.read(move |tx| {
        for id in ids {
            let mut state = "reported".to_owned();
            for line in store::audit::history(tx, Id::<()>::new(id))? {
                let (from, to) = (line.fact("from"), line.fact("to"));
                if !from.is_empty() && !to.is_empty() {
                    assert_eq!(from, state, "{} of {id}", line.verb);
                    state = to;
                }
            }
        }
        Ok(())
    });
    (reports, sent.iter().map(|s| s.moves).sum())
}

/// Each rung once for each overdue case, official numbers from 1 without gaps, papers and notices once; how many letters.
pub(crate) fn ladder(town: &Town) -> usize {
    let letters = town.read(ladder::store::every);
    let mut steps = HashSet::new();
    let mut series: BTreeMap<&str, Vec<i64>> = BTreeMap::new();
    for letter in &letters {
        assert!(steps.insert((letter.subject_id, letter.step.as_str())), "{} twice", letter.step);
        let name = letter.series.as_deref().unwrap_or_else(|| panic!("{} without a number", letter.code));
        series.entry(name).or_default().extend(letter.series_number);
    }
    for case in &town.overdue {
        for step in ["deadline", "letter", "summons"] {
            assert!(steps.contains(&(*case, step)), "{step} of {case} was left out");
        }
    }
    for (name, mut numbers) in series {
        numbers.sort_unstable();
        let wanted: Vec<i64> = (1..=i64::try_from(numbers.len()).expect("few")).collect();
        assert_eq!(numbers, wanted, "{name}");
    }
    let ids: Vec<i64> = letters.iter().map(|l| l.id.raw()).collect();
    town.read(move |tx| {
        for id in ids {
            let history = store::audit::history(tx, Id::<()>::new(id))?;
            for (verb, most) in [("ladder.issued", 1), ("ladder.paper-made", 2)] {
                let count = history.iter().filter(|l| l.verb == verb).count();
                assert!(count <= most && count > 0 || verb != "ladder.issued", "{verb}: {count} times");
                assert!(count <= most, "{verb}: {count} times");
            }
        }
        let told = tx.query(&Query::<(String, i64)>::new(
            "select href, count(*) from notice where kind = 'ladder-issued' group by person, href having count(*) > 1",
        ))?;
        assert!(told.is_empty(), "told twice: {told:?}");
        Ok(())
    });
    letters.len()
}

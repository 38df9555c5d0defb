//! Proving the audit log whole.

use super::{CHANGED, ERASED, ERASED_ALL, EventText, Head, Link};
use crate::sealed::Form;
use crate::tx::Tx;
use crate::{Bind, record, sql};
use kernel::problem::Result;

/// What [`verify`] found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    Whole { links: u64, lanes: u64 },
    Broken { lane: i64, seq: i64, event: Option<i64>, fault: &'static str },
}

const PAGE: i64 = 2000;

/// Walks every lane from its first link to its head and names the first link that does not hold.
pub fn verify(tx: &mut Tx<'_>) -> Result<Verdict> {
    let heads =
        tx.all(sql!((i64, i64, Vec<u8>): "select lane, seq, hash from audit_head order by lane"), &[])?;
    let stray = tx.one(
        sql!((i64, i64, i64): "select lane, seq, id from audit where lane not in (select lane from audit_head)
             order by lane, seq limit 1"),
        &[],
    )?;
    if let Some((lane, seq, id)) = stray {
        return Ok(Verdict::Broken { lane, seq, event: Some(id), fault: "its lane has no head" });
    }
    let mut links = 0;
    let lanes = heads.len() as u64;
    for (lane, last, hash) in heads {
        let mut head = Head::START;
        loop {
            let page = tx.all(
                sql!(Link: "select {*} from audit where lane = $1 and seq > $2 order by seq limit $3"),
                &[&lane, &head.seq, &PAGE],
            )?;
            if page.is_empty() {
                break;
            }
            for link in &page {
                let broken = |fault| Verdict::Broken { lane, seq: link.seq, event: Some(link.id), fault };
                if link.seq != head.seq + 1 {
                    return Ok(Verdict::Broken {
                        lane,
                        seq: head.seq + 1,
                        event: None,
                        fault: "the link is missing",
                    });
                }
                let changes = head.seq > 0 && link.algorithm != head.algorithm;
                if changes && link.verb != CHANGED {
                    return Ok(broken("it is hashed differently from the link before, and no event says so"));
                }
                let hash = link.digest(&head.hash);
                if hash != link.hash.as_slice() {
                    return Ok(broken("what it says does not match its hash"));
                }
                head = Head { seq: link.seq, hash, algorithm: link.algorithm };
                links += 1;
            }
            if let Some(broken) = check_texts(tx, lane, &page)? {
                return Ok(broken);
            }
        }
        if head.seq != last || head.hash != hash.as_slice() {
            let fault =
                if head.seq < last { "the link is missing" } else { "the head does not match the last link" };
            return Ok(Verdict::Broken { lane, seq: head.seq.min(last) + 1, event: None, fault });
        }
    }
    let stray = tx.one(
        sql!((i64,): "select t.event_id from audit_text t
             where not exists (select 1 from audit a where a.id = t.event_id) order by t.event_id limit 1"),
        &[],
    )?;
    Ok(match stray {
        Some((event,)) => {
            Verdict::Broken { lane: -1, seq: 0, event: Some(event), fault: "a text without its event" }
        }
        None => Verdict::Whole { links, lanes },
    })
}

record! {
    struct Stored {
        id: i64,
        seq: i64,
        text: String,
    }
}

/// The text of an event. A backup of before texts were sealed is proved whole before they are.
fn opened(tx: &mut Tx<'_>, stored: Stored) -> Result<String> {
    if Form::parse(&stored.text).is_none() {
        return Ok(stored.text);
    }
    tx.unseal::<EventText>(stored.id, &stored.text)
}

fn check_texts(tx: &mut Tx<'_>, lane: i64, page: &[Link]) -> Result<Option<Verdict>> {
    let (Some(first), Some(last)) = (page.first(), page.last()) else { return Ok(None) };
    let texts = tx.all(
        sql!(Stored: "select a.id, a.seq, t.text from audit a join audit_text t on t.event_id = a.id
             where a.lane = $1 and a.seq between $2 and $3 order by a.seq"),
        &[&lane, &first.seq, &last.seq],
    )?;
    let mut texts = texts.into_iter().peekable();
    for link in page {
        let text = match texts.next_if(|text| text.seq == link.seq).map(|text| opened(tx, text)).transpose() {
            Ok(text) => text,
            // without the keys nothing can be said
            Err(problem) if problem.code == "data-keys-missing" => return Err(problem),
            Err(_) => {
                let fault = "its text was changed";
                return Ok(Some(Verdict::Broken { lane, seq: link.seq, event: Some(link.id), fault }));
            }
        };
        let fault = match (text, &link.text_hash) {
            (None, None) => continue,
            (Some(_), None) => "a text was put beside it",
            (Some(text), Some(hash)) if link.algorithm.of(&text) == hash.as_slice() => continue,
            (Some(_), Some(_)) => "its text was changed",
            (None, Some(_)) if was_erased(tx, link)? => continue,
            (None, Some(_)) => "its text is missing and was not erased by the program",
        };
        return Ok(Some(Verdict::Broken { lane, seq: link.seq, event: Some(link.id), fault }));
    }
    Ok(None)
}

fn was_erased(tx: &mut Tx<'_>, link: &Link) -> Result<bool> {
    let values: [&dyn Bind; 4] = [&ERASED, &link.id, &ERASED_ALL, &link.entity];
    let found = tx.value(
        sql!((i64,): "select count(*) from audit where (verb = $1 and entity = $2)
              or (verb = $3 and entity = $4 and entity <> 0 and id > $2)"),
        &values,
    )?;
    Ok(found > 0)
}

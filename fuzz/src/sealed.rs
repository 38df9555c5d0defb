//! What stands in a sealed column, whoever wrote it there: it opens to what was sealed for its row, or says that it does not.

use crate::targets::{Target, Told};
use crate::world::World;
use cases::model::{CaseDescription, ReporterPhone};

/// The row that texts are read as.
const ROW: i64 = 7;
const PLAIN: &[&str] = &[
    "路灯不亮，我的电话 13912345678",
    "x",
    "a longer one, of more than one block of the cipher, with 数字 110",
];

/// Texts that open in the row, and texts that were sealed for others.
fn sealed(world: &World) -> (Vec<String>, Vec<String>) {
    let made = world.db().read_now(|tx| {
        let mut ours = Vec::new();
        for text in PLAIN {
            ours.push(tx.seal::<CaseDescription>(ROW, text)?);
        }
        let others = vec![
            tx.seal::<CaseDescription>(ROW + 1, PLAIN[0])?,
            tx.seal::<ReporterPhone>(ROW, "13912345678")?,
        ];
        Ok((ours, others))
    });
    made.unwrap_or_else(|problem| panic!("{problem}"))
}

/// Whatever is stored is refused or right, and a refusal says which column and row.
fn stored(world: &World, ours: &[String], bytes: &[u8]) -> Told {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let known = ours.iter().position(|sealed| *sealed == text).map(|n| PLAIN[n]);
    let opened = world.db().read_now(move |tx| Ok(tx.unseal::<CaseDescription>(ROW, &text)));
    match (opened, known, bytes.is_empty()) {
        (Ok(Ok(opened)), Some(plain), _) if opened == plain => Told::Taken,
        (Ok(Ok(opened)), None, true) if opened.is_empty() => Told::Refused,
        (Ok(Err(problem)), None, false) => {
            let said = problem.detail.unwrap_or_default();
            let names =
                said.contains("case_file.description of row 7") || problem.code == "data-keys-missing";
            if names { Told::Refused } else { Told::Wrong(format!("{}: {said}", problem.code)) }
        }
        (told, known, _) => Told::Wrong(format!("{told:?} where {known:?} was sealed")),
    }
}

/// Whatever is sealed comes back, or is refused before.
fn written(world: &World, bytes: &[u8]) -> Told {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let asked = text.clone();
    let back = world.db().read_now(move |tx| {
        let sealed = tx.seal::<CaseDescription>(ROW, &asked)?;
        tx.unseal::<CaseDescription>(ROW, &sealed)
    });
    match back {
        Ok(back) if back == text => Told::Taken,
        Err(problem) if problem.code == "text-unreadable" && text.contains('\0') => Told::Refused,
        told => Told::Wrong(format!("{told:?}")),
    }
}

pub fn targets(world: &World) -> Vec<Target<'_>> {
    let (ours, others) = sealed(world);
    let seeds = ours.iter().chain(&others).map(|text| text.as_bytes().to_vec()).collect();
    let plain = PLAIN.iter().map(|text| text.as_bytes().to_vec()).collect();
    vec![
        Target::new("sealed-stored", seeds, &["s1.", "s1.1.", "s1.2.", ".", "=", "AAAA", "s2.1."], {
            move |bytes| stored(world, &ours, bytes)
        }),
        Target::new("sealed-written", plain, &["\u{0}", "s1.1.", "\u{10ffff}", "\r\n"], move |bytes| {
            written(world, bytes)
        }),
    ]
}

//! Examining pictures: prints of the new ones, a look through all prints the city has, a close look at what may be the
//! same, and the camera's notes. Reads first, works outside of transactions, and writes once at the end, so that nothing
//! else waits for it; done again, it adds nothing.

use crate::facts::{self, Held};
use crate::model::{Figures, Kept, Kind, State, Warning};
use crate::settings::{RULES, Rules};
use crate::store as rows;
use ::store::files::{self, File, FileState, Files, Size, StoredFile};
use ::store::value::Json;
use ::store::{Db, Event, Tx};
use alike::{Guess, Print, Raster, at_first_sight, guesses, likeness};
use cases::model::{Case, Photo, PhotoKind};
use kernel::ctx::Ctx;
use kernel::id::Id;
use kernel::problem::Result;
use kernel::workflow::Named;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::io::Read;

/// Pictures examined in one go: the prints of the whole city are read once for all of them.
pub(crate) const BATCH: usize = 16;
/// Prints read at a time, some 1.4 kilobytes each.
const PAGE: i64 = 1000;
/// Earlier pictures that one picture is laid over: the likest by their small pictures.
const CLOSE_LOOKS: usize = 30;
/// Earlier pictures of which it is worked out how like they are: the likest at first sight. Plain pictures are like very many;
/// without a bound, one of them among a hundred thousand would take a minute. How few true ones this loses is measured:
/// docs/photo-honesty.md.
const SECOND_LOOKS: usize = 600;
/// Warnings that one picture gives because of others. More would tell nothing more.
const MOST: usize = 5;

/// A picture that has not been examined yet.
struct Fresh {
    kept: Kept,
    file: StoredFile,
    print: Option<Print>,
}

/// Two pictures that may be the same. `new` was sent after `old`.
struct Pair {
    new: Kept,
    old: Kept,
    guesses: Vec<Guess>,
    /// Of the small pictures, at first sight or worked out; 1 where the bytes are the same.
    likeness: f32,
}

impl Pair {
    /// How like they are, worked out: what was seen at first sight is only where the search begins.
    fn second_look(&mut self) {
        let read = |kept: &Kept| Print::from_bytes(&kept.print);
        if let (false, Some(new), Some(old)) = (self.guesses.is_empty(), read(&self.new), read(&self.old)) {
            self.likeness = likeness(&new, &old, &self.guesses);
        }
    }
}

/// A warning that has no number yet.
#[derive(Debug)]
struct Draft {
    photo: Id<Photo>,
    case: Id<Case>,
    other: Option<(Id<Photo>, Id<Case>)>,
    kind: Kind,
    figures: Figures,
}

/// What is read of the picture's small copy, which is upright and free of notes. `None` when there is none to be read.
/// Refuses while the storage does not answer: the picture is examined later then, not passed over.
fn raster(files: &Files, file: &StoredFile) -> Result<Option<Raster>> {
    let mut bytes = Vec::new();
    match files.open_shown(file, Size::Thumb) {
        Ok(mut opened) => match opened.file.read_to_end(&mut bytes) {
            Ok(_) => Ok(Raster::of_bytes(&bytes)),
            Err(_) => Ok(None),
        },
        Err(problem) if problem.code == "files-away" => Err(problem),
        Err(_) => Ok(None),
    }
}

/// Examines those of these pictures that have not been; how many warnings came of it. At most [`BATCH`] at a time.
pub(crate) fn examine(db: &Db, ctx: &Ctx, photos: Vec<Photo>) -> Result<usize> {
    let (rules, found) = db.read_now(move |tx| {
        let mut found = Vec::new();
        for photo in photos {
            let file = files::get(tx, photo.file_id)?;
            if file.state == FileState::Ready && !file.is_video() && !rows::is_kept(tx, photo.id)? {
                found.push((photo, file));
            }
        }
        Ok((RULES.get(tx)?, found))
    })?;
    if found.is_empty() {
        return Ok(0);
    }
    let folder = Files::of(db);
    let mut seen: HashMap<Id<File>, Option<Raster>> = HashMap::new();
    let mut fresh = Vec::with_capacity(found.len());
    for (photo, file) in found {
        let raster = match seen.entry(file.id) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(free) => free.insert(raster(&folder, &file)?),
        };
        let print = raster.as_ref().map(Print::of);
        fresh.push(Fresh { kept: kept(&photo, &file, print.as_ref()), file, print });
    }
    let mut drafts = Vec::new();
    if rules.on {
        for pair in pairs(db, &fresh, &rules)? {
            for id in [pair.new.file_id, pair.old.file_id] {
                if pair.new.sha256 != pair.old.sha256 && !seen.contains_key(&id) {
                    let file = db.read_now(move |tx| files::get(tx, id))?;
                    seen.insert(id, raster(&folder, &file)?);
                }
            }
            drafts.extend(close_look(&seen, &pair, &rules));
        }
        drafts = fewest(drafts);
        let with_notes: Vec<(Kept, StoredFile)> =
            fresh.iter().map(|f| (f.kept.clone(), f.file.clone())).collect();
        drafts.extend(db.read_now(move |tx| noted(tx, &with_notes, &rules))?);
    }
    let ctx_in = ctx.clone();
    let kept: Vec<Kept> = fresh.into_iter().map(|f| f.kept).collect();
    db.write_now(ctx, move |tx| save(&ctx_in, tx, &kept, drafts))
}

fn kept(photo: &Photo, file: &StoredFile, print: Option<&Print>) -> Kept {
    Kept {
        photo_id: photo.id,
        case_id: photo.case_id,
        file_id: file.id,
        kind: photo.kind,
        taken_by: photo.taken_by,
        added_at: photo.added_at,
        sha256: file.sha256.clone(),
        has_camera: file.camera.is_some(),
        print: print.map(Print::to_bytes).unwrap_or_default(),
    }
}

/// Which of two pictures came later, if that one is a repair's and they were not sent together.
fn in_order<'a>(a: &'a Kept, b: &'a Kept) -> Option<(&'a Kept, &'a Kept)> {
    if a.photo_id == b.photo_id || (a.case_id == b.case_id && a.added_at == b.added_at) {
        return None;
    }
    let (new, old) = if (a.added_at, a.photo_id) > (b.added_at, b.photo_id) { (a, b) } else { (b, a) };
    (new.kind == PhotoKind::After).then_some((new, old))
}

/// Everything in the city that may be the same as one of these, whichever of the two came later: pictures from before may
/// be examined after those that repeat them.
fn pairs(db: &Db, fresh: &[Fresh], rules: &Rules) -> Result<Vec<Pair>> {
    let mut found: Vec<Vec<Pair>> = fresh.iter().map(|_| Vec::new()).collect();
    let mut hold = |n: usize, one: &Fresh, other: &Kept, print: Option<&Print>| {
        let Some((new, old)) = in_order(&one.kept, other) else { return };
        let (guesses, likeness) = if new.sha256 == old.sha256 {
            (Vec::new(), 1.0)
        } else {
            let Some((this, that)) = one.print.as_ref().zip(print) else { return };
            let of_new = new.photo_id == one.kept.photo_id;
            let (of_new, of_old) = if of_new { (this, that) } else { (that, this) };
            let guesses = guesses(of_new, of_old, rules.distance);
            if guesses.is_empty() {
                return;
            }
            let likeness = at_first_sight(of_new, of_old, &guesses);
            (guesses, likeness)
        };
        if let Some(list) = found.get_mut(n) {
            list.push(Pair { new: new.clone(), old: old.clone(), guesses, likeness });
            if list.len() >= SECOND_LOOKS + SECOND_LOOKS / 2 {
                keep_likest(list, SECOND_LOOKS);
            }
        }
    };
    for (n, one) in fresh.iter().enumerate() {
        for other in fresh.iter().skip(n + 1) {
            hold(n, one, &other.kept, other.print.as_ref());
        }
    }
    let mut after = Id::new(0);
    loop {
        let page = db.read_now(move |tx| rows::prints(tx, after, PAGE))?;
        let Some(last) = page.last() else { break };
        after = last.photo_id;
        for other in &page {
            let print = Print::from_bytes(&other.print);
            for (n, one) in fresh.iter().enumerate() {
                hold(n, one, other, print.as_ref());
            }
        }
    }
    for list in &mut found {
        keep_likest(list, SECOND_LOOKS);
        list.iter_mut().for_each(Pair::second_look);
        keep_likest(list, CLOSE_LOOKS);
    }
    Ok(found.into_iter().flatten().collect())
}

fn keep_likest(list: &mut Vec<Pair>, most: usize) {
    list.sort_by(|a, b| b.likeness.total_cmp(&a.likeness).then(b.old.photo_id.cmp(&a.old.photo_id)));
    list.truncate(most);
}

fn close_look(seen: &HashMap<Id<File>, Option<Raster>>, pair: &Pair, rules: &Rules) -> Option<Draft> {
    let (new, old) = (&pair.new, &pair.old);
    let same_case = new.case_id == old.case_id;
    let mut figures = Figures::default();
    let bytes = new.sha256 == old.sha256;
    if bytes {
        figures.agreeing = Some(100);
    } else {
        let (of_new, of_old) = (seen.get(&new.file_id)?.as_ref()?, seen.get(&old.file_id)?.as_ref()?);
        let found = alike::compare(of_new, of_old, &pair.guesses)?;
        let wanted = if same_case { rules.agreeing_same_case } else { rules.agreeing };
        if found.agreeing < wanted || found.telling < rules.telling {
            return None;
        }
        figures = Figures {
            distance: pair.guesses.first().map(|guess| guess.distance),
            agreeing: Some(found.agreeing),
            telling: Some(found.telling),
            covered: Some(found.covered),
            mirrored: found.turn.is_mirror(),
            degrees: found.turn.degrees(),
            ..Figures::default()
        };
    }
    let kind = match (same_case && old.kind == PhotoKind::Before, bytes) {
        (true, _) => Kind::BeforeAsAfter,
        (false, true) => Kind::SameBytes,
        (false, false) => Kind::Alike,
    };
    let other = Some((old.photo_id, old.case_id));
    Some(Draft { photo: new.photo_id, case: new.case_id, other, kind, figures })
}

/// Of each picture the warnings that agree best: the same bytes before what only looks the same.
fn fewest(mut drafts: Vec<Draft>) -> Vec<Draft> {
    let looks = |d: &Draft| d.figures.telling.is_some();
    drafts.sort_by_key(|d| (d.photo, looks(d), std::cmp::Reverse(d.figures.agreeing), d.other));
    let mut counted: HashMap<Id<Photo>, usize> = HashMap::new();
    drafts.retain(|draft| {
        let n = counted.entry(draft.photo).or_insert(0);
        *n += 1;
        *n <= MOST
    });
    drafts
}

/// What the camera's notes say.
fn noted(tx: &mut Tx<'_>, fresh: &[(Kept, StoredFile)], rules: &Rules) -> Result<Vec<Draft>> {
    let mut drafts = Vec::new();
    for (kept, file) in fresh.iter().filter(|(kept, _)| kept.kind == PhotoKind::After) {
        let Some(case) = cases::store::case(tx, kept.case_id)? else { continue };
        let usual = match kept.taken_by {
            Some(person) => rows::usual_camera(tx, person, kept.photo_id, 2 * rules.camera_pictures)?,
            None => (0, 0),
        };
        let held = Held {
            dispatched_at: case.dispatched_at,
            sent_at: kept.added_at,
            place: case.place(),
            accuracy_m: case.accuracy_m.unwrap_or(0.0),
            usual,
        };
        drafts.extend(facts::warnings(file, &held, rules).into_iter().map(|(kind, figures)| Draft {
            photo: kept.photo_id,
            case: kept.case_id,
            other: None,
            kind,
            figures,
        }));
    }
    Ok(drafts)
}

/// Parts of one case, and cases that were merged, are about the same thing and may share a picture.
fn belong_together(a: &Case, b: &Case) -> bool {
    let mains = |case: &Case| [Some(case.id), case.parent_id, case.merged_into];
    a.id != b.id && mains(a).iter().flatten().any(|id| mains(b).contains(&Some(*id)))
}

fn save(ctx: &Ctx, tx: &mut Tx<'_>, kept: &[Kept], drafts: Vec<Draft>) -> Result<usize> {
    tx.housekeeping();
    for row in kept {
        if !rows::is_kept(tx, row.photo_id)? {
            tx.insert(row)?;
        }
    }
    let mut made = 0;
    for draft in drafts {
        let Some(case) = cases::store::case(tx, draft.case)? else { continue };
        if let Some((_, other)) = draft.other {
            let other = cases::store::case(tx, other)?;
            if other.is_some_and(|other| belong_together(&case, &other)) {
                continue;
            }
        }
        let other_photo = draft.other.map_or(Id::new(0), |(photo, _)| photo);
        if rows::is_known(tx, draft.photo, draft.kind, other_photo)? {
            continue;
        }
        let warning = Warning {
            id: tx.new_id(),
            number: format!("PC-{:06}", tx.next_number("PC")?),
            kind: draft.kind,
            photo_id: draft.photo,
            case_id: case.id,
            case_number: case.number.clone(),
            unit_id: case.lead_unit,
            governing_unit: case.governing_unit,
            other_photo,
            other_case: draft.other.map(|(_, case)| case),
            figures: Json(draft.figures),
            state: State::Open,
            reason: "".into(),
            decided_by: None,
            decided_at: None,
            created_at: ctx.now,
            version: 1,
        };
        tx.insert(&warning)?;
        let event = Event::new("honesty.warned", warning.id).with("number", warning.number.as_str());
        tx.record(ctx, event.with("kind", warning.kind.code()).with("case", case.number.as_str()))?;
        made += 1;
    }
    Ok(made)
}

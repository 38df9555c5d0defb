//! What the camera's notes say against the case: when, where, with what. Pure; all of it can be forged, and some of it is
//! wrong for honest reasons, which is why a person looks.

use crate::model::{Figures, Kind};
use crate::settings::Rules;
use ::store::files::StoredFile;
use kernel::coords::Point;
use kernel::geometry::distance_m;
use kernel::time::{Instant, MINUTE};

/// What the notes are held against.
#[derive(Clone, Debug)]
pub struct Held {
    /// When the unit was told of the case.
    pub dispatched_at: Option<Instant>,
    /// When the picture was sent.
    pub sent_at: Instant,
    pub place: Option<Point>,
    /// How wrong the place of the case may be, in metres.
    pub accuracy_m: f64,
    /// Of the sender's last pictures: how many name a camera, and how many there are.
    pub usual: (i64, i64),
}

/// When the camera says the picture was taken. Cameras that write no offset are taken to be on Chinese time.
pub fn taken(file: &StoredFile) -> Option<Instant> {
    let text = file.taken_at.as_deref()?;
    Instant::parse_rfc3339(text).or_else(|| text.parse().ok().map(Instant::from_civil))
}

/// Every warning that the notes of one picture give by themselves.
pub fn warnings(file: &StoredFile, held: &Held, rules: &Rules) -> Vec<(Kind, Figures)> {
    [when(file, held, rules), place(file, held, rules), software(file, rules), camera(file, held, rules)]
        .into_iter()
        .flatten()
        .collect()
}

fn when(file: &StoredFile, held: &Held, rules: &Rules) -> Option<(Kind, Figures)> {
    let at = taken(file)?;
    let told = |kind, minutes| {
        let taken = file.taken_at.clone().unwrap_or_default();
        Some((kind, Figures { minutes: Some(minutes), taken, ..Figures::default() }))
    };
    let slack = rules.minutes.saturating_mul(MINUTE);
    if held.sent_at.plus(slack) < at {
        return told(Kind::Late, held.sent_at.minutes_until(at));
    }
    // a case that was dispatched again after this answer says nothing about it
    let dispatched = held.dispatched_at.filter(|d| *d <= held.sent_at)?;
    if at.plus(slack) < dispatched { told(Kind::Early, at.minutes_until(dispatched)) } else { None }
}

fn place(file: &StoredFile, held: &Held, rules: &Rules) -> Option<(Kind, Figures)> {
    // cameras write WGS-84, cases lie in CGCS2000: the two differ by centimetres
    let camera = Point { lng: file.lng?, lat: file.lat? };
    let metres = distance_m(camera, held.place?);
    let allowed = f64::from(i32::try_from(rules.metres).unwrap_or(i32::MAX)) + held.accuracy_m.max(0.0);
    #[expect(clippy::cast_possible_truncation, reason = "metres on the globe")]
    let whole = metres.round() as i64;
    (metres > allowed).then(|| (Kind::Far, Figures { metres: Some(whole), ..Figures::default() }))
}

fn software(file: &StoredFile, rules: &Rules) -> Option<(Kind, Figures)> {
    let software = file.software.as_deref()?;
    let small = software.to_lowercase();
    let named =
        rules.editors.iter().any(|editor| !editor.is_empty() && small.contains(&editor.to_lowercase()));
    named.then(|| (Kind::Edited, Figures { software: software.to_owned(), ..Figures::default() }))
}

fn camera(file: &StoredFile, held: &Held, rules: &Rules) -> Option<(Kind, Figures)> {
    let (with, of) = held.usual;
    let usual =
        rules.camera_share > 0 && of >= rules.camera_pictures && with * 100 >= of * rules.camera_share;
    (usual && file.camera.is_none())
        .then(|| (Kind::NoCamera, Figures { usual: Some(held.usual), ..Figures::default() }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::id::Id;
    use store::files::{FileState, Place};

    const SENT: Instant = Instant(1_772_674_200_000_000);

    fn file() -> StoredFile {
        StoredFile {
            id: Id::new(1),
            state: FileState::Ready,
            name: "".into(),
            sha256: String::new(),
            bytes: 1,
            quarantine: None,
            media_type: Some("image/jpeg".into()),
            width: None,
            height: None,
            look_hash: None,
            taken_at: None,
            lng: None,
            lat: None,
            camera: Some("Example C1".into()),
            software: None,
            fault: None,
            uploaded_by: String::new(),
            uploaded_at: SENT,
            place: Place::Folder,
            leftover: false,
            move_fault: None,
            full_sha256: None,
            thumb_sha256: None,
            kept: store::files::Left::All,
            erasing: false,
            version: 1,
        }
    }

    fn held() -> Held {
        Held {
            dispatched_at: Some(SENT.plus(-180 * MINUTE)),
            sent_at: SENT,
            place: Some(Point { lng: 98.29, lat: 39.77 }),
            accuracy_m: 20.0,
            usual: (0, 0),
        }
    }

    fn kinds(file: &StoredFile, held: &Held) -> Vec<Kind> {
        warnings(file, held, &Rules::default()).into_iter().map(|(kind, _)| kind).collect()
    }

    #[test]
    fn an_honest_picture_warns_of_nothing() {
        let mut file = file();
        // 09:30 in China, and half an hour before
        file.taken_at = Some("2026-03-05T09:00:00".into());
        (file.lng, file.lat) = (Some(98.2905), Some(39.7701));
        file.software = Some("HarmonyOS 4.2.0".into());
        assert_eq!(kinds(&file, &held()), []);
    }

    #[test]
    fn clocks_are_held_against_dispatch_and_answer() {
        let (mut file, held) = (file(), held());
        for (taken, wanted, minutes) in [
            ("2026-03-05T06:00:00", Some(Kind::Early), 30),
            ("2026-03-05T06:21:00+08:00", None, 0),
            ("2026-03-04T22:00:00Z", Some(Kind::Early), 30),
            ("2026-03-05T09:39:00", None, 0),
            ("2026-03-05T09:45:00", Some(Kind::Late), 15),
            ("no time", None, 0),
        ] {
            file.taken_at = Some(taken.into());
            let found = warnings(&file, &held, &Rules::default());
            assert_eq!(found.first().map(|(kind, _)| *kind), wanted, "{taken}");
            assert_eq!(found.first().and_then(|(_, f)| f.minutes), wanted.map(|_| minutes), "{taken}");
        }
        // dispatched once more since: nothing is known of when it was dispatched then
        file.taken_at = Some("2026-03-05T06:00:00".into());
        assert_eq!(kinds(&file, &Held { dispatched_at: Some(SENT.plus(MINUTE)), ..held }), []);
    }

    #[test]
    fn metres_beyond_what_the_report_allows() {
        let (mut file, held) = (file(), held());
        // 0.01 degrees of latitude are some 1,110 m
        (file.lng, file.lat) = (Some(98.29), Some(39.78));
        let found = warnings(&file, &held, &Rules::default());
        assert_eq!(found[0].0, Kind::Far);
        assert!((1100..1120).contains(&found[0].1.metres.unwrap()), "{found:?}");
        assert_eq!(kinds(&file, &Held { accuracy_m: 900.0, ..held.clone() }), []);
        assert_eq!(kinds(&file, &Held { place: None, ..held }), []);
    }

    #[test]
    fn editors_are_known_by_name_and_missing_cameras_by_habit() {
        let (mut file, mut held) = (file(), held());
        file.software = Some("Adobe Photoshop 25.1 (Windows)".into());
        assert_eq!(kinds(&file, &held), [Kind::Edited]);
        (file.software, file.camera) = (None, None);
        assert_eq!(kinds(&file, &held), [], "whose pictures never name a camera");
        held.usual = (18, 20);
        assert_eq!(kinds(&file, &held), [Kind::NoCamera]);
        held.usual = (17, 20);
        assert_eq!(kinds(&file, &held), []);
        held.usual = (9, 9);
        assert_eq!(kinds(&file, &held), [], "too few to speak of a habit");
    }
}

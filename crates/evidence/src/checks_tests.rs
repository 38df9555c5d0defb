use super::*;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn caption() -> Caption {
    Caption {
        time: "2026年11月".into(),
        place: "雄关广场".into(),
        people: "志愿者".into(),
        subject: "清扫".into(),
        background: "周末行动".into(),
        cause: "落叶".into(),
    }
}

fn picture_of(name: &str) -> Piece {
    Piece {
        name: name.into(),
        stage: Stage::Ready,
        picture: true,
        edge: 1200,
        pixels: 1200 * 1600,
        bytes: 400_000,
        taken: Some(day("2026-11-20")),
        sharp: Some(900),
        caption: caption(),
        twin: None,
    }
}

fn codes(look: &Look<'_>) -> Vec<(bool, &'static str)> {
    check(look).into_iter().map(|f| (f.hard, f.error.code)).collect()
}

fn windows() -> Vec<Window> {
    vec![Window::before("2027-08").unwrap()]
}

fn base<'a>(kind: Kind, windows: &'a [Window], files: &'a [Piece]) -> Look<'a> {
    Look {
        kind,
        statement: "新增停车位 320 个，满意度达到 96%。",
        dated: Some(day("2026-11-20")),
        limit: Limit::default(),
        windows,
        files,
        others: &[],
    }
}

#[test]
fn what_is_in_order_is_not_spoken_of() {
    let (windows, files) = (windows(), [picture_of("1.jpg")]);
    for kind in [Kind::Statement, Kind::Picture, Kind::Rule, Kind::Table] {
        assert_eq!(codes(&base(kind, &windows, &files)), [], "{kind:?}");
    }
}

#[test]
fn the_day_must_lie_in_a_window() {
    let windows = windows();
    let mut look = base(Kind::Statement, &windows, &[]);
    look.dated = Some(day("2026-07-31"));
    assert_eq!(codes(&look), [(true, "evidence-outside")]);
    let found = check(&look);
    assert_eq!(found[0].error.args, [("from", "2026-08-01".to_owned()), ("until", "2027-07-31".to_owned())]);
    // one of two windows is enough
    let both = [windows[0], Window::before("2026-09").unwrap()];
    look.windows = &both;
    assert_eq!(codes(&look), []);
    look.windows = &[];
    assert_eq!(codes(&look), [(true, "evidence-no-use")]);
    look.dated = None;
    assert_eq!(codes(&look), [(true, "evidence-no-use"), (true, "required")]);
}

#[test]
fn a_statement_is_short_and_has_figures_and_effects() {
    let windows = windows();
    let mut look = base(Kind::Statement, &windows, &[]);
    let long = "好".repeat(501);
    look.statement = &long;
    let told = [(true, "evidence-long"), (false, "evidence-no-figures"), (false, "evidence-no-effects")];
    assert_eq!(codes(&look), told);
    // spaces and line ends are not counted
    let spaced = format!("{}。\n \n提升 1", "好".repeat(490));
    look.statement = &spaced;
    assert_eq!(codes(&look), []);
    look.statement = "  ";
    assert_eq!(codes(&look), [(true, "required")]);
}

#[test]
fn each_kind_needs_what_it_is() {
    let windows = windows();
    let mut look = base(Kind::Picture, &windows, &[]);
    assert_eq!(codes(&look), [(true, "evidence-no-file")]);
    look.kind = Kind::Table;
    assert_eq!(codes(&look), [(true, "evidence-no-file")]);
    look.kind = Kind::Rule;
    assert_eq!(codes(&look), []);
    look.statement = "";
    assert_eq!(codes(&look), [(true, "evidence-no-file")]);
}

#[test]
fn pictures_are_large_captioned_and_few() {
    let windows = windows();
    let small = Piece { edge: 799, pixels: 799 * 1000, ..picture_of("small.jpg") };
    let bare = Piece { caption: Caption { cause: " ".into(), ..caption() }, ..picture_of("bare.jpg") };
    let files = [small, bare];
    assert_eq!(
        codes(&base(Kind::Picture, &windows, &files)),
        [(true, "evidence-small"), (true, "evidence-caption")]
    );
    let four: Vec<Piece> = ["1", "2", "3", "4"].map(picture_of).to_vec();
    assert_eq!(codes(&base(Kind::Picture, &windows, &four)), [(true, "evidence-many")]);
    // two more of a standard that has two already
    let others = [("Ⅲ-7-1)".to_owned(), 2), ("Ⅲ-8".to_owned(), 1)];
    let mut look = base(Kind::Picture, &windows, &four[..2]);
    look.others = &others;
    assert_eq!(codes(&look), [(true, "evidence-many-there")]);
}

#[test]
fn what_is_only_likely_is_advice() {
    let windows = windows();
    let odd = Piece {
        sharp: Some(BLURRED - 1),
        bytes: 100_000,
        taken: Some(day("2026-06-01")),
        twin: Some("EV-2026-000007".into()),
        ..picture_of("odd.jpg")
    };
    let files = [odd];
    let told = codes(&base(Kind::Picture, &windows, &files));
    let codes = ["evidence-twin", "evidence-blurred", "evidence-compressed", "evidence-taken"];
    assert_eq!(told, codes.map(|code| (false, code)));
}

#[test]
fn files_that_are_not_ready_stop_it() {
    let windows = windows();
    let waiting = Piece { stage: Stage::Waiting, ..picture_of("w.jpg") };
    let refused = Piece { stage: Stage::Refused, ..picture_of("r.exe") };
    let large = Piece { bytes: 10_000_001, ..picture_of("large.jpg") };
    let files = [waiting, refused, large];
    let told = [(true, "evidence-waiting"), (true, "evidence-refused"), (true, "evidence-large")];
    assert_eq!(codes(&base(Kind::Picture, &windows, &files)), told);
}

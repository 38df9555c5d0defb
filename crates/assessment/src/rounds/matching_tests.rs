use super::*;
use ::store::value::Json;
use kernel::id::Id;
use proptest::prelude::*;

fn name(id: i64, kind: NameKind, name: &str) -> Name {
    let (code, name) = (id.to_string(), name.to_owned());
    Name { id: Id::new(id), round_id: Id::new(1), kind, place: id, code, name }
}

fn names() -> Vec<Name> {
    vec![
        name(1, NameKind::Item, "社会主义核心价值观深化推广普及"),
        name(2, NameKind::Item, "“讲文明树新风”公益广告"),
        name(3, NameKind::Item, "文明旅游"),
        name(37, NameKind::Street, "吴江街道"),
        name(8, NameKind::Unit, "市容市政局"),
        name(20, NameKind::Unit, "教体局"),
    ]
}

fn row(number: i64, item: &str, lost: &str) -> RowRecord {
    RowRecord {
        id: Id::new(number),
        round_id: Id::new(1),
        row_number: number,
        serial: number.to_string(),
        item: item.into(),
        sub_item: String::new(),
        point: "主干道1".into(),
        lost: lost.into(),
        given: String::new(),
        street: "吴江街道".into(),
        units: Json(vec!["市容市政局".into()]),
        rest: Json(Vec::new()),
    }
}

fn one(row: RowRecord) -> (Point, Vec<(Code, Vec<String>)>) {
    let found = matched(&[row], &names(), &[]);
    let warnings = found.warnings.into_iter().map(|w| (w.code, w.nearest)).collect();
    (found.points.into_iter().next().unwrap(), warnings)
}

#[test]
fn an_item_is_found_however_it_is_written() {
    for (text, item, sub_item) in [
        ("文明旅游", "文明旅游", ""),
        ("文明旅游2", "文明旅游", "2"),
        ("文明旅游 １２", "文明旅游", "12"),
        ("讲文明树新风公益广告3", "“讲文明树新风”公益广告", "3"),
        ("3", "文明旅游", ""),
    ] {
        let (point, warnings) = one(row(2, text, ""));
        assert_eq!(
            (point.item.as_str(), point.sub_item.as_str(), warnings),
            (item, sub_item, vec![]),
            "{text}"
        );
    }
}

#[test]
fn what_is_not_certain_is_proposed_and_scored_under_its_own_words() {
    let (point, warnings) = one(row(2, "深化推广普及1", "1"));
    assert_eq!((point.item.as_str(), point.sub_item.as_str(), point.lost), ("深化推广普及", "1", 10_000));
    assert_eq!(warnings, [(Code::UnknownName, vec!["社会主义核心价值观深化推广普及".to_owned()])]);
    let wrong = RowRecord {
        units: Json(vec!["教育局".into(), "市容市政局".into()]),
        ..row(3, "文明旅游1", "")
    };
    let (point, warnings) = one(wrong);
    assert_eq!(point.units, ["教育局", "市容市政局"]);
    assert_eq!(warnings, [(Code::UnknownName, vec!["教体局".to_owned()])]);
}

#[test]
fn what_a_person_said_holds() {
    let said = Match {
        id: Id::new(1),
        round_id: Id::new(1),
        kind: NameKind::Item,
        text: "深化推广普及".into(),
        own: false,
        name_id: Id::new(1),
        decided_by: None,
        decided_at: kernel::time::Instant::parse_rfc3339("2026-11-29T08:00:00+08:00").unwrap(),
        version: 1,
    };
    let found = matched(&[row(2, "深化推广普及1", "")], &names(), &[said]);
    assert_eq!(found.points[0].item, "社会主义核心价值观深化推广普及");
    assert!(found.warnings.is_empty() && found.open.is_empty());
}

#[test]
fn numbers_that_cannot_be_are_told() {
    for (lost, given, parts, codes) in [
        ("", "", 0, vec![]),
        ("0.2", "0.8", 2000, vec![]),
        ("0.2", "0.7", 2000, vec![Code::Disagrees]),
        ("", "0.7", 0, vec![Code::Disagrees]),
        ("1.5", "", 10_000, vec![Code::OutOfRange]),
        ("-1", "", 0, vec![Code::OutOfRange]),
        ("0.33333", "", 3333, vec![Code::Rounded]),
        ("无", "好", 0, vec![Code::NotANumber, Code::NotANumber]),
    ] {
        let (point, warnings) = one(RowRecord { given: given.into(), ..row(2, "文明旅游", lost) });
        let found: Vec<Code> = warnings.into_iter().map(|(code, _)| code).collect();
        assert_eq!((point.lost, found), (parts, codes), "{lost} {given}");
    }
}

#[test]
fn repeated_and_missing() {
    let twice = RowRecord { serial: "2".into(), ..row(3, "文明旅游1", "") };
    let bare = RowRecord {
        item: String::new(),
        point: String::new(),
        street: String::new(),
        units: Json(vec![]),
        ..row(4, "", "")
    };
    let same =
        RowRecord { units: Json(vec!["8".into(), "市容市政局".into()]), ..row(5, "文明旅游1", "") };
    let found = matched(&[row(2, "文明旅游1", ""), twice, bare, same], &names(), &[]);
    assert_eq!(found.points.len(), 4);
    let told: Vec<(i64, Code)> = found.warnings.iter().map(|w| (w.row, w.code)).collect();
    let expected = [
        (3, Code::RepeatedSerial),
        (4, Code::Blank),
        (4, Code::Blank),
        (4, Code::NoUnit),
        (5, Code::RepeatedUnit),
    ];
    assert_eq!(told, expected);
}

proptest! {
    #[test]
    fn no_row_is_lost_and_nothing_panics(
        cells in prop::collection::vec(prop::collection::vec("\\PC{0,12}|[0-9.,%-]{0,6}|文明旅游[0-9]{0,3}", 7), 0..20),
    ) {
        let rows: Vec<RowRecord> = cells
            .iter()
            .zip(2..)
            .map(|(cell, number)| RowRecord {
                serial: cell[0].clone(),
                item: cell[1].clone(),
                point: cell[2].clone(),
                lost: cell[3].clone(),
                given: cell[4].clone(),
                street: cell[5].clone(),
                units: Json(vec![cell[6].clone()]),
                ..row(number, "", "")
            })
            .collect();
        let found = matched(&rows, &names(), &[]);
        prop_assert_eq!(found.points.len(), rows.len());
        let round = scoring::round::score(&found.points);
        let counted: i64 = round.items.iter().flat_map(|i| &i.sub_items).map(|s| s.points).sum();
        prop_assert_eq!(counted, i64::try_from(rows.len()).unwrap());
    }
}

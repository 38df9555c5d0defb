//! Forms that come back and become cases by themselves.

use super::world::{
    BALLPOINT, batch, cases, city, counter, features, filled, good, office, recorded, scanned, scans, settle,
    sheet, upload,
};
use cases::model::Source;
use cases::workflow::State;
use paper::model::{Door, Fault, ScanState, SheetState, Wants};
use testkit::TestApp;
use ticks::trial::{Dice, Pen, Shot, shot};

testkit::stories!(features();
    a_form_becomes_a_case, the_same_picture_twice_is_one_case, another_picture_of_the_form_is_not_a_second_case,
    a_photograph_upside_down_is_read, something_else_is_a_case_without_a_kind, what_is_not_sure_waits_for_a_person,
    two_forms_at_once_are_two_cases, a_form_in_two_pictures_at_once_is_one_case);

fn a_form_becomes_a_case(t: &TestApp) {
    city(t);
    let (made, sheets) = batch(t, 2);
    upload(&counter(t), &[&good(t, &made, &sheets[0], 1)]).expect(303);
    settle(t);
    let all = cases(t);
    assert_eq!(all.len(), 1);
    let case = &all[0];
    assert_eq!((case.source, case.state), (Source::Paper, State::Reported));
    assert_eq!(case.description.as_str(), format!("见纸质表 {}", sheets[0].number));
    assert!(case.title.ends_with("占道经营"), "{}", case.title);
    assert!(case.address.contains("雄关街道便民服务中心"));
    let scan = &scans(t)[0];
    assert_eq!(
        (scan.state, scan.fault, scan.wants, scan.door),
        (ScanState::Desk, None, Wants::Call, Door::Page)
    );
    assert_eq!((scan.case_id, scan.sheet_id), (Some(case.id), Some(sheets[0].id)));
    let taken = sheet(t, &sheets[0].number);
    assert_eq!((taken.state, taken.case_id), (SheetState::Returned, Some(case.id)));
    assert_eq!(sheet(t, &sheets[1].number).state, SheetState::Printed);
    assert_eq!(
        (recorded(t, "paper.brought"), recorded(t, "paper.taken"), recorded(t, "case.reported")),
        (1, 1, 1)
    );
    // the case tells where it came from, to whom may see pictures of forms
    let page = office(t).get(&format!("/cases/{}", case.number)).expect(200);
    assert!(page.has(&format!("/paper/desk/{}", scan.number)) && page.missing_texts().is_empty());
    // whoever brought it sees that it was read, not the case
    let list = counter(t).get("/paper/scans").expect(200);
    assert!(!list.has(&case.number), "another counter's");
}

fn the_same_picture_twice_is_one_case(t: &TestApp) {
    city(t);
    let (made, sheets) = batch(t, 1);
    let picture = good(t, &made, &sheets[0], 0);
    upload(&office(t), &[&picture, &picture]).expect(303);
    settle(t);
    upload(&office(t), &[&picture]).expect(303);
    settle(t);
    assert_eq!((scans(t).len(), cases(t).len()), (1, 1));
}

fn another_picture_of_the_form_is_not_a_second_case(t: &TestApp) {
    city(t);
    let (made, sheets) = batch(t, 1);
    let drawn = filled(t, &made, &sheets[0], &[0], BALLPOINT);
    upload(&office(t), &[&scanned(&drawn, 1)]).expect(303);
    settle(t);
    upload(&office(t), &[&scanned(&drawn, 2)]).expect(303);
    settle(t);
    assert_eq!(cases(t).len(), 1);
    let all = scans(t);
    assert_eq!((all[1].state, all[1].fault), (ScanState::Repair, Some(Fault::Used)));
}

fn a_photograph_upside_down_is_read(t: &TestApp) {
    city(t);
    let (made, sheets) = batch(t, 1);
    let drawn = filled(t, &made, &sheets[0], &[2, 5], BALLPOINT);
    let how = Shot {
        angle: 187.0,
        tilt: (0.1, -0.08),
        around: 18.0,
        blur: 0.8,
        shade: 0.3,
        noise: 4.0,
        ..Shot::default()
    };
    let picture = shot(&drawn, 150.0 / 25.4, &how, &mut Dice::new(3));
    upload(&office(t), &[&super::world::jpeg(&picture)]).expect(303);
    settle(t);
    assert!(cases(t)[0].title.ends_with("道路积水"));
    let scan = &scans(t)[0];
    assert_eq!(scan.wants, Wants::Nothing);
    // the parts of it are shown straight, to whom may see them
    for part in ["what", "place", "who", "photo", "kinds", "answer"] {
        let path = format!("/paper/scans/{}/parts/{part}", scan.number);
        let found = office(t).get(&path).expect(200);
        assert!(found.bytes.starts_with(&[0xff, 0xd8]) && found.header("cache-control").contains("no-store"));
        counter(t).get(&path).expect(403);
    }
    office(t).get(&format!("/paper/scans/{}/parts/none", scan.number)).expect(404);
    office(t).get(&format!("/paper/scans/{}/picture", scan.number)).expect(200);
}

fn something_else_is_a_case_without_a_kind(t: &TestApp) {
    city(t);
    let (made, sheets) = batch(t, 1);
    upload(&office(t), &[&good(t, &made, &sheets[0], 3)]).expect(303);
    settle(t);
    let all = cases(t);
    assert_eq!((all.len(), all[0].item_id), (1, None));
}

fn what_is_not_sure_waits_for_a_person(t: &TestApp) {
    city(t);
    let (made, sheets) = batch(t, 3);
    let none = scanned(&filled(t, &made, &sheets[0], &[], BALLPOINT), 1);
    let several = scanned(&filled(t, &made, &sheets[1], &[0, 2], BALLPOINT), 1);
    let faint = scanned(&filled(t, &made, &sheets[2], &[1], Pen { width: 0.3, dark: 0.45 }), 1);
    upload(&office(t), &[&none, &several, &faint]).expect(303);
    settle(t);
    let faults: Vec<_> = scans(t).iter().map(|s| (s.state, s.fault)).collect();
    let wait = |fault| (ScanState::Repair, Some(fault));
    assert_eq!(faults, [wait(Fault::NoTick), wait(Fault::Several), wait(Fault::Unsure)]);
    assert_eq!(cases(t).len(), 0);
    assert!(sheets.iter().all(|s| sheet(t, &s.number).state == SheetState::Printed));
}

fn two_forms_at_once_are_two_cases(t: &TestApp) {
    city(t);
    let (made, sheets) = batch(t, 2);
    let pictures: Vec<Vec<u8>> = sheets.iter().map(|s| good(t, &made, s, 0)).collect();
    upload(&office(t), &[&pictures[0], &pictures[1]]).expect(303);
    settle(t);
    assert_eq!(cases(t).len(), 2);
}

/// Two programs at one city, each with its own picture of the form.
fn a_form_in_two_pictures_at_once_is_one_case(t: &TestApp) {
    city(t);
    let (made, sheets) = batch(t, 1);
    let drawn = filled(t, &made, &sheets[0], &[0], BALLPOINT);
    let (one, other) = (scanned(&drawn, 1), scanned(&drawn, 2));
    upload(&office(t), &[&one, &other]).expect(303);
    std::thread::scope(|all| {
        for _ in 0..2 {
            all.spawn(|| {
                let jobs = t.jobs();
                for _ in 0..3 {
                    let _ = jobs.run_due();
                }
            });
        }
    });
    settle(t);
    assert_eq!(cases(t).len(), 1);
    let mut states: Vec<_> = scans(t).iter().map(|s| (s.state, s.fault)).collect();
    states.sort();
    assert_eq!(states, [(ScanState::Repair, Some(Fault::Used)), (ScanState::Desk, None)]);
}

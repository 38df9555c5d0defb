//! What becomes of closed cases: they come back, or are looked at again.

use super::world::{CLEANING, MIGRATIONS, WATER, World};
use cases::commands::{self, Outcome};
use cases::model::{Case, LookState, Satisfaction};
use cases::queries::{self, Filter, Group, PairFilter, Side};
use cases::workflow::State;
use kernel::id::Id;
use kernel::time::DAY;
use store::secrets::Secrets;
use testkit::TestDb;

testkit::both_engines!(MIGRATIONS;
    the_same_kind_near_and_soon_is_a_recurrence,
    another_kind_place_or_time_is_none,
    a_person_links_and_unlinks,
    a_recurrence_that_ends_is_not_counted,
    whoever_reports_may_say_that_it_is_again,
    a_share_is_drawn_for_a_second_look_and_no_case_twice,
    a_second_look_sends_back_or_files,
    a_rating_may_be_changed_until_a_date,
);

const HERE: (f64, f64) = (98.277, 39.772);
/// 26 metres on.
const NEAR: (f64, f64) = (98.2773, 39.772);
/// 260 metres on.
const FAR: (f64, f64) = (98.280, 39.772);

fn pairs(t: &TestDb, w: &World<'_>, filter: PairFilter) -> Vec<(String, String)> {
    let office = w.office();
    let page = t.db.read_now(move |tx| queries::pairs(&office, tx, &filter, None)).unwrap();
    page.rows.into_iter().map(|p| (p.number, p.earlier)).collect()
}

fn the_same_kind_near_and_soon_is_a_recurrence(t: &TestDb) {
    t.leave_jobs();
    let w = World::new(t);
    let old = w.close(w.pinned("垃圾", 0, HERE).id, CLEANING);
    t.clock.advance(10 * DAY);
    let new = w.pinned("又有垃圾", 0, NEAR);
    assert!(!w.case(new.id).is_recurrence, "before anybody has seen it, it is none");
    let confirmed = w.confirm(new.id);
    assert!(confirmed.is_recurrence);
    assert_eq!(w.case(old.id).recurrence_count, 1);
    assert!(w.history(old.id).contains(&"case.recurred".to_owned()));
    assert!(w.history(new.id).contains(&"case.is-recurrence".to_owned()));
    // both pages show the other
    for (number, side, other) in
        [(&new.number, Side::Earlier, &old.number), (&old.number, Side::Later, &new.number)]
    {
        let (office, number) = (w.office(), number.clone());
        let full = t.db.read_now(move |tx| queries::full(&office, tx, &number)).unwrap();
        let shown: Vec<_> = full.recurrences.iter().map(|(s, r)| (*s, r.number.clone())).collect();
        assert_eq!(shown, [(side, other.clone())]);
        let public = t.db.read_now(move |tx| queries::public_recurrences(tx, full.case.id)).unwrap();
        assert_eq!(public.len(), 1);
    }
    // counted for the unit that closed the earlier one, and every number opens to its cases
    let (office, today) = (w.office(), t.db.now().date());
    let from = t.db.now().plus(-40 * DAY).date();
    let groups = t.db.read_now(move |tx| queries::by_group(&office, tx, Group::Unit, from, today)).unwrap();
    let counted: Vec<_> = groups.iter().filter(|g| g.recurred > 0).map(|g| (g.key, g.recurred)).collect();
    assert_eq!(counted, [(CLEANING, 1)]);
    let listed = |only: &str| {
        let params = web::list::Params::parse(&format!("only={only}"));
        let (filter, office) = (Filter::read(&params).unwrap(), w.office());
        let page = t.db.read_now(move |tx| queries::list(&office, tx, &filter, None)).unwrap();
        page.rows.into_iter().map(|l| l.number).collect::<Vec<_>>()
    };
    assert_eq!(
        (listed("recurred"), listed("recurrence")),
        (vec![old.number.clone()], vec![new.number.clone()])
    );
    let one = [(new.number.clone(), old.number.clone())];
    assert_eq!(pairs(t, &w, PairFilter::default()), one);
    assert_eq!(pairs(t, &w, PairFilter { unit: Some(Id::new(CLEANING)), ..PairFilter::default() }), one);
    assert!(pairs(t, &w, PairFilter { unit: Some(Id::new(WATER)), ..PairFilter::default() }).is_empty());
    // a clerk of another unit sees none of it
    let stranger = w.clerk(WATER);
    let seen = t.db.read_now(move |tx| queries::pairs(&stranger, tx, &PairFilter::default(), None)).unwrap();
    assert!(seen.rows.is_empty());
}

fn another_kind_place_or_time_is_none(t: &TestDb) {
    t.leave_jobs();
    let w = World::new(t);
    w.close(w.pinned("垃圾", 0, HERE).id, CLEANING);
    let other_kind = w.pinned("积水", 1, HERE);
    let far = w.pinned("垃圾", 0, FAR);
    for case in [other_kind, far] {
        assert!(!w.confirm(case.id).is_recurrence);
    }
    // until the kind is corrected
    t.clock.advance(31 * DAY);
    assert!(!w.confirm(w.pinned("垃圾", 0, HERE).id).is_recurrence, "thirty days are over");
    w.rules(|rules| rules.recurrence_days = 60);
    assert!(w.confirm(w.pinned("垃圾", 0, HERE).id).is_recurrence);
    // what was reported before the closing was no recurrence of it
    let before = w.pinned("垃圾", 0, FAR);
    w.close(w.pinned("垃圾", 0, FAR).id, CLEANING);
    assert!(!w.confirm(before.id).is_recurrence);
}

fn a_person_links_and_unlinks(t: &TestDb) {
    t.leave_jobs();
    let w = World::new(t);
    let old = w.close(w.pinned("垃圾", 0, HERE).id, CLEANING);
    t.clock.advance(DAY);
    let new = w.confirm(w.pinned("积水", 1, FAR).id);
    let clerk = w.clerk(CLEANING);
    let stranger = w.act(&clerk, move |ctx, tx, _| commands::relate(ctx, tx, new.id, old.id));
    assert!(matches!(stranger.unwrap_err().status, 403 | 404));
    let backwards = w.act(&w.office(), move |ctx, tx, _| commands::relate(ctx, tx, old.id, new.id));
    assert_eq!(backwards.unwrap_err().fields[0].code, "not-closed-before");
    w.act(&w.office(), move |ctx, tx, _| commands::relate(ctx, tx, new.id, old.id)).unwrap();
    assert_eq!((w.case(new.id).is_recurrence, w.case(old.id).recurrence_count), (true, 1));
    let silent = w.act(&w.office(), move |ctx, tx, _| commands::end_recurrence(ctx, tx, new.id, " "));
    assert_eq!(silent.unwrap_err().fields[0].code, "required");
    w.act(&w.office(), move |ctx, tx, _| commands::end_recurrence(ctx, tx, new.id, "不是一回事")).unwrap();
    assert_eq!((w.case(new.id).is_recurrence, w.case(old.id).recurrence_count), (false, 0));
    assert!(pairs(t, &w, PairFilter::default()).is_empty());
    // said again by a person, it holds again
    w.act(&w.office(), move |ctx, tx, _| commands::relate(ctx, tx, new.id, old.id)).unwrap();
    assert_eq!(pairs(t, &w, PairFilter::default()).len(), 1);
}

fn a_recurrence_that_ends_is_not_counted(t: &TestDb) {
    t.leave_jobs();
    let w = World::new(t);
    let old = w.close(w.pinned("垃圾", 0, HERE).id, CLEANING);
    t.clock.advance(DAY);
    let new = w.confirm(w.pinned("垃圾", 0, HERE).id);
    assert_eq!(w.case(old.id).recurrence_count, 1);
    w.act(&w.office(), move |ctx, tx, desk| commands::void(ctx, tx, desk, new.id, "录错了")).unwrap();
    assert_eq!((w.case(new.id).is_recurrence, w.case(old.id).recurrence_count), (false, 0));
    // what a person has ended, the program does not make again
    let next = w.confirm(w.pinned("垃圾", 0, HERE).id);
    w.act(&w.office(), move |ctx, tx, _| commands::end_recurrence(ctx, tx, next.id, "不是一回事")).unwrap();
    let item = w.desk.catalogue.items()[0].id;
    let registered = w
        .act(&w.office(), move |ctx, tx, desk| commands::register(ctx, tx, desk, next.id, Some(item), ""))
        .unwrap();
    assert!(!registered.is_recurrence);
}

fn whoever_reports_may_say_that_it_is_again(t: &TestDb) {
    t.leave_jobs();
    let w = World::new(t);
    let old = w.close(w.pinned("垃圾", 0, HERE).id, CLEANING);
    let index = std::sync::Arc::clone(&w.index);
    let mut new = commands::NewCase::new(cases::model::Source::Citizen, "还是没好");
    (new.address, new.again) = ("振兴市场".into(), Some(old.id));
    let said =
        w.act(&w.citizen(), move |ctx, tx, desk| commands::submit(ctx, tx, desk, &index, "", new)).unwrap();
    assert_eq!(w.case(old.id).recurrence_count, 0, "only said, not seen");
    assert!(pairs(t, &w, PairFilter::default()).is_empty());
    assert!(w.confirm(said.id).is_recurrence);
    assert_eq!(w.case(old.id).recurrence_count, 1);
}

fn draw(t: &TestDb, w: &World<'_>) {
    let mut after = None;
    loop {
        let secrets = Secrets::fixed([7; 32]);
        let next = w
            .act(&t.ctx_system(), move |ctx, tx, _| commands::draw_looks(ctx, tx, &secrets, after, 3))
            .unwrap();
        match next {
            Some(next) => after = Some(next),
            None => return,
        }
    }
}

fn drawn(t: &TestDb, w: &World<'_>) -> Vec<String> {
    let verifier = w.verifier();
    let page = t.db.read_now(move |tx| queries::looks(&verifier, tx, LookState::Open, None)).unwrap();
    page.rows.into_iter().map(|l| l.number).collect()
}

fn a_share_is_drawn_for_a_second_look_and_no_case_twice(t: &TestDb) {
    t.leave_jobs();
    let w = World::new(t);
    let closed: Vec<Case> = (0..12).map(|_| w.closed("垃圾", CLEANING)).collect();
    w.rules(|rules| (rules.look_percent, rules.look_days) = (50, 30));
    draw(t, &w);
    assert!(drawn(t, &w).is_empty(), "thirty days have not passed");
    t.clock.advance(31 * DAY);
    draw(t, &w);
    let half = drawn(t, &w);
    assert!((1..12).contains(&half.len()), "{half:?}");
    draw(t, &w);
    assert_eq!(drawn(t, &w), half, "chance is asked once");
    w.rules(|rules| rules.look_percent = 100);
    draw(t, &w);
    assert_eq!(drawn(t, &w).len(), closed.len());
}

fn a_second_look_sends_back_or_files(t: &TestDb) {
    t.leave_jobs();
    let w = World::new(t);
    w.rules(|rules| (rules.look_percent, rules.look_days) = (100, 7));
    let closed: Vec<Case> = (0..4)
        .map(|n| w.close(w.pinned("垃圾", 0, (98.2 + f64::from(n) * 0.02, 39.772)).id, CLEANING))
        .collect();
    t.clock.advance(8 * DAY);
    draw(t, &w);
    let look = |n: usize, outcome, note: &'static str| {
        let id = closed[n].id;
        w.act(&w.verifier(), move |ctx, tx, desk| {
            commands::second_look(ctx, tx, desk, id, outcome, note, &[])
        })
    };
    let own = closed[0].id;
    let clerk = w.act(&w.clerk(CLEANING), move |ctx, tx, desk| {
        commands::second_look(ctx, tx, desk, own, Outcome::Held, "", &[])
    });
    assert_eq!(clerk.unwrap_err().status, 403);
    assert_eq!(look(0, Outcome::Recall, "").unwrap_err().fields[0].field, "note");
    assert_eq!(look(0, Outcome::Held, "").unwrap().state, LookState::Held);
    assert_eq!(look(0, Outcome::Held, "").unwrap_err().code, "already-decided");
    assert_eq!(w.case(closed[0].id).state, State::Closed);
    look(1, Outcome::Recall, "还是一堆").unwrap();
    let back = w.case(closed[1].id);
    assert_eq!((back.state, back.rework_count, back.closed_at), (State::Dispatched, 1, None));
    assert!(back.due_at.unwrap() > t.db.now(), "with the whole time again");
    let filed = look(2, Outcome::File, "又堆了").unwrap().filed_id.unwrap();
    let (new, old) = (w.case(filed), w.case(closed[2].id));
    assert_eq!((new.state, new.is_recurrence, new.item_id), (State::Confirmed, true, old.item_id));
    assert_eq!((old.state, old.recurrence_count), (State::Closed, 1));
    assert_eq!(new.suggested_unit, old.lead_unit);
    assert_eq!(drawn(t, &w), [closed[3].number.clone()]);
    let counts = t.db.read_now(queries::look_counts).unwrap();
    let of = |state| counts.iter().find(|(s, _)| *s == state).unwrap().1;
    assert_eq!(
        [of(LookState::Open), of(LookState::Held), of(LookState::Recalled), of(LookState::Filed)],
        [1; 4]
    );
}

fn a_rating_may_be_changed_until_a_date(t: &TestDb) {
    t.leave_jobs();
    let w = World::new(t);
    let id = w.closed("垃圾", CLEANING).id;
    let rate = |verdict| w.act(&w.citizen(), move |ctx, tx, _| commands::rate(ctx, tx, id, verdict));
    rate(Satisfaction::Good).unwrap();
    let said = w.history(id).len();
    rate(Satisfaction::Good).unwrap();
    assert_eq!(w.history(id).len(), said, "the same once more is nothing new");
    t.clock.advance(29 * DAY);
    assert_eq!(rate(Satisfaction::Bad).unwrap().satisfaction, Some(Satisfaction::Bad));
    t.clock.advance(2 * DAY);
    assert_eq!(rate(Satisfaction::Good).unwrap_err().code, "too-late-to-rate");
    assert_eq!(w.case(id).satisfaction, Some(Satisfaction::Bad));
}

//! Cases of another system: its own word decides what is closed, its channels and numbers are kept, and what is left out is
//! told.

use super::world::{MIGRATIONS, World};
use cases::import::{Import, MAPPINGS};
use cases::model::{Case, Source};
use cases::queries;
use cases::workflow::State;
use kernel::policy::Role;
use kernel::workflow::Named;
use sheets::{Mapping, Options, Report, Source as File};
use testkit::{TestDb, grant, whole_city};

testkit::both_engines!(MIGRATIONS;
    its_own_word_decides_what_is_closed,
    channels_and_numbers_are_kept,
    the_other_systems_user_is_hidden_from_the_unit,
);

const MAPPING: &str = r#"
[fields.external_id]
from = "number"
required = true
unique = true
[fields.title]
from = "title"
required = true
[fields.reported_at]
from = "opened"
kind = "instant"
format = ["%Y-%m-%d %H:%M"]
required = true
[fields.closed_at]
from = "closed"
kind = "instant"
format = ["%Y-%m-%d %H:%M"]
[fields.status]
from = "status"
[fields.source]
from = "channel"
[fields.agency]
from = "agency"
[fields.reporter_ref]
from = "user"
"#;

const FILE: &str = "number,title,opened,closed,status,channel,agency,user\n\
1,两头都有,2026-03-02 09:00,2026-03-02 10:00,closed,web,市环卫处,UU007\n\
2,没有时间,2026-03-02 09:00,,closed,app,,\n\
3,又开了,2026-03-02 09:00,2026-03-02 10:00,assigned,pigeon,,\n\
4,只有时间,2026-03-02 09:00,2026-03-02 10:00,,mail,,\n\
5,什么都没有,2026-03-02 09:00,,,,,\n";

fn bring(w: &World<'_>) -> Report {
    let ctx = w.office();
    let mapping: Mapping = MAPPING.parse().unwrap();
    let mut file = File::from_bytes(FILE.as_bytes(), &Options::default()).unwrap();
    let import = Import {
        ctx: &ctx,
        db: &w.t.db,
        desk: w.desk.clone(),
        index: w.index.clone(),
        mapping: &mapping,
        system: "elsewhere",
        dry_run: false,
    };
    import.run(&mut file, &mut |_| {}).unwrap()
}

fn cases(w: &World<'_>) -> Vec<Case> {
    let number = |n: usize| format!("CASE-2026-{n:06}");
    w.t.db
        .read_now(move |tx| {
            (1..=5)
                .map(|n| cases::store::case_by_number(tx, &number(n)))
                .collect::<kernel::problem::Result<Vec<_>>>()
        })
        .unwrap()
        .into_iter()
        .map(Option::unwrap)
        .collect()
}

fn its_own_word_decides_what_is_closed(t: &TestDb) {
    let w = World::new(t);
    let report = bring(&w);
    assert_eq!((report.accepted, report.refused.len()), (5, 0));
    let told: Vec<(u64, &str, &str)> =
        report.repaired.iter().map(|r| (r.row, r.field.as_str(), r.reason.as_str())).collect();
    assert_eq!(told, [(4, "closed_at", "open_with_closing"), (4, "source", "unknown_value")]);
    let found: Vec<(State, bool, Option<bool>)> =
        cases(&w).iter().map(|c| (c.state, c.closed_at.is_some(), c.on_time)).collect();
    assert_eq!(
        found,
        [
            (State::Closed, true, Some(true)),
            // closed, but nobody can say whether in time
            (State::Closed, false, None),
            (State::Reported, false, None),
            (State::Closed, true, Some(true)),
            (State::Reported, false, None),
        ]
    );
    assert!(cases(&w).iter().all(|c| c.due_at.is_some() == (c.state == State::Closed)));
}

fn channels_and_numbers_are_kept(t: &TestDb) {
    let w = World::new(t);
    bring(&w);
    let found: Vec<(Source, Option<String>)> =
        cases(&w).into_iter().map(|c| (c.source, c.outside_id)).collect();
    let sources = [Source::Web, Source::App, Source::Import, Source::Mail, Source::Import];
    let numbers = (1..=5).map(|n| Some(n.to_string()));
    assert_eq!(found, sources.into_iter().zip(numbers).collect::<Vec<_>>());
    assert_eq!(cases(&w)[0].outside_agency.as_deref(), Some("市环卫处"));
    // whatever a mapping that ships calls a channel, we have a name for it
    let mut named = 0;
    for (name, text) in MAPPINGS {
        let whole: toml::Table = toml::from_str(text).unwrap();
        let rule = whole["fields"]["source"].as_table().unwrap();
        let values = rule.get("values").and_then(|v| v.as_table()).into_iter().flat_map(|t| t.values());
        for code in ["const", "default"].iter().filter_map(|key| rule.get(*key)).chain(values) {
            let code = code.as_str().unwrap();
            assert!(Source::parse(code).is_some(), "{name}: {code} is no channel of ours");
            named += 1;
        }
    }
    assert!(named > 10, "{named}");
}

fn the_other_systems_user_is_hidden_from_the_unit(t: &TestDb) {
    let w = World::new(t);
    bring(&w);
    let number = cases(&w)[0].number.clone();
    let seen = |who: kernel::ctx::Ctx| {
        let number = number.clone();
        t.db.read_now(move |tx| queries::full(&who, tx, &number))
            .map(|full| full.reporter.map(|r| r.reference.into_string()))
    };
    assert_eq!(seen(w.office()).unwrap(), Some("UU007".to_owned()));
    assert_eq!(
        seen(t.ctx_member(9, "领导", vec![whole_city(Role::Leader)])).unwrap(),
        Some("UU007".to_owned())
    );
    let id = cases(&w)[0].id;
    t.db.write_now(&t.ctx_system(), move |tx| {
        tx.housekeeping();
        let mut case = cases::store::case(tx, id)?.unwrap();
        case.lead_unit = Some(kernel::id::Id::new(super::world::CLEANING));
        tx.save(&case)
    })
    .unwrap();
    let unit = t.ctx_member(120, "经办人", vec![grant(Role::UnitClerk, &[super::world::CLEANING])]);
    assert_eq!(seen(unit).unwrap(), None);
}

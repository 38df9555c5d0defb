//! Lists, exports, and sums for scoring.

use super::world::{World, met, told};
use fieldwork::queries::{self, ByStandard};
use scoring::Exact;
use serde_json::json;

told!(lists_are_narrowed_and_exported, observations_add_up_exactly);

fn lists_are_narrowed_and_exported(w: &World) {
    let stops = w.visits(0);
    let first = w.sent(0, &stops[0], "one", met());
    w.sent(0, &stops[1], "two", json!({"given": {"clean": "na", "lamps": 1}}));
    let office = w.office();
    let count = |query: &str| {
        office.get(&format!("/fieldwork/records?format=csv&{query}")).expect(200).text().lines().count() - 1
    };
    assert_eq!([count(""), count("type=market"), count("type=school")], [2, 2, 0]);
    assert_eq!([count("state=handed-in"), count("state=accepted")], [2, 0]);
    assert_eq!(count(&format!("inspection={}", w.inspection)), 2);
    assert_eq!(count(&format!("q={}", first.number.to_lowercase())), 1);
    assert_eq!(count(&format!("inspector={}", w.inspectors[1])), 0);
    office.get("/fieldwork/records?state=nonsense").expect(422);
    office.get("/fieldwork/records?inspection=IN-1999-0001").expect(422);
    w.inspector(0).get(&format!("/fieldwork/records?inspector={}", w.inspectors[1])).expect(403);
    assert_eq!(office.get("/fieldwork/records?format=xlsx").expect(200).bytes[..2], *b"PK");
    let observed = |query: &str| {
        office.get(&format!("/fieldwork/observations?format=csv&{query}")).expect(200).text().lines().count()
            - 1
    };
    assert_eq!([observed(""), observed("standard=S-3"), observed("outcome=not-counted")], [6, 2, 1]);
    assert_eq!([observed("division=620201001"), observed("division=620200")], [6, 0]);
    let found = office.get("/fieldwork/observations?format=json&standard=S-3").expect(200).json();
    assert_eq!(found[0]["path"], "stalls[2]/sign");
    assert_eq!(office.get("/fieldwork/observations?format=xlsx").expect(200).bytes[..2], *b"PK");
    office.get("/fieldwork/observations?outcome=x").expect(422);
    assert!(office.get("/fieldwork/observations").expect(200).has("6 条观测"));
    let api = w.office().by_key();
    let items = api.get("/api/v1/fieldwork/observations?outcome=unmet").expect(200).json();
    assert_eq!(items["items"].as_array().unwrap().len(), 2);
    assert_eq!(api.get("/api/v1/fieldwork/records").expect(200).json()["items"].as_array().unwrap().len(), 2);
    // found by its number
    assert!(office.get(&format!("/search?q={}", first.number)).status != 500);
}

fn observations_add_up_exactly(w: &World) {
    let stops = w.visits(0);
    w.sent(0, &stops[0], "one", met());
    w.sent(
        0,
        &stops[1],
        "two",
        json!({"given": {"clean": "na", "lamps": 6}, "rows": {"stalls": [{"given": {"sign": "met"}}]}}),
    );
    let (ctx, number) = (w.ctx(), w.inspection.clone());
    let sums = w
        .read(&ctx, move |_, tx| {
            let inspection = inspections::queries::by_number(tx, &number)?.unwrap();
            queries::by_standard(tx, &[inspection.id], true)
        })
        .unwrap();
    let of = |standard: &str| {
        let key = ByStandard {
            standard: standard.into(),
            kind: "market".into(),
            division: "620201001".into(),
            unit: None,
        };
        sums.get(&key).cloned().unwrap()
    };
    assert_eq!((of("S-1").counted, of("S-1").not_counted), (1, 1));
    assert_eq!((of("S-2").counted, of("S-2").rate().unwrap()), (2, Exact::one()));
    assert_eq!(of("S-3").rate().unwrap(), Exact::ratio(2, 3).unwrap());
}

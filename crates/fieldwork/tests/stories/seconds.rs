//! Two visits of a point beside each other.

use super::world::{World, told};
use fieldwork::queries;
use serde_json::json;

told!(two_visits_are_compared);

fn two_visits_are_compared(w: &World) {
    let (mine, other) = (w.visits(0), w.visits(1));
    let shared: Vec<_> = mine.iter().filter(|s| other.iter().any(|o| o.point.id == s.point.id)).collect();
    assert!(shared.len() >= 2, "half of the points are visited twice");
    let (mut pairs, mut differing) = (0, 0);
    for (n, stop) in shared.iter().enumerate() {
        let theirs = other.iter().find(|o| o.point.id == stop.point.id).unwrap();
        let stalls: Vec<_> = (0..4).map(|_| json!({"given": {"sign": "met"}})).collect();
        let lamps = if n == 0 { 2 } else { 6 };
        let one = json!({"given": {"clean": "met", "lamps": 6}, "rows": {"stalls": stalls}});
        let two = json!({"given": {"clean": "met", "lamps": lamps}, "rows": {"stalls": stalls}});
        w.sent(0, stop, &format!("a{n}"), one);
        w.sent(1, theirs, &format!("b{n}"), two);
        pairs += 6;
        differing += u64::from(n == 0);
    }
    let (ctx, number) = (w.ctx(), w.inspection.clone());
    let found = w.read(&ctx, move |ctx, tx| queries::agreement(ctx, tx, &number)).unwrap();
    let all = found.all.unwrap();
    assert_eq!((found.points, all.pairs, all.pairs - all.same), (shared.len(), pairs, differing));
    assert_eq!(
        found.standards.iter().map(|(code, _)| code.as_str()).collect::<Vec<_>>(),
        ["S-1", "S-2", "S-3"]
    );
    // all said the same of the first: nothing that chance could have done otherwise
    assert!(found.standards[0].1.kappa.is_none());
    assert_eq!(found.differing.len(), 1);
    assert_eq!(found.drifts.len(), 2);
    assert!(found.drifts.iter().all(|d| d.pairs == pairs && d.differing == 1 && d.is_said()));
    let sum = found.drifts.iter().filter_map(|d| d.difference.clone()).sum::<scoring::Exact>();
    assert!(sum.is_zero(), "what one is above, the other is below");
    let page = w.office().get(&format!("/fieldwork/inspections/{}/agreement", w.inspection)).expect(200);
    assert!(page.has("S-2") && page.has("甲") && page.has("结果不同的题目"), "{}", page.text());
    let api = format!("/api/v1/fieldwork/inspections/{}/agreement", w.inspection);
    let body = w.office().by_key().get(&api).expect(200).json();
    assert_eq!(body["all"]["pairs"], pairs);
}

//! Results are made once, of a closed survey, and are the same everywhere.

use super::world::{act, answer, closed, features, office, office_page, published, tokens};
use surveys::commands;
use surveys::queries::{self, estimates_by_standard};
use testkit::TestApp;

testkit::stories!(features(); a_closed_survey_tells_the_same_everywhere, few_answers_are_hidden_everywhere, rounds_are_compared);

/// Of twenty people in each segment so many are content, one is not sure, and the others are more or less so.
fn filled(t: &TestApp, number: &str, content: usize) {
    let displeased = (19 - content) / 2;
    for token in tokens(t, number) {
        for n in 0..20 {
            let first = match n {
                0 => "unsure",
                n if n <= content => "0",
                n if n <= content + displeased => "2",
                _ => "1",
            };
            answer(t, &token, if n % 2 == 0 { "0" } else { "1" }, [first, "1"], "");
        }
    }
}

fn a_closed_survey_tells_the_same_everywhere(t: &TestApp) {
    let survey = published(t, 10);
    filled(t, &survey.number, 14);
    let office = office_page(t);
    let at = format!("/surveys/{}/results", survey.number);
    office.get(&at).expect(409);
    closed(t, &survey.number);
    let page = office.get(&at).expect(200);
    assert!(
        page.has("模拟测评") && page.has("70.0%") && page.has("雄关街道") && page.missing_texts().is_empty()
    );
    let json = office.get(&format!("{at}?format=json")).expect(200).json();
    let api = office_page(t).by_key().get(&format!("/api/v1{at}")).expect(200).json();
    assert_eq!(json, api);
    let q = &json["questions"][0];
    assert_eq!(
        (&q["asked"], &q["options"][0]["n"], &q["options"][2]["n"]),
        (&200.into(), &140.into(), &20.into())
    );
    assert!((q["mean"]["value"].as_f64().unwrap() - 158.0 / 190.0).abs() < 1e-9);
    assert_eq!(json["mock"], true);
    let csv = office.get(&format!("{at}?format=csv")).expect(200);
    assert!(csv.has("不清楚／不愿回答") && csv.has("70.0%"));
    assert_eq!(&office.get(&format!("{at}?format=xlsx")).expect(200).bytes[..2], b"PK");
    let number = survey.number;
    let of = t.test.db.read_now(move |tx| estimates_by_standard(tx, &number)).unwrap();
    assert!(of.is_empty(), "no question speaks of a standard");
}

fn few_answers_are_hidden_everywhere(t: &TestApp) {
    let survey = published(t, 2);
    let token = tokens(t, &survey.number);
    for n in 0..30 {
        let first = if n < 3 { "2" } else { "0" };
        answer(t, &token[n % 2], "0", [first, "1"], "");
    }
    closed(t, &survey.number);
    let office = office_page(t);
    let at = format!("/surveys/{}/results", survey.number);
    let json = office.get(&format!("{at}?format=json")).expect(200).json();
    for option in json["questions"][0]["options"].as_array().unwrap() {
        assert!(option["n"].is_null() || option["n"].as_u64().unwrap() >= 10, "{option}");
    }
    assert!(json["questions"][0]["options"][2]["n"].is_null());
    let hidden =
        json["questions"][0]["options"].as_array().unwrap().iter().filter(|o| o["n"].is_null()).count();
    assert!(hidden >= 2, "one alone is a subtraction");
    assert!(json["questions"][0]["tables"].as_array().unwrap().is_empty());
    assert!(office.get(&at).expect(200).has("不显示"));
}

fn rounds_are_compared(t: &TestApp) {
    let first = published(t, 10);
    filled(t, &first.number, 10);
    closed(t, &first.number);
    let number = first.number.clone();
    let next = act(t, &office(t), move |ctx, tx| {
        let next = commands::copy(ctx, tx, &number)?;
        let of = next.number.clone();
        let drafts: Vec<commands::SegmentDraft> = queries::sample(ctx, tx, &number)?
            .segments
            .into_iter()
            .map(|line| commands::SegmentDraft {
                name: line.segment.name,
                division: line.segment.division,
                division_name: line.segment.division_name,
                households: line.segment.households,
            })
            .collect();
        let next = commands::set_segments(ctx, tx, (&of, next.version), &drafts)?;
        commands::publish(ctx, tx, (&of, next.version), true)
    })
    .unwrap();
    filled(t, &next.number, 16);
    closed(t, &next.number);
    let page = office_page(t).get(&format!("/surveys/{}/results", next.number)).expect(200);
    assert!(page.has("上一版") && page.has("+22.1"), "{}", page.text());
}

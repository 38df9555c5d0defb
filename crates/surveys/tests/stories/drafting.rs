//! A questionnaire is made, looked at, published, and stands.

use super::world::{act, again, draft, features, office, office_page, published, scale};
use surveys::commands;
use surveys::question::{Choice, When};
use surveys::samples::CITIZENS;
use surveys::workflow::State;
use testkit::TestApp;

testkit::stories!(features(); questions_are_edited_on_pages, doubts_are_looked_at_before_it_is_published, what_is_published_stands,
    a_table_is_tried_and_goes_round, the_next_edition_keeps_the_questions, groups_are_the_citys);

fn questions_are_edited_on_pages(t: &TestApp) {
    t.test.leave_jobs();
    let office = office_page(t);
    let page =
        office.submit("/surveys", "/surveys", &[("survey_name", "市民满意度"), ("survey_audience", "市民")]);
    let at = page.expect(303).location().unwrap();
    assert_eq!(at, "/surveys/SV-0001");
    let new = format!("{at}/questions/new");
    let add = |text: &str, options: &str, when: &str| {
        let fields = [
            ("question_text", text),
            ("question_kind", "scale"),
            ("question_options", options),
            ("question_when", when),
        ];
        office.submit(&new, &format!("{at}/questions"), &fields)
    };
    add("您对路面保洁满意吗？", "满意 | 100\n不满意 | 0", "").expect(303);
    add("哪里最不满意？", "路面\n绿化", "1 = 2").expect(303);
    // what is wrong is told, and what was typed is still there
    let wrong = add("", "满意 | 900", "7 = 1").expect(422);
    assert!(wrong.has("满意 | 900") && wrong.has("写成"));
    assert!(add("只有一个选项？", "好", "").expect(422).has("至少要有两个选项"));
    let shown = office.get(&at).expect(200);
    assert!(shown.has("模拟测评") && shown.has("显示条件：1=2") && shown.missing_texts().is_empty());
    // the condition would look forward
    let version = again(t, "SV-0001").version.to_string();
    let csrf = shown.csrf();
    let up = [("csrf", csrf.as_str()), ("version", version.as_str()), ("to", "1")];
    office.post(&format!("{at}/questions/2/move"), &up).expect(422);
    let gone = [("csrf", csrf.as_str()), ("version", version.as_str())];
    office.post(&format!("{at}/questions/1/removal"), &gone).expect(422);
    office.post(&format!("{at}/questions/2/removal"), &gone).expect(303);
    office.post(&format!("{at}/questions/1/removal"), &gone).expect(409);
    office.get(&format!("{at}/questions/9")).expect(404);
    assert!(office.get(&format!("{at}/preview")).expect(200).has("不清楚／不愿回答"));
}

fn doubts_are_looked_at_before_it_is_published(t: &TestApp) {
    let survey = draft(t, 2);
    let mut odd = scale("您对公园满意吗？");
    odd.options =
        vec![Choice { text: "是".into(), counts: None }, Choice { text: "否".into(), counts: None }];
    let of = survey.number.clone();
    let survey =
        act(t, &office(t), move |ctx, tx| commands::add_question(ctx, tx, (&of, survey.version), odd))
            .unwrap();
    let page = office_page(t).get("/surveys/SV-0001").expect(200);
    assert!(page.has("第 4 题的选项“是”和问法不对应"));
    let try_it = |seen: bool| {
        let (of, version) = (survey.number.clone(), survey.version);
        act(t, &office(t), move |ctx, tx| commands::publish(ctx, tx, (&of, version), seen))
    };
    assert_eq!(try_it(false).unwrap_err().fields[0].code, "survey-doubts");
    assert_eq!(try_it(true).unwrap().state, State::Published);
    // nothing was changed by the program
    assert_eq!(again(t, "SV-0001").questions.0[3].options[0].text, "是");
}

fn what_is_published_stands(t: &TestApp) {
    let survey = published(t, 2);
    let refused = |done: kernel::problem::Result<surveys::model::Survey>| done.unwrap_err().code;
    let (number, version) = (survey.number.clone(), survey.version);
    let code = act(t, &office(t), move |ctx, tx| {
        Ok([
            refused(commands::add_question(ctx, tx, (&number, version), scale("再问一题好吗？"))),
            refused(commands::remove_question(ctx, tx, (&number, version), 0)),
            refused(commands::set_segments(ctx, tx, (&number, version), &[])),
            refused(commands::set_traits(ctx, tx, (&number, version), Vec::new(), "")),
            refused(commands::publish(ctx, tx, (&number, version), true)),
        ])
    });
    // a transaction that recorded nothing and changed nothing
    assert_eq!(
        code.unwrap(),
        ["survey-frozen", "survey-frozen", "survey-frozen", "survey-frozen", "move-not-allowed"]
    );
    let page = office_page(t).get("/surveys/SV-0001").expect(200);
    assert!(!page.has("questions/new") && page.has("/surveys/SV-0001/closure"));
}

fn a_table_is_tried_and_goes_round(t: &TestApp) {
    draft(t, 1);
    let office = office_page(t);
    let at = "/surveys/SV-0001";
    let wrong = "序号,问题,选项1,选项2\n1,效果如何？,浓厚,不浓厚\n5,您满意吗？,满意,\n";
    let page = office
        .upload(at, "/surveys/SV-0001/import", &[], &[("import_file", "问卷.csv", wrong.as_bytes())])
        .expect(200);
    assert!(page.has("至少要有两个选项") && page.has("选项和问法不对应"), "{}", page.text());
    assert_eq!(again(t, "SV-0001").questions.0.len(), 3, "only tried");
    let page = office
        .upload(at, "/surveys/SV-0001/import", &[], &[("import_file", "问卷.csv", CITIZENS.as_bytes())])
        .expect(200);
    let hidden = page.hidden_fields("/surveys/SV-0001/import");
    let fields: Vec<(&str, &str)> = hidden.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    office.post("/surveys/SV-0001/import", &fields).expect(303);
    let survey = again(t, "SV-0001");
    assert_eq!(survey.questions.0.len(), 16);
    assert_eq!(survey.questions.0[2].when, Some(When { question: "q2".into(), options: vec![3, 4] }));
    assert_eq!(surveys::checks::check(&survey.questions.0), [], "our own sample is sound");
    let csv = office.get("/surveys/SV-0001?format=csv").expect(200);
    let (back, _, _) = surveys::sheet::read(csv.bytes.clone()).unwrap();
    assert_eq!(back, survey.questions.0);
    assert!(
        csv.header("content-disposition").contains("%E6%A8%A1%E6%8B%9F"),
        "模拟 stands in the file's name"
    );
}

fn the_next_edition_keeps_the_questions(t: &TestApp) {
    let first = published(t, 2);
    let number = first.number.clone();
    let next = act(t, &office(t), move |ctx, tx| commands::copy(ctx, tx, &number)).unwrap();
    assert_eq!((next.edition, next.state, next.before_id), (2, State::Draft, Some(first.id)));
    assert_eq!(next.questions.0, first.questions.0);
    assert_ne!(next.seed, first.seed);
    assert!(super::world::tokens(t, &next.number).is_empty());
}

fn groups_are_the_citys(t: &TestApp) {
    t.test.leave_jobs();
    let office = office_page(t);
    let change = |names: &str| office.submit("/surveys", "/surveys/audiences", &[("audiences", names)]);
    change("").expect(422);
    change("商户\n市民\n商户\n").expect(303);
    change("商户\n市民\n").expect(303);
    let make = |audience: &str| {
        office.submit("/surveys", "/surveys", &[("survey_name", "商户问卷"), ("survey_audience", audience)])
    };
    make("教师").expect(422);
    make("商户").expect(303);
}

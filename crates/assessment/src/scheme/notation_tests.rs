use super::*;
use proptest::prelude::*;

fn written(text: &str) -> String {
    Rule::read(text)
        .map_or_else(|fault| format!("{}@{} {}", fault.code, fault.at, fault.what), |rule| rule.to_string())
}

#[test]
fn rules_are_read_in_both_languages_and_written_in_one() {
    for (text, shown) in [
        ("符合率", "符合率"),
        ("Ratio", "符合率"),
        ("threshold(60%)", "达标(0.6)"),
        ("达标（６０％）", "达标(0.6)"),
        ("扣分(100，2，2)", "扣分(100, 2, 2)"),
        ("分级(1、0.6、0)", "分级(1, 0.6, 0)"),
        ("by period mean > by occasion mean > deduct(100, 1, 2)", "按时段平均 > 按次平均 > 扣分(100, 1, 2)"),
        ("按打分人中位＞平均（100）", "按打分人中位 > 平均(100)"),
        ("公式（50）：if(met / all >= 70%, 50, 0)", "公式(50): if(met / all >= 70%, 50, 0)"),
    ] {
        assert_eq!(written(text), shown, "{text}");
    }
}

#[test]
fn a_fault_is_told_with_its_place() {
    for (text, fault) in [
        ("", "rule-empty@0 "),
        ("瞎写", "rule-unknown@0 瞎写"),
        ("扣分(100)", "rule-arguments@0 3"),
        ("扣分(一百, 1, 2)", "rule-number@0 一百"),
        ("平均(0)", "rule-number@0 0"),
        ("达标(60%", "rule-bracket@6 )"),
        ("按天平均 > 符合率", "rule-group@0 按天平均"),
        ("按次平均 > 没有", "rule-unknown@7 没有"),
        ("公式(50): met + unknown", "formula-unknown-name@14 unknown"),
        ("公式(50): 1 +", "formula-ends-early@11 "),
        ("符合率: met", "rule-formula@0 符合率"),
        ("公式(50)", "rule-formula@0 公式"),
        ("按次平均 > 按次平均 > 按次平均 > 按次平均 > 按次平均 > 符合率", "rule-too-deep@28 按次平均"),
    ] {
        assert_eq!(written(text), fault, "{text}");
    }
}

fn exact() -> impl Strategy<Value = Exact> {
    (0_i64..100_000, 1_i64..1_000).prop_map(|(a, b)| Exact::ratio(a, b).unwrap())
}

fn above_nothing() -> impl Strategy<Value = Exact> {
    (1_i64..100_000, 1_i64..1_000).prop_map(|(a, b)| Exact::ratio(a, b).unwrap())
}

fn share() -> impl Strategy<Value = Exact> {
    (0_i64..=100, 100_i64..300).prop_map(|(a, b)| Exact::ratio(a, b).unwrap())
}

pub(crate) fn rules() -> impl Strategy<Value = Rule> {
    let across =
        (0_usize..4, 0_usize..4).prop_map(|(by, fold)| Across { by: BYS[by].0, fold: FOLDS[fold].0 });
    let method = prop_oneof![
        Just(Method::Ratio),
        Just(Method::EveryOne),
        share().prop_map(|at_least| Method::Threshold { at_least }),
        (above_nothing(), exact(), exact()).prop_map(|(full, each, again)| Method::Deduct {
            full,
            each,
            again
        }),
        (above_nothing(), exact(), 1_u32..50).prop_map(|(full, lose, of)| Method::PerMissing {
            full,
            lose,
            of
        }),
        prop::collection::vec(share(), 1..6).prop_map(|worth| Method::Graded { worth }),
        above_nothing().prop_map(|full| Method::Mean { full }),
        above_nothing().prop_map(|full| Method::Median { full }),
        above_nothing().prop_map(|full| Method::Formula {
            full,
            formula: Formula::read("if(unmet > 2, 0, met / all * 50 - again)", &Facts::NAMES).unwrap(),
        }),
    ];
    (prop::collection::vec(across, 0..4), method).prop_map(|(across, method)| Rule { across, method })
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(rule in rules()) {
        prop_assert_eq!(Rule::read(&rule.to_string()), Ok(rule.clone()));
        let json = serde_json::to_string(&rule).unwrap();
        prop_assert_eq!(serde_json::from_str::<Rule>(&json).unwrap(), rule);
    }

    #[test]
    fn never_panics(text in "(按|by )?\\PC{0,40}[>:(（]?\\PC{0,20}") {
        let _ = Rule::read(&text);
    }
}

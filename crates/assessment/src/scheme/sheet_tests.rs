use super::*;
use crate::scheme::model::{Node, Scheme, State};
use crate::scheme::notation::tests::rules;
use crate::scheme::tree::{ordered, ways};
use ::store::value::Json;
use kernel::id::Id;
use kernel::time::Instant;
use proptest::prelude::*;
use sheets::FileKind;

fn scheme() -> Scheme {
    Scheme {
        id: Id::new(1),
        number: "SC-0001".into(),
        cycle_id: None,
        name: "测评体系".into(),
        edition: 1,
        state: State::Draft,
        based_on: None,
        sample: false,
        observed_way: "实地考察".into(),
        note: String::new(),
        created_by: None,
        created_at: Instant(0),
        published_at: None,
        version: 1,
    }
}

fn node(at: usize, parent: Option<usize>, draft: NodeDraft) -> Node {
    let id = |n: usize| Id::new(i64::try_from(n).unwrap() + 10);
    Node {
        id: id(at),
        scheme_id: Id::new(1),
        parent_id: parent.map(id),
        place: i64::try_from(at).unwrap(),
        code: draft.code,
        name: draft.name,
        kind: draft.kind,
        veto: Json(draft.veto),
        parts: Json(draft.parts),
        lead_unit: draft.lead_unit,
        units: Json(draft.units),
        point_types: Json(draft.point_types),
        evidence: Json(draft.evidence),
        observed: Json(draft.observed),
        note: draft.note,
        version: 1,
    }
}

fn word() -> impl Strategy<Value = String> {
    "[甲-癸A-Z]{1,6}"
}

fn drafts() -> impl Strategy<Value = NodeDraft> {
    let parts = prop::collection::vec((0_i64..10_000, 1_i64..300, rules()), 0..3);
    let veto = prop_oneof![
        Just(Veto::Nothing),
        (0_i64..100).prop_map(|n| Veto::Minus(Exact::from(n))),
        (0_i64..100).prop_map(|n| Veto::AtMost(Exact::from(n))),
    ];
    let lists = prop::collection::vec(prop::collection::btree_set(word(), 0..4), 4);
    (0_usize..3, veto, parts, lists, "[=+@甲a-z ,\"'0-9]{1,12}", word()).prop_map(
        |(kind, veto, parts, lists, name, note)| {
            let list = |n: usize| lists[n].iter().cloned().collect();
            let kind = KINDS[kind].0;
            NodeDraft {
                code: String::new(),
                name: format!("标{}", name.trim()),
                kind,
                veto: (kind == NodeKind::Veto).then_some(veto),
                parts: (0..)
                    .zip(parts)
                    .map(|(n, (a, b, rule))| Part {
                        way: ["实地考察", "材料审核", "问卷调查"][n].into(),
                        points: Exact::ratio(a, b).unwrap(),
                        rule,
                    })
                    .collect(),
                lead_unit: note.clone(),
                units: list(0),
                point_types: list(1),
                evidence: list(2),
                observed: list(3),
                note,
            }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn what_goes_out_comes_in_again(drafts in prop::collection::vec((drafts(), 0_usize..30), 1..20), csv: bool) {
        let mut nodes = Vec::new();
        for (at, (draft, parent)) in drafts.into_iter().enumerate() {
            let above = parent % (at + 1);
            let draft = NodeDraft { code: format!("Ⅲ-{at}"), ..draft };
            nodes.push(node(at, (above < at).then_some(above), draft));
        }
        let placed = ordered(&nodes);
        prop_assert_eq!(placed.len(), nodes.len());
        let ways = ways(&placed, &scheme());
        let kind = if csv { FileKind::Csv } else { FileKind::Xlsx };
        let mut bytes = Vec::new();
        sheets::write(kind, &mut bytes, "体系", &columns(&ways), placed.iter().map(|p| cells(p, &ways))).unwrap();
        let (lines, report) = read(bytes).unwrap();
        prop_assert_eq!(&report.refused, &Vec::new());
        prop_assert_eq!(lines.len(), placed.len());
        for (line, placed) in lines.iter().zip(&placed) {
            let node = &placed.node;
            prop_assert_eq!(&line.parent, placed.parent.as_deref().unwrap_or_default());
            let mut parts = node.parts.0.clone();
            parts.sort_by_key(|part| ways.iter().position(|way| *way == part.way));
            let mut came = line.draft.parts.clone();
            came.sort_by_key(|part| ways.iter().position(|way| *way == part.way));
            prop_assert_eq!(came, parts);
            let expected = NodeDraft {
                code: node.code.clone(),
                name: node.name.clone(),
                kind: node.kind,
                veto: node.veto.0.clone(),
                parts: line.draft.parts.clone(),
                lead_unit: node.lead_unit.clone(),
                units: node.units.0.clone(),
                point_types: node.point_types.0.clone(),
                evidence: node.evidence.0.clone(),
                observed: node.observed.0.clone(),
                note: node.note.clone(),
            };
            prop_assert_eq!(&line.draft, &expected);
        }
    }

    #[test]
    fn a_broken_table_never_panics(text in "(编码,名称\n)?\\PC{0,80}(\n\\PC{0,30}){0,4}") {
        let _ = read(text.into_bytes());
    }
}

#[test]
fn every_problem_is_told_by_row() {
    let table = "编码,上级编码,名称,类型,否决后果,实地考察·分值,实地考察·计分\n\
        1,,甲,,,十,符合率\n\
        2,9,乙,,,,\n\
        3,,丙,奇怪,,,\n\
        2,,丁,,,,\n\
        5,,,,,,\n\
        6,,己,否决,随便,,\n\
        7,,庚,,,5,瞎写\n\
        8,,辛,,,5,符合率\n";
    let (lines, report) = read(table.into()).unwrap();
    let told: Vec<_> = report.refused.iter().map(|r| (r.row, r.field.as_str(), r.reason.as_str())).collect();
    assert_eq!(
        told,
        [
            (2, "node_points", "not_a_number"),
            (3, "node_parent", "no-such-node"),
            (4, "node_kind", "not-a-choice"),
            (5, "node_code", "used-already"),
            (6, "node_name", "required"),
            (7, "node_veto", "not-an-effect"),
            (7, "node_veto", "required"),
            (8, "node_rule", "rule-unknown"),
        ]
    );
    assert_eq!((report.read, report.accepted), (8, 1));
    assert_eq!(lines.last().unwrap().draft.code, "8");
}

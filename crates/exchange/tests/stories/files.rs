//! A partner that is reached by files: changes in, results out, an account of every row.

use super::world::{World, told};
use cases::workflow::State;
use exchange::adapter::folders;
use exchange::model::{Carrier, Partner, ValueKind};
use kernel::policy::Role;
use kernel::time::{HOUR, MINUTE};
use std::fs;
use std::path::Path;

told!(files_come_in_and_results_go_out, a_file_that_cannot_be_read_is_told_and_stands_in_nobodys_way,);

const ORDERS: &str = "工单号,版本,动作,时间,状态,类别,承办单位,办理时限,标题,内容,地址,来电人,电话\n\
    C1,1,新增,2026-03-05 09:00,已派单,垃圾,雄关街道,2026-03-06 18:00,垃圾,门前有垃圾,新华路1号,欧阳明月,13893712345\n\
    C1,2,催办,2026-03-05 09:20,,,,,,,,,\n\
    C2,1,新增,昨天,,,,,,路灯不亮,新华路2号,,\n";

fn by_files(w: &World) -> Partner {
    let mut draft = w.draft();
    (draft.carrier, draft.url, draft.token, draft.takes) = (Carrier::Folder, String::new(), None, false);
    let partner = w.add(draft);
    w.map(&partner, ValueKind::Category, "垃圾", "event-0101");
    partner
}

/// As a careful partner does: written under another name, then moved.
fn deliver(folder: &Path, name: &str, bytes: &[u8]) {
    fs::create_dir_all(folder).unwrap();
    let fresh = folder.join(format!("{name}.part"));
    fs::write(&fresh, bytes).unwrap();
    fs::rename(fresh, folder.join(name)).unwrap();
}

fn files_come_in_and_results_go_out(w: &World) {
    let partner = by_files(w);
    let [inbox, outbox, done] = folders(w.t.test.folder(), &partner.number);
    deliver(&inbox, "20260305-01.csv", ORDERS.as_bytes());
    fs::write(inbox.join("20260305-02.csv.part"), "half").unwrap();
    w.turn();
    assert_eq!(w.state("C1"), State::Reported);
    assert!(w.case("C1").item_id.is_some());
    assert!(w.verbs("C1").contains(&"case.heard".to_owned()));
    // every row is accounted for, and the broken one is on the repair list
    let report = fs::read_to_string(done.join("20260305-01.csv.report.csv")).unwrap();
    assert!(report.contains("taken") && report.contains("at: not-a-time"), "{report}");
    assert!(done.join("20260305-01.csv").exists() && !inbox.join("20260305-01.csv").exists());
    assert_eq!(w.broken().len(), 1);
    // the same file delivered once more does nothing
    deliver(&inbox, "again.csv", ORDERS.as_bytes());
    w.turn();
    assert_eq!(w.verbs("C1").iter().filter(|v| *v == "case.heard").count(), 1);
    // what a spreadsheet program saves is read as well
    let columns: Vec<sheets::Column> = ["工单号", "版本", "动作", "时间", "内容", "地址"]
        .map(|t| sheets::Column::new(t, sheets::Kind::Text))
        .into();
    let row: Vec<sheets::Cell<'_>> =
        ["C3", "1", "新增", "2026-03-05 09:00:00", "井盖破损", "胜利路3号"].map(Into::into).into();
    let mut bytes = Vec::new();
    sheets::write(sheets::FileKind::Xlsx, &mut bytes, "工单", &columns, [row]).unwrap();
    deliver(&inbox, "20260305-03.xlsx", &bytes);
    w.turn();
    assert_eq!(w.state("C3"), State::Reported);
    // out: a file for each result, its picture beside it
    w.dispatched("C1");
    w.answered("C1");
    w.turn();
    let names: Vec<String> =
        fs::read_dir(&outbox).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(names.iter().filter(|n| ends(n, "csv")).count(), 3, "{names:?}");
    assert_eq!(names.iter().filter(|n| ends(n, "jpg")).count(), 1, "{names:?}");
    let all: String = names
        .iter()
        .filter(|n| ends(n, "csv"))
        .map(|n| fs::read_to_string(outbox.join(n)).unwrap())
        .collect();
    let photo = names.iter().find(|n| ends(n, "jpg")).unwrap();
    assert!(all.contains("accepted") && all.contains("dispatched") && all.contains("handled"));
    assert!(all.contains(photo.as_str()) && all.contains("已清理") && !all.contains("13812341234"));
    assert!(!names.iter().any(|n| ends(n, "part")));
    // it has no list to compare with
    let page = w.browser(Role::Office).get(&format!("/exchange/partners/{}", partner.number)).expect(200);
    assert!(!page.has("立即比对") && page.has("交换目录"));
}

fn a_file_that_cannot_be_read_is_told_and_stands_in_nobodys_way(w: &World) {
    let partner = by_files(w);
    let [inbox, _, done] = folders(w.t.test.folder(), &partner.number);
    deliver(&inbox, "a.csv", "甲,乙\n1,2\n".as_bytes());
    deliver(&inbox, "b.xlsx", b"this is no workbook");
    deliver(&inbox, "c.csv", ORDERS.as_bytes());
    w.pass(HOUR, MINUTE);
    assert_eq!(w.state("C1"), State::Reported);
    let faults: Vec<_> = w.broken().into_iter().filter(|b| b.fault.as_deref() == Some("file")).collect();
    assert_eq!(faults.len(), 2, "{:?}", w.broken());
    assert!(faults.iter().any(|b| b.detail.contains("a.csv: no column 工单号")), "{faults:?}");
    assert!(done.join("a.csv.refused").exists() && done.join("b.xlsx.refused").exists());
    assert!(fs::read_dir(&inbox).unwrap().next().is_none());
    // a trial tells it too, and leaves the file where it is
    deliver(&inbox, "d.csv", "甲,乙\n1,2\n".as_bytes());
    let page = w.browser(Role::Office).submit(
        &format!("/exchange/partners/{}", partner.number),
        &format!("/exchange/partners/{}/trial", partner.number),
        &[],
    );
    assert!(page.expect(200).has("no column 工单号"));
    assert!(inbox.join("d.csv").exists());
}

fn ends(name: &str, extension: &str) -> bool {
    Path::new(name).extension().is_some_and(|e| e == extension)
}

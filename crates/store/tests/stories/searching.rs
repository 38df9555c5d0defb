//! Full text in Chinese, the same on both engines.

use kernel::id::Id;
use store::words::index_tokens;
use store::{Bind, Db, Query, sql};
use testkit::{TestDb, both_engines};

both_engines!(&[]; chinese_is_found_by_any_part, an_index_entry_is_replaced);

const TEXTS: &[(i64, &str)] = &[
    (1, "建设路与人民路交叉口路灯不亮"),
    (2, "人民公园北门共享单车乱停放，CASE-2026-000412"),
    (3, "建设路小学门口积水，联系电话 0937-6321234"),
    (4, "Broken lamp at Xinhua St. 12号楼"),
];

pub(super) fn find(db: &Db, words: &str) -> Vec<i64> {
    let words = words.to_owned();
    db.read_now(move |tx| {
        let Some((condition, value)) = tx.words_condition("changed_at", &words) else {
            return Ok(Vec::new());
        };
        let mut query = Query::<(i64,)>::new("select changed_at from setting");
        query.filter(&condition, &[&value]).tail("order by changed_at", &[]);
        Ok(tx.query(&query)?.into_iter().map(|(id,)| id).collect())
    })
    .unwrap()
}

pub(super) fn fill(t: &TestDb) {
    t.db.write_now(&t.ctx_system(), |tx| {
        tx.housekeeping();
        for (id, text) in TEXTS {
            let values: [&dyn Bind; 2] = [&id.to_string(), id];
            tx.exec(sql!("insert into setting (name, value, changed_at) values ($1, '', $2)"), &values)?;
            tx.index_words(Id::<()>::new(*id), &index_tokens(text))?;
        }
        Ok(())
    })
    .unwrap();
}

pub(super) fn check(t: &TestDb) {
    check_on(&t.db);
}

pub(super) fn check_on(db: &Db) {
    for (words, expected) in [
        ("路灯", &[1][..]),
        ("灯不亮", &[1]),
        ("建设路", &[1, 3]),
        ("人民", &[1, 2]),
        ("人民 公园", &[2]),
        ("亮", &[1]),
        ("路", &[1, 3]),
        ("CASE-2026-000412", &[2]),
        ("case 412", &[]),
        ("6321234", &[3]),
        ("BROKEN", &[4]),
        ("12号", &[4]),
        ("没有的词", &[]),
        ("'; drop table job; --", &[]),
        ("\"路灯\" OR *", &[]),
        ("!!!", &[]),
    ] {
        let found = find(db, words);
        if words.contains("OR") {
            // signs are no syntax: `or` is one more word that must be there
            assert!(found.is_empty(), "{words}: {found:?}");
        } else {
            assert_eq!(found, expected, "{words}");
        }
    }
}

fn chinese_is_found_by_any_part(t: &TestDb) {
    fill(t);
    check(t);
}

fn an_index_entry_is_replaced(t: &TestDb) {
    fill(t);
    t.db.write_now(&t.ctx_system(), |tx| tx.index_words(Id::<()>::new(1), &index_tokens("井盖破损")))
        .unwrap();
    assert_eq!(find(&t.db, "井盖"), [1]);
    assert_eq!(find(&t.db, "路灯"), [0_i64; 0]);
    assert_eq!(find(&t.db, "建设路"), [3]);
}

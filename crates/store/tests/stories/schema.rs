//! One text, two engines: the schema, the statements, and where the engines differ by themselves.

use kernel::id::Id;
use store::{Bind, Event, Query, Value, sql};
use testkit::{Engine, TestDb, both_engines};

both_engines!(super::sealed::PERSON; every_statement_can_be_prepared, text_with_dollars_is_text, sums_are_cast, all_values_come_back);

#[test]
fn both_engines_have_the_same_schema() {
    let [embedded, server] =
        [Engine::Embedded, Engine::Server].map(|e| TestDb::open(e, &[]).db.shape().unwrap());
    assert_eq!(embedded, server);
    assert!(embedded.0.iter().any(|c| c.table == "audit" && c.column == "text_hash" && !c.required));
}

fn every_statement_can_be_prepared(t: &TestDb) {
    // built with the whole workspace, the list holds other crates' statements too: the server's test prepares those
    let mut faults = t.db.check_statements().unwrap();
    faults.retain(|fault| fault.starts_with("crates/store/"));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(sql::statements().count() > 30);
}

fn text_with_dollars_is_text(t: &TestDb) {
    let nasty = "a $1 b $2 '$3' ?1 ? \\ \" 元";
    t.db.write_now(&t.ctx_system(), move |tx| {
        tx.record(&t_ctx(), Event::city("test.done"))?;
        tx.exec(sql!("insert into setting (name, value, changed_at) values ('x', $1, 0)"), &[&nasty])?;
        let (got,) = tx
            .one(sql!((String,): "select value || ' $1' from setting where value = $1"), &[&nasty])?
            .unwrap();
        assert_eq!(got, format!("{nasty} $1"));
        let mut query = Query::<(String,)>::new("select value from setting");
        query.filter("value = ? or value = ?", &[&nasty, &"x"]);
        assert_eq!(tx.query(&query)?, [(nasty.to_owned(),)]);
        Ok(())
    })
    .unwrap();
}

fn t_ctx() -> kernel::ctx::Ctx {
    kernel::ctx::Ctx::system(kernel::ctx::CityCode::parse("620200").unwrap(), "test", testkit::START)
}

fn sums_are_cast(t: &TestDb) {
    t.db.write_now(&t.ctx_system(), |tx| {
        for n in 1..=3_i64 {
            tx.record(&t_ctx(), Event::new("test.done", Id::<()>::new(n)))?;
        }
        let sum = tx.value(sql!((i64,): "select cast(sum(entity) as bigint) from audit"), &[])?;
        assert_eq!(sum, 6);
        let mean = tx.value(sql!((f64,): "select cast(avg(entity) as double precision) from audit"), &[])?;
        assert!((mean - 2.0).abs() < 1e-9);
        Ok(())
    })
    .unwrap();
}

fn all_values_come_back(t: &TestDb) {
    t.db.write_now(&t.ctx_system(), |tx| {
        tx.housekeeping();
        let bytes: Vec<u8> = (0..=255).collect();
        let rows: [(i64, Option<Vec<u8>>); 4] =
            [(i64::MIN, None), (i64::MAX, Some(Vec::new())), (0, Some(bytes)), (-1, Some(vec![0]))];
        for (seq, bytes) in &rows {
            let hash = vec![7_u8];
            let values: [&dyn Bind; 3] = [seq, bytes, &hash];
            tx.exec(
                sql!("insert into audit (id, lane, seq, at, actor, actor_name, request_id, verb, entity, detail, text_hash, hash)
                      values ($1, 9, $1, $1, '', '', '', '', $1, '', $2, $3)"),
                &values,
            )?;
            let got = tx.one(
                sql!((i64, Option<Vec<u8>>): "select seq, text_hash from audit where lane = 9 and seq = $1"),
                &[seq],
            )?;
            assert_eq!(got, Some((*seq, bytes.clone())));
        }
        // no -0.0: SQLite stores whole reals as integers, which know no such thing
        for number in [0.1, 0.0, 1e300, f64::MIN_POSITIVE, 103.8123456789] {
            tx.exec(sql!("delete from file"), &[])?;
            let values: [&dyn Bind; 2] = [&number, &Value::Null];
            tx.exec(
                sql!("insert into file (id, state, name, sha256, bytes, lng, lat, uploaded_by, uploaded_at, version)
                      values (1, 'ready', '', '', 0, $1, $2, '', 0, 1)"),
                &values,
            )?;
            let got = tx.one(sql!((f64, Option<f64>): "select lng, lat from file"), &[])?;
            assert_eq!(got.map(|(a, b)| (a.to_bits(), b)), Some((number.to_bits(), None)));
        }
        Ok(())
    })
    .unwrap();
}

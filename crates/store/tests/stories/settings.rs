//! Settings of the city.

use store::audit;
use store::settings::Setting;
use testkit::{TestDb, both_engines};

both_engines!(&[]; a_setting_has_a_default_and_a_history);

const NAME: Setting<String> = Setting::new("city-name", || "本市".to_owned());
const HOURS: Setting<(u8, u8)> = Setting::new("duty-hours", || (9, 17));
const PASSWORD: Setting<String> = Setting::new("mail-password", String::new).secret();

fn a_setting_has_a_default_and_a_history(t: &TestDb) {
    assert_eq!(
        t.db.read_now(|tx| Ok((NAME.get(tx)?, HOURS.get(tx)?))).unwrap(),
        ("本市".to_owned(), (9, 17))
    );
    for _ in 0..2 {
        let ctx = t.ctx_member(5, "王工", vec![]);
        t.db.write_now(&ctx.clone(), move |tx| {
            NAME.set(tx, &ctx, &"嘉峪关市".to_owned())?;
            HOURS.set(tx, &ctx, &(8, 18))?;
            PASSWORD.set(tx, &ctx, &"hunter2".to_owned())
        })
        .unwrap();
    }
    assert_eq!(
        t.db.read_now(|tx| Ok((NAME.get(tx)?, HOURS.get(tx)?))).unwrap(),
        ("嘉峪关市".to_owned(), (8, 18))
    );
    let log = t.db.read_now(|tx| audit::recent(tx, None, 10)).unwrap();
    // setting it to what it is is no event
    assert_eq!(log.len(), 3);
    assert_eq!((log[2].verb.as_str(), log[2].fact("after").as_str()), ("setting.changed", "\"嘉峪关市\""));
    assert!(!log.iter().any(|line| line.detail.contains("hunter2")));
}

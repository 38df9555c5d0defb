//! 材料册: what is filed, as one archive that can be unpacked anywhere.

use super::world::{
    SCHOOL, act, caption, city, clerk_of, draft, features, leader, office, page_of, picture, settle,
};
use evidence::commands;
use evidence::model::{Item, Kind};
use kernel::ctx::Ctx;
use kernel::policy::Role;
use kernel::problem::Result;
use std::io::{Cursor, Read};
use store::Tx;
use testkit::{TestApp, whole_city};

testkit::stories!(features(); the_volume_is_laid_out_by_standard);

fn step(
    t: &TestApp,
    who: &Ctx,
    number: &str,
    verb: impl FnOnce(&Ctx, &mut Tx<'_>, (&str, i64)) -> Result<Item> + Send + 'static,
) {
    let number = number.to_owned();
    act(t, who, move |ctx, tx| {
        let version = commands::load_item(ctx, tx, evidence::policy::Act::See, &number)?.0.version;
        verb(ctx, tx, (&number, version))
    })
    .unwrap();
}

fn the_volume_is_laid_out_by_standard(t: &TestApp) {
    let c = city(t);
    let at = format!("/evidence/periods/{}", c.period.number);
    let desk = t.member("文明办", vec![whole_city(Role::Office)]);
    let key = t.member("文明办", vec![whole_city(Role::Office)]).by_key();
    let fetch =
        || key.json(&axum::http::Method::POST, &format!("/api/v1{at}/bundle"), &serde_json::json!({}));
    assert!(fetch().expect(409).has("evidence-nothing-filed"));
    let made = draft(t, &c, &c.school, Kind::Picture, SCHOOL);
    let shot = picture(1000, 900, 5);
    let clerk = page_of(t, "经办人", Role::UnitClerk, &c.school);
    let item = format!("/evidence/items/{}", made.number);
    clerk.upload(&item, &format!("{item}/files"), &[], &[("files", "CON.png", shot.as_slice())]).expect(303);
    settle(t);
    let file = super::world::item(t, &made.number).files[0].0.id;
    step(t, &clerk_of(t, &c.school), &made.number, move |ctx, tx, of| {
        commands::caption(ctx, tx, of, file, &caption())
    });
    step(t, &clerk_of(t, &c.school), &made.number, commands::submit);
    step(t, &office(t), &made.number, commands::pass);
    step(t, &leader(t), &made.number, commands::pass);
    step(t, &leader(t), &made.number, commands::file);
    let page = desk.submit(&at, &format!("{at}/bundle"), &[]).expect(200);
    assert_eq!(page.header("content-type"), "application/zip");
    assert_eq!(page.header("content-length"), page.bytes.len().to_string());
    let mut zip = zip::ZipArchive::new(Cursor::new(page.bytes)).unwrap();
    let names: Vec<String> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
    let stem = format!("{SCHOOL}/{} 校园周边秩序", made.number);
    let wanted = [
        format!("{SCHOOL}/测评材料提交表.pdf"),
        format!("{stem}.txt"),
        format!("{stem}-1.jpg"),
        "材料目录.xlsx".to_owned(),
        "材料目录.pdf".to_owned(),
    ];
    for name in &wanted {
        assert!(names.contains(name), "{name} is not among {names:?}");
    }
    assert_eq!(names.len(), wanted.len());
    let mut bytes = Vec::new();
    zip.by_name(&wanted[2]).unwrap().read_to_end(&mut bytes).unwrap();
    assert_eq!(bytes, shot, "as it came");
    assert_eq!(super::world::recorded(t, "evidence.bundled"), 1);
    assert_eq!(super::world::recorded(t, "file.original-opened"), 1);
    clerk.post(&format!("{at}/bundle"), &[("csrf", &clerk.get(&item).csrf())]).expect(403);
}

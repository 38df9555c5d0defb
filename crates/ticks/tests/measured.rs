//! How often forms are read right: the table of `docs/paper.md`.
//!
//! `CHUANGCHENG_WRITE_DOCS=1 cargo test -p ticks --test measured -- --ignored --nocapture` writes it. Needs poppler's `pdftoppm` and
//! a Chinese font.
#![expect(clippy::cast_possible_truncation, reason = "pixels")]

#[cfg(test)]
mod measured {
    use image::codecs::jpeg::JpegEncoder;
    use image::{ExtendedColorType, ImageEncoder};
    use paper::layout::{Form, PAGE, Words, drawn};
    use paper::model::Kind;
    use papers::{Fonts, fixed};
    use std::fmt::Write;
    use std::path::Path;
    use store::pictures::{PictureLimits, examine};
    use ticks::trial::{Dice, Pen, Shot, Way, shot, stroke, tick};
    use ticks::{Gray, Plan, Point, Tick, codes, measure, place};

    const FINE: f64 = 300.0 / 25.4;
    const WORD: &str = "CC1.abcdefghjkmnpqrstuvwxyz023";
    const KINDS: [&str; 12] = [
        "暴露垃圾",
        "道路破损",
        "机动车乱停放",
        "占道经营",
        "路灯异常",
        "非法小广告",
        "道路积水",
        "乱堆杂物",
        "井盖缺失",
        "绿地脏乱",
        "噪声扰民",
        "其他问题",
    ];
    /// Sheets of each row of the table.
    const SHEETS: usize = 20;

    fn words() -> Words {
        let text = |text: &str| text.to_owned();
        Words {
            title: text("嘉峪关市文明创建 · 市民反映表"),
            number: text("编号"),
            place: text("领表处：雄关街道便民服务中心"),
            how: text("请用黑色或蓝色笔填写，字大一些没关系。填好后交回领表处，或请工作人员代填。"),
            kinds: text("一、什么问题？只选一项，在方框里打 √"),
            what: text("二、请写清楚：什么问题"),
            where_: text("三、在哪里（路名、门牌、附近标志）"),
            name: text("四、您的姓名"),
            phone: text("五、您的电话"),
            photo: text("有照片请贴在这里"),
            call: text("请打电话答复我"),
            no_answer: text("不用答复"),
            notice: text(
                "个人信息说明：您填写的姓名、电话只用于核实问题和答复您，不告诉办理问题的单位，不公开；不填也可以反映。",
            ),
            hand_in: text("交回：雄关街道便民服务中心"),
            foil: text("回执"),
            foil_keep: text("沿虚线剪下，请保留此联"),
            foil_ask: text("凭编号可以查办理到哪一步。"),
            foil_office: text("领表处：雄关街道便民服务中心"),
        }
    }

    /// The printed form in pixels, as a printer at 300 dpi makes it.
    fn printed(folder: &Path) -> Gray {
        let kinds: Vec<Kind> =
            KINDS.iter().map(|name| Kind { code: "event-1".into(), name: (*name).to_owned() }).collect();
        let page = drawn(&words(), &kinds, "PF-2026-000123", WORD);
        let pdf = fixed(&Fonts::find(&[]), "form", PAGE, &[page]).unwrap();
        let (from, to) = (folder.join("form.pdf"), folder.join("form"));
        std::fs::write(&from, pdf).unwrap();
        let done = std::process::Command::new("pdftoppm")
            .args(["-r", "300", "-gray", "-png", "-singlefile"])
            .args([&from, &to])
            .status()
            .unwrap();
        assert!(done.success());
        Gray::decode(&std::fs::read(folder.join("form.png")).unwrap()).unwrap()
    }

    /// One way in which sheets come: what is written with, and what takes the picture.
    struct Row {
        name: &'static str,
        pen: fn(&mut Dice) -> Pen,
        shot: fn(&mut Dice) -> Shot,
        quality: u8,
    }

    fn ballpoint(dice: &mut Dice) -> Pen {
        Pen { width: dice.within(0.45, 0.8), dark: dice.within(0.7, 0.95) }
    }

    fn scan(dpi: f64, dice: &mut Dice) -> Shot {
        Shot {
            per_mm: dpi / 25.4,
            angle: dice.within(-4.0, 4.0),
            around: dice.within(0.0, 8.0),
            table: 235.0,
            noise: 3.0,
            blur: 0.5,
            ..Shot::default()
        }
    }

    /// A telephone held over a table.
    fn photo(dice: &mut Dice) -> Shot {
        Shot {
            per_mm: dice.within(5.5, 8.5),
            angle: dice.within(0.0, 360.0),
            tilt: (dice.within(-0.15, 0.15), dice.within(-0.15, 0.15)),
            around: dice.within(8.0, 40.0),
            table: dice.within(30.0, 170.0),
            blur: dice.within(0.5, 1.2),
            shade: dice.within(0.1, 0.5),
            noise: dice.within(2.0, 8.0),
            black: dice.within(20.0, 60.0),
            white: dice.within(190.0, 245.0),
        }
    }

    fn rows() -> Vec<Row> {
        vec![
            Row {
                name: "scanner, 300 dpi, ballpoint",
                pen: ballpoint,
                shot: |d| scan(300.0, d),
                quality: 85,
            },
            Row {
                name: "scanner, 200 dpi, ballpoint",
                pen: ballpoint,
                shot: |d| scan(200.0, d),
                quality: 75,
            },
            Row {
                name: "scanner, 150 dpi, ballpoint",
                pen: ballpoint,
                shot: |d| scan(150.0, d),
                quality: 75,
            },
            Row {
                name: "scanner, 100 dpi, ballpoint",
                pen: ballpoint,
                shot: |d| scan(100.0, d),
                quality: 75,
            },
            Row {
                name: "scanner, 200 dpi, JPEG of quality 30",
                pen: ballpoint,
                shot: |d| scan(200.0, d),
                quality: 30,
            },
            Row {
                name: "scanner, 200 dpi, any way up",
                pen: ballpoint,
                shot: |d| Shot { angle: d.within(0.0, 360.0), around: 12.0, ..scan(200.0, d) },
                quality: 75,
            },
            Row {
                name: "scanner, 200 dpi, thick felt pen",
                pen: |d| Pen { width: d.within(1.2, 2.2), dark: d.within(0.8, 1.0) },
                shot: |d| scan(200.0, d),
                quality: 75,
            },
            Row {
                name: "scanner, 200 dpi, soft pencil",
                pen: |d| Pen { width: d.within(0.4, 0.7), dark: d.within(0.4, 0.6) },
                shot: |d| scan(200.0, d),
                quality: 75,
            },
            Row {
                name: "scanner, 200 dpi, hard pencil, hardly seen",
                pen: |d| Pen { width: d.within(0.25, 0.4), dark: d.within(0.2, 0.4) },
                shot: |d| scan(200.0, d),
                quality: 75,
            },
            Row { name: "photograph, ballpoint", pen: ballpoint, shot: photo, quality: 80 },
            Row {
                name: "photograph, strongly tilted",
                pen: ballpoint,
                shot: |d| {
                    let side = if d.below(2) == 0 { 1.0 } else { -1.0 };
                    Shot { tilt: (side * d.within(0.15, 0.3), d.within(-0.3, 0.3)), ..photo(d) }
                },
                quality: 80,
            },
            Row {
                name: "photograph, blurred and dim",
                pen: ballpoint,
                shot: |d| Shot {
                    blur: d.within(1.5, 2.5),
                    noise: d.within(8.0, 16.0),
                    white: d.within(120.0, 180.0),
                    shade: d.within(0.4, 0.7),
                    ..photo(d)
                },
                quality: 60,
            },
        ]
    }

    const WAYS: [Way; 4] = [Way::Hook, Way::Cross, Way::Slash, Way::Filled];

    /// Somebody fills it in: one kind, one answer, and words.
    fn filled(form: &Gray, plan: &Plan, pen: Pen, dice: &mut Dice) -> (Gray, Vec<bool>) {
        let mut sheet = form.clone();
        let mut ticked = vec![false; plan.boxes.len()];
        for n in [dice.below(KINDS.len()), KINDS.len() + dice.below(2)] {
            ticked[n] = true;
            tick(&mut sheet, FINE, plan.boxes[n], WAYS[dice.below(4)], pen, dice);
        }
        for _ in 0..60 {
            let from = Point { x: dice.within(22.0, 120.0), y: dice.within(125.0, 200.0) };
            let to = Point { x: from.x + dice.within(-4.0, 4.0), y: from.y + dice.within(-4.0, 4.0) };
            stroke(&mut sheet, FINE, (from, to), pen);
        }
        (sheet, ticked)
    }

    /// What the house makes of an upload.
    fn uploaded(picture: &Gray, quality: u8) -> Gray {
        let mut bytes = Vec::new();
        JpegEncoder::new_with_quality(&mut bytes, quality)
            .write_image(&picture.pixels, picture.width as u32, picture.height as u32, ExtendedColorType::L8)
            .unwrap();
        Gray::decode(&examine(&bytes, &PictureLimits::default()).unwrap().picture.jpeg).unwrap()
    }

    #[derive(Default)]
    struct Counts {
        codes: usize,
        placed: usize,
        ready: usize,
        asked: usize,
        wrong: usize,
        boxes: usize,
        right: usize,
        unsure: usize,
        mistaken: usize,
    }

    fn read(picture: &Gray, plan: &Plan, ticked: &[bool], counts: &mut Counts) {
        let Some(code) = codes(picture).into_iter().find(|code| code.text == WORD) else {
            counts.asked += 1;
            return;
        };
        counts.codes += 1;
        let Ok(placed) = place(picture, &code, plan) else {
            counts.asked += 1;
            return;
        };
        counts.placed += 1;
        let ticks: Vec<Tick> = measure(picture, &placed, plan).iter().map(|ink| ink.tick()).collect();
        for (tick, wanted) in ticks.iter().zip(ticked) {
            counts.boxes += 1;
            match (tick, wanted) {
                (Tick::Unsure, _) => counts.unsure += 1,
                (Tick::Ticked, true) | (Tick::Empty, false) => counts.right += 1,
                _ => counts.mistaken += 1,
            }
        }
        let kinds = &ticks[..KINDS.len()];
        let one = kinds.iter().filter(|t| **t == Tick::Ticked).count() == 1 && !kinds.contains(&Tick::Unsure);
        match kinds.iter().position(|t| *t == Tick::Ticked) {
            Some(n) if one && ticked[n] => counts.ready += 1,
            Some(_) if one => counts.wrong += 1,
            _ => counts.asked += 1,
        }
    }

    #[test]
    #[ignore = "takes minutes; run by hand when the reader changes"]
    fn how_often_forms_are_read_right() {
        let folder = tempfile::tempdir().unwrap();
        let form = printed(folder.path());
        let plan = Form::of(KINDS.len()).plan();
        let mut table = String::from(
            "| how it came | sheets | code found | placed | ready | asked | **wrong** | boxes | right | unsure | mistaken |\n\
             | --- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |\n",
        );
        let mut wrong = 0;
        for (n, row) in rows().iter().enumerate() {
            let mut counts = Counts::default();
            for sheet in 0..SHEETS {
                let mut dice = Dice::new((n * 1000 + sheet) as u64);
                let pen = (row.pen)(&mut dice);
                let (filled, ticked) = filled(&form, &plan, pen, &mut dice);
                let how = (row.shot)(&mut dice);
                let picture = uploaded(&shot(&filled, FINE, &how, &mut dice), row.quality);
                read(&picture, &plan, &ticked, &mut counts);
            }
            let c = &counts;
            let _ = writeln!(
                table,
                "| {} | {SHEETS} | {} | {} | {} | {} | **{}** | {} | {} | {} | {} |",
                row.name,
                c.codes,
                c.placed,
                c.ready,
                c.asked,
                c.wrong,
                c.boxes,
                c.right,
                c.unsure,
                c.mistaken
            );
            println!("{}", table.lines().last().unwrap_or_default());
            wrong += c.wrong;
        }
        write(&table);
        assert!(wrong <= SHEETS * rows().len() / 200, "wrong cases: {wrong}");
    }

    fn write(table: &str) {
        if std::env::var_os("CHUANGCHENG_WRITE_DOCS").is_none() {
            return;
        }
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/paper.md");
        let text = std::fs::read_to_string(&path).unwrap();
        let (start, end) = ("<!-- measured: written by the command above -->\n", "<!-- end of measured -->");
        let (before, rest) = text.split_once(start).unwrap();
        let (_, after) = rest.split_once(end).unwrap();
        std::fs::write(&path, format!("{before}{start}\n{table}\n{end}{after}")).unwrap();
    }
}

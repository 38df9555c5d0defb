//! Documents read back by programs that nobody here wrote: `pdftotext` (poppler) and LibreOffice.

use ::papers::{Annex, Closing, Code, Document, Error, Fonts, Format, Level, Table, render, render_with};
use std::path::{Path, PathBuf};
use std::process::Command;

fn letter() -> Document {
    let rows = [
        ("事项", "新华中路 118 号人行道暴露垃圾"),
        ("编号", "CASE-2026-000412"),
        ("目前情况", "已逾期 3 个工作日"),
    ];
    Document {
        head: "嘉峪关市精神文明建设指导委员会办公室".into(),
        number: "嘉创督〔2026〕7号".into(),
        title: "关于“新华中路118号人行道暴露垃圾长期未清运问题”的督办函".into(),
        addressee: "市环境卫生服务中心".into(),
        closing: Some(Closing { organ: "嘉峪关市文明办".into(), date: "2026年3月5日".into() }),
        remark: "联系人：䶮㛃𬭎，电话：0937-0000000".into(),
        copies: "雄关街道办事处，市城市管理综合执法局".into(),
        annex_names: vec!["整改情况反馈表".into()],
        code: Some(Code {
            text: "https://wm.example.cn/letters/LD-2026-000012".into(),
            caption: "扫码签收、答复".into(),
        }),
        annexes: vec![Annex {
            title: "整改情况反馈表".into(),
            body: Document::default()
                .table(Table {
                    head: vec!["序号".into(), "问题".into(), "责任人".into()],
                    rows: (1..=60)
                        .map(|n| {
                            vec![n.to_string(), format!("第 {n} 个问题，需要立即整改并举一反三"), "䶮".into()]
                        })
                        .collect(),
                    widths: vec![1, 6, 2],
                })
                .body,
        }],
        ..Document::default()
    }
    .paragraph("你单位承办的以下事项未按期办结，现予督办。")
    .item(Level::First, "基本情况")
    .table(Table {
        head: Vec::new(),
        rows: rows.iter().map(|(a, b)| vec![(*a).to_owned(), (*b).to_owned()]).collect(),
        widths: vec![3, 11],
    })
    .item(Level::First, "有关要求")
    .item(Level::Second, "立即整改")
    .item(Level::Third, "对照问题清单，逐条明确责任人、整改措施和完成时限，不得以集中整治代替长效管理。")
    .item(Level::Fourth, "参照 GB/T 47678.5-2026 执行。")
    .paragraph("请于2026年3月9日18:00前签收并书面答复；无正当理由逾期不答复的，将按规定进入下一程序。")
}

fn pdftotext(bytes: &[u8], arguments: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.pdf");
    std::fs::write(&file, bytes).unwrap();
    let out = Command::new("pdftotext").args(arguments).arg(&file).arg("-").output();
    let out = out.unwrap_or_else(|e| panic!("pdftotext: {e}; scripts/install test brings it"));
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).unwrap()
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn a_pdf_reads_back_as_text() {
    let pdf = render(&letter(), Format::Pdf).unwrap();
    let text = squeezed(&pdftotext(&pdf, &[]));
    for wanted in [
        "嘉创督〔2026〕7号",
        "长期未清运问题",
        "市环境卫生服务中心：",
        "一、基本情况",
        "CASE-2026-000412",
        "（一）立即整改",
        "1.对照问题清单",
        "（1）参照GB/T47678.5-2026执行。",
        "嘉峪关市文明办",
        "2026年3月5日",
        "—1—",
        "—2—",
    ] {
        assert!(text.contains(wanted), "{wanted} is not in {text}");
    }
}

#[test]
fn rare_characters_of_names_come_out() {
    let pdf = render(&letter(), Format::Pdf).unwrap();
    let text = pdftotext(&pdf, &[]);
    for rare in ['䶮', '㛃', '𬭎'] {
        assert!(text.contains(rare), "{rare} is not in the text");
    }
    assert!(!text.contains('〓'));
}

#[test]
fn a_table_over_pages_repeats_its_head() {
    let pdf = render(&letter(), Format::Pdf).unwrap();
    let text = pdftotext(&pdf, &["-layout"]);
    let pages: Vec<&str> = text.split('\u{c}').filter(|p| !p.trim().is_empty()).collect();
    let with_rows: Vec<&&str> = pages.iter().filter(|p| p.contains("个问题，需要")).collect();
    assert!(with_rows.len() >= 2, "{} pages", pages.len());
    assert!(with_rows.iter().all(|p| p.contains("序号")), "a page has rows and no head");
    for n in 1..=60 {
        assert_eq!(squeezed(&text).matches(&format!("第{n}个问题")).count(), 1, "row {n}");
    }
}

/// The lines of a page with the place of each on the paper, in points.
#[test]
fn the_type_area_is_that_of_the_standard() {
    let long = "按期办结是责任单位的基本义务".repeat(40);
    let document = Document { title: "报告".into(), ..Document::default() }.paragraph(long);
    let pdf = render(&document, Format::Pdf).unwrap();
    let boxes = pdftotext(&pdf, &["-bbox-layout"]);
    let number = |line: &str, name: &str| -> f32 {
        let from = line.find(&format!("{name}=\"")).unwrap() + name.len() + 2;
        line[from..].split('"').next().unwrap().parse().unwrap()
    };
    let first_page = boxes.split("</page>").next().unwrap();
    let lines: Vec<&str> = first_page.lines().filter(|l| l.trim_start().starts_with("<line")).collect();
    let mm = |points: f32| points / 72.0 * 25.4;
    let body: Vec<&&str> =
        lines.iter().filter(|l| mm(number(l, "xMax") - number(l, "xMin")) > 150.0).collect();
    assert!(body.len() >= 15, "{} full lines", body.len());
    for line in &body {
        assert!((mm(number(line, "xMin")) - 28.0).abs() < 1.0, "{line}");
        assert!((mm(number(line, "xMax")) - 184.0).abs() < 1.0, "{line}");
    }
    // 22 lines to 225 mm
    let pitch = mm(number(body[9], "yMin") - number(body[8], "yMin"));
    assert!((pitch - 225.0 / 22.0).abs() < 0.1, "{pitch}");
    let words = first_page.lines().filter(|l| l.contains("<word")).max_by_key(|l| l.chars().count()).unwrap();
    let text = words.split('>').nth(1).unwrap().split('<').next().unwrap();
    assert_eq!(text.chars().count(), 28, "{text}");
}

#[test]
fn without_a_chinese_font_it_says_where_it_looked() {
    let empty = tempfile::tempdir().unwrap();
    let fonts = Fonts::only_in([empty.path().to_owned()]);
    let refused = render_with(&fonts, &letter(), Format::Pdf);
    match refused {
        Err(Error::NoFont(places)) => assert_eq!(places, empty.path().display().to_string()),
        other => panic!("{other:?}"),
    }
    // a DOCX carries no fonts
    assert!(render_with(&fonts, &letter(), Format::Docx).is_ok());
}

#[test]
fn the_next_font_helps_out() {
    // a folder whose first choice is a face without a single Chinese character
    let folder = tempfile::tempdir().unwrap();
    let latin = found("DejaVuSans.ttf");
    std::fs::copy(latin, folder.path().join("simfang.ttf")).unwrap();
    std::fs::copy(found("NotoSerifCJK-Regular.ttc"), folder.path().join("NotoSerifCJK-Regular.ttc")).unwrap();
    let fonts = Fonts::only_in([folder.path().to_owned()]);
    let pdf = render_with(&fonts, &Document::default().paragraph("混排 Mixed 文字"), Format::Pdf).unwrap();
    assert!(squeezed(&pdftotext(&pdf, &[])).contains("混排Mixed文字"));
}

fn found(name: &str) -> PathBuf {
    fn look(folder: &Path, name: &str) -> Option<PathBuf> {
        let entries: Vec<PathBuf> =
            std::fs::read_dir(folder).ok()?.filter_map(|e| e.ok().map(|e| e.path())).collect();
        let here = entries.iter().find(|p| p.file_name().is_some_and(|n| n == name)).cloned();
        here.or_else(|| entries.iter().filter(|p| p.is_dir()).find_map(|p| look(p, name)))
    }
    look(Path::new("/usr/share/fonts"), name)
        .unwrap_or_else(|| panic!("{name} is missing; scripts/install test brings it"))
}

#[test]
fn the_same_document_makes_the_same_bytes() {
    for format in Format::ALL {
        assert_eq!(render(&letter(), format).unwrap(), render(&letter(), format).unwrap());
    }
}

#[test]
fn libreoffice_opens_the_docx() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("letter.docx");
    std::fs::write(&file, render(&letter(), Format::Docx).unwrap()).unwrap();
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.path().display());
    let out = Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", "pdf", "--outdir"])
        .arg(folder.path())
        .arg(&file)
        .output();
    let out = out.unwrap_or_else(|e| panic!("soffice: {e}; scripts/install test brings it"));
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let pdf = std::fs::read(folder.path().join("letter.pdf")).unwrap();
    let text = squeezed(&pdftotext(&pdf, &[]));
    for wanted in [
        "嘉创督〔2026〕7号",
        "市环境卫生服务中心：",
        "一、基本情况",
        "CASE-2026-000412",
        "（1）参照GB/T47678.5-2026执行。",
        "2026年3月5日",
        "60个问题",
        "䶮㛃𬭎",
        "—1—",
        "—2—",
    ] {
        assert!(text.contains(wanted), "{wanted} is not in {text}");
    }
}

/// `PAPERS_LOOK=/tmp/look cargo test -p papers -- --ignored look`: both files, to be looked at.
#[test]
#[ignore = "for the eye"]
#[expect(clippy::disallowed_methods, reason = "whoever looks says where")]
fn look() {
    let folder = PathBuf::from(std::env::var("PAPERS_LOOK").unwrap());
    for format in Format::ALL {
        std::fs::write(
            folder.join("letter").with_extension(format.extension()),
            render(&letter(), format).unwrap(),
        )
        .unwrap();
    }
}

/// `cargo test --release -p papers -- --ignored --nocapture speed`: certificates a second on two threads, and bytes each.
#[test]
#[ignore = "a measurement"]
fn speed() {
    let certificate = |n: usize| {
        let code = Code { text: format!("https://wm.example.cn/c/{n:08}"), caption: "扫码验真".into() };
        let closing =
            Closing { organ: "嘉峪关市志愿服务联合会".into(), date: "2026年3月5日".into() };
        let document = Document {
            title: "志愿服务记录证明".into(),
            code: Some(code),
            closing: Some(closing),
            ..Document::default()
        };
        document
            .paragraph(format!("兹证明张三同志（志愿者编号 {n:08}）自2025年1月1日至2025年12月31日参加志愿服务活动，累计服务时长 {} 小时。", n % 900))
            .paragraph("服务内容：清洁家园、交通文明劝导、敬老助残、全民阅读推广。特此证明。")
    };
    render(&certificate(0), Format::Pdf).unwrap();
    for format in Format::ALL {
        let began = std::time::Instant::now();
        let bytes: usize = std::thread::scope(|scope| {
            let half = |from: usize| {
                move || {
                    (from..from + 200).map(|n| render(&certificate(n), format).unwrap().len()).sum::<usize>()
                }
            };
            let threads: Vec<_> = [0, 1000].into_iter().map(|from| scope.spawn(half(from))).collect();
            threads.into_iter().map(|t| t.join().unwrap()).sum()
        });
        let seconds = began.elapsed().as_secs_f64();
        eprintln!("{}: {:.0} a second, {} kB each", format.extension(), 400.0 / seconds, bytes / 400 / 1000);
    }
}

//! Valid input to begin with. Whatever names a person or a place in it is made up.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use image::{DynamicImage, ImageFormat, RgbImage};
use sheets::{Cell, Column, FileKind, Kind, Writer};
use std::io::Cursor;

pub fn texts(all: &[&str]) -> Vec<Vec<u8>> {
    all.iter().map(|text| text.as_bytes().to_vec()).collect()
}

pub const CSV: &[&str] = &[
    "编号,标题,上报时间,经度,纬度\n1,路灯不亮,2026-03-05 09:30,98.2943,39.7826\n2,\"井盖, \"\"松动\"\"\",2026/3/5,98.3,39.8\n",
    "\u{feff}code;name;n\r\nA;甲;1,5\r\nB;\"two\nlines\";-2\r\n",
    "案件台账（2026年3月）\n\n案卷号\t标题\t数量\n00730\t=1+1\t１２\n",
    "{\"编号\":1,\"标题\":\"x\"}\n{\"编号\":2,\"标题\":null}\n",
];

/// The first table as spreadsheets of older Windows machines save it.
pub fn gbk() -> Vec<u8> {
    encoding_rs::GB18030.encode(CSV[0]).0.into_owned()
}

pub fn xlsx() -> Vec<u8> {
    let columns =
        [Column::new("编号", Kind::Int), Column::new("标题", Kind::Text), Column::new("数", Kind::Real)];
    let written = Writer::new(FileKind::Xlsx, Vec::new(), "台账", &columns).and_then(|mut writer| {
        for n in 0..4 {
            writer.row(&[Cell::from(n), Cell::from("路灯不亮"), Cell::from(1.5)])?;
        }
        writer.finish()
    });
    written.map(|(out, _)| out).unwrap_or_default()
}

pub const GEOJSON: &[&str] = &[
    r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"S-1","name":"新华路"},"geometry":{"type":"LineString","coordinates":[[98.26,39.76],[98.27,39.765]]}}]}"#,
    r#"{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4490"}},"features":[{"type":"Feature","id":7,"properties":null,"geometry":{"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1],[0,0]]]]}},{"type":"Feature","properties":{"a":[1,{"b":2}]},"geometry":null}]}"#,
    r#"[{"编号":"1","标题":"路灯"},{"编号":"2","标题":"井盖","坐标":{"经度":98.2,"纬度":39.7}}]"#,
];

/// Pictures of each kind that is taken, small.
pub fn pictures() -> Vec<Vec<u8>> {
    let picture = RgbImage::from_fn(24, 17, |x, y| image::Rgb([(x * 10) as u8, (y * 14) as u8, 90]));
    let picture = DynamicImage::ImageRgb8(picture);
    let mut all: Vec<Vec<u8>> = [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP, ImageFormat::Gif]
        .into_iter()
        .filter_map(|format| {
            let mut out = Cursor::new(Vec::new());
            picture.write_to(&mut out, format).ok().map(|()| out.into_inner())
        })
        .collect();
    let jpeg = all[0].clone();
    all.push(with_exif(&jpeg));
    all
}

/// The pixels of a form, this wide.
pub fn form(plan: &ticks::Plan, width: usize) -> Vec<u8> {
    let code =
        qrcode::QrCode::with_error_correction_level("CC1.abcdefghjkmnpqrstuvwxyz023", qrcode::EcLevel::Q);
    let black: Vec<bool> = code
        .map(|code| code.to_colors().into_iter().map(|c| c == qrcode::Color::Dark).collect())
        .unwrap_or_default();
    let per_mm = width as f64 / plan.width;
    let mut sheet = ticks::trial::blank(plan, &black, per_mm);
    let pen = ticks::trial::Pen { width: 0.7, dark: 0.9 };
    ticks::trial::tick(
        &mut sheet,
        per_mm,
        plan.boxes[1],
        ticks::trial::Way::Hook,
        pen,
        &mut ticks::trial::Dice::new(1),
    );
    // a row of another length would move every row below it
    sheet
        .pixels
        .chunks(sheet.width)
        .flat_map(|row| row.iter().copied().chain(std::iter::repeat(255)).take(width))
        .collect()
}

/// A JPEG with the notes of a camera: orientation, make, time, place.
pub fn with_exif(jpeg: &[u8]) -> Vec<u8> {
    let mut tiff = b"II*\0\x08\0\0\0".to_vec();
    let entry = |tag: u16, kind: u16, count: u32, value: u32| {
        [
            tag.to_le_bytes().to_vec(),
            kind.to_le_bytes().to_vec(),
            count.to_le_bytes().to_vec(),
            value.to_le_bytes().to_vec(),
        ]
        .concat()
    };
    // the first directory, then a sub-directory of the camera and one of the place; texts and fractions behind them
    let (first, camera, place) = (8, 8 + 2 + 5 * 12 + 4, 8 + 2 + 5 * 12 + 4 + 2 + 2 * 12 + 4);
    let data = place + 2 + 4 * 12 + 4;
    debug_assert_eq!(first, tiff.len());
    tiff.extend(5_u16.to_le_bytes());
    tiff.extend(entry(0x010f, 2, 6, data));
    tiff.extend(entry(0x0112, 3, 1, 6));
    tiff.extend(entry(0x0131, 2, 6, data));
    tiff.extend(entry(0x8769, 4, 1, camera));
    tiff.extend(entry(0x8825, 4, 1, place));
    tiff.extend(0_u32.to_le_bytes());
    tiff.extend(2_u16.to_le_bytes());
    tiff.extend(entry(0x9003, 2, 20, data + 6));
    tiff.extend(entry(0x9011, 2, 7, data + 26));
    tiff.extend(0_u32.to_le_bytes());
    tiff.extend(4_u16.to_le_bytes());
    tiff.extend(entry(1, 2, 2, u32::from_le_bytes(*b"N\0\0\0")));
    tiff.extend(entry(2, 5, 3, data + 33));
    tiff.extend(entry(3, 2, 2, u32::from_le_bytes(*b"E\0\0\0")));
    tiff.extend(entry(4, 5, 3, data + 57));
    tiff.extend(0_u32.to_le_bytes());
    tiff.extend(b"Phone\x002026:03:05 09:30:00\x00+08:00\x00");
    for (n, d) in [(39_u32, 1_u32), (46, 1), (5736, 100), (98, 1), (17, 1), (3948, 100)] {
        tiff.extend(n.to_le_bytes());
        tiff.extend(d.to_le_bytes());
    }
    let length = u16::try_from(tiff.len() + 8).unwrap_or(u16::MAX);
    let mut out = jpeg.get(..2).unwrap_or_default().to_vec();
    out.extend([0xff, 0xe1]);
    out.extend(length.to_be_bytes());
    out.extend(b"Exif\0\0");
    out.extend(tiff);
    out.extend(jpeg.get(2..).unwrap_or_default());
    out
}

pub const MAPPINGS: &[&str] = &[
    "name = '12345'\ntimezone = '+08:00'\nblanks = ['无']\n[fields.title]\nfrom = '标题'\nrequired = true\nmax_len = 200\n\
     [fields.number]\nfrom = ['编号', '案卷号']\nunique = true\n[fields.at]\nfrom = '上报时间'\nkind = 'instant'\n\
     format = ['%Y-%m-%d %H:%M', '%Y/%m/%d']\n",
    "[fields.lng]\nfrom = '经度'\nkind = 'longitude'\n[fields.lat]\nfrom = '纬度'\nkind = 'latitude'\n[fields.state]\nfrom = '状态'\n\
     values = { '已办' = 'closed', '在办' = 'open' }\ndefault = 'open'\n",
];

/// A token as an identity provider would sign it, with a signature of nobody's.
pub fn token(header: &str, claims: &str) -> Vec<u8> {
    let part = |text: &str| URL_SAFE_NO_PAD.encode(text);
    format!("{}.{}.{}", part(header), part(claims), URL_SAFE_NO_PAD.encode([7_u8; 64])).into_bytes()
}

pub const JWKS: &str = r#"{"keys":[{"kty":"EC","crv":"P-256","kid":"1","use":"sig","alg":"ES256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]}"#;

pub const PACKS: &[&str] = &[
    r#"{"format":"chuangcheng-score-pack","version":1,"number":"PK-2026-0001","city":"620200","made_at":"2026-11-30T10:00:00+08:00","method":["point = 1 - lost"],
"scheme":{"number":"SC-0001","name":"体系","edition":1,"observed_way":"实地考察","missing":"left-out","nodes":[
{"code":"Ⅰ-1","name":"环境","parent":null,"kind":"normal","veto":null,"parts":[],"observed":[]},
{"code":"Ⅲ-1","name":"公益广告","parent":"Ⅰ-1","kind":"normal","veto":null,"parts":[{"way":"实地考察","points":"8","rule":"按次平均 > 平均(1)"}],"observed":["公益广告"]},
{"code":"否-1","name":"事故","parent":null,"kind":"veto","veto":{"minus":"3"},"parts":[{"way":"实地考察","points":"1","rule":"符合率"}],"observed":[]}]},
"rounds":[{"number":"AR-000001","name":"一季度","file_sha256":"","occasion":1,"period":3,
"names":[{"kind":"item","code":"1","name":"公益广告"},{"kind":"street","code":"","name":"胜利街道"},{"kind":"unit","code":"","name":"城管局"}],
"said":[{"kind":"item","text":"公益宣传","name":"公益广告"},{"kind":"unit","text":"市容局","name":null}],
"verdicts":[{"row":3,"counts":false,"reason":"重复"}],
"corrections":[{"row":2,"lost":"0.1"}],
"rows":[{"row":2,"serial":"1","item":"公益广告12","sub_item":"","point":"甲点","lost":"0.25","given":"0.75","street":"胜利街道","units":["城管局","市容局"]},
{"row":3,"serial":"2","item":"公益宣传","sub_item":"2","point":"乙点","lost":"","given":"1","street":"","units":[]}]}],
"figures":{"AR-000001/score":"0.75"},
"seal":{"hashes":{"head":"","scheme":"","rounds":[{"number":"AR-000001","head":"","rows":["",""]}],"figures":""},"alg":"ES256","kid":"","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0","signature":""}}"#,
];

pub const FORM: &str = "application/x-www-form-urlencoded";
pub const SENT: &[&str] = &[
    "service_code=event-06010&lat=39.765&long=98.265&description=%E5%9E%83%E5%9C%BE&phone=13912345678&email=a%40example.cn&first_name=%E4%B8%89",
    "service_code=other&address_string=%E6%96%B0%E5%8D%8E%E8%B7%AF&description=x&attribute%5Burgent%5D=true&attribute%5Bexternal_id%5D=X-1",
    "service_request_id=CASE-2026-000001&update_id=u-1&description=still&status=OPEN&updated_datetime=2026-03-05T09:30:00%2B08:00",
];
pub const SENT_WORDS: &[&str] = &[
    "&lat=",
    "&long=",
    "&address_id=S-0001",
    "&media_url=",
    "&attribute[condition]=",
    "&attribute[",
    "&service_code=",
    "&status=",
    "&updated_datetime=",
    "&api_key=",
    "&jurisdiction_id=",
    "%00",
    "%ff",
];
pub const ASKED: &[&str] = &[
    "/open311/v2/requests.json?service_code=event-06010,other&start_date=2026-01-01&end_date=2026-03-01&status=open&page=2&per_page=10",
    "/open311/v2/requests.xml?bbox=98.2,39.7,98.3,39.8&extensions=true&lat=39.76&long=98.26&radius=500",
    "/open311/v2/servicerequestupdates.xml?start_date=2026-03-01T00:00:00Z&after=0.5-1.2",
    "/ogc/collections/cases/items?f=json&bbox=98,39,99,40&datetime=2026-01-01/..&limit=10&crs=http://www.opengis.net/def/crs/EPSG/0/4490",
    "/public/cases?q=%E8%B7%AF%E7%81%AF&state=open&after=1772674200000000.42",
    "/search?q=%E6%96%B0%E5%8D%8E%E8%B7%AF",
    "/feeds/cases.atom?division=620201001",
];
pub const REPORT: &[&str] = &[
    r#"{"description":"路灯不亮","address":"新华中路","lng":98.265,"lat":39.765,"crs":"gcj02","kind":"event-06010","accuracy_m":12.5,"reporter":"张三","phone":"13912345678"}"#,
];
pub const MOVES: &[&str] = &[
    r#"{"move":"acceptance","item":"event-06010","condition":"","lead":"U-0002","assisting":["U-0001"],"note":"尽快"}"#,
    r#"{"move":"refusal","reason":"不属于"}"#,
    r#"{"move":"merger","into":"CASE-2026-000001"}"#,
    r#"{"move":"split","title_1":"a","item_1":"event-06010","unit_1":"U-0002"}"#,
];
pub const HOOKS: &[&str] = &[
    r#"{"name":"对方系统","url":"https://receiver.example.cn/in","kinds":["case.reported"],"units":["U-0002"],"divisions":["620201001"]}"#,
];
pub const JSON_WORDS: &[&str] = &[
    "null",
    "[]",
    "{}",
    "\":\"",
    "\",\"",
    "1e999",
    "\\ud800",
    "true",
    "[[[[",
    "\"move\":",
    "\"answer_by\":",
    "\"until\":",
];

/// A part of each kind: texts and a picture.
pub fn parts() -> Vec<Vec<u8>> {
    let picture = &pictures()[1];
    let mut body = Vec::new();
    for (name, value) in
        [("service_code", "other"), ("address_string", "新华中路"), ("description", "井盖松动")]
    {
        body.extend(
            format!("--x\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes(),
        );
    }
    body.extend(b"--x\r\ncontent-disposition: form-data; name=\"media\"; filename=\"a.png\"\r\ncontent-type: image/png\r\n\r\n");
    body.extend(picture);
    body.extend(b"\r\n--x--\r\n");
    vec![body]
}

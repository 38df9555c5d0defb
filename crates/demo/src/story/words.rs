//! Sentences: what people write, what units answer, what officials note.

use super::types::Source;
use crate::dice::Dice;
use crate::pictures::Problem;

const SHOPS: [&str; 14] = [
    "小超市",
    "五金店",
    "水果店",
    "面馆",
    "理发店",
    "烟酒店",
    "早餐店",
    "快递站",
    "汽修店",
    "花店",
    "药店门口的小店",
    "菜店",
    "烧烤店",
    "手机店",
];

const OPENERS: [&str; 16] = [
    "",
    "",
    "",
    "",
    "您好，",
    "反映一下，",
    "今天路过，",
    "早上上班时看到，",
    "晚上散步发现，",
    "接孩子时看到，",
    "建议看看，",
    "麻烦处理一下，",
    "连着几天了，",
    "住在附近，",
    "刚拍的，",
    "又来反映，",
];

const ASKS: [&str; 12] = [
    "",
    "",
    "",
    "",
    "请尽快处理",
    "希望有人管管",
    "麻烦安排清理",
    "请派人看看",
    "盼回复",
    "谢谢",
    "请相关部门整改",
    "辛苦了",
];

const MORE: [&str; 10] = [
    "附近住的老人多，出门都要绕一大圈，上次雨天还有人差点摔倒",
    "之前也打过电话，当天处理了，没过几天又变成老样子，希望能有个长效的办法",
    "我们小区群里好几位邻居都提过这件事，大家都希望城市越来越好，也愿意配合",
    "孩子每天上学都要从这里过，早晚高峰人特别多，看着实在不放心",
    "旁边就是公交站，外地游客也多，影响咱们文明城市的形象",
    "照片是今天拍的，远近各一张，位置就在照片里的灯杆旁边",
    "如果一时处理不完，能不能先放个警示牌，提醒一下过路的人",
    "希望处理完以后能给个回话，也好让大家知道",
    "听说这里归好几个单位管，恳请明确一下由谁负责，不要来回推",
    "最近风大，再不处理恐怕会更严重",
];

/// What harm it does.
fn harms(problem: Problem) -> &'static [&'static str] {
    match problem {
        Problem::Rubbish | Problem::Bin => {
            &["味道很大", "影响环境卫生", "风一吹到处都是", "招蚊蝇", "走路都要绕开"]
        }
        Problem::Stickers | Problem::AdBoard => &["很不美观", "影响市容", "看着很乱", "有掉落的危险"],
        Problem::Stall | Problem::Clutter => {
            &["行人没法走", "人只能走到车道上", "堵得厉害", "老人推车过不去"]
        }
        Problem::Paving | Problem::Cover => {
            &["容易绊倒人", "骑车经过很危险", "晚上看不见，很危险", "已经有人崴了脚"]
        }
        Problem::Bikes | Problem::Cars => &["盲道被占", "通行困难", "婴儿车推不过去", "有安全隐患"],
        Problem::Puddle => &["又滑又脏", "鞋都湿了", "天冷会结冰", "气味难闻"],
        Problem::Dust | Problem::Smoke => &["不敢开窗", "呛得慌", "嗓子难受", "衣服都落一层灰"],
        Problem::Snow => &["走路打滑", "已经有人摔倒", "老人不敢出门"],
        Problem::Lamp => &["晚上黑漆漆的", "影响通行安全", "过马路不放心"],
        Problem::Wire => &["怕刮到人", "有安全隐患", "孩子会去拽"],
        Problem::Laundry => &["影响市容", "低头才能过去"],
        Problem::Green => &["看着很可惜", "影响观感", "越来越秃"],
        Problem::Generic => &["影响使用", "有安全隐患", "希望修好"],
    }
}

/// What the unit says it did.
pub(super) fn answer(dice: &mut Dice, problem: Problem) -> String {
    let list: &[&str] = match problem {
        Problem::Rubbish => &[
            "已安排人员清运，现场清扫干净",
            "垃圾已清走，地面已冲洗，并增加一次巡回保洁",
            "已清理完毕，装运{n}车次",
        ],
        Problem::Bin => {
            &["已清运并擦洗箱体，收运调整为每日{n}次", "已清空垃圾桶，周边地面已清扫", "已更换破损箱体"]
        }
        Problem::Stickers => &["已铲除小广告{n}处并覆涂", "墙面已清洗恢复", "已清理，并将号码移交处理"],
        Problem::Stall => &[
            "经劝导，摊主已将物品收回店内",
            "现场已规范，下发整改通知书，并纳入重点巡查",
            "摊点已引导至疏导点经营，地面已清理",
        ],
        Problem::Paving | Problem::Cover => &[
            "已更换破损面砖{n}块并夯实基层",
            "已修复并恢复通行",
            "井盖已更换，井圈已加固",
            "坑槽已挖补，碾压平整",
        ],
        Problem::Bikes => {
            &["车辆已摆放整齐，并补划停车线", "已清理归位{n}辆，通道恢复", "已通知运营单位转运，现场已恢复"]
        }
        Problem::Cars => &["违停车辆已驶离，依法处理{n}辆", "已通知车主挪车，通道畅通", "已拖移并设置隔离桩"],
        Problem::Puddle => &["已疏通排水并清扫积水", "管道已疏通，地面已冲洗", "已责令停止倾倒并冲洗路面"],
        Problem::Dust => {
            &["裸土已覆盖，出入口已增设冲洗", "已清扫洒水，责令工地落实降尘", "遗撒已清理，路面已冲洗"]
        }
        Problem::AdBoard => &["破损画面已更换", "已拆除违规广告牌{n}块", "店招已加固维修", "已扶正并加固"],
        Problem::Clutter => &["杂物已清走，通道恢复", "已组织清理，装运{n}车", "物主已自行搬离，现场已清扫"],
        Problem::Lamp => &["已更换光源，照明恢复", "线路故障已排除，全部亮灯", "控制器已检修，信号正常"],
        Problem::Snow => &["已清扫积雪并撒布融雪剂", "冰面已铲除，设置防滑垫", "已组织人员铲冰{m}0米"],
        Problem::Smoke => {
            &["明火已扑灭，现场已清理", "已劝导撤除炉具，地面油污已清洗", "已责令清洗油烟净化设施"]
        }
        Problem::Laundry => &["经劝导已收回，并设置公共晾晒点", "已收起并清理绳索"],
        Problem::Wire => &["线缆已固定，废线已剪除", "已抢修完毕，线缆归位", "悬挂物已摘除"],
        Problem::Green => &["绿地已清理，缺株已补植", "枯枝已修剪，树池已整理", "护栏已扶正加固，草坪已补种"],
        Problem::Generic => &["已维修恢复使用", "已更换损坏部件", "现场已处理完毕"],
    };
    let tail = *dice.pick(&["。", "。", "，请核查。", "。已加强日常巡查。"]);
    format!("{}{tail}", note(dice, list))
}

/// Puts numbers and shops into the slots.
fn fill(dice: &mut Dice, text: &str) -> String {
    text.replace("{n}", &dice.between(2, 9).to_string())
        .replace("{m}", &dice.between(3, 12).to_string())
        .replace("{shop}", SHOPS[dice.below(SHOPS.len())])
}

/// The report's text.
pub(super) fn report(
    dice: &mut Dice,
    source: Source,
    place: &str,
    says: &str,
    problem: Problem,
    hour: i64,
) -> String {
    let fact = format!("{place}{}", fill(dice, says));
    let mut harm = *dice.pick(harms(problem));
    // not the same thing twice
    while ["蝇", "风", "味", "滑", "摔", "人行道", "车道"]
        .iter()
        .any(|w| says.contains(w) && harm.contains(w))
    {
        harm = *dice.pick(harms(problem));
    }
    let text = match source {
        Source::Snapshot => {
            let mut parts = vec![fact];
            if dice.chance(0.62) {
                parts.push(harm.to_owned());
            }
            let ask = *dice.pick(&ASKS);
            if !ask.is_empty() {
                parts.push(ask.to_owned());
            }
            let opener = match *dice.pick(&OPENERS) {
                early if early.starts_with("早上") && !(6..10).contains(&hour) => "",
                late if late.starts_with("晚上") && hour < 19 => "",
                school
                    if school.starts_with("接孩子")
                        && !(11..13).contains(&hour)
                        && !(16..19).contains(&hour) =>
                {
                    ""
                }
                any => any,
            };
            format!("{opener}{}{}", parts.join("，"), dice.pick(&["。", "。", "", "！"]))
        }
        Source::Hotline => {
            let who =
                *dice.pick(&["市民来电反映：", "来电人称", "一位居民反映，", "来电人（要求保密）反映："]);
            let wish = *dice.pick(&["希望尽快处理", "要求核实处理", "希望给予答复", "建议加强管理"]);
            format!("{who}{fact}，{harm}，{wish}。")
        }
        Source::Inspector => match dice.below(4) {
            0 => format!("督查发现：{fact}。"),
            1 => format!("{fact}，{harm}。"),
            2 => format!("{fact}，现场无人管理。"),
            _ => format!("{fact}。"),
        },
        Source::Staff => format!("实地走访时发现{fact}，{harm}，请责任单位限时整改。"),
        Source::Patrol => {
            let tail =
                *dice.pick(&["已拍照上报", "已现场劝导，仍需处置", "超出本单位处置范围，转请处理", ""]);
            let comma = if tail.is_empty() { "" } else { "，" };
            format!("包街巡查：{fact}{comma}{tail}。")
        }
    };
    lengthen(dice, source, text)
}

/// Makes one in thirty long, and none too short.
fn lengthen(dice: &mut Dice, source: Source, mut text: String) -> String {
    let told = matches!(source, Source::Snapshot | Source::Hotline);
    let more = if told && dice.chance(0.055) { dice.between(2, 4) } else { 0 };
    let mut said: Vec<&str> = Vec::new();
    for _ in 0..more {
        let next = *dice.pick(&MORE);
        if !said.contains(&next) {
            said.push(next);
        }
    }
    if !said.is_empty() {
        let stop = if text.ends_with(['。', '！']) { "" } else { "。" };
        text = format!("{text}{stop}{}。", said.join("。"));
    }
    if text.chars().count() < 12 { format!("{text}请尽快安排处理。") } else { text }
}

/// For the rest of the catalogue: what is the matter with a thing of this name and class.
pub(super) fn about(dice: &mut Dice, name: &str, major: &str) -> String {
    let bare = name.trim_end_matches("SOS").trim_end_matches("异常");
    let fault = if major < "06" {
        *dice.pick(&["破损", "缺失", "倾斜松动", "污损严重", "无法正常使用", "存在安全隐患"])
    } else {
        *dice.pick(&["问题突出", "现象又出现了", "情况没有改善", "问题多日未处理"])
    };
    format!("{bare}{fault}")
}

/// One of a list of notes.
pub(super) fn note(dice: &mut Dice, list: &[&str]) -> String {
    let text = *dice.pick(list);
    fill(dice, text)
}

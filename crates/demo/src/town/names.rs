//! Word lists from which every invented name is put together. No name of a real person or company is in them.

use crate::dice::Dice;

/// Names for main roads.
pub(super) const MAIN: [&str; 8] = ["雄关", "迎宾", "新华", "胜利", "长城", "人民", "建设", "和平"];

/// Names for secondary and branch roads.
pub(super) const SECONDARY: [&str; 16] = [
    "祁连", "文化", "体育", "友谊", "五一", "兴业", "昌盛", "朝阳", "阳关", "玉泉", "明珠", "安康", "育才",
    "绿洲", "酒泉", "大众",
];

/// Names for the slanting street.
pub(super) const SLANT: [&str; 4] = ["丝路", "驿道", "驼铃", "烽燧"];

/// Names for roads among the works.
pub(super) const WORKS: [&str; 6] = ["钢花", "星火", "工矿", "产业", "炉台", "铁道"];

/// Names for lanes.
pub(super) const LANES: [&str; 10] =
    ["福民", "利民", "杨柳", "槐荫", "沙枣", "红柳", "水塔", "邮电", "粮库", "戏楼"];

/// First words of invented places: plants, weather and animals of the dry country.
pub(super) const DESERT: [&str; 28] = [
    "胡杨",
    "红柳",
    "沙枣",
    "骆驼刺",
    "芨芨草",
    "白杨",
    "云杉",
    "沙棘",
    "锁阳",
    "梭梭",
    "雪莲",
    "晨沙",
    "星野",
    "朔风",
    "云驼",
    "青麦",
    "雪水",
    "霞光",
    "明泉",
    "碧湖",
    "金穗",
    "春晖",
    "鹿鸣",
    "清渠",
    "石榴",
    "葵园",
    "杏林",
    "枣园",
];

/// Last words of housing estates.
pub(super) const ESTATES: [&str; 10] =
    ["小区", "家园", "花园", "雅苑", "新村", "佳苑", "公寓", "庭院", "里", "苑"];

const SURNAMES: [&str; 30] = [
    "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "马", "朱", "胡", "郭", "何",
    "高", "林", "罗", "郑", "梁", "谢", "宋", "唐", "许", "韩", "冯", "邓", "曹",
];

const GIVEN: [&str; 40] = [
    "知远", "望舒", "行舟", "青禾", "晓禾", "念安", "听泉", "守拙", "怀瑾", "沐阳", "若谷", "临风", "既明",
    "思源", "映雪", "秋石", "春野", "乐山", "问渠", "砚秋", "素心", "长庚", "牧云", "疏桐", "澄江", "远舟",
    "朴真", "静渊", "南枝", "溪亭", "麦冬", "半夏", "云起", "星河", "拾穗", "向榆", "予安", "若水", "闻溪",
    "松原",
];

/// An invented person.
pub(crate) fn person(dice: &mut Dice) -> String {
    format!("{}{}", dice.pick(&SURNAMES), dice.pick(&GIVEN))
}

/// A telephone number nobody holds, by its sequence.
pub(crate) fn phone(sequence: usize) -> String {
    format!("1900000{:04}", sequence % 10_000)
}

/// A supply of names that never gives one twice.
pub(super) struct Supply {
    words: Vec<&'static str>,
}

impl Supply {
    /// Shuffles a list.
    pub(super) fn new(dice: &mut Dice, words: &[&'static str]) -> Self {
        let mut words = words.to_vec();
        dice.shuffle(&mut words);
        Self { words }
    }

    /// The next word with a suffix.
    pub(super) fn next(&mut self, suffix: &str) -> String {
        format!("{}{suffix}", self.words.pop().unwrap_or("演示"))
    }
}

//! What the city decides about surveys.

use ::store::settings::Setting;

/// 调查对象: groups of people who are asked, in the city's words.
pub const AUDIENCES: Setting<Vec<String>> = Setting::new("survey-audiences", || {
    ["市民", "未成年人", "教师", "单位职工", "驻军官兵"].map(str::to_owned).into()
});

/// Most groups.
pub const MOST_AUDIENCES: usize = 20;

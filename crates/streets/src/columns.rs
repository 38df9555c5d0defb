//! The columns of the file we write and read. Exports title them with the text `label-<name>`; imports know both languages'
//! titles and what other people call them.

pub(crate) use sheets::Heading as Column;

const fn column(name: &'static str, also: &'static [&'static str]) -> Column {
    Column::new(name, also)
}

pub(crate) const NUMBER: Column = column("adoption_number", &["包街编号", "adoption", "number"]);
pub(crate) const SECTION: Column =
    column("adoption_section", &["路段编号", "section", "section number", "section_number"]);
pub(crate) const STREET: Column = column("street", &["道路名称", "道路", "路名", "街道名称", "包帮路段"]);
pub(crate) const CROSSING_FROM: Column = column("from_crossing", &["起点路口", "from crossing", "起点"]);
pub(crate) const CROSSING_TO: Column = column("to_crossing", &["终点路口", "to crossing", "终点"]);
pub(crate) const FROM_M: Column = column("adoption_from_m", &["起点（米）", "from (m)", "from_m", "起"]);
pub(crate) const TO_M: Column = column("adoption_to_m", &["终点（米）", "to (m)", "to_m", "止"]);
pub(crate) const UNIT_CODE: Column = column("adoption_unit_code", &["单位编号", "unit code", "unit_code"]);
pub(crate) const UNIT: Column =
    column("adoption_unit", &["包街单位", "adopting unit", "unit", "责任单位", "包帮单位", "单位"]);
pub(crate) const LEADER: Column =
    column("adoption_leader", &["责任人", "leader", "街长", "包街领导", "负责人"]);
pub(crate) const PHONE: Column = column("adoption_phone", &["联系电话", "telephone", "phone", "电话"]);
pub(crate) const PUBLIC_PHONE: Column =
    column("adoption_public_phone", &["公开电话", "telephone is public", "public_phone"]);
pub(crate) const STANDARD: Column = column("adoption_standard", &["标准", "standard"]);
pub(crate) const FROM: Column = column("adoption_from", &["开始日期", "from date", "from_date", "包街开始"]);
pub(crate) const UNTIL: Column =
    column("adoption_until", &["结束日期", "until date", "until_date", "包街结束"]);
pub(crate) const SHARED: Column = column("adoption_shared", &["共管原因", "reason for sharing", "shared"]);

/// What an export holds, in this order.
pub(crate) const ALL: &[Column] = &[
    NUMBER,
    SECTION,
    STREET,
    CROSSING_FROM,
    CROSSING_TO,
    FROM_M,
    TO_M,
    UNIT_CODE,
    UNIT,
    LEADER,
    PHONE,
    PUBLIC_PHONE,
    STANDARD,
    FROM,
    UNTIL,
    SHARED,
];

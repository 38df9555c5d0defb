//! The columns of the files we write and read. Each has one name in forms, exports and imports; exports title it with the
//! text `label-<name>`, and imports know both languages' titles and what other people call it.

pub(crate) use sheets::Heading as Column;

const fn column(name: &'static str, also: &'static [&'static str]) -> Column {
    Column::new(name, also)
}

pub(crate) const NUMBER: Column = column("place_number", &["编号", "number"]);
pub(crate) const CODE: Column =
    column("place_code", &["原编号", "own code", "code", "代码", "区划代码", "网格编码", "adcode", "id"]);
pub(crate) const NAME: Column = column("place_name", &["名称", "name", "点位名称", "title"]);
pub(crate) const LEVEL: Column = column("place_level", &["级别", "level", "层级"]);
pub(crate) const PARENT: Column =
    column("place_parent", &["上级代码", "code of the parent", "parent", "上级", "parent_code"]);
pub(crate) const STREET: Column = column("street", &["道路名称", "道路", "路名", "street_name", "road"]);
pub(crate) const FROM: Column = column("from_crossing", &["起点路口", "from crossing", "起点", "from"]);
pub(crate) const TO: Column = column("to_crossing", &["终点路口", "to crossing", "终点", "to"]);
pub(crate) const CLASS: Column = column("road_class", &["道路等级", "class of road", "class", "等级"]);
pub(crate) const LENGTH: Column = column("section_length", &["长度（米）", "length (m)"]);
pub(crate) const ACCURACY: Column =
    column("place_accuracy", &["位置误差（米）", "accuracy (m)", "accuracy_m", "accuracy"]);
pub(crate) const VALID_FROM: Column = column("valid_from", &["启用日期", "in use from"]);
pub(crate) const VALID_UNTIL: Column = column("valid_until", &["停用日期", "retired on"]);
pub(crate) const GEOMETRY: Column =
    column("geometry", &["坐标", "coordinates", "几何", "geom", "wkt", "line"]);
pub(crate) const TYPE: Column =
    column("place_type", &["点位类型", "type of site", "type", "类型", "类别", "type_code", "kind"]);
pub(crate) const LNG: Column = column("place_lng", &["经度", "longitude", "lng", "lon", "x"]);
pub(crate) const LAT: Column = column("place_lat", &["纬度", "latitude", "lat", "y"]);
pub(crate) const ADDRESS: Column = column("place_address", &["地址", "address", "详细地址"]);
pub(crate) const DIVISION: Column = column("place_division", &["所属区划", "division", "所属街道社区"]);
pub(crate) const SECTION: Column = column("place_section", &["所在路段", "section"]);
pub(crate) const UNIT: Column = column("place_unit", &["责任单位", "responsible unit", "主管单位", "unit"]);

/// What an export of sections holds, in this order.
pub(crate) const SECTIONS: &[Column] =
    &[NUMBER, CODE, STREET, FROM, TO, CLASS, LENGTH, ACCURACY, DIVISION, VALID_FROM, VALID_UNTIL, GEOMETRY];
/// What an export of sites holds.
pub(crate) const SITES: &[Column] =
    &[NUMBER, CODE, NAME, TYPE, LNG, LAT, ACCURACY, ADDRESS, SECTION, DIVISION, UNIT];
/// What an export of divisions holds.
pub(crate) const DIVISIONS: &[Column] = &[CODE, NAME, LEVEL, PARENT, UNIT, GEOMETRY];

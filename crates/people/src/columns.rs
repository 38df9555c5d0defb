//! The columns of the files of units and of identities that we write and read. Exports title them with the text `unit-column-<…>`; imports
//! know both languages' titles and what other people call them.

use sheets::Heading;

pub(crate) const CODE: Heading = Heading::new("unit_code", &["编号", "number", "code", "单位编号"]);
pub(crate) const NAME: Heading = Heading::new("unit_name", &["名称", "name", "单位名称", "单位", "全称"]);
pub(crate) const SHORT_NAME: Heading = Heading::new("unit_short_name", &["简称", "short name", "short_name"]);
pub(crate) const KIND: Heading = Heading::new("unit_kind", &["类别", "kind", "单位类别", "类型", "性质"]);
pub(crate) const ABOVE: Heading =
    Heading::new("unit_above", &["上级编号", "number of the unit above", "parent", "parent_code"]);
pub(crate) const ABOVE_NAME: Heading =
    Heading::new("unit_parent", &["上级单位", "unit above", "上级", "主管单位", "主管部门", "parent_name"]);
pub(crate) const CREDIT_CODE: Heading = Heading::new(
    "credit_code",
    &["统一社会信用代码", "unified social credit code", "信用代码", "社会信用代码"],
);
pub(crate) const CONTACT: Heading =
    Heading::new("contact_name", &["联系人", "contact", "负责人", "责任人", "leader"]);
pub(crate) const PHONE: Heading =
    Heading::new("contact_phone", &["联系电话", "telephone", "phone", "电话", "手机"]);
pub(crate) const STATE: Heading = Heading::new("unit_state", &["状态", "state"]);
pub(crate) const INTO: Heading = Heading::new("unit_into", &["并入单位编号", "merged into", "merged_into"]);

/// Whose account an identity is linked to, in the file of identities.
pub(crate) const LOGIN: Heading = Heading::new("login", &["登录名", "login", "账户", "account"]);
/// Who they are at the identity provider.
pub(crate) const SUBJECT: Heading = Heading::new(
    "identity_subject",
    &["统一身份认证里的名字", "name at the identity provider", "identity", "subject", "工号", "staff number"],
);

/// What an export of units holds, in this order, with the ending of each title's key.
pub(crate) const ALL: [(&Heading, &str); 11] = [
    (&CODE, "code"),
    (&NAME, "name"),
    (&SHORT_NAME, "short-name"),
    (&KIND, "kind"),
    (&ABOVE, "above"),
    (&ABOVE_NAME, "above-name"),
    (&CREDIT_CODE, "credit-code"),
    (&CONTACT, "contact"),
    (&PHONE, "phone"),
    (&STATE, "state"),
    (&INTO, "merged-into"),
];

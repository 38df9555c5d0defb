//! 对外提供、委托处理登记: to whom the city gives personal data, and who handles them for it (个人信息保护法 art. 21, 23, 55, 56;
//! 网络数据安全管理条例 art. 12: records are kept for three years at least).
//!
//! The office proposes, with what it rests on and the record of the impact assessment; a leader consents or declines; when it is over
//! the office writes down what became of the data. Nothing is given away by this register: it is what an inspection asks for.

pub mod commands;
pub mod model;
pub mod queries;
pub(crate) mod store;
pub mod workflow;

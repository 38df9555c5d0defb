//! 个人信息请求: somebody asks to see, to have put right or to have erased what the city holds of them (个人信息保护法 art. 45, 46, 47).
//!
//! The office records the request and how it made sure who asks, sees what is held of the telephone number, and answers, or refuses
//! with the reason (art. 50). Erasing before its time needs the leader's consent besides: it cannot be taken back. The deadline is the
//! city's own setting in working days; the law says "in good time".

pub mod commands;
pub mod model;
pub mod queries;
pub(crate) mod store;
pub mod workflow;

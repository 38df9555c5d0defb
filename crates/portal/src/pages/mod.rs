//! Pages, one resource a file.

pub(crate) mod home;
pub(crate) mod legal;
pub(crate) mod office;
pub(crate) mod self_check;
pub(crate) mod storage;
pub(crate) mod suggestions;

//! Stories of assessments, each told on both engines.

#[cfg(test)]
mod stories {
    mod desk;
    mod pages;
    mod policy;
    mod rounds;
    mod schemes;
}

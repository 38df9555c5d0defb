//! Stories of assessments, each told on both engines.

#[cfg(test)]
mod stories {
    mod appeals;
    mod desk;
    mod negative;
    mod packs;
    mod pages;
    mod policy;
    mod rounds;
    mod schemes;
}

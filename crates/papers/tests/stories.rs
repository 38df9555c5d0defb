//! Documents read back by other programs.

#[cfg(test)]
mod stories {
    mod papers;
}

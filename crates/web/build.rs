//! The front end is built by `make`; without it the program still compiles and serves plain pages.
fn main() {
    let dist = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/dist");
    let _ = std::fs::create_dir_all(&dist);
    println!("cargo:rerun-if-changed={}", dist.join(".vite/manifest.json").display());
}

//! The theme is embedded in the binary: a new, changed or deleted file of it makes a new binary.

fn main() {
    println!("cargo::rerun-if-changed=templates");
    println!("cargo::rerun-if-changed=static");
}

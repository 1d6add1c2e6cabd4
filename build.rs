//! Builds the program anew when the built-in theme changes, which is embedded in it.

fn main() {
    println!("cargo:rerun-if-changed=themes/default");
}

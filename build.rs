//! Builds the program anew when what is embedded in it changes: the built-in theme and the starter files.

fn main() {
    println!("cargo:rerun-if-changed=themes/default");
    println!("cargo:rerun-if-changed=src/scaffold/starter");
}

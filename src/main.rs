//! The `alliance` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    alliance::cli::main()
}

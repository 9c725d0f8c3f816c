//! The command line described: examples below each verb's help, completions for shells, a manual page, and docs/commands.md.

use clap::{Args, Command, CommandFactory};
use clap_complete::Shell;

use super::{Cli, Failure, print};

/// What `completions` takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The shell: bash, elvish, fish, powershell or zsh
    #[arg(value_enum, hide_possible_values = true)]
    shell: Shell,
}

/// Examples of each verb, as they can be typed in the program's folder.
const EXAMPLES: [(&str, &[&str]); 18] = [
    (
        "run",
        &[
            "alliance run scenarios/two-force.toml",
            "alliance run scenarios/two-force.toml --set 'alliance.\"Strategic alliance\".slip=1.2'",
            "alliance run scenarios/two-force.toml --until 0.5% --trials 1000000",
        ],
    ),
    ("check", &["alliance check scenarios/*.toml", "alliance check --resolved scenarios/two-force.toml"]),
    ("outcomes", &["alliance outcomes scenarios/two-force.toml --find reserves"]),
    ("forces", &["alliance forces --near Dorset", "alliance forces --format csv"]),
    (
        "new",
        &[
            "alliance new --forces 'Bedfordshire, Hertfordshire' --out ours.toml",
            "alliance new merger --out my-merger.toml",
            "alliance new two-force --xlsx",
        ],
    ),
    ("import", &["alliance import two-force.xlsx"]),
    ("compare", &["alliance compare scenarios/two-force.toml scenarios/lead-force.toml"]),
    (
        "what-if",
        &[
            "alliance what-if scenarios/what-ifs/half-the-savings.toml",
            "alliance what-if scenarios/two-force.toml --sweep economy.pay_share=0.7..0.8:3 --measure npv",
        ],
    ),
    (
        "explain",
        &[
            "alliance explain scenarios/two-force.toml",
            "alliance explain scenarios/two-force.toml --outcome force.Dorset.floor_breached",
        ],
    ),
    ("discover", &["alliance discover scenarios/two-force.toml --fail 'npv < 0'"]),
    ("shares", &["alliance shares scenarios/three-force.toml"]),
    ("optimise", &["alliance optimise scenarios/two-force.toml --percentile 10"]),
    ("assumptions", &["alliance assumptions scenarios/two-force.toml"]),
    (
        "track",
        &[
            "alliance track scenarios/two-force.toml --actuals scenarios/actuals/two-force.csv --as-of 2016-07",
            "alliance track scenarios/two-force.toml",
        ],
    ),
    ("report", &["alliance report scenarios/two-force.toml"]),
    (
        "page",
        &[
            "alliance page scenarios/two-force.toml",
            "alliance page scenarios/two-force.toml scenarios/lead-force.toml --out board.html",
        ],
    ),
    ("shard", &["alliance shard scenarios/five-force.toml --part 3/64"]),
    ("replay", &["alliance replay output/my-run"]),
];

/// The command line with its examples.
pub(super) fn command() -> Command {
    EXAMPLES.iter().fold(Cli::command(), |whole, (verb, lines)| {
        let told = format!("Examples:\n  {}", lines.join("\n  "));
        whole.mut_subcommand(verb, |own| own.after_help(told))
    })
}

/// Prints the completions of a shell.
pub(super) fn completions(arguments: &Arguments) -> Result<(), Failure> {
    let mut text = Vec::new();
    clap_complete::generate(arguments.shell, &mut command(), "alliance", &mut text);
    print(&String::from_utf8_lossy(&text))
}

/// Prints the manual page, as `man` reads it.
pub(super) fn manual() -> Result<(), Failure> {
    let mut text = Vec::new();
    let failed = |error| Failure::io("the manual could not be written", error);
    clap_mangen::Man::new(command()).render(&mut text).map_err(failed)?;
    for own in command().get_subcommands().filter(|own| !own.is_hide_set()) {
        let name = format!("alliance {}", own.get_name());
        let own = own.clone().display_name(name);
        let page = clap_mangen::Man::new(own);
        let sections = [clap_mangen::Man::render_name_section, clap_mangen::Man::render_options_section];
        sections.iter().try_for_each(|section| section(&page, &mut text)).map_err(failed)?;
    }
    print(&String::from_utf8_lossy(&text))
}

#[cfg(test)]
mod tests {
    use super::command;

    /// `docs/commands.md`: the help of every verb.
    fn page() -> String {
        let mut text = "# Commands\n\nEvery command and option of `alliance`, as `alliance help COMMAND` prints them. Made from the program itself: \
                        `ALLIANCE_COMMANDS=write cargo test --release --lib` writes it anew.\n"
            .to_owned();
        let mut whole = command().term_width(110);
        whole.build();
        for own in whole.get_subcommands().filter(|own| own.get_name() != "help") {
            let help = own.clone().term_width(110).render_long_help().to_string();
            let lines: Vec<&str> = help.lines().map(str::trim_end).collect();
            text += &format!("\n## {}\n\n```text\n{}\n```\n", own.get_name(), lines.join("\n").trim_end());
        }
        text
    }

    #[test]
    fn the_page_of_commands_is_the_help_of_the_program() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/commands.md");
        if std::env::var_os("ALLIANCE_COMMANDS").is_some() {
            std::fs::write(path, page()).expect("docs/ can be written");
        }
        let there = std::fs::read_to_string(path).expect("docs/commands.md is there");
        assert!(there == page(), "docs/commands.md is not the help of the program: write it anew");
    }
}

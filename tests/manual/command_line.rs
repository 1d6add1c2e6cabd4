//! `docs/command-line.md`: what the program says of its own commands.

use std::process::Command;

use crate::document::{hold, read};

#[test]
fn commands_are_described_as_the_program_describes_them() {
    let commands = commands();
    let mut wanted: Vec<String> = commands.iter().map(|command| format!("help {command}")).collect();
    wanted.push("help".to_owned());
    hold("docs/command-line.md", &wanted, |name| {
        let command = name.strip_prefix("help")?.trim();
        if !command.is_empty() && !commands.iter().any(|known| known == command) {
            return Some("This version of the program does not have it yet.\n".to_owned());
        }
        Some(format!("```text\n{}```\n", help(command)))
    });
}

#[test]
fn each_command_has_a_section_of_its_own() {
    let document = read("docs/command-line.md");
    for command in commands() {
        assert!(document.text.contains(&format!("\n## {command}\n")), "docs/command-line.md: no section `{command}`");
    }
}

/// Gives the commands that the program has.
fn commands() -> Vec<String> {
    let help = help("");
    let lines = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let first = |line: &str| line.split_whitespace().next().map(str::to_owned);
    lines.filter_map(first).collect()
}

fn help(command: &str) -> String {
    let arguments = [command, "--help"].into_iter().filter(|word| !word.is_empty());
    let output = Command::new(env!("CARGO_BIN_EXE_pledgebook")).args(arguments).output().unwrap();
    assert!(output.status.success(), "`pledgebook {command} --help` fails");
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

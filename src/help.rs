//! Help as it reads where nothing narrows or colours it, made from the command line's
//! definition by `crate::generate`: to lay it out takes longer than a look-up.

use std::ffi::OsString;

/// The commands with their help; the first is the tool itself.
pub const TEXTS: [(&str, &str); 10] = [
    ("orgerr", include_str!("../docs/help/orgerr.txt")),
    ("show", include_str!("../docs/help/show.txt")),
    ("fix", include_str!("../docs/help/fix.txt")),
    ("search", include_str!("../docs/help/search.txt")),
    ("list", include_str!("../docs/help/list.txt")),
    ("status", include_str!("../docs/help/status.txt")),
    ("explain", include_str!("../docs/help/explain.txt")),
    ("catalog", include_str!("../docs/help/catalog.txt")),
    ("completions", include_str!("../docs/help/completions.txt")),
    ("man", include_str!("../docs/help/man.txt")),
];

/// The columns that the help above is at most wide.
pub const WIDTH: usize = 100;

/// The help that the arguments ask for, where they ask for nothing else.
pub fn asked_for(arguments: impl Iterator<Item = OsString>) -> Option<&'static str> {
    // One more than are looked at, so that a longer line is known as such.
    let arguments: Vec<_> = arguments.take(3).collect();
    let words: Option<Vec<_>> = arguments.iter().map(|word| word.to_str()).collect();
    let ((_, tool), commands) = TEXTS.split_first()?;
    let name = match words?[..] {
        ["--help" | "help"] => return Some(tool),
        ["help", name] | [name, "--help"] => name,
        _ => return None,
    };
    let of_command = commands.iter().find(|(command, _)| *command == name);
    of_command.map(|(_, text)| *text)
}

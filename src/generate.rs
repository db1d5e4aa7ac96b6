//! Makes the files that come from definitions in the code: the manual page, the help and
//! the completion scripts from that of the command line, the JSON Schema from the fields
//! of a catalog. They are committed, because the tool, packages and
//! readers need them as they are, and a test holds them in step:
//! `UPDATE_GENERATED=1 cargo test --bin orgerr generate` writes them anew.

use std::fs;
use std::io::{self, Write};

use clap::{Arg, Command, ValueEnum as _};
use clap_complete::env::Shells;
use clap_complete_nushell::Nushell;
use clap_mangen::roff::{Roff, bold, italic, roman};
use orgerr::Action;
use orgerr::catalog::{ENTRY_FIELDS, LONGEST_NAME, MOST_DIGITS, SEARCH_FIELDS, SERVICE_FIELDS};
use serde_json::{Map, Value, json};

use crate::cli::{self, Shell};
use crate::commands::{CATALOG_SCHEMA, MANUAL_PAGE, completion_script};
use crate::complete::VARIABLE;
use crate::help;

const NAME: &str = "orgerr";
/// The fields of a service that must be there, the first of all.
const REQUIRED_OF_SERVICE: usize = 5;

/// What the manual page begins with.
const DESCRIPTION: &str = "\
orgerr tells what an error code of Huawei Cloud's Organizations service means and how to fix it. \
It answers from a catalog that is compiled in: it needs no network and writes nothing but \
standard output and standard error.\n\n\
A code may be full (Organizations.1305) or bare digits (1305), in any case, and surrounded by \
quotes, brackets or commas.";

/// The exit codes.
const EXIT_CODES: [(&str, &str); 3] = [
    ("0", "Everything asked for was found."),
    (
        "1",
        "Nothing was found: an unknown code (the others are still printed), no match, no error in the input, a page that catalog import could not read whole.",
    ),
    (
        "2",
        "Usage error, unreadable file, invalid catalog, failed write.",
    ),
];

/// The environment variables.
const ENVIRONMENT: [(&str, &str); 6] = [
    ("ORGERR_CATALOG", "Catalogs to add, separated as in PATH."),
    (
        "CLICOLOR_FORCE",
        "Set and not 0: colour even where there is no terminal.",
    ),
    ("NO_COLOR", "Set and not empty: no colour."),
    ("CLICOLOR", "0: no colour."),
    (
        "COLUMNS",
        "The width to wrap at where the terminal does not tell its own.",
    ),
    (
        "ORGERR_PAGER, PAGER",
        "What long output on a terminal goes through; less -FRX unless set, nothing where empty or cat.",
    ),
];

/// Compares a file that was compiled in with what it should be, or writes it anew.
#[track_caller]
fn is_in_step(path: &str, compiled_in: &str, made: &str) {
    if std::env::var_os("UPDATE_GENERATED").is_some() {
        fs::write(format!("{}/{path}", env!("CARGO_MANIFEST_DIR")), made).unwrap();
        return;
    }
    assert!(
        compiled_in == made,
        "{path} is stale; run UPDATE_GENERATED=1 cargo test --bin orgerr generate"
    );
}

#[test]
fn the_manual_page_is_in_step() {
    let mut page = Vec::new();
    write_page(&mut page).unwrap();
    let page = String::from_utf8(page).unwrap();
    is_in_step("docs/orgerr.1", MANUAL_PAGE, &page);
}

#[test]
fn the_help_is_in_step() {
    for (name, text) in help::TEXTS {
        let command = Some(name).filter(|name| *name != NAME);
        let line = [NAME].into_iter().chain(command).chain(["--help"]);
        let definition = cli::definition().term_width(help::WIDTH);
        let printed = definition.try_get_matches_from(line).unwrap_err();
        let path = format!("docs/help/{name}.txt");
        is_in_step(&path, text, &printed.render().to_string());
    }
}

#[test]
fn every_command_has_its_help() {
    let definition = cli::definition();
    let commands = definition.get_subcommands().map(Command::get_name);
    let names: Vec<_> = help::TEXTS.iter().map(|(name, _)| *name).collect();
    assert_eq!(
        names,
        [NAME].into_iter().chain(commands).collect::<Vec<_>>()
    );
}

#[test]
fn the_completion_scripts_are_in_step() {
    for shell in Shell::value_variants() {
        let (path, script) = match shell {
            Shell::Bash => ("orgerr.bash", asking_script("bash")),
            Shell::Zsh => ("_orgerr", autoloadable(&asking_script("zsh"))),
            Shell::Fish => ("orgerr.fish", asking_script("fish")),
            Shell::Powershell => ("_orgerr.ps1", asking_script("powershell")),
            Shell::Elvish => ("orgerr.elv", asking_script("elvish")),
            Shell::Nushell => ("orgerr.nu", nushell_script()),
        };
        let path = format!("completions/{path}");
        is_in_step(&path, completion_script(*shell), &script);
    }
}

#[test]
fn the_schema_is_in_step() {
    let schema = format!("{:#}\n", schema());
    is_in_step("docs/catalog.schema.json", CATALOG_SCHEMA, &schema);
}

/// The script of a shell that asks the tool what to offer.
fn asking_script(shell: &str) -> String {
    let shells = Shells::builtins();
    let completer = shells.completer(shell).unwrap();
    let mut script = Vec::new();
    completer
        .write_registration(VARIABLE, NAME, NAME, NAME, &mut script)
        .unwrap();
    let script = String::from_utf8(script).unwrap();
    format!("{}\n", script.trim_end())
}

/// The script for zsh so that it also serves as an autoloaded function in `$fpath`:
/// there its body runs at the first Tab, which has to complete as well.
fn autoloadable(script: &str) -> String {
    script.replace(
        "\ncompdef _clap_dynamic_completer_orgerr orgerr\n",
        "\nif [[ ${funcstack[1]} == _orgerr ]]; then\n    \
         _clap_dynamic_completer_orgerr \"$@\"\nelse\n    \
         compdef _clap_dynamic_completer_orgerr orgerr\nfi\n",
    )
}

/// Nushell cannot ask the tool: its script has the fixed values only.
fn nushell_script() -> String {
    let mut script = Vec::new();
    clap_complete::aot::generate(Nushell, &mut cli::definition(), NAME, &mut script);
    String::from_utf8(script).unwrap()
}

fn write_page(page: &mut dyn Write) -> io::Result<()> {
    let mut definition = cli::definition();
    definition.build();
    let man = clap_mangen::Man::new(definition.clone()).manual("User Commands");
    man.render_title(page)?;
    man.render_name_section(page)?;
    man.render_synopsis_section(page)?;
    section("DESCRIPTION", DESCRIPTION).to_writer(page)?;
    commands(&definition).to_writer(page)?;
    man.render_options_section(page)?;
    examples(&definition).to_writer(page)?;
    table("EXIT STATUS", &EXIT_CODES).to_writer(page)?;
    table("ENVIRONMENT", &ENVIRONMENT).to_writer(page)
}

fn section(heading: &str, text: &str) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", [heading]);
    for paragraph in text.split("\n\n") {
        roff.control("PP", []);
        roff.text([roman(paragraph)]);
    }
    roff
}

/// Terms with what they mean.
fn table(heading: &str, rows: &[(&str, &str)]) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", [heading]);
    for (term, meaning) in rows {
        roff.control("TP", []);
        roff.text([bold(*term)]);
        roff.text([roman(*meaning)]);
    }
    roff
}

/// Every command with the arguments that it does not share with all others.
fn commands(definition: &Command) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", ["COMMANDS"]);
    for command in definition
        .get_subcommands()
        .filter(|command| command.get_name() != "help")
    {
        roff.control("TP", []);
        let mut synopsis = vec![bold(command.get_name())];
        for argument in command.get_positionals() {
            synopsis.extend([roman(" "), italic(positional(argument))]);
        }
        roff.text(synopsis);
        let about = command.get_about().map(ToString::to_string);
        roff.text([roman(about.unwrap_or_default())]);
        let own = |argument: &&Arg| {
            !argument.is_global_set()
                && argument.get_id() != "help"
                && argument.get_id() != "version"
        };
        for argument in command.get_arguments().filter(own) {
            roff.control("RS", []);
            roff.control("TP", []);
            roff.text(match argument.get_long() {
                None => vec![italic(positional(argument))],
                Some(long) => option(argument, long),
            });
            let help = argument.get_help().map(ToString::to_string);
            roff.text([roman(help.unwrap_or_default())]);
            roff.control("RE", []);
        }
        for tool in command
            .get_subcommands()
            .filter(|tool| tool.get_name() != "help")
        {
            roff.control("RS", []);
            roff.control("TP", []);
            let mut synopsis = vec![bold(tool.get_name())];
            for argument in tool.get_positionals() {
                synopsis.extend([roman(" "), italic(positional(argument))]);
            }
            roff.text(synopsis);
            let about = tool.get_about().map(ToString::to_string);
            roff.text([roman(about.unwrap_or_default())]);
            roff.control("RE", []);
        }
    }
    roff
}

fn positional(argument: &Arg) -> String {
    let name = argument.get_value_names().and_then(|names| names.first());
    let name = name.map_or_else(|| argument.get_id().to_string(), ToString::to_string);
    let several = argument.get_num_args().is_some_and(|n| n.max_values() > 1);
    let dots = if several { "..." } else { "" };
    if argument.is_required_set() {
        format!("{name}{dots}")
    } else {
        format!("[{name}{dots}]")
    }
}

fn option(argument: &Arg, long: &str) -> Vec<clap_mangen::roff::Inline> {
    let mut text = Vec::new();
    if let Some(short) = argument.get_short() {
        text.extend([bold(format!("-{short}")), roman(", ")]);
    }
    text.push(bold(format!("--{long}")));
    if argument.get_action().takes_values()
        && let Some(name) = argument.get_value_names().and_then(|names| names.first())
    {
        text.extend([roman(" "), italic(name.to_string())]);
    }
    text
}

/// The examples of the tool and of every command.
fn examples(definition: &Command) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", ["EXAMPLES"]);
    let of_commands = definition
        .get_subcommands()
        .filter_map(Command::get_after_help);
    for help in definition.get_after_help().into_iter().chain(of_commands) {
        let help = help.to_string();
        roff.control("EX", []);
        for line in help.lines().filter(|line| line.starts_with("  ")) {
            roff.text([roman(line)]);
        }
        roff.control("EE", []);
    }
    roff
}

/// The JSON Schema of a catalog's TOML.
fn schema() -> Value {
    // Parts with single dots between them, a letter or digit at both ends.
    let name = r"[A-Za-z0-9]((\.?[A-Za-z0-9_-])*\.?[A-Za-z0-9])?";
    let name_alone =
        json!({ "type": "string", "pattern": format!("^{name}$"), "maxLength": LONGEST_NAME });
    let category = r"^[^\s,\x00-\x1f\x7f-\x9f]([^,\x00-\x1f\x7f-\x9f]*[^\s,\x00-\x1f\x7f-\x9f])?$";
    let texts = list(&text());
    let mut search = properties(&SEARCH_FIELDS);
    search["ignored"] = texts.clone();
    search["synonyms"] = json!({ "type": "object", "additionalProperties": texts });
    let mut service = properties(&SERVICE_FIELDS);
    service["categories"] = list(&json!({ "type": "string", "pattern": category }));
    service["categories"]["minItems"] = json!(1);
    service["aliases"] = list(&name_alone);
    service["name"] = name_alone;
    service["variants"] = json!({ "type": "boolean" });
    service["search_weight"] = json!({ "type": "integer", "minimum": 1, "maximum": 100 });
    let mut entry = properties(&ENTRY_FIELDS);
    entry["code"]["pattern"] = json!(format!(r"^{name}\.[0-9]{{1,{MOST_DIGITS}}}$"));
    entry["code"]["description"] = json!("The name of a service, a dot and digits");
    entry["status"] = json!({ "type": "integer", "minimum": 100, "maximum": 599 });
    entry["action"]["enum"] = Action::ALL.map(Action::name).into();
    entry["category"]["description"] = json!("One of the categories of the service");
    let required = ENTRY_FIELDS.iter().filter(|field| **field != "note");
    let required: Vec<_> = required.collect();
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Catalog of error codes for orgerr",
        "type": "object",
        "additionalProperties": false,
        "required": ["service", "entry"],
        "properties": {
            "service": { "type": "array", "minItems": 1, "items": object(&service, &json!(SERVICE_FIELDS[..REQUIRED_OF_SERVICE])) },
            "search": object(&search, &json!([])),
            "entry": { "type": "array", "minItems": 1, "items": object(&entry, &json!(required)) },
        },
    })
}

fn object(properties: &Value, required: &Value) -> Value {
    json!({
        "type": "object",
        "additionalProperties": false,
        "required": required,
        "properties": properties,
    })
}

/// Text that is not blank.
fn text() -> Value {
    json!({ "type": "string", "pattern": r"\S" })
}

/// A list in which nothing is twice.
fn list(items: &Value) -> Value {
    json!({ "type": "array", "uniqueItems": true, "items": items })
}

/// Fields as texts.
fn properties(fields: &[&str]) -> Value {
    let named = fields.iter().map(|field| ((*field).to_owned(), text()));
    Value::Object(named.collect::<Map<_, _>>())
}

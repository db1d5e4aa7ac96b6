# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_orgerr_global_optspecs
    string join \n o/output= json color= width= q/quiet h/help V/version
end

function __fish_orgerr_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_orgerr_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_orgerr_using_subcommand
    set -l cmd (__fish_orgerr_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c orgerr -n "__fish_orgerr_needs_command" -s o -l output -d 'How to print results' -r -f -a "table\t'Cards or a table with borders'
json\t'One JSON array'
jsonl\t'One JSON object a line'
tsv\t'Tab-separated values with a header line'
markdown\t'A Markdown table, fit for an issue or a ticket'
plain\t'No borders and no padding, one line an entry'"
complete -c orgerr -n "__fish_orgerr_needs_command" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, as NO_COLOR, CLICOLOR, CLICOLOR_FORCE and TERM say'
always\t'Always'
never\t'Never'"
complete -c orgerr -n "__fish_orgerr_needs_command" -l width -d 'Wrap at N columns (20 or more) [default: the terminal\'s width; none in a pipe]' -r
complete -c orgerr -n "__fish_orgerr_needs_command" -l json -d 'Short for --output json'
complete -c orgerr -n "__fish_orgerr_needs_command" -s q -l quiet -d 'No notes on standard error'
complete -c orgerr -n "__fish_orgerr_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c orgerr -n "__fish_orgerr_needs_command" -s V -l version -d 'Print version'
complete -c orgerr -n "__fish_orgerr_needs_command" -f -a "show" -d 'Show what error codes mean and how to fix them'
complete -c orgerr -n "__fish_orgerr_needs_command" -f -a "fix" -d 'Print just the suggested fix of error codes'
complete -c orgerr -n "__fish_orgerr_needs_command" -f -a "search" -d 'Find error codes by words, best match first'
complete -c orgerr -n "__fish_orgerr_needs_command" -f -a "list" -d 'List all error codes'
complete -c orgerr -n "__fish_orgerr_needs_command" -f -a "status" -d 'List the error codes with an HTTP status, or count them by status'
complete -c orgerr -n "__fish_orgerr_needs_command" -f -a "explain" -d 'Explain every error in raw API responses, logs or stack traces'
complete -c orgerr -n "__fish_orgerr_needs_command" -f -a "completions" -d 'Print the completion script of a shell'
complete -c orgerr -n "__fish_orgerr_needs_command" -f -a "man" -d 'Print the manual page (roff)'
complete -c orgerr -n "__fish_orgerr_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c orgerr -n "__fish_orgerr_using_subcommand show" -s o -l output -d 'How to print results' -r -f -a "table\t'Cards or a table with borders'
json\t'One JSON array'
jsonl\t'One JSON object a line'
tsv\t'Tab-separated values with a header line'
markdown\t'A Markdown table, fit for an issue or a ticket'
plain\t'No borders and no padding, one line an entry'"
complete -c orgerr -n "__fish_orgerr_using_subcommand show" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, as NO_COLOR, CLICOLOR, CLICOLOR_FORCE and TERM say'
always\t'Always'
never\t'Never'"
complete -c orgerr -n "__fish_orgerr_using_subcommand show" -l width -d 'Wrap at N columns (20 or more) [default: the terminal\'s width; none in a pipe]' -r
complete -c orgerr -n "__fish_orgerr_using_subcommand show" -l json -d 'Short for --output json'
complete -c orgerr -n "__fish_orgerr_using_subcommand show" -s q -l quiet -d 'No notes on standard error'
complete -c orgerr -n "__fish_orgerr_using_subcommand show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c orgerr -n "__fish_orgerr_using_subcommand fix" -s o -l output -d 'How to print results' -r -f -a "table\t'Cards or a table with borders'
json\t'One JSON array'
jsonl\t'One JSON object a line'
tsv\t'Tab-separated values with a header line'
markdown\t'A Markdown table, fit for an issue or a ticket'
plain\t'No borders and no padding, one line an entry'"
complete -c orgerr -n "__fish_orgerr_using_subcommand fix" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, as NO_COLOR, CLICOLOR, CLICOLOR_FORCE and TERM say'
always\t'Always'
never\t'Never'"
complete -c orgerr -n "__fish_orgerr_using_subcommand fix" -l width -d 'Wrap at N columns (20 or more) [default: the terminal\'s width; none in a pipe]' -r
complete -c orgerr -n "__fish_orgerr_using_subcommand fix" -l json -d 'Short for --output json'
complete -c orgerr -n "__fish_orgerr_using_subcommand fix" -s q -l quiet -d 'No notes on standard error'
complete -c orgerr -n "__fish_orgerr_using_subcommand fix" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c orgerr -n "__fish_orgerr_using_subcommand search" -s n -l limit -d 'Print at most N entries, 0 for all' -r
complete -c orgerr -n "__fish_orgerr_using_subcommand search" -l status -d 'Only entries with this HTTP status: 404, or 4xx for a class' -r
complete -c orgerr -n "__fish_orgerr_using_subcommand search" -l service -d 'Only entries of this service' -r
complete -c orgerr -n "__fish_orgerr_using_subcommand search" -l category -d 'Only entries of this category, e.g. account or policy' -r
complete -c orgerr -n "__fish_orgerr_using_subcommand search" -l action -d 'Only entries resolved by this action, e.g. retry or fix-request' -r
complete -c orgerr -n "__fish_orgerr_using_subcommand search" -s o -l output -d 'How to print results' -r -f -a "table\t'Cards or a table with borders'
json\t'One JSON array'
jsonl\t'One JSON object a line'
tsv\t'Tab-separated values with a header line'
markdown\t'A Markdown table, fit for an issue or a ticket'
plain\t'No borders and no padding, one line an entry'"
complete -c orgerr -n "__fish_orgerr_using_subcommand search" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, as NO_COLOR, CLICOLOR, CLICOLOR_FORCE and TERM say'
always\t'Always'
never\t'Never'"
complete -c orgerr -n "__fish_orgerr_using_subcommand search" -l width -d 'Wrap at N columns (20 or more) [default: the terminal\'s width; none in a pipe]' -r
complete -c orgerr -n "__fish_orgerr_using_subcommand search" -l retryable -d 'Only entries whose documented solution begins with trying again'
complete -c orgerr -n "__fish_orgerr_using_subcommand search" -l json -d 'Short for --output json'
complete -c orgerr -n "__fish_orgerr_using_subcommand search" -s q -l quiet -d 'No notes on standard error'
complete -c orgerr -n "__fish_orgerr_using_subcommand search" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c orgerr -n "__fish_orgerr_using_subcommand list" -l status -d 'Only entries with this HTTP status: 404, or 4xx for a class' -r
complete -c orgerr -n "__fish_orgerr_using_subcommand list" -l service -d 'Only entries of this service' -r
complete -c orgerr -n "__fish_orgerr_using_subcommand list" -l category -d 'Only entries of this category, e.g. account or policy' -r
complete -c orgerr -n "__fish_orgerr_using_subcommand list" -l action -d 'Only entries resolved by this action, e.g. retry or fix-request' -r
complete -c orgerr -n "__fish_orgerr_using_subcommand list" -s o -l output -d 'How to print results' -r -f -a "table\t'Cards or a table with borders'
json\t'One JSON array'
jsonl\t'One JSON object a line'
tsv\t'Tab-separated values with a header line'
markdown\t'A Markdown table, fit for an issue or a ticket'
plain\t'No borders and no padding, one line an entry'"
complete -c orgerr -n "__fish_orgerr_using_subcommand list" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, as NO_COLOR, CLICOLOR, CLICOLOR_FORCE and TERM say'
always\t'Always'
never\t'Never'"
complete -c orgerr -n "__fish_orgerr_using_subcommand list" -l width -d 'Wrap at N columns (20 or more) [default: the terminal\'s width; none in a pipe]' -r
complete -c orgerr -n "__fish_orgerr_using_subcommand list" -l retryable -d 'Only entries whose documented solution begins with trying again'
complete -c orgerr -n "__fish_orgerr_using_subcommand list" -l json -d 'Short for --output json'
complete -c orgerr -n "__fish_orgerr_using_subcommand list" -s q -l quiet -d 'No notes on standard error'
complete -c orgerr -n "__fish_orgerr_using_subcommand list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c orgerr -n "__fish_orgerr_using_subcommand status" -l service -d 'Only entries of this service' -r
complete -c orgerr -n "__fish_orgerr_using_subcommand status" -l category -d 'Only entries of this category, e.g. account or policy' -r
complete -c orgerr -n "__fish_orgerr_using_subcommand status" -l action -d 'Only entries resolved by this action, e.g. retry or fix-request' -r
complete -c orgerr -n "__fish_orgerr_using_subcommand status" -s o -l output -d 'How to print results' -r -f -a "table\t'Cards or a table with borders'
json\t'One JSON array'
jsonl\t'One JSON object a line'
tsv\t'Tab-separated values with a header line'
markdown\t'A Markdown table, fit for an issue or a ticket'
plain\t'No borders and no padding, one line an entry'"
complete -c orgerr -n "__fish_orgerr_using_subcommand status" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, as NO_COLOR, CLICOLOR, CLICOLOR_FORCE and TERM say'
always\t'Always'
never\t'Never'"
complete -c orgerr -n "__fish_orgerr_using_subcommand status" -l width -d 'Wrap at N columns (20 or more) [default: the terminal\'s width; none in a pipe]' -r
complete -c orgerr -n "__fish_orgerr_using_subcommand status" -l retryable -d 'Only entries whose documented solution begins with trying again'
complete -c orgerr -n "__fish_orgerr_using_subcommand status" -l json -d 'Short for --output json'
complete -c orgerr -n "__fish_orgerr_using_subcommand status" -s q -l quiet -d 'No notes on standard error'
complete -c orgerr -n "__fish_orgerr_using_subcommand status" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c orgerr -n "__fish_orgerr_using_subcommand explain" -s o -l output -d 'How to print results' -r -f -a "table\t'Cards or a table with borders'
json\t'One JSON array'
jsonl\t'One JSON object a line'
tsv\t'Tab-separated values with a header line'
markdown\t'A Markdown table, fit for an issue or a ticket'
plain\t'No borders and no padding, one line an entry'"
complete -c orgerr -n "__fish_orgerr_using_subcommand explain" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, as NO_COLOR, CLICOLOR, CLICOLOR_FORCE and TERM say'
always\t'Always'
never\t'Never'"
complete -c orgerr -n "__fish_orgerr_using_subcommand explain" -l width -d 'Wrap at N columns (20 or more) [default: the terminal\'s width; none in a pipe]' -r
complete -c orgerr -n "__fish_orgerr_using_subcommand explain" -l follow -d 'Print each new error as soon as its line ends'
complete -c orgerr -n "__fish_orgerr_using_subcommand explain" -l tee -d 'Pass standard input through to standard output; explain on standard error'
complete -c orgerr -n "__fish_orgerr_using_subcommand explain" -l json -d 'Short for --output json'
complete -c orgerr -n "__fish_orgerr_using_subcommand explain" -s q -l quiet -d 'No notes on standard error'
complete -c orgerr -n "__fish_orgerr_using_subcommand explain" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c orgerr -n "__fish_orgerr_using_subcommand completions" -s o -l output -d 'How to print results' -r -f -a "table\t'Cards or a table with borders'
json\t'One JSON array'
jsonl\t'One JSON object a line'
tsv\t'Tab-separated values with a header line'
markdown\t'A Markdown table, fit for an issue or a ticket'
plain\t'No borders and no padding, one line an entry'"
complete -c orgerr -n "__fish_orgerr_using_subcommand completions" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, as NO_COLOR, CLICOLOR, CLICOLOR_FORCE and TERM say'
always\t'Always'
never\t'Never'"
complete -c orgerr -n "__fish_orgerr_using_subcommand completions" -l width -d 'Wrap at N columns (20 or more) [default: the terminal\'s width; none in a pipe]' -r
complete -c orgerr -n "__fish_orgerr_using_subcommand completions" -l json -d 'Short for --output json'
complete -c orgerr -n "__fish_orgerr_using_subcommand completions" -s q -l quiet -d 'No notes on standard error'
complete -c orgerr -n "__fish_orgerr_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c orgerr -n "__fish_orgerr_using_subcommand man" -s o -l output -d 'How to print results' -r -f -a "table\t'Cards or a table with borders'
json\t'One JSON array'
jsonl\t'One JSON object a line'
tsv\t'Tab-separated values with a header line'
markdown\t'A Markdown table, fit for an issue or a ticket'
plain\t'No borders and no padding, one line an entry'"
complete -c orgerr -n "__fish_orgerr_using_subcommand man" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, as NO_COLOR, CLICOLOR, CLICOLOR_FORCE and TERM say'
always\t'Always'
never\t'Never'"
complete -c orgerr -n "__fish_orgerr_using_subcommand man" -l width -d 'Wrap at N columns (20 or more) [default: the terminal\'s width; none in a pipe]' -r
complete -c orgerr -n "__fish_orgerr_using_subcommand man" -l json -d 'Short for --output json'
complete -c orgerr -n "__fish_orgerr_using_subcommand man" -s q -l quiet -d 'No notes on standard error'
complete -c orgerr -n "__fish_orgerr_using_subcommand man" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c orgerr -n "__fish_orgerr_using_subcommand help; and not __fish_seen_subcommand_from show fix search list status explain completions man help" -f -a "show" -d 'Show what error codes mean and how to fix them'
complete -c orgerr -n "__fish_orgerr_using_subcommand help; and not __fish_seen_subcommand_from show fix search list status explain completions man help" -f -a "fix" -d 'Print just the suggested fix of error codes'
complete -c orgerr -n "__fish_orgerr_using_subcommand help; and not __fish_seen_subcommand_from show fix search list status explain completions man help" -f -a "search" -d 'Find error codes by words, best match first'
complete -c orgerr -n "__fish_orgerr_using_subcommand help; and not __fish_seen_subcommand_from show fix search list status explain completions man help" -f -a "list" -d 'List all error codes'
complete -c orgerr -n "__fish_orgerr_using_subcommand help; and not __fish_seen_subcommand_from show fix search list status explain completions man help" -f -a "status" -d 'List the error codes with an HTTP status, or count them by status'
complete -c orgerr -n "__fish_orgerr_using_subcommand help; and not __fish_seen_subcommand_from show fix search list status explain completions man help" -f -a "explain" -d 'Explain every error in raw API responses, logs or stack traces'
complete -c orgerr -n "__fish_orgerr_using_subcommand help; and not __fish_seen_subcommand_from show fix search list status explain completions man help" -f -a "completions" -d 'Print the completion script of a shell'
complete -c orgerr -n "__fish_orgerr_using_subcommand help; and not __fish_seen_subcommand_from show fix search list status explain completions man help" -f -a "man" -d 'Print the manual page (roff)'
complete -c orgerr -n "__fish_orgerr_using_subcommand help; and not __fish_seen_subcommand_from show fix search list status explain completions man help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'


use builtin;
use str;

set edit:completion:arg-completer[orgerr] = {|@words|
    fn spaces {|n|
        builtin:repeat $n ' ' | str:join ''
    }
    fn cand {|text desc|
        edit:complex-candidate $text &display=$text' '(spaces (- 14 (wcswidth $text)))$desc
    }
    var command = 'orgerr'
    for word $words[1..-1] {
        if (str:has-prefix $word '-') {
            break
        }
        set command = $command';'$word
    }
    var completions = [
        &'orgerr'= {
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --color 'When to use colour'
            cand --width 'Wrap at N columns (20 or more) [default: the terminal''s width; none in a pipe]'
            cand --json 'Short for --output json'
            cand -q 'No notes on standard error'
            cand --quiet 'No notes on standard error'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand show 'Show what error codes mean and how to fix them'
            cand fix 'Print just the suggested fix of error codes'
            cand search 'Find error codes by words, best match first'
            cand list 'List all error codes'
            cand status 'List the error codes with an HTTP status, or count them by status'
            cand explain 'Explain every error in raw API responses, logs or stack traces'
            cand completions 'Print the completion script of a shell'
            cand man 'Print the manual page (roff)'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'orgerr;show'= {
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --color 'When to use colour'
            cand --width 'Wrap at N columns (20 or more) [default: the terminal''s width; none in a pipe]'
            cand --json 'Short for --output json'
            cand -q 'No notes on standard error'
            cand --quiet 'No notes on standard error'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'orgerr;fix'= {
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --color 'When to use colour'
            cand --width 'Wrap at N columns (20 or more) [default: the terminal''s width; none in a pipe]'
            cand --json 'Short for --output json'
            cand -q 'No notes on standard error'
            cand --quiet 'No notes on standard error'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'orgerr;search'= {
            cand -n 'Print at most N entries, 0 for all'
            cand --limit 'Print at most N entries, 0 for all'
            cand --status 'Only entries with this HTTP status: 404, or 4xx for a class'
            cand --service 'Only entries of this service'
            cand --category 'Only entries of this category, e.g. account or policy'
            cand --action 'Only entries resolved by this action, e.g. retry or fix-request'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --color 'When to use colour'
            cand --width 'Wrap at N columns (20 or more) [default: the terminal''s width; none in a pipe]'
            cand --retryable 'Only entries whose documented solution begins with trying again'
            cand --json 'Short for --output json'
            cand -q 'No notes on standard error'
            cand --quiet 'No notes on standard error'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'orgerr;list'= {
            cand --status 'Only entries with this HTTP status: 404, or 4xx for a class'
            cand --service 'Only entries of this service'
            cand --category 'Only entries of this category, e.g. account or policy'
            cand --action 'Only entries resolved by this action, e.g. retry or fix-request'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --color 'When to use colour'
            cand --width 'Wrap at N columns (20 or more) [default: the terminal''s width; none in a pipe]'
            cand --retryable 'Only entries whose documented solution begins with trying again'
            cand --json 'Short for --output json'
            cand -q 'No notes on standard error'
            cand --quiet 'No notes on standard error'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'orgerr;status'= {
            cand --service 'Only entries of this service'
            cand --category 'Only entries of this category, e.g. account or policy'
            cand --action 'Only entries resolved by this action, e.g. retry or fix-request'
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --color 'When to use colour'
            cand --width 'Wrap at N columns (20 or more) [default: the terminal''s width; none in a pipe]'
            cand --retryable 'Only entries whose documented solution begins with trying again'
            cand --json 'Short for --output json'
            cand -q 'No notes on standard error'
            cand --quiet 'No notes on standard error'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'orgerr;explain'= {
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --color 'When to use colour'
            cand --width 'Wrap at N columns (20 or more) [default: the terminal''s width; none in a pipe]'
            cand --follow 'Print each new error as soon as its line ends'
            cand --tee 'Pass standard input through to standard output; explain on standard error'
            cand --json 'Short for --output json'
            cand -q 'No notes on standard error'
            cand --quiet 'No notes on standard error'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'orgerr;completions'= {
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --color 'When to use colour'
            cand --width 'Wrap at N columns (20 or more) [default: the terminal''s width; none in a pipe]'
            cand --json 'Short for --output json'
            cand -q 'No notes on standard error'
            cand --quiet 'No notes on standard error'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'orgerr;man'= {
            cand -o 'How to print results'
            cand --output 'How to print results'
            cand --color 'When to use colour'
            cand --width 'Wrap at N columns (20 or more) [default: the terminal''s width; none in a pipe]'
            cand --json 'Short for --output json'
            cand -q 'No notes on standard error'
            cand --quiet 'No notes on standard error'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'orgerr;help'= {
            cand show 'Show what error codes mean and how to fix them'
            cand fix 'Print just the suggested fix of error codes'
            cand search 'Find error codes by words, best match first'
            cand list 'List all error codes'
            cand status 'List the error codes with an HTTP status, or count them by status'
            cand explain 'Explain every error in raw API responses, logs or stack traces'
            cand completions 'Print the completion script of a shell'
            cand man 'Print the manual page (roff)'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'orgerr;help;show'= {
        }
        &'orgerr;help;fix'= {
        }
        &'orgerr;help;search'= {
        }
        &'orgerr;help;list'= {
        }
        &'orgerr;help;status'= {
        }
        &'orgerr;help;explain'= {
        }
        &'orgerr;help;completions'= {
        }
        &'orgerr;help;man'= {
        }
        &'orgerr;help;help'= {
        }
    ]
    $completions[$command]
}


using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'orgerr' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'orgerr'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'orgerr' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--width', '--width', [CompletionResultType]::ParameterName, 'Wrap at N columns (20 or more) [default: the terminal''s width; none in a pipe]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for --output json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show what error codes mean and how to fix them')
            [CompletionResult]::new('fix', 'fix', [CompletionResultType]::ParameterValue, 'Print just the suggested fix of error codes')
            [CompletionResult]::new('search', 'search', [CompletionResultType]::ParameterValue, 'Find error codes by words, best match first')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List all error codes')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'List the error codes with an HTTP status, or count them by status')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Explain every error in raw API responses, logs or stack traces')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print the completion script of a shell')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print the manual page (roff)')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'orgerr;show' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--width', '--width', [CompletionResultType]::ParameterName, 'Wrap at N columns (20 or more) [default: the terminal''s width; none in a pipe]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for --output json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'orgerr;fix' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--width', '--width', [CompletionResultType]::ParameterName, 'Wrap at N columns (20 or more) [default: the terminal''s width; none in a pipe]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for --output json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'orgerr;search' {
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Print at most N entries, 0 for all')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Print at most N entries, 0 for all')
            [CompletionResult]::new('--status', '--status', [CompletionResultType]::ParameterName, 'Only entries with this HTTP status: 404, or 4xx for a class')
            [CompletionResult]::new('--service', '--service', [CompletionResultType]::ParameterName, 'Only entries of this service')
            [CompletionResult]::new('--category', '--category', [CompletionResultType]::ParameterName, 'Only entries of this category, e.g. account or policy')
            [CompletionResult]::new('--action', '--action', [CompletionResultType]::ParameterName, 'Only entries resolved by this action, e.g. retry or fix-request')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--width', '--width', [CompletionResultType]::ParameterName, 'Wrap at N columns (20 or more) [default: the terminal''s width; none in a pipe]')
            [CompletionResult]::new('--retryable', '--retryable', [CompletionResultType]::ParameterName, 'Only entries whose documented solution begins with trying again')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for --output json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'orgerr;list' {
            [CompletionResult]::new('--status', '--status', [CompletionResultType]::ParameterName, 'Only entries with this HTTP status: 404, or 4xx for a class')
            [CompletionResult]::new('--service', '--service', [CompletionResultType]::ParameterName, 'Only entries of this service')
            [CompletionResult]::new('--category', '--category', [CompletionResultType]::ParameterName, 'Only entries of this category, e.g. account or policy')
            [CompletionResult]::new('--action', '--action', [CompletionResultType]::ParameterName, 'Only entries resolved by this action, e.g. retry or fix-request')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--width', '--width', [CompletionResultType]::ParameterName, 'Wrap at N columns (20 or more) [default: the terminal''s width; none in a pipe]')
            [CompletionResult]::new('--retryable', '--retryable', [CompletionResultType]::ParameterName, 'Only entries whose documented solution begins with trying again')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for --output json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'orgerr;status' {
            [CompletionResult]::new('--service', '--service', [CompletionResultType]::ParameterName, 'Only entries of this service')
            [CompletionResult]::new('--category', '--category', [CompletionResultType]::ParameterName, 'Only entries of this category, e.g. account or policy')
            [CompletionResult]::new('--action', '--action', [CompletionResultType]::ParameterName, 'Only entries resolved by this action, e.g. retry or fix-request')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--width', '--width', [CompletionResultType]::ParameterName, 'Wrap at N columns (20 or more) [default: the terminal''s width; none in a pipe]')
            [CompletionResult]::new('--retryable', '--retryable', [CompletionResultType]::ParameterName, 'Only entries whose documented solution begins with trying again')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for --output json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'orgerr;explain' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--width', '--width', [CompletionResultType]::ParameterName, 'Wrap at N columns (20 or more) [default: the terminal''s width; none in a pipe]')
            [CompletionResult]::new('--follow', '--follow', [CompletionResultType]::ParameterName, 'Print each new error as soon as its line ends')
            [CompletionResult]::new('--tee', '--tee', [CompletionResultType]::ParameterName, 'Pass standard input through to standard output; explain on standard error')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for --output json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'orgerr;completions' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--width', '--width', [CompletionResultType]::ParameterName, 'Wrap at N columns (20 or more) [default: the terminal''s width; none in a pipe]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for --output json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'orgerr;man' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'How to print results')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--width', '--width', [CompletionResultType]::ParameterName, 'Wrap at N columns (20 or more) [default: the terminal''s width; none in a pipe]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Short for --output json')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No notes on standard error')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No notes on standard error')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'orgerr;help' {
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show what error codes mean and how to fix them')
            [CompletionResult]::new('fix', 'fix', [CompletionResultType]::ParameterValue, 'Print just the suggested fix of error codes')
            [CompletionResult]::new('search', 'search', [CompletionResultType]::ParameterValue, 'Find error codes by words, best match first')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List all error codes')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'List the error codes with an HTTP status, or count them by status')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Explain every error in raw API responses, logs or stack traces')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print the completion script of a shell')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print the manual page (roff)')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'orgerr;help;show' {
            break
        }
        'orgerr;help;fix' {
            break
        }
        'orgerr;help;search' {
            break
        }
        'orgerr;help;list' {
            break
        }
        'orgerr;help;status' {
            break
        }
        'orgerr;help;explain' {
            break
        }
        'orgerr;help;completions' {
            break
        }
        'orgerr;help;man' {
            break
        }
        'orgerr;help;help' {
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}

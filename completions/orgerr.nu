module completions {

  def "nu-complete orgerr output" [] {
    [ "table" "json" "jsonl" "tsv" "markdown" "plain" ]
  }

  def "nu-complete orgerr color" [] {
    [ "auto" "always" "never" ]
  }

  # Look up Huawei Cloud Organizations error codes: what they mean and how to fix them
  export extern orgerr [
    --output(-o): string@"nu-complete orgerr output" # How to print results [default: table]
    --json                    # Short for --output json
    --color: string@"nu-complete orgerr color" # When to use colour [default: auto]
    --width: string           # Wrap at N columns (20 or more) [default: the terminal's width, else COLUMNS, else none]
    --catalog: path           # Add a catalog of your own (repeatable; - is standard input); its entries win
    --quiet(-q)               # No notes on standard error
    --no-pager                # Do not send long output on a terminal through the pager
    --help(-h)                # Print help (see more with '--help')
    --version(-V)             # Print version
  ]

  def "nu-complete orgerr show output" [] {
    [ "table" "json" "jsonl" "tsv" "markdown" "plain" ]
  }

  def "nu-complete orgerr show color" [] {
    [ "auto" "always" "never" ]
  }

  # Show what error codes mean and how to fix them
  export extern "orgerr show" [
    --catalog: path           # Add a catalog of your own (repeatable; - is standard input); its entries win
    --output(-o): string@"nu-complete orgerr show output" # How to print results [default: table]
    --json                    # Short for --output json
    --color: string@"nu-complete orgerr show color" # When to use colour [default: auto]
    --width: string           # Wrap at N columns (20 or more) [default: the terminal's width, else COLUMNS, else none]
    --quiet(-q)               # No notes on standard error
    --no-pager                # Do not send long output on a terminal through the pager
    --help(-h)                # Print help (see more with '--help')
    --version(-V)             # Print version
    ...codes: string          # Error codes: Organizations.1305, or just 1305; - reads them from standard input
  ]

  def "nu-complete orgerr fix output" [] {
    [ "table" "json" "jsonl" "tsv" "markdown" "plain" ]
  }

  def "nu-complete orgerr fix color" [] {
    [ "auto" "always" "never" ]
  }

  # Print just the suggested fix of error codes
  export extern "orgerr fix" [
    --catalog: path           # Add a catalog of your own (repeatable; - is standard input); its entries win
    --output(-o): string@"nu-complete orgerr fix output" # How to print results [default: table]
    --json                    # Short for --output json
    --color: string@"nu-complete orgerr fix color" # When to use colour [default: auto]
    --width: string           # Wrap at N columns (20 or more) [default: the terminal's width, else COLUMNS, else none]
    --quiet(-q)               # No notes on standard error
    --no-pager                # Do not send long output on a terminal through the pager
    --help(-h)                # Print help (see more with '--help')
    --version(-V)             # Print version
    ...codes: string          # Error codes: Organizations.1305, or just 1305; - reads them from standard input
  ]

  def "nu-complete orgerr search output" [] {
    [ "table" "json" "jsonl" "tsv" "markdown" "plain" ]
  }

  def "nu-complete orgerr search color" [] {
    [ "auto" "always" "never" ]
  }

  # Find error codes by words, best match first
  export extern "orgerr search" [
    --catalog: path           # Add a catalog of your own (repeatable; - is standard input); its entries win
    --output(-o): string@"nu-complete orgerr search output" # How to print results [default: table]
    --json                    # Short for --output json
    --color: string@"nu-complete orgerr search color" # When to use colour [default: auto]
    --width: string           # Wrap at N columns (20 or more) [default: the terminal's width, else COLUMNS, else none]
    --quiet(-q)               # No notes on standard error
    --no-pager                # Do not send long output on a terminal through the pager
    --limit(-n): string       # Print at most N entries, 0 for all
    --status: string          # Only entries with this HTTP status: 404, or 4xx for a class
    --service: string         # Only entries of this service
    --category: string        # Only entries of this category, e.g. account or policy
    --action: string          # Only entries resolved by this action, e.g. retry or fix-request
    --retryable               # Only entries whose documented solution begins with trying again
    --help(-h)                # Print help (see more with '--help')
    --version(-V)             # Print version
    ...text: string           # What to search for; several words are one query
  ]

  def "nu-complete orgerr list output" [] {
    [ "table" "json" "jsonl" "tsv" "markdown" "plain" ]
  }

  def "nu-complete orgerr list color" [] {
    [ "auto" "always" "never" ]
  }

  # List all error codes
  export extern "orgerr list" [
    --catalog: path           # Add a catalog of your own (repeatable; - is standard input); its entries win
    --output(-o): string@"nu-complete orgerr list output" # How to print results [default: table]
    --json                    # Short for --output json
    --color: string@"nu-complete orgerr list color" # When to use colour [default: auto]
    --width: string           # Wrap at N columns (20 or more) [default: the terminal's width, else COLUMNS, else none]
    --quiet(-q)               # No notes on standard error
    --no-pager                # Do not send long output on a terminal through the pager
    --status: string          # Only entries with this HTTP status: 404, or 4xx for a class
    --service: string         # Only entries of this service
    --category: string        # Only entries of this category, e.g. account or policy
    --action: string          # Only entries resolved by this action, e.g. retry or fix-request
    --retryable               # Only entries whose documented solution begins with trying again
    --help(-h)                # Print help (see more with '--help')
    --version(-V)             # Print version
  ]

  def "nu-complete orgerr status output" [] {
    [ "table" "json" "jsonl" "tsv" "markdown" "plain" ]
  }

  def "nu-complete orgerr status color" [] {
    [ "auto" "always" "never" ]
  }

  # List the error codes with an HTTP status, or count them by status
  export extern "orgerr status" [
    --catalog: path           # Add a catalog of your own (repeatable; - is standard input); its entries win
    --output(-o): string@"nu-complete orgerr status output" # How to print results [default: table]
    --json                    # Short for --output json
    --color: string@"nu-complete orgerr status color" # When to use colour [default: auto]
    --width: string           # Wrap at N columns (20 or more) [default: the terminal's width, else COLUMNS, else none]
    --quiet(-q)               # No notes on standard error
    --no-pager                # Do not send long output on a terminal through the pager
    --service: string         # Only entries of this service
    --category: string        # Only entries of this category, e.g. account or policy
    --action: string          # Only entries resolved by this action, e.g. retry or fix-request
    --retryable               # Only entries whose documented solution begins with trying again
    --help(-h)                # Print help (see more with '--help')
    --version(-V)             # Print version
    ...statuses: string       # HTTP statuses: 404, or 4xx for a class; without any, one row a status
  ]

  def "nu-complete orgerr explain output" [] {
    [ "table" "json" "jsonl" "tsv" "markdown" "plain" ]
  }

  def "nu-complete orgerr explain color" [] {
    [ "auto" "always" "never" ]
  }

  # Explain every error in raw API responses, logs or stack traces
  export extern "orgerr explain" [
    --catalog: path           # Add a catalog of your own (repeatable; - is standard input); its entries win
    --output(-o): string@"nu-complete orgerr explain output" # How to print results [default: table]
    --json                    # Short for --output json
    --color: string@"nu-complete orgerr explain color" # When to use colour [default: auto]
    --width: string           # Wrap at N columns (20 or more) [default: the terminal's width, else COLUMNS, else none]
    --quiet(-q)               # No notes on standard error
    --no-pager                # Do not send long output on a terminal through the pager
    --follow                  # Print each new error as soon as its line ends
    --tee                     # Pass standard input through to standard output; explain on standard error
    --help(-h)                # Print help (see more with '--help')
    --version(-V)             # Print version
    ...files: path            # Files to read; standard input without any, or as -
  ]

  def "nu-complete orgerr catalog output" [] {
    [ "table" "json" "jsonl" "tsv" "markdown" "plain" ]
  }

  def "nu-complete orgerr catalog color" [] {
    [ "auto" "always" "never" ]
  }

  # Check, import or describe catalogs of one's own
  export extern "orgerr catalog" [
    --catalog: path           # Add a catalog of your own (repeatable; - is standard input); its entries win
    --output(-o): string@"nu-complete orgerr catalog output" # How to print results [default: table]
    --json                    # Short for --output json
    --color: string@"nu-complete orgerr catalog color" # When to use colour [default: auto]
    --width: string           # Wrap at N columns (20 or more) [default: the terminal's width, else COLUMNS, else none]
    --quiet(-q)               # No notes on standard error
    --no-pager                # Do not send long output on a terminal through the pager
    --help(-h)                # Print help (see more with '--help')
    --version(-V)             # Print version
  ]

  def "nu-complete orgerr catalog check output" [] {
    [ "table" "json" "jsonl" "tsv" "markdown" "plain" ]
  }

  def "nu-complete orgerr catalog check color" [] {
    [ "auto" "always" "never" ]
  }

  # Say whether catalogs are valid, every problem at once
  export extern "orgerr catalog check" [
    --catalog: path           # Add a catalog of your own (repeatable; - is standard input); its entries win
    --output(-o): string@"nu-complete orgerr catalog check output" # How to print results [default: table]
    --json                    # Short for --output json
    --color: string@"nu-complete orgerr catalog check color" # When to use colour [default: auto]
    --width: string           # Wrap at N columns (20 or more) [default: the terminal's width, else COLUMNS, else none]
    --quiet(-q)               # No notes on standard error
    --no-pager                # Do not send long output on a terminal through the pager
    --help(-h)                # Print help (see more with '--help')
    --version(-V)             # Print version
    ...files: path            # Catalogs in TOML; - is standard input
  ]

  def "nu-complete orgerr catalog import output" [] {
    [ "table" "json" "jsonl" "tsv" "markdown" "plain" ]
  }

  def "nu-complete orgerr catalog import color" [] {
    [ "auto" "always" "never" ]
  }

  # Turn a documentation page with an error table into a catalog
  export extern "orgerr catalog import" [
    --catalog: path           # Add a catalog of your own (repeatable; - is standard input); its entries win
    --output(-o): string@"nu-complete orgerr catalog import output" # How to print results [default: table]
    --json                    # Short for --output json
    --color: string@"nu-complete orgerr catalog import color" # When to use colour [default: auto]
    --width: string           # Wrap at N columns (20 or more) [default: the terminal's width, else COLUMNS, else none]
    --quiet(-q)               # No notes on standard error
    --no-pager                # Do not send long output on a terminal through the pager
    --help(-h)                # Print help (see more with '--help')
    --version(-V)             # Print version
    file?: path               # The page; standard input without one, or as -
  ]

  def "nu-complete orgerr catalog schema output" [] {
    [ "table" "json" "jsonl" "tsv" "markdown" "plain" ]
  }

  def "nu-complete orgerr catalog schema color" [] {
    [ "auto" "always" "never" ]
  }

  # Print the JSON Schema of the catalog's TOML
  export extern "orgerr catalog schema" [
    --catalog: path           # Add a catalog of your own (repeatable; - is standard input); its entries win
    --output(-o): string@"nu-complete orgerr catalog schema output" # How to print results [default: table]
    --json                    # Short for --output json
    --color: string@"nu-complete orgerr catalog schema color" # When to use colour [default: auto]
    --width: string           # Wrap at N columns (20 or more) [default: the terminal's width, else COLUMNS, else none]
    --quiet(-q)               # No notes on standard error
    --no-pager                # Do not send long output on a terminal through the pager
    --help(-h)                # Print help (see more with '--help')
    --version(-V)             # Print version
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "orgerr catalog help" [
  ]

  # Say whether catalogs are valid, every problem at once
  export extern "orgerr catalog help check" [
  ]

  # Turn a documentation page with an error table into a catalog
  export extern "orgerr catalog help import" [
  ]

  # Print the JSON Schema of the catalog's TOML
  export extern "orgerr catalog help schema" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "orgerr catalog help help" [
  ]

  def "nu-complete orgerr completions output" [] {
    [ "table" "json" "jsonl" "tsv" "markdown" "plain" ]
  }

  def "nu-complete orgerr completions color" [] {
    [ "auto" "always" "never" ]
  }

  def "nu-complete orgerr completions shell" [] {
    [ "bash" "zsh" "fish" "powershell" "elvish" "nushell" ]
  }

  # Print the completion script of a shell
  export extern "orgerr completions" [
    --catalog: path           # Add a catalog of your own (repeatable; - is standard input); its entries win
    --output(-o): string@"nu-complete orgerr completions output" # How to print results [default: table]
    --json                    # Short for --output json
    --color: string@"nu-complete orgerr completions color" # When to use colour [default: auto]
    --width: string           # Wrap at N columns (20 or more) [default: the terminal's width, else COLUMNS, else none]
    --quiet(-q)               # No notes on standard error
    --no-pager                # Do not send long output on a terminal through the pager
    --help(-h)                # Print help (see more with '--help')
    --version(-V)             # Print version
    shell: string@"nu-complete orgerr completions shell" # The shell
  ]

  def "nu-complete orgerr man output" [] {
    [ "table" "json" "jsonl" "tsv" "markdown" "plain" ]
  }

  def "nu-complete orgerr man color" [] {
    [ "auto" "always" "never" ]
  }

  # Print the manual page (roff)
  export extern "orgerr man" [
    --catalog: path           # Add a catalog of your own (repeatable; - is standard input); its entries win
    --output(-o): string@"nu-complete orgerr man output" # How to print results [default: table]
    --json                    # Short for --output json
    --color: string@"nu-complete orgerr man color" # When to use colour [default: auto]
    --width: string           # Wrap at N columns (20 or more) [default: the terminal's width, else COLUMNS, else none]
    --quiet(-q)               # No notes on standard error
    --no-pager                # Do not send long output on a terminal through the pager
    --help(-h)                # Print help (see more with '--help')
    --version(-V)             # Print version
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "orgerr help" [
  ]

  # Show what error codes mean and how to fix them
  export extern "orgerr help show" [
  ]

  # Print just the suggested fix of error codes
  export extern "orgerr help fix" [
  ]

  # Find error codes by words, best match first
  export extern "orgerr help search" [
  ]

  # List all error codes
  export extern "orgerr help list" [
  ]

  # List the error codes with an HTTP status, or count them by status
  export extern "orgerr help status" [
  ]

  # Explain every error in raw API responses, logs or stack traces
  export extern "orgerr help explain" [
  ]

  # Check, import or describe catalogs of one's own
  export extern "orgerr help catalog" [
  ]

  # Print the completion script of a shell
  export extern "orgerr help completions" [
  ]

  # Print the manual page (roff)
  export extern "orgerr help man" [
  ]

  # Print this message or the help of the given subcommand(s)
  export extern "orgerr help help" [
  ]

}

export use completions *

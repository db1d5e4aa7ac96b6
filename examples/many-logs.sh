#!/usr/bin/env bash
# Explains many log files, one process a core, and prints the findings of all as
# `orgerr explain -o jsonl FILE...` does. Needs jq; --parallel takes GNU parallel
# instead of xargs (moreutils has another tool of that name).
#     examples/many-logs.sh [--parallel] FILE...
set -uo pipefail

engine="xargs"
if [ "${1-}" = --parallel ]; then
    engine="parallel"
    shift
fi
if [ $# = 0 ]; then
    echo "usage: $0 [--parallel] FILE..." >&2
    exit 2
fi

# Each file has a result of its own, named by the file's place in the list: no line of
# one stands inside another's, and the order of the files is kept. That one file has no
# error (exit code 1) is no failure.
results=$(mktemp -d) || exit 2
trap 'rm -rf "$results"' EXIT
# shellcheck disable=SC2317 # xargs and parallel call it
explain() {
    orgerr explain -q -o jsonl -- "$2" > "$results/$(printf %09d "$1")" || [ $? = 1 ]
}
export -f explain
export results

failed=0
number=0
case $engine in
    xargs)
        for file; do printf '%s\0%s\0' $((number += 1)) "$file"; done |
            xargs -0 -n 2 -P "$(nproc)" bash -c 'explain "$@"' explain || failed=2
        ;;
    parallel)
        parallel --will-cite explain '{#}' '{}' ::: "$@" || failed=2
        ;;
esac

# Of each code the first finding, with the sum of the counts; where a client left out the
# code, of each set of candidates. -e: 4 where there is none.
cat "$results"/* | jq -cen 'reduce inputs as $next ({};
    ($next.code // ($next.candidates | join(" "))) as $error
    | if has($error) then .[$error].count += $next.count else .[$error] = $next end
) | .[]'
case $?,$failed in
    0,0) exit 0 ;;
    4,0) exit 1 ;;
    *) exit 2 ;;
esac

# Completion of orgerr for bash: `orgerr` itself says what there is to offer.

_orgerr() {
    local answer kind value description widest=0 room line IFS=
    local -a values=() descriptions=()
    COMPREPLY=()
    # The word up to the cursor is $2.
    answer=$(ORGERR_COMPLETE=bash command orgerr -- "${COMP_WORDS[@]:0:COMP_CWORD}" "$2" 2>/dev/null)
    {
        read -r kind
        while IFS=$'\t' read -r value description; do
            values+=("$value")
            descriptions+=("$description")
            ((${#value} > widest)) && widest=${#value}
        done
    } <<<"$answer"

    # File names are quoted by bash, the way that the word is quoted already; but not
    # behind ~/ as they should be.
    if [[ $kind == files ]] && compopt -o filenames 2>/dev/null; then
        [[ "${values[*]}" == *[!a-zA-Z0-9._/~-]* ]] && values=("${values[@]/#\~\//"$HOME"/}")
        COMPREPLY=("${values[@]%/}")
        return
    fi
    room=$((${COLUMNS:-80} - widest - 3))
    for line in "${!values[@]}"; do
        printf -v value %q "${values[line]}"
        # A comma is quoted needlessly.
        value=${value//\\,/,}
        # A list is only shown; what is put into the line must be the value alone.
        if [[ $COMP_TYPE == 63 || $COMP_TYPE == 33 || $COMP_TYPE == 64 ]] &&
            ((${#values[@]} > 1 && room > 20)) && [[ -n ${descriptions[line]} ]]; then
            printf -v value '%-*s  %s' "$widest" "$value" "${descriptions[line]:0:room}"
        fi
        COMPREPLY+=("$value")
    done
}

# Before version 4.4, bash sorts.
complete -o nosort -F _orgerr orgerr 2>/dev/null || complete -F _orgerr orgerr

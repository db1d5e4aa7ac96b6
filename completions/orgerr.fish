# Completion of orgerr for fish: `orgerr` itself says what there is to offer.

function __orgerr_complete
    set -l words (commandline --current-process --tokenize --cut-at-cursor)
    set -l answer (ORGERR_COMPLETE=fish command orgerr -- $words (commandline --current-token --cut-at-cursor) 2>/dev/null)
    printf '%s\n' $answer[2..]
end

complete --command orgerr --keep-order --no-files --arguments '(__orgerr_complete)'

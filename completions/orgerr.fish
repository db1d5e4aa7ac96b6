complete --keep-order --exclusive --command orgerr --arguments "(ORGERR_COMPLETE=fish orgerr -- (commandline --current-process --tokenize --cut-at-cursor) (commandline --current-token))"

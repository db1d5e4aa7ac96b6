
set edit:completion:arg-completer[orgerr] = { |@words|
    var index = (count $words)
    set index = (- $index 1)

    put (env _CLAP_IFS="\n" _CLAP_COMPLETE_INDEX=(to-string $index) ORGERR_COMPLETE="elvish" orgerr -- $@words) | to-lines
}

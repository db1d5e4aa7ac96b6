# Completion of orgerr for Nushell (0.108 or newer): `orgerr` itself says what there is
# to offer.

def "nu-complete orgerr" [words: list<string>] {
    let words = ($words | each {|word|
        if $word =~ '^["''`]' {
            $word | str substring 1.. | str trim --right --char ($word | str substring 0..0)
        } else {
            $word
        }
    })
    let answer = (with-env { ORGERR_COMPLETE: nushell } { ^orgerr -- ...$words | complete })
    $answer.stdout | lines | skip 1 | each {|line|
        let parts = ($line | split row --number 2 "\t")
        let value = (if $parts.0 =~ '^[A-Za-z0-9._/=-]+$' { $parts.0 } else { $parts.0 | to json })
        { value: $value, description: ($parts | get --optional 1) }
    }
}

@complete "nu-complete orgerr"
extern orgerr [...arguments: string]

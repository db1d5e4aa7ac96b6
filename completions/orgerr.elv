# Completion of orgerr for elvish: `orgerr` itself says what there is to offer.

use str

set edit:completion:arg-completer[orgerr] = {|@words|
    tmp E:ORGERR_COMPLETE = elvish
    var kind @lines = (try { e:orgerr -- $@words | from-lines } catch { put values })
    for line $lines {
        var value @description = (str:split "\t" $line)
        edit:complex-candidate $value &display=(str:join '  ' [$value $@description])
    }
}

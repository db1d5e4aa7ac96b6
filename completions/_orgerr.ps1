# Completion of orgerr for PowerShell: `orgerr` itself says what there is to offer.

Register-ArgumentCompleter -Native -CommandName orgerr -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    # Words in front of the cursor, without their quotes; nothing in them is evaluated.
    $words = @($commandAst.CommandElements |
        Where-Object { $_.Extent.StartOffset -lt $cursorPosition } |
        ForEach-Object { if ($null -ne $_.Value) { "$($_.Value)" } else { $_.Extent.Text } })
    if ($wordToComplete -eq '') { $words += '' }

    $before = $env:ORGERR_COMPLETE
    $env:ORGERR_COMPLETE = 'powershell'
    try {
        $answer = @(& (Get-Command orgerr -CommandType Application)[0] -- @words 2>$null)
    } finally {
        $env:ORGERR_COMPLETE = $before
    }
    $answer | Select-Object -Skip 1 | ForEach-Object {
        $value, $description = $_ -split "`t", 2
        $quoted = $value
        if ($value -notmatch '^[A-Za-z0-9._/=-][A-Za-z0-9._/:=-]*$') {
            $quoted = "'" + [System.Management.Automation.Language.CodeGeneration]::EscapeSingleQuotedStringContent($value) + "'"
        }
        if (-not $description) { $description = $value }
        [System.Management.Automation.CompletionResult]::new($quoted, $value, 'ParameterValue', $description)
    }
}

# fish completion for osbox, made by osbox --generate fish osbox

function __osbox_osbox_first
    set -l words (commandline -opc)
    not set -q words[2]; or string match -q -- '-*' $words[2]
end

complete -c osbox -n __osbox_osbox_first -l list -d 'list the applets, one in each line'
complete -c osbox -n __osbox_osbox_first -l install -d 'link the applets into DIR: those named, aliases too, or all of them'
complete -c osbox -n __osbox_osbox_first -l uninstall -d 'remove from DIR the links that lead to this binary, and nothing else'
complete -c osbox -n __osbox_osbox_first -l generate -x -a '\'man\' \'bash\' \'zsh\' \'fish\' \'json\'' -d 'print the man page (man), the completion for bash, zsh or fish, or a description (json) of an applet or of osbox'
complete -c osbox -n __osbox_osbox_first -l licenses -d 'print the licences of what is in this binary'
complete -c osbox -n __osbox_osbox_first -l version -d 'show program\'s version number and exit'
complete -c osbox -n __osbox_osbox_first -s h -l help -d 'show this help message, or the applet\'s, and exit'
complete -c osbox -n __osbox_osbox_first -l long -d 'show what each applet does, and its other names'
complete -c osbox -n __osbox_osbox_first -s s -l symlink -d 'make symbolic links instead of hard links'
complete -c osbox -n __osbox_osbox_first -l relative -d 'make symbolic links that are relative to DIR'
complete -c osbox -n __osbox_osbox_first -l force -d 'replace files that are not links to this binary'
complete -c osbox -n __osbox_osbox_first -a 'iniget' -d 'read, check and edit INI files'
complete -c osbox -n __osbox_osbox_first -a 'strerror' -d 'explain error numbers and names'
complete -c osbox -n 'not __osbox_osbox_first' -x -a '(__fish_complete_subcommand)'

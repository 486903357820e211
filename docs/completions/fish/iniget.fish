# fish completion for iniget, made by osbox --generate fish iniget

function __osbox_iniget_first
    set -l words (commandline -opc)
    set -l needs 0
    set -e words[1]
    for word in $words
        if test $needs -gt 0
            set needs (math $needs - 1)
            continue
        end
        switch $word
            case -d --default
                set needs 1
            case -t --type
                set needs 1
            case --var
                set needs 1
            case -f --format
                set needs 1
            case --prefix
                set needs 1
            case --over
                set needs 1
            case --root
                set needs 1
            case --write
                set needs 1
            case -D --dialect
                set needs 1
            case --interpolation
                set needs 1
            case --delimiter
                set needs 1
            case --comment-prefix
                set needs 1
            case --inline-comment-prefix
                set needs 1
            case --default-section
                set needs 1
            case --define
                set needs 1
            case --encoding
                set needs 1
            case '-?*'
                continue
            case '*'
                return 1
        end
    end
    return 0
end

complete -c iniget -l version -d 'show program\'s version number and exit'
complete -c iniget -s h -l help -d 'show this help message and exit'
complete -c iniget -s r -l raw -d 'take values as they stand: no references, and in set no check of them'
complete -c iniget -s d -l default -x -d 'print VALUE where the section or option is missing'
complete -c iniget -s t -l type -x -a '\'str\' \'int\' \'float\' \'bool\' \'path\' \'size\' \'duration\' \'list\'' -d 'check the value and print its canonical form: str, int, float, bool, path, size (bytes), duration (seconds) or list [default: str]'
complete -c iniget -s a -l all -d 'every value of a repeated option (implies --no-strict)'
complete -c iniget -l var -x -d 'a value that references see before all others; may be repeated'
complete -c iniget -s g -l glob -d 'SECTION and OPTION are patterns with * ? [a-z]'
complete -c iniget -s o -l origin -d 'show the file and line each value comes from'
complete -c iniget -s f -l format -x -a '\'raw\' \'json\' \'jsonl\' \'sh\' \'csv\' \'lines\' \'ini\' \'nul\'' -d 'raw, json, jsonl, sh (for eval), csv, lines (for grep), ini or nul [default: raw]'
complete -c iniget -s j -l json -d 'the same as --format json'
complete -c iniget -l prefix -x -d 'put TEXT before the names of shell variables'
complete -c iniget -l mangle -d 'turn characters that no shell variable can have into _'
complete -c iniget -l over -r -F -d 'read FILE too, its values win; may be repeated'
complete -c iniget -l dropins -d 'read FILE.d/*.conf too, and FILE\'s namesakes in /usr/lib, /run and /etc'
complete -c iniget -l root -r -F -d 'with --dropins: look below DIR'
complete -c iniget -l existing -d 'set only what is there already, file and all'
complete -c iniget -s n -l dry-run -d 'print the change as a unified diff and write nothing'
complete -c iniget -l write -x -a '\'atomic\' \'inplace\'' -d 'atomic: a new file takes the old one\'s place; inplace: for bind mounts and hard links, a crash can leave half a file [default: atomic]'
complete -c iniget -l no-wait -d 'give up with exit code 1 while another writer has the file'
complete -c iniget -s D -l dialect -x -a '\'python\' \'plain\' \'git\' \'systemd\' \'desktop\' \'php\' \'krb5\'' -d 'python, plain, git, systemd, desktop, php or krb5 [default: python]'
complete -c iniget -l interpolation -x -a '\'none\' \'basic\' \'extended\' \'legacy\'' -d 'none, basic (%(name)s), extended (${section:name}) or legacy'
complete -c iniget -l strict -d 'a repeated section or option is an error'
complete -c iniget -l no-strict -d 'repeats are allowed; the last one wins, or as the dialect has it'
complete -c iniget -l allow-no-value -d 'options may stand without delimiter and value'
complete -c iniget -l delimiter -x -d 'what stands between option and value, in the place of = and :; may be repeated'
complete -c iniget -l comment-prefix -x -d 'what begins a comment line, in the place of # and ;; may be repeated'
complete -c iniget -l no-comments -d 'no line is a comment'
complete -c iniget -l inline-comment-prefix -x -d 'what begins a comment behind a value; may be repeated'
complete -c iniget -l no-empty-lines -d 'an empty line ends a value'
complete -c iniget -l case -d 'options keep their case (optionxform=str)'
complete -c iniget -l default-section -x -d 'the section all others inherit from, in the place of DEFAULT'
complete -c iniget -l define -x -d 'an option of DEFAULT that files may override (defaults=)'
complete -c iniget -l sorted -d 'sections and options in the order of their names'
complete -c iniget -l encoding -x -d 'the files\' encoding, in the place of utf-8'
complete -c iniget -n __osbox_iniget_first -a 'get' -d 'a value, a section, or all; `get` may be left out'
complete -c iniget -n __osbox_iniget_first -a 'items' -d 'a section\'s options and values, DEFAULT\'s too'
complete -c iniget -n __osbox_iniget_first -a 'dump' -d 'all sections'
complete -c iniget -n __osbox_iniget_first -a 'sections' -d 'the names of the sections'
complete -c iniget -n __osbox_iniget_first -a 'options' -d 'the names of a section\'s options'
complete -c iniget -n __osbox_iniget_first -a 'has' -d 'exit 0 if it is there (in DEFAULT counts), 1 if not'
complete -c iniget -n __osbox_iniget_first -a 'lint' -d 'all that is wrong, as FILE:LINE:COLUMN: TEXT [CODE]'
complete -c iniget -n __osbox_iniget_first -a 'diff' -d 'what differs in meaning; exit 1 if anything does'
complete -c iniget -n __osbox_iniget_first -a 'set' -d 'set a value; what is missing on the way is made'
complete -c iniget -n __osbox_iniget_first -a 'add' -d 'add a value to an option that may be repeated'
complete -c iniget -n __osbox_iniget_first -a 'del' -d 'remove an option or a section'
complete -c iniget -n __osbox_iniget_first -a 'add-section' -d 'add an empty section'
complete -c iniget -n __osbox_iniget_first -a 'rename' -d 'rename a section or an option'
complete -c iniget -n __osbox_iniget_first -a 'comment' -d 'turn an option or a section into a comment'
complete -c iniget -n __osbox_iniget_first -a 'uncomment' -d 'turn it back'
complete -c iniget -n __osbox_iniget_first -a 'merge' -d 'set in FILE what the others say'
complete -c iniget -n __osbox_iniget_first -a 'apply' -d 'do the edits on standard input, one a line, all or none'

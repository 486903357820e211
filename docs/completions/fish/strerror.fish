# fish completion for strerror, made by osbox --generate fish strerror

complete -c strerror -l version -d 'show program\'s version number and exit'
complete -c strerror -s h -l help -d 'show this help message and exit'
complete -c strerror -s l -l list -d 'Show all errors, in the order of their numbers.'
complete -c strerror -s s -l search -d 'Show the errors whose name or text has all the WORDs, in any case.'
complete -c strerror -l table -x -a '\'linux-generic\' \'linux-mips\' \'linux-alpha\' \'linux-parisc\' \'linux-sparc\' \'linux-powerpc\'' -d 'Use another machine\'s numbers: linux-generic, linux-mips, linux-alpha, linux-parisc, linux-sparc or linux-powerpc.'
complete -c strerror -s v -l verbose -d 'Add Python\'s exception and the other names of the number.'
complete -c strerror -l json -d 'Show one JSON array of objects.'
complete -c strerror -s n -l number -d 'Show only the number.'
complete -c strerror -s N -l name -d 'Show only the name.'
complete -c strerror -s t -l text -d 'Show only the text.'
complete -c strerror -s e -l exception -d 'Show only Python\'s exception.'

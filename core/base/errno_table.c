/* The tables of <osbox/errno.h>.
 *
 * Names and texts stand once, inside their rows, so that start-up relocates nothing; each machine's
 * table is a sorted list of numbers and row indices.
 *
 * Texts are glibc 2.36's. It has none for EDEADLOCK where that is a number of its own (mips, sparc,
 * powerpc), nor for EINIT, EREMDEV, ENOSYM, EREMOTERELEASE and ERREMOTE: those are ours. */
#include <osbox/errno.h>

/* X(name, text), in the order of the names */
#define SYMBOLS(X)                                                                                 \
    X(E2BIG, "Argument list too long")                                                             \
    X(EACCES, "Permission denied")                                                                 \
    X(EADDRINUSE, "Address already in use")                                                        \
    X(EADDRNOTAVAIL, "Cannot assign requested address")                                            \
    X(EADV, "Advertise error")                                                                     \
    X(EAFNOSUPPORT, "Address family not supported by protocol")                                    \
    X(EAGAIN, "Resource temporarily unavailable")                                                  \
    X(EALREADY, "Operation already in progress")                                                   \
    X(EBADE, "Invalid exchange")                                                                   \
    X(EBADF, "Bad file descriptor")                                                                \
    X(EBADFD, "File descriptor in bad state")                                                      \
    X(EBADMSG, "Bad message")                                                                      \
    X(EBADR, "Invalid request descriptor")                                                         \
    X(EBADRQC, "Invalid request code")                                                             \
    X(EBADSLT, "Invalid slot")                                                                     \
    X(EBFONT, "Bad font file format")                                                              \
    X(EBUSY, "Device or resource busy")                                                            \
    X(ECANCELED, "Operation canceled")                                                             \
    X(ECANCELLED, "Operation canceled")                                                            \
    X(ECHILD, "No child processes")                                                                \
    X(ECHRNG, "Channel number out of range")                                                       \
    X(ECOMM, "Communication error on send")                                                        \
    X(ECONNABORTED, "Software caused connection abort")                                            \
    X(ECONNREFUSED, "Connection refused")                                                          \
    X(ECONNRESET, "Connection reset by peer")                                                      \
    X(EDEADLK, "Resource deadlock avoided")                                                        \
    X(EDEADLOCK, "Resource deadlock avoided")                                                      \
    X(EDESTADDRREQ, "Destination address required")                                                \
    X(EDOM, "Numerical argument out of domain")                                                    \
    X(EDOTDOT, "RFS specific error")                                                               \
    X(EDQUOT, "Disk quota exceeded")                                                               \
    X(EEXIST, "File exists")                                                                       \
    X(EFAULT, "Bad address")                                                                       \
    X(EFBIG, "File too large")                                                                     \
    X(EHOSTDOWN, "Host is down")                                                                   \
    X(EHOSTUNREACH, "No route to host")                                                            \
    X(EHWPOISON, "Memory page has hardware error")                                                 \
    X(EIDRM, "Identifier removed")                                                                 \
    X(EILSEQ, "Invalid or incomplete multibyte or wide character")                                 \
    X(EINIT, "Reserved error")                                                                     \
    X(EINPROGRESS, "Operation now in progress")                                                    \
    X(EINTR, "Interrupted system call")                                                            \
    X(EINVAL, "Invalid argument")                                                                  \
    X(EIO, "Input/output error")                                                                   \
    X(EISCONN, "Transport endpoint is already connected")                                          \
    X(EISDIR, "Is a directory")                                                                    \
    X(EISNAM, "Is a named type file")                                                              \
    X(EKEYEXPIRED, "Key has expired")                                                              \
    X(EKEYREJECTED, "Key was rejected by service")                                                 \
    X(EKEYREVOKED, "Key has been revoked")                                                         \
    X(EL2HLT, "Level 2 halted")                                                                    \
    X(EL2NSYNC, "Level 2 not synchronized")                                                        \
    X(EL3HLT, "Level 3 halted")                                                                    \
    X(EL3RST, "Level 3 reset")                                                                     \
    X(ELIBACC, "Can not access a needed shared library")                                           \
    X(ELIBBAD, "Accessing a corrupted shared library")                                             \
    X(ELIBEXEC, "Cannot exec a shared library directly")                                           \
    X(ELIBMAX, "Attempting to link in too many shared libraries")                                  \
    X(ELIBSCN, ".lib section in a.out corrupted")                                                  \
    X(ELNRNG, "Link number out of range")                                                          \
    X(ELOOP, "Too many levels of symbolic links")                                                  \
    X(EMEDIUMTYPE, "Wrong medium type")                                                            \
    X(EMFILE, "Too many open files")                                                               \
    X(EMLINK, "Too many links")                                                                    \
    X(EMSGSIZE, "Message too long")                                                                \
    X(EMULTIHOP, "Multihop attempted")                                                             \
    X(ENAMETOOLONG, "File name too long")                                                          \
    X(ENAVAIL, "No XENIX semaphores available")                                                    \
    X(ENETDOWN, "Network is down")                                                                 \
    X(ENETRESET, "Network dropped connection on reset")                                            \
    X(ENETUNREACH, "Network is unreachable")                                                       \
    X(ENFILE, "Too many open files in system")                                                     \
    X(ENOANO, "No anode")                                                                          \
    X(ENOBUFS, "No buffer space available")                                                        \
    X(ENOCSI, "No CSI structure available")                                                        \
    X(ENODATA, "No data available")                                                                \
    X(ENODEV, "No such device")                                                                    \
    X(ENOENT, "No such file or directory")                                                         \
    X(ENOEXEC, "Exec format error")                                                                \
    X(ENOKEY, "Required key not available")                                                        \
    X(ENOLCK, "No locks available")                                                                \
    X(ENOLINK, "Link has been severed")                                                            \
    X(ENOMEDIUM, "No medium found")                                                                \
    X(ENOMEM, "Cannot allocate memory")                                                            \
    X(ENOMSG, "No message of desired type")                                                        \
    X(ENONET, "Machine is not on the network")                                                     \
    X(ENOPKG, "Package not installed")                                                             \
    X(ENOPROTOOPT, "Protocol not available")                                                       \
    X(ENOSPC, "No space left on device")                                                           \
    X(ENOSR, "Out of streams resources")                                                           \
    X(ENOSTR, "Device not a stream")                                                               \
    X(ENOSYM, "Symbol does not exist in executable")                                               \
    X(ENOSYS, "Function not implemented")                                                          \
    X(ENOTBLK, "Block device required")                                                            \
    X(ENOTCONN, "Transport endpoint is not connected")                                             \
    X(ENOTDIR, "Not a directory")                                                                  \
    X(ENOTEMPTY, "Directory not empty")                                                            \
    X(ENOTNAM, "Not a XENIX named type file")                                                      \
    X(ENOTRECOVERABLE, "State not recoverable")                                                    \
    X(ENOTSOCK, "Socket operation on non-socket")                                                  \
    X(ENOTSUP, "Operation not supported")                                                          \
    X(ENOTTY, "Inappropriate ioctl for device")                                                    \
    X(ENOTUNIQ, "Name not unique on network")                                                      \
    X(ENXIO, "No such device or address")                                                          \
    X(EOPNOTSUPP, "Operation not supported")                                                       \
    X(EOVERFLOW, "Value too large for defined data type")                                          \
    X(EOWNERDEAD, "Owner died")                                                                    \
    X(EPERM, "Operation not permitted")                                                            \
    X(EPFNOSUPPORT, "Protocol family not supported")                                               \
    X(EPIPE, "Broken pipe")                                                                        \
    X(EPROCLIM, "Too many processes")                                                              \
    X(EPROTO, "Protocol error")                                                                    \
    X(EPROTONOSUPPORT, "Protocol not supported")                                                   \
    X(EPROTOTYPE, "Protocol wrong type for socket")                                                \
    X(ERANGE, "Numerical result out of range")                                                     \
    X(EREFUSED, "Connection refused")                                                              \
    X(EREMCHG, "Remote address changed")                                                           \
    X(EREMDEV, "Remote device error")                                                              \
    X(EREMOTE, "Object is remote")                                                                 \
    X(EREMOTEIO, "Remote I/O error")                                                               \
    X(EREMOTERELEASE, "Remote peer released connection")                                           \
    X(ERESTART, "Interrupted system call should be restarted")                                     \
    X(ERFKILL, "Operation not possible due to RF-kill")                                            \
    X(EROFS, "Read-only file system")                                                              \
    X(ERREMOTE, "Too many levels of remote in path")                                               \
    X(ESHUTDOWN, "Cannot send after transport endpoint shutdown")                                  \
    X(ESOCKTNOSUPPORT, "Socket type not supported")                                                \
    X(ESPIPE, "Illegal seek")                                                                      \
    X(ESRCH, "No such process")                                                                    \
    X(ESRMNT, "Srmount error")                                                                     \
    X(ESTALE, "Stale file handle")                                                                 \
    X(ESTRPIPE, "Streams pipe error")                                                              \
    X(ETIME, "Timer expired")                                                                      \
    X(ETIMEDOUT, "Connection timed out")                                                           \
    X(ETOOMANYREFS, "Too many references: cannot splice")                                          \
    X(ETXTBSY, "Text file busy")                                                                   \
    X(EUCLEAN, "Structure needs cleaning")                                                         \
    X(EUNATCH, "Protocol driver not attached")                                                     \
    X(EUSERS, "Too many users")                                                                    \
    X(EWOULDBLOCK, "Resource temporarily unavailable")                                             \
    X(EXDEV, "Invalid cross-device link")                                                          \
    X(EXFULL, "Exchange full")

enum {
#define SYMBOL_ENUM(name, text) SYM_##name,
    SYMBOLS(SYMBOL_ENUM)
#undef SYMBOL_ENUM
};

static const struct {
    char name[16];
    char text[50];
} symbols[] = {
#define SYMBOL_ROW(name, text) {#name, text},
    SYMBOLS(SYMBOL_ROW)
#undef SYMBOL_ROW
};

/* clang-format off */
static const osb_errno_entry generic[] = {
    {1, SYM_EPERM}, {2, SYM_ENOENT}, {3, SYM_ESRCH}, {4, SYM_EINTR}, {5, SYM_EIO}, {6, SYM_ENXIO},
    {7, SYM_E2BIG}, {8, SYM_ENOEXEC}, {9, SYM_EBADF}, {10, SYM_ECHILD}, {11, SYM_EAGAIN},
    {11, SYM_EWOULDBLOCK}, {12, SYM_ENOMEM}, {13, SYM_EACCES}, {14, SYM_EFAULT},
    {15, SYM_ENOTBLK}, {16, SYM_EBUSY}, {17, SYM_EEXIST}, {18, SYM_EXDEV}, {19, SYM_ENODEV},
    {20, SYM_ENOTDIR}, {21, SYM_EISDIR}, {22, SYM_EINVAL}, {23, SYM_ENFILE}, {24, SYM_EMFILE},
    {25, SYM_ENOTTY}, {26, SYM_ETXTBSY}, {27, SYM_EFBIG}, {28, SYM_ENOSPC}, {29, SYM_ESPIPE},
    {30, SYM_EROFS}, {31, SYM_EMLINK}, {32, SYM_EPIPE}, {33, SYM_EDOM}, {34, SYM_ERANGE},
    {35, SYM_EDEADLOCK}, {35, SYM_EDEADLK}, {36, SYM_ENAMETOOLONG}, {37, SYM_ENOLCK},
    {38, SYM_ENOSYS}, {39, SYM_ENOTEMPTY}, {40, SYM_ELOOP}, {42, SYM_ENOMSG}, {43, SYM_EIDRM},
    {44, SYM_ECHRNG}, {45, SYM_EL2NSYNC}, {46, SYM_EL3HLT}, {47, SYM_EL3RST}, {48, SYM_ELNRNG},
    {49, SYM_EUNATCH}, {50, SYM_ENOCSI}, {51, SYM_EL2HLT}, {52, SYM_EBADE}, {53, SYM_EBADR},
    {54, SYM_EXFULL}, {55, SYM_ENOANO}, {56, SYM_EBADRQC}, {57, SYM_EBADSLT}, {59, SYM_EBFONT},
    {60, SYM_ENOSTR}, {61, SYM_ENODATA}, {62, SYM_ETIME}, {63, SYM_ENOSR}, {64, SYM_ENONET},
    {65, SYM_ENOPKG}, {66, SYM_EREMOTE}, {67, SYM_ENOLINK}, {68, SYM_EADV}, {69, SYM_ESRMNT},
    {70, SYM_ECOMM}, {71, SYM_EPROTO}, {72, SYM_EMULTIHOP}, {73, SYM_EDOTDOT}, {74, SYM_EBADMSG},
    {75, SYM_EOVERFLOW}, {76, SYM_ENOTUNIQ}, {77, SYM_EBADFD}, {78, SYM_EREMCHG},
    {79, SYM_ELIBACC}, {80, SYM_ELIBBAD}, {81, SYM_ELIBSCN}, {82, SYM_ELIBMAX},
    {83, SYM_ELIBEXEC}, {84, SYM_EILSEQ}, {85, SYM_ERESTART}, {86, SYM_ESTRPIPE},
    {87, SYM_EUSERS}, {88, SYM_ENOTSOCK}, {89, SYM_EDESTADDRREQ}, {90, SYM_EMSGSIZE},
    {91, SYM_EPROTOTYPE}, {92, SYM_ENOPROTOOPT}, {93, SYM_EPROTONOSUPPORT},
    {94, SYM_ESOCKTNOSUPPORT}, {95, SYM_ENOTSUP}, {95, SYM_EOPNOTSUPP}, {96, SYM_EPFNOSUPPORT},
    {97, SYM_EAFNOSUPPORT}, {98, SYM_EADDRINUSE}, {99, SYM_EADDRNOTAVAIL}, {100, SYM_ENETDOWN},
    {101, SYM_ENETUNREACH}, {102, SYM_ENETRESET}, {103, SYM_ECONNABORTED}, {104, SYM_ECONNRESET},
    {105, SYM_ENOBUFS}, {106, SYM_EISCONN}, {107, SYM_ENOTCONN}, {108, SYM_ESHUTDOWN},
    {109, SYM_ETOOMANYREFS}, {110, SYM_ETIMEDOUT}, {111, SYM_ECONNREFUSED}, {112, SYM_EHOSTDOWN},
    {113, SYM_EHOSTUNREACH}, {114, SYM_EALREADY}, {115, SYM_EINPROGRESS}, {116, SYM_ESTALE},
    {117, SYM_EUCLEAN}, {118, SYM_ENOTNAM}, {119, SYM_ENAVAIL}, {120, SYM_EISNAM},
    {121, SYM_EREMOTEIO}, {122, SYM_EDQUOT}, {123, SYM_ENOMEDIUM}, {124, SYM_EMEDIUMTYPE},
    {125, SYM_ECANCELED}, {126, SYM_ENOKEY}, {127, SYM_EKEYEXPIRED}, {128, SYM_EKEYREVOKED},
    {129, SYM_EKEYREJECTED}, {130, SYM_EOWNERDEAD}, {131, SYM_ENOTRECOVERABLE},
    {132, SYM_ERFKILL}, {133, SYM_EHWPOISON},
};

static const osb_errno_entry mips[] = {
    {1, SYM_EPERM}, {2, SYM_ENOENT}, {3, SYM_ESRCH}, {4, SYM_EINTR}, {5, SYM_EIO}, {6, SYM_ENXIO},
    {7, SYM_E2BIG}, {8, SYM_ENOEXEC}, {9, SYM_EBADF}, {10, SYM_ECHILD}, {11, SYM_EAGAIN},
    {11, SYM_EWOULDBLOCK}, {12, SYM_ENOMEM}, {13, SYM_EACCES}, {14, SYM_EFAULT},
    {15, SYM_ENOTBLK}, {16, SYM_EBUSY}, {17, SYM_EEXIST}, {18, SYM_EXDEV}, {19, SYM_ENODEV},
    {20, SYM_ENOTDIR}, {21, SYM_EISDIR}, {22, SYM_EINVAL}, {23, SYM_ENFILE}, {24, SYM_EMFILE},
    {25, SYM_ENOTTY}, {26, SYM_ETXTBSY}, {27, SYM_EFBIG}, {28, SYM_ENOSPC}, {29, SYM_ESPIPE},
    {30, SYM_EROFS}, {31, SYM_EMLINK}, {32, SYM_EPIPE}, {33, SYM_EDOM}, {34, SYM_ERANGE},
    {35, SYM_ENOMSG}, {36, SYM_EIDRM}, {37, SYM_ECHRNG}, {38, SYM_EL2NSYNC}, {39, SYM_EL3HLT},
    {40, SYM_EL3RST}, {41, SYM_ELNRNG}, {42, SYM_EUNATCH}, {43, SYM_ENOCSI}, {44, SYM_EL2HLT},
    {45, SYM_EDEADLK}, {46, SYM_ENOLCK}, {50, SYM_EBADE}, {51, SYM_EBADR}, {52, SYM_EXFULL},
    {53, SYM_ENOANO}, {54, SYM_EBADRQC}, {55, SYM_EBADSLT}, {56, SYM_EDEADLOCK}, {59, SYM_EBFONT},
    {60, SYM_ENOSTR}, {61, SYM_ENODATA}, {62, SYM_ETIME}, {63, SYM_ENOSR}, {64, SYM_ENONET},
    {65, SYM_ENOPKG}, {66, SYM_EREMOTE}, {67, SYM_ENOLINK}, {68, SYM_EADV}, {69, SYM_ESRMNT},
    {70, SYM_ECOMM}, {71, SYM_EPROTO}, {73, SYM_EDOTDOT}, {74, SYM_EMULTIHOP}, {77, SYM_EBADMSG},
    {78, SYM_ENAMETOOLONG}, {79, SYM_EOVERFLOW}, {80, SYM_ENOTUNIQ}, {81, SYM_EBADFD},
    {82, SYM_EREMCHG}, {83, SYM_ELIBACC}, {84, SYM_ELIBBAD}, {85, SYM_ELIBSCN}, {86, SYM_ELIBMAX},
    {87, SYM_ELIBEXEC}, {88, SYM_EILSEQ}, {89, SYM_ENOSYS}, {90, SYM_ELOOP}, {91, SYM_ERESTART},
    {92, SYM_ESTRPIPE}, {93, SYM_ENOTEMPTY}, {94, SYM_EUSERS}, {95, SYM_ENOTSOCK},
    {96, SYM_EDESTADDRREQ}, {97, SYM_EMSGSIZE}, {98, SYM_EPROTOTYPE}, {99, SYM_ENOPROTOOPT},
    {120, SYM_EPROTONOSUPPORT}, {121, SYM_ESOCKTNOSUPPORT}, {122, SYM_ENOTSUP},
    {122, SYM_EOPNOTSUPP}, {123, SYM_EPFNOSUPPORT}, {124, SYM_EAFNOSUPPORT},
    {125, SYM_EADDRINUSE}, {126, SYM_EADDRNOTAVAIL}, {127, SYM_ENETDOWN}, {128, SYM_ENETUNREACH},
    {129, SYM_ENETRESET}, {130, SYM_ECONNABORTED}, {131, SYM_ECONNRESET}, {132, SYM_ENOBUFS},
    {133, SYM_EISCONN}, {134, SYM_ENOTCONN}, {135, SYM_EUCLEAN}, {137, SYM_ENOTNAM},
    {138, SYM_ENAVAIL}, {139, SYM_EISNAM}, {140, SYM_EREMOTEIO}, {141, SYM_EINIT},
    {142, SYM_EREMDEV}, {143, SYM_ESHUTDOWN}, {144, SYM_ETOOMANYREFS}, {145, SYM_ETIMEDOUT},
    {146, SYM_ECONNREFUSED}, {147, SYM_EHOSTDOWN}, {148, SYM_EHOSTUNREACH}, {149, SYM_EALREADY},
    {150, SYM_EINPROGRESS}, {151, SYM_ESTALE}, {158, SYM_ECANCELED}, {159, SYM_ENOMEDIUM},
    {160, SYM_EMEDIUMTYPE}, {161, SYM_ENOKEY}, {162, SYM_EKEYEXPIRED}, {163, SYM_EKEYREVOKED},
    {164, SYM_EKEYREJECTED}, {165, SYM_EOWNERDEAD}, {166, SYM_ENOTRECOVERABLE},
    {167, SYM_ERFKILL}, {168, SYM_EHWPOISON}, {1133, SYM_EDQUOT},
};

static const osb_errno_entry alpha[] = {
    {1, SYM_EPERM}, {2, SYM_ENOENT}, {3, SYM_ESRCH}, {4, SYM_EINTR}, {5, SYM_EIO}, {6, SYM_ENXIO},
    {7, SYM_E2BIG}, {8, SYM_ENOEXEC}, {9, SYM_EBADF}, {10, SYM_ECHILD}, {11, SYM_EDEADLOCK},
    {11, SYM_EDEADLK}, {12, SYM_ENOMEM}, {13, SYM_EACCES}, {14, SYM_EFAULT}, {15, SYM_ENOTBLK},
    {16, SYM_EBUSY}, {17, SYM_EEXIST}, {18, SYM_EXDEV}, {19, SYM_ENODEV}, {20, SYM_ENOTDIR},
    {21, SYM_EISDIR}, {22, SYM_EINVAL}, {23, SYM_ENFILE}, {24, SYM_EMFILE}, {25, SYM_ENOTTY},
    {26, SYM_ETXTBSY}, {27, SYM_EFBIG}, {28, SYM_ENOSPC}, {29, SYM_ESPIPE}, {30, SYM_EROFS},
    {31, SYM_EMLINK}, {32, SYM_EPIPE}, {33, SYM_EDOM}, {34, SYM_ERANGE}, {35, SYM_EAGAIN},
    {35, SYM_EWOULDBLOCK}, {36, SYM_EINPROGRESS}, {37, SYM_EALREADY}, {38, SYM_ENOTSOCK},
    {39, SYM_EDESTADDRREQ}, {40, SYM_EMSGSIZE}, {41, SYM_EPROTOTYPE}, {42, SYM_ENOPROTOOPT},
    {43, SYM_EPROTONOSUPPORT}, {44, SYM_ESOCKTNOSUPPORT}, {45, SYM_ENOTSUP}, {45, SYM_EOPNOTSUPP},
    {46, SYM_EPFNOSUPPORT}, {47, SYM_EAFNOSUPPORT}, {48, SYM_EADDRINUSE}, {49, SYM_EADDRNOTAVAIL},
    {50, SYM_ENETDOWN}, {51, SYM_ENETUNREACH}, {52, SYM_ENETRESET}, {53, SYM_ECONNABORTED},
    {54, SYM_ECONNRESET}, {55, SYM_ENOBUFS}, {56, SYM_EISCONN}, {57, SYM_ENOTCONN},
    {58, SYM_ESHUTDOWN}, {59, SYM_ETOOMANYREFS}, {60, SYM_ETIMEDOUT}, {61, SYM_ECONNREFUSED},
    {62, SYM_ELOOP}, {63, SYM_ENAMETOOLONG}, {64, SYM_EHOSTDOWN}, {65, SYM_EHOSTUNREACH},
    {66, SYM_ENOTEMPTY}, {68, SYM_EUSERS}, {69, SYM_EDQUOT}, {70, SYM_ESTALE}, {71, SYM_EREMOTE},
    {77, SYM_ENOLCK}, {78, SYM_ENOSYS}, {80, SYM_ENOMSG}, {81, SYM_EIDRM}, {82, SYM_ENOSR},
    {83, SYM_ETIME}, {84, SYM_EBADMSG}, {85, SYM_EPROTO}, {86, SYM_ENODATA}, {87, SYM_ENOSTR},
    {88, SYM_ECHRNG}, {89, SYM_EL2NSYNC}, {90, SYM_EL3HLT}, {91, SYM_EL3RST}, {92, SYM_ENOPKG},
    {93, SYM_ELNRNG}, {94, SYM_EUNATCH}, {95, SYM_ENOCSI}, {96, SYM_EL2HLT}, {97, SYM_EBADE},
    {98, SYM_EBADR}, {99, SYM_EXFULL}, {100, SYM_ENOANO}, {101, SYM_EBADRQC}, {102, SYM_EBADSLT},
    {104, SYM_EBFONT}, {105, SYM_ENONET}, {106, SYM_ENOLINK}, {107, SYM_EADV}, {108, SYM_ESRMNT},
    {109, SYM_ECOMM}, {110, SYM_EMULTIHOP}, {111, SYM_EDOTDOT}, {112, SYM_EOVERFLOW},
    {113, SYM_ENOTUNIQ}, {114, SYM_EBADFD}, {115, SYM_EREMCHG}, {116, SYM_EILSEQ},
    {117, SYM_EUCLEAN}, {118, SYM_ENOTNAM}, {119, SYM_ENAVAIL}, {120, SYM_EISNAM},
    {121, SYM_EREMOTEIO}, {122, SYM_ELIBACC}, {123, SYM_ELIBBAD}, {124, SYM_ELIBSCN},
    {125, SYM_ELIBMAX}, {126, SYM_ELIBEXEC}, {127, SYM_ERESTART}, {128, SYM_ESTRPIPE},
    {129, SYM_ENOMEDIUM}, {130, SYM_EMEDIUMTYPE}, {131, SYM_ECANCELED}, {132, SYM_ENOKEY},
    {133, SYM_EKEYEXPIRED}, {134, SYM_EKEYREVOKED}, {135, SYM_EKEYREJECTED},
    {136, SYM_EOWNERDEAD}, {137, SYM_ENOTRECOVERABLE}, {138, SYM_ERFKILL}, {139, SYM_EHWPOISON},
};

static const osb_errno_entry parisc[] = {
    {1, SYM_EPERM}, {2, SYM_ENOENT}, {3, SYM_ESRCH}, {4, SYM_EINTR}, {5, SYM_EIO}, {6, SYM_ENXIO},
    {7, SYM_E2BIG}, {8, SYM_ENOEXEC}, {9, SYM_EBADF}, {10, SYM_ECHILD}, {11, SYM_EAGAIN},
    {11, SYM_EWOULDBLOCK}, {12, SYM_ENOMEM}, {13, SYM_EACCES}, {14, SYM_EFAULT},
    {15, SYM_ENOTBLK}, {16, SYM_EBUSY}, {17, SYM_EEXIST}, {18, SYM_EXDEV}, {19, SYM_ENODEV},
    {20, SYM_ENOTDIR}, {21, SYM_EISDIR}, {22, SYM_EINVAL}, {23, SYM_ENFILE}, {24, SYM_EMFILE},
    {25, SYM_ENOTTY}, {26, SYM_ETXTBSY}, {27, SYM_EFBIG}, {28, SYM_ENOSPC}, {29, SYM_ESPIPE},
    {30, SYM_EROFS}, {31, SYM_EMLINK}, {32, SYM_EPIPE}, {33, SYM_EDOM}, {34, SYM_ERANGE},
    {35, SYM_ENOMSG}, {36, SYM_EIDRM}, {37, SYM_ECHRNG}, {38, SYM_EL2NSYNC}, {39, SYM_EL3HLT},
    {40, SYM_EL3RST}, {41, SYM_ELNRNG}, {42, SYM_EUNATCH}, {43, SYM_ENOCSI}, {44, SYM_EL2HLT},
    {45, SYM_EDEADLOCK}, {45, SYM_EDEADLK}, {46, SYM_ENOLCK}, {47, SYM_EILSEQ}, {50, SYM_ENONET},
    {51, SYM_ENODATA}, {52, SYM_ETIME}, {53, SYM_ENOSR}, {54, SYM_ENOSTR}, {55, SYM_ENOPKG},
    {57, SYM_ENOLINK}, {58, SYM_EADV}, {59, SYM_ESRMNT}, {60, SYM_ECOMM}, {61, SYM_EPROTO},
    {64, SYM_EMULTIHOP}, {66, SYM_EDOTDOT}, {67, SYM_EBADMSG}, {68, SYM_EUSERS}, {69, SYM_EDQUOT},
    {70, SYM_ESTALE}, {71, SYM_EREMOTE}, {72, SYM_EOVERFLOW}, {160, SYM_EBADE}, {161, SYM_EBADR},
    {162, SYM_EXFULL}, {163, SYM_ENOANO}, {164, SYM_EBADRQC}, {165, SYM_EBADSLT},
    {166, SYM_EBFONT}, {167, SYM_ENOTUNIQ}, {168, SYM_EBADFD}, {169, SYM_EREMCHG},
    {170, SYM_ELIBACC}, {171, SYM_ELIBBAD}, {172, SYM_ELIBSCN}, {173, SYM_ELIBMAX},
    {174, SYM_ELIBEXEC}, {175, SYM_ERESTART}, {176, SYM_ESTRPIPE}, {177, SYM_EUCLEAN},
    {178, SYM_ENOTNAM}, {179, SYM_ENAVAIL}, {180, SYM_EISNAM}, {181, SYM_EREMOTEIO},
    {182, SYM_ENOMEDIUM}, {183, SYM_EMEDIUMTYPE}, {184, SYM_ENOKEY}, {185, SYM_EKEYEXPIRED},
    {186, SYM_EKEYREVOKED}, {187, SYM_EKEYREJECTED}, {215, SYM_ENOSYM}, {216, SYM_ENOTSOCK},
    {217, SYM_EDESTADDRREQ}, {218, SYM_EMSGSIZE}, {219, SYM_EPROTOTYPE}, {220, SYM_ENOPROTOOPT},
    {221, SYM_EPROTONOSUPPORT}, {222, SYM_ESOCKTNOSUPPORT}, {223, SYM_ENOTSUP},
    {223, SYM_EOPNOTSUPP}, {224, SYM_EPFNOSUPPORT}, {225, SYM_EAFNOSUPPORT},
    {226, SYM_EADDRINUSE}, {227, SYM_EADDRNOTAVAIL}, {228, SYM_ENETDOWN}, {229, SYM_ENETUNREACH},
    {230, SYM_ENETRESET}, {231, SYM_ECONNABORTED}, {232, SYM_ECONNRESET}, {233, SYM_ENOBUFS},
    {234, SYM_EISCONN}, {235, SYM_ENOTCONN}, {236, SYM_ESHUTDOWN}, {237, SYM_ETOOMANYREFS},
    {238, SYM_ETIMEDOUT}, {239, SYM_ECONNREFUSED}, {239, SYM_EREFUSED}, {240, SYM_EREMOTERELEASE},
    {241, SYM_EHOSTDOWN}, {242, SYM_EHOSTUNREACH}, {244, SYM_EALREADY}, {245, SYM_EINPROGRESS},
    {247, SYM_ENOTEMPTY}, {248, SYM_ENAMETOOLONG}, {249, SYM_ELOOP}, {251, SYM_ENOSYS},
    {253, SYM_ECANCELED}, {253, SYM_ECANCELLED}, {254, SYM_EOWNERDEAD},
    {255, SYM_ENOTRECOVERABLE}, {256, SYM_ERFKILL}, {257, SYM_EHWPOISON},
};

static const osb_errno_entry sparc[] = {
    {1, SYM_EPERM}, {2, SYM_ENOENT}, {3, SYM_ESRCH}, {4, SYM_EINTR}, {5, SYM_EIO}, {6, SYM_ENXIO},
    {7, SYM_E2BIG}, {8, SYM_ENOEXEC}, {9, SYM_EBADF}, {10, SYM_ECHILD}, {11, SYM_EAGAIN},
    {11, SYM_EWOULDBLOCK}, {12, SYM_ENOMEM}, {13, SYM_EACCES}, {14, SYM_EFAULT},
    {15, SYM_ENOTBLK}, {16, SYM_EBUSY}, {17, SYM_EEXIST}, {18, SYM_EXDEV}, {19, SYM_ENODEV},
    {20, SYM_ENOTDIR}, {21, SYM_EISDIR}, {22, SYM_EINVAL}, {23, SYM_ENFILE}, {24, SYM_EMFILE},
    {25, SYM_ENOTTY}, {26, SYM_ETXTBSY}, {27, SYM_EFBIG}, {28, SYM_ENOSPC}, {29, SYM_ESPIPE},
    {30, SYM_EROFS}, {31, SYM_EMLINK}, {32, SYM_EPIPE}, {33, SYM_EDOM}, {34, SYM_ERANGE},
    {36, SYM_EINPROGRESS}, {37, SYM_EALREADY}, {38, SYM_ENOTSOCK}, {39, SYM_EDESTADDRREQ},
    {40, SYM_EMSGSIZE}, {41, SYM_EPROTOTYPE}, {42, SYM_ENOPROTOOPT}, {43, SYM_EPROTONOSUPPORT},
    {44, SYM_ESOCKTNOSUPPORT}, {45, SYM_ENOTSUP}, {45, SYM_EOPNOTSUPP}, {46, SYM_EPFNOSUPPORT},
    {47, SYM_EAFNOSUPPORT}, {48, SYM_EADDRINUSE}, {49, SYM_EADDRNOTAVAIL}, {50, SYM_ENETDOWN},
    {51, SYM_ENETUNREACH}, {52, SYM_ENETRESET}, {53, SYM_ECONNABORTED}, {54, SYM_ECONNRESET},
    {55, SYM_ENOBUFS}, {56, SYM_EISCONN}, {57, SYM_ENOTCONN}, {58, SYM_ESHUTDOWN},
    {59, SYM_ETOOMANYREFS}, {60, SYM_ETIMEDOUT}, {61, SYM_ECONNREFUSED}, {62, SYM_ELOOP},
    {63, SYM_ENAMETOOLONG}, {64, SYM_EHOSTDOWN}, {65, SYM_EHOSTUNREACH}, {66, SYM_ENOTEMPTY},
    {67, SYM_EPROCLIM}, {68, SYM_EUSERS}, {69, SYM_EDQUOT}, {70, SYM_ESTALE}, {71, SYM_EREMOTE},
    {72, SYM_ENOSTR}, {73, SYM_ETIME}, {74, SYM_ENOSR}, {75, SYM_ENOMSG}, {76, SYM_EBADMSG},
    {77, SYM_EIDRM}, {78, SYM_EDEADLK}, {79, SYM_ENOLCK}, {80, SYM_ENONET}, {81, SYM_ERREMOTE},
    {82, SYM_ENOLINK}, {83, SYM_EADV}, {84, SYM_ESRMNT}, {85, SYM_ECOMM}, {86, SYM_EPROTO},
    {87, SYM_EMULTIHOP}, {88, SYM_EDOTDOT}, {89, SYM_EREMCHG}, {90, SYM_ENOSYS},
    {91, SYM_ESTRPIPE}, {92, SYM_EOVERFLOW}, {93, SYM_EBADFD}, {94, SYM_ECHRNG},
    {95, SYM_EL2NSYNC}, {96, SYM_EL3HLT}, {97, SYM_EL3RST}, {98, SYM_ELNRNG}, {99, SYM_EUNATCH},
    {100, SYM_ENOCSI}, {101, SYM_EL2HLT}, {102, SYM_EBADE}, {103, SYM_EBADR}, {104, SYM_EXFULL},
    {105, SYM_ENOANO}, {106, SYM_EBADRQC}, {107, SYM_EBADSLT}, {108, SYM_EDEADLOCK},
    {109, SYM_EBFONT}, {110, SYM_ELIBEXEC}, {111, SYM_ENODATA}, {112, SYM_ELIBBAD},
    {113, SYM_ENOPKG}, {114, SYM_ELIBACC}, {115, SYM_ENOTUNIQ}, {116, SYM_ERESTART},
    {117, SYM_EUCLEAN}, {118, SYM_ENOTNAM}, {119, SYM_ENAVAIL}, {120, SYM_EISNAM},
    {121, SYM_EREMOTEIO}, {122, SYM_EILSEQ}, {123, SYM_ELIBMAX}, {124, SYM_ELIBSCN},
    {125, SYM_ENOMEDIUM}, {126, SYM_EMEDIUMTYPE}, {127, SYM_ECANCELED}, {128, SYM_ENOKEY},
    {129, SYM_EKEYEXPIRED}, {130, SYM_EKEYREVOKED}, {131, SYM_EKEYREJECTED},
    {132, SYM_EOWNERDEAD}, {133, SYM_ENOTRECOVERABLE}, {134, SYM_ERFKILL}, {135, SYM_EHWPOISON},
};

static const osb_errno_entry powerpc[] = {
    {1, SYM_EPERM}, {2, SYM_ENOENT}, {3, SYM_ESRCH}, {4, SYM_EINTR}, {5, SYM_EIO}, {6, SYM_ENXIO},
    {7, SYM_E2BIG}, {8, SYM_ENOEXEC}, {9, SYM_EBADF}, {10, SYM_ECHILD}, {11, SYM_EAGAIN},
    {11, SYM_EWOULDBLOCK}, {12, SYM_ENOMEM}, {13, SYM_EACCES}, {14, SYM_EFAULT},
    {15, SYM_ENOTBLK}, {16, SYM_EBUSY}, {17, SYM_EEXIST}, {18, SYM_EXDEV}, {19, SYM_ENODEV},
    {20, SYM_ENOTDIR}, {21, SYM_EISDIR}, {22, SYM_EINVAL}, {23, SYM_ENFILE}, {24, SYM_EMFILE},
    {25, SYM_ENOTTY}, {26, SYM_ETXTBSY}, {27, SYM_EFBIG}, {28, SYM_ENOSPC}, {29, SYM_ESPIPE},
    {30, SYM_EROFS}, {31, SYM_EMLINK}, {32, SYM_EPIPE}, {33, SYM_EDOM}, {34, SYM_ERANGE},
    {35, SYM_EDEADLK}, {36, SYM_ENAMETOOLONG}, {37, SYM_ENOLCK}, {38, SYM_ENOSYS},
    {39, SYM_ENOTEMPTY}, {40, SYM_ELOOP}, {42, SYM_ENOMSG}, {43, SYM_EIDRM}, {44, SYM_ECHRNG},
    {45, SYM_EL2NSYNC}, {46, SYM_EL3HLT}, {47, SYM_EL3RST}, {48, SYM_ELNRNG}, {49, SYM_EUNATCH},
    {50, SYM_ENOCSI}, {51, SYM_EL2HLT}, {52, SYM_EBADE}, {53, SYM_EBADR}, {54, SYM_EXFULL},
    {55, SYM_ENOANO}, {56, SYM_EBADRQC}, {57, SYM_EBADSLT}, {58, SYM_EDEADLOCK}, {59, SYM_EBFONT},
    {60, SYM_ENOSTR}, {61, SYM_ENODATA}, {62, SYM_ETIME}, {63, SYM_ENOSR}, {64, SYM_ENONET},
    {65, SYM_ENOPKG}, {66, SYM_EREMOTE}, {67, SYM_ENOLINK}, {68, SYM_EADV}, {69, SYM_ESRMNT},
    {70, SYM_ECOMM}, {71, SYM_EPROTO}, {72, SYM_EMULTIHOP}, {73, SYM_EDOTDOT}, {74, SYM_EBADMSG},
    {75, SYM_EOVERFLOW}, {76, SYM_ENOTUNIQ}, {77, SYM_EBADFD}, {78, SYM_EREMCHG},
    {79, SYM_ELIBACC}, {80, SYM_ELIBBAD}, {81, SYM_ELIBSCN}, {82, SYM_ELIBMAX},
    {83, SYM_ELIBEXEC}, {84, SYM_EILSEQ}, {85, SYM_ERESTART}, {86, SYM_ESTRPIPE},
    {87, SYM_EUSERS}, {88, SYM_ENOTSOCK}, {89, SYM_EDESTADDRREQ}, {90, SYM_EMSGSIZE},
    {91, SYM_EPROTOTYPE}, {92, SYM_ENOPROTOOPT}, {93, SYM_EPROTONOSUPPORT},
    {94, SYM_ESOCKTNOSUPPORT}, {95, SYM_ENOTSUP}, {95, SYM_EOPNOTSUPP}, {96, SYM_EPFNOSUPPORT},
    {97, SYM_EAFNOSUPPORT}, {98, SYM_EADDRINUSE}, {99, SYM_EADDRNOTAVAIL}, {100, SYM_ENETDOWN},
    {101, SYM_ENETUNREACH}, {102, SYM_ENETRESET}, {103, SYM_ECONNABORTED}, {104, SYM_ECONNRESET},
    {105, SYM_ENOBUFS}, {106, SYM_EISCONN}, {107, SYM_ENOTCONN}, {108, SYM_ESHUTDOWN},
    {109, SYM_ETOOMANYREFS}, {110, SYM_ETIMEDOUT}, {111, SYM_ECONNREFUSED}, {112, SYM_EHOSTDOWN},
    {113, SYM_EHOSTUNREACH}, {114, SYM_EALREADY}, {115, SYM_EINPROGRESS}, {116, SYM_ESTALE},
    {117, SYM_EUCLEAN}, {118, SYM_ENOTNAM}, {119, SYM_ENAVAIL}, {120, SYM_EISNAM},
    {121, SYM_EREMOTEIO}, {122, SYM_EDQUOT}, {123, SYM_ENOMEDIUM}, {124, SYM_EMEDIUMTYPE},
    {125, SYM_ECANCELED}, {126, SYM_ENOKEY}, {127, SYM_EKEYEXPIRED}, {128, SYM_EKEYREVOKED},
    {129, SYM_EKEYREJECTED}, {130, SYM_EOWNERDEAD}, {131, SYM_ENOTRECOVERABLE},
    {132, SYM_ERFKILL}, {133, SYM_EHWPOISON},
};

/* clang-format on */

const char *const osb_errno_table_names[OSB_ERRNO_TABLES + 1] = {
    "linux-generic", "linux-mips",    "linux-alpha", "linux-parisc",
    "linux-sparc",   "linux-powerpc", NULL,
};

static const struct {
    const osb_errno_entry *entries;
    size_t n;
} tables[OSB_ERRNO_TABLES] = {
    [OSB_ERRNO_GENERIC] = {generic, sizeof generic / sizeof *generic},
    [OSB_ERRNO_MIPS] = {mips, sizeof mips / sizeof *mips},
    [OSB_ERRNO_ALPHA] = {alpha, sizeof alpha / sizeof *alpha},
    [OSB_ERRNO_PARISC] = {parisc, sizeof parisc / sizeof *parisc},
    [OSB_ERRNO_SPARC] = {sparc, sizeof sparc / sizeof *sparc},
    [OSB_ERRNO_POWERPC] = {powerpc, sizeof powerpc / sizeof *powerpc},
};

const char *osb_errno_name(const osb_errno_entry *entry) {
    return symbols[entry->symbol].name;
}

const char *osb_errno_text(const osb_errno_entry *entry) {
    return symbols[entry->symbol].text;
}

const char *osb_errno_table_name(osb_errno_table table) {
    return (unsigned)table < OSB_ERRNO_TABLES ? osb_errno_table_names[table] : NULL;
}

const osb_errno_entry *osb_errno_entries(osb_errno_table table, size_t *n) {
    *n = tables[table].n;
    return tables[table].entries;
}

/* Binary search for the first entry of the number: aliases stand behind it. */
const osb_errno_entry *osb_errno_by_number(osb_errno_table table, int number) {
    size_t n;
    const osb_errno_entry *entries = osb_errno_entries(table, &n);
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (entries[middle].number < number)
            low = middle + 1;
        else
            high = middle;
    }
    return low < n && entries[low].number == number ? &entries[low] : NULL;
}

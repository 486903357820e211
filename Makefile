# osbox. `make help` lists the targets.

VERSION := 0.1.0
APPLETS ?= $(sort $(patsubst applets/%.c,%,$(wildcard applets/*.c)))
PYTHON ?= /usr/bin/python3
DESTDIR ?=
PREFIX ?= /usr/local

# make's built-in CC=cc would hide a `CC ?= musl-gcc`, so ask where CC came from.
LIBC ?= $(if $(shell command -v musl-gcc),musl,glibc)
ifeq ($(origin CC),default)
CC := $(if $(filter musl,$(LIBC)),musl-gcc,gcc)
endif
HOSTCC ?= gcc

# A variant is a way to compile the same sources into build/VARIANT: static (the product), shared
# (libosbox.so, unit tests), asan, cov.
VARIANT ?= static
O := build/$(VARIANT)

# Commands are shown with V=1.
Q := $(if $V,,@)

WARNINGS := -Wall -Wextra -Werror -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla
CFLAGS ?= -O2 -g
CPPFLAGS_ALL := -std=c11 -D_GNU_SOURCE -Iinclude -DOSB_RELEASE='"$(VERSION)"'
CFLAGS_ALL := $(CPPFLAGS_ALL) $(WARNINGS) -fno-strict-aliasing -ffunction-sections -fdata-sections \
	-fstack-protector-strong -ffile-prefix-map=$(CURDIR)=. $(CFLAGS)

CFLAGS_static := -fno-pie -fno-asynchronous-unwind-tables
CFLAGS_shared := -fPIC -fvisibility=default
CFLAGS_asan := -O1 -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
CFLAGS_cov := -O0 --coverage

# Two segments instead of four: every one that exec maps costs a twentieth of the start-up time.
LDFLAGS_static := -static -no-pie -Wl,--gc-sections,--build-id=none,-z,noseparate-code,-z,noexecstack -s
LDFLAGS_asan := -fsanitize=address,undefined
LDFLAGS_cov := --coverage

LIB_SOURCES := $(sort $(filter-out core/main/% core/applet/%,$(wildcard core/*/*.c)))
EDGE_SOURCES := $(sort $(wildcard core/applet/*.c core/main/*.c))
APPLET_SOURCES := $(patsubst %,applets/%.c,$(APPLETS))

LIB_OBJECTS := $(LIB_SOURCES:%.c=$O/%.o)
APP_OBJECTS := $(EDGE_SOURCES:%.c=$O/%.o) $(APPLET_SOURCES:%.c=$O/%.o) $O/applets.o

.PHONY: all lib help
all: build/osbox

build/osbox: build/static/osbox
	@cp $< $@

$O/osbox: $(APP_OBJECTS) $O/libosbox.a
	@echo '  LD $@'
	$Q$(CC) $(CFLAGS_$(VARIANT)) -o $@ $(APP_OBJECTS) $O/libosbox.a $(LDFLAGS_$(VARIANT)) $(LDFLAGS)

$O/libosbox.a: $(LIB_OBJECTS)
	@rm -f $@
	@echo '  AR $@'
	$Q$(AR) rcsD $@ $(LIB_OBJECTS)

# The applet list is the names of the files in applets/.
$O/applets.c: Makefile $O/applets.list
	@{ echo '#include <osbox/applet.h>'; \
	   for a in $(APPLETS); do echo "extern const osb_applet osb_applet_$$(echo $$a | tr - _);"; done; \
	   echo 'extern const osb_applet *const osb_applets[];'; \
	   echo 'const osb_applet *const osb_applets[] = {'; \
	   for a in $(APPLETS); do echo "    &osb_applet_$$(echo $$a | tr - _),"; done; \
	   echo '    NULL,'; echo '};'; } >$@

$O/applets.list: FORCE
	@mkdir -p $(@D); echo '$(APPLETS)' | cmp -s - $@ || echo '$(APPLETS)' >$@
.PHONY: FORCE

$O/%.o: %.c
	@mkdir -p $(@D)
	@echo '  CC $<'
	$Q$(CC) $(CFLAGS_ALL) $(CFLAGS_$(VARIANT)) -MMD -MP -c -o $@ $<

$O/applets.o: $O/applets.c
	$Q$(CC) $(CFLAGS_ALL) $(CFLAGS_$(VARIANT)) -c -o $@ $<

-include $(LIB_OBJECTS:.o=.d) $(APP_OBJECTS:.o=.d)

# -- the library ---------------------------------------------------------------------------------

lib: build/libosbox.a build/libosbox.so build/osbox.pc  ## libosbox.a, libosbox.so and osbox.pc

build/libosbox.a: build/static/libosbox.a
	@cp $< $@

build/libosbox.so: FORCE
	@$(MAKE) --no-print-directory VARIANT=shared CC=$(HOSTCC) build/shared/libosbox.so
	@cp build/shared/libosbox.so $@

build/shared/libosbox.so: $(LIB_OBJECTS)
	@echo '{ global: osb_*; local: *; };' >$O/exports.map
	@echo '  LD $@'
	$Q$(CC) -shared -Wl,-soname,libosbox.so.0,--version-script=$O/exports.map,-z,defs -o $@ $(LIB_OBJECTS)

build/osbox.pc: Makefile
	@mkdir -p build
	@printf 'prefix=%s\nName: osbox\nDescription: the services of Python'"'"'s standard library, in C\nVersion: %s\nCflags: -I$${prefix}/include\nLibs: -L$${prefix}/lib -losbox\n' \
		'$(PREFIX)' '$(VERSION)' >$@

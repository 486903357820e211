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
all: build/osbox ## build/osbox

build/osbox: build/static/osbox
	@cp $< $@.new && mv $@.new $@

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

lib: build/libosbox.a build/libosbox.so build/osbox.pc ## libosbox.a, libosbox.so and osbox.pc

build/libosbox.a: build/static/libosbox.a
	@cp $< $@

build/libosbox.so: FORCE
	@$(MAKE) --no-print-directory VARIANT=shared CC=$(HOSTCC) build/shared/libosbox.so
	@cp build/shared/libosbox.so $@.new && mv $@.new $@ && ln -sf libosbox.so build/libosbox.so.0

build/shared/libosbox.so: $(LIB_OBJECTS)
	@echo '{ global: osb_*; local: *; };' >$O/exports.map
	@echo '  LD $@'
	$Q$(CC) -shared -Wl,-soname,libosbox.so.0,--version-script=$O/exports.map,-z,defs -o $@.new $(LIB_OBJECTS)
	@mv $@.new $@

build/osbox.pc: Makefile
	@mkdir -p build
	@printf 'prefix=%s\nName: osbox\nDescription: the services of Python'"'"'s standard library, in C\nVersion: %s\nCflags: -I$${prefix}/include\nLibs: -L$${prefix}/lib -losbox\n' \
		'$(PREFIX)' '$(VERSION)' >$@

# -- tests ---------------------------------------------------------------------------------------

UNIT_TESTS := $(patsubst tests/unit/%.c,%,$(sort $(wildcard tests/unit/test_*.c)))

.PHONY: deps check prove unit oracle cli lint check-layers fault fuzz bench asan cov generate

deps:
	@tests/deps.sh

check: deps  ## everything that CI runs; ends with 'N passed, N failed'
	@tests/check.sh

prove: deps  ## the same rows in full: hours of work for the machine
	@tests/check.sh --full

unit:  ## unit tests under ASan and UBSan
	@tests/check.sh unit

oracle: ## differential tests against python3
	@tests/check.sh oracle

cli:  ## command line tests
	@tests/check.sh cli

lint: ## format, layers, banned functions, man pages, shell scripts
	@tests/check.sh lint

check-layers:  ## includes point downward only
	@$(PYTHON) tests/lint/layers.py

fault: ## faults, memory, concurrency
	@tests/check.sh fault --full

fuzz: ## every fuzz target for 60 seconds
	@tests/fuzz/fuzz.sh --seconds 60

bench: all ## every ratio against the installed peers
	@tests/bench/bench.sh

# One executable a test file, linked against the library of this variant.
$O/unit/%: tests/unit/%.c $O/libosbox.a
	@mkdir -p $(@D)
	@echo '  CC $<'
	$Q$(CC) $(CPPFLAGS_ALL) -Wall -Wextra -Wno-unused-parameter -g $(CFLAGS_$(VARIANT)) -o $@ $< $O/libosbox.a -lcmocka $(LDFLAGS_$(VARIANT))

.PHONY: unit-programs
unit-programs: $(UNIT_TESTS:%=$O/unit/%)

asan: ## build/asan/osbox, with ASan and UBSan
	@$(MAKE) --no-print-directory VARIANT=asan CC=$(HOSTCC) build/asan/osbox

cov: ## line and branch coverage of the unit and command line tests, in build/cov/report
	@tests/coverage.sh

# -- generated files -----------------------------------------------------------------------------

generate: all ## man pages and completions from the option tables
	@mkdir -p docs/man docs/completions/bash docs/completions/zsh docs/completions/fish
	@for a in osbox $(APPLETS); do \
	   build/osbox --generate man $$a >docs/man/$$a.1 && \
	   build/osbox --generate bash $$a >docs/completions/bash/$$a && \
	   build/osbox --generate zsh $$a >docs/completions/zsh/_$$a && \
	   build/osbox --generate fish $$a >docs/completions/fish/$$a.fish || exit 1; \
	 done

# -- installing and packing ----------------------------------------------------------------------

.PHONY: demo install install-lib dist deb image clean

demo: deps ## build and take the tour
	@$(MAKE) --no-print-directory all
	@tests/demo.sh

install: all ## osbox, a link for each applet, man pages and completions below $(DESTDIR)$(PREFIX)
	install -D -m 755 build/osbox $(DESTDIR)$(PREFIX)/bin/osbox
	$(DESTDIR)$(PREFIX)/bin/osbox --install --symlink --relative --force $(DESTDIR)$(PREFIX)/bin
	for a in osbox $(APPLETS); do \
	  install -D -m 644 docs/man/$$a.1 $(DESTDIR)$(PREFIX)/share/man/man1/$$a.1 && \
	  install -D -m 644 docs/completions/bash/$$a $(DESTDIR)$(PREFIX)/share/bash-completion/completions/$$a && \
	  install -D -m 644 docs/completions/zsh/_$$a $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_$$a && \
	  install -D -m 644 docs/completions/fish/$$a.fish $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/$$a.fish || exit 1; \
	done

install-lib: lib ## the library and its headers
	install -d $(DESTDIR)$(PREFIX)/include/osbox $(DESTDIR)$(PREFIX)/lib/pkgconfig
	install -m 644 include/osbox/*.h $(DESTDIR)$(PREFIX)/include/osbox
	install -m 644 build/libosbox.a $(DESTDIR)$(PREFIX)/lib
	install -m 755 build/libosbox.so $(DESTDIR)$(PREFIX)/lib/libosbox.so.0
	ln -sf libosbox.so.0 $(DESTDIR)$(PREFIX)/lib/libosbox.so
	install -m 644 build/osbox.pc $(DESTDIR)$(PREFIX)/lib/pkgconfig

dist: ## the source as a tar archive
	@mkdir -p build
	git archive --format=tar --prefix=osbox-$(VERSION)/ HEAD | gzip -9n >build/osbox-$(VERSION).tar.gz

deb: all ## a Debian package
	@tests/package.sh deb $(VERSION)

image: all ## a root file system of osbox alone, for `docker import` or FROM scratch
	@tests/package.sh image $(VERSION)

clean: ## remove build/
	rm -rf build

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## */\t/' | awk -F'\t' '{printf "  %-14s %s\n", $$1, $$2}'

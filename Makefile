# A newcomer's whole vocabulary. Each target installs what it lacks (Debian) and can be run again at any time.

PATH := $(HOME)/.cargo/bin:$(PATH)
DATA ?= data
LISTEN ?= 127.0.0.1:8080
BINARY := target/release/chuangcheng

.PHONY: run test check build bench docs clean install-build install-test

## run: serve the demonstration city on http://127.0.0.1:8080 (made in ./data the first time)
run: build
	@test -d $(DATA) || $(BINARY) demo --data $(DATA)
	$(BINARY) serve --data $(DATA) --listen $(LISTEN)

## test: everything that must hold before a change lands
test: install-test ui/dist e2e/node_modules
	@scripts/test

## check: the quick part of it, while writing
check: ui/dist
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --quiet -- -D warnings
	cargo xtask arch
	cargo xtask i18n

## build: the one binary, with the front end inside
build: install-build ui/dist
	cargo build --release --package server

## bench: measure, and write docs/benchmarks.md
bench: build
	@if [ -x bench/run ]; then bench/run; else echo "there is nothing to measure yet"; fi

## docs: write what is generated: docs/generated, the tables in docs/ARCHITECTURE.md
docs: ui/dist
	cargo xtask docs
	CHUANGCHENG_WRITE_DOCS=1 cargo test --quiet --package server --test all -- documents:: public_routes

## clean: remove everything that was built (not ./data)
clean:
	rm -rf target ui/dist ui/node_modules e2e/node_modules

install-build:
	@scripts/install build

install-test:
	@scripts/install test

ui/node_modules: ui/package.json ui/package-lock.json
	npm --prefix ui ci --no-audit --no-fund
	@touch $@

# any change below ui/src builds the front end again
ui/dist: ui/node_modules ui/vite.config.ts ui/icons.txt $(shell find ui/src -type f)
	npm --prefix ui run build
	@touch $@

e2e/node_modules: $(wildcard e2e/package.json e2e/package-lock.json)
	@if [ -f e2e/package.json ]; then npm --prefix e2e ci --no-audit --no-fund; fi
	@mkdir -p $@ && touch $@

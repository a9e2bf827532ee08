# make run       everything from nothing: packages, program, the default pipeline, reports/
# make test      all tests, in release
# make install   pipe and its shell completions below PREFIX
# make help      the rest

PREFIX ?= /usr/local
SWIFT ?= swift
PIPE := .build/release/pipe
COMPUTING := ComputeKernelTests|MeasureTests|PerturbTests|TrainTests|AnalyzeTests|StatisticsTests
TEST_FLAGS := -c release --disable-testable-imports --disable-xctest
FORMATTED := Package.swift Sources Tests Plugins Benchmarks

.PHONY: run build test bench bench-peers bench-engine install uninstall packages format lint schema clean help

run: build ## Build, then run whatever the default pipeline has no valid result for
	$(PIPE) run

build: packages ## Build the program in release
	$(SWIFT) build -c release --product pipe

# What computes goes first: beside it, tests that wait for programs and servers would run out of time.
test: build ## Run all tests; those on full MNIST too once the pipeline has fetched it
	PIPE_TEST_MNIST="$$(Tools/test-data)" $(SWIFT) test $(TEST_FLAGS) --filter '$(COMPUTING)'
	PIPE_TEST_MNIST="$$(Tools/test-data)" $(SWIFT) test $(TEST_FLAGS) --skip '$(COMPUTING)'

# The folder of MNIST, fetched first if need be, as the variable `data` of the shell.
MNIST := data="$$(Tools/test-data)"; \
  [ -n "$$data" ] || { $(PIPE) run mnist; data="$$(Tools/test-data)"; }

bench: build ## Measure the kernel on MNIST: its rates, this machine's peak, how time grows
	$(SWIFT) build -c release --product kernel-bench
	$(MNIST); .build/release/kernel-bench "$$data"

# For instance PEERS_FLAGS='--models 10 --epochs 1 --rounds 1'.
bench-peers: build ## Compare kernel and pipeline with NumPy, JAX and PyTorch (downloads 310 MB)
	$(SWIFT) build -c release --product kernel-bench
	Benchmarks/peers/install .build-peers
	$(MNIST); .build-peers/bin/python Benchmarks/peers/compare.py "$$data" $(PEERS_FLAGS)

bench-engine: build ## Measure the engine next to make and ninja
	-@Tools/install-packages peers
	python3 Benchmarks/bench_engine.py

install: build ## Install pipe with completions for bash, zsh and fish
	install -d "$(DESTDIR)$(PREFIX)/bin" \
	  "$(DESTDIR)$(PREFIX)/share/bash-completion/completions" \
	  "$(DESTDIR)$(PREFIX)/share/zsh/site-functions" \
	  "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d"
	install -m 755 $(PIPE) "$(DESTDIR)$(PREFIX)/bin/pipe"
	$(PIPE) --generate-completion-script bash \
	  > "$(DESTDIR)$(PREFIX)/share/bash-completion/completions/pipe"
	$(PIPE) --generate-completion-script zsh \
	  > "$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_pipe"
	$(PIPE) --generate-completion-script fish \
	  > "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/pipe.fish"

uninstall: ## Remove what install put there
	rm -f "$(DESTDIR)$(PREFIX)/bin/pipe" \
	  "$(DESTDIR)$(PREFIX)/share/bash-completion/completions/pipe" \
	  "$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_pipe" \
	  "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/pipe.fish"

packages: ## Install missing system packages (Debian and its kin)
	@Tools/install-packages

format: ## Format the sources
	$(SWIFT) format --parallel --in-place --recursive $(FORMATTED)

lint: ## Check the format of the sources
	$(SWIFT) format lint --strict --parallel --recursive $(FORMATTED)

schema: build ## Write the JSON Schema of pipeline.json for the stage kinds of this program
	$(PIPE) schema > docs/pipeline.schema.json

clean: ## Remove the build; the cache stays
	rm -rf .build

help: ## List the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' Makefile | expand -t 14

# The two commands of the README are `make run` and `make test`; CI calls `.ci/run`, which is `make test` and no more.
SHELL := /bin/bash
.DEFAULT_GOAL := help

SWIFT ?= swift
CONTROL_PLANE ?= embedded
SERVICES := set-controller cluster-controller
# Relative relocations and a static standard library: smaller programs that touch less memory at their start.
RELEASE := -c release --static-swift-stdlib -Xswiftc -use-ld=lld -Xlinker -z -Xlinker pack-relative-relocs -Xlinker --icf=safe

.PHONY: help
help: ## Show this list.
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 18

.PHONY: packages
packages:
	@scripts/install-packages

.PHONY: run
run: packages ## Build, start a control plane and the services, apply examples/ (CONTEXT=name, CONTROL_PLANE=real).
	@$(SWIFT) build $(RELEASE) --product local-control-plane
	@for service in $(SERVICES) spiceai-operator; do $(SWIFT) build $(RELEASE) --product $$service || exit; done
	@CONTROL_PLANE=$(CONTROL_PLANE) CONTEXT='$(CONTEXT)' scripts/run "$$($(SWIFT) build $(RELEASE) --show-bin-path)"

.PHONY: test
test: packages ## Build and run every tier of tests.
	@scripts/test

.PHONY: check
check: ## Format, lint and generated files: everything CI would refuse for its looks.
	@$(SWIFT) format lint --strict --parallel --recursive Package.swift Packages Services Tests
	@$(SWIFT) build --product generate-crds
	@"$$($(SWIFT) build --show-bin-path)/generate-crds" --check .
	@for script in .ci/run scripts/*; do bash -n "$$script"; done

.PHONY: format
format: ## Format the sources in place.
	@$(SWIFT) format --in-place --parallel --recursive Package.swift Packages Services Tests

.PHONY: generate
generate: ## Write the files made from the types: the CRDs, in the chart and in the programs.
	@$(SWIFT) build --product generate-crds
	@"$$($(SWIFT) build --show-bin-path)/generate-crds" .

.PHONY: goldens
goldens: ## Rewrite the golden files of the tests; read the diff before committing it.
	@SPICE_UPDATE_GOLDENS=1 $(SWIFT) test --filter SetControllerTests

.PHONY: soak
soak: packages ## Rollouts in simulation for long: SEEDS=100000, or FOR=30m; from seed FROM on.
	@$(SWIFT) build -c release --product rollout-soak
	@"$$($(SWIFT) build -c release --show-bin-path)/rollout-soak" $(if $(SEEDS),--seeds $(SEEDS)) $(if $(FOR),--for $(FOR)) $(if $(FROM),--from $(FROM))

.PHONY: soak-conversion
soak-conversion: packages ## Random SpicepodSets from version to version and back: ROUNDS=1000000; from seed FROM on.
	@$(SWIFT) build -c release --product conversion-soak
	@"$$($(SWIFT) build -c release --show-bin-path)/conversion-soak" $(if $(ROUNDS),--rounds $(ROUNDS)) $(if $(FROM),--from $(FROM))

.PHONY: bench
bench: packages ## Measure; the figures and their story are in benchmarks/.
	@benchmarks/run
	@benchmarks/webhook/run
	@$(SWIFT) build $(RELEASE) --product bench-certificates
	@"$$($(SWIFT) build $(RELEASE) --show-bin-path)/bench-certificates"

.PHONY: clean
clean: ## Remove what was built.
	@rm -rf .build .run

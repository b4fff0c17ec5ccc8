# SPDX-License-Identifier: Apache-2.0
# The few words of this project. `make` alone prints them.
MVN := mvn -q -B

help: ## prints this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

demo: ## starts the server with a fleet of scripted agents
	./steward demo

test: ## all tests but those that need a browser
	mvn verify

browser: ## the browser tests (need chromium)
	mvn verify -Pbrowser

format: ## brings every Java file into google-java-format
	mkdir -p target && find src bench -name '*.java' -not -path '*/target/*' > target/java-files
	$(MVN) test-compile exec:exec@format

clean: ## removes what was built
	$(MVN) clean

reference: ## writes the generated pages of docs/reference
	WRITE_REFERENCE=1 $(MVN) test -Dtest="ConfigPageTest,ApiReferenceTest,CommandsPageTest"

.PHONY: help demo test browser format reference clean

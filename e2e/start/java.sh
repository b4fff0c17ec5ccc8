#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The agent is a program with the provider's own client, as somebody has it before they come to us.
set -euo pipefail
. ./lines.sh
cp java/Agent.java java/pom.xml "$E2E_WORK/java/"
cd "$E2E_WORK/java"
fetched mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib
javac -cp 'lib/*' Agent.java
{ echo 'Main-Class: Agent'; echo 'Class-Path: .'; for jar in lib/*.jar; do echo "  $jar"; done; } >manifest
jar --create --file agent.jar --manifest manifest Agent*.class
mkdir run
mv agent.jar lib run/
cd run
fetch_lines java
run_lines java
arrived model=e2e-java

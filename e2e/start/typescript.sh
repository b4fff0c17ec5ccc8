#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The agent is a program with the provider's own client, as somebody has it before they come to us.
set -euo pipefail
. ./lines.sh
cp agent.js "$E2E_WORK/typescript/"
cd "$E2E_WORK/typescript"
npm init -y >/dev/null
npm install --no-audit --no-fund openai
run_lines typescript
arrived model=e2e-typescript

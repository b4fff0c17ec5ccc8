#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The agent is a program with the provider's own client, as somebody has it before they come to us.
# The lock file beside it holds all versions; npm install keeps to it.
set -euo pipefail
. ./lines.sh
cp typescript/* "$E2E_WORK/typescript/"
cd "$E2E_WORK/typescript"
export npm_config_fetch_retries=1 npm_config_fetch_timeout=20000 npm_config_prefer_offline=true
export npm_config_audit=false npm_config_fund=false npm_config_ignore_scripts=true
fetched npm ci
fetch_lines typescript
run_lines typescript
arrived model=e2e-typescript

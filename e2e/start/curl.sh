#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
. ./lines.sh
cd "$E2E_WORK/curl"
run_lines curl
arrived errors=false

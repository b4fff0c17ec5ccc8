#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The agent is a program with the provider's own client, as somebody has it before they come to us.
set -euo pipefail
. ./lines.sh
cp python/* "$E2E_WORK/python/"
cd "$E2E_WORK/python"
python3 -m venv --clear venv
. venv/bin/activate
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_RETRIES=1 PIP_DEFAULT_TIMEOUT=20
export PIP_CONSTRAINT="$PWD/constraints.txt"
fetched pip install -q openai
fetch_lines python
run_lines python
arrived model=e2e-python

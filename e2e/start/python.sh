#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The agent is a program with the provider's own client, as somebody has it before they come to us.
set -euo pipefail
. ./lines.sh
cp agent.py "$E2E_WORK/python/"
cd "$E2E_WORK/python"
python3 -m venv --clear venv
. venv/bin/activate
export PIP_DISABLE_PIP_VERSION_CHECK=1
pip install -q openai
run_lines python
arrived model=e2e-python

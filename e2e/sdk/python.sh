#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
here="$PWD"
cd "$E2E_WORK/python"
[ -x venv/bin/python ] || python3 -m venv venv
export PIP_DISABLE_PIP_VERSION_CHECK=1
venv/bin/pip install -q openai==3.54.0 anthropic==2.12.0
venv/bin/python "$here/clients.py"

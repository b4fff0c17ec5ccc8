#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail
here="$PWD"
cd "$E2E_WORK/node"
[ -f package.json ] || npm init -y >/dev/null
npm install --no-audit --no-fund --no-package-lock --save-exact --loglevel=error \
  openai@6.49.0 @anthropic-ai/sdk@1.12.0 @google/genai@2.32.0 ai@6.0.326 @ai-sdk/openai@3.0.141 zod@4.6.7
cp "$here/clients.mjs" .
node clients.mjs

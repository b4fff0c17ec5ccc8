# SPDX-License-Identifier: Apache-2.0
# What every language needs: the lines of the page /start, and a look whether a run has arrived.

# Prints the text of the first code block behind the line that matches $1.
lines() {
  curl -sS -H "Authorization: Bearer $STEWARD_TOKEN" "$STEWARD_URL/start" \
    | sed -n "/$1/,\$p" \
    | sed -n '/<pre class="code">/,/<\/pre>/p' \
    | sed -e 's/.*<pre class="code">//' -e '/<\/pre>/{s/<\/pre>.*//;q}' \
    | sed -e 's/&lt;/</g' -e 's/&gt;/>/g' -e 's/&#34;/"/g' -e 's/&quot;/"/g' -e "s/&#39;/'/g" -e 's/&amp;/\&/g'
}

# The three variables, the same for every language.
variables() { lines '<h2>Three variables<'; }

# The lines of language $1.
language() { lines "id=\"$1\""; }

# Runs a command that fetches packages; ends this part with 75 where their registry cannot be reached.
fetched() {
  local said="$E2E_WORK/fetched-$$"
  if "$@" >"$said" 2>&1; then return; fi
  cat "$said"
  if grep -qE "$UNREACHABLE" "$said"; then exit 75; fi
  exit 1
}
UNREACHABLE='NewConnectionError|ConnectTimeout|ReadTimeout|NameResolutionError|ProxyError|HTTP error 5'
UNREACHABLE+='|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|E50[0-9]|ERR_SOCKET_TIMEOUT'
UNREACHABLE+='|Unknown host|UnknownHost|Connection refused|Connection reset|timed out|Network is unreachable|status: 5'

# Fetches what the lines of language $1 install, ahead of them.
fetch_lines() { fetched bash -c "$(language "$1" | grep -E '^(pip|npm|mvn) ')"; }

# Runs the three variables and the lines of language $1 as one script, in this folder.
run_lines() {
  local script="$E2E_WORK/$1.lines"
  { echo 'set -eu'; variables; echo; language "$1"; } >"$script"
  grep -q OTEL_SERVICE_NAME "$script"
  [ "$(wc -l <"$script")" -gt 5 ]
  echo "--- the lines:"
  cat "$script"
  echo "--- what they say:"
  bash "$script"
}

# Waits until the API lists a run for the filter $1, such as model=x, and prints its agent and spans.
arrived() {
  local answer tries
  for tries in $(seq 60); do
    answer="$(curl -sS -H "Authorization: Bearer $STEWARD_TOKEN" "$STEWARD_URL/api/v1/runs?limit=1&$1")"
    if grep -q '"agent":"my-agent"' <<<"$answer"; then
      sed 's/.*"id":"\([^"]*\)".*"agent":"\([^"]*\)".*/run \1 of \2/' <<<"$answer" | cut -c1-120
      return
    fi
    sleep 0.5
  done
  echo "no run of my-agent for $1; the newest is: $answer"
  return 1
}

#!/usr/bin/env bash
# Sends generated requests to the APIs of the examples in the local run, with schemathesis (https://schemathesis.io). Checks
# that no answer has a status of 500 or more, that each answer conforms to the OpenAPI document, and that routes with a token
# refuse requests without it.
#   __tests__/system/schemathesis.sh [APP ...]
#   APP  folder with a cdktf.json (default: each folder of examples/)
# Without Python or PyPI, prints the reason and ends with status 0. With REQUIRE_SCHEMATHESIS=1, it ends with status 1.
set -euo pipefail
cd "$(dirname "$0")/../.."

VERSION=4.32.5
SECONDS_PER_API=20
CHECKS=not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,response_schema_conformance,ignored_auth

work=$(mktemp -d)
run=
stop() {
  if [[ -n "$run" ]]; then kill "$run" 2>/dev/null && wait "$run" 2>/dev/null || true; fi
  run=
}
trap 'stop; rm -rf "$work"' EXIT

skip() {
  echo "Skipped schemathesis: $1"
  [[ "${REQUIRE_SCHEMATHESIS:-}" == 1 ]] && exit 1 || exit 0
}

type -P python3 >/dev/null || skip 'there is no python3.'
if ! { python3 -m venv "$work/venv" && "$work/venv/bin/pip" install -q "schemathesis==$VERSION"; } >"$work/pip" 2>&1; then
  skip "it cannot be installed: $(tail -n 1 "$work/pip")"
fi

apps=("$@")
if [[ ${#apps[@]} -eq 0 ]]; then
  for file in examples/*/cdktf.json; do [[ -e "$file" ]] && apps+=("$(dirname "$file")"); done
fi
[[ ${#apps[@]} -gt 0 ]] || apps=(.)

status=0
for app in "${apps[@]}"; do
  outputs="$work/outputs.json"
  rm -rf "$outputs" "$work/openapi"
  THROTTLE_RATE=10000 THROTTLE_BURST=5000 node packages/local-run/bin/local-run.cjs "$app" \
    --port 0 --outputs-file "$outputs" >"$work/log" 2>&1 &
  run=$!
  for _ in $(seq 300); do
    [[ -e "$outputs" ]] && break
    kill -0 "$run" 2>/dev/null || { cat "$work/log"; exit 1; }
    sleep 0.2
  done
  [[ -e "$outputs" ]] || { echo "$app did not start in time:"; cat "$work/log"; exit 1; }
  npx jiti scripts/openapi.ts "$app" --output "$work/openapi" >"$work/log-openapi" 2>&1 || { cat "$work/log-openapi"; exit 1; }
  for document in "$work"/openapi/*.json; do
    name=$(basename "$document" .json)
    url=$(node -p 'const [file, name] = process.argv.slice(1); JSON.parse(fs.readFileSync(file))[name].url' "$outputs" "$name")
    echo "== $name at $url"
    # The local run prints a token with all scopes for an API that requires one.
    token=$(sed -n 's/.*which is not checked here: //p' "$work/log" | head -n 1)
    headers=()
    [[ -z "$token" ]] || headers=(--header "Authorization: $token")
    # The same seed gives the same requests.
    if ! (cd "$work" && timeout $((SECONDS_PER_API + 30)) "$work/venv/bin/st" --config-file /dev/null run "$document" --url "$url" \
      --checks "$CHECKS" --seed 1 --max-examples 40 --max-time "$SECONDS_PER_API" --no-color \
      ${headers[@]+"${headers[@]}"} --generation-database none) >"$work/report" 2>&1; then
      tail -n 120 "$work/report"
      status=1
    else
      tail -n 20 "$work/report"
    fi
  done
  stop
done
exit "$status"

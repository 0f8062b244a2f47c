#!/usr/bin/env bash
# The whole suite on a fresh Debian machine: installs what is missing, restores from the lock files, builds with warnings
# as errors, checks formatting, runs unit, component and browser tests. The last line is "N passed, N failed".
set -euo pipefail
cd "$(dirname "$0")"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDTERMINALLOGGER=off

step() { printf '\n== %s\n' "$*"; }
die() { printf '%s\n' "$*" >&2; exit 2; }

# ---- what the tests need -------------------------------------------------------------------------------------------
missing=()
command -v chromium >/dev/null || missing+=(chromium)
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql)
command -v node >/dev/null || missing+=(nodejs)
command -v npm >/dev/null || missing+=(npm)
command -v python3 >/dev/null || missing+=(python3)
command -v openssl >/dev/null || missing+=(openssl)
command -v go >/dev/null || missing+=(golang-go)
[ -d /usr/share/gocode/src/golang.org/x/mod/sumdb ] || missing+=(golang-golang-x-mod-dev)
if ((${#missing[@]})); then
  command -v apt-get >/dev/null || die "Missing: ${missing[*]}. Install them with this system's package manager."
  if ((EUID == 0)); then
    step "Installing ${missing[*]}"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  else
    die "Missing packages. Run as root, or install them first:  sudo apt-get install ${missing[*]}"
  fi
fi
command -v dotnet >/dev/null || die "The .NET SDK 10 is missing. Install dotnet-sdk-10.0, then run this again."

# ---- build ---------------------------------------------------------------------------------------------------------
step "Restore (locked)"
CI=true dotnet restore OpsConsole.sln --locked-mode -v quiet
(cd e2e/clients && { [ -f node_modules/.package-lock.json ] && [ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --no-audit --no-fund --ignore-scripts --silent; })

step "Build (warnings are errors)"
dotnet build OpsConsole.sln -c Release --no-restore -v quiet

step "Formatting"
dotnet format whitespace . --folder --verify-no-changes --exclude Console.Core/Storage/Migrations e2e/clients tests/Console.Benchmarks/duckdb

# ---- test ----------------------------------------------------------------------------------------------------------
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
status=0
for project in tests/Console.Core.Tests tests/Console.Web.Tests e2e/Console.E2E; do
  step "Tests of $project"
  dotnet test "$project" -c Release --no-build --nologo -v quiet \
    --logger "trx;LogFileName=$(basename "$project").trx" --results-directory "$results" || status=1
done

passed=0 failed=0 skipped=0
for project in Console.Core.Tests Console.Web.Tests Console.E2E; do
  file="$results/$project.trx"
  if [ ! -s "$file" ]; then
    printf '%s left no results: its run broke off.\n' "$project" >&2
    failed=$((failed + 1)); status=1
    continue
  fi
  # <Counters total="12" executed="12" passed="12" failed="0" … />
  counters=$(grep -o '<Counters [^>]*' "$file" | head -n 1)
  count() { sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<<"$counters"; }
  passed=$((passed + $(count passed)))
  failed=$((failed + $(count failed)))
  skipped=$((skipped + $(count total) - $(count executed)))
  if (($(count failed) > 0)); then
    printf '\n== What failed in %s\n' "$project"
    # <UnitTestResult … testName="…" … outcome="Failed" …> … <Message>…</Message> <StackTrace>…</StackTrace>
    awk '/<UnitTestResult .* outcome="Failed"/ { match($0, / testName="[^"]*"/); print "\n" substr($0, RSTART + 11, RLENGTH - 12) }
         /<(Message|StackTrace)>/ { within = 1 }
         within { print }
         /<\/(Message|StackTrace)>/ { within = 0 }' "$file" | head -n 200 || true
  fi
done
((failed == 0)) || status=1
if ((status != 0 && failed == 0)); then failed=1; fi
echo
if ((skipped > 0)); then echo "$skipped skipped (each says why above)"; fi
echo "$passed passed, $failed failed"
exit "$status"

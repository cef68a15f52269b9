#!/usr/bin/env bash
# ./dev bench [--quick] [PART..]: measures and writes build/bench.json and a table. Parts: records
# (over HTTP, beside a trigger), import, move, standing (the compliance index), members (the same
# with 2,500,000), large (of 5,250,000 units), ledger (pages, counts and moves of 200,000 matters),
# idle, drafting (of packs, where the labelled documents are), pages (in Chromium); without one, all
# of them.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! command -v wrk >/dev/null; then
  as_root=()
  ((EUID == 0)) || as_root=(sudo)
  "${as_root[@]}" apt-get update -q
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -q -y --no-install-recommends wrk
fi
./dev setup places

# In the system's temporary folder, as the tests have it: see start_postgres in ./dev.
folder=$(mktemp -d "${TMPDIR:-/tmp}/huilu-bench.XXXXXX")
trap 'tools/postgres.sh stop "$folder/postgres"; rm -rf "$folder"' EXIT
chmod 755 "$folder"
HUILU_TEST_POSTGRES=$(tools/postgres.sh start "$folder/postgres")
export HUILU_TEST_POSTGRES HUILU_BINARY=$PWD/build/release/huilu
export PATH=$PATH:$(echo /usr/lib/postgresql/*/bin | tr ' ' ':')
ulimit -n "$(ulimit -H -n)"
node bench/measure.mjs "$folder" "$@"

#!/usr/bin/env bash
# Tries the project on a machine that has nothing: a Debian 12 in a folder, with only
# ca-certificates, git and sudo in it. Needs root, debootstrap, curl and about 6 GB.
#
#   tools/fresh_machine.sh FOLDER [user|root] [setup|long]
#
# Inside: clone, `./dev run` until /healthz answers, the same once more, `./dev test`, each with
# its time; `setup`: only `./dev setup`; `long`: `./dev test --long` at the end. As `user` (default)
# through sudo, as `root` without it. Settings of apt and npm and the certificates are those of the
# machine around; nothing here names a host.
set -euo pipefail

repository=$(cd "$(dirname "$0")/.." && pwd)
folder=${1:?usage: tools/fresh_machine.sh FOLDER [user|root]}
who=${2:-user}
port=$((20000 + RANDOM % 10000))
home=/home/visitor
[[ $who == root ]] && home=/root

mirror() {
  apt-get indextargets --format '$(REPO_URI)' \
    'Created-By: Packages' 'Codename: bookworm' 'Component: main' | head -n 1
}

make_machine() {
  [[ -e $folder/etc/debian_version ]] && return
  debootstrap --variant=minbase --include=ca-certificates,git,sudo bookworm "$folder" "$(mirror)"
  chroot "$folder" useradd --create-home --shell /bin/bash visitor
  echo 'visitor ALL=(ALL) NOPASSWD: ALL' >"$folder/etc/sudoers.d/visitor"
}

copy_settings() {
  local file
  rm -f "$folder"/etc/apt/sources.list
  for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.{list,sources}; do
    if [[ -e $file ]]; then cp "$file" "$folder$file"; fi
  done
  grep -ls '^Acquire' /etc/apt/apt.conf.d/* | xargs -r cp -t "$folder/etc/apt/apt.conf.d"
  cp -L -t "$folder/etc" /etc/resolv.conf /etc/hosts
  cp -L /etc/ssl/certs/ca-certificates.crt "$folder/etc/ssl/certs/ca-certificates.crt"
  mkdir -p "$folder/usr/local/share/ca-certificates"
  find /usr/local/share/ca-certificates -name '*.crt' \
    -exec cp -t "$folder/usr/local/share/ca-certificates" {} +
  if command -v npm >/dev/null; then
    for file in registry cafile; do echo "$file=$(npm config get $file 2>/dev/null)"; done |
      grep -v '=null$' >"$folder$home/.npmrc"
  fi
}

# Own mounts and own process tree: when the command ends, nothing of it is left behind. Replaces
# the shell it is called in, so that the process started is the process to end: (inside ...).
inside() {
  exec unshare --mount --pid --fork bash -c '
    set -eu
    folder=$1 who=$2 home=$3; shift 3
    mount -t proc proc "$folder/proc"
    mount --rbind /dev "$folder/dev"
    mount -t tmpfs tmpfs "$folder/tmp"
    exec chroot --userspec="$who:$who" "$folder" env -i HOME="$home" USER="$who" CI=true \
      PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
      bash -c "cd $home/huilu && \"\$@\"" inside "$@"
  ' inside "$folder" "$user" "$home" "$@"
}

clone() {
  rm -rf "$folder$home/huilu"
  git clone --quiet --no-hardlinks "$repository" "$folder$home/huilu"
  chroot "$folder" chown -R "$user:$user" "$home"
}

# The first process inside is asked to end, as its operator would, and then made to: its wrapper
# takes no request, and what it wraps outlives it.
stop() {
  local wrapper=$server inner
  server=
  inner=$(pgrep --parent "$wrapper") || return 0
  kill "$inner" 2>/dev/null || true
  timeout 20 tail --pid="$inner" --follow /dev/null || kill -KILL "$inner"
  wait "$wrapper" || true
}

# $1: what this start is called, $2: the seconds it may take.
run_until_healthy() {
  local start=$SECONDS
  (inside ./dev run --listen "127.0.0.1:$port") >"$folder/run.log" 2>&1 &
  server=$!
  until curl --silent --fail --output /dev/null "http://127.0.0.1:$port/healthz"; do
    if ! kill -0 "$server" 2>/dev/null || ((SECONDS - start > $2)); then
      tail -n 40 "$folder/run.log"
      stop
      echo "fresh machine: $1: no answer on /healthz after $((SECONDS - start)) s"
      return 1
    fi
    sleep 0.2
  done
  echo "fresh machine: $1: /healthz answered after $((SECONDS - start)) s"
  stop
}

main() {
  user=$who
  [[ $who == user ]] && user=visitor
  server=
  trap '[[ -z $server ]] || stop' EXIT
  trap 'exit 1' INT TERM
  make_machine
  copy_settings
  clone
  if [[ ${3:-} == setup ]]; then
    (inside ./dev setup)
    return
  fi
  run_until_healthy 'first ./dev run' 1500
  run_until_healthy 'second ./dev run' 15
  local start=$SECONDS
  local test=(./dev test)
  [[ ${3:-} != long ]] || test+=(--long)
  (inside "${test[@]}")
  echo "fresh machine: ${test[*]} took $((SECONDS - start)) s"
}

main "$@"

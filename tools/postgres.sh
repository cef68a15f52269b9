#!/bin/sh
# A private PostgreSQL server for tests and benches, reached through a socket in its own folder.
#
#   tools/postgres.sh start DIR   starts it (makes it the first time) and prints its URL
#   tools/postgres.sh stop DIR    stops it; the folder stays
#
# Durable settings stay on: the tests that stop it hard rely on them. PostgreSQL refuses to run as
# root, so root runs it as the user postgres, or nobody where there is none.
set -eu

usage() {
  echo "usage: tools/postgres.sh start|stop DIR" >&2
  exit 2
}
[ $# -eq 2 ] || usage

bin=${HUILU_POSTGRES_BIN:-}
for folder in /usr/lib/postgresql/*/bin; do
  [ -n "$bin" ] || [ ! -x "$folder/initdb" ] || bin=$folder
done
[ -n "$bin" ] || bin=$(dirname "$(command -v initdb)")

[ "$1" != stop ] || [ -d "$2" ] || exit 0
mkdir -p "$2"
dir=$(cd "$2" && pwd)

as_server=
if [ "$(id -u)" = 0 ]; then
  user=postgres
  id "$user" >/dev/null 2>&1 || user=nobody
  group=$(id -g "$user")
  as_server="setpriv --reuid=$user --regid=$group --clear-groups"
fi

url() {
  # The folder as the value of a URL's parameter: everything but plain characters as %XX.
  host=$(printf %s "$dir" | od -An -v -tx1 | tr -d ' \n' | sed 's/../%&/g')
  echo "postgresql:///postgres?host=$host&user=postgres"
}

running() { $as_server "$bin/pg_ctl" -D "$dir/data" status >/dev/null 2>&1; }

start() {
  if [ ! -f "$dir/data/PG_VERSION" ]; then
    [ -z "$as_server" ] || chown "$user:$group" "$dir"
    chmod 700 "$dir"
    $as_server "$bin/initdb" -D "$dir/data" -U postgres --auth=trust --encoding=UTF8 \
      --locale=C.UTF-8 >"$dir/initdb.log" 2>&1 || { cat "$dir/initdb.log" >&2; exit 1; }
    rm -f "$dir/initdb.log"
    cat >>"$dir/data/postgresql.conf" <<EOF
listen_addresses = ''
unix_socket_directories = '$dir'
fsync = on
full_page_writes = on
synchronous_commit = on
max_connections = 200
shared_buffers = 256MB
max_wal_size = 2GB
EOF
  fi
  running || (cd "$dir" && $as_server "$bin/pg_ctl" -D data -l log -w -t 60 start >/dev/null) || {
    tail -20 "$dir/log" >&2
    exit 1
  }
  url
}

case $1 in
  start) start ;;
  stop) ! running || (cd "$dir" && $as_server "$bin/pg_ctl" -D data -m fast -w stop >/dev/null) ;;
  *) usage ;;
esac

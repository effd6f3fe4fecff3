# Moves the mail server of this sandbox server into a container: bash -c SCRIPT container NAME IPV4 IPV6
# Inside are a root, mounts, processes, host name, zone and network of its own, with the address that clients know; what
# stays outside is sshd, in another zone, with a fail2ban that doesn't run. `docker` here knows `exec -i NAME COMMAND…`.
set -euo pipefail
name=$1 v4=$2 v6=$3
home=/run/container-$name
new=$home/root

cat >/usr/local/bin/docker <<'DOCKER'
#!/bin/sh
[ "$1 $2" = "exec -i" ] || { echo "docker: this stand-in knows exec -i NAME COMMAND…" >&2; exit 125; }
name=$3
shift 3
pid=$(cat "/run/container-$name/pid" 2>/dev/null) || { echo "Error response from daemon: No such container: $name" >&2; exit 1; }
exec nsenter --target "$pid" --mount --uts --ipc --net --pid --root --wd=/ -- \
    /usr/bin/env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root "$@"
DOCKER
chmod 755 /usr/local/bin/docker

systemctl stop fail2ban postfix dovecot rsyslog syslog.socket
rm -f /var/log/mail.log /var/log/fail2ban.log /var/lib/fail2ban/fail2ban.sqlite3
ln -sf /usr/share/zoneinfo/Asia/Kolkata /etc/localtime
echo Asia/Kolkata >/etc/timezone
mkdir -p "$home"/{upper,scratch,root}
mount -t overlay overlay -o "lowerdir=/,upperdir=$home/upper,workdir=$home/scratch" "$new"
ln -sf /usr/share/zoneinfo/Etc/UTC "$new/etc/localtime"
echo Etc/UTC >"$new/etc/timezone"
echo "$name" >"$new/etc/hostname"
touch "$new/var/log/mail.log" "$new/var/log/fail2ban.log"

cat >"$home/init" <<'INIT'
set -euo pipefail
name=$1 new=$2
hostname "$name"
mount -t proc proc "$new/proc"
mount -t sysfs -o ro sysfs "$new/sys"
mount -t tmpfs -o mode=755 tmpfs "$new/dev"
mount -t tmpfs -o mode=755 tmpfs "$new/run"
mount -t tmpfs -o mode=1777 tmpfs "$new/tmp"
mkdir "$new/dev/shm" "$new/run/lock" "$new/run/fail2ban" "$new/.old"
for device in 'null 1 3' 'zero 1 5' 'full 1 7' 'random 1 8' 'urandom 1 9'; do
    read -r node major minor <<<"$device"
    mknod -m 666 "$new/dev/$node" c "$major" "$minor"
done
ln -s /proc/self/fd "$new/dev/fd"
cd "$new"
pivot_root . .old
umount -l .old
until ip link show eth0 >/dev/null 2>&1; do sleep 0.05; done
until [ -e /run/network ]; do sleep 0.05; done
rsyslogd
postfix start
dovecot
fail2ban-server start
touch /run/ready
exec sleep infinity
INIT

setsid unshare --mount --uts --ipc --net --pid --fork --propagation private \
    bash "$home/init" "$name" "$new" </dev/null >"$home/console" 2>&1 &
outer=$!
until pid=$(pgrep -P "$outer"); do sleep 0.05; done
echo "$pid" >"$home/pid"
ip link set eth0 netns "$pid"
inside() { nsenter --target "$pid" --net -- ip "$@"; }
inside link set lo up
inside link set eth0 addrgenmode none
inside link set eth0 up
inside address add "$v4/32" dev eth0
inside address add "$v6/128" dev eth0 nodad
inside route add 0.0.0.0/0 dev eth0 src "$v4"
inside route add ::/0 dev eth0 src "$v6"
until [ -e "/proc/$pid/root/run/lock" ]; do sleep 0.05; done
touch "/proc/$pid/root/run/network"
for _ in $(seq 300); do
    [ ! -e "/proc/$pid/root/run/ready" ] || exec docker exec -i "$name" fail2ban-client ping
    [ -e "/proc/$pid" ] || break
    sleep 0.1
done
cat "$home/console" >&2
echo "container $name was not ready within 30 s" >&2
exit 1

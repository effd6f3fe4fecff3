#!/bin/bash
# Process 1 of one mail server, in namespaces of its own, until it becomes that server's systemd. The cached root
# stays as it is: what the server writes goes into memory.
#   server.sh DIR NAME ROOT VARIANT IPV4
set -euo pipefail
dir=$1 name=$2 root=$3 variant=$4 v4=$5
work=$dir/work
new=$work/$name/root

read -r outer_pid _ <"$work/proc/self/stat"

mkdir -p "$work/$name"/{upper,scratch,root}
mount -t overlay overlay -o "lowerdir=$root,upperdir=$work/$name/upper,workdir=$work/$name/scratch" "$new"

# ---- what tells this server from its sisters ---------------------------------------------------------------------
hostname "$name"
echo "$name" >"$new/etc/hostname"
printf '127.0.0.1\tlocalhost\n::1\tlocalhost\n%s\t%s.example.org %s\n' "$v4" "$name" "$name" >"$new/etc/hosts"
uuid=$(</proc/sys/kernel/random/uuid)
echo "${uuid//-/}" >"$new/etc/machine-id"
sed -i "s/^myhostname *=.*/myhostname = $name.example.org/" "$new/etc/postfix/main.cf"
cp -a "$new/usr/share/mailban-sandbox/$variant/." "$new/"
if [[ $variant == journal ]]; then
    rm -f "$new/usr/sbin/rsyslogd" "$new"/etc/systemd/system/multi-user.target.wants/rsyslog.service \
        "$new"/etc/systemd/system/syslog.service "$new/var/log/mail.log" "$new/var/log/fail2ban.log"
fi
for type in ed25519 ecdsa rsa; do
    key_options=()
    [[ $type != rsa ]] || key_options=(-b 2048)
    ssh-keygen -q "${key_options[@]}" -t "$type" -N '' -C "root@$name" -f "$new/etc/ssh/ssh_host_${type}_key"
    cp "$new/etc/ssh/ssh_host_${type}_key.pub" "$dir/hostkeys/${name}_$type.pub"
done
until [[ -e $dir/keys-are-made ]]; do sleep 0.01; done
for home in root home/mailban; do
    mkdir -p "$new/$home/.ssh"
    chmod 700 "$new/$home/.ssh"
    cat "$dir"/id_*.pub >"$new/$home/.ssh/authorized_keys"
    chown -R --reference="$new/$home" "$new/$home/.ssh"
done

# ---- the file systems that systemd expects of a container manager ------------------------------------------------
mount -t proc proc "$new/proc"
mount --bind "$new/proc/sys" "$new/proc/sys"
mount -o remount,bind,ro "$new/proc/sys"
[[ ! -e $new/proc/sysrq-trigger ]] || mount --bind /dev/null "$new/proc/sysrq-trigger"
mount -t sysfs -o ro sysfs "$new/sys"
mount -t cgroup2 cgroup2 "$new/sys/fs/cgroup"
mount -t tmpfs -o mode=755,nosuid tmpfs "$new/dev"
mount -t tmpfs -o mode=755 tmpfs "$new/run"
mount -t tmpfs -o mode=1777 tmpfs "$new/tmp"
mkdir "$new/dev/pts" "$new/dev/shm" "$new/run/lock"
mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts "$new/dev/pts"
mount -t tmpfs -o mode=1777 tmpfs "$new/dev/shm"
for device in 'null 1 3' 'zero 1 5' 'full 1 7' 'random 1 8' 'urandom 1 9' 'tty 5 0' 'console 1 3'; do
    read -r node major minor <<<"$device"
    mknod -m 666 "$new/dev/$node" c "$major" "$minor"
done
ln -s pts/ptmx "$new/dev/ptmx"
ln -s /proc/self/fd "$new/dev/fd"
for stream in stdin:0 stdout:1 stderr:2; do
    ln -s "/proc/self/fd/${stream#*:}" "$new/dev/${stream%:*}"
done

# ---- in ----------------------------------------------------------------------------------------------------------
mkdir "$new/.old"
cd "$new"
pivot_root . .old
echo "$outer_pid" >".old$dir/$name.pid"
exec </dev/null >/dev/null 2>&1
umount -l .old
rmdir .old
# The kernel is shared with the machine: its clock, log, modules and audit trail are not this server's.
exec /usr/bin/env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin container=mailban-sandbox \
    /usr/bin/setpriv --bounding-set -sys_module,-sys_time,-sys_rawio,-syslog,-audit_control,-audit_read,-mac_admin,-wake_alarm \
    /lib/systemd/systemd

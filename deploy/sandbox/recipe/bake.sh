#!/bin/bash
# Runs inside a fresh root, once, when the root is built: makes it the mail server of example.org.
# Everything that differs from one server to the next (name, addresses, keys) comes at boot.
set -euo pipefail
recipe=$(dirname "$0")

is_at_least() { # is_at_least VERSION WANTED
    dpkg --compare-versions "$1" ge "$2"
}
version_of() { dpkg-query --show --showformat='${Version}' "$1"; }

ln -sf /usr/share/zoneinfo/Etc/UTC /etc/localtime
echo Etc/UTC >/etc/timezone
: >/etc/resolv.conf

# ---- mailboxes -------------------------------------------------------------------------------------------------
useradd --system --home-dir /var/vmail --create-home --shell /usr/sbin/nologin vmail
cat >/etc/dovecot/users <<'USERS'
bob@example.org:{PLAIN}bobs-password
alice@example.org:{PLAIN}alices-password
USERS
chown root:dovecot /etc/dovecot/users
chmod 640 /etc/dovecot/users
if is_at_least "$(version_of dovecot-core)" 1:2.4; then
    cp "$recipe/dovecot-2.4.conf" /etc/dovecot/dovecot.conf
else
    cp "$recipe/dovecot-2.3.conf" /etc/dovecot/dovecot.conf
fi
cp "$recipe/dovecot-quick.conf" /etc/dovecot/quick.conf

# Dovecot puts its sockets there, and may start before Postfix has made it
install -d -o postfix -g root -m 700 /var/spool/postfix/private

# ---- Postfix: SMTP, submission (587) and submissions (465), passwords checked by Dovecot -----------------------
make-ssl-cert generate-default-snakeoil --force-overwrite
postconf -e \
    'myorigin = example.org' \
    'mydestination = localhost' \
    'inet_interfaces = all' \
    'inet_protocols = all' \
    'smtpd_tls_cert_file = /etc/ssl/certs/ssl-cert-snakeoil.pem' \
    'smtpd_tls_key_file = /etc/ssl/private/ssl-cert-snakeoil.key' \
    'smtpd_tls_security_level = may' \
    'smtpd_sasl_auth_enable = yes' \
    'smtpd_sasl_type = dovecot' \
    'smtpd_sasl_path = private/auth' \
    'virtual_mailbox_domains = example.org' \
    'virtual_mailbox_maps = inline:{ {bob@example.org=bob}, {alice@example.org=alice} }' \
    'virtual_transport = lmtp:unix:private/dovecot-lmtp' \
    'smtpd_relay_restrictions = permit_mynetworks permit_sasl_authenticated reject_unauth_destination'
cat >>/etc/postfix/master.cf <<'MASTER'
submission inet n       -       y       -       -       smtpd
  -o syslog_name=postfix/submission
  -o smtpd_tls_security_level=encrypt
465       inet  n       -       y       -       -       smtpd
  -o syslog_name=postfix/smtps
  -o smtpd_tls_wrappermode=yes
MASTER

# ---- fail2ban: stock jails, with what an administrator would write into jail.local -----------------------------
fail2ban=$(version_of fail2ban)
cat >/etc/fail2ban/jail.d/mailban.local <<'JAILS'
[DEFAULT]
banaction = nftables-multiport
banaction_allports = nftables-allports

# the sandbox is driven over SSH, wrong keys included
[sshd]
enabled = false

[postfix-sasl]
enabled = true
maxretry = 3
bantime = 1h

# the stock [dovecot] under the name that the incident gave it
[dovecot-invalid]
enabled = true
filter = dovecot
port = pop3,pop3s,imap,imaps,submission,465,sieve
logpath = %(dovecot_log)s
backend = %(dovecot_backend)s
maxretry = 3
bantime = 10m

[recidive]
enabled = true
JAILS
if is_at_least "$(version_of dovecot-core)" 1:2.4 && ! grep -q 'Login aborted' /etc/fail2ban/filter.d/dovecot.conf; then
    # Dovecot 2.4 words a failed login differently, and the filter of fail2ban 1.1.0 does not know it yet
    cat >/etc/fail2ban/filter.d/dovecot.local <<'FILTER'
[Definition]
failregex = %(known/failregex)s
            ^Login aborted: .*\(auth failed, \d+ attempts(?: in \d+ secs)?\)(?: \(auth_failed\))?:(?: user=<[^>]*>,)?(?: method=\S+,)? rip=<HOST>(?:,.*)?$
FILTER
fi

# A server either writes log files or has nothing but its journal; the variant is laid over the root at boot.
for variant in files journal; do
    mkdir -p "/usr/share/mailban-sandbox/$variant/etc/fail2ban/jail.d"
done
cat >/usr/share/mailban-sandbox/files/etc/fail2ban/jail.d/variant.local <<'FILES'
[DEFAULT]
backend = auto
postfix_backend = auto
dovecot_backend = auto
FILES
cat >/usr/share/mailban-sandbox/journal/etc/fail2ban/jail.d/variant.local <<'JOURNAL'
[DEFAULT]
backend = systemd
postfix_backend = systemd
dovecot_backend = systemd
JOURNAL
if ! is_at_least "$fail2ban" 1.1; then
    # Debian runs Postfix as postfix@-.service; the filter of fail2ban before 1.1 looks for postfix.service only
    cat >>/usr/share/mailban-sandbox/journal/etc/fail2ban/jail.d/variant.local <<'JOURNAL'
[postfix-sasl]
journalmatch = _SYSTEMD_UNIT=postfix@-.service
JOURNAL
fi
if is_at_least "$fail2ban" 1.0.1; then
    logtarget=SYSTEMD-JOURNAL
else
    logtarget=SYSLOG
fi
if [[ $logtarget == SYSTEMD-JOURNAL ]] && ! is_at_least "$fail2ban" 1.1; then
    # The journal's lines have no level in fail2ban 1.0, and priority 4; its filter looks for NOTICE and 5
    mkdir /usr/share/mailban-sandbox/journal/etc/fail2ban/filter.d
    cat >/usr/share/mailban-sandbox/journal/etc/fail2ban/filter.d/recidive.local <<'FILTER'
[Definition]
_daemon = fail2ban(?:-server|\.actions)?
failregex = ^%(__prefix_line)s(?:NOTICE\s+)?\[(?!%(_jailname)s\])(?:.*)\]\s+Ban\s+<HOST>\s*$
journalmatch = _SYSTEMD_UNIT=fail2ban.service
FILTER
fi
printf '[DEFAULT]\nlogtarget = %s\n' "$logtarget" >/usr/share/mailban-sandbox/journal/etc/fail2ban/fail2ban.local
touch /var/log/mail.log /var/log/fail2ban.log
chown root:adm /var/log/mail.log /var/log/fail2ban.log
chmod 640 /var/log/mail.log /var/log/fail2ban.log

# ---- the administrator's way in --------------------------------------------------------------------------------
useradd --create-home --shell /bin/bash --groups adm mailban
echo 'mailban ALL=(root) NOPASSWD:ALL' >/etc/sudoers.d/mailban
chmod 440 /etc/sudoers.d/mailban
rm -f /etc/ssh/ssh_host_*
cat >/etc/ssh/sshd_config.d/mailban.conf <<'SSHD'
# a benchmark logs in forty times at once
MaxStartups 200:30:400
SSHD
if is_at_least "$(version_of openssh-server)" 1:9.8; then
    # tests try wrong keys on purpose
    echo 'PerSourcePenaltyExemptList 198.51.100.0/24' >>/etc/ssh/sshd_config.d/mailban.conf
fi

# ---- a server that boots fast and keeps its hands off the kernel that it shares ---------------------------------
sed -i '/imklog/d' /etc/rsyslog.conf
mkdir -p /var/log/journal
systemctl mask --quiet getty.target console-getty.service systemd-udevd.service systemd-udev-trigger.service \
    systemd-udevd-control.socket systemd-udevd-kernel.socket systemd-logind.service systemd-networkd.service \
    systemd-networkd.socket systemd-timesyncd.service systemd-sysctl.service systemd-modules-load.service \
    systemd-binfmt.service systemd-firstboot.service systemd-update-utmp.service systemd-rfkill.service \
    systemd-rfkill.socket dev-hugepages.mount sys-kernel-debug.mount sys-kernel-tracing.mount \
    sys-fs-fuse-connections.mount proc-sys-fs-binfmt_misc.automount apt-daily.timer apt-daily-upgrade.timer \
    dpkg-db-backup.timer e2scrub_all.timer e2scrub_reap.service fstrim.timer logrotate.timer man-db.timer \
    systemd-tmpfiles-clean.timer postfix-resolvconf.path ssh.socket \
    >/dev/null 2>&1 || true
systemctl set-default --quiet multi-user.target
systemctl enable --quiet ssh.service postfix.service dovecot.service fail2ban.service rsyslog.service 2>/dev/null

cat >/usr/local/sbin/sandbox-ready <<'READY'
#!/bin/bash
# Ends once every daemon answers.
# Looks at the sockets without connecting, so that the mail log begins with real clients.
for port in 22 25 587 465 143 993 110 995; do
    until [[ -n $(ss -Hltn "sport = :$port") ]]; do sleep 0.05; done
done
until fail2ban-client ping >/dev/null 2>&1; do sleep 0.05; done
# fail2ban answers before its last jail has started
until fail2ban-client status | grep -q 'Number of jail:.*3'; do sleep 0.05; done
touch /run/sandbox-ready
READY
chmod 755 /usr/local/sbin/sandbox-ready
cat >/etc/systemd/system/sandbox-ready.service <<'UNIT'
[Unit]
Description=Tells the sandbox that this server is up
After=ssh.service postfix.service dovecot.service fail2ban.service

[Service]
Type=oneshot
ExecStart=/usr/local/sbin/sandbox-ready

[Install]
WantedBy=multi-user.target
UNIT
systemctl enable --quiet sandbox-ready.service 2>/dev/null
rm -f /etc/machine-id /var/lib/dbus/machine-id

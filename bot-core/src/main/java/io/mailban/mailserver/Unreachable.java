package io.mailban.mailserver;

import io.mailban.ban.ServerName;

/** The server could not be asked at all. */
public record Unreachable(ServerName server, Obstacle obstacle)
        implements BanListing,
                Lifting,
                Description,
                Tracing,
                Evidencing,
                FirewallSearch,
                IgnoreListing,
                Ignoring,
                Sweeping {}

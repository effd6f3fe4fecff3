package io.mailban.fail2ban;

/**
 * How the observer counted one failure of an id that had been banned before ({@code bantime.increment}).
 *
 * @param earlierBans how often the id had been banned
 * @param countedAs as how many failures this one counts
 */
public record Escalation(int earlierBans, double countedAs) {}

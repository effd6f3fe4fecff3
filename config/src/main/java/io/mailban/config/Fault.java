package io.mailban.config;

/**
 * One thing that is wrong with the configuration.
 *
 * @param line where, from 1; 0 where it is the whole file
 * @param key which, such as {@code servers[0].port}; empty where it is none
 * @param value what stands there, shortened; empty for a secret, and where nothing does
 * @param what what is wrong and what was expected, without line and key
 */
public record Fault(int line, String key, String value, String what) {

    /** As a person reads it, on one line. */
    public String sentence() {
        return (line == 0 ? "" : "line " + line + ": ") + (key.isEmpty() ? "" : key + ": ") + what;
    }

    @Override
    public String toString() {
        return sentence();
    }
}

package io.mailban.approval;

import java.util.regex.Pattern;

/** A request's id: eight letters and digits, short enough to type and never given twice. */
public record ApprovalId(String value) {
    private static final Pattern FORM = Pattern.compile("[a-z0-9]{8}");

    /** Refuses any other form. */
    public ApprovalId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("a request's id is eight letters and digits, not \"" + value + "\"");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}

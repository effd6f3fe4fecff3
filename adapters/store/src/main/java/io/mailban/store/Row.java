package io.mailban.store;

import io.mailban.access.Person;
import io.mailban.access.PersonId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A row as it was read, its columns in our words. */
record Row(ResultSet columns) {
    /** Always nine decimals, so that instants sort as text. */
    private static final DateTimeFormatter INSTANT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    static String text(Instant instant) {
        return INSTANT.format(instant);
    }

    String text(String column) throws SQLException {
        @Nullable String value = columns.getString(column);
        if (value == null) {
            throw new SQLException("a row without " + column + ", which it should have");
        }
        return value;
    }

    long number(String column) throws SQLException {
        return columns.getLong(column);
    }

    Instant instant(String column) throws SQLException {
        return Instant.parse(text(column));
    }

    Optional<Instant> optionalInstant(String column) throws SQLException {
        return Optional.ofNullable(columns.getString(column)).map(Instant::parse);
    }

    OptionalInt optionalNumber(String column) throws SQLException {
        int number = columns.getInt(column);
        return columns.wasNull() ? OptionalInt.empty() : OptionalInt.of(number);
    }

    /** Somebody, from two columns: {@code who} and {@code who_name}. */
    Person person(String column) throws SQLException {
        return new Person(PersonId.of(text(column)), text(column + "_name"));
    }

    /** A word that this program doesn't know was written by another one. */
    <E extends Enum<E>> E word(String column, Class<E> words) throws SQLException {
        String word = text(column);
        try {
            return Enum.valueOf(words, word);
        } catch (IllegalArgumentException e) {
            throw new SQLException("a row whose " + column + " is " + word + ", which this program doesn't know", e);
        }
    }
}

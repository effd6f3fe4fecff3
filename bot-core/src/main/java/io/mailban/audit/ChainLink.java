package io.mailban.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import io.mailban.access.Person;
import io.mailban.access.PersonId;
import io.mailban.ban.Jail;
import io.mailban.ban.ServerName;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * An entry as it is kept: raw, so that one that somebody has changed can be read too. Its hash is SHA-256 over the JSON
 * array of strings {@code [previous hash, number, at, act, request, where, erased, who, who_name, subject, reason,
 * result]}, written as RFC 8785 has it, the last five being commitments: SHA-256 over a key of 32 bytes and the value in
 * UTF-8, empty where the value is. Hashes and keys are in lower-case hex.
 *
 * @param number counted from 1
 * @param plain what stays for good
 * @param commitments one for each field, empty for an empty value
 * @param values the values that have not been erased, each with its key
 * @param hash over all of it but the values, and over the hash before
 */
public record ChainLink(
        long number, Plain plain, Map<AuditField, String> commitments, Map<AuditField, Opening> values, String hash) {
    /** The hash before the first entry's. */
    public static final String BEGINNING = "0".repeat(64);

    /** Shown in the place of a value that was erased. */
    public static final String ERASED = "(erased)";

    private static final Person ERASED_PERSON = new Person(new PersonId("erased", "erased"), ERASED);

    /** Always nine decimals, so that instants sort as text. */
    private static final DateTimeFormatter INSTANT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** Copies the maps. */
    public ChainLink {
        commitments = Map.copyOf(commitments);
        values = Map.copyOf(values);
    }

    /**
     * What an entry says that is nobody's: kept in the clear, for good.
     *
     * @param at in UTC with nine decimals
     * @param act the name of an {@link AuditEntry.Act}
     * @param request a request's id, or empty
     * @param where a line for each jail: server, tab, jail
     * @param erased how many values of the log this act erased
     */
    public record Plain(String at, String act, String request, String where, long erased) {}

    /** A value, and the key that proves that it is the one that was committed to. */
    public record Opening(String key, String value) {}

    /**
     * The link for an entry that is to be added.
     *
     * @param previous the hash of the entry before
     * @param erased how many values of the log this act erased
     * @param keys 32 random bytes each time
     */
    public static ChainLink of(long number, String previous, AuditEntry entry, long erased, Supplier<byte[]> keys) {
        Plain plain = new Plain(
                INSTANT.format(entry.at()),
                entry.act().name(),
                entry.request().orElse(""),
                entry.where().stream()
                        .map(where -> where.server() + "\t" + where.jail())
                        .collect(joining("\n")),
                erased);
        Map<AuditField, String> commitments = new EnumMap<>(AuditField.class);
        Map<AuditField, Opening> values = new EnumMap<>(AuditField.class);
        for (AuditField field : AuditField.values()) {
            String value = value(entry, field);
            if (value.isEmpty()) {
                commitments.put(field, "");
            } else {
                Opening opening = new Opening(HexFormat.of().formatHex(keys.get()), value);
                values.put(field, opening);
                commitments.put(field, commitment(opening));
            }
        }
        return new ChainLink(number, plain, commitments, values, hash(previous, number, plain, commitments));
    }

    private static String value(AuditEntry entry, AuditField field) {
        return switch (field) {
            case WHO -> entry.who().id().toString();
            case WHO_NAME -> entry.who().name();
            case SUBJECT -> entry.subject();
            case REASON -> entry.reason();
            case RESULT -> entry.result();
        };
    }

    /**
     * The entry, with {@link #ERASED} for what was erased.
     *
     * @throws IllegalArgumentException if a word in it is none that this program knows
     */
    public AuditEntry entry() {
        return new AuditEntry(
                Instant.parse(plain.at()),
                values.containsKey(AuditField.WHO)
                        ? new Person(PersonId.of(value(AuditField.WHO)), value(AuditField.WHO_NAME))
                        : ERASED_PERSON,
                AuditEntry.Act.valueOf(plain.act()),
                value(AuditField.SUBJECT),
                Optional.of(plain.request()).filter(request -> !request.isEmpty()),
                plain.where()
                        .lines()
                        .map(line -> line.split("\t", 2))
                        .map(parts -> new AuditEntry.Where(new ServerName(parts[0]), new Jail(parts[1])))
                        .toList(),
                value(AuditField.REASON),
                value(AuditField.RESULT));
    }

    private String value(AuditField field) {
        Opening opening = values.get(field);
        return opening != null ? opening.value() : commitment(field).isEmpty() ? "" : ERASED;
    }

    /** What stands for a field's value in the hash. */
    public String commitment(AuditField field) {
        return commitments.getOrDefault(field, "");
    }

    /** How many of its values were erased. */
    long missing() {
        return Stream.of(AuditField.values())
                .filter(field -> !commitment(field).isEmpty() && !values.containsKey(field))
                .count();
    }

    /** What was changed in it since it was written behind that hash; empty where nothing was. */
    Optional<String> fault(String previous) {
        for (Map.Entry<AuditField, Opening> value : values.entrySet()) {
            if (!commitment(value.getKey()).equals(commitment(value.getValue()))) {
                return Optional.of("its " + value.getKey().word() + " is not what was written");
            }
        }
        return hash.equals(hash(previous, number, plain, commitments))
                ? Optional.empty()
                : Optional.of("it, or the entry before it, is not what was written");
    }

    private static String commitment(Opening opening) {
        return HexFormat.of().formatHex(sha256(opening.key(), opening.value()));
    }

    private static String hash(String previous, long number, Plain plain, Map<AuditField, String> commitments) {
        List<String> parts = new ArrayList<>(List.of(
                previous,
                Long.toString(number),
                plain.at(),
                plain.act(),
                plain.request(),
                plain.where(),
                Long.toString(plain.erased())));
        for (AuditField field : AuditField.values()) {
            parts.add(commitments.getOrDefault(field, ""));
        }
        return HexFormat.of().formatHex(sha256("", CanonicalJson.array(parts)));
    }

    private static byte[] sha256(String hexKey, String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            // A key that is no hex any more was changed: as good as another key.
            digest.update(hexKey.matches("([0-9a-f]{2})*") ? HexFormat.of().parseHex(hexKey) : hexKey.getBytes(UTF_8));
            return digest.digest(text.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

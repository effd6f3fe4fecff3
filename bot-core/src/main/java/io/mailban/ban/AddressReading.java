package io.mailban.ban;

/** What came of reading a text as an address. Pure, linear in the length of the text, never asks a name server. */
public sealed interface AddressReading {

    /** It is an address, here in its canonical form. */
    record Read(Address address) implements AddressReading {}

    /** It is none; {@code why} is one sentence for the person who typed it, such as {@code 256 is over 255}. */
    record Refused(String why) implements AddressReading {}

    /** Reads an IPv4 or IPv6 address in any spelling: mixed case, leading zeros, embedded IPv4, surrounding brackets. */
    static AddressReading of(String text) {
        return AddressReader.read(text);
    }
}

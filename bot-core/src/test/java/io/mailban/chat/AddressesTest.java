package io.mailban.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.mailban.ban.Address;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressesTest {
    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            my mail is broken, I am 203.0.113.7. => 203.0.113.7
            is it 203.0.113.7, or (198.51.100.9)? => 203.0.113.7 198.51.100.9
            203.0.113.7:55729 => 203.0.113.7
            unknown[203.0.113.7]:55729: SASL LOGIN failed => 203.0.113.7
            [2001:db8::7]:993 => 2001:db8::7
            2001:DB8:0:0:0:0:0:7. => 2001:db8::7
            at 2001:db8::7: refused => 2001:db8::7
            2001:db8:: => 2001:db8::
            ::ffff:203.0.113.7 => 203.0.113.7
            <http://203.0.113.7|203.0.113.7> => 203.0.113.7
            <http://203.0.113.7:8080/a?b=198.51.100.9|look> => 203.0.113.7 198.51.100.9
            <http://[2001:db8::7]/24> => 2001:db8::7
            http://203.0.113.7/24 => 203.0.113.7
            <mailto:bob@203.0.113.7|bob@203.0.113.7> => 203.0.113.7
            rip=203.0.113.7, lip=198.51.100.9, TLS => 203.0.113.7 198.51.100.9
            ip:203.0.113.7 => 203.0.113.7
            ip:2001:db8::7 => 2001:db8::7
            client:203.0.113.7:55729 => 203.0.113.7
            face:203.0.113.7 => 203.0.113.7
            *203.0.113.7* _198.51.100.9_ ~192.0.2.1~ `192.0.2.2` => 203.0.113.7 198.51.100.9 192.0.2.1 192.0.2.2
            203.0.113.7-203.0.113.9 => 203.0.113.7 203.0.113.9
            地址203.0.113.7被封。 => 203.0.113.7
            192.168.1.5 or 10.0.0.1, outside 203.0.113.7 => 203.0.113.7 192.168.1.5 10.0.0.1
            203.0.113.7 and again 203.0.113.7 => 203.0.113.7
            203.0.113.7/32 2001:db8::7/128 => 203.0.113.7 2001:db8::7
            203.0.113.0/24 is banned and 203.0.113.7 in it => 203.0.113.7
            127.0.0.1 => 127.0.0.1
            """)
    void isFoundWhateverStandsAroundIt(String text, String found) {
        assertThat(Addresses.in(text)).extracting(Address::text).containsExactly(found.split(" "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "my mail is broken since 12:30:45",
                "203.0.113.256",
                "203.0.113",
                "203.0.113.7.example.net",
                "static-203-0-113-7.example.net",
                "v203.0.113.7",
                "7.113.0.203.in-addr.arpa",
                "1.2.3.4.5",
                "203.0.113.0/24",
                "2001:db8::/32",
                "std::string",
                "::",
                "0.0.0.0",
                "00:1a:2b:3c:4d:5e",
                "010.0.0.1",
            })
    void whatIsNoAddressIsNotTakenForOne(String text) {
        assertThat(Addresses.in(text)).isEmpty();
    }

    /** Three seconds are a hundred times what a linear reading takes. */
    @ParameterizedTest
    @ValueSource(
            strings = {"1.", "1:", ":", ".", "1", "a:", "x:", "::", "1.1.1.1:", "1/", "1.1.1.1/", "z", "[", "::1 "})
    void aHostileTextIsReadAtOnce(String piece) {
        String text = piece.repeat(100_000 / piece.length());
        List<Address> found = assertTimeout(Duration.ofSeconds(3), () -> Addresses.in(text));
        assertThat(found).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void aMessageFullOfAddressesIsReadToItsEnd() {
        String text = Stream.iterate(0, i -> i + 1)
                .limit(7000)
                .map(i -> "10.1." + i / 256 + "." + i % 256 + " ")
                .reduce("", String::concat);
        assertThat(Addresses.in(text + "203.0.113.7")).hasSize(7001).first().isEqualTo(Address.of("203.0.113.7"));
    }
}

package io.mailban.ban;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AddressTest {

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.113.7",
        "' 203.0.113.7 ', 203.0.113.7",
        "0.0.0.0, 0.0.0.0",
        "255.255.255.255, 255.255.255.255",
        "2001:db8:0:0:0:0:0:abcd, 2001:db8::abcd",
        "2001:DB8::ABCD, 2001:db8::abcd",
        "2001:0db8:0000:0000:0000:0000:0000:0007, 2001:db8::7",
        "[2001:db8::7], 2001:db8::7",
        "::, ::",
        "::1, ::1",
        "1::, 1::",
        "1:0:0:2:0:0:0:3, 1:0:0:2::3",
        "1:0:0:2:3:0:0:4, 1::2:3:0:0:4",
        "1:0:2:3:4:5:6:7, 1:0:2:3:4:5:6:7",
        "::ffff:203.0.113.7, 203.0.113.7",
        "::FFFF:CB00:7107, 203.0.113.7",
        "0:0:0:0:0:ffff:203.0.113.7, 203.0.113.7",
        "64:ff9b::203.0.113.7, 64:ff9b::cb00:7107",
    })
    void everySpellingBecomesTheOneThatFail2banCompares(String written, String canonical) {
        assertThat(Address.of(written).text()).isEqualTo(canonical);
        assertThat(Address.of(canonical)).isEqualTo(Address.of(written));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.256 | 203.0.113.256: 256 is over 255",
                "203.0.113 | 203.0.113: an IPv4 address has four numbers, such as 203.0.113.7",
                "203.0.113.7.8 | 203.0.113.7.8: an IPv4 address has four numbers, such as 203.0.113.7",
                "203.0.113. | 203.0.113.: a number is missing",
                "203.0.113.x | 203.0.113.x: x is no number",
                "203.0.113.010 | 203.0.113.010: 010 could be octal, write 10",
                "203.0.113.-7 | 203.0.113.-7: -7 is no number",
                "2001:db8::g | 2001:db8::g: g is no group of one to four hexadecimal digits",
                "1::2::3 | 1::2::3: :: may stand only once",
                "1:2:3:4:5:6:7 | 1:2:3:4:5:6:7: an IPv6 address has eight groups, or fewer around one ::, such as 2001:db8::7",
                "1:2:3:4:5:6:7:8:9 | 1:2:3:4:5:6:7:8:9: an IPv6 address has eight groups, or fewer around one ::, such as 2001:db8::7",
                "1:2:3:4::5:6:7:8 | 1:2:3:4::5:6:7:8: an IPv6 address has eight groups, or fewer around one ::, such as 2001:db8::7",
                "::ffff:203.0.113.999 | ::ffff:203.0.113.999: 203.0.113.999: 999 is over 255",
                "fe80::1%eth0 | fe80::1%eth0: an address with a zone (%) is link-local, no mail server sees it from outside",
                "'' | an address is missing, such as 203.0.113.7 or 2001:db8::7",
                "203.0.113.7;reboot | 203.0.113.7;reboot: 7;reboot is no number",
                "٢٠٣.0.113.7 | ٢٠٣.0.113.7: ٢٠٣ is no number",
            })
    void aTextThatIsNoAddressIsToldWhy(String written, String why) {
        assertThat(AddressReading.of(written)).isEqualTo(new AddressReading.Refused(why));
    }

    @Test
    void aTextOfAnyLengthIsRefusedShortly() {
        assertThat(AddressReading.of("1".repeat(1_000_000)))
                .isEqualTo(new AddressReading.Refused("an address has at most 45 characters, this has 1000000"));
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, PUBLIC", "2001:db8::7, PUBLIC", "10.1.2.3, PRIVATE", "172.16.0.1, PRIVATE",
        "172.32.0.1, PUBLIC", "192.168.255.255, PRIVATE", "fd00::1, PRIVATE", "127.0.0.1, LOOPBACK",
        "::1, LOOPBACK", "100.64.0.1, SHARED", "100.127.255.255, SHARED", "100.128.0.0, PUBLIC",
        "fd7a:115c:a1e0::1, SHARED", "169.254.1.1, LINK_LOCAL", "fe80::1, LINK_LOCAL", "224.0.0.1, NOT_A_HOST",
        "255.255.255.255, NOT_A_HOST", "0.0.0.0, NOT_A_HOST", "::, NOT_A_HOST", "::ffff:10.0.0.1, PRIVATE",
    })
    void theScopeSaysWhereAnAddressCanBeMet(String address, AddressScope scope) {
        assertThat(Address.of(address).scope()).isEqualTo(scope);
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.77/24, 203.0.113.0/24, 203.0.113.255, 203.0.114.0",
        "0.0.0.0/0, 0.0.0.0/0, 203.0.113.7, 2001:db8::7",
        "203.0.113.8/31, 203.0.113.8/31, 203.0.113.9, 203.0.113.10",
        "2001:db8::ffff/112, 2001:db8::/112, 2001:db8::abcd, 2001:db8::1:0",
        "2001:db8:1:2::/64, 2001:db8:1:2::/64, 2001:db8:1:2:ffff::, 2001:db8:1:3::",
    })
    void aNetworkContainsWhatSharesItsPrefix(String written, String canonical, String inside, String outside) {
        Network network = Network.of(written);
        assertThat(network.text()).isEqualTo(canonical);
        assertThat(network.contains(Address.of(inside))).isTrue();
        assertThat(network.contains(Address.of(outside))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, Address",
        "203.0.113.7/32, Address",
        "203.0.113.0/24, Network",
        "some user, OtherId",
        "203.0.113.0/33, OtherId",
        "' 203.0.113.7', OtherId",
        "[::1], OtherId"
    })
    void aBannedIdIsReadAsWhatItIs(String written, String kind) {
        assertThat(BannedId.of(written).getClass().getSimpleName()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({"bob@example.org, b…@example.org", "bob, b…", "@example.org, …@example.org", "'', …", "💌x@y, 💌…@y"})
    void aMaskedMailboxKeepsItsFirstLetterAndItsDomain(String name, String masked) {
        assertThat(new Mailbox(name).masked()).isEqualTo(masked);
    }
}

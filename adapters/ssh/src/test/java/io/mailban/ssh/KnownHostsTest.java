package io.mailban.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.ssh.KnownHosts.Standing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys are stood for by any bytes; the lines have the forms that ssh and ssh-keyscan -H write. */
class KnownHostsTest {
    private static final byte[] KEY = {1, 2, 3};
    private static final byte[] OTHER = {4, 5, 6};
    private static final String K = Base64.getEncoder().encodeToString(KEY);
    private static final String O = Base64.getEncoder().encodeToString(OTHER);

    @TempDir
    Path folder;

    @Test
    void aKeyIsTrustedForTheNamesItStandsBeside() throws IOException {
        KnownHosts known = known("mail1,192.0.2.1 ssh-ed25519 " + K + " a comment");
        assertThat(known.standing("mail1", KEY)).isEqualTo(Standing.TRUSTED);
        assertThat(known.standing("192.0.2.1", KEY)).isEqualTo(Standing.TRUSTED);
        assertThat(known.standing("MAIL1", KEY)).isEqualTo(Standing.TRUSTED);
        assertThat(known.standing("mail2", KEY)).isEqualTo(Standing.UNKNOWN);
    }

    @Test
    void anotherKeyIsAChangedOneWhateverItsType() throws IOException {
        KnownHosts known = known("mail1 ssh-ed25519 " + K);
        assertThat(known.standing("mail1", OTHER)).isEqualTo(Standing.CHANGED);
    }

    @Test
    void eachOfSeveralTypesIsTrusted() throws IOException {
        KnownHosts known = known("mail1 ssh-ed25519 " + K, "mail1 ssh-rsa " + O);
        assertThat(known.standing("mail1", KEY)).isEqualTo(Standing.TRUSTED);
        assertThat(known.standing("mail1", OTHER)).isEqualTo(Standing.TRUSTED);
    }

    @Test
    void hashedNamesAreFound() throws IOException {
        String name = KnownHosts.hashedName(new byte[20], "[mail1]:2222");
        KnownHosts known = known(name + " ssh-ed25519 " + K);
        assertThat(known.standing("[mail1]:2222", KEY)).isEqualTo(Standing.TRUSTED);
        assertThat(known.standing("[mail1]:2222", OTHER)).isEqualTo(Standing.CHANGED);
        assertThat(known.standing("mail1", KEY)).isEqualTo(Standing.UNKNOWN);
    }

    @Test
    void aHashAsSshKeygenWritesItIsRead() throws IOException {
        // The example of ssh-keygen's users everywhere: 192.168.1.61.
        KnownHosts known = known("|1|F1E1KeoE/eEWhi10WpGv4OdiO6Y=|3988QV0VE8wmZL7suNrYQLITLCg= ssh-ed25519 " + K);
        assertThat(known.standing("192.168.1.61", KEY)).isEqualTo(Standing.TRUSTED);
    }

    @Test
    void aHostOnAPortOfItsOwnMayBeKnownWithoutIt() throws IOException {
        KnownHosts known = known("mail1 ssh-ed25519 " + K);
        assertThat(known.standing("[mail1]:2222", KEY)).isEqualTo(Standing.TRUSTED);
        assertThat(known.standing("[mail1]:2222", OTHER)).isEqualTo(Standing.UNKNOWN);
    }

    @Test
    void aRevokedKeyIsRevokedThoughItIsAlsoListed() throws IOException {
        KnownHosts known = known("mail1 ssh-ed25519 " + K, "@revoked * ssh-ed25519 " + K);
        assertThat(known.standing("mail1", KEY)).isEqualTo(Standing.REVOKED);
        assertThat(known.standing("[mail1]:2222", KEY)).isEqualTo(Standing.REVOKED);
        assertThat(known.standing("mail1", OTHER)).isEqualTo(Standing.CHANGED);
    }

    @Test
    void anAuthorityIsNoKeyOfTheHost() throws IOException {
        KnownHosts known = known("@cert-authority *.example.org ssh-ed25519 " + K);
        assertThat(known.standing("mail1.example.org", KEY)).isEqualTo(Standing.UNKNOWN);
    }

    @Test
    void patternsAndExceptionsCount() throws IOException {
        KnownHosts known = known("*.example.org,!evil.example.org ssh-ed25519 " + K);
        assertThat(known.standing("mail1.example.org", KEY)).isEqualTo(Standing.TRUSTED);
        assertThat(known.standing("evil.example.org", KEY)).isEqualTo(Standing.UNKNOWN);
    }

    @Test
    void linesThatAreNoneArePassedOver() throws IOException {
        KnownHosts known =
                known("", "# mail1 ssh-ed25519 " + K, "mail1", "mail1 ssh-ed25519 !!!", "mail1 ssh-ed25519 " + K);
        assertThat(known.standing("mail1", KEY)).isEqualTo(Standing.TRUSTED);
        assertThat(KnownHosts.read(List.of(folder.resolve("missing"))).standing("mail1", KEY))
                .isEqualTo(Standing.UNKNOWN);
    }

    private KnownHosts known(String... lines) throws IOException {
        Path file = Files.write(folder.resolve("known_hosts"), List.of(lines));
        return KnownHosts.read(List.of(file));
    }
}

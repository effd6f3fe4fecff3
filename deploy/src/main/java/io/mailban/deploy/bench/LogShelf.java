package io.mailban.deploy.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** The files of two logs in one directory, rotated as Debian's logrotate does: the two newest plain, older ones packed. */
final class LogShelf implements LogMill.Sink, AutoCloseable {
    private static final int FILES = 4;

    private final Path directory;
    private final long from;
    private final long each;
    private final List<OutputStream> mail = new ArrayList<>();
    private final List<OutputStream> ban = new ArrayList<>();
    private long bytes;

    /** Files that split the time between them. */
    LogShelf(Path directory, Instant from, Instant to) throws IOException {
        this.directory = directory;
        this.from = from.getEpochSecond();
        this.each = (to.getEpochSecond() - this.from) / FILES + 1;
        for (int age = FILES - 1; age >= 0; age--) {
            mail.add(open("mail.log", age));
            ban.add(open("fail2ban.log", age));
        }
    }

    private Path path(String name, int age) {
        return directory.resolve(name + (age == 0 ? "" : "." + age) + (age > 1 ? ".gz" : ""));
    }

    private OutputStream open(String name, int age) throws IOException {
        OutputStream plain = Files.newOutputStream(path(name, age));
        return new BufferedOutputStream(age > 1 ? new GZIPOutputStream(plain, 1 << 16) : plain, 1 << 16);
    }

    @Override
    public void mail(long second, CharSequence line) throws IOException {
        write(mail, second, line);
    }

    @Override
    public void ban(long second, CharSequence line) throws IOException {
        write(ban, second, line);
    }

    private void write(List<OutputStream> files, long second, CharSequence line) throws IOException {
        byte[] text = line.toString().getBytes(UTF_8);
        files.get((int) Math.min(FILES - 1, (second - from) / each)).write(text);
        bytes += text.length;
    }

    /** How much text there is in all of them, unpacked. */
    long bytes() {
        return bytes;
    }

    @Override
    public void close() throws IOException {
        for (OutputStream file : mail) {
            file.close();
        }
        for (OutputStream file : ban) {
            file.close();
        }
        for (int age = 0; age < FILES; age++) {
            FileTime ended = FileTime.from(Instant.ofEpochSecond(from + (FILES - age) * each - 1));
            Files.setLastModifiedTime(path("mail.log", age), ended);
            Files.setLastModifiedTime(path("fail2ban.log", age), ended);
        }
    }
}

package io.mailban.deploy.setup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mailban.deploy.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the program did, run as people run it but with nobody at the keyboard. */
record Program(int status, String out, String err) {

    /** The words that start it. */
    static List<String> command(String... args) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "-Duser.home=" + System.getProperty("java.io.tmpdir"),
                Main.class.getName()));
        command.addAll(List.of(args));
        return command;
    }

    /** Runs it to its end, with {@code home} as its user's home directory. */
    static Program run(Path home, String... args) {
        List<String> command = command(args);
        command.replaceAll(word -> word.startsWith("-Duser.home=") ? "-Duser.home=" + home : word);
        try {
            Path err = Files.createTempFile("mailban", ".err");
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
            builder.environment().put("HOME", home.toString());
            builder.environment().remove("SSH_AUTH_SOCK");
            Process process = builder.start();
            process.getOutputStream().close();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Program(process.waitFor(), out, Files.readString(err));
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        } catch (InterruptedException fault) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(fault);
        }
    }

    JsonNode json() {
        try {
            return new ObjectMapper().readTree(out);
        } catch (JsonProcessingException fault) {
            throw new UncheckedIOException(fault);
        }
    }
}

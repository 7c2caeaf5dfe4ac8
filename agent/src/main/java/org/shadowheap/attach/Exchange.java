package org.shadowheap.attach;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * A folder, the caller's own, in which a request goes to another JVM and the answer comes back.
 *
 * <pre>
 *    request   a word and its arguments, a line each; there before the other JVM is called
 *    answer    what was asked for
 *    refusal   or one line that says why it cannot be had
 *    usage     or one line that says what is wrong with the request
 *    progress  meanwhile, what is being done
 * </pre>
 *
 * The other JVM writes all but the first under another name and renames it, so that nobody reads half of it.
 */
public final class Exchange {

    /** Key among what a JVM tells of its agents: there while a session runs in it. */
    public static final String SESSION = "org.shadowheap.session";

    private static final List<String> GIVEN = List.of("answer", "refusal", "usage", "progress");
    private static final String PART = ".part";

    private final Path folder;

    private Exchange(Path folder) {
        this.folder = folder;
    }

    /** A new folder, which nobody but this user may enter, that holds a request. */
    static Exchange ask(List<String> request) throws IOException {
        Exchange exchange =
                new Exchange(Files.createTempDirectory("shadowheap-").toAbsolutePath());
        Files.write(exchange.folder.resolve("request"), request);
        return exchange;
    }

    /** The folder that a caller made. */
    public static Exchange at(Path folder) {
        return new Exchange(folder);
    }

    /** The word and its arguments. */
    public List<String> request() throws IOException {
        return Files.readAllLines(folder.resolve("request"));
    }

    /** Gives what was asked for. */
    public void answer(String text) throws IOException {
        give("answer", text);
    }

    /** Says why there is no answer. */
    public void refuse(String line) throws IOException {
        give("refusal", line);
    }

    /** Says what is wrong with the request. */
    public void refuseUsage(String line) throws IOException {
        give("usage", line);
    }

    /** Says what is being done, in a line that replaces the one before. If that fails nobody minds. */
    public void progress(String line) {
        try {
            give("progress", line);
        } catch (IOException untold) {
            // The work goes on.
        }
    }

    /** What is being done, empty if nothing was said yet. */
    String progress() {
        try {
            return Files.readString(folder.resolve("progress"), StandardCharsets.UTF_8);
        } catch (IOException notYet) {
            return "";
        }
    }

    private void give(String name, String text) throws IOException {
        Path part = folder.resolve(name + PART);
        Files.writeString(part, text);
        Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * What came back.
     *
     * @throws IllegalArgumentException with the line that says what is wrong with the request
     * @throws IOException with the line of a refusal, or if nothing came
     */
    String result() throws IOException {
        Path usage = folder.resolve("usage");
        if (Files.isRegularFile(usage, LinkOption.NOFOLLOW_LINKS)) {
            throw new IllegalArgumentException(Files.readString(usage, StandardCharsets.UTF_8));
        }
        Path refusal = folder.resolve("refusal");
        if (Files.isRegularFile(refusal, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(Files.readString(refusal, StandardCharsets.UTF_8));
        }
        Path answer = folder.resolve("answer");
        if (!Files.isRegularFile(answer, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("the JVM gave no answer, its standard error may say why");
        }
        return Files.readString(answer, StandardCharsets.UTF_8);
    }

    /** Removes the folder and what is in it. */
    void remove() throws IOException {
        Files.deleteIfExists(folder.resolve("request"));
        for (String name : GIVEN) {
            Files.deleteIfExists(folder.resolve(name));
            Files.deleteIfExists(folder.resolve(name + PART));
        }
        Files.deleteIfExists(folder);
    }

    /** Where the folder is. */
    @Override
    public String toString() {
        return folder.toString();
    }
}

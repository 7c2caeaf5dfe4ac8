package org.shadowheap.samples;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jdt.core.compiler.batch.BatchCompiler;

/**
 * A real application: the batch compiler of Eclipse compiles the sources of two libraries.
 *
 * <p>It makes tens of millions of objects in a few seconds, reads ahead on a second thread, and its output is known to the
 * byte: the digest over all class files must not depend on whether an agent looks on.
 *
 * <p>The sources are those of {@link SourceJars}.
 */
final class RealEcj {

    /** The result with the compiler and the libraries that the build pins, on every JDK. */
    static final String RESULT = "sources=618 classes=1001 bytes=3500717"
            + " sha256=e32a20bf1f1ba7cb5e9794eea399adce2cee47528037f381cf2b9beb1da3e594";

    private RealEcj() {}

    /** Compiles as many times as the argument says, once without one, and prints what the last compilation made. */
    static String run(List<String> arguments) throws IOException, WrongResultException {
        int times = Repeated.times(arguments);
        Path folder = Files.createTempDirectory("real-ecj");
        try {
            Path sources = Files.createDirectory(folder.resolve("src"));
            int count = 0;
            for (Path jar : SourceJars.find()) {
                count += SourceJar.unpack(jar, sources);
            }
            String result = "";
            for (int i = 0; i < times; i++) {
                Path classes = Files.createDirectory(folder.resolve("classes-" + i));
                compile(sources, classes);
                result = ClassDigest.of(classes).toString();
                delete(classes);
            }
            result = "sources=" + count + " " + result;
            if (!SourceJars.areOthers()) {
                WrongResultException.check("result", RESULT, result);
            }
            return result;
        } finally {
            delete(folder);
        }
    }

    /** Fails with the compiler's own words if there is an error. */
    private static void compile(Path sources, Path classes) {
        List<String> arguments = new ArrayList<>(List.of("--release", "17", "-encoding", "UTF-8"));
        arguments.addAll(List.of("-g", "-nowarn", "-proc:none", "-d", classes.toString(), sources.toString()));
        StringWriter messages = new StringWriter();
        PrintWriter writer = new PrintWriter(messages);
        if (!BatchCompiler.compile(arguments.toArray(String[]::new), writer, writer, null)) {
            throw new IllegalStateException("the sources do not compile: " + messages);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(RealEcj::deleteOne);
        }
    }

    private static void deleteOne(Path file) {
        try {
            Files.delete(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}

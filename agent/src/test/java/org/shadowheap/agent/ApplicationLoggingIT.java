package org.shadowheap.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.shadowheap.targets.Logs;
import org.shadowheap.targets.VisibleClasses;
import org.shadowheap.testing.ChildJvm;
import org.shadowheap.testing.Jdk;

/** An application with libraries that the agent also uses: each side has its own. */
class ApplicationLoggingIT {

    private static final Path LIBRARIES = Path.of(System.getProperty("shadowheap.application.logging"));

    private static final String LOGBACK_XML = """
            <configuration>
              <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
                <encoder><pattern>[%thread] %level %logger: %msg%n</pattern></encoder>
              </appender>
              <appender name="err" class="ch.qos.logback.core.ConsoleAppender">
                <target>System.err</target>
                <filter class="ch.qos.logback.classic.filter.ThresholdFilter"><level>WARN</level></filter>
                <encoder><pattern>%level %logger: %msg%n</pattern></encoder>
              </appender>
              <root level="INFO"><appender-ref ref="out"/><appender-ref ref="err"/></root>
            </configuration>
            """;

    @TempDir
    private Path folder;

    static List<Jdk> jdks() {
        return Jdk.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jdks")
    void anApplicationWithLogbackAndItsOwnSlf4jRunsUnchanged(Jdk jdk) throws Exception {
        assertUnchanged(jdk, List.of());
    }

    /** The properties of an application's SLF4J are not for ours. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("jdks")
    void anApplicationThatNamesItsProviderInAPropertyRunsUnchanged(Jdk jdk) throws Exception {
        assertUnchanged(
                jdk,
                List.of(
                        "-Dslf4j.provider=ch.qos.logback.classic.spi.LogbackServiceProvider",
                        "-Dslf4j.internal.verbosity=INFO"));
    }

    private void assertUnchanged(Jdk jdk, List<String> jvmOptions) throws Exception {
        Files.writeString(folder.resolve("logback.xml"), LOGBACK_XML);
        TargetProgram programs = new TargetProgram(jdk, folder);
        ChildJvm alone = programs.run(jvmOptions, classPath(), Logs.class).succeeded();
        List<String> options = new ArrayList<>(jvmOptions);
        options.add(TargetProgram.agent("report=none"));
        ChildJvm watched = programs.run(options, classPath(), Logs.class).succeeded();

        assertTrue(alone.out().startsWith("ch.qos.logback.classic.LoggerContext"), alone.out());
        assertTrue(alone.out().contains("slf4j-api-"), alone.out());
        assertTrue(alone.err().contains("ERROR org.shadowheap.targets.Logs: complains"), alone.err());
        assertEquals(alone.out(), watched.out());
        assertEquals(alone.err(), watched.err());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jdks")
    void anApplicationWithoutOurLibrariesSeesNoneOfThem(Jdk jdk) throws Exception {
        String[] names = {
            "org.objectweb.asm.ClassReader",
            "org.slf4j.LoggerFactory",
            "picocli.CommandLine",
            "com.fasterxml.jackson.core.JsonFactory",
            "net.bytebuddy.agent.ByteBuddyAgent",
            "org.jspecify.annotations.Nullable"
        };
        String expected =
                String.join("", Stream.of(names).map(name -> name + " absent\n").toList());
        ChildJvm watched = new TargetProgram(jdk, folder)
                .watched("report=none", VisibleClasses.class, names)
                .succeeded();
        assertEquals(expected, watched.out().replace("\r\n", "\n"));
    }

    private String classPath() throws Exception {
        try (Stream<Path> jars = Files.list(LIBRARIES)) {
            List<String> elements = new ArrayList<>(List.of(folder.toString(), TargetProgram.classPath()));
            jars.map(Path::toString).sorted().forEach(elements::add);
            return TargetProgram.path(elements.toArray(String[]::new));
        }
    }
}

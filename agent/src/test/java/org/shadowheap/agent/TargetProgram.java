package org.shadowheap.agent;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.shadowheap.targets.Links;
import org.shadowheap.testing.ChildJvm;
import org.shadowheap.testing.Jdk;

/**
 * Runs programs of the package {@code targets} in JVMs of their own, whose class path holds nothing else.
 *
 * @param jdk what runs them
 * @param folder where they run and leave their output
 */
record TargetProgram(Jdk jdk, Path folder) {

    /** The built jar. */
    static final String JAR = System.getProperty("shadowheap.jar");

    /** The class path of the programs. */
    static String classPath() throws Exception {
        return Path.of(Links.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
    }

    ChildJvm alone(Class<?> program, String... arguments) throws Exception {
        return run(List.of(), classPath(), program, arguments);
    }

    /** With the agent; its options may be empty. */
    ChildJvm watched(String options, Class<?> program, String... arguments) throws Exception {
        return run(List.of(agent(options)), classPath(), program, arguments);
    }

    static String agent(String options) {
        return "-javaagent:" + JAR + (options.isEmpty() ? "" : "=" + options);
    }

    ChildJvm run(List<String> jvmOptions, String classPath, Class<?> program, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(jvmOptions);
        command.addAll(List.of("-cp", classPath, program.getName()));
        command.addAll(List.of(arguments));
        return ChildJvm.run(jdk, folder, command);
    }

    /** The jar as a command line. */
    ChildJvm command(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("-jar", JAR));
        command.addAll(List.of(arguments));
        return ChildJvm.run(jdk, folder, command);
    }

    static String path(String... elements) {
        return String.join(File.pathSeparator, elements);
    }
}

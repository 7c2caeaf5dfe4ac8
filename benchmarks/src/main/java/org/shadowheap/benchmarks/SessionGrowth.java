package org.shadowheap.benchmarks;

import com.sun.tools.attach.VirtualMachine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the metaspace of a JVM has after each of many sessions; or after as many rounds of an agent that is none of ours, does nothing but to have classes
 * transformed, and so shows what the JVM leaves by itself ({@link PaddingAgent}).
 *
 * <pre>
 * java -cp benchmarks/target/benchmarks.jar org.shadowheap.benchmarks.SessionGrowth [--java FILE] [--shadowheap JAR]
 *     [--by session|padding|nothing|calling] [--times N] [--classes N] [--work N] [--jvm OPTION]...
 * </pre>
 *
 * Says after each: what the metaspace uses, in KiB; how much of that the JVM has freed, and reuses for what has that size; how many classes there are,
 * where old versions count for as long as the JVM keeps them. After two collections of the JVM.
 */
public final class SessionGrowth {

    private static final int OBJECTS = 100_000;
    private static final Pattern SUM = Pattern.compile("Both: .*, +([0-9.]+) KB .* used, .* blocks with ([0-9.]+) KB");
    private static final Pattern CLASSES = Pattern.compile("loaders, ([0-9]+) classes");

    private String java = ProcessHandle.current().info().command().orElse("java");
    private String shadowheap = "agent/target/shadowheap.jar";
    private String by = "session";
    private int times = 20;
    private int classes = 100;
    private int work = -1;
    private final List<String> jvm = new ArrayList<>();

    private SessionGrowth() {}

    public static void main(String... arguments) throws Exception {
        SessionGrowth growth = new SessionGrowth();
        growth.parse(arguments);
        growth.run();
    }

    private void parse(String... arguments) {
        for (int i = 0; i < arguments.length; i += 2) {
            String value = arguments[i + 1];
            switch (arguments[i]) {
                case "--java" -> java = value;
                case "--shadowheap" -> shadowheap = value;
                case "--by" -> by = value;
                case "--times" -> times = Integer.parseInt(value);
                case "--classes" -> classes = Integer.parseInt(value);
                case "--work" -> work = Integer.parseInt(value);
                case "--jvm" -> jvm.add(value);
                default -> throw new IllegalArgumentException("no such option: " + arguments[i]);
            }
        }
        if (!List.of("session", "padding", "nothing", "calling").contains(by)) {
            throw new IllegalArgumentException("--by must be session, padding, nothing or calling: " + by);
        }
    }

    private void run() throws Exception {
        Path folder = ProgramFolder.of(
                "shadowheap-busy",
                BusyProgram.class.getName(),
                BusyProgram.class.getName() + "$Work",
                BusyProgram.class.getName() + "$Node",
                BusyProgram.class.getName() + "$Definer",
                Work00000.class.getName());
        String agent = folder.resolve("padding.jar").toString();
        packPaddingAgent(Path.of(agent));
        List<String> command = new ArrayList<>(List.of(java));
        command.addAll(jvm);
        command.addAll(List.of("-cp", folder.toString(), BusyProgram.class.getName()));
        command.addAll(List.of(Integer.toString(classes), Integer.toString(OBJECTS), Integer.toString(work)));
        Process program = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader out = program.inputReader()) {
            System.out.println(out.readLine() + ": by=" + by + " classes=" + classes + " java=" + java);
            for (int i = 0; i <= times; i++) {
                if (i > 0) {
                    round(program, agent);
                }
                System.out.println(i + ": " + state(program));
            }
        } finally {
            program.destroyForcibly();
        }
    }

    private void round(Process program, String agent) throws Exception {
        String pid = Long.toString(program.pid());
        if (by.equals("session")) {
            run(java, "-jar", shadowheap, "attach", pid, "report=none");
            Thread.sleep(1000);
            run(java, "-jar", shadowheap, "detach", pid);
        } else {
            VirtualMachine asked = VirtualMachine.attach(pid);
            asked.loadAgent(agent, by);
            Thread.sleep(1000);
            asked.loadAgent(agent, "back");
            asked.detach();
        }
    }

    private String state(Process program) throws IOException, InterruptedException {
        String jcmd = Path.of(java).resolveSibling("jcmd").toString();
        String pid = Long.toString(program.pid());
        run(jcmd, pid, "GC.run");
        run(jcmd, pid, "GC.run"); // the first has found what the second frees
        String metaspace = run(jcmd, pid, "VM.metaspace", "scale=KB");
        Matcher sum = SUM.matcher(metaspace);
        Matcher count = CLASSES.matcher(metaspace);
        if (!sum.find() || !count.find()) {
            throw new IllegalStateException(metaspace);
        }
        return "used=" + sum.group(1) + " freed=" + sum.group(2) + " classes=" + count.group(1);
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(List.of(command) + ": " + said);
        }
        return said;
    }

    /** Names the jar that this class is in, for what it needs of ASM. */
    private static void packPaddingAgent(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.put(new Attributes.Name("Agent-Class"), PaddingAgent.class.getName());
        main.put(new Attributes.Name("Can-Retransform-Classes"), "true");
        main.put(Attributes.Name.CLASS_PATH, ownJar().toUri().toString());
        try (OutputStream file = Files.newOutputStream(jar)) {
            new JarOutputStream(file, manifest).close();
        }
    }

    private static Path ownJar() {
        try {
            return Path.of(SessionGrowth.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (java.net.URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}

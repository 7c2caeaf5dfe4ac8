package org.shadowheap.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.util.Textifier;
import org.objectweb.asm.util.TraceMethodVisitor;
import org.shadowheap.testing.ChildJvm;
import org.shadowheap.testing.Jdk;

/**
 * The instructions that a JVM executes now, as the JDK's serviceability agent reads them from its memory: retransformation would only
 * tell what was loaded once.
 */
final class LoadedCode {

    private static final String TOOL = "sun.jvm.hotspot.tools.jcore.";

    private LoadedCode() {}

    /**
     * The instructions of the methods of nearly all loaded classes of some packages, by {@code class.method descriptor}; empty where the
     * JVM cannot be looked into, as where a process may not trace another.
     */
    static Map<String, List<String>> of(Jdk jdk, String pid, Path folder, String packages) throws Exception {
        Path dump = Files.createTempDirectory(folder, "dump");
        ChildJvm.run(
                jdk,
                folder,
                List.of(
                        "--add-modules",
                        "jdk.hotspot.agent",
                        "-D" + TOOL + "outputDir=" + dump,
                        "-D" + TOOL + "filter=" + TOOL + "PackageNameFilter",
                        "-D" + TOOL + "PackageNameFilter.pkgList=" + packages,
                        "-m",
                        "jdk.hotspot.agent/" + TOOL + "ClassDump",
                        pid));
        Map<String, List<String>> code = new TreeMap<>();
        try (Stream<Path> files = Files.walk(dump)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".class")).toList()) {
                read(file, code);
            }
        }
        return code;
    }

    private static void read(Path file, Map<String, List<String>> code) throws IOException {
        ClassNode type = new ClassNode();
        try {
            new ClassReader(Files.readAllBytes(file)).accept(type, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        } catch (IllegalArgumentException | IndexOutOfBoundsException badlyWritten) {
            return; // by the tool: class files with some of the newer attributes, and those with unusual constants
        }
        for (MethodNode method : type.methods) {
            Textifier text = new Textifier();
            method.accept(new TraceMethodVisitor(text));
            List<String> lines = new ArrayList<>();
            text.text.forEach(each -> lines.add(each.toString()));
            code.put(type.name + '.' + method.name + ' ' + method.desc, lines);
        }
    }
}

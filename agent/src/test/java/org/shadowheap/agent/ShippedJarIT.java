package org.shadowheap.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.shadowheap.agent.ConstantPool.Member;
import org.shadowheap.testing.Jdk;

/** What the one jar holds, read from the built one. */
class ShippedJarIT {

    private static final String SERVICES = "META-INF/services/";
    private static final String SHADED = "org.shadowheap.shaded.";

    private JarFile jar;

    @BeforeEach
    void open() throws IOException {
        jar = new JarFile(TargetProgram.JAR);
    }

    @AfterEach
    void close() throws IOException {
        jar.close();
    }

    @Test
    void besideOurClassesItHoldsOnlyWhatTheLicensesAskForAndServices() {
        Set<String> others = jar.stream()
                .filter(entry -> !entry.isDirectory())
                .map(JarEntry::getName)
                .filter(name -> !(name.startsWith("org/shadowheap/") && name.endsWith(".class")))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(
                new TreeSet<>(Set.of(
                        "META-INF/MANIFEST.MF",
                        "META-INF/LICENSE",
                        "META-INF/THIRD-PARTY-NOTICES.txt",
                        "META-INF/FastDoubleParser-LICENSE",
                        "org/shadowheap/shaded/org/netbeans/lib/profiler/heap/Bundle.properties",
                        "META-INF/FastDoubleParser-ThirdParty-LICENSE",
                        "META-INF/Schubfach-LICENSE",
                        SERVICES + SHADED + "com.fasterxml.jackson.core.JsonFactory",
                        SERVICES + SHADED + "org.slf4j.spi.SLF4JServiceProvider")),
                others);
    }

    @Test
    void noModuleDescriptorAndNoTestIsInIt() {
        List<String> strangers = jar.stream()
                .map(JarEntry::getName)
                .filter(name -> name.endsWith("module-info.class")
                        || name.startsWith("org/shadowheap/testing/")
                        || name.startsWith("org/shadowheap/targets/")
                        || name.matches(".*(Test|IT)\\.class"))
                .toList();
        assertEquals(List.of(), strangers);
    }

    /** Names in the constant pool, where class references and strings that stand for classes are. */
    @Test
    void noClassNamesALibraryByTheNameThatAnApplicationUses() throws IOException {
        Set<String> unrelocated = new TreeSet<>();
        for (JarEntry entry : classes()) {
            for (String constant : constants(entry)) {
                if (constant.matches(
                                "\\[*L?(org/objectweb/asm|org/slf4j|com/fasterxml|picocli|net/bytebuddy|org/netbeans)/.*")
                        || constant.matches(
                                "(org\\.objectweb\\.asm|org\\.slf4j|com\\.fasterxml|net\\.bytebuddy|org\\.netbeans)\\.[\\w.$]+")) {
                    unrelocated.add(entry.getName() + ": " + constant);
                }
            }
        }
        assertEquals(Set.of(), unrelocated);
    }

    @Test
    void theServicesAreClassesInTheJar() throws IOException {
        for (JarEntry entry :
                jar.stream().filter(each -> each.getName().startsWith(SERVICES)).toList()) {
            if (entry.isDirectory()) {
                continue;
            }
            for (String provider : text(entry).lines().toList()) {
                assertTrue(
                        jar.getEntry(provider.replace('.', '/') + ".class") != null,
                        () -> entry.getName() + " names " + provider);
            }
        }
        assertEquals(
                "org.shadowheap.agent.logging.StandardErrorProvider",
                text(jar.getJarEntry(SERVICES + SHADED + "org.slf4j.spi.SLF4JServiceProvider"))
                        .strip());
    }

    @Test
    void theManifestMakesItAgentAndCommandLine() throws IOException {
        Attributes manifest = jar.getManifest().getMainAttributes();
        assertEquals("org.shadowheap.agent.Agent", manifest.getValue("Premain-Class"));
        assertEquals("org.shadowheap.cli.ShadowHeapCommand", manifest.getValue("Main-Class"));
        assertEquals("true", manifest.getValue("Can-Retransform-Classes"));
        assertEquals("true", manifest.getValue("Can-Redefine-Classes"));
        assertEquals("java.base/jdk.internal.misc java.base/jdk.internal.access", manifest.getValue("Add-Exports"));
        // With one the JVM would print a warning about class data sharing.
        assertNull(manifest.getValue("Boot-Class-Path"));
        assertNull(manifest.getValue("Multi-Release"));
        assertTrue(manifest.getValue("Implementation-Version").matches("[0-9].*"));
    }

    /**
     * The JVM looks for a field by its type, too: those that say where arrays begin are int up to JDK 24 and long from 25 on, as is the
     * method. What was compiled on one JDK and runs on another finds none. See {@code ArrayBase}, which reads them where they lie.
     */
    @Test
    void noClassAsksUnsafeWhereArraysBegin() throws IOException {
        Set<String> asking = new TreeSet<>();
        for (JarEntry entry : classes()) {
            for (Member member : ConstantPool.members(new ClassReader(bytes(entry)))) {
                if (member.owner().endsWith("/Unsafe")
                        && member.name().matches("ARRAY_\\w+_BASE_OFFSET|arrayBaseOffset")) {
                    asking.add(entry.getName() + ": " + member);
                }
            }
        }
        assertEquals(Set.of(), asking);
    }

    /** A constant would be in our class files, as a number without a name, as it is in the JDK that compiled them. */
    @Test
    void whereArraysBeginIsNoConstantForACompiler() throws IOException {
        for (Jdk jdk : Jdk.all()) {
            try (JdkClasses classes = new JdkClasses(jdk)) {
                JdkClasses.Type unsafe = classes.type("jdk/internal/misc/Unsafe");
                assertTrue(unsafe != null && unsafe.constants().contains("INVALID_FIELD_OFFSET"), jdk + " has others");
                assertEquals(
                        List.of(),
                        unsafe.constants().stream()
                                .filter(name -> name.startsWith("ARRAY_"))
                                .toList());
            }
        }
    }

    /** Compiled on one JDK, run on another: each field and method is there under the same name and descriptor. */
    @Test
    void whatIsUsedOfTheJdkIsThereOnEachJdk() throws IOException {
        Set<Member> used = new LinkedHashSet<>();
        for (JarEntry entry : classes()) {
            used.addAll(ConstantPool.members(new ClassReader(bytes(entry))));
        }
        used.removeIf(member -> member.owner().startsWith("org/shadowheap/"));
        assertTrue(used.size() > 1000, () -> "used=" + used.size());
        for (Jdk jdk : Jdk.all()) {
            try (JdkClasses classes = new JdkClasses(jdk)) {
                Set<String> missing = new TreeSet<>();
                for (Member member : used) {
                    if (!classes.has(member)) {
                        missing.add(member.toString());
                    }
                }
                assertEquals(Set.of(), missing, jdk.toString());
            }
        }
    }

    @Test
    void everyClassRunsOn17() throws IOException {
        for (JarEntry entry : classes()) {
            byte[] bytes = bytes(entry);
            int version = (bytes[6] & 0xff) << 8 | bytes[7] & 0xff;
            assertTrue(version <= 61, () -> entry.getName() + " version=" + version);
        }
    }

    private List<JarEntry> classes() {
        List<JarEntry> classes =
                jar.stream().filter(each -> each.getName().endsWith(".class")).toList();
        assertTrue(classes.size() > 500, () -> "classes=" + classes.size());
        return classes;
    }

    private List<String> constants(JarEntry entry) throws IOException {
        return ConstantPool.strings(new ClassReader(bytes(entry)));
    }

    private String text(JarEntry entry) throws IOException {
        return new String(bytes(entry), StandardCharsets.UTF_8);
    }

    private byte[] bytes(JarEntry entry) throws IOException {
        try (InputStream in = jar.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }
}

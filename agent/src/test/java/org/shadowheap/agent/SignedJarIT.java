package org.shadowheap.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.shadowheap.targets.SignedWrites;
import org.shadowheap.testing.ChildJvm;
import org.shadowheap.testing.Jar;
import org.shadowheap.testing.Jdk;
import org.shadowheap.testing.Json;

/** Signed and sealed code: the JDK checks what the jar holds, and only then it is rewritten. */
class SignedJarIT {

    private static final String PART = SignedWrites.Part.class.getName();
    private static final String OPTIONS = "report=report.json";

    @TempDir
    private static Path jars;

    private static Path signed;
    private static Path tampered;

    @TempDir
    private Path folder;

    @BeforeAll
    static void sign() throws Exception {
        signed = jars.resolve("signed.jar");
        tampered = jars.resolve("tampered.jar");
        Jar.write(signed, Map.of("Sealed", "true"), SignedWrites.class, SignedWrites.Part.class);
        List<String> store = List.of("-keystore", "keys.p12", "-storepass", "secret", "-storetype", "PKCS12");
        List<String> key = new ArrayList<>(List.of("-genkeypair", "-alias", "signer", "-dname", "CN=Signer of a test"));
        key.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity", "3650"));
        key.addAll(store);
        tool("keytool", key);
        List<String> sign = new ArrayList<>(store);
        sign.addAll(List.of(signed.toString(), "signer"));
        tool("jarsigner", sign);
        tamper(signed, tampered);
    }

    /** Runs a tool of the running JDK. */
    private static void tool(String name, List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Jdk.running().home().resolve("bin").resolve(name).toString());
        command.addAll(arguments);
        Path out = jars.resolve(name + ".txt");
        Process process = new ProcessBuilder(command)
                .directory(jars.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertEquals(0, process.waitFor(), () -> read(out));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    /** The same jar, but {@code Part} says something else, in as many bytes. */
    private static void tamper(Path from, Path to) throws IOException {
        try (ZipFile in = new ZipFile(from.toFile());
                OutputStream file = Files.newOutputStream(to);
                ZipOutputStream out = new ZipOutputStream(file)) {
            for (Enumeration<? extends ZipEntry> each = in.entries(); each.hasMoreElements(); ) {
                ZipEntry entry = each.nextElement();
                out.putNextEntry(new ZipEntry(entry.getName()));
                try (InputStream content = in.getInputStream(entry)) {
                    byte[] bytes = content.readAllBytes();
                    boolean part = entry.getName().equals(PART.replace('.', '/') + ".class");
                    out.write(part ? replaced(bytes) : bytes);
                }
                out.closeEntry();
            }
        }
    }

    private static byte[] replaced(byte[] bytes) {
        String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
        assertTrue(text.contains("nothing"));
        return text.replace("nothing", "mangled").getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    private ChildJvm alone(Jdk jdk, Path jar) throws Exception {
        return new TargetProgram(jdk, folder)
                .run(List.of(), jar.toString(), SignedWrites.class)
                .succeeded();
    }

    private ChildJvm watched(Jdk jdk, Path jar) throws Exception {
        return new TargetProgram(jdk, folder)
                .run(List.of(TargetProgram.agent(OPTIONS)), jar.toString(), SignedWrites.class)
                .succeeded();
    }

    private Map<String, Object> report() throws IOException {
        return Json.read(folder.resolve("report.json"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#all")
    void signersAndSealsAreKeptAndStoresAreCounted(Jdk jdk) throws Exception {
        ChildJvm alone = alone(jdk, signed);
        ChildJvm watched = watched(jdk, signed);
        assertEquals("""
                certificate CN=Signer of a test
                signer 1
                sealed true
                signers 1
                stored [I
                """, alone.out().replace(System.lineSeparator(), "\n"));
        assertEquals(alone.out(), watched.out());
        assertEquals("", watched.err());
        List<Map<String, Object>> stored = Json.objects(report(), "fields").stream()
                .filter(each -> each.get("field").equals(PART + ".value"))
                .toList();
        assertEquals(1, stored.size());
        assertEquals(SignedWrites.STORES, Json.number(stored.get(0), "stores"));
        assertEquals(List.of(), Json.objects(report(), "uninstrumented"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#all")
    void aTamperedClassIsRefusedAsEver(Jdk jdk) throws Exception {
        ChildJvm alone = alone(jdk, tampered);
        ChildJvm watched = watched(jdk, tampered);
        assertTrue(alone.out().contains("java.lang.SecurityException: SHA-"), alone.out());
        assertEquals(alone.out(), watched.out());
        assertEquals("", watched.err());
    }
}

package org.shadowheap.instrument;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.shadowheap.event.CallerDefinition;
import org.shadowheap.event.DefinitionSink;
import org.shadowheap.event.SiteDefinition;
import org.shadowheap.event.TypeDefinition;
import org.slf4j.helpers.NOPLogger;

/** Classes that an earlier run has rewritten are those that this run would make, or are not used. */
class RewrittenClassesTest {

    private static final String IDENTITY = "a JVM and an agent";

    /** What a run is told of sites. */
    private static final class Told implements DefinitionSink {
        private final TreeMap<Integer, SiteDefinition> sites = new TreeMap<>();

        @Override
        public void site(SiteDefinition site) {
            sites.put(site.id(), site);
        }

        @Override
        public void type(TypeDefinition type) {}

        @Override
        public void caller(CallerDefinition caller) {}
    }

    private static final class Run {
        private final Told told = new Told();
        private final ClassTable table = new ClassTable(told);
        private final BarrierTransformer transformer = new BarrierTransformer(
                new ClassSelection(List.of(), List.of(), true), table, new Uninstrumented(), NOPLogger.NOP_LOGGER);
        private final RewrittenClasses kept;

        Run(byte @Nullable [] file) {
            kept = RewrittenClasses.of(file, IDENTITY);
            assertTrue(transformer.keepIn(kept));
        }

        byte @Nullable [] rewrite(byte[] original) {
            return transformer.rewrite(name(original), null, true, original);
        }

        List<Object> facts(byte[] original) {
            ClassFacts facts = table.find(name(original), null);
            assertNotNull(facts);
            return List.of(
                    facts.fields,
                    facts.constants,
                    facts.instrumented,
                    facts.rewritten,
                    facts.declaresGet,
                    facts.declaresNative,
                    facts.firstSite,
                    facts.sites);
        }
    }

    private static String name(byte[] file) {
        return new ClassReader(file).getClassName().replace('/', '.');
    }

    /** Those of two packages, in an order of their own. */
    private static List<byte[]> classFiles() throws IOException {
        List<byte[]> files = new ArrayList<>();
        Path base = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("modules", "java.base", "java");
        for (String each : List.of("lang", "util")) {
            try (Stream<Path> all = Files.list(base.resolve(each))) {
                for (Path path : all.filter(file -> file.toString().endsWith(".class"))
                        .sorted(Comparator.comparing(Path::toString))
                        .toList()) {
                    files.add(Files.readAllBytes(path));
                }
            }
        }
        return files;
    }

    @Test
    void everyClassIsTheSameAsWithoutTheFile() throws Exception {
        List<byte[]> originals = classFiles();
        Run first = new Run(null);
        List<byte @Nullable []> expected = new ArrayList<>();
        originals.forEach(original -> expected.add(first.rewrite(original)));
        assertTrue(first.kept.hasNews());
        Run second = new Run(first.kept.toBytes(IDENTITY));
        for (int i = originals.size() - 1; i >= 0; i--) { // the other way round: numbers do not depend on it
            byte[] original = originals.get(i);
            assertArrayEquals(expected.get(i), second.rewrite(original), name(original));
            assertEquals(first.facts(original), second.facts(original), name(original));
        }
        long ofFields = first.told.sites.values().stream()
                .filter(site -> site.field() != null)
                .count();
        int untold = first.told.sites.size() - second.told.sites.size();
        assertTrue(untold > ofFields / 10 * 9, "nearly all were found: " + untold + " of " + ofFields);
        first.told.sites.keySet().forEach(second.table.sites()::stores);
        assertEquals(first.told.sites, second.told.sites);
        Set<Integer> numbers = first.told.sites.keySet();
        numbers.forEach(site -> assertEquals(
                first.table.sites().target(site), second.table.sites().target(site), "site " + site));
    }

    @Test
    void theFileSaysWhetherAClassHasNativeMethods() throws Exception {
        byte[] with = fileOf(Thread.class);
        byte[] without = fileOf(java.util.HashMap.class);
        Run first = new Run(null);
        first.rewrite(with);
        first.rewrite(without);
        Run second = new Run(first.kept.toBytes(IDENTITY));
        second.rewrite(with);
        second.rewrite(without);
        assertTrue(second.table.declaresNative(Thread.class));
        assertFalse(second.table.declaresNative(java.util.HashMap.class));
    }

    @Test
    void aSiteThatNamesAFieldIsToldOfWhenItStoresAndOthersAtOnce() throws Exception {
        byte[] original = fileOf(java.util.HashMap.class);
        Run first = new Run(null);
        first.rewrite(original);
        Run second = new Run(first.kept.toBytes(IDENTITY));
        second.rewrite(original);
        Set<Integer> untold = new HashSet<>(first.told.sites.keySet());
        untold.removeAll(second.told.sites.keySet());
        assertTrue(!untold.isEmpty() && !second.told.sites.isEmpty());
        for (int site : first.told.sites.keySet()) {
            assertEquals(first.told.sites.get(site).field() != null, untold.contains(site), "site " + site);
        }
        int one = untold.iterator().next();
        second.table.sites().stores(one);
        assertEquals(first.told.sites.get(one), second.told.sites.get(one));
    }

    @Test
    void anotherClassFileOfTheNameIsRewritten() throws Exception {
        byte[] original = fileOf(java.util.HashMap.class);
        Run first = new Run(null);
        first.rewrite(original);
        byte[] other = withoutDebug(original);
        Run second = new Run(first.kept.toBytes(IDENTITY));
        byte[] rewritten = second.rewrite(other);
        assertNull(second.kept.find(name(other), other));
        int number = first.kept.toBytes(IDENTITY).length > 0 ? first.told.sites.lastKey() + 1 : 0;
        assertEquals(number, second.told.sites.firstKey(), "its numbers begin behind those that are left");
        assertArrayEquals(Rewriting.rewrite(other, number), rewritten);
    }

    @Test
    void aClassOfWhichNothingIsRewrittenNeedsNothing() throws Exception {
        Run first = new Run(null);
        for (Class<?> type : List.of(Comparable.class, java.util.HashMap.class, Thread.State.class)) {
            first.rewrite(fileOf(type));
        }
        RewrittenClasses kept = RewrittenClasses.of(first.kept.toBytes(IDENTITY), IDENTITY);
        assertNotNull(kept.needsNothing("java.lang.Comparable", false));
        assertNull(kept.needsNothing("java.util.HashMap", true));
        assertNull(kept.needsNothing("java.util.TreeMap", true));
        // Births of its array and stores to it are in the initializer; values() clones, which is a birth, too.
        assertNull(kept.needsNothing("java.lang.Thread$State", true));
    }

    @Test
    void aClassThatNeedsOnlyItsInitializerNeedsNothingOnceThatHasRun() throws Exception {
        byte[] original = Rewriting.classWith(52, 8, "<clinit>", "()V", code -> {
            code.visitInsn(1);
            code.visitFieldInsn(179, "app/Target", "shared", "Ljava/lang/Object;");
            code.visitInsn(177);
        });
        Run first = new Run(null);
        first.rewrite(original);
        RewrittenClasses kept = RewrittenClasses.of(first.kept.toBytes(IDENTITY), IDENTITY);
        assertNull(kept.needsNothing("app.Target", false));
        ClassFacts facts = kept.needsNothing("app.Target", true);
        assertNotNull(facts);
        assertEquals(List.of(true, false), List.of(facts.instrumented, facts.rewritten));
    }

    @Test
    void aDamagedFileAndOneOfAnotherAgentAreNone() throws Exception {
        byte[] original = fileOf(java.util.HashMap.class);
        Run first = new Run(null);
        first.rewrite(original);
        byte[] file = first.kept.toBytes(IDENTITY);
        assertTrue(RewrittenClasses.of(file, IDENTITY).lastSite() > 0);
        assertEquals(0, RewrittenClasses.of(file, IDENTITY + '!').lastSite());
        for (int at = 0; at < file.length; at += Math.max(1, file.length / 200)) {
            byte[] damaged = file.clone();
            damaged[at] ^= 1;
            assertEquals(0, RewrittenClasses.of(damaged, IDENTITY).lastSite(), "damaged at " + at);
            byte[] cut = java.util.Arrays.copyOf(file, at);
            assertEquals(0, RewrittenClasses.of(cut, IDENTITY).lastSite(), "cut at " + at);
        }
    }

    @Test
    void itIsTooLateOnceNumbersOfSitesAreGiven() throws Exception {
        Run first = new Run(null);
        first.rewrite(fileOf(java.util.HashMap.class));
        RewrittenClasses kept = RewrittenClasses.of(first.kept.toBytes(IDENTITY), IDENTITY);
        assertEquals(false, first.transformer.keepIn(kept));
    }

    private static byte[] fileOf(Class<?> type) throws IOException {
        String name = type.getName().substring(type.getName().lastIndexOf('.') + 1) + ".class";
        try (var in = type.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    private static byte[] withoutDebug(byte[] file) {
        var writer = new org.objectweb.asm.ClassWriter(0);
        new ClassReader(file).accept(writer, ClassReader.SKIP_DEBUG);
        return writer.toByteArray();
    }
}

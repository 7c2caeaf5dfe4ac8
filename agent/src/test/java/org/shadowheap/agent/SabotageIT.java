package org.shadowheap.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;
import org.shadowheap.barrier.WriteBarrier;
import org.shadowheap.targets.SabotagedWrites;
import org.shadowheap.targets.SabotagingAgent;
import org.shadowheap.targets.WritePath;
import org.shadowheap.testing.ChildJvm;
import org.shadowheap.testing.Jar;
import org.shadowheap.testing.Jdk;
import org.shadowheap.testing.Json;

/**
 * Law 2 is no empty word: whichever write path is switched off, by another agent that takes the calls of the barrier out again,
 * the comparison finds it, and names holder and field.
 */
class SabotageIT {

    private static final Set<WritePath> UNSAFE = EnumSet.of(
            WritePath.UNSAFE_PUT,
            WritePath.UNSAFE_GET_AND_SET,
            WritePath.UNSAFE_COMPARE_AND_SET,
            WritePath.UNSAFE_COMPARE_AND_EXCHANGE);

    /** A dump holds no fields of class mirrors; a birth without references, and what the JVM or a thread keeps, are no writes. */
    private static final Set<String> NO_SLOTS = Set.of(
            "mirrorStore",
            "birth",
            "arrayBirth",
            "hiddenClassDefined",
            "linked",
            "linkedAppendix",
            "definedWith",
            "waits",
            "starts");

    @TempDir
    private Path folder;

    static Stream<Arguments> halves() {
        return Jdk.enough().stream()
                .flatMap(jdk -> Stream.of(
                        Arguments.of(jdk, EnumSet.range(WritePath.PUTFIELD, WritePath.CLONE_OF_ARRAY)),
                        Arguments.of(jdk, EnumSet.range(WritePath.CLONE_OF_OBJECT, WritePath.HIDDEN_CLASSES))));
    }

    static Stream<Arguments> eachEverywhere() {
        return Jdk.all().stream().flatMap(jdk -> Stream.of(WritePath.values()).map(path -> Arguments.of(jdk, path)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#enough")
    void nothingIsFoundWhereNothingIsSwitchedOff(Jdk jdk) throws Exception {
        ChildJvm run = run(jdk, "own:", EnumSet.allOf(WritePath.class));
        assertEquals("", run.err());
        assertEquals(Map.of(), found());
    }

    /** Each way in the one class that goes it to a slot of its own: these slots are found, and no other. */
    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("halves")
    void whatIsSwitchedOffInAClassIsFoundThereAndNothingElseIs(Jdk jdk, Set<WritePath> off) throws Exception {
        ChildJvm run = run(jdk, "own:" + join(off), EnumSet.allOf(WritePath.class));
        assertEquals(causes(off, WritePath::slots), found());
        assertIsOneLineThatNames(SabotagedWrites.class, run);
    }

    /** In the JDK's classes too, which variable handles and atomics end in. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("org.shadowheap.testing.Jdk#enough")
    void soIsWhatTheJdkWritesForTheProgram(Jdk jdk) throws Exception {
        run(jdk, "everywhere:" + join(UNSAFE), UNSAFE);
        assertAreFound(UNSAFE);
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("eachEverywhere")
    @EnabledIfSystemProperty(named = "shadowheap.long", matches = "true")
    void eachWayThatIsSwitchedOffInAllClassesIsFound(Jdk jdk, WritePath off) throws Exception {
        ChildJvm run = run(jdk, "everywhere:" + off, EnumSet.of(off));
        assertAreFound(EnumSet.of(off));
        assertIsOneLineThatNames(SabotagedWrites.class, run);
    }

    /** A call of the barrier that nobody has thought of here fails this. */
    @Test
    void noCallOfTheBarrierIsForgotten() {
        Set<String> forgotten = new TreeSet<>();
        for (Method method : WriteBarrier.class.getDeclaredMethods()) {
            boolean isCalled = Modifier.isPublic(method.getModifiers()) && Modifier.isStatic(method.getModifiers());
            if (isCalled && !NO_SLOTS.contains(method.getName()) && WritePath.toldOf(method.getName(), "") == null) {
                forgotten.add(method.getName());
            }
        }
        assertEquals(Set.of(), forgotten);
    }

    /** Runs the program, which must not notice. */
    private ChildJvm run(Jdk jdk, String sabotage, Collection<WritePath> ways) throws Exception {
        Path jar = folder.resolve("sabotage.jar");
        Jar.write(
                jar,
                Map.of("Premain-Class", SabotagingAgent.class.getName(), "Can-Retransform-Classes", "true"),
                SabotagingAgent.class);
        String classPath =
                TargetProgram.path(TargetProgram.classPath(), where(ClassReader.class), where(ClassNode.class));
        ChildJvm run = new TargetProgram(jdk, folder)
                .run(
                        List.of(
                                "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
                                TargetProgram.agent("verify=exit,report=report.json"),
                                "-javaagent:" + jar + "=" + sabotage),
                        classPath,
                        SabotagedWrites.class,
                        ways.stream().map(WritePath::name).toArray(String[]::new));
        assertEquals(SabotagedWrites.STATUS, run.exit(), run.err());
        assertTrue(run.out().endsWith("wrote in " + ways.size() + " ways" + System.lineSeparator()), run.out());
        return run;
    }

    private static String where(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }

    private static String join(Collection<WritePath> ways) {
        return String.join(";", ways.stream().map(WritePath::name).toList());
    }

    /** The program's slots that differ, each with the cause. */
    private Map<String, String> found() throws Exception {
        Map<String, String> found = new TreeMap<>();
        for (Map<String, Object> each : Json.objects(new SeenWrites(folder).verified(), "found")) {
            String path = (String) each.get("path");
            if (path.startsWith(SabotagedWrites.class.getName())) {
                found.put(path, (String) each.get("cause"));
            }
        }
        return found;
    }

    private static Map<String, String> causes(Set<WritePath> off, Function<WritePath, List<String>> slots) {
        Map<String, String> causes = new TreeMap<>();
        for (WritePath path : off) {
            String cause = path == WritePath.HIDDEN_CLASSES ? "uninstrumented class" : "unseen store";
            slots.apply(path).forEach(slot -> causes.put(slot, cause));
        }
        return causes;
    }

    /** Beside others: other slots of the program may be written in the same way. */
    private void assertAreFound(Set<WritePath> off) throws Exception {
        Map<String, String> expected = causes(off, WritePath::allSlots);
        Map<String, String> found = found();
        found.keySet().retainAll(expected.keySet());
        assertEquals(expected, found);
    }

    private static void assertIsOneLineThatNames(Class<?> program, ChildJvm run) {
        List<String> lines = run.err().lines().toList();
        assertEquals(1, lines.size(), run.err());
        assertTrue(lines.get(0).startsWith("shadowheap: the shadow heap differs from the heap dump in "), run.err());
        assertTrue(lines.get(0).contains(" first in " + program.getName()), run.err());
    }
}

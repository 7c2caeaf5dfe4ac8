package org.shadowheap.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;

/**
 * What {@link CountingAgent} counted in a program, against what a report of the same run says of it, to the last store.
 *
 * <p>Compared are all sites in the program's own classes, by place and field, and all fields that these stored to. A field's figure in
 * the report is what the program's own sites stored, and what others did for it, which the report lists: classes of the
 * JDK by reflection and handles, and hidden classes.
 */
public final class CountedStores {

    /** What elements of arrays are called: of a counted one nobody knows who holds it. */
    private static final String ELEMENT = "[]";

    /** How the report says that a method was left as it is. */
    private static final String METHOD = "method ";

    private final Set<String> classes = new HashSet<>();
    private final List<Site> sites = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();

    /**
     * What was counted in one place.
     *
     * @param method name and descriptor
     * @param field {@code pkg.Class.name}, or that of elements
     */
    private record Site(String type, String method, int line, String field, long stores) {

        /** As a report names it. */
        String place() {
            String name = type + '.' + method.substring(0, method.indexOf('('));
            return line < 0 ? name : name + ':' + line;
        }
    }

    private CountedStores(Path file) throws IOException {
        for (String line : Files.readAllLines(file)) {
            String[] parts = line.split("\t", -1);
            switch (parts[0]) {
                case "class" -> classes.add(parts[1]);
                case "stores" ->
                    sites.add(new Site(
                            parts[1], parts[2], Integer.parseInt(parts[3]), parts[4], Long.parseLong(parts[5])));
                default -> failed.add(line);
            }
        }
    }

    /** Makes the agent's jar. Returns the option of a JVM that is to leave its counts in a file. */
    public static String agent(Path jar, Path counts) throws Exception {
        String path = where(ClassReader.class) + ' ' + where(ClassNode.class) + ' ' + where(CountingAgent.class);
        Jar.write(jar, Map.of("Premain-Class", CountingAgent.class.getName(), "Class-Path", path), CountingAgent.class);
        return "-javaagent:" + jar + '=' + counts;
    }

    private static String where(Class<?> type) throws Exception {
        return type.getProtectionDomain().getCodeSource().getLocation().toURI().toString();
    }

    public static CountedStores read(Path counts) throws IOException {
        return new CountedStores(counts);
    }

    /** Stores that were counted. */
    public long total() {
        return sites.stream().mapToLong(Site::stores).sum();
    }

    /** Fields that were stored to. */
    public long fields() {
        return sites.stream().map(Site::field).distinct().count();
    }

    /**
     * Asserts that the report has the same, site by site and field by field, and nothing beside. Methods that the report says were
     * left as they are count nothing there, and are left out here.
     */
    public void areThoseOf(Map<String, Object> report) {
        assertEquals(List.of(), failed, "all classes are counted in");
        assertEquals(0, Json.number(report, "fidelity", "lost"), "lost");
        Map<String, Long> bySite = new TreeMap<>();
        Map<String, Long> byField = new TreeMap<>();
        Set<String> left = methodsLeftAsTheyAre(report);
        for (Site site : sites) {
            if (!left.contains(site.type + ' ' + site.method)) {
                bySite.merge(site.place() + ' ' + site.field, site.stores, Long::sum);
                byField.merge(site.field, site.stores, Long::sum);
            }
        }
        byField.remove(ELEMENT);
        Map<String, Long> told = new TreeMap<>();
        Map<String, Long> expected = new TreeMap<>(byField);
        for (Map<String, Object> each : Json.objects(report, "sites")) {
            String site = (String) each.get("site");
            String field = (String) each.get("field");
            long stores = Json.number(each, "stores");
            if (classes.contains(classOf(site))) {
                told.merge(site + ' ' + (field.endsWith(ELEMENT) ? ELEMENT : field), stores, Long::sum);
            } else if (byField.containsKey(field)) {
                assertTrue(isOfTheJdk(site) || isHidden(site), () -> "neither the program's nor the JDK's: " + each);
                expected.merge(field, stores, Long::sum);
            }
        }
        assertEquals(Map.of(), differences(bySite, told), "counted and told, by site");
        Map<String, Long> actual = new TreeMap<>();
        for (Map<String, Object> each : Json.objects(report, "fields")) {
            String field = (String) each.get("field");
            boolean own = !field.endsWith(ELEMENT) && classes.contains(classOf(field));
            if (expected.containsKey(field) || own && !isOnlyWrittenElsewhere(field, report)) {
                actual.put(field, Json.number(each, "stores"));
            }
        }
        assertEquals(Map.of(), differences(expected, actual), "counted and told, by field");
    }

    private static Set<String> methodsLeftAsTheyAre(Map<String, Object> report) {
        Set<String> methods = new HashSet<>();
        for (Map<String, Object> each : Json.objects(report, "uninstrumented")) {
            String reason = (String) each.get("reason");
            assertTrue(reason.startsWith(METHOD), () -> "a class that is not seen: " + each);
            methods.add(each.get("className") + " " + reason.substring(METHOD.length(), reason.indexOf(": ")));
        }
        return methods;
    }

    /** A field of the program that only reflection, handles and the like store to. */
    private boolean isOnlyWrittenElsewhere(String field, Map<String, Object> report) {
        return Json.objects(report, "sites").stream()
                .filter(each -> each.get("field").equals(field))
                .map(each -> (String) each.get("site"))
                .allMatch(site -> !classes.contains(classOf(site)) && (isOfTheJdk(site) || isHidden(site)));
    }

    private static Map<String, String> differences(Map<String, Long> counted, Map<String, Long> told) {
        Map<String, String> differences = new TreeMap<>();
        Set<String> all = new HashSet<>(counted.keySet());
        all.addAll(told.keySet());
        for (String each : all) {
            long one = counted.getOrDefault(each, 0L);
            long other = told.getOrDefault(each, 0L);
            if (one != other) {
                differences.put(each, "counted " + one + ", told " + other);
            }
        }
        return differences;
    }

    /** {@code pkg.Class} of {@code pkg.Class.method:line}, or of a field. */
    private static String classOf(String site) {
        return site.substring(0, Math.max(0, site.lastIndexOf('.')));
    }

    private static boolean isOfTheJdk(String site) {
        return site.startsWith("java.") || site.startsWith("jdk.") || site.startsWith("sun.");
    }

    private static boolean isHidden(String site) {
        return site.contains("$$Lambda") || site.contains("/0x");
    }
}

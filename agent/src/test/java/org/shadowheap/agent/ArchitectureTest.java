package org.shadowheap.agent;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom, in library and agent. That the library knows no agent is what the modules are for. */
@AnalyzeClasses(packages = "org.shadowheap", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {

    private static final String ROOT = "org.shadowheap.";

    private ArchitectureTest() {}

    private static String[] packages(String... names) {
        String[] patterns = new String[names.length];
        for (int i = 0; i < names.length; i++) {
            patterns[i] = ROOT + names[i] + "..";
        }
        return patterns;
    }

    private static ArchRule knowsNothingOf(String name, String... others) {
        return noClasses()
                .that()
                .resideInAPackage(ROOT + name + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages(others));
    }

    private static ArchRule knowsOfUsOnly(String name, String... others) {
        String[] allowed = packages(others);
        return classes()
                .that()
                .resideInAPackage(ROOT + name + "..")
                .should()
                .onlyDependOnClassesThat(
                        resideOutsideOfPackage("org.shadowheap..").or(resideInAnyPackage(allowed)));
    }

    @ArchTest
    static final ArchRule EVENTS_KNOW_NOTHING_BEHIND_THEM = knowsOfUsOnly("event", "event");

    @ArchTest
    static final ArchRule A_TRACE_KNOWS_EVENTS_ALONE = knowsOfUsOnly("trace", "trace", "event");

    @ArchTest
    static final ArchRule MEMORY_KNOWS_NO_SIBLING = knowsOfUsOnly("memory", "memory");

    @ArchTest
    static final ArchRule A_REMEMBERED_SET_KNOWS_MEMORY_ALONE = knowsOfUsOnly("remset", "remset", "memory");

    @ArchTest
    static final ArchRule THE_HEAP_KNOWS_NEITHER_COLLECTOR_NOR_ANALYSIS =
            knowsNothingOf("heap", "apply", "collect", "analysis", "report", "replay", "trace");

    @ArchTest
    static final ArchRule THOSE_WHO_APPLY_KNOW_EVENTS_AND_HEAP = knowsOfUsOnly("apply", "apply", "event", "heap");

    @ArchTest
    static final ArchRule A_COLLECTION_KNOWS_NO_ANALYSIS =
            knowsNothingOf("collect", "apply", "analysis", "report", "replay", "trace");

    @ArchTest
    static final ArchRule AN_ANALYSIS_KNOWS_NO_REPORT = knowsNothingOf("analysis", "report", "replay", "trace");

    @ArchTest
    static final ArchRule A_REPORT_KNOWS_RESULTS_ALONE = knowsOfUsOnly("report", "report", "analysis");

    @ArchTest
    static final ArchRule ONLY_AGENT_AND_INSTRUMENT_KNOW_INSTRUMENTATION = noClasses()
            .that()
            .resideOutsideOfPackages(packages("agent", "instrument"))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.lang.instrument..");

    @ArchTest
    static final ArchRule THE_BARRIER_HAS_JAVA_BASE_AND_THE_RECORD = classes()
            .that()
            .resideInAPackage(ROOT + "barrier..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    ROOT + "barrier..",
                    ROOT + "event.layout..",
                    "java..",
                    "jdk.internal..",
                    "org.jspecify.annotations..");

    @ArchTest
    static final ArchRule THE_LAYOUT_OF_THE_RECORD_HAS_JAVA_LANG = classes()
            .that()
            .resideInAPackage(ROOT + "event.layout..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(ROOT + "event.layout..", "java.lang..", "org.jspecify.annotations..");

    @ArchTest
    static final ArchRule THE_DRAIN_KNOWS_NEITHER_BYTECODE_NOR_HEAP = knowsNothingOf(
            "drain", "agent", "heap", "remset", "collect", "analysis", "report", "replay", "trace", "memory", "cli");

    @ArchTest
    static final ArchRule A_JOURNAL_KNOWS_NO_HEAP_AND_NOBODY_WHO_USES_IT = knowsNothingOf(
            "journal", "agent", "heap", "remset", "collect", "analysis", "report", "replay", "memory", "cli");

    @ArchTest
    static final ArchRule A_VERIFICATION_READS_EVENTS_HEAP_AND_RESULT =
            knowsOfUsOnly("verify", "verify", "event", "heap", "memory", "analysis");

    @ArchTest
    static final ArchRule WHAT_CONSOLES_SEE_KNOWS_NOTHING_OF_US = knowsOfUsOnly("jmx", "jmx");

    @ArchTest
    static final ArchRule WHERE_APPLICATIONS_MAY_WAIT_NOBODY_LOGS = noClasses()
            .that()
            .resideInAnyPackage(packages(
                    "barrier",
                    "drain",
                    "journal",
                    "event",
                    "trace",
                    "memory",
                    "heap",
                    "remset",
                    "apply",
                    "collect",
                    "analysis"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.slf4j..", "java.util.logging..", ROOT + "agent.logging..");

    @ArchTest
    static final ArchRule PACKAGES_DEPEND_ON_EACH_OTHER_IN_ONE_DIRECTION =
            slices().matching(ROOT + "(*)..").should().beFreeOfCycles();
}

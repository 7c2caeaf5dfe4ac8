package org.shadowheap.agent;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where another agent may have changed classes before ours, what is known of them from an earlier run is not taken for true. */
class OtherAgentsTest {

    private static final String OURS = "-javaagent:shadowheap.jar=report=none";

    @Test
    void ourAgentAloneHasNoOther() {
        assertTrue(OtherAgents.areAbsent(OURS));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-Xmx1g",
                "-Dname=-agentlib:jdwp",
                "-Dagent=-javaagent:other.jar",
                "-XX:+UseZGC",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--module-path=modules"
            })
    void whatBringsNoAgentDoesNotMatter(String option) {
        assertTrue(OtherAgents.areAbsent(option, OURS));
        assertTrue(OtherAgents.areAbsent(OURS, option));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-javaagent:other.jar",
                "-javaagent:shadowheap.jar",
                "-agentlib:jdwp=transport=dt_socket,server=y",
                "-agentpath:/opt/profiler.so=start",
                "-Xrunhprof",
                "--patch-module=java.base=patched",
                "--upgrade-module-path=modules",
                "-XX:StartFlightRecording",
                "-XX:StartFlightRecording:filename=run.jfr",
                "-XX:+FlightRecorder"
            })
    void anotherAgentOrOtherClassesOfTheJdkAreThereBeforeOursAndBehind(String option) {
        assertFalse(OtherAgents.areAbsent(option, OURS));
        assertFalse(OtherAgents.areAbsent(OURS, option));
    }

    /** Nobody knows how it was started. */
    @Test
    void aJvmThatNamesNoAgentMayHaveAny() {
        assertFalse(OtherAgents.areAbsent("-Xmx1g"));
        assertFalse(OtherAgents.areAbsent(new String[0]));
    }
}

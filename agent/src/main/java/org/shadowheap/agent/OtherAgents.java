package org.shadowheap.agent;

import jdk.internal.misc.VM;

/** Tells whether anybody else may have changed classes of the JDK by the time that our agent begins with the JVM. */
final class OtherAgents {

    /** Beginnings of options that bring other agents, or other classes of the JDK's modules. */
    private static final String[] OTHERS = {
        "-agent", "-Xrun", "--patch-module", "--upgrade-module-path", "-XX:StartFlightRecording", "-XX:+FlightRecorder"
    };

    private static final String JAVA_AGENT = "-javaagent:";

    private OtherAgents() {}

    /** Whether this is the only agent that the JVM was started with, and its modules are those of its image. */
    static boolean areAbsent() {
        String[] options = VM.getRuntimeArguments();
        return options != null && areAbsent(options);
    }

    /** As {@link #areAbsent()}, by the options of the JVM. */
    static boolean areAbsent(String... options) {
        int agents = 0;
        for (String option : options) {
            agents += option.startsWith(JAVA_AGENT) ? 1 : 0;
            for (String other : OTHERS) {
                if (option.startsWith(other)) {
                    return false;
                }
            }
        }
        return agents == 1;
    }
}

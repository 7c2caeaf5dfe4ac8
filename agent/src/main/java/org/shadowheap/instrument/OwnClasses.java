package org.shadowheap.instrument;

/** Tells the agent's own classes, which are neither instrumented nor mirrored. */
public final class OwnClasses {

    private static final String ROOT = "org.shadowheap.";

    private static final String[] PACKAGES = {
        "agent.",
        "analysis.",
        "apply.",
        "attach.",
        "barrier.",
        "cli.",
        "collect.",
        "config.",
        "drain.",
        "event.",
        "heap.",
        "instrument.",
        "jmx.",
        "journal.",
        "memory.",
        "remset.",
        "replay.",
        "report.",
        "shaded.",
        "trace.",
        "verify."
    };

    private OwnClasses() {}

    /** Whether a binary name is one of ours; of an array class its element type decides. */
    public static boolean isOwn(String binaryName) {
        int start = 0;
        if (binaryName.startsWith("[")) {
            start = binaryName.lastIndexOf('[') + 2;
        }
        if (!binaryName.startsWith(ROOT, start)) {
            return false;
        }
        for (String name : PACKAGES) {
            if (binaryName.startsWith(name, start + ROOT.length())) {
                return true;
            }
        }
        return false;
    }
}

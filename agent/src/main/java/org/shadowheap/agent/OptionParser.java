package org.shadowheap.agent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.shadowheap.agent.AgentOptions.ReportTarget;
import org.shadowheap.config.HeapOptions;
import org.shadowheap.config.Sizes;

/** Parses {@code key=value,key=value...}. What is wrong is one line that names the option, the value and what is allowed. */
final class OptionParser {

    private static final List<String> KEYS = List.of(
            "report",
            "trace",
            "live",
            "nursery",
            "page",
            "tenure",
            "remset",
            "card",
            "appliers",
            "collectors",
            "check",
            "debug",
            "verify",
            "include",
            "exclude",
            "app",
            "jdk",
            "identity",
            "stacks",
            "log",
            "heap",
            "max-wait",
            "cache");

    private static final String AUTO = "auto";
    private static final Set<String> DEBUG = Set.of("classes", "drain");
    private static final long MIN_LOG = 4L << 20;
    private static final long MAX_LOG = 16L << 30;
    private static final long MIN_HEAP = 16L << 20;
    private static final long MAX_HEAP = 1L << 40;
    private static final long HEAP_NURSERIES = 6;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int MAX_WAIT_MILLIS = 600_000;
    private static final int MAX_WAIT_DIGITS = 6;

    private final Map<String, String> values = new LinkedHashMap<>();

    private OptionParser() {}

    /**
     * Parses the agent's argument.
     *
     * @throws IllegalArgumentException with the line for the user
     */
    static AgentOptions parse(@Nullable String argument) {
        OptionParser parser = new OptionParser();
        parser.split(argument == null ? "" : argument);
        return parser.options();
    }

    private void split(String argument) {
        for (String part : argument.split(",", -1)) {
            if (part.isBlank()) {
                continue;
            }
            int equals = part.indexOf('=');
            String key = equals < 0 ? part : part.substring(0, equals);
            if (!KEYS.contains(key)) {
                throw new IllegalArgumentException(
                        "unknown option " + key + ", allowed are " + String.join(", ", KEYS) + ": " + part);
            }
            if (equals < 0) {
                throw new IllegalArgumentException(key + " must have a value, " + key + "=...: " + part);
            }
            if (values.put(key, part.substring(equals + 1)) != null) {
                throw new IllegalArgumentException(key + " must be given once: " + part);
            }
        }
    }

    private long nurseryBytes() {
        String text = values.getOrDefault("nursery", "16m");
        if (!text.equals(AUTO)) {
            return HeapOptions.nursery(text);
        }
        long eden = Eden.bytes();
        if (eden == 0) {
            throw new IllegalArgumentException(
                    "nursery must be a size, since this JVM does not tell the size of its eden: nursery=auto");
        }
        return HeapOptions.nursery(Long.toString(eden));
    }

    /** A collection copies: the heap must hold several nurseries. */
    private long heapBytes() {
        String text = values.get("heap");
        if (text == null) {
            return 0;
        }
        long bytes = Sizes.bytes("heap", text, MIN_HEAP, MAX_HEAP);
        int appliers = HeapOptions.threads("appliers", values.getOrDefault("appliers", "1"));
        long least = HEAP_NURSERIES * nurseryBytes() + HeapOptions.bytesForFurtherAppliers(appliers);
        if (bytes < least) {
            String further = appliers == 1
                    ? ""
                    : " and " + Sizes.format(HeapOptions.bytesForFurtherAppliers(2))
                            + " for each applier beside the first";
            throw new IllegalArgumentException("heap must be at least " + HEAP_NURSERIES + " times nursery" + further
                    + ", " + Sizes.format(least) + ": heap=" + text);
        }
        return bytes;
    }

    private int cardBytes() {
        int cardBytes = HeapOptions.card(values.getOrDefault("card", "512"));
        HeapOptions.requireCardFitsPage(cardBytes, HeapOptions.page(values.getOrDefault("page", "4k")));
        return cardBytes;
    }

    private AgentOptions options() {
        if (!flag("live", true) && !values.containsKey("trace")) {
            throw new IllegalArgumentException("live must be true unless a trace is recorded, trace=FILE: live=false");
        }
        return new AgentOptions(
                reports(),
                trace(),
                flag("live", true),
                nurseryBytes(),
                HeapOptions.page(values.getOrDefault("page", "4k")),
                HeapOptions.tenure(values.getOrDefault("tenure", "1")),
                HeapOptions.remset(values.getOrDefault("remset", "dirty-pages")),
                cardBytes(),
                HeapOptions.threads("appliers", values.getOrDefault("appliers", "1")),
                HeapOptions.threads("collectors", values.getOrDefault("collectors", "1")),
                flag("check", false),
                debug("classes"),
                debug("drain"),
                verify(),
                globs("include"),
                globs("exclude"),
                globs("app"),
                flag("jdk", true),
                headerIdentity(),
                flag("stacks", true),
                Sizes.bytes("log", values.getOrDefault("log", "64m"), MIN_LOG, MAX_LOG),
                heapBytes(),
                maxWaitNanos(),
                cache());
    }

    private @Nullable String cache() {
        String folder = values.getOrDefault("cache", "");
        if (values.containsKey("cache") && folder.isBlank()) {
            throw new IllegalArgumentException("cache must be a folder, or none: cache=" + folder);
        }
        return folder.equals("none") ? null : folder;
    }

    private List<ReportTarget> reports() {
        String text = values.get("report");
        if (text == null && flag("live", true)) {
            return List.of(new ReportTarget(null, false));
        }
        if (text == null || text.equals("none")) {
            return List.of();
        }
        List<ReportTarget> targets = new ArrayList<>();
        for (String file : text.split(";", -1)) {
            if (!file.endsWith(".txt") && !file.endsWith(".json")) {
                throw new IllegalArgumentException(
                        "report must be none, or files that end in .txt or .json, separated by ';': report=" + text);
            }
            targets.add(new ReportTarget(withPid(file), file.endsWith(".json")));
        }
        return targets;
    }

    private @Nullable String trace() {
        String file = values.get("trace");
        if (file != null && file.isBlank()) {
            throw new IllegalArgumentException("trace must be a file: trace=" + file);
        }
        return file == null ? null : withPid(file);
    }

    private static String withPid(String file) {
        // The handle brings an executor, a queue and locks with it, and each class of the JDK is instrumented next.
        return file.contains("%p")
                ? file.replace("%p", Long.toString(ProcessHandle.current().pid()))
                : file;
    }

    private boolean flag(String key, boolean otherwise) {
        String text = values.get(key);
        if (text == null) {
            return otherwise;
        }
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException(key + " must be true or false: " + key + '=' + text);
        }
        return text.equals("true");
    }

    private boolean debug(String what) {
        String text = values.get("debug");
        if (text == null) {
            return false;
        }
        List<String> all = List.of(text.split(";", -1));
        if (!DEBUG.containsAll(all)) {
            throw new IllegalArgumentException(
                    "debug must be classes or drain, or both separated by ';': debug=" + text);
        }
        return all.contains(what);
    }

    private boolean verify() {
        String text = values.get("verify");
        if (text == null) {
            return false;
        }
        if (!text.equals("exit")) {
            throw new IllegalArgumentException("verify must be exit: verify=" + text);
        }
        if (!flag("live", true)) {
            throw new IllegalArgumentException("verify must go without live=false, or there is no mirror: verify=exit");
        }
        return true;
    }

    private boolean headerIdentity() {
        String text = values.getOrDefault("identity", "header");
        if (!text.equals("header") && !text.equals("hash")) {
            throw new IllegalArgumentException("identity must be header or hash: identity=" + text);
        }
        return text.equals("header");
    }

    private List<String> globs(String key) {
        String text = values.get(key);
        if (text == null) {
            return List.of();
        }
        List<String> globs = List.of(text.split(";", -1));
        if (!globs.stream().allMatch(glob -> glob.matches("[\\p{javaJavaIdentifierPart}.*?]+"))) {
            throw new IllegalArgumentException(
                    key + " must be class name globs such as com.acme.*, separated by ';': " + key + '=' + text);
        }
        return globs;
    }

    private long maxWaitNanos() {
        String text = values.getOrDefault("max-wait", "2s");
        // By hand: patterns are dozens of classes, and each class of the JDK that is loaded now is instrumented next.
        boolean ofMillis = text.endsWith("ms");
        boolean ofSeconds = text.endsWith("s") && !ofMillis;
        String digits = text.substring(0, Math.max(0, text.length() - (ofMillis ? 2 : 1)));
        if ((ofMillis || ofSeconds) && digits.length() <= MAX_WAIT_DIGITS && Sizes.isPlainNumber(digits)) {
            long millis = Long.parseLong(digits) * (ofMillis ? 1 : 1000);
            if (millis <= MAX_WAIT_MILLIS) {
                return millis * NANOS_PER_MILLI;
            }
        }
        throw new IllegalArgumentException("max-wait must be a time from 0ms to 600s: max-wait=" + text);
    }
}

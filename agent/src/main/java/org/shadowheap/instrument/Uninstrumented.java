package org.shadowheap.instrument;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.shadowheap.event.UninstrumentedClass;

/** Classes and methods that are not rewritten: what could not be, each once, with the reason; and what is left out by rule. Any thread. */
public final class Uninstrumented {

    private final TreeMap<String, String> reasons = new TreeMap<>();
    private final TreeMap<String, TreeMap<String, String>> methods = new TreeMap<>();

    /** Classes whose rewriting ended for want of stack or memory, and what ended it; guarded by the first. */
    private final @Nullable String[] late = new String[256];

    private final @Nullable Throwable[] lateFailures = new Throwable[late.length];
    private int lateCount;
    private int unnamed;
    private @Nullable ClassTable classes;

    private final Map<Exclusion, TreeMap<String, Integer>> excluded = new EnumMap<>(Exclusion.class);

    /** From now on the classes count, too, that were met and never came to be rewritten. */
    synchronized void countUntold(ClassTable table) {
        classes = table;
    }

    /** Enters a class that could not be rewritten; true if it is new. */
    synchronized boolean add(String className, String reason) {
        return reasons.putIfAbsent(className, reason) == null;
    }

    /** Enters a method that could not be rewritten, of a class that was. */
    synchronized void addMethod(String className, String method, String reason) {
        TreeMap<String, String> known = methods.get(className);
        if (known == null) {
            known = new TreeMap<>();
            methods.put(className, known);
        }
        known.put(method, reason);
    }

    /**
     * Enters a class whose rewriting ended for want of stack or memory. A leaf that makes nothing: the tree could be left
     * half changed.
     *
     * @param internalName of the class, or its binary name
     */
    void addLater(String internalName, Throwable failure) {
        synchronized (late) {
            if (lateCount < late.length) {
                late[lateCount] = internalName;
                lateFailures[lateCount] = failure;
            }
            lateCount++;
        }
    }

    /** Enters what was put off; there is stack and memory now. */
    private void settle() {
        synchronized (late) {
            for (int i = 0; i < Math.min(lateCount, late.length); i++) {
                add(String.valueOf(late[i]).replace('/', '.'), String.valueOf(lateFailures[i]));
                late[i] = null;
                lateFailures[i] = null;
            }
            unnamed += Math.max(0, lateCount - late.length);
            lateCount = 0;
            if (unnamed > 0) {
                reasons.put("...", unnamed + " more for want of stack or memory");
            }
        }
    }

    /** Enters a class that is left out by rule. Several may have one name. */
    public synchronized void exclude(String className, Exclusion rule) {
        TreeMap<String, Integer> names = excluded.get(rule);
        if (names == null) {
            names = new TreeMap<>();
            excluded.put(rule, names);
        }
        Integer times = names.get(className);
        names.put(className, times == null ? 1 : times + 1);
    }

    /** All that could not be rewritten, by name. */
    public synchronized List<UninstrumentedClass> list() {
        List<UninstrumentedClass> entries = new ArrayList<>();
        for (Map.Entry<String, String> each : reasons().entrySet()) {
            entries.add(new UninstrumentedClass(each.getKey(), each.getValue()));
        }
        return entries;
    }

    /** Every rule, the classes that it left out, and the classes that could not be rewritten: a line each. */
    public synchronized List<String> describe() {
        List<String> lines = new ArrayList<>();
        for (Exclusion rule : Exclusion.values()) {
            Map<String, Integer> names = excluded.getOrDefault(rule, new TreeMap<>());
            int count = names.values().stream().mapToInt(Integer::intValue).sum();
            lines.add("left as they are: " + rule.line() + (count == 0 ? "" : " (" + count + ')'));
            names.forEach((name, times) -> lines.add("  " + name + (times == 1 ? "" : ", " + times + " times")));
        }
        Map<String, String> all = reasons();
        lines.add("could not be rewritten: " + (all.isEmpty() ? "none" : all.size()));
        all.forEach((name, reason) -> lines.add("  " + name + ": " + reason));
        return lines;
    }

    /** By class: why it is as it is, or which of its methods are and why. */
    private Map<String, String> reasons() {
        settle();
        Map<String, String> all = new TreeMap<>(reasons);
        ClassTable seen = classes;
        if (seen != null) {
            Map<String, Integer> untold = seen.untold();
            untold.keySet()
                    .removeAll(excluded.getOrDefault(Exclusion.UNMODIFIABLE, new TreeMap<>())
                            .keySet());
            for (Map.Entry<String, Integer> each : untold.entrySet()) {
                String times = each.getValue() == 1 ? "" : ", " + each.getValue() + " times";
                all.putIfAbsent(each.getKey(), "the JVM told no transformer of it" + times);
            }
        }
        for (Map.Entry<String, TreeMap<String, String>> each : methods.entrySet()) {
            for (Map.Entry<String, String> left : each.getValue().entrySet()) {
                String before = all.containsKey(each.getKey()) ? all.get(each.getKey()) + "; " : "";
                all.put(each.getKey(), before + "method " + left.getKey() + ": " + left.getValue());
            }
        }
        return all;
    }
}

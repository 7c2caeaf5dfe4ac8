package org.shadowheap.instrument;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.shadowheap.event.SiteDefinition;

/** Reads what {@link RewrittenClassWriter} has written, a class when it is asked for. One thread. */
final class RewrittenClassReader {

    /** Where a class says how many sites are reserved for it. */
    private static final int SITES = 5 * Integer.BYTES;

    private static final int KIND = 3 * Integer.BYTES;

    private final byte[] file;
    private final int lastSite;
    private final @Nullable String[] strings;
    private final int firstString;
    private final Sites.@Nullable Target[] targets;
    private final @Nullable String[] fields;
    private final int firstTarget;

    /** Where each class begins, by its name. */
    private final Map<String, Integer> classes;

    /** Where the next number is read. */
    private int at;

    private RewrittenClassReader(byte[] file, int at) {
        this.file = file;
        this.at = at;
        lastSite = next();
        strings = new String[next()];
        firstString = this.at;
        this.at += strings.length * Integer.BYTES;
        targets = new Sites.Target[next()];
        fields = new String[targets.length];
        firstTarget = this.at;
        this.at += 3 * targets.length * Integer.BYTES;
        int count = next();
        classes = new HashMap<>(2 * count);
        for (int i = 0; i < count; i++) {
            String name = string(next());
            classes.put(name, next());
        }
    }

    /** Those of a file; null if it is damaged, or of another JVM or agent. */
    static @Nullable RewrittenClassReader open(byte[] file, String identity) {
        byte[] wanted = identity.getBytes(StandardCharsets.UTF_8);
        int begin = 2 * Integer.BYTES;
        int end = file.length - Integer.BYTES;
        if (end < begin + wanted.length
                || number(file, 0) != RewrittenClassWriter.MAGIC
                || number(file, Integer.BYTES) != wanted.length
                || !Arrays.equals(file, begin, begin + wanted.length, wanted, 0, wanted.length)
                || number(file, end) != RewrittenClass.Sum.crc(file, end)) {
            return null;
        }
        return new RewrittenClassReader(file, begin + wanted.length);
    }

    /** Reads one for nothing. */
    void rehearse() {
        for (String name : classes.keySet()) {
            get(name);
            return;
        }
    }

    int lastSite() {
        return lastSite;
    }

    Set<String> names() {
        return classes.keySet();
    }

    /** A class, if it was rewritten from this class file. */
    @Nullable
    RewrittenClass find(String name, byte[] original) {
        Integer begin = classes.get(name);
        if (begin == null) {
            return null;
        }
        at = begin;
        RewrittenClass.Sum sum = new RewrittenClass.Sum(next(), next(), next());
        return sum.isOf(original) ? read(name, sum) : null;
    }

    /**
     * What is known of a class of which nothing that may still run was rewritten, null of others.
     *
     * @param isInitialized whether its initializer has run
     */
    @Nullable
    ClassFacts needsNothing(String name, boolean isInitialized) {
        Integer begin = classes.get(name);
        if (begin == null) {
            return null;
        }
        boolean onlyInitializer = (number(file, begin + KIND) & RewrittenClassWriter.ONLY_INITIALIZER) != 0;
        if (number(file, begin + SITES) > 0 && !(isInitialized && onlyInitializer)) {
            return null;
        }
        ClassFacts facts = get(name).facts();
        if (facts.rewritten && !(isInitialized && onlyInitializer)) {
            return null;
        }
        facts.rewritten = false;
        return facts;
    }

    /** A class, whatever it was rewritten from. */
    RewrittenClass get(String name) {
        at = Objects.requireNonNull(classes.get(name), name);
        return read(name, new RewrittenClass.Sum(next(), next(), next()));
    }

    private RewrittenClass read(String name, RewrittenClass.Sum sum) {
        ClassFacts facts = new ClassFacts(true);
        int kind = next();
        facts.declaresGet = (kind & RewrittenClassWriter.DECLARES_GET) != 0;
        facts.onlyInitializer = (kind & RewrittenClassWriter.ONLY_INITIALIZER) != 0;
        facts.declaresNative = (kind & RewrittenClassWriter.DECLARES_NATIVE) != 0;
        facts.firstSite = next();
        facts.sites = next();
        for (int left = next(); left > 0; left--) {
            String field = string(next());
            int bytes = next();
            int flags = next();
            facts.fields.add(new ClassFacts.Field(
                    field,
                    bytes,
                    (flags & RewrittenClassWriter.IS_ARRAY) != 0,
                    (flags & RewrittenClassWriter.IS_STATIC) != 0,
                    (flags & RewrittenClassWriter.IS_VOLATILE) != 0));
        }
        for (int left = next(); left > 0; left--) {
            facts.constants.add(string(next()));
        }
        int count = next();
        List<SiteDefinition> sites = new ArrayList<>(count);
        List<Sites.@Nullable Target> stores = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String method = string(next());
            int line = next();
            int target = next();
            stores.add(target < 0 ? null : target(target));
            sites.add(new SiteDefinition(facts.firstSite + i, name, method, line, target < 0 ? null : fields[target]));
        }
        int length = next();
        facts.rewritten = length >= 0;
        byte[] bytes = length < 0 ? null : Arrays.copyOfRange(file, at, at + length);
        return new RewrittenClass(name, sum, facts, bytes, sites, stores);
    }

    private Sites.Target target(int index) {
        Sites.Target known = targets[index];
        if (known == null) {
            int begin = firstTarget + 3 * index * Integer.BYTES;
            known = new Sites.Target(string(number(file, begin)), string(number(file, begin + Integer.BYTES)));
            targets[index] = known;
            fields[index] = string(number(file, begin + 2 * Integer.BYTES));
        }
        return known;
    }

    private String string(int index) {
        String known = strings[index];
        if (known == null) {
            int begin = number(file, firstString + index * Integer.BYTES);
            known = new String(file, begin + Integer.BYTES, number(file, begin), StandardCharsets.UTF_8);
            strings[index] = known;
        }
        return known;
    }

    private int next() {
        int number = number(file, at);
        at += Integer.BYTES;
        return number;
    }

    private static int number(byte[] file, int at) {
        return file[at] << 24 | (file[at + 1] & 0xff) << 16 | (file[at + 2] & 0xff) << 8 | file[at + 3] & 0xff;
    }
}
